//! Spans and positions, and the way from a stretch of prose back to the bytes it was read from.

use std::borrow::Cow;
use std::ops::Range;

/// A half-open range of bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

impl Span {
    /// The span from `start` up to, not including, `end`.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Whether `other` lies within this span.
    #[must_use]
    pub const fn covers(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the two spans share at least one byte.
    #[must_use]
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The span as a range, to slice with.
    #[must_use]
    pub const fn range(self) -> Range<usize> {
        self.start..self.end
    }
}

/// A place in a source file, as editors count it: both numbers start at 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line.
    pub line: usize,
    /// The column, in characters (Unicode scalar values), not bytes.
    pub column: usize,
}

/// Where the lines of a source begin, to turn byte offsets into positions.
#[derive(Debug, Clone)]
pub struct Lines {
    starts: Vec<usize>,
    first_line: usize,
}

impl Lines {
    /// Reads the line starts of `source`. A line ends with `\n`; the `\r` of a Windows line end
    /// counts as its last character.
    #[must_use]
    pub fn new(source: &str) -> Self {
        Self::starting_at(source, 1)
    }

    /// The same for a piece of a longer source whose first line has the number `first_line`.
    #[must_use]
    pub fn starting_at(source: &str, first_line: usize) -> Self {
        let ends = memchr::memchr_iter(b'\n', source.as_bytes());
        let starts = std::iter::once(0).chain(ends.map(|end| end + 1)).collect();
        Self { starts, first_line }
    }

    /// The position of the byte at `offset`, which must lie on a character boundary of `source`.
    #[must_use]
    pub fn position(&self, source: &str, offset: usize) -> Position {
        let index = self.index(offset);
        let column = source[self.starts[index]..offset].chars().count() + 1;
        Position { line: self.first_line + index, column }
    }

    /// The number of the line that holds `offset`, and the byte at which it begins.
    #[must_use]
    pub fn line_at(&self, offset: usize) -> (usize, usize) {
        let index = self.index(offset);
        (self.first_line + index, self.starts[index])
    }

    /// The bytes of the line that holds `offset`, without its line end.
    #[must_use]
    pub fn line_span(&self, source: &str, offset: usize) -> Span {
        let index = self.index(offset);
        let start = self.starts[index];
        let end = self.starts.get(index + 1).map_or(source.len(), |next| next - 1);
        let end = if source[start..end].ends_with('\r') { end - 1 } else { end };
        Span::new(start, end)
    }

    fn index(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start <= offset) - 1
    }
}

/// From places in characters, as the YAML parser counts, to bytes. Nearly all places come in order.
#[derive(Debug, Default)]
pub(crate) struct Offsets<'t> {
    text: &'t str,
    index: usize,
    byte: usize,
}

impl<'t> Offsets<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self { text, ..Self::default() }
    }

    /// The byte at which the character of this number begins; the end of the text behind the last.
    pub(crate) fn byte(&mut self, index: usize) -> usize {
        if index < self.index {
            let back = self.text[..self.byte].char_indices().rev().nth(self.index - index - 1);
            self.byte = back.map_or(0, |(byte, _)| byte);
        } else {
            let mut ahead = self.text[self.byte..].char_indices().skip(index - self.index);
            self.byte = ahead.next().map_or(self.text.len(), |(byte, _)| self.byte + byte);
        }
        self.index = index;
        self.byte
    }
}

/// One piece of a block's text and the source bytes that it stands for. A text may have a million
/// of them, so they are small: no text that is held in memory has more bytes than `u32` counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    text_start: u32,
    start: u32,
    end: u32,
    verbatim: bool,
}

impl Piece {
    /// The piece that begins at `text_start` in the block's text and stands for `source`.
    #[must_use]
    pub fn new(text_start: usize, source: Span, verbatim: bool) -> Self {
        let small = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Self { text_start: small(text_start), start: small(source.start), end: small(source.end), verbatim }
    }

    /// Where the piece begins in the block's text; it ends where the next begins.
    #[must_use]
    pub const fn text_start(self) -> usize {
        self.text_start as usize
    }

    /// The source bytes.
    #[must_use]
    pub const fn source(self) -> Span {
        Span::new(self.start as usize, self.end as usize)
    }

    /// Whether the text is a byte-for-byte copy of the source. If not (an entity, an escape, a
    /// placeholder), any part of the piece stands for all of its source.
    #[must_use]
    pub const fn verbatim(self) -> bool {
        self.verbatim
    }

    /// The same piece of a source that begins so many bytes earlier.
    #[must_use]
    pub fn moved(self, by: usize) -> Self {
        let Span { start, end } = self.source();
        Self::new(self.text_start(), Span::new(start + by, end + by), self.verbatim)
    }
}

/// How the bytes of a block's text lead back to the source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SourceMap {
    /// The text is the source from this offset on, byte for byte.
    Offset(usize),
    /// The text was put together from pieces, in order of their place in the text.
    Pieces(Vec<Piece>),
}

