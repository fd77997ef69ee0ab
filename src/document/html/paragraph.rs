//! A block of HTML while it is put together: white space folded, entities decoded.

use crate::document::placeholders::{self, Weaver};
use crate::text::{Block, BlockBuilder, PLACEHOLDER, Span};

use super::entities::entity;

/// A block that is being put together.
#[derive(Default)]
pub(super) struct Paragraph {
    builder: BlockBuilder,
    /// Where the element begins that the text belongs to.
    pub(super) origin: Option<usize>,
    /// Whether blank lines are borders: in a text that has no block-level tags.
    splits_at_blank_lines: bool,
    /// How long the text was at the last `<br>`.
    broken_at: Option<usize>,
    /// What was put together before.
    pub(super) blocks: Vec<Block<'static>>,
}

impl Paragraph {
    pub(super) fn new(splits_at_blank_lines: bool) -> Self {
        Self { splits_at_blank_lines, ..Self::default() }
    }

    pub(super) fn begin(&mut self, at: usize) {
        self.origin.get_or_insert(at);
    }

    pub(super) fn word(&mut self, span: Span) {
        self.builder.push_decoded(PLACEHOLDER.encode_utf8(&mut [0; 4]), span);
    }

    pub(super) fn space(&mut self, span: Span) {
        if !self.builder.ends_with_space() {
            self.builder.push_decoded(" ", span);
        }
    }

    /// A `<br>` is a space, but two of them end a paragraph.
    pub(super) fn line_break(&mut self, span: Span, weaver: &Weaver<'_, '_>) {
        let length = self.builder.text().trim_end().len();
        if self.broken_at == Some(length) {
            self.flush(weaver);
            self.origin = Some(span.end);
        } else {
            self.space(span);
            self.broken_at = Some(length);
        }
    }

    /// Adds text: white space folded, entities decoded.
    pub(super) fn part(&mut self, source: &str, part: placeholders::Part) {
        let span = match part {
            placeholders::Part::Mark(mark) => {
                placeholders::put_mark(&mut self.builder, mark);
                return;
            }
            placeholders::Part::Text(span) => span,
        };
        let bytes = source.as_bytes();
        let (mut done, mut at) = (span.start, span.start);
        while at < span.end {
            if bytes[at] == b'&' {
                let Some((text, length)) = entity(&source[at..span.end]) else {
                    at += 1;
                    continue;
                };
                self.builder.push_verbatim(source, Span::new(done, at));
                if !text.chars().all(is_invisible) {
                    self.builder.push_decoded(&text, Span::new(at, at + length));
                }
                at += length;
                done = at;
            } else if bytes[at].is_ascii_whitespace() {
                let length = bytes[at..span.end].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
                if length > 1 || bytes[at] != b' ' || (at == done && self.builder.ends_with_space()) {
                    self.builder.push_verbatim(source, Span::new(done, at));
                    self.white_space(source, Span::new(at, at + length));
                    done = at + length;
                }
                at += length;
            } else {
                at += 1;
            }
        }
        self.builder.push_verbatim(source, Span::new(done, span.end));
    }

    fn white_space(&mut self, source: &str, span: Span) {
        let lines = || memchr::memchr_iter(b'\n', source[span.range()].as_bytes()).count();
        if self.splits_at_blank_lines && lines() > 1 {
            let builder = std::mem::take(&mut self.builder);
            let origin = self.origin.replace(span.end).unwrap_or(span.end);
            self.blocks.extend(builder.finish(origin));
        } else {
            self.space(span);
        }
    }

    /// Ends the block. Answers whether it began the quoted original, so that the rest is not the
    /// agent's.
    pub(super) fn flush(&mut self, weaver: &Weaver<'_, '_>) -> bool {
        let builder = std::mem::take(&mut self.builder);
        self.broken_at = None;
        if builder.is_blank() {
            return false;
        }
        let start = self.origin.take().or(builder.first_source_byte()).unwrap_or_default();
        let text = builder.text().trim();
        let is_first = self.blocks.is_empty();
        if begins_original(text) {
            return !is_first;
        }
        let names_author =
            text.starts_with("On ") && text.ends_with("wrote:") && text.bytes().any(|b| b.is_ascii_digit());
        if !names_author {
            let origin = weaver.origin(&builder, start);
            self.blocks.extend(builder.finish(origin));
        }
        false
    }
}

/// Whether a paragraph is what mail programs put above the original, or below the reply proper.
fn begins_original(text: &str) -> bool {
    let has = |words: [&str; 2]| words.iter().any(|word| text.contains(word));
    let is_header = text.starts_with("From:") && has([" Sent:", " Date:"]) && has([" To:", " Subject:"]);
    is_header
        || text == "--"
        || text.starts_with("-----Original Message")
        || text == "Begin forwarded message:"
}

/// Characters that only lay out: soft hyphen, zero-width space and joiners.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' | '\u{34F}')
}
