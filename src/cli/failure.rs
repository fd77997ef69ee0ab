//! Why a command ended before it was done.

use std::fmt::{self, Display};
use std::io::{self, Write as _};
use std::path::Path;

use crate::authoring::Problem;
use crate::report::escape::escaped;

/// Why a command ended before it was done.
#[derive(Debug)]
pub(super) enum Failure {
    /// Nobody reads the output any more.
    ClosedPipe,
    /// Something that the user should know: what is wrong, where, and what to do.
    Trouble(String),
}

impl Failure {
    /// Trouble with these words.
    pub(super) fn new(message: impl Display) -> Self {
        Self::Trouble(message.to_string())
    }

    /// Trouble with a file: `replies.json: no such file`.
    pub(super) fn at(path: &Path, what: impl Display) -> Self {
        Self::Trouble(format!("{}: {what}", escaped(&path.to_string_lossy())))
    }

    /// Trouble with what authors wrote: each problem on a line of its own.
    pub(super) fn problems(what: &str, problems: &[Problem]) -> Self {
        let lines: String = problems.iter().map(|problem| format!("\n  {problem}")).collect();
        Self::Trouble(format!("{what}:{lines}"))
    }

    /// Trouble while writing to `target`.
    pub(super) fn writing(target: &str, error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::ClosedPipe,
            _ => Self::Trouble(format!("cannot write to {}: {}", escaped(target), reason(error))),
        }
    }
}

/// Says something that is no trouble. Nothing depends on its being read.
pub(super) fn remark(what: impl Display) {
    let _ = writeln!(io::stderr(), "amends: {what}");
}

impl Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ClosedPipe => f.write_str("nobody reads the output any more"),
            Self::Trouble(message) => f.write_str(message),
        }
    }
}

/// An error of the system in plain words, without its number.
pub(super) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "you may not read or write it".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        io::ErrorKind::NotADirectory => "a file stands where a folder should be: take it away".to_owned(),
        io::ErrorKind::StorageFull => "the disk is full".to_owned(),
        _ => {
            let text = error.to_string();
            let what = text.split(" (os error").next().unwrap_or_default();
            let (first, rest) = what.split_at(what.chars().next().map_or(0, char::len_utf8));
            first.to_lowercase() + rest
        }
    }
}
