//! Which fields of a record are the agent's text: chosen by the user, else guessed by name.

use rustc_hash::FxHashMap;

use super::{Fields, Scope};
use crate::text::Span;

mod names;

pub(super) use names::{Name, NameKind, has_words};
use names::{is_other, plain_name};

/// What a note in a field begins with.
pub(super) const MARK: &str = "amends:allow";

/// Names that are no texts in such a collection.
const NOT_TEXTS: &[&str] = &[
    "category",
    "description",
    "folder",
    "id",
    "name",
    "shortcut",
    "slug",
    "subject",
    "tags",
    "title",
    "type",
    "url",
];

/// A weak guess must have so many words to be prose.
const PROSE_WORDS: usize = 5;
/// Paths longer than this are shortened in labels, and roles do not reach deeper.
const DEEP: usize = 32;
/// Names longer than this are shortened in labels.
const LONGEST_NAME: usize = 80;
/// So many names are kept from one part of a file to the next.
const MOST_NAMES: usize = 10_000;

/// The fields that the user chose.
#[derive(Debug)]
pub(super) struct Chosen {
    /// The names on the way to each, and its number among those that the user gave.
    paths: Vec<(usize, Vec<String>)>,
}

impl Chosen {
    pub(super) fn new(fields: &[String]) -> Self {
        let part = |part: &str| {
            let name = part.split('[').next().unwrap_or_default();
            let is_index = name.is_empty() || name.bytes().all(|byte| byte.is_ascii_digit());
            (!is_index).then(|| plain_name(name))
        };
        let paths = fields.iter().map(|field| field.split('.').filter_map(part).collect::<Vec<_>>());
        Self { paths: paths.enumerate().filter(|(_, path)| !path.is_empty()).collect() }
    }

    /// Whether the readers have to guess.
    pub(super) fn is_empty(&self) -> bool {
        self.paths.is_empty()
    }

    /// The number of the choice that a field meets: `keys` are the names on the way to it, the
    /// innermost first.
    pub(super) fn meets<'k>(&self, keys: impl Iterator<Item = &'k str> + Clone) -> Option<usize> {
        let is_met = |(_, path): &&(usize, Vec<String>)| {
            let mut keys = keys.clone();
            path.iter().rev().all(|part| keys.next() == Some(part))
        };
        self.paths.iter().find(is_met).map(|&(number, _)| number)
    }
}

/// A text that was chosen or guessed.
#[derive(Debug)]
pub(super) struct Text<V> {
    /// Where it stands: `macros[3].body`.
    pub(super) label: String,
    pub(super) value: V,
    /// Where it begins, to put texts in order.
    at: usize,
    /// Whether its record tells who wrote it.
    has_role: bool,
    action: Option<Action>,
}

/// What the action of a Zendesk macro sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Action {
    Comment,
    HtmlComment,
}

/// Hears the events of a JSON or YAML reader and keeps the texts. Nothing here recurses, and no
/// path is spelled out before its text is kept.
#[derive(Debug)]
pub(super) struct Walker<V> {
    chosen: Chosen,
    names: Vec<Name>,
    spelled: Vec<String>,
    known: FxHashMap<String, usize>,
    frames: Vec<Frame>,
    candidates: Vec<Candidate<V>>,
    texts: Vec<Text<V>>,
    /// Fields with a note in them whose object is still open, and what the others are about.
    open_notes: Vec<Span>,
    scopes: Vec<Scope>,
    fields: Fields,
}

/// An open object or array.
#[derive(Debug, Clone, Copy)]
struct Frame {
    /// Where it begins.
    start: usize,
    first_note: usize,
    /// Whether texts of it were handed out before it ended.
    gave_texts: bool,
    /// The name under which it stands; for the member of an array, the array's.
    name: Option<usize>,
    /// For an object, the name of the member that comes; for an array, nothing.
    member: Option<usize>,
    is_array: bool,
    /// The members of an array that were seen.
    count: usize,
    first_candidate: usize,
    first_text: usize,
    /// Whether the record is the customer's, where it says.
    is_others: Option<bool>,
    action: Option<Action>,
}

#[derive(Debug)]
struct Candidate<V> {
    value: V,
    at: usize,
    name: usize,
    index: Option<usize>,
    kind: CandidateKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CandidateKind {
    /// Chosen by the user.
    Chosen,
    /// Guessed by its name.
    Guessed,
    /// Guessed, if the record has nothing better.
    Weak,
    /// A text if the object's `field` says so.
    Action,
}

impl<V> Walker<V> {
    pub(super) fn new(fields: &[String]) -> Self {
        Self {
            chosen: Chosen::new(fields),
            names: Vec::new(),
            spelled: Vec::new(),
            known: FxHashMap::default(),
            frames: Vec::new(),
            candidates: Vec::new(),
            texts: Vec::new(),
            open_notes: Vec::new(),
            scopes: Vec::new(),
            fields: Fields::for_choice(fields),
        }
    }