/// A stretch of prose to listen to: a paragraph, a list item, a cell, a mail body.
///
/// No phrase is heard across two blocks. A placeholder such as `{{name}}` stands in the text as
/// one [`PLACEHOLDER`] character.
#[derive(Debug, Clone)]
pub struct Block<'s> {
    /// The prose, decoded.
    pub text: Cow<'s, str>,
    /// The way back to the source.
    pub map: SourceMap,
    /// The source byte at which the construct that holds this text begins: the paragraph, the
    /// quoted cell, the YAML scalar with its `|`. A suppression above it covers the whole block.
    pub origin: usize,
}

/// Stands in a block's text for a placeholder: an opaque word that no phrase spells out.
pub const PLACEHOLDER: char = '\u{FFFC}';

impl<'s> Block<'s> {
    /// A block whose text is `source[span]`, unchanged.
    #[must_use]
    pub fn verbatim(source: &'s str, span: Span) -> Self {
        Self {
            text: Cow::Borrowed(&source[span.range()]),
            map: SourceMap::Offset(span.start),
            origin: span.start,
        }
    }

    /// The source bytes that the span of this block's text was read from.
    #[must_use]
    pub fn source_span(&self, span: Span) -> Span {
        match &self.map {
            SourceMap::Offset(offset) => Span::new(span.start + offset, span.end + offset),
            SourceMap::Pieces(pieces) => {
                let last_byte = span.end.max(span.start + 1) - 1;
                let (first, last) = (piece_at(pieces, span.start), piece_at(pieces, last_byte));
                let start = if first.verbatim() {
                    first.source().start + (span.start - first.text_start())
                } else {
                    first.source().start
                };
                let end = if last.verbatim() {
                    last.source().start + (span.end - last.text_start())
                } else {
                    last.source().end
                };
                Span::new(start, end)
            }
        }
    }
}

fn piece_at(pieces: &[Piece], offset: usize) -> Piece {
    let index = pieces.partition_point(|piece| piece.text_start() <= offset);
    pieces[index.saturating_sub(1)]
}

/// Puts a block's text together, piece by piece, and remembers where each came from.
#[derive(Debug, Default)]
pub struct BlockBuilder {
    text: String,
    pieces: Vec<Piece>,
}

impl BlockBuilder {
    /// An empty block.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds `source[span]` as it stands.
    pub fn push_verbatim(&mut self, source: &str, span: Span) {
        if span.start == span.end {
            return;
        }
        let last = self.pieces.last_mut().filter(|last| last.verbatim() && last.source().end == span.start);
        match last {
            Some(last) => {
                *last = Piece::new(last.text_start(), Span::new(last.source().start, span.end), true);
            }
            None => self.pieces.push(Piece::new(self.text.len(), span, true)),
        }
        self.text.push_str(&source[span.range()]);
    }

    /// Adds `text`, which stands for the source bytes of `span` as a whole.
    pub fn push_decoded(&mut self, text: &str, span: Span) {
        if text.is_empty() {
            return;
        }
        self.pieces.push(Piece::new(self.text.len(), span, false));
        self.text.push_str(text);
    }

    /// Whether the text so far is empty or ends with white space.
    #[must_use]
    pub fn ends_with_space(&self) -> bool {
        self.text.chars().next_back().is_none_or(char::is_whitespace)
    }

    /// The source byte at which the first piece begins.
    #[must_use]
    pub fn first_source_byte(&self) -> Option<usize> {
        self.pieces.first().map(|piece| piece.source().start)
    }

    /// The text so far.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether nothing but white space was added.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// The block, begun at the source byte `origin`; nothing if it is blank.
    #[must_use]
    pub fn finish(self, origin: usize) -> Option<Block<'static>> {
        (!self.is_blank()).then_some(Block {
            text: Cow::Owned(self.text),
            map: SourceMap::Pieces(self.pieces),
            origin,
        })
    }
}

/// The apostrophe, and what people type for it: quotes, accents, a prime.
#[must_use]
pub const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '`' | '\u{B4}' | '\u{2BC}' | '\u{2018}' | '\u{2019}' | '\u{2032}' | '\u{FF07}')
}

/// The text with straight apostrophes.
pub(crate) fn straight(text: &str) -> String {
    text.replace(is_apostrophe, "'")
}

/// A hash that stays the same from release to release, which those of the standard library do not
/// promise.
pub(crate) fn fnv_1a(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_typed_for_an_apostrophe_is_one() {
        assert_eq!(straight("can\u{2019}t, don\u{B4}t, won`t, \u{2018}tis"), "can't, don't, won't, 'tis");
    }

    #[test]
    fn the_hash_is_the_published_one() {
        assert_eq!(fnv_1a("".bytes()), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv_1a("foobar".bytes()), 0x8594_4171_f739_67e8);
    }
}
