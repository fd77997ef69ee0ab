//! Notes in a text that silence findings: `amends:allow RULE -- reason` in a comment.
//!
//! A note with a line of its own covers the next line that is not blank and every text that begins
//! there; beside other text it covers its own line. `amends:allow-file` covers the file.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use memchr::memmem;
use rustc_hash::FxHashMap;

use super::Source;
use super::wording::floor;
use crate::document::{Document, FileType};
use crate::lexicon::Lexicon;
use crate::text::Span;

const MARK: &str = "amends:allow";
static FINDER: LazyLock<memmem::Finder<'static>> = LazyLock::new(|| memmem::Finder::new(MARK));

/// How comments begin and end that may hold text on both sides, the longest sign first.
const PAIRS: &[(&str, &str)] = &[
    ("<!--", "-->"),
    ("{{!--", "--}}"),
    ("{{!", "}}"),
    ("{#", "#}"),
    ("{% comment", "{% endcomment"),
    ("{%- comment", "{%- endcomment"),
    ("<%--", "--%>"),
    ("<%#", "%>"),
    ("/*", "*/"),
];
/// A comment that begins more bytes ahead of the note, or ends more bytes behind it, is not looked for.
const REACH: usize = 2_000;

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

struct Note<'s> {
    /// From the mark to the end of what it says.
    span: Span,
    names: Vec<Name<'s>>,
    has_reason: bool,
    comment: Span,
    covers: Vec<Span>,
    is_for_file: bool,
}

struct Name<'s> {
    text: &'s str,
    span: Span,
    /// The rules that it means.
    rules: Vec<u32>,
    is_used: bool,
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

impl Name<'_> {
    fn is_known(&self, lexicon: &Lexicon) -> bool {
        !self.rules.is_empty() || lexicon.family(self.text).is_some()
    }
}

/// A comment of the source with a note in it.
struct Comment {
    /// All of it.
    span: Span,
    /// Where what it says ends.
    text_end: usize,
}

/// The comment that holds the mark at `at`, if it stands in one.
fn comment(source: Source<'_>, at: usize) -> Option<Comment> {
    paired(source.text, at).or_else(|| to_line_end(source, at))
}

fn paired(text: &str, at: usize) -> Option<Comment> {
    let from = at.saturating_sub(REACH);
    let before = &text.as_bytes()[from..at];
    let opened = PAIRS.iter().filter_map(|&(open, close)| {
        let start = memmem::rfind(before, open.as_bytes())?;
        memmem::find(&before[start..], close.as_bytes()).is_none().then_some((start, open, close))
    });
    let (start, _, close) = opened.max_by_key(|&(start, open, _)| (start, open.len()))?;
    let after = &text.as_bytes()[at..text.len().min(at + REACH)];
    let text_end = at + memmem::find(after, close.as_bytes())?;
    // The end of a `{% comment %}` is a tag of its own.
    let end = match close.starts_with("{%") {
        true => text_end + text[text_end..].find("%}")? + 2,
        false => text_end + close.len(),
    };
    Some(Comment { span: Span::new(from + start, end), text_end })
}

/// A comment that begins with a sign and ends with its line.
fn to_line_end(source: Source<'_>, at: usize) -> Option<Comment> {
    let (_, line_start) = source.lines.line_at(at);
    let line_end = source.lines.line_span(source.text, at).end;
    let before = &source.text[line_start..at];
    let signs = before.len() - before.trim_end_matches(['#', '/', ';', '-', ' ', '\t']).len();
    let lead = &before[before.len() - signs..];
    let sign = lead.find(['#', '/', ';'])?;
    let start = at - signs + sign;
    let is_apart = start == line_start || source.text[..start].ends_with([' ', '\t']);
    let is_sign = match lead.as_bytes()[sign] {
        b'#' => source.file_type != FileType::Markdown || start > line_start,
        b'/' => lead[sign..].starts_with("//"),
        _ => start == line_start,
    };
    (is_apart && is_sign).then_some(Comment { span: Span::new(start, line_end), text_end: line_end })
}

impl<'s> Note<'s> {
    /// Reads the note at `at`; nothing if the word goes on differently.
    fn read(source: Source<'s>, at: usize, comment: &Comment, lexicon: &Lexicon) -> Option<Self> {
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
fn cover(source: Source<'_>, document: &Document<'_>, notes: &mut [Note<'_>]) {
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
    for note in notes.iter_mut().rev() {
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

/// Fenced code and code between backticks, in Markdown: what stands there is an example.
#[derive(Default)]
struct Code {
    /// The text up to here has been looked at: whole lines, and the beginning of one.
    seen: usize,
    fence: Option<(u8, usize)>,
    /// Whether a backtick is open in the line at hand.
    is_inline: bool,
}

impl Code {
    fn holds(&mut self, source: Source<'_>, at: usize) -> bool {
        let (_, line) = source.lines.line_at(at);
        if line > self.seen || self.seen == 0 {
            let (_, first) = source.lines.line_at(self.seen);
            source.text[first..line].lines().for_each(|line| self.pass(line));
            (self.seen, self.is_inline) = (line, false);
        }
        let ticks = memchr::memchr_iter(b'`', &source.text.as_bytes()[self.seen..at]).count();
        self.is_inline ^= ticks % 2 == 1;
        self.seen = at;
        self.fence.is_some() || self.is_inline
    }

    fn pass(&mut self, line: &str) {
        let line = line.trim_start();
        let Some(&sign @ (b'`' | b'~')) = line.as_bytes().first() else { return };
        let length = line.bytes().take_while(|&byte| byte == sign).count();
        match self.fence {
            None if length >= 3 => self.fence = Some((sign, length)),
            Some((own, least)) if own == sign && length >= least && line[length..].trim().is_empty() => {
                self.fence = None;
            }
            _ => {}
        }
    }
}
