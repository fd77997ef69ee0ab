//! A source text as messages of prose: which reader for which file, and what it hands on.

use crate::text::Block;

/// A source text, read.
#[derive(Debug, Default)]
pub struct Document<'s> {
    /// The messages, in source order: one for a letter or a page, one for each record of a file
    /// of records.
    pub messages: Vec<Message<'s>>,
    /// What the reader wants said about the file: cut short, a part that could not be decoded.
    pub notes: Vec<Note>,
}

/// One message of the agent to a customer: order and absence are judged within it.
#[derive(Debug, Default)]
pub struct Message<'s> {
    /// The stretches of prose, in reading order.
    pub blocks: Vec<Block<'s>>,
    /// Which record it is, where the file has several: `row 12, field reply`.
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

/// What a source text is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FileType {
    /// Plain text.
    Plain,
    /// Markdown.
    Markdown,
    /// HTML.
    Html,
    /// A saved e-mail.
    Email,
    /// Comma-separated records.
    Csv,
    /// Tab-separated records.
    Tsv,
    /// One JSON value.
    Json,
    /// One JSON value a line.
    JsonLines,
    /// YAML.
    Yaml,
}
