//! Where records end in comma- and tab-separated values that come piece by piece.

use crate::document::Cutter;
use crate::document::records::MARK;

/// A line that seems to be a comment and is longer is none.
const LONGEST_COMMENT: usize = 16 * 1024;

/// Ends behind rows. A comment stays with the row below it, which it is about.
#[derive(Debug)]
pub(in crate::document) struct RowCutter {
    separator: u8,
    at: usize,
    state: State,
}

#[derive(Debug, Clone, Copy)]
enum State {
    LineStart,
    CellStart,
    /// In a cell without quotes, or behind the closing quote.
    Bare,
    Quoted,
}

enum Step {
    On,
    /// More must be there to go on.
    Wait,
    /// A row has ended.
    End,
}

impl RowCutter {
    pub(in crate::document) const fn new(separator: u8) -> Self {
        Self { separator, at: 0, state: State::LineStart }
    }

    /// Skips what is no record.
    fn line_start(&mut self, bytes: &[u8]) -> Step {
        let rest = &bytes[self.at..];
        if matches!(rest[0], b'\n' | b'\r') {
            self.at += 1;
            return Step::On;
        }
        self.state = State::CellStart;
        if rest.starts_with(b"#") || rest.starts_with(b"//") || rest == b"/" {
            match memchr::memchr(b'\n', rest) {
                Some(end) if memchr::memmem::find(&rest[..end], MARK.as_bytes()).is_some() => {
                    self.at += end;
                    self.state = State::LineStart;
                }
                None if rest.len() < LONGEST_COMMENT => {
                    self.state = State::LineStart;
                    return Step::Wait;
                }
                _ => {}
            }
        }
        Step::On
    }

    fn cell_start(&mut self, byte: u8) -> Step {
        let is_quoted = byte == b'"';
        self.at += usize::from(is_quoted);
        self.state = if is_quoted { State::Quoted } else { State::Bare };
        Step::On
    }

    /// Goes to the end of a cell.
    fn bare(&mut self, bytes: &[u8]) -> Step {
        let Some(end) = memchr::memchr2(self.separator, b'\n', &bytes[self.at..]) else {
            self.at = bytes.len();
            return Step::On;
        };
        self.at += end + 1;
        if bytes[self.at - 1] == b'\n' {
            self.state = State::LineStart;
            return Step::End;
        }
        self.state = State::CellStart;
        Step::On
    }

    /// Goes on in a quoted cell.
    fn quoted(&mut self, bytes: &[u8]) -> Step {
        match memchr::memchr(b'"', &bytes[self.at..]) {
            None => self.at = bytes.len(),
            Some(quote) => {
                self.at += quote;
                match bytes.get(self.at + 1) {
                    Some(b'"') => self.at += 2,
                    Some(_) => {
                        self.at += 1;
                        self.state = State::Bare;
                    }
                    None => return Step::Wait,
                }
            }
        }
        Step::On
    }
}

impl Cutter for RowCutter {
    fn next_end(&mut self, bytes: &[u8]) -> Option<usize> {
        while self.at < bytes.len() {
            let step = match self.state {
                State::LineStart => self.line_start(bytes),
                State::CellStart => self.cell_start(bytes[self.at]),
                State::Quoted => self.quoted(bytes),
                State::Bare => self.bare(bytes),
            };
            match step {
                Step::On => {}
                Step::Wait => return None,
                Step::End => return Some(self.at),
            }
        }
        None
    }

    fn looked_at(&self) -> usize {
        self.at
    }

    fn drop_front(&mut self, count: usize) {
        self.at = self.at.saturating_sub(count);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_end_outside_of_quotes_wherever_a_piece_ends() {
        let text = "a,b\r\n1,\"two\n\"\"lines\"\"\"x\n\n# amends:allow x -- \"y\n3,not \"quoted\n# a row\n\"\",\"\"\n4,\"open\n";
        let expected = [
            "a,b\r\n",
            "1,\"two\n\"\"lines\"\"\"x\n",
            "\n# amends:allow x -- \"y\n3,not \"quoted\n",
            "# a row\n",
            "\"\",\"\"\n",
        ];
        for step in [1, 2, 3, 1_000] {
            let (mut cutter, mut done, mut known, mut rows) = (RowCutter::new(b','), 0, 0, Vec::new());
            while known < text.len() {
                known = text.len().min(known + step);
                while let Some(end) = cutter.next_end(&text.as_bytes()[done..known]) {
                    rows.push(&text[done..done + end]);
                    cutter.drop_front(end);
                    done += end;
                }
            }
            assert_eq!(rows, expected, "{step}");
        }
    }
}
