//! Bytes to text: UTF-8 as it is, other encodings decoded and said, binary files refused.

use std::borrow::Cow;

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::Note;

/// A file's text, and how its bytes were read.
#[derive(Debug)]
pub struct Decoded<'b> {
    /// The text, without a byte order mark.
    pub text: Cow<'b, str>,
    /// How it was encoded.
    pub encoding: Encoding,
    /// What the user should know: that the file is not UTF-8.
    pub note: Option<Note>,
    /// The way back to the bytes.
    pub origin: Origin,
}

/// The way from a decoded text back to the bytes of its file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origin {
    encoding: Encoding,
    /// The byte of the file at which the text begins.
    base: usize,
    /// Places in the text and behind `base` that belong together, in order.
    checkpoints: Vec<(usize, usize)>,
}

/// How a file's text was encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a mark.
    Utf8,
    /// UTF-8 with broken places, each read as U+FFFD.
    BrokenUtf8,
    /// Windows-1252, of which Latin-1 is a part.
    Windows1252,
    /// UTF-16 with a mark, little-endian.
    Utf16Le,
    /// UTF-16 with a mark, big-endian.
    Utf16Be,
}

/// So many bytes at the start tell whether a file is text.
const LOOK_AT: usize = 8 * 1024;
/// A decoded text has a checkpoint after about so many bytes.
const STRIDE: usize = 4 * 1024;

/// Decodes the bytes of a file.
///
/// # Errors
/// When they are not text. The note says so; it is a remark, not trouble.
pub fn decode(bytes: &[u8]) -> Result<Decoded<'_>, Note> {
    if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        return decode_8_bit(rest, 3);
    }
    let is_utf_32 = bytes.starts_with(b"\xFF\xFE\0\0");
    if bytes.starts_with(b"\xFF\xFE") && !is_utf_32 {
        return Ok(decode_utf_16(&bytes[2..], Encoding::Utf16Le));
    }
    if bytes.starts_with(b"\xFE\xFF") {
        return Ok(decode_utf_16(&bytes[2..], Encoding::Utf16Be));
    }
    decode_8_bit(bytes, 0)
}

fn decode_8_bit(bytes: &[u8], mark: usize) -> Result<Decoded<'_>, Note> {
    if is_binary(bytes) {
        let text = "This is not a text file, so it was skipped.".to_owned();
        return Err(Note { offset: None, text, is_trouble: false });
    }
    let decoded = match std::str::from_utf8(bytes) {
        Ok(text) => Decoded {
            text: Cow::Borrowed(text),
            encoding: Encoding::Utf8,
            note: None,
            origin: Origin::at(mark),
        },
        Err(error) if mark > 0 || is_mostly_utf_8(bytes) => broken_utf_8(bytes, mark, error.valid_up_to()),
        Err(_) => windows_1252(bytes),
    };
    Ok(decoded)
}

/// Control characters that texts do hold: tab, line ends, form feed, escape (of terminal logs).
fn is_binary(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(LOOK_AT)];
    let is_control = |byte: &&u8| **byte < 0x20 && !matches!(**byte, b'\t' | b'\n' | b'\r' | 0x0C | 0x1B);
    memchr::memchr(0, start).is_some() || start.iter().filter(is_control).count() * 10 > start.len() * 3
}

/// Whether more characters of the text are right UTF-8 beyond ASCII than bytes are wrong: one bad
/// byte must not turn every curly quote of a file into rubbish.
fn is_mostly_utf_8(bytes: &[u8]) -> bool {
    let (mut right, mut wrong) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        right += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        wrong += chunk.invalid().len();
    }
    right > wrong
}

fn broken_utf_8(bytes: &[u8], mark: usize, first_wrong: usize) -> Decoded<'_> {
    let mut text = String::with_capacity(bytes.len() + 16);
    let mut checkpoints = Vec::new();
    let mut place = 0;
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        place += chunk.valid().len();
        if !chunk.invalid().is_empty() {
            checkpoints.push((text.len(), place));
            text.push(char::REPLACEMENT_CHARACTER);
            place += chunk.invalid().len();
            checkpoints.push((text.len(), place));
        }
    }
    let note = Note { offset: Some(first_wrong), ..Encoding::BrokenUtf8.note() };
    let origin = Origin { encoding: Encoding::BrokenUtf8, base: mark, checkpoints };
    Decoded { text: Cow::Owned(text), encoding: Encoding::BrokenUtf8, note: Some(note), origin }
}

fn windows_1252(bytes: &[u8]) -> Decoded<'_> {
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(bytes);
    Decoded::said(text, Encoding::Windows1252, 0)
}

fn decode_utf_16(bytes: &[u8], encoding: Encoding) -> Decoded<'_> {
    let decoder = if encoding == Encoding::Utf16Le { UTF_16LE } else { UTF_16BE };
    let (text, _) = decoder.decode_without_bom_handling(bytes);
    Decoded::said(text, encoding, 2)
}

impl<'b> Decoded<'b> {
    fn said(text: Cow<'b, str>, encoding: Encoding, mark: usize) -> Self {
        let origin = Origin::of(&text, encoding, mark);
        Self { text, encoding, note: Some(encoding.note()), origin }
    }
}

impl Encoding {
    /// What the user should know.
    #[must_use]
    pub fn note(self) -> Note {
        let text = match self {
            Self::Utf8 => "This file is UTF-8.",
            Self::BrokenUtf8 => "This file is UTF-8 with broken places; they were read as \u{FFFD}.",
            Self::Windows1252 => "This file is not UTF-8; it was read as Windows-1252.",
            Self::Utf16Le | Self::Utf16Be => "This file is UTF-16; it was read as such.",
        };
        Note { offset: None, text: text.to_owned(), is_trouble: false }
    }

