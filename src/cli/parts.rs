//! A huge text in parts, so that memory does not grow with it.

use std::io::{self, Read};

/// A text up to this size is read whole.
pub(super) const WHOLE: usize = 1 << 20;
/// A part has about so many bytes.
const PART: usize = 256 * 1024;
/// How much is read at once.
const CHUNK: usize = 64 * 1024;

/// A part of a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub(super) bytes: Vec<u8>,
    /// The byte of the file at which it begins.
    pub(super) base: usize,
    /// The number of its first line.
    pub(super) first_line: usize,
    /// How many characters of that line stand in the part before.
    pub(super) first_column: usize,
}

/// Hands out a text part by part.
pub(super) struct Parts<R> {
    reader: R,
    buffer: Vec<u8>,
    is_at_end: bool,
    base: usize,
    line: usize,
    column: usize,
}

impl<R: Read> Parts<R> {
    pub(super) const fn new(reader: R) -> Self {
        Self { reader, buffer: Vec::new(), is_at_end: false, base: 0, line: 1, column: 0 }
    }

    /// The whole text, if it is not larger than [`WHOLE`].
    pub(super) fn whole(&mut self) -> io::Result<Option<Vec<u8>>> {
        self.fill(WHOLE + 1)?;
        Ok((self.buffer.len() <= WHOLE).then(|| std::mem::take(&mut self.buffer)))
    }

    /// What has been read and not been handed out.
    pub(super) fn ahead(&self) -> &[u8] {
        &self.buffer
    }

    /// All that is left, however much it is.
    pub(super) fn rest(mut self) -> io::Result<Vec<u8>> {
        self.reader.read_to_end(&mut self.buffer)?;
        Ok(self.buffer)
    }

    /// The next part; nothing at the end.
    pub(super) fn next(&mut self) -> io::Result<Option<Part>> {
        self.fill(PART)?;
        if self.buffer.is_empty() {
            return Ok(None);
        }
        let end = if self.is_at_end && self.buffer.len() <= PART { self.buffer.len() } else { self.cut() };
        let bytes = self.buffer[..end].to_vec();
        self.buffer.drain(..end);
        let part = Part { base: self.base, first_line: self.line, first_column: self.column, bytes };
        self.base += end;
        self.line += memchr::memchr_iter(b'\n', &part.bytes).count();
        self.column = match memchr::memrchr(b'\n', &part.bytes) {
            Some(last) => letters(&part.bytes[last + 1..]),
            None => part.first_column + letters(&part.bytes),
        };
        Ok(Some(part))
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

#[cfg(test)]
mod tests {
    use super::*;

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
                assert!(part.bytes.len() <= PART && !part.bytes.is_empty());
                for letter in std::str::from_utf8(&part.bytes).unwrap().chars() {
                    (line, column) = if letter == '\n' { (line + 1, 0) } else { (line, column + 1) };
                }
                joined.extend(part.bytes);
            }
            assert_eq!(joined, text.as_bytes());
        }
    }

    #[test]
    fn a_part_ends_at_a_blank_line_if_there_is_one() {
        let text = "One line.\nAnother.\n\n".repeat(80_000);
        let parts = parts(text.as_bytes());
        assert!(parts.len() > 1 && parts.iter().all(|part| part.bytes.ends_with(b"\n\n")));
    }

    #[test]
    fn nothing_has_no_parts() {
        assert_eq!(parts(b""), []);
    }
}