    /// Whether an object or array is open, and whether it is an array.
    pub(super) fn open_array(&self) -> Option<bool> {
        self.frames.last().map(|frame| frame.is_array)
    }

    /// An object or array begins at the byte `start`.
    pub(super) fn open(&mut self, start: usize, is_array: bool) {
        let name = self.begin_member();
        self.frames.push(Frame {
            start,
            first_note: self.open_notes.len(),
            gave_texts: false,
            name,
            member: None,
            is_array,
            count: 0,
            first_candidate: self.candidates.len(),
            first_text: self.texts.len(),
            is_others: None,
            action: None,
        });
    }

    /// The next member of the open object has this name.
    pub(super) fn key(&mut self, key: &str) {
        let name = self.known.get(key).copied().unwrap_or_else(|| {
            self.names.push(Name::new(key));
            self.spelled.push(spelled(key));
            self.known.insert(key.to_owned(), self.names.len() - 1);
            self.names.len() - 1
        });
        if let Some(frame) = self.frames.last_mut() {
            frame.member = Some(name);
        }
    }

    /// A string, number or the like. `make` makes the value of a string that may be a text.
    pub(super) fn scalar(&mut self, span: Span, text: &str, is_string: bool, make: impl FnOnce() -> V) {
        if is_string && memchr::memmem::find(text.as_bytes(), MARK.as_bytes()).is_some() {
            self.open_notes.push(span);
        }
        let at = span.start;
        let Some(name) = self.begin_member() else {
            return;
        };
        let Some(frame) = self.frames.last_mut() else {
            return;
        };
        let info = &self.names[name];
        if !frame.is_array {
            let is_author = frame.name.is_some_and(|name| self.names[name].kind == NameKind::Role);
            let told =
                if is_author && info.plain == "type" { Some(is_other(text)) } else { info.is_others(text) };
            frame.is_others = told.map_or(frame.is_others, |is| Some(is || frame.is_others == Some(true)));
            if info.plain == "field" || (info.plain == "name" && frame.action.is_none()) {
                frame.action = match plain_name(text).as_str() {
                    "commentvalue" | "commentvaluemarkdown" => Some(Action::Comment),
                    "commentvaluehtml" => Some(Action::HtmlComment),
                    _ => frame.action,
                };
            }
        }
        let index = frame.is_array.then(|| frame.count - 1);
        if let Some(kind) = self.candidate_kind(name, text).filter(|_| is_string) {
            self.candidates.push(Candidate { value: make(), at, name, index, kind });
        }
    }

    fn candidate_kind(&mut self, name: usize, text: &str) -> Option<CandidateKind> {
        let info = &self.names[name];
        if !self.chosen.is_empty() {
            // An array's frame has the name of the array, which the member has already.
            let outer =
                self.frames.iter().rev().filter(|frame| !frame.is_array).filter_map(|frame| frame.name);
            let keys = std::iter::once(name).chain(outer).map(|name| self.names[name].plain.as_str());
            let choice = self.chosen.meets(keys)?;
            self.fields.found[choice] = true;
            return Some(CandidateKind::Chosen);
        }
        let frame = self.frames.last()?;
        let in_collection = !frame.is_array
            && frame.name.is_some_and(|name| self.names[name].is_collection)
            && self.frames.iter().rev().nth(1).is_none_or(|outer| !outer.is_array)
            && !NOT_TEXTS.contains(&info.plain.as_str());
        match info.kind {
            // Beside the text, an array holds the channel: `["channel:all", "We are sorry."]`.
            _ if info.plain == "value" => {
                (!frame.is_array || has_words(text, 2)).then_some(CandidateKind::Action)
            }
            NameKind::Text if has_words(text, 2) => Some(CandidateKind::Guessed),
            NameKind::WeakText if has_words(text, PROSE_WORDS) => Some(CandidateKind::Weak),
            NameKind::Other if in_collection && has_words(text, PROSE_WORDS) => Some(CandidateKind::Guessed),
            _ => None,
        }
    }

    /// Counts a member of the open array. Answers the name that the member stands under.
    fn begin_member(&mut self) -> Option<usize> {
        let frame = self.frames.last_mut()?;
        if frame.is_array {
            frame.count += 1;
            frame.name
        } else {
            frame.member
        }
    }

