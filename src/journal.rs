//! Journals: files of JSON Lines to which lines are only ever added. A last line that was cut off while
//! it was written is left out.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// How journals end.
pub const EXTENSION: &str = "jsonl";
/// No journal is longer, in bytes.
pub const LONGEST: u64 = 64 << 20;

/// The journals in a folder, in no order.
///
/// # Errors
/// When the folder cannot be read; and for an entry of it, when that cannot.
pub fn files(folder: &Path) -> io::Result<impl Iterator<Item = io::Result<PathBuf>> + use<>> {
    let paths = fs::read_dir(folder)?.map(|entry| Ok(entry?.path()));
    let is_journal = |path: &PathBuf| path.extension().is_some_and(|extension| extension == EXTENSION);
    Ok(paths.filter(move |path| path.as_ref().map_or(true, is_journal)))
}

/// All that a source holds; nothing if that is more than `longest` bytes.
///
/// # Errors
/// When it cannot be read.
pub fn at_most(longest: u64, source: impl Read) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    source.take(longest + 1).read_to_end(&mut bytes)?;
    Ok(Some(bytes).filter(|bytes| bytes.len() as u64 <= longest))
}

/// A line before the last one makes no sense.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damaged {
    /// The number of the line; the first is 1.
    pub line: usize,
    /// What the parser says.
    pub what: String,
}

/// As much of the first line as every version of every journal will keep.
#[derive(Debug, Clone, Deserialize)]
pub struct Envelope {
    /// What the file is.
    pub format: String,
    /// The version of that format.
    pub version: u32,
    /// The version of amends that wrote it.
    #[serde(default)]
    pub program: String,
}

/// The lines of a journal, one after the other.
#[derive(Debug, Clone)]
pub struct Lines<'b> {
    bytes: &'b [u8],
    /// Where the next line begins.
    at: usize,
    /// How many lines have been read.
    number: usize,
}

impl<'b> Lines<'b> {
    /// The lines of these bytes.
    #[must_use]
    pub const fn new(bytes: &'b [u8]) -> Self {
        Self { bytes, at: 0, number: 0 }
    }

    /// How many bytes are whole lines that have been read.
    #[must_use]
    pub const fn whole(&self) -> usize {
        self.at
    }

    /// What the file says that it is; nothing if its next line is none of a journal.
    #[must_use]
    pub fn envelope(&self) -> Option<Envelope> {
        serde_json::from_slice(self.peek()).ok()
    }

    /// Whether a journal may have been cut off within its first line.
    #[must_use]
    pub fn is_cut_at_once(&self) -> bool {
        self.bytes.len() == self.peek().len() && self.bytes.starts_with(br#"{"format":"amends"#)
    }

    /// The value of the next line; nothing at the end, and nothing for a last line that was cut off.
    ///
    /// # Errors
    /// When a line that others follow makes no sense.
    pub fn read<T: for<'de> Deserialize<'de>>(&mut self) -> Result<Option<T>, Damaged> {
        loop {
            let line = self.peek();
            let end = self.at + line.len();
            let is_last = end == self.bytes.len();
            self.number += 1;
            if line.trim_ascii().is_empty() {
                if is_last {
                    return Ok(None);
                }
                self.at = end + 1;
                continue;
            }
            return match serde_json::from_slice(line) {
                Ok(value) => {
                    self.at = (end + 1).min(self.bytes.len());
                    Ok(Some(value))
                }
                Err(_) if is_last => Ok(None),
                Err(error) => Err(Damaged { line: self.number, what: plain(&error) }),
            };
        }
    }

    /// The next line, without its line end.
    fn peek(&self) -> &'b [u8] {
        let rest = &self.bytes[self.at..];
        &rest[..memchr::memchr(b'\n', rest).unwrap_or(rest.len())]
    }
}

/// What the parser says, without its line, which is always the first.
fn plain(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or_default().to_owned()
}

/// A value as a line, with its line end.
pub(crate) fn line(value: &impl Serialize) -> String {
    // Strings and numbers under names that are strings: there is nothing that JSON cannot say.
    let mut line = serde_json::to_string(value).unwrap_or_default();
    line.push('\n');
    line
}
