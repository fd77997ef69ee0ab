//! Which fields of a record are the agent's text: chosen by the user, else guessed by name.

use rustc_hash::FxHashMap;

use super::{Fields, Scope};
use crate::text::Span;

mod chosen;
mod names;
mod texts;

pub(super) use chosen::Chosen;
pub(super) use names::{Name, NameKind, has_words};
use names::{is_other, plain_name};
use texts::{Action, Candidate, Text};

/// What a note in a field begins with.
pub(super) const MARK: &str = "amends:allow";

/// Paths longer than this are shortened in labels, and roles do not reach deeper.
const DEEP: usize = 32;
/// Names longer than this are shortened in labels.
const LONGEST_NAME: usize = 80;
/// So many names are kept from one part of a file to the next.
const MOST_NAMES: usize = 10_000;

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
        let Some(&frame) = self.frames.last() else {
            return;
        };
        if !frame.is_array {
            self.learn(name, text);
        }
        let index = frame.is_array.then(|| frame.count - 1);
        if let Some(kind) = self.candidate_kind(name, text).filter(|_| is_string) {
            self.candidates.push(Candidate { value: make(), at, name, index, kind });
        }
    }

    /// What a member of the open object says about it: whose it is, and what its action sets.
    fn learn(&mut self, name: usize, text: &str) {
        let Some(frame) = self.frames.last_mut() else {
            return;
        };
        let info = &self.names[name];
        let is_author = frame.name.is_some_and(|name| self.names[name].kind == NameKind::Role);
        let told =
            if is_author && info.plain == "type" { Some(is_other(text)) } else { info.is_others(text) };
        frame.is_others = told.map_or(frame.is_others, |is| Some(is || frame.is_others == Some(true)));
        if info.plain == "field" || (info.plain == "name" && frame.action.is_none()) {
            frame.action = Action::of(&plain_name(text)).or(frame.action);
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
        self.decide(self.frames.len());
        if self.frames.len() < DEEP {
            self.settle_roles(frame);
        }
        self.tell_parent(frame);
    }

    /// Of a record that is the customer's, only the texts of records in it that say otherwise are kept.
    fn settle_roles(&mut self, frame: Frame) {
        if frame.is_others == Some(true) {
            self.retain_texts(frame.first_text, |text| text.has_role);
        }
        if frame.is_others.is_some() {
            self.texts[frame.first_text..].iter_mut().for_each(|text| text.has_role = true);
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
            self.settle_roles(frame);
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
