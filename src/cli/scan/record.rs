//! A record, whatever it was written in.

use std::io;

use crate::cli::failure::Failure;

/// The names of the fields that are wanted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Names<'n> {
    pub(super) text: &'n str,
    pub(super) id: &'n str,
    pub(super) conversation: Option<&'n str>,
    pub(super) role: Option<&'n str>,
}

/// A value that is handed on as it came.
#[derive(Debug, Clone, Copy)]
pub(super) enum Value<'r> {
    /// JSON.
    Json(&'r str),
    /// The text of a cell.
    Cell(&'r str),
    /// The number of the record.
    Number(u64),
}

impl Value<'_> {
    /// Tells conversations apart.
    pub(super) const fn key(&self) -> &str {
        match self {
            Self::Json(text) | Self::Cell(text) => text,
            Self::Number(_) => "",
        }
    }
}

/// What is needed of a record.
#[derive(Debug, Clone, Copy)]
pub(super) struct Record<'r> {
    pub(super) id: Value<'r>,
    pub(super) text: Option<&'r str>,
    pub(super) conversation: Option<Value<'r>>,
    pub(super) role: Option<&'r str>,
}

/// Takes records one after the other.
pub(super) trait Take {
    fn record(&mut self, record: Record<'_>) -> Result<(), Failure>;
    /// A line that is no record.
    fn bad(&mut self, line: u64, what: &str);
}

/// Why no more records come.
#[derive(Debug)]
pub(super) enum Stop {
    Reading(io::Error),
    Writing(Failure),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        Self::Reading(error)
    }
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::Writing(failure)
    }
}
