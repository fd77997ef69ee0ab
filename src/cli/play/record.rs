//! The transcript while it is written: every reply is on disk before the customer answers.

use std::fs::{OpenOptions, TryLockError};
use std::io::{self, Read as _};
use std::path::Path;

use super::folder;
use crate::cli::clock;
use crate::cli::journal::{Journal, Saved};
use crate::transcript::{Event, Header, Timed, Transcript, Unreadable, opening_lines};

/// A transcript that is being written.
#[derive(Debug)]
pub(super) struct Record(Journal);

/// Why a transcript cannot be gone on with.
#[derive(Debug)]
pub(super) enum NoResume {
    /// Another program is writing it.
    Busy,
    /// It cannot be read or written.
    Io(io::Error),
    /// It is no transcript that this program can use.
    Unreadable(Unreadable),
}

impl From<io::Error> for NoResume {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

impl Record {
    /// The record of a session that begins; without a folder it is kept in memory only.
    pub(super) fn begin(folder: Option<&Path>, header: &Header, yaml: &str) -> (Self, io::Result<()>) {
        let (journal, begun) = Journal::begin(folder, &folder::stem(header), opening_lines(header, yaml));
        (Self(journal), begun)
    }

    /// Goes on with a transcript. Half a line at its end is cut off.
    pub(super) fn resume(path: &Path) -> Result<(Self, Transcript), NoResume> {
        let mut file = OpenOptions::new().read(true).write(true).open(path)?;
        if let Err(TryLockError::WouldBlock) = file.try_lock() {
            return Err(NoResume::Busy);
        }
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        let transcript = Transcript::read(&bytes).map_err(NoResume::Unreadable)?;
        let journal = Journal::resume(file, path, &bytes[..transcript.whole])?;
        Ok((Self(journal), transcript))
    }

    /// Writes an event down.
    pub(super) fn add(&mut self, event: Event) -> Saved {
        // What is answered can be computed again; what was typed cannot.
        let must_last = !matches!(event, Event::Customer { .. });
        self.0.add(&Timed { at: clock::stamp(), event }.line(), must_last)
    }

    /// Where it is saved, as far as it could be.
    pub(super) fn path(&self) -> Option<&Path> {
        self.0.path()
    }

    /// Whether something of it is in memory only.
    pub(super) const fn is_at_risk(&self) -> bool {
        self.0.is_at_risk()
    }

    /// Writes all of it into a new file.
    pub(super) fn copy_to(&self, path: &Path) -> io::Result<()> {
        self.0.copy_to(path)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::io::Write as _;

    use super::*;

    fn header() -> Header {
        Header { started: clock::stamp(), ..Header::sample() }
    }

    fn reply(text: &str) -> Event {
        Event::Reply { text: text.to_owned() }
    }

    fn begun(folder: &Path) -> Record {
        let (record, begun) = Record::begin(Some(folder), &header(), "scenario: x\n");
        begun.unwrap();
        record
    }

    #[test]
    fn each_event_is_on_disk_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let mut record = begun(folder.path());
        let path = record.path().unwrap().to_owned();
        for text in ["one", "two"] {
            assert!(matches!(record.add(reply(text)), Saved::AsBefore));
            let events = Transcript::read(&fs::read(&path).unwrap()).unwrap().events;
            assert_eq!(events.last().unwrap().event, reply(text));
        }
        let copy = folder.path().join("copy.jsonl");
        record.copy_to(&copy).unwrap();
        assert_eq!(fs::read(&copy).unwrap(), fs::read(&path).unwrap());
        assert!(record.copy_to(&copy).is_err(), "an existing file is left alone");
    }

    #[test]
    fn half_a_line_is_cut_off_and_the_session_goes_on() {
        let folder = tempfile::tempdir().unwrap();
        let mut record = begun(folder.path());
        record.add(reply("one"));
        let path = record.path().unwrap().to_owned();
        drop(record);
        let mut file = OpenOptions::new().append(true).open(&path).unwrap();
        file.write_all(b"{\"at\":\"2026-11-22T10:02:40Z\",\"event\":\"reply\",\"te").unwrap();
        let (mut record, transcript) = Record::resume(&path).unwrap();
        assert_eq!(transcript.events.len(), 1);
        record.add(reply("two"));
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(text.lines().count(), 4, "{text}");
        assert_eq!(Transcript::read(text.as_bytes()).unwrap().events[1].event, reply("two"));
    }

    #[test]
    fn a_last_line_without_its_end_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        let mut record = begun(folder.path());
        record.add(reply("one"));
        let path = record.path().unwrap().to_owned();
        drop(record);
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, text.trim_end()).unwrap();
        let (mut record, _) = Record::resume(&path).unwrap();
        record.add(reply("two"));
        assert_eq!(Transcript::read(&fs::read(&path).unwrap()).unwrap().events.len(), 2);
    }

    #[test]
    fn two_programs_cannot_write_the_same_session() {
        let folder = tempfile::tempdir().unwrap();
        let record = begun(folder.path());
        assert!(matches!(Record::resume(record.path().unwrap()), Err(NoResume::Busy)));
    }
}
