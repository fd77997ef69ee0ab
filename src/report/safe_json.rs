//! JSON that is safe to print: `serde_json` escapes the control characters that JSON forbids, but
//! not the others that a terminal obeys.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::ser::{Formatter, Serializer};

use super::escape::{is_harmful, is_plain};

/// Writes `value` as JSON on one line, without a line end.
pub(super) fn write_json<W: Write + ?Sized>(out: &mut W, value: &impl Serialize) -> io::Result<()> {
    value.serialize(&mut Serializer::with_formatter(out, Safe)).map_err(io::Error::from)
}

/// `value` as JSON on one line, with its line end.
pub(crate) fn to_line(value: &impl Serialize) -> String {
    let mut line = Vec::new();
    // A vector takes everything, and what is written here has only names that are strings.
    let _ = write_json(&mut line, value);
    line.push(b'\n');
    String::from_utf8(line).unwrap_or_default()
}

/// The elements of a JSON array, one a line, written as they come.
#[derive(Debug, Default)]
pub(super) struct Elements {
    is_begun: bool,
}

impl Elements {
    /// Writes one more element.
    pub(super) fn push<W: Write + ?Sized>(
        &mut self,
        out: &mut W,
        element: &impl Serialize,
    ) -> io::Result<()> {
        out.write_all(if self.is_begun { b",\n" } else { b"\n" })?;
        self.is_begun = true;
        write_json(out, element)
    }

    /// Writes the line end after the last element, if there was any.
    pub(super) fn end<W: Write + ?Sized>(&self, out: &mut W) -> io::Result<()> {
        if self.is_begun { out.write_all(b"\n") } else { Ok(()) }
    }
}

struct Safe;

impl Formatter for Safe {
    fn write_string_fragment<W: Write + ?Sized>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        if is_plain(fragment) {
            return out.write_all(fragment.as_bytes());
        }
        let mut written = 0;
        for (at, c) in fragment.char_indices().filter(|&(_, c)| is_harmful(c)) {
            out.write_all(&fragment.as_bytes()[written..at])?;
            write!(out, "\\u{:04x}", u32::from(c))?;
            written = at + c.len_utf8();
        }
        out.write_all(&fragment.as_bytes()[written..])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_harmful_character_is_escaped_and_comes_back() {
        let text = "a\u{1b}[0m\u{7f}\u{9b}31m\u{202e}\u{2028}é😀\"\\\n";
        let mut out = Vec::new();
        write_json(&mut out, &text).unwrap();
        let json = String::from_utf8(out).unwrap();
        assert_eq!(json, r#""a\u001b[0m\u007f\u009b31m\u202e\u2028é😀\"\\\n""#);
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
    }
}
