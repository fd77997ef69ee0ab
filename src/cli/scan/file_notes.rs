//! What is to be said about a file of records, beside its records.

use std::io::{self, Write};
use std::path::Path;

use super::Args;
use crate::report::escape::escaped;

/// What is to be said about a file.
#[derive(Debug, Default)]
pub(super) struct FileNotes {
    pub(super) records: u64,
    pub(super) without_text: u64,
    pub(super) without_conversation: u64,
    pub(super) without_role: u64,
    pub(super) has_trouble: bool,
    bad: Vec<(u64, String)>,
    more_bad: u64,
    agents: u64,
    /// Some of the roles that are no agent's.
    others: Vec<String>,
}

impl FileNotes {
    /// So many bad lines are told.
    const TOLD: usize = 20;
    const ROLES: usize = 5;

    pub(super) fn trouble(&mut self, path: &Path, what: &str) {
        self.has_trouble = true;
        say(path, what);
    }

    pub(super) fn bad(&mut self, line: u64, what: &str) {
        self.has_trouble = true;
        if self.bad.len() < Self::TOLD {
            self.bad.push((line, what.to_owned()));
        } else {
            self.more_bad += 1;
        }
    }

    pub(super) fn role(&mut self, role: &str, is_agent: bool) {
        if is_agent {
            self.agents += 1;
        } else if self.others.len() < Self::ROLES && !self.others.iter().any(|known| known == role) {
            self.others.push(role.to_owned());
        }
    }

    /// Says it.
    pub(super) fn close(&mut self, path: &Path, args: &Args) {
        for (line, what) in std::mem::take(&mut self.bad) {
            say(path, &format!("line {line}: {what}"));
        }
        if self.more_bad > 0 {
            say(path, &format!("{} more lines could not be read", self.more_bad));
        }
        let text = escaped(&args.text);
        if self.without_text > 0 && self.without_text == self.records {
            let hint = "name the right one with --text";
            self.trouble(path, &format!("no record has a text in the field \"{text}\"; {hint}"));
        } else if self.without_text > 0 {
            let count = self.without_text;
            let have = if count == 1 { "has" } else { "have" };
            say(path, &format!("{count} of {} records {have} no text in \"{text}\"", self.records));
        }
        for (flag, name, without) in [
            ("--conversation", &args.conversation, self.without_conversation),
            ("--role", &args.role, self.without_role),
        ] {
            if let Some(name) = name.as_ref().filter(|_| without > 0 && without == self.records) {
                let name = escaped(name).to_string();
                self.trouble(
                    path,
                    &format!("no record has the field \"{name}\"; name the right one with {flag}"),
                );
            }
        }
        if let (Some(role), 0, false) = (&args.role, self.agents, self.others.is_empty()) {
            let seen = self.others.join("\", \"");
            let what = format!("no agent was found in the field \"{role}\", which says \"{seen}\"");
            self.trouble(path, &format!("{}; name yours with --agent", escaped(&what)));
        }
    }
}

fn say(path: &Path, what: &str) {
    let name = path.to_string_lossy();
    let name = if name == "-" { "standard input" } else { &name };
    // Where standard error is closed, the exit code still tells.
    let _ = writeln!(io::stderr(), "amends: {}: {what}", escaped(name));
}
