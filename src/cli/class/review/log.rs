//! The marks of a sitting while they are written. Its file is made with the first of them.

use std::path::{Path, PathBuf};

use jiff::Timestamp;

use crate::class::{Judgement, REVIEWS, Sitting};
use crate::cli::clock;
use crate::cli::journal::{Journal, Saved, stem_of};
use crate::cli::play::file_name;

/// The marks of a sitting.
#[derive(Debug)]
pub(super) struct Log {
    folder: PathBuf,
    reviewer: String,
    journal: Option<Journal>,
    /// What could not be written yet, because no file could be made.
    pending: String,
}

impl Log {
    /// The marks of this reviewer, in this class.
    pub(super) fn new(class: &Path, reviewer: &str) -> Self {
        let folder = class.join(REVIEWS);
        Self { folder, reviewer: reviewer.to_owned(), journal: None, pending: String::new() }
    }

    /// Writes a judgement down.
    pub(super) fn add(&mut self, judgement: &Judgement) -> Saved {
        if let Some(journal) = &mut self.journal {
            return journal.add(&judgement.line(), true);
        }
        let stamp = clock::stamp();
        if self.pending.is_empty() {
            let started: Timestamp = stamp.parse().unwrap_or(judgement.at);
            self.pending = Sitting::new(&self.reviewer, started).line();
        }
        self.pending.push_str(&judgement.line());
        let stem = format!("{}-{}", stem_of(&stamp), file_name(&self.reviewer));
        let (journal, begun) = Journal::begin(Some(&self.folder), &stem, self.pending.clone());
        // Where not even a file could be made, the next judgement tries again.
        self.journal = journal.path().is_some().then_some(journal);
        begun.map_or_else(Saved::NoMore, |()| Saved::AsBefore)
    }

    /// Where the sitting is saved; none if it is not, or nothing was marked.
    pub(super) fn path(&self) -> Option<&Path> {
        self.journal.as_ref().filter(|journal| !journal.is_at_risk()).and_then(Journal::path)
    }
}
