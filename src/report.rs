//! Output formats, one file each. Every format has its own wire structs, so that a change inside
//! the program never changes what other programs read.

pub mod escape;
mod format;
mod github;
mod gitlab;
mod json;
mod jsonl;
mod junit;
mod kept_notes;
pub mod palette;
mod rdjson;
pub(crate) mod safe_json;
mod sarif;
mod slash_path;
pub(crate) mod snippet;
mod statistics;
mod statistics_json;
mod text;
mod wording;
pub(crate) mod wrap;

#[cfg(test)]
mod fixture;

use std::io::{self, Write};

pub use self::format::{Format, Options};
pub use self::wording::summary_sentence;

use crate::document::{Note, Origin};
use crate::lexicon::Rule;
use crate::lint::Finding;
use crate::text::{Lines, Position};

/// What was found in one file, or in one part of a file that is read in parts.
#[derive(Debug)]
pub struct FileReport<'a> {
    /// The path as the user gave it or as it was found below a named folder; `-` for standard
    /// input. It may hold control characters.
    pub path: &'a str,
    /// The source text that the spans point into. Snippets are cut from it.
    pub source: &'a str,
    /// The way from `source` to the bytes of the file: they differ where the file is not UTF-8, or
    /// is read in parts.
    pub origin: &'a Origin,
    /// Its lines.
    pub lines: &'a Lines,
    /// The findings, by place.
    pub findings: &'a [Finding<'a>],
    /// Remarks about the file.
    pub notes: &'a [Note],
}

impl FileReport<'_> {
    /// The byte of the file that the byte at `offset` of the source was read from.
    fn file_offset(&self, offset: usize) -> usize {
        self.origin.file_offset(self.source, offset)
    }

    /// The position of a note's offset, which, unlike a span, need not lie between two characters.
    fn position(&self, offset: usize) -> Position {
        self.lines.position(self.source, snippet::floor(self.source, offset))
    }
}

/// The counts of a whole run.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Summary {
    /// Files that were read.
    pub files: usize,
    /// Files that could not be read.
    pub unreadable: usize,
    /// Files with at least one finding.
    pub files_with_findings: usize,
    /// Findings of severity error.
    pub errors: usize,
    /// Findings of severity warning.
    pub warnings: usize,
    /// Findings of severity advice.
    pub advice: usize,
    /// Findings that an `amends:allow` silenced.
    pub suppressed: usize,
    /// Findings that the baseline knew.
    pub known: usize,
}

/// A format: begins, takes one file after the other, ends. Nothing is kept that grows with the
/// number of findings, so that a run of any size can be reported.
///
/// A file that is read in parts is handed over part by part, with no other file in between.
/// Formats write many small pieces: hand them a buffered `out`.
pub trait Report {
    /// Writes what stands before the first file. `rules` are all rules of the lexicon.
    ///
    /// # Errors
    /// When `out` cannot be written to.
    fn begin(&mut self, out: &mut dyn Write, rules: &[Rule]) -> io::Result<()>;

    /// Writes one file's findings and notes.
    ///
    /// # Errors
    /// When `out` cannot be written to.
    fn file(&mut self, out: &mut dyn Write, file: &FileReport<'_>) -> io::Result<()>;

    /// Writes what stands after the last file.
    ///
    /// # Errors
    /// When `out` cannot be written to.
    fn end(&mut self, out: &mut dyn Write, summary: &Summary) -> io::Result<()>;
}
