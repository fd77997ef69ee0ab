//! Lines and columns of findings. They come by place, so that each character of a line is counted
//! once, even where a whole file is one line.

use super::Source;
use crate::text::{Position, Span};

/// Counts on from one finding to the next.
pub(super) struct Places<'s> {
    source: Source<'s>,
    known: Known,
}

/// A byte whose position is known, and the start of its line.
#[derive(Clone, Copy)]
struct Known {
    line_start: usize,
    offset: usize,
    column: usize,
}

impl<'s> Places<'s> {
    pub(super) const fn new(source: Source<'s>) -> Self {
        let known = Known { line_start: 0, offset: 0, column: source.first_column + 1 };
        Self { source, known }
    }

    /// The positions at which a span begins and ends.
    pub(super) fn of(&mut self, span: Span) -> (Position, Position) {
        let (start, known) = self.position(span.start);
        self.known = known;
        (start, self.position(span.end).0)
    }

    fn position(&self, offset: usize) -> (Position, Known) {
        let (line, line_start) = self.source.lines.line_at(offset);
        let mut known = self.known;
        if known.line_start != line_start || known.offset > offset {
            let first = if line_start == 0 { self.source.first_column } else { 0 };
            known = Known { line_start, offset: line_start, column: first + 1 };
        }
        known.column += self.source.text[known.offset..offset].chars().count();
        known.offset = offset;
        (Position { line, column: known.column }, known)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::FileType;
    use crate::text::Lines;

    fn source<'s>(text: &'s str, lines: &'s Lines, first_column: usize) -> Source<'s> {
        Source { text, file_type: FileType::Plain, lines, first_column }
    }

    #[test]
    fn places_are_those_that_lines_tell() {
        let text = "één\nzwei – drei\n\nvier";
        let lines = Lines::new(text);
        let mut places = Places::new(source(text, &lines, 0));
        let borders: Vec<usize> = (0..=text.len()).filter(|&at| text.is_char_boundary(at)).collect();
        for pair in borders.windows(2).chain(borders.windows(2).rev()) {
            let expected = (lines.position(text, pair[0]), lines.position(text, pair[1]));
            assert_eq!(places.of(Span::new(pair[0], pair[1])), expected);
        }
    }

    #[test]
    fn a_part_goes_on_in_the_line_of_the_part_before() {
        let lines = Lines::starting_at("so sorry\nnow", 7);
        let mut places = Places::new(source("so sorry\nnow", &lines, 100));
        let (start, end) = places.of(Span::new(3, 9));
        assert_eq!((start.line, start.column, end.line, end.column), (7, 104, 8, 1));
    }
}