    /// The open object or array ends ahead of the byte `end`.
    pub(super) fn close(&mut self, end: usize) {
        let Some(frame) = self.frames.last().copied() else {
            return;
        };
        if frame.is_array {
            self.close_array(frame);
        } else {
            self.close_object(frame);
        }
        self.frames.pop();
        if !frame.is_array || self.frames.is_empty() {
            self.close_notes(frame, end);
        }
    }

    /// A note in a field is about the object in which the field stands, with all that it holds.
    fn close_notes(&mut self, frame: Frame, end: usize) {
        let covers = Span::new(frame.start, end);
        let notes = self.open_notes.drain(frame.first_note..);
        self.scopes.extend(notes.map(|inside| Scope { inside, covers }));
    }

    fn close_array(&mut self, frame: Frame) {
        let is_actions = frame.name.is_some_and(|name| self.names[name].plain == "actions");
        if is_actions && self.frames.len() < DEEP {
            let has_plain =
                self.texts[frame.first_text..].iter().any(|text| text.action == Some(Action::Comment));
            self.retain_texts(frame.first_text, |text| {
                !has_plain || text.action != Some(Action::HtmlComment)
            });
        }
    }

    fn close_object(&mut self, frame: Frame) {
        let is_others = frame.is_others == Some(true);
        self.decide(self.frames.len());
        if self.frames.len() < DEEP {
            if is_others {
                self.retain_texts(frame.first_text, |text| text.has_role);
            }
            if frame.is_others.is_some() {
                self.texts[frame.first_text..].iter_mut().for_each(|text| text.has_role = true);
            }
        }
        self.tell_parent(frame);
    }

    /// Makes texts of the candidates of the innermost of `depth` objects and arrays: of two fields
    /// with the same text in two formats one, of weak ones none where there is a better.
    fn decide(&mut self, depth: usize) {
        let Some(frame) = depth.checked_sub(1).and_then(|index| self.frames.get(index)).copied() else {
            return;
        };
        let action = frame.action;
        let candidates: Vec<_> = self.candidates.drain(frame.first_candidate..).collect();
        if frame.is_others == Some(true) {
            return;
        }
        let has_better = frame.gave_texts
            || self.texts.len() > frame.first_text
            || candidates.iter().any(|candidate| candidate.kind == CandidateKind::Guessed);
        let mut best: FxHashMap<&str, usize> = FxHashMap::default();
        for candidate in candidates.iter().filter(|candidate| candidate.kind != CandidateKind::Chosen) {
            let name = &self.names[candidate.name];
            let so_far = best.entry(name.stem.as_str()).or_insert(candidate.name);
            if name.rank < self.names[*so_far].rank {
                *so_far = candidate.name;
            }
        }
        let is_kept = |candidate: &Candidate<V>| {
            let name = &self.names[candidate.name];
            match candidate.kind {
                CandidateKind::Chosen => true,
                CandidateKind::Guessed => {
                    name.kind == NameKind::Other || best.get(name.stem.as_str()) == Some(&candidate.name)
                }
                CandidateKind::Weak => !has_better,
                CandidateKind::Action => action.is_some(),
            }
        };
        let kept: Vec<bool> = candidates.iter().map(is_kept).collect();
        for (candidate, _) in candidates.into_iter().zip(kept).filter(|(_, is_kept)| *is_kept) {
            let label = self.label(depth, candidate.name, candidate.index);
            let action = action.filter(|_| candidate.kind == CandidateKind::Action);
            self.texts.push(Text {
                label,
                value: candidate.value,
                at: candidate.at,
                has_role: false,
                action,
            });
        }
    }

    /// `author: {role: end-user}` tells whose record it stands in.
    fn tell_parent(&mut self, frame: Frame) {
        let is_role = frame.name.is_some_and(|name| self.names[name].kind == NameKind::Role);
        let parent = self.frames.len().checked_sub(2).map(|index| &mut self.frames[index]);
        if let (true, Some(parent)) = (is_role, parent.filter(|parent| !parent.is_array)) {
            parent.is_others = frame.is_others.or(parent.is_others);
        }
    }

    fn retain_texts(&mut self, from: usize, is_kept: impl Fn(&Text<V>) -> bool) {
        let later: Vec<_> = self.texts.drain(from..).filter(is_kept).collect();
        self.texts.extend(later);
    }