    /// How many bytes of the file stand for `c`.
    fn width(self, c: char) -> usize {
        match self {
            Self::Utf8 | Self::BrokenUtf8 => c.len_utf8(),
            Self::Windows1252 => 1,
            Self::Utf16Le | Self::Utf16Be => c.len_utf16() * 2,
        }
    }
}

impl Origin {
    /// For UTF-8 that begins at this byte of the file.
    #[must_use]
    pub const fn at(base: usize) -> Self {
        Self { encoding: Encoding::Utf8, base, checkpoints: Vec::new() }
    }

    /// For a text that was decoded from bytes of this encoding, which begin at the byte `base` of
    /// the file.
    #[must_use]
    pub fn of(text: &str, encoding: Encoding, base: usize) -> Self {
        let mut origin = Self { encoding, base, checkpoints: Vec::new() };
        let (mut place, mut next) = (0, STRIDE);
        for (index, c) in text.char_indices() {
            if index >= next {
                origin.checkpoints.push((index, place));
                next = index + STRIDE;
            }
            place += encoding.width(c);
        }
        origin
    }

    /// The same for a text whose bytes begin so many bytes farther behind.
    #[must_use]
    pub fn moved(self, by: usize) -> Self {
        Self { base: self.base + by, ..self }
    }

    /// The byte of the file that the byte at `offset` of `text`, the text of this origin, was read
    /// from.
    #[must_use]
    pub fn file_offset(&self, text: &str, offset: usize) -> usize {
        let known = self.checkpoints.partition_point(|&(in_text, _)| in_text <= offset);
        let (in_text, in_file) = known.checked_sub(1).map_or((0, 0), |index| self.checkpoints[index]);
        if matches!(self.encoding, Encoding::Utf8 | Encoding::BrokenUtf8) {
            return self.base + in_file + (offset - in_text);
        }
        let before = text[in_text..].char_indices().take_while(|&(index, _)| in_text + index < offset);
        self.base + in_file + before.map(|(_, c)| self.encoding.width(c)).sum::<usize>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utf_8_is_borrowed_and_its_mark_skipped() {
        let plain = decode("Sorry – about that".as_bytes()).unwrap();
        assert!(matches!(plain.text, Cow::Borrowed(_)));
        assert_eq!(plain.file_offset_of("about"), 10);
        assert_eq!(plain.note, None);
        let marked = decode(b"\xEF\xBB\xBFSorry").unwrap();
        assert_eq!((&*marked.text, marked.origin.file_offset(&marked.text, 1)), ("Sorry", 4));
        assert_eq!(decode(b"").unwrap().text, "");
    }

    #[test]
    fn windows_1252_is_decoded_and_said() {
        let decoded = decode(b"We\x92re sorry, caf\xE9").unwrap();
        assert_eq!(decoded.text, "We’re sorry, café");
        assert_eq!(decoded.encoding, Encoding::Windows1252);
        assert_eq!(decoded.file_offset_of("sorry"), 6);
        assert!(decoded.note.unwrap().text.contains("Windows-1252"));
    }

    #[test]
    fn utf_16_with_a_mark_is_decoded_and_said() {
        for (mark, encoding) in [([0xFF, 0xFE], Encoding::Utf16Le), ([0xFE, 0xFF], Encoding::Utf16Be)] {
            let mut bytes = mark.to_vec();
            for unit in "We’re 😀 sorry".encode_utf16() {
                let pair =
                    if encoding == Encoding::Utf16Le { unit.to_le_bytes() } else { unit.to_be_bytes() };
                bytes.extend(pair);
            }
            let decoded = decode(&bytes).unwrap();
            assert_eq!(decoded.text, "We’re 😀 sorry");
            assert_eq!((decoded.encoding, decoded.file_offset_of("sorry")), (encoding, 2 + 2 * 9));
        }
    }

    #[test]
    fn one_bad_byte_does_not_spoil_the_rest() {
        let decoded = decode(b"We\xE2\x80\x99re \xFF sorry, it\xE2\x80\x99s late").unwrap();
        assert_eq!(decoded.text, "We’re \u{FFFD} sorry, it’s late");
        assert_eq!(decoded.encoding, Encoding::BrokenUtf8);
        assert_eq!(decoded.file_offset_of("sorry"), 10);
        assert_eq!(decoded.note.unwrap().offset, Some(8));
    }

    #[test]
    fn offsets_hold_in_a_long_text() {
        let bytes: Vec<u8> = b"caf\xE9 ".iter().copied().cycle().take(100_000).collect();
        let decoded = decode(&bytes).unwrap();
        assert_eq!(decoded.origin.file_offset(&decoded.text, decoded.text.len()), 100_000);
        assert_eq!(decoded.origin.file_offset(&decoded.text, 6 * 12_345), 5 * 12_345);
    }

    #[test]
    fn binary_files_are_refused() {
        assert!(!decode(b"\x89PNG\r\n\x1A\n\0\0\0\rIHDR").unwrap_err().is_trouble);
        assert!(decode(&[1, 2, 3, 4, 5, 6, 7, b'a']).is_err());
        assert!(decode(b"\xFF\xFE\0\0a\0\0\0").is_err());
        assert!(decode(b"an \x1B[31mescape\x07").is_ok());
    }

    impl Decoded<'_> {
        fn file_offset_of(&self, word: &str) -> usize {
            self.origin.file_offset(&self.text, self.text.find(word).unwrap())
        }
    }
}
