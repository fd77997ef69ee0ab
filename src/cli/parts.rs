//! A huge text in parts, so that memory does not grow with it.

use std::io::{self, Read};

use crate::document::Cutter;

/// A text up to this size is read whole.
pub(super) const WHOLE: usize = 1 << 20;
/// A part has about so many bytes.
const PART: usize = 256 * 1024;
/// How much is read at once.
const CHUNK: usize = 64 * 1024;
/// A longer record is passed over.
pub(super) const LONGEST_RECORD: usize = 1 << 20;

/// A part of a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// Nothing for a record that is too long.
    pub(super) bytes: Option<Vec<u8>>,
    /// The byte of the file at which it begins.
    pub(super) base: usize,
    /// The number of its first line.
    pub(super) first_line: usize,
    /// How many characters of that line stand in the part before.
    pub(super) first_column: usize,
    /// For a record that is too long, how many units of UTF-16 it has.
    pub(super) units: usize,
}

/// Hands out a text part by part.
pub(super) struct Parts<R> {
    reader: R,
    /// Finds the records, in a file of records.
    cutter: Option<Box<dyn Cutter>>,
    buffer: Vec<u8>,
    is_at_end: bool,
    base: usize,
    line: usize,
    column: usize,
}

impl<R: Read> Parts<R> {
    pub(super) const fn new(reader: R) -> Self {
        Self { reader, cutter: None, buffer: Vec::new(), is_at_end: false, base: 0, line: 1, column: 0 }
    }

    /// From now on every part holds whole records.
    pub(super) fn cut_at_records(&mut self, cutter: Box<dyn Cutter>) {
        self.cutter = Some(cutter);
    }

    /// The whole text, if it is not larger than [`WHOLE`].
    pub(super) fn whole(&mut self) -> io::Result<Option<Vec<u8>>> {
        self.fill(WHOLE + 1)?;
        Ok((self.buffer.len() <= WHOLE).then(|| std::mem::take(&mut self.buffer)))
    }

    /// The beginning of a text of which nothing was handed out: as much as [`WHOLE`] at most.
    pub(super) fn start(&mut self) -> io::Result<&[u8]> {
        self.fill(WHOLE)?;
        Ok(&self.buffer)
    }

    /// What has been read and not been handed out.
    pub(super) fn ahead(&self) -> &[u8] {
        &self.buffer
    }

    /// The whole text again, for another reader.
    pub(super) fn again(self) -> io::Chain<io::Cursor<Vec<u8>>, R> {
        io::Cursor::new(self.buffer).chain(self.reader)
    }

    /// The next part; nothing at the end.
    pub(super) fn next(&mut self) -> io::Result<Option<Part>> {
        match self.cutter.take() {
            None => self.next_of_text(),
            Some(mut cutter) => {
                let part = self.next_of_records(&mut *cutter);
                self.cutter = Some(cutter);
                part
            }
        }
    }

    fn next_of_text(&mut self) -> io::Result<Option<Part>> {
        self.fill(PART)?;
        if self.buffer.is_empty() {
            return Ok(None);
        }
        let end = if self.is_at_end && self.buffer.len() <= PART { self.buffer.len() } else { self.cut() };
        Ok(Some(self.hand_out(end)))
    }

    fn next_of_records(&mut self, cutter: &mut dyn Cutter) -> io::Result<Option<Part>> {
        let mut end = 0;
        while end < PART {
            match cutter.next_end(&self.buffer) {
                Some(next) => end = next,
                None if self.buffer.len() - end > LONGEST_RECORD => {
                    if end == 0 {
                        return self.pass_over(cutter).map(Some);
                    }
                    break;
                }
                None if self.is_at_end => {
                    end = self.buffer.len();
                    break;
                }
                None => self.fill(self.buffer.len() + CHUNK)?,
            }
        }
        if end == 0 {
            return Ok(None);
        }
        cutter.drop_front(end);
        Ok(Some(self.hand_out(end)))
    }

    /// Goes behind a record that is too long.
    fn pass_over(&mut self, cutter: &mut dyn Cutter) -> io::Result<Part> {
        let mut part = Part { bytes: None, ..self.hand_out(0) };
        loop {
            let end = cutter.next_end(&self.buffer);
            let done =
                end.unwrap_or_else(|| if self.is_at_end { self.buffer.len() } else { cutter.looked_at() });
            cutter.drop_front(done);
            part.units += self.hand_out(done).bytes.map_or(0, |bytes| units(&bytes));
            if end.is_some() || (self.is_at_end && self.buffer.is_empty()) {
                return Ok(part);
            }
            self.fill(self.buffer.len() + CHUNK)?;
        }
    }

    fn hand_out(&mut self, end: usize) -> Part {
        let bytes = self.buffer[..end].to_vec();
        self.buffer.drain(..end);
        let (base, first_line, first_column) = (self.base, self.line, self.column);
        self.base += end;
        self.line += memchr::memchr_iter(b'\n', &bytes).count();
        self.column = match memchr::memrchr(b'\n', &bytes) {
            Some(last) => letters(&bytes[last + 1..]),
            None => first_column + letters(&bytes),
        };
        Part { bytes: Some(bytes), base, first_line, first_column, units: 0 }
    }

    /// The byte and the line up to which everything was handed out.
    pub(super) const fn place(&self) -> (usize, usize) {
        (self.base, self.line)
    }

