//! Where the comments of a text begin and end.

use memchr::memmem;

use crate::document::FileType;
use crate::lint::Source;
use crate::text::Span;

/// How comments begin and end that may hold text on both sides, the longest sign first.
const PAIRS: &[(&str, &str)] = &[
    ("<!--", "-->"),
    ("{{!--", "--}}"),
    ("{{!", "}}"),
    ("{#", "#}"),
    ("{% #", "%}"),
    ("{%- #", "%}"),
    ("{%#", "%}"),
    ("{% comment", "{% endcomment"),
    ("{%- comment", "{%- endcomment"),
    ("<%--", "--%>"),
    ("<%#", "%>"),
    ("/*", "*/"),
];
/// A comment that begins more bytes ahead of the note, or ends more bytes behind it, is not looked for.
pub(super) const REACH: usize = 2_000;

/// A comment of the source with a note in it.
pub(super) struct Comment {
    /// All of it.
    pub(super) span: Span,
    /// Where what it says ends.
    pub(super) text_end: usize,
}

/// The comment that holds the mark at `at`, if it stands in one.
pub(super) fn comment(source: Source<'_>, at: usize) -> Option<Comment> {
    paired(source.text, at).or_else(|| reference(source, at)).or_else(|| to_line_end(source, at))
}

/// Markdown has no comments; people write an address that nothing refers to: `[//]: # (…)`.
fn reference(source: Source<'_>, at: usize) -> Option<Comment> {
    let line = source.lines.line_span(source.text, at);
    let (before, behind) = (&source.text[line.start..at], &source.text[at..line.end]);
    let title = before.trim_start().strip_prefix('[')?.split_once("]:")?.1.trim_start();
    let is_title = title.starts_with('#') || title.starts_with("<>");
    let said = behind.trim_end().trim_end_matches([')', '"', '\'']);
    (source.file_type == FileType::Markdown && is_title)
        .then_some(Comment { span: line, text_end: at + said.len() })
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
    let span = Span::new(from + start, end);
    Some(Comment { span: with_template_tag(text, span), text_end })
}

/// The comment with the tag around it, where it is one of Go's templates: `{{/* … */}}`.
fn with_template_tag(text: &str, span: Span) -> Span {
    let before = text[..span.start].trim_end_matches([' ', '-']);
    let after = text[span.end..].trim_start_matches([' ', '-']);
    if before.ends_with("{{") && after.starts_with("}}") {
        Span::new(before.len() - 2, text.len() - after.len() + 2)
    } else {
        span
    }
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

/// Fenced code and code between backticks, in Markdown: what stands there is an example.
#[derive(Default)]
pub(super) struct Code {
    /// The text up to here has been looked at: whole lines, and the beginning of one.
    seen: usize,
    fence: Option<(u8, usize)>,
    /// Whether a backtick is open in the line at hand.
    is_inline: bool,
}

impl Code {
    pub(super) fn holds(&mut self, source: Source<'_>, at: usize) -> bool {
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
