//! The drill log: a file for each sitting, to which a line is added for each try. Two machines that
//! share the folder never write the same file.
//!
//! ```text
//! {"format":"amends-drills","version":1,"program":"0.1.0"}
//! {"at":"2026-11-22T10:02:11Z","family":"policy-shield","prompt":"kettle-five-weeks","answer":"…", …}
//! ```

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::mark::{Grade, Marked};
use crate::journal::{Damaged, Lines, line};

/// The format that this program writes, and the newest that it reads.
pub const VERSION: u32 = 1;

/// What the first line says the file is.
pub const FORMAT: &str = "amends-drills";

/// A try at a prompt.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Try {
    /// When.
    pub at: Timestamp,
    /// The family that was drilled.
    pub family: String,
    /// The id of the prompt.
    pub prompt: String,
    /// What was answered, as it was typed.
    pub answer: String,
    /// What was heard in it: faults and moves.
    pub heard: Vec<Heard>,
    /// How well it went.
    pub grade: Grade,
    /// Whether it was the first try at a showing. Only that one counts for the schedule.
    pub first: bool,
}

/// Something that was heard.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heard {
    /// The family.
    pub family: String,
    /// The rule of it.
    pub rule: String,
}

/// Why a file is not a log that can be used.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Unreadable {
    /// It is something else.
    #[error("this is not a drill log of amends")]
    Foreign,
    /// It was written by a program that knows more than this one.
    #[error(
        "this drill log has format {version}, and this amends reads up to format {VERSION}; \
         a newer amends ({program}) wrote it: use that one"
    )]
    Newer {
        /// The format.
        version: u32,
        /// The version of that program.
        program: String,
    },
    /// A line before the last one makes no sense.
    #[error("line {line} is damaged ({what}); restore the file from a copy, or delete the line")]
    Damaged {
        /// The number of the line.
        line: usize,
        /// What the parser says.
        what: String,
    },
}

#[derive(Serialize)]
struct Opening {
    format: &'static str,
    version: u32,
    program: &'static str,
}

/// The first line of a log, with its line end.
#[must_use]
pub fn opening_line() -> String {
    line(&Opening { format: FORMAT, version: VERSION, program: env!("CARGO_PKG_VERSION") })
}

impl Try {
    /// The try as a line, with its line end.
    #[must_use]
    pub fn line(&self) -> String {
        line(self)
    }
}

impl Marked<'_> {
    /// What was heard, for the log.
    #[must_use]
    pub fn heard(&self) -> Vec<Heard> {
        let rules = self.faults.iter().map(|fault| fault.rule).chain(self.moves.iter().map(|one| one.rule));
        let mut heard: Vec<Heard> = Vec::new();
        for rule in rules {
            if !heard.iter().any(|one| one.rule == rule.id) {
                heard.push(Heard { family: rule.family.clone(), rule: rule.id.clone() });
            }
        }
        heard
    }
}

/// The tries of a log, in their order. A log that was cut off within its first line has none yet.
///
/// # Errors
/// When it cannot be used.
pub fn read(bytes: &[u8]) -> Result<Vec<Try>, Unreadable> {
    let mut lines = Lines::new(bytes);
    let Some(envelope) = lines.envelope() else {
        return if lines.is_cut_at_once() { Ok(Vec::new()) } else { Err(Unreadable::Foreign) };
    };
    if envelope.format != FORMAT {
        return Err(Unreadable::Foreign);
    }
    if envelope.version > VERSION {
        return Err(Unreadable::Newer { version: envelope.version, program: envelope.program });
    }
    lines.read::<serde::de::IgnoredAny>()?;
    let mut tries = Vec::new();
    while let Some(one) = lines.read()? {
        tries.push(one);
    }
    Ok(tries)
}

impl From<Damaged> for Unreadable {
    fn from(Damaged { line, what }: Damaged) -> Self {
        Self::Damaged { line, what }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(answer: &str) -> Try {
        Try {
            at: "2026-11-22T10:02:11Z".parse().unwrap(),
            family: "policy-shield".to_owned(),
            prompt: "kettle".to_owned(),
            answer: answer.to_owned(),
            heard: vec![Heard { family: "fix".to_owned(), rule: "replacement".to_owned() }],
            grade: Grade::Good,
            first: true,
        }
    }

    #[test]
    fn the_lines_stay_as_they_are() {
        insta::assert_snapshot!(opening_line() + &one("Two\nlines \u{1b}[2J").line(), @r#"
        {"format":"amends-drills","version":1,"program":"0.1.0"}
        {"at":"2026-11-22T10:02:11Z","family":"policy-shield","prompt":"kettle","answer":"Two\nlines \u001b[2J","heard":[{"family":"fix","rule":"replacement"}],"grade":"good","first":true}
        "#);
    }

    #[test]
    fn wherever_it_is_cut_off_the_whole_lines_are_read() {
        let text = opening_line() + &one("one").line() + &one("two ö").line();
        assert_eq!(read(text.as_bytes()).unwrap(), [one("one"), one("two ö")]);
        for end in 17..text.len() {
            let whole = text.as_bytes()[..end].iter().filter(|byte| **byte == b'\n').count();
            let read = read(&text.as_bytes()[..end]).unwrap().len();
            // A last line that lacks nothing but its end is whole.
            assert!(read == whole || read + 1 == whole, "{end}");
        }
    }

    #[test]
    fn foreign_newer_and_damaged_files_are_refused() {
        let problem = |text: &str| read(text.as_bytes()).unwrap_err().to_string();
        for foreign in ["", "x", "{}", "{\"format\":\"amends-transcript\",\"version\":1}\n"] {
            assert_eq!(problem(foreign), "this is not a drill log of amends", "{foreign}");
        }
        let newer = opening_line()
            .replace("\"version\":1,\"program\":\"0.1.0\"", "\"version\":2,\"program\":\"0.9.0\"");
        assert!(problem(&newer).contains("a newer amends (0.9.0) wrote it"), "{}", problem(&newer));
        let damaged = opening_line() + "{\"at\":7}\n" + &one("one").line();
        assert!(problem(&damaged).starts_with("line 2 is damaged ("), "{}", problem(&damaged));
    }
}
