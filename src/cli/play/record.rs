//! The transcript while it is written: every reply is on disk before the customer answers.
//!
//! All lines are kept in memory, too. When the disk is full the session goes on, and each later event
//! tries again to bring the file up to date.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use super::folder;
use crate::cli::clock;
use crate::transcript::{Event, Header, Timed, Transcript, Unreadable, opening_lines};

/// A transcript that is being written.
#[derive(Debug)]
pub(super) struct Record {
    /// The whole transcript.
    text: String,
    file: Option<Kept>,
    /// Whether the file lacks some of the text.
    is_behind: bool,
}

#[derive(Debug)]
struct Kept {
    file: File,
    path: PathBuf,
    /// How many bytes of the text are safe.
    safe: u64,
}

/// What became of an event that was written down.
#[derive(Debug)]
pub(super) enum Saved {
    /// Nothing to speak of.
    AsBefore,
    /// From now on nothing can be saved.
    NoMore(io::Error),
    /// After trouble, everything has been saved.
    Again,
}

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
        let mut record = Self { text: opening_lines(header, yaml), file: None, is_behind: false };
        let begun = folder.map_or(Ok(()), |folder| {
            let (file, path) = folder::create(folder, header)?;
            // Where files cannot be locked, nobody else is likely to take up a session that has just begun.
            let _ = file.try_lock();
            record.file = Some(Kept { file, path, safe: 0 });
            record.write(true)
        });
        record.is_behind = begun.is_err();
        (record, begun)
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
        bytes.truncate(transcript.whole);
        file.set_len(transcript.whole as u64)?;
        let mut text = String::from_utf8_lossy(&bytes).into_owned();
        if !text.ends_with('\n') {
            text.push('\n');
        }
        let kept = Kept { file, path: path.to_owned(), safe: transcript.whole as u64 };
        Ok((Self { text, file: Some(kept), is_behind: false }, transcript))
    }

    /// Writes an event down.
    pub(super) fn add(&mut self, event: Event) -> Saved {
        // What is answered can be computed again; what was typed cannot.
        let must_last = !matches!(event, Event::Customer { .. });
        self.text.push_str(&Timed { at: clock::stamp(), event }.line());
        match (self.is_behind, self.write(must_last)) {
            (true, Ok(())) => {
                self.is_behind = false;
                Saved::Again
            }
            (false, Err(error)) => {
                self.is_behind = true;
                Saved::NoMore(error)
            }
            _ => Saved::AsBefore,
        }
    }

    /// Brings the file up to date.
    fn write(&mut self, must_last: bool) -> io::Result<()> {
        let Some(kept) = &mut self.file else { return Ok(()) };
        let written = kept.write(self.text.as_bytes(), must_last);
        if written.is_err() {
            // Half a line may have been written. If it cannot be cut off either, readers pass over it.
            let _ = kept.file.set_len(kept.safe);
        }
        written
    }

    /// Where it is saved, as far as it could be.
    pub(super) fn path(&self) -> Option<&Path> {
        self.file.as_ref().map(|kept| kept.path.as_path())
    }

    /// Whether something of it is in memory only.
    pub(super) fn is_at_risk(&self) -> bool {
        self.is_behind || self.file.is_none()
    }

    /// Writes all of it into a new file.
    pub(super) fn copy_to(&self, path: &Path) -> io::Result<()> {
        let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
        file.write_all(self.text.as_bytes())?;
        file.sync_all()
    }
}

impl Kept {
    /// Writes what is not yet safe of the whole text.
    fn write(&mut self, text: &[u8], must_last: bool) -> io::Result<()> {
        let safe = usize::try_from(self.safe).unwrap_or(usize::MAX).min(text.len());
        self.file.seek(SeekFrom::Start(self.safe))?;
        self.file.write_all(&text[safe..])?;
        if must_last {
            self.file.sync_data()?;
        }
        self.safe = text.len() as u64;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::transcript::Mode;

    fn header() -> Header {
        Header {
            program: "0.1.0".to_owned(),
            scenario: "broken-tv".to_owned(),
            scenario_hash: String::new(),
            lexicon_hash: String::new(),
            seed: 1,
            mode: Mode::Coach,
            trainee: None,
            started: clock::stamp(),
        }
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

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_does_not_end_the_session() {
        let file = OpenOptions::new().read(true).write(true).open("/dev/full").unwrap();
        let mut record = Record { text: "line\n".to_owned(), file: None, is_behind: false };
        record.file = Some(Kept { file, path: "/dev/full".into(), safe: 0 });
        let Saved::NoMore(error) = record.add(reply("one")) else { panic!("the disk is full") };
        assert_eq!(error.kind(), io::ErrorKind::StorageFull);
        assert!(matches!(record.add(reply("two")), Saved::AsBefore), "it is said once");
        assert!(record.is_at_risk());
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("there is room here");
        let file = File::create(&path).unwrap();
        record.file = Some(Kept { file, path: path.clone(), safe: 0 });
        assert!(matches!(record.add(reply("three")), Saved::Again));
        assert_eq!(fs::read_to_string(path).unwrap().lines().count(), 4);
    }
}