    /// The path of a member of the innermost of `depth` objects and arrays.
    fn label(&self, depth: usize, name: usize, index: Option<usize>) -> String {
        let deep = depth.saturating_sub(DEEP);
        let mut label = if deep > 0 { "…".to_owned() } else { String::new() };
        let mut was_array = false;
        for frame in &self.frames[deep..depth] {
            if let Some(name) = frame.name.filter(|_| !was_array) {
                push_name(&mut label, &self.spelled[name]);
            }
            if frame.is_array {
                label.push_str(&format!("[{}]", frame.count - 1));
            }
            was_array = frame.is_array;
        }
        push_name(&mut label, &self.spelled[name]);
        if let Some(index) = index {
            label.push_str(&format!("[{index}]"));
        }
        label
    }

    /// The texts so far, in source order, with everything that is still open closed at `end`.
    pub(super) fn take(&mut self, end: usize) -> Vec<Text<V>> {
        while !self.frames.is_empty() {
            self.close(end);
        }
        self.candidates.clear();
        self.sorted_texts()
    }

    /// The texts so far, in source order, while the file goes on behind `end`, in another part: what
    /// is open stays open. The part ends where a record does, so that its texts are decided.
    pub(super) fn take_part(&mut self, end: usize) -> Vec<Text<V>> {
        for depth in (1..=self.frames.len()).rev() {
            if !self.frames[depth - 1].is_array {
                self.decide(depth);
            }
            let (frame, has_texts) = (self.frames[depth - 1], !self.texts.is_empty());
            if frame.is_others == Some(true) {
                self.retain_texts(frame.first_text, |text| text.has_role);
            }
            if frame.is_others.is_some() {
                self.texts[frame.first_text..].iter_mut().for_each(|text| text.has_role = true);
            }
            self.close_notes(frame, end);
            self.frames[depth - 1] = Frame {
                start: 0,
                first_note: 0,
                first_candidate: 0,
                first_text: 0,
                gave_texts: frame.gave_texts || has_texts,
                ..frame
            };
        }
        self.candidates.clear();
        if self.names.len() > MOST_NAMES {
            self.forget_names();
        }
        self.sorted_texts()
    }

    /// A value that is neither a string nor an object nor an array comes. Answers whether a text
    /// was to be expected in its place.
    pub(super) fn pass_value(&mut self) -> bool {
        const PROSE: &str = "so many words that they are prose";
        self.begin_member().is_some_and(|name| self.candidate_kind(name, PROSE).is_some())
    }

    /// A member of the open array is passed over.
    pub(super) fn pass(&mut self) {
        self.begin_member();
    }

    /// What notes in the fields so far are about.
    pub(super) fn take_scopes(&mut self) -> Vec<Scope> {
        std::mem::take(&mut self.scopes)
    }

    /// Which of the chosen fields were there so far, and what others are called.
    pub(super) fn fields(&self) -> Fields {
        let names = if self.chosen.is_empty() { &[][..] } else { &self.spelled };
        let names = names.iter().take(Fields::MOST_NAMES).cloned().collect();
        Fields { names, ..self.fields.clone() }
    }

    fn sorted_texts(&mut self) -> Vec<Text<V>> {
        self.texts.sort_by_key(|text| text.at);
        std::mem::take(&mut self.texts)
    }

    /// Keeps only the names on the way to the open object: in some files every record has its own.
    fn forget_names(&mut self) {
        let names = std::mem::take(&mut self.names);
        let spelled = std::mem::take(&mut self.spelled);
        self.known.clear();
        for frame in &mut self.frames {
            for name in [&mut frame.name, &mut frame.member].into_iter().flatten() {
                self.names.push(names[*name].clone());
                self.spelled.push(spelled[*name].clone());
                *name = self.names.len() - 1;
            }
        }
    }
}

/// A name as labels show it: on one line, and not too long to be repeated in each of them.
pub(super) fn spelled(name: &str) -> String {
    let mut spelled: String =
        name.trim().chars().take(LONGEST_NAME).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if spelled.len() < name.trim().len() {
        spelled.push('…');
    }
    spelled
}

fn push_name(label: &mut String, name: &str) {
    if !label.is_empty() {
        label.push('.');
    }
    label.push_str(name);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chosen_fields_are_names_or_the_ends_of_paths() {
        let chosen = |field: &str, keys: &[&str]| {
            Chosen::new(&[field.to_owned()]).meets(keys.iter().rev().copied()).is_some()
        };
        assert!(chosen("body", &["macros", "body"]));
        assert!(chosen("Macros[].body", &["export", "macros", "body"]));
        assert!(chosen("macros.0.body", &["macros", "body"]));
        assert!(!chosen("macros.body", &["body"]));
        assert!(Chosen::new(&[String::new(), "3".to_owned()]).is_empty());
    }
}
