//! One note: what it names, why, and what it covers.

use super::MARK;
use super::comments::{Comment, REACH};
use crate::document::{Document, Scope};
use crate::lexicon::Lexicon;
use crate::lint::Source;
use crate::lint::wording::floor;
use crate::text::Span;

/// An `amends:allow`.
pub(super) struct Note<'s> {
    /// From the mark to the end of what it says.
    pub(super) span: Span,
    pub(super) names: Vec<Name<'s>>,
    pub(super) has_reason: bool,
    comment: Span,
    pub(super) covers: Vec<Span>,
    pub(super) is_for_file: bool,
}

/// A rule or family that a note names.
pub(super) struct Name<'s> {
    pub(super) text: &'s str,
    pub(super) span: Span,
    /// The rules that it means.
    pub(super) rules: Vec<u32>,
    pub(super) is_used: bool,
}

impl Name<'_> {
    pub(super) fn is_known(&self, lexicon: &Lexicon) -> bool {
        !self.rules.is_empty() || lexicon.family(self.text).is_some()
    }
}

impl<'s> Note<'s> {
    /// Reads the note at `at`; nothing if the word goes on differently.
    pub(super) fn read(source: Source<'s>, at: usize, comment: &Comment, lexicon: &Lexicon) -> Option<Self> {
        let text = source.text;
        let line_end = source.lines.line_span(text, at).end;
        let end = floor(text, comment.text_end.min(line_end).min(at + REACH));
        let behind = &text[at + MARK.len()..end];
        let (is_for_file, rest) = match behind.strip_prefix("-file") {
            Some(rest) => (true, rest),
            None => (false, behind),
        };
        if !rest.is_empty() && !rest.starts_with([' ', '\t', '\r']) {
            return None;
        }
        let said_to = at + text[at..end].trim_end().len();
        let (names, reason) = split(rest);
        let mut note = Self {
            span: Span::new(at, said_to),
            names: names_of(names, end - rest.len(), lexicon),
            has_reason: reason.chars().any(char::is_alphanumeric),
            comment: comment.span,
            covers: Vec::new(),
            is_for_file,
        };
        if note.names.is_empty() {
            note.names.push(Name { text: "", span: note.span, rules: Vec::new(), is_used: false });
        }
        Some(note)
    }
}

/// What a note names, and its reason. Word processors make a dash of two hyphens.
fn split(text: &str) -> (&str, &str) {
    let dashes = ["--", "—", "–"];
    let found = dashes.iter().filter_map(|dash| text.find(dash).map(|at| (at, dash.len())));
    match found.min() {
        Some((at, length)) => (&text[..at], &text[at + length..]),
        None => (text, ""),
    }
}

/// The names in `text`, which begins at byte `offset` of the source: one, or several with commas.
fn names_of<'s>(text: &'s str, offset: usize, lexicon: &Lexicon) -> Vec<Name<'s>> {
    let mut names = Vec::new();
    let mut at = offset;
    for part in text.split(',') {
        let indent = part.len() - part.trim_start().len();
        let name = part.split_whitespace().next().unwrap_or_default();
        if !name.is_empty() {
            let span = Span::new(at + indent, at + indent + name.len());
            names.push(Name { text: name, span, rules: lexicon.named(name).collect(), is_used: false });
        }
        if part.split_whitespace().count() > 1 {
            break;
        }
        at += part.len() + 1;
    }
    names
}

/// Finds what each note covers.
pub(super) fn cover(source: Source<'_>, document: &Document<'_>, notes: &mut [Note<'_>]) {
    let text = source.text;
    // From the last to the first: a note above a note covers what that one covers.
    let mut below: Option<(Span, Span)> = None;
    let mut blocks: Vec<(usize, usize)> = document
        .messages
        .iter()
        .flat_map(|message| &message.blocks)
        .map(|block| (block.origin, block.source_span(Span::new(0, block.text.len())).end))
        .collect();
    blocks.sort_unstable();
    let scopes = Scopes::of(document);
    for note in notes.iter_mut().rev() {
        if let Some(record) = scopes.record_of(note.span.start) {
            note.covers.push(record);
            continue;
        }
        let comment = note.comment;
        let start = source.lines.line_at(comment.start).1;
        let end = source.lines.line_span(text, comment.end).end;
        let is_alone =
            text[start..comment.start].trim().is_empty() && text[comment.end..end].trim().is_empty();
        if !is_alone {
            note.covers.push(Span::new(start, end));
            continue;
        }
        let mut line = next_line(source, comment.end);
        if let Some((comment, covered)) = below
            && line.covers(comment)
        {
            line = covered;
        }
        note.covers.extend([comment, line]);
        let first = blocks.partition_point(|&(origin, _)| origin < line.start);
        let begun = blocks[first..].iter().take_while(|&&(origin, _)| origin < line.end);
        if let Some(end) = begun.map(|&(_, end)| end).max() {
            note.covers.push(Span::new(line.start, end));
        }
        below = Some((comment, line));
    }
}

/// What notes in fields are about, by place. Fields do not overlap.
struct Scopes(Vec<Scope>);

impl Scopes {
    fn of(document: &Document<'_>) -> Self {
        let mut scopes = document.scopes.clone();
        scopes.sort_unstable_by_key(|scope| scope.inside.start);
        Self(scopes)
    }

    /// The record in a field of which the byte at `at` stands.
    fn record_of(&self, at: usize) -> Option<Span> {
        let behind = self.0.partition_point(|scope| scope.inside.start <= at);
        let scope = self.0[..behind].last()?;
        (at < scope.inside.end).then_some(scope.covers)
    }
}

/// The first line behind the one that holds `at` that is not blank.
fn next_line(source: Source<'_>, at: usize) -> Span {
    let text = source.text;
    let mut at = at;
    loop {
        let Some(end) = memchr::memchr(b'\n', &text.as_bytes()[at..]) else {
            return Span::new(text.len(), text.len());
        };
        at += end + 1;
        let line = source.lines.line_span(text, at);
        if !text[line.range()].trim().is_empty() {
            return line;
        }
    }
}