    fn fill(&mut self, size: usize) -> io::Result<()> {
        while self.buffer.len() < size && !self.is_at_end {
            let want = (size - self.buffer.len()).min(CHUNK);
            let read = (&mut self.reader).take(want as u64).read_to_end(&mut self.buffer)?;
            self.is_at_end = read < want;
        }
        Ok(())
    }

    /// Where the part ends that is at the front: at a blank line if one is near, else at the end
    /// of a line, of a sentence, of a word, of a letter.
    fn cut(&self) -> usize {
        let window = &self.buffer[..PART.min(self.buffer.len())];
        let near = window.len() / 2;
        let last = |sign: &[u8]| {
            let found = memchr::memmem::rfind(&window[near..], sign);
            found.map(|at| near + at + sign.len())
        };
        let signs: [&[u8]; 6] = [b"\n\n", b"\n\r\n", b"\n", b". ", b"? ", b" "];
        signs.into_iter().find_map(last).unwrap_or_else(|| letter_end(window))
    }
}

/// The end of the last whole letter.
fn letter_end(window: &[u8]) -> usize {
    let is_inside = |byte: &u8| byte & 0xC0 == 0x80;
    let inside = window.iter().rev().take_while(|byte| is_inside(byte)).count().min(3);
    match window.len() - inside {
        0 => window.len(),
        end if window[end - 1] < 0xC0 => window.len(),
        end => end - 1,
    }
}

/// How many letters of UTF-8 begin in `bytes`.
fn letters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count()
}

/// How many units of UTF-16 stand for `bytes` of UTF-8.
fn units(bytes: &[u8]) -> usize {
    letters(bytes) + bytes.iter().filter(|&&byte| byte >= 0xF0).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{FileType, Options, Stream};

    fn parts(text: &[u8]) -> Vec<Part> {
        let mut parts = Parts::new(text);
        std::iter::from_fn(|| parts.next().unwrap()).collect()
    }

    #[test]
    fn parts_are_the_text_and_know_their_place() {
        for text in [
            "word ".repeat(900_000),
            "A line with ünïcödé – it is long.\n".repeat(90_000),
            "Para one.\n\nPara two.\r\n\r\n".repeat(120_000),
            "é".repeat(1_300_000),
            "x".repeat(PART),
            "x".repeat(PART + 1),
        ] {
            let (mut joined, mut line, mut column) = (Vec::new(), 1, 0);
            for part in parts(text.as_bytes()) {
                assert_eq!((part.base, part.first_line, part.first_column), (joined.len(), line, column));
                let bytes = part.bytes.unwrap();
                assert!(bytes.len() <= PART && !bytes.is_empty());
                for letter in std::str::from_utf8(&bytes).unwrap().chars() {
                    (line, column) = if letter == '\n' { (line + 1, 0) } else { (line, column + 1) };
                }
                joined.extend(bytes);
            }
            assert_eq!(joined, text.as_bytes());
        }
    }

    #[test]
    fn a_part_ends_at_a_blank_line_if_there_is_one() {
        let text = "One line.\nAnother.\n\n".repeat(80_000);
        let parts = parts(text.as_bytes());
        assert!(parts.len() > 1 && parts.iter().all(|part| part.bytes.as_ref().unwrap().ends_with(b"\n\n")));
    }

    fn parts_of_rows(text: &str) -> Vec<Part> {
        let mut parts = Parts::new(text.as_bytes());
        let stream = Stream::new(FileType::Csv, text.as_bytes(), &Options::default());
        parts.cut_at_records(stream.unwrap().1);
        std::iter::from_fn(|| parts.next().unwrap()).collect()
    }

    #[test]
    fn parts_of_records_end_where_a_record_does() {
        let row = "1,\"It is late,\nand we are sorry – so sorry.\"\n";
        let text = format!("id,reply\n{}", row.repeat(30_000));
        let (mut joined, mut line) = (Vec::new(), 1);
        for part in parts_of_rows(&text) {
            assert_eq!((part.base, part.first_line, part.first_column), (joined.len(), line, 0));
            let bytes = part.bytes.unwrap();
            assert!(bytes.ends_with(b"sorry.\"\n") && bytes.len() < PART + row.len());
            line += memchr::memchr_iter(b'\n', &bytes).count();
            joined.extend(bytes);
        }
        assert!(joined == text.as_bytes());
    }

    #[test]
    fn a_record_that_is_too_long_is_passed_over() {
        let long = format!("2,\"{}\"\n", "so sorry,\n".repeat(LONGEST_RECORD / 5));
        for tail in ["3,late\n", ""] {
            let text = format!("id,reply\n1,late\n{long}{tail}");
            let parts = parts_of_rows(&text);
            let shown: Vec<_> = parts
                .iter()
                .map(|part| (part.first_line, part.bytes.as_deref().map(String::from_utf8_lossy)))
                .collect();
            let last_line = 4 + LONGEST_RECORD / 5;
            let last = (!tail.is_empty()).then(|| (last_line, Some(tail.into())));
            let expected = [(1, Some("id,reply\n1,late\n".into())), (3, None)];
            assert_eq!(shown, expected.into_iter().chain(last).collect::<Vec<_>>());
        }
    }

    #[test]
    fn nothing_has_no_parts() {
        assert_eq!(parts(b""), []);
    }
}
