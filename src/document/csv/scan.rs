//! From bytes to rows of cells, each with its place.

use crate::document::Scope;
use crate::document::records::MARK;
use crate::text::{Block, BlockBuilder, Span};

/// The records of a text, empty lines and comments with an `amends:allow` left out.
pub(super) struct Scan<'s> {
    bytes: &'s [u8],
    separator: u8,
    at: usize,
    /// Where a quote was opened that is never closed.
    pub(super) unclosed: Option<usize>,
}

impl<'s> Scan<'s> {
    pub(super) fn new(bytes: &'s [u8], separator: u8) -> Self {
        Self { bytes, separator, at: 0, unclosed: None }
    }

    /// Skips what is no record at the start of a line.
    fn skip(&mut self) {
        loop {
            let rest = &self.bytes[self.at..];
            let blank = rest.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
            self.at += blank;
            let rest = &rest[blank..];
            if !rest.starts_with(b"#") && !rest.starts_with(b"//") {
                return;
            }
            let end = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
            if memchr::memmem::find(&rest[..end], MARK.as_bytes()).is_none() {
                return;
            }
            self.at += end;
        }
    }

    /// Reads a cell. The place is then at the separator, the line end or the end.
    fn cell(&mut self) -> Cell {
        let origin = self.at;
        if self.bytes.get(origin) != Some(&b'"') {
            return Cell { origin, inner: self.unquoted(origin), has_doubled: false };
        }
        let (mut at, mut has_doubled) = (origin + 1, false);
        loop {
            match memchr::memchr(b'"', &self.bytes[at..]) {
                Some(quote) if self.bytes.get(at + quote + 1) == Some(&b'"') => {
                    has_doubled = true;
                    at += quote + 2;
                }
                Some(quote) => {
                    let inner = Span::new(origin + 1, at + quote);
                    // What stands between the closing quote and the separator is lost on every reader.
                    self.unquoted(inner.end + 1);
                    return Cell { origin, inner, has_doubled };
                }
                None => {
                    self.unclosed = Some(origin);
                    self.at = self.bytes.len();
                    return Cell { origin, inner: Span::new(origin + 1, self.at), has_doubled };
                }
            }
        }
    }

    fn unquoted(&mut self, start: usize) -> Span {
        let end = memchr::memchr2(self.separator, b'\n', &self.bytes[start..])
            .map_or(self.bytes.len(), |end| start + end);
        self.at = end;
        let ends_line = self.bytes.get(end) != Some(&self.separator);
        let inner_end = if ends_line && end > start && self.bytes[end - 1] == b'\r' { end - 1 } else { end };
        Span::new(start, inner_end)
    }
}

impl Iterator for Scan<'_> {
    type Item = Row;

    fn next(&mut self) -> Option<Row> {
        self.skip();
        if self.at >= self.bytes.len() {
            return None;
        }
        let (start, mut cells) = (self.at, Vec::new());
        loop {
            cells.push(self.cell());
            if self.bytes.get(self.at) != Some(&self.separator) {
                let span = Span::new(start, self.at);
                self.at = self.bytes.len().min(self.at + 1);
                return Some(Row { span, cells });
            }
            self.at += 1;
        }
    }
}

/// A record.
pub(super) struct Row {
    span: Span,
    pub(super) cells: Vec<Cell>,
}

impl Row {
    /// The record, if a note that silences stands in one of its fields.
    pub(super) fn scope(&self, source: &str) -> Option<Scope> {
        let text = &source.as_bytes()[self.span.range()];
        memchr::memmem::find(text, MARK.as_bytes()).map(|_| Scope { inside: self.span, covers: self.span })
    }
}

/// A field of a record.
#[derive(Clone, Copy)]
pub(super) struct Cell {
    /// Where it begins, with its quote.
    pub(super) origin: usize,
    /// What it holds, without the quotes around it.
    pub(super) inner: Span,
    /// Whether it holds doubled quotes.
    has_doubled: bool,
}

impl Cell {
    pub(super) fn block(self, source: &str) -> Block<'_> {
        let whole = Block { origin: self.origin, ..Block::verbatim(source, self.inner) };
        if !self.has_doubled {
            return whole;
        }
        let mut builder = BlockBuilder::new();
        let mut done = self.inner.start;
        while let Some(pair) = memchr::memmem::find(&source.as_bytes()[done..self.inner.end], b"\"\"") {
            builder.push_verbatim(source, Span::new(done, done + pair + 1));
            done += pair + 2;
        }
        builder.push_verbatim(source, Span::new(done, self.inner.end));
        builder.finish(self.origin).unwrap_or(whole)
    }
}
