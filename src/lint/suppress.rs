//! Notes in a text that silence findings: `amends:allow RULE -- reason` in a comment.
//!
//! A note with a line of its own covers the next line that is not blank and every text that begins
//! there; beside other text it covers its own line. `amends:allow-file` covers the file.

mod comments;
mod near;
mod note;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use memchr::memmem;
use rustc_hash::FxHashMap;

use comments::{Code, comment};
use note::{Name, Note, cover};

use super::{Source, known};
use crate::document::{self, Document, FileType};
use crate::lexicon::Lexicon;
use crate::text::Span;

/// So many wrong names are told of a text.
const MOST_REMARKS: usize = 20;
/// What every note begins with.
const MARK: &str = "amends:allow";
static FINDER: LazyLock<memmem::Finder<'static>> = LazyLock::new(|| memmem::Finder::new(MARK));

/// The notes of a text.
pub(super) struct Allows<'s> {
    notes: Vec<Note<'s>>,
    /// The whole text, for the notes that cover the file.
    file: Covered,
    /// What the other notes cover, by place.
    covered: Vec<Covered>,
}

/// What one or more notes cover.
struct Covered {
    span: Span,
    /// The largest end of this and all before it.
    reach: usize,
    notes: Vec<usize>,
    /// Whether the notes silence a rule, as far as anyone asked.
    answers: FxHashMap<u32, bool>,
}

/// The rules that are reported about notes, where the lexicon has them.
#[derive(Debug)]
pub(super) struct Upkeep {
    unused: Option<u32>,
    unexplained: Option<u32>,
    unknown: Option<u32>,
}

impl Upkeep {
    pub(super) fn new(lexicon: &Lexicon) -> Self {
        let rule = |id: &str| (0..).zip(&lexicon.rules).find(|(_, rule)| rule.id == id).map(|(at, _)| at);
        Self {
            unused: rule("unused-allow"),
            unexplained: rule("allow-without-reason"),
            unknown: rule("unknown-allow"),
        }
    }
}

impl<'s> Allows<'s> {
    pub(super) fn read(source: Source<'s>, document: &Document<'_>, lexicon: &Lexicon) -> Self {
        let mut notes = Vec::new();
        let mut code = Code::default();
        for at in FINDER.find_iter(source.text.as_bytes()) {
            if source.file_type == FileType::Markdown && code.holds(source, at) {
                continue;
            }
            if let Some(comment) = comment(source, at) {
                notes.extend(Note::read(source, at, &comment, lexicon));
            }
        }
        if !notes.is_empty() {
            cover(source, document, &mut notes);
        }
        let for_file = (0..notes.len()).filter(|&note| notes[note].is_for_file).collect();
        let file = Covered::new(Span::new(0, source.text.len()), for_file);
        let covered = by_place(&notes);
        Self { notes, file, covered }
    }

    /// Names that no rule has and notes that are almost right, for people to know.
    pub(super) fn remarks(&self, source: Source<'_>, lexicon: &Lexicon) -> Vec<document::Note> {
        let names = self.notes.iter().flat_map(|note| &note.names).filter(|name| !name.is_known(lexicon));
        let unknown = names.take(MOST_REMARKS).map(|name| {
            let text = match (name.text, known(lexicon, name.text)) {
                ("", _) => "This note names no rule: write `amends:allow RULE -- reason`.".to_owned(),
                (_, Err(error)) => {
                    let what = error.to_string();
                    let stop = if what.ends_with('?') { "" } else { "." };
                    format!("This note silences nothing: {what}{stop}")
                }
                (_, Ok(())) => return None,
            };
            Some(document::Note { offset: Some(name.span.start), text, is_trouble: false })
        });
        unknown.flatten().chain(near::misses(source)).collect()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.notes.is_empty()
    }

    /// Whether a note silences the rule at this place. All notes that do are in use then.
    pub(super) fn silences(&mut self, rule: u32, span: Span) -> bool {
        // An empty span stands at its place.
        let (start, end) = (span.start, span.end.max(span.start + 1));
        let before = self.covered.partition_point(|covered| covered.span.start < end);
        let near = self.covered[..before].iter_mut().rev().take_while(|covered| covered.reach > start);
        let mut is_silent = false;
        let around = near.filter(|covered| covered.span.end > start);
        for covered in around.chain([&mut self.file]) {
            is_silent |= covered.silences(&mut self.notes, rule);
        }
        is_silent
    }

    /// Tells `report` what is wrong with the notes: the rule, the place, and whether another note
    /// silences it.
    pub(super) fn upkeep(
        &mut self,
        upkeep: &Upkeep,
        lexicon: &Lexicon,
        is_part: bool,
        is_active: impl Fn(u32) -> bool,
        mut report: impl FnMut(u32, Span, bool),
    ) {
        let mut wrong = Vec::new();
        for note in &self.notes {
            let unexplained = upkeep.unexplained.filter(|_| !note.has_reason);
            wrong.extend(unexplained.map(|rule| (rule, note.span)));
            let unknown = note.names.iter().filter(|name| !name.is_known(lexicon));
            wrong.extend(unknown.filter_map(|name| Some((upkeep.unknown?, name.span))));
        }
        let mut tell = |notes: &mut Self, (rule, span): (u32, Span)| {
            let is_silent = notes.silences(rule, span);
            report(rule, span, is_silent);
        };
        wrong.into_iter().for_each(|wrong| tell(self, wrong));
        let Some(rule) = upkeep.unused else { return };
        // Notes about notes come last: they are in use if they silence one of the others.
        for about_notes in [false, true] {
            let is_about_notes = |name: &Name<'_>| name.rules.contains(&rule);
            let unused: Vec<Span> = self
                .notes
                .iter()
                .filter(|note| !(note.is_for_file && is_part))
                .flat_map(|note| &note.names)
                .filter(|name| !name.is_used && name.rules.iter().any(|&rule| is_active(rule)))
                .filter(|name| is_about_notes(name) == about_notes)
                .map(|name| name.span)
                .collect();
            unused.into_iter().for_each(|span| tell(self, (rule, span)));
        }
    }

    /// Adds the rules that are silenced for the whole file.
    pub(super) fn carry(&self, allowed: &mut Vec<u32>) {
        let names = self.notes.iter().filter(|note| note.is_for_file).flat_map(|note| &note.names);
        allowed.extend(names.flat_map(|name| &name.rules));
        allowed.sort_unstable();
        allowed.dedup();
    }
}

impl Covered {
    fn new(span: Span, notes: Vec<usize>) -> Self {
        Self { span, reach: span.end, notes, answers: FxHashMap::default() }
    }

    /// Whether some of its notes silence the rule. All that do are in use then.
    fn silences(&mut self, notes: &mut [Note<'_>], rule: u32) -> bool {
        *self.answers.entry(rule).or_insert_with(|| {
            let mut is_silent = false;
            for &note in &self.notes {
                for name in notes[note].names.iter_mut().filter(|name| name.rules.contains(&rule)) {
                    name.is_used = true;
                    is_silent = true;
                }
            }
            is_silent
        })
    }
}

fn by_place(notes: &[Note<'_>]) -> Vec<Covered> {
    let mut spans: BTreeMap<Span, Vec<usize>> = BTreeMap::new();
    for (number, note) in notes.iter().enumerate().filter(|(_, note)| !note.is_for_file) {
        note.covers.iter().for_each(|&span| spans.entry(span).or_default().push(number));
    }
    let mut reach = 0;
    let covered = spans.into_iter().map(|(span, notes)| {
        reach = reach.max(span.end);
        Covered { reach, ..Covered::new(span, notes) }
    });
    covered.collect()
}
