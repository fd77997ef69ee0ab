//! Plain text: the text itself, cut only where something is left out.

use crate::text::{Block, Span};

use super::placeholders::{self, Mark, Syntax};
use super::quoted;

/// The agent's prose in `text`. Nothing is copied but paragraphs with template markup.
pub(super) fn blocks(text: &str) -> Vec<Block<'_>> {
    let marks = placeholders::find(text, Syntax::Plain);
    // A suppression above a block covers all of it: with one about, a block is a paragraph.
    let is_cut_everywhere = !marks.is_empty() && placeholders::has_directive(text);
    let mut blocks = Vec::new();
    let mut marks = marks.as_slice();
    for own in quoted::own_words(text) {
        let before = marks.partition_point(|mark| mark.span.end <= own.start);
        let within = marks.partition_point(|mark| mark.span.start < own.end);
        let mut stretch = Stretch { text, rest: own, marks: &marks[before..within], blocks: &mut blocks };
        stretch.cut(is_cut_everywhere);
        marks = &marks[within.saturating_sub(1)..];
    }
    blocks
}

/// The agent's own words between two cuts.
struct Stretch<'s, 'm> {
    text: &'s str,
    rest: Span,
    marks: &'m [Mark],
    blocks: &'m mut Vec<Block<'s>>,
}

impl Stretch<'_, '_> {
    fn cut(&mut self, everywhere: bool) {
        while everywhere && self.rest.start < self.rest.end {
            self.take(self.paragraph_end(self.rest.start));
        }
        while let Some(mark) = self.marks.first() {
            let start = paragraph_start(self.text, self.rest.start, mark.span.start);
            self.take(start);
            self.take(self.paragraph_end(mark.span.start));
        }
        self.take(self.rest.end);
    }

    /// Where the paragraph that holds `at` ends, with every mark of it as a whole.
    fn paragraph_end(&self, at: usize) -> usize {
        let mut end = paragraph_end(self.text, at.max(self.rest.start), self.rest.end);
        for mark in self.marks {
            if mark.span.start >= end {
                break;
            }
            if mark.span.end > end {
                end = paragraph_end(self.text, mark.span.end.min(self.rest.end), self.rest.end);
            }
        }
        end
    }

    /// Makes the rest up to `end` a block, with its marks replaced.
    fn take(&mut self, end: usize) {
        let span = Span::new(self.rest.start, end);
        self.rest.start = end;
        let within = self.marks.partition_point(|mark| mark.span.start < end);
        let (marks, later) = self.marks.split_at(within);
        self.marks = later;
        if !marks.is_empty() {
            self.blocks.extend(placeholders::weave(self.text, span, marks));
        } else if !self.text[span.range()].trim().is_empty() {
            self.blocks.push(Block::verbatim(self.text, span));
        }
    }
}

/// Where the paragraph that holds `at` begins, not before `from`.
fn paragraph_start(text: &str, from: usize, at: usize) -> usize {
    let mut later = None;
    let mut end = at.max(from);
    while let Some(line) = memchr::memrchr(b'\n', &text.as_bytes()[from..end]) {
        end = from + line;
        match later {
            Some(later) if text[end + 1..later].trim().is_empty() => return later + 1,
            _ => later = Some(end),
        }
    }
    from
}

/// Where the paragraph that holds `at` ends: after the blank line, not after `to`.
fn paragraph_end(text: &str, at: usize, to: usize) -> usize {
    let bytes = &text.as_bytes()[..to];
    let mut line = at;
    while let Some(end) = memchr::memchr(b'\n', &bytes[line..]) {
        line += end + 1;
        let blank = bytes[line..].iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r')).count();
        if bytes.get(line + blank) == Some(&b'\n') {
            let gap = bytes[line..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            let last = memchr::memrchr(b'\n', &bytes[line..line + gap]).unwrap_or(blank);
            return line + last + 1;
        }
        line += blank;
    }
    to
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;
    use crate::document::testing::{check, show};

    #[test]
    fn a_text_with_nothing_to_leave_out_is_one_block_without_a_copy() {
        let text = "Sorry about that.\n\nIt is on its way.\n";
        let blocks = blocks(text);
        assert_eq!(blocks.len(), 1);
        assert!(matches!(blocks[0].text, Cow::Borrowed(whole) if whole == text));
    }

    #[test]
    fn only_the_paragraph_with_a_placeholder_is_copied() {
        let text = "Sorry.\n\n\nDear {{ name }},\nit is late. \n \nBye\n\nTo [NAME]";
        let blocks = blocks(text);
        let owned: Vec<bool> = blocks.iter().map(|block| matches!(block.text, Cow::Owned(_))).collect();
        assert_eq!(owned, [false, true, false, true]);
        insta::assert_snapshot!(show(text, &blocks), @r"
        0: Sorry.␊␊␊
        9: Dear «◊←{{ name }}»,␊it is late. ␊ ␊
        41: Bye␊␊
        46: To «◊←[NAME]»
        ");
    }

    #[test]
    fn quotes_comments_and_signatures_are_left_out() {
        let text = "We see.\r\n> where is it?\r\n# amends:allow our-policy -- legal\r\nIt is our policy.\r\n\r\n\
            {% comment %}\r\nno\r\n\r\nno\r\n{% endcomment %}\r\nBye {{\r\nname }}\r\n-- \r\nJo\r\n";
        insta::assert_snapshot!(show(text, &blocks(text)), @r"
        0: We see.␍␊
        61: It is our policy.␍␊␍␊
        125: Bye «◊←{{␍␊name }}»␍␊
        ");
    }

    #[test]
    fn a_mark_across_a_quoted_line_breaks_nothing() {
        let text = "a {{ b\n> c }} d\ne {{ f }} g\n";
        insta::assert_snapshot!(show(text, &blocks(text)), @r"
        0: a «◊←{{ b␊> c }}»
        16: e «◊←{{ f }}» g␊
        ");
    }

    #[test]
    fn odd_texts_are_read_in_linear_time() {
        for text in [
            "".to_owned(),
            "\n".repeat(30_000),
            "a {x} ".repeat(50_000),
            "a {x}\n\n".repeat(30_000),
            "{x}\n \n".repeat(30_000),
            "> \n{x}".repeat(30_000),
            "{{ a\n\n".repeat(30_000),
            "\u{0}\u{1}\u{1b}[31m".repeat(30_000),
            " ".repeat(30_000),
            "x".repeat(100_000_000),
        ] {
            let started = std::time::Instant::now();
            check(&text, &blocks(&text));
            assert!(started.elapsed().as_secs() < 20);
        }
    }
}
