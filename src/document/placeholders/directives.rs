//! Comments that hold an `amends:allow`.

use std::sync::LazyLock;

use memchr::memmem;

use crate::text::Span;

use super::scan::LONGEST;
use super::{Mark, StandsFor, Syntax, drop_overlaps};

static DIRECTIVE: LazyLock<memmem::Finder<'static>> = LazyLock::new(|| memmem::Finder::new("amends:allow"));

/// Adds the comments with an `amends:allow` that are no template markup.
pub(super) fn add(text: &str, syntax: Syntax, marks: &mut Vec<Mark>) {
    let mut found = Vec::new();
    for place in DIRECTIVE.find_iter(text.as_bytes()) {
        let is_known = |mark: &Mark| mark.span.start <= place && place < mark.span.end;
        let before = marks.partition_point(|mark| mark.span.start <= place);
        if before.checked_sub(1).is_some_and(|index| is_known(&marks[index]))
            || found.last().is_some_and(is_known)
        {
            continue;
        }
        if let Some(span) = comment_around(text, place, syntax) {
            found.push(Mark { span, stands_for: StandsFor::Nothing });
        }
    }
    if !found.is_empty() {
        marks.append(&mut found);
        marks.sort_unstable_by_key(|mark| mark.span.start);
        drop_overlaps(marks);
    }
}

/// The comment that holds the directive at `place`.
fn comment_around(text: &str, place: usize, syntax: Syntax) -> Option<Span> {
    let before = &text.as_bytes()[place.saturating_sub(LONGEST)..place];
    let after = &text.as_bytes()[place..text.len().min(place + LONGEST)];
    let line_end = || memchr::memchr(b'\n', &text.as_bytes()[place..]).map_or(text.len(), |end| place + end);
    for (open, close) in [("<!--", "-->"), ("/*", "*/")] {
        let Some(lead) = memmem::rfind(before, open.as_bytes()).map(|start| before.len() - start) else {
            continue;
        };
        if memmem::find(&before[before.len() - lead..], close.as_bytes()).is_some() {
            continue;
        }
        if open == "<!--" && syntax != Syntax::Plain {
            return None;
        }
        let end = memmem::find(after, close.as_bytes()).map(|end| place + end + close.len());
        return Some(Span::new(place - lead, end.unwrap_or_else(line_end)));
    }
    let lead = before.iter().rev().take_while(|byte| b" \t#/;-".contains(byte)).count();
    let signs = &before[before.len() - lead..];
    let sign = signs.iter().position(|&byte| byte == b'#' || byte == b'/')?;
    let start = place - lead + sign;
    let starts_line = start == 0 || text.as_bytes()[start - 1] == b'\n';
    let is_apart = starts_line || matches!(text.as_bytes()[start - 1], b' ' | b'\t');
    let is_sign = signs[sign] == b'#' || signs[sign..].starts_with(b"//");
    let is_heading = syntax == Syntax::Markdown && signs[sign] == b'#' && starts_line;
    (is_apart && is_sign && !is_heading).then(|| Span::new(start, line_end()))
}

/// Whether `text` holds a directive, so that its blocks must be cut at every blank line.
pub(in crate::document) fn has_directive(text: &str) -> bool {
    DIRECTIVE.find(text.as_bytes()).is_some()
}
