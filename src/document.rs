//! A source text as messages of prose: which reader for which file, and what it hands on.

mod csv;
mod decode;
mod email;
mod file_type;
mod html;
mod json;
mod markdown;
mod nested;
mod placeholders;
mod plain;
mod quoted;
mod records;
mod stream;
#[cfg(test)]
mod testing;
mod transfer;
mod yaml;

use crate::text::{Block, Span};
pub(crate) use csv::{Table, table};
pub use decode::{Decoded, Encoding, Origin, decode};
pub use file_type::FileType;
pub use stream::{Cutter, Stream};

/// A source text, read.
#[derive(Debug, Default)]
pub struct Document<'s> {
    /// The messages, in source order: one for a letter or a page, one for each record of a file
    /// of records. None is without prose.
    pub messages: Vec<Message<'s>>,
    /// What the reader wants said about the file: cut short, a part that could not be decoded.
    pub notes: Vec<Note>,
    /// What notes that silence findings are about, where they stand in fields of records.
    pub scopes: Vec<Scope>,
    /// The fields of a file of records.
    pub fields: Fields,
}

/// What an `amends:allow` in a field is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scope {
    /// The bytes in which the note stands.
    pub inside: Span,
    /// The record: the bytes that the note covers.
    pub covers: Span,
}

/// Which of the fields that the user chose are there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields {
    /// For each choice of [`Options::fields`], whether a field met it.
    pub found: Vec<bool>,
    /// What the fields are called, if there was a choice: not more than a message has room for.
    pub names: Vec<String>,
}

/// One message of the agent to a customer: order and absence are judged within it.
#[derive(Debug, Default)]
pub struct Message<'s> {
    /// The stretches of prose, in reading order.
    pub blocks: Vec<Block<'s>>,
    /// Which record it is, where the file has several: `row 12, reply` or `macros[3].body`.
    pub label: Option<String>,
}

/// A remark about a file that is not a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The source byte it concerns, where there is one.
    pub offset: Option<usize>,
    /// One plain sentence.
    pub text: String,
    /// Whether the file, or a part of it, could not be read: the run then ends as trouble.
    pub is_trouble: bool,
}

/// What the user decides about reading.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// The fields of records that hold the agent's text: names such as `reply`, or paths such as
    /// `macros.body`. For CSV also the number of a column. Empty: the readers guess by name.
    pub fields: Vec<String>,
}

/// Reads `source`, which is written in `file_type`, into messages.
#[must_use]
pub fn read<'s>(source: &'s str, file_type: FileType, options: &Options) -> Document<'s> {
    match file_type.under_template(source) {
        FileType::Markdown => Document::of_one(markdown::blocks(source)),
        FileType::Html => Document::of_one(html::blocks(source)),
        FileType::Email => email::read(source),
        FileType::Csv => csv::read(source, csv::separator(source.as_bytes()), options),
        FileType::Tsv => csv::read(source, b'\t', options),
        FileType::Json => json::read(source, options),
        FileType::JsonLines => json::read_lines(source, options),
        FileType::Yaml => yaml::read(source, options),
        FileType::Plain | FileType::Template => Document::of_one(plain::blocks(source)),
    }
}

impl<'s> Document<'s> {
    fn of_one(blocks: Vec<Block<'s>>) -> Self {
        let mut document = Self::default();
        document.push(blocks, None);
        document
    }

    /// Adds a message, unless it holds no prose of the agent's.
    fn push(&mut self, blocks: Vec<Block<'s>>, label: Option<String>) {
        if !blocks.is_empty() {
            self.messages.push(Message { blocks, label });
        }
    }
}

impl Fields {
    /// So many names are kept.
    const MOST_NAMES: usize = 12;

    fn for_choice(fields: &[String]) -> Self {
        Self { found: vec![false; fields.len()], names: Vec::new() }
    }

    /// Adds what another part of the same file has.
    pub fn join(&mut self, other: Self) {
        self.found.resize(self.found.len().max(other.found.len()), false);
        self.found.iter_mut().zip(other.found).for_each(|(own, other)| *own |= other);
        if self.names.is_empty() {
            self.names = other.names;
        }
    }
}

impl Note {
    /// A remark that a part of the file, from `offset` on, could not be read.
    fn trouble(offset: usize, text: impl Into<String>) -> Self {
        Self { offset: Some(offset), text: text.into(), is_trouble: true }
    }
}
