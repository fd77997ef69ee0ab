//! Which of the fields of an open record are texts, and what each is called.

use rustc_hash::FxHashMap;

use super::names::NameKind;
use super::{DEEP, Frame, Walker, has_words};

/// Names that are no texts in a collection of them.
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

/// A text that was chosen or guessed.
#[derive(Debug)]
pub(in crate::document) struct Text<V> {
    /// Where it stands: `macros[3].body`.
    pub(in crate::document) label: String,
    pub(in crate::document) value: V,
    /// Where it begins, to put texts in order.
    pub(super) at: usize,
    /// Whether its record tells who wrote it.
    pub(super) has_role: bool,
    pub(super) action: Option<Action>,
}

/// What the action of a Zendesk macro sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Action {
    Comment,
    HtmlComment,
}

impl Action {
    /// What the action with this `field` sets.
    pub(super) fn of(field: &str) -> Option<Self> {
        match field {
            "commentvalue" | "commentvaluemarkdown" => Some(Self::Comment),
            "commentvaluehtml" => Some(Self::HtmlComment),
            _ => None,
        }
    }
}

/// A field that may be a text.
#[derive(Debug)]
pub(super) struct Candidate<V> {
    pub(super) value: V,
    pub(super) at: usize,
    /// The number of its name.
    pub(super) name: usize,
    /// Which member of an array it is.
    pub(super) index: Option<usize>,
    pub(super) kind: CandidateKind,
}

/// Why a field may be a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CandidateKind {
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
    /// Why a field of the open record may be a text, if it may.
    pub(super) fn candidate_kind(&mut self, name: usize, text: &str) -> Option<CandidateKind> {
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

    /// Makes texts of the candidates of the innermost of `depth` objects and arrays: of two fields
    /// with the same text in two formats one, of weak ones none where there is a better.
    pub(super) fn decide(&mut self, depth: usize) {
        let Some(frame) = depth.checked_sub(1).and_then(|index| self.frames.get(index)).copied() else {
            return;
        };
        let candidates: Vec<_> = self.candidates.drain(frame.first_candidate..).collect();
        if frame.is_others == Some(true) {
            return;
        }
        let kept = self.kept(frame, &candidates);
        for (candidate, _) in candidates.into_iter().zip(kept).filter(|(_, is_kept)| *is_kept) {
            let label = self.label(depth, candidate.name, candidate.index);
            let action = frame.action.filter(|_| candidate.kind == CandidateKind::Action);
            self.texts.push(Text {
                label,
                value: candidate.value,
                at: candidate.at,
                has_role: false,
                action,
            });
        }
    }

    /// Which of the candidates of a record are its texts.
    fn kept(&self, frame: Frame, candidates: &[Candidate<V>]) -> Vec<bool> {
        let has_better = frame.gave_texts
            || self.texts.len() > frame.first_text
            || candidates.iter().any(|candidate| candidate.kind == CandidateKind::Guessed);
        let best = self.best_formats(candidates);
        let is_kept = |candidate: &Candidate<V>| {
            let name = &self.names[candidate.name];
            match candidate.kind {
                CandidateKind::Chosen => true,
                CandidateKind::Guessed => {
                    name.kind == NameKind::Other || best.get(name.stem.as_str()) == Some(&candidate.name)
                }
                CandidateKind::Weak => !has_better,
                CandidateKind::Action => frame.action.is_some(),
            }
        };
        candidates.iter().map(is_kept).collect()
    }

    /// For each text, by the stem of its names, the name of its best format.
    fn best_formats(&self, candidates: &[Candidate<V>]) -> FxHashMap<&str, usize> {
        let mut best: FxHashMap<&str, usize> = FxHashMap::default();
        for candidate in candidates.iter().filter(|candidate| candidate.kind != CandidateKind::Chosen) {
            let name = &self.names[candidate.name];
            let so_far = best.entry(name.stem.as_str()).or_insert(candidate.name);
            if name.rank < self.names[*so_far].rank {
                *so_far = candidate.name;
            }
        }
        best
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
}

fn push_name(label: &mut String, name: &str) {
    if !label.is_empty() {
        label.push('.');
    }
    label.push_str(name);
}
