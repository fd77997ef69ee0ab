//! A huge text as UTF-8 with the line ends of today, whatever it is written in.

use std::io::{self, Read};

use encoding_rs::{CoderResult, Decoder, UTF_16BE, UTF_16LE};

use crate::document::Encoding;

const CHUNK: usize = 32 * 1024;

/// How a text must be changed while it is read, as its beginning tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Change {
    /// What it is written in, if it is UTF-16.
    pub(super) utf_16: Option<Encoding>,
    /// Whether lines end as they did on old computers, with `\r`.
    pub(super) has_old_lines: bool,
}

impl Change {
    /// What the beginning of a text asks for.
    pub(super) fn of(start: &[u8]) -> Self {
        let utf_16 = match start {
            [0xFF, 0xFE, ..] => Some(Encoding::Utf16Le),
            [0xFE, 0xFF, ..] => Some(Encoding::Utf16Be),
            _ => None,
        };
        Self { utf_16, has_old_lines: has_old_lines(start) }
    }
}

/// Whether lines end with `\r` alone.
pub(super) fn has_old_lines(text: &[u8]) -> bool {
    memchr::memchr(b'\n', text).is_none() && memchr::memchr(b'\r', text).is_some()
}

/// Hands on a text as it is changed. The mark at the beginning of UTF-16 is taken out.
pub(super) struct Transcoded<R> {
    reader: R,
    decoder: Option<Decoder>,
    has_old_lines: bool,
    raw: Vec<u8>,
    ready: Vec<u8>,
    handed_on: usize,
    is_at_end: bool,
}

impl<R: Read> Transcoded<R> {
    pub(super) fn new(reader: R, change: Change) -> Self {
        let decoder = change.utf_16.map(|encoding| match encoding {
            Encoding::Utf16Be => UTF_16BE.new_decoder_with_bom_removal(),
            _ => UTF_16LE.new_decoder_with_bom_removal(),
        });
        Self {
            reader,
            decoder,
            has_old_lines: change.has_old_lines,
            raw: Vec::new(),
            ready: Vec::new(),
            handed_on: 0,
            is_at_end: false,
        }
    }

    fn refill(&mut self) -> io::Result<()> {
        self.handed_on = 0;
        self.ready.clear();
        while self.ready.is_empty() && !self.is_at_end {
            self.raw.clear();
            let read = (&mut self.reader).take(CHUNK as u64).read_to_end(&mut self.raw)?;
            self.is_at_end = read < CHUNK;
            self.decode();
        }
        if self.has_old_lines {
            self.ready.iter_mut().filter(|byte| **byte == b'\r').for_each(|byte| *byte = b'\n');
        }
        Ok(())
    }

    fn decode(&mut self) {
        let Some(decoder) = &mut self.decoder else {
            std::mem::swap(&mut self.raw, &mut self.ready);
            return;
        };
        let mut rest = &self.raw[..];
        loop {
            let start = self.ready.len();
            self.ready.resize(start + 3 * CHUNK, 0);
            let (result, read, written, _) =
                decoder.decode_to_utf8(rest, &mut self.ready[start..], self.is_at_end);
            self.ready.truncate(start + written);
            rest = &rest[read..];
            if result == CoderResult::InputEmpty {
                return;
            }
        }
    }
}

impl<R: Read> Read for Transcoded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.handed_on == self.ready.len() {
            self.refill()?;
        }
        let ready = &self.ready[self.handed_on..];
        let count = ready.len().min(buffer.len());
        buffer[..count].copy_from_slice(&ready[..count]);
        self.handed_on += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> String {
        let mut text = String::new();
        Transcoded::new(bytes, Change::of(bytes)).read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn utf_16_becomes_utf_8() {
        let text = "We’re 😀 sorry\r\n".repeat(10_000);
        for is_little in [true, false] {
            let units = text.encode_utf16();
            let bytes =
                units.flat_map(|unit| if is_little { unit.to_le_bytes() } else { unit.to_be_bytes() });
            let mark: &[u8] = if is_little { b"\xFF\xFE" } else { b"\xFE\xFF" };
            assert!(read(&mark.iter().copied().chain(bytes).collect::<Vec<u8>>()) == text);
        }
    }

    #[test]
    fn old_line_ends_become_new_ones() {
        assert_eq!(read(b"one\rtwo\r"), "one\ntwo\n");
        assert_eq!(read(b"one\rtwo\r\n"), "one\rtwo\r\n");
        assert_eq!(read(b""), "");
    }
}
