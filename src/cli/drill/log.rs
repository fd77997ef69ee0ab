//! The drill log while it is written. Its file is made with the first answer: a sitting without one
//! leaves nothing behind.

use std::io;
use std::path::{Path, PathBuf};

use crate::cli::clock;
use crate::cli::journal::{Journal, Saved, stem_of};
use crate::drill::log::{Try, opening_line};
use crate::practice::DRILLS;

/// The drill log of a sitting.
#[derive(Debug)]
pub(super) struct Log {
    folder: Option<PathBuf>,
    journal: Option<Journal>,
}

impl Log {
    /// A log in a folder of practice.
    pub(super) fn new(folder: Option<&Path>) -> Self {
        Self { folder: folder.map(|folder| folder.join(DRILLS)), journal: None }
    }

    /// Writes a try down.
    pub(super) fn add(&mut self, one: &Try) -> Saved {
        if let Some(journal) = &mut self.journal {
            return journal.add(&one.line(), true);
        }
        let lines = opening_line() + &one.line();
        let (journal, begun) = Journal::begin(self.folder.as_deref(), &stem_of(&clock::stamp()), lines);
        self.journal = Some(journal);
        match begun {
            Ok(()) if self.folder.is_none() => {
                Saved::NoMore(io::Error::other("this system names no folder for it; use --folder DIR"))
            }
            Ok(()) => Saved::AsBefore,
            Err(error) => Saved::NoMore(error),
        }
    }

    /// Where the sitting is saved; none if it is not, or nothing was answered.
    pub(super) fn path(&self) -> Option<&Path> {
        self.journal.as_ref().filter(|journal| !journal.is_at_risk()).and_then(Journal::path)
    }

    /// Whether something was answered and is not saved.
    pub(super) fn is_at_risk(&self) -> bool {
        self.journal.as_ref().is_some_and(Journal::is_at_risk)
    }
}
