//! A journal while it is written: every line is on disk before anything else happens.
//!
//! All lines are kept in memory, too. When the disk is full the work goes on, and each later line tries
//! again to bring the file up to date.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use crate::journal::EXTENSION;

/// So many journals may begin in the same second under the same name.
const SAME_NAME: usize = 1000;

/// A journal that is being written.
#[derive(Debug, Default)]
pub(super) struct Journal {
    /// All of it.
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

/// What became of a line that was written down.
#[derive(Debug)]
pub(super) enum Saved {
    /// Nothing to speak of.
    AsBefore,
    /// From now on nothing can be saved.
    NoMore(io::Error),
    /// After trouble, everything has been saved.
    Again,
    /// Somebody else writes the same file, so from here on all of it is kept in this one.
    Apart(PathBuf),
}

impl Journal {
    /// A journal that begins with these lines, in a new file of the folder whose name begins with `stem`;
    /// without a folder it is kept in memory only.
    pub(super) fn begin(folder: Option<&Path>, stem: &str, lines: String) -> (Self, io::Result<()>) {
        let mut journal = Self { text: lines, file: None, is_behind: false };
        let begun = folder.map_or(Ok(()), |folder| {
            let (file, path) = create(folder, stem)?;
            // Where files cannot be locked, nobody else is likely to take up one that has just begun.
            let _ = file.try_lock();
            journal.file = Some(Kept { file, path, safe: 0 });
            journal.write(true)
        });
        // Without a file there is nothing that later lines could bring up to date.
        journal.is_behind = begun.is_err() && journal.file.is_some();
        (journal, begun)
    }

    /// Goes on with a file, of which these bytes are whole lines. What follows them is cut off.
    pub(super) fn resume(file: File, path: &Path, whole: &[u8]) -> io::Result<Self> {
        let safe = whole.len() as u64;
        file.set_len(safe)?;
        let mut text = String::from_utf8_lossy(whole).into_owned();
        if !text.ends_with('\n') {
            text.push('\n');
        }
        Ok(Self { text, file: Some(Kept { file, path: path.to_owned(), safe }), is_behind: false })
    }

    /// Adds a line, which has its line end. One that `must_last` survives a loss of power.
    pub(super) fn add(&mut self, line: &str, must_last: bool) -> Saved {
        self.text.push_str(line);
        let apart = self.part();
        match (self.is_behind, self.write(must_last)) {
            (false, Ok(())) if apart => {
                self.path().map_or(Saved::AsBefore, |path| Saved::Apart(path.to_owned()))
            }
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

    /// Begins a file of its own where somebody else has changed this one. A lock keeps two programs
    /// apart, but not every share has locks, and programs that sync folders ask for none.
    fn part(&mut self) -> bool {
        // After trouble the file may end with half a line of ours.
        let Some(kept) = self.file.as_mut().filter(|_| !self.is_behind) else { return false };
        let is_changed = kept.file.metadata().is_ok_and(|file| file.len() != kept.safe);
        let (Some(folder), Some(stem)) = (kept.path.parent(), kept.path.file_stem()) else { return false };
        if !is_changed {
            return false;
        }
        match create(folder, &stem.to_string_lossy()) {
            Ok((file, path)) => {
                *kept = Kept { file, path, safe: 0 };
                true
            }
            // Then the next line tries again.
            Err(_) => false,
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
    pub(super) const fn is_at_risk(&self) -> bool {
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

/// `2026-11-22-100211`: a time in UTC as names of files begin with it. Sorted by name is sorted by time.
pub(super) fn stem_of(stamp: &str) -> String {
    stamp.trim_end_matches('Z').replace('T', "-").replace(':', "")
}

/// Makes a new file. Whoever else writes into the folder, no two get the same.
fn create(folder: &Path, stem: &str) -> io::Result<(File, PathBuf)> {
    fs::create_dir_all(folder)?;
    for number in 1..=SAME_NAME {
        let ending = if number == 1 { String::new() } else { format!("-{number}") };
        let path = folder.join(format!("{stem}{ending}.{EXTENSION}"));
        match OpenOptions::new().read(true).write(true).create_new(true).open(&path) {
            Ok(file) => {
                keep_entry(folder);
                return Ok((file, path));
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// Makes the new name in the folder outlast a loss of power, where folders can be synced.
fn keep_entry(folder: &Path) {
    if let Ok(folder) = File::open(folder) {
        // Not every system can; the file itself is synced all the same.
        let _ = folder.sync_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_at_once_get_a_file_each() {
        let folder = tempfile::tempdir().unwrap();
        let inside = folder.path().join("not/yet/there");
        let paths: Vec<PathBuf> = std::thread::scope(|scope| {
            let threads: Vec<_> =
                (0..16).map(|_| scope.spawn(|| create(&inside, "2026-11-22-100211").unwrap().1)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        let distinct: std::collections::BTreeSet<_> = paths.iter().collect();
        assert_eq!(distinct.len(), 16);
    }

    #[test]
    fn what_has_no_file_is_never_called_saved() {
        let folder = tempfile::tempdir().unwrap();
        let in_the_way = folder.path().join("file");
        fs::write(&in_the_way, "").unwrap();
        let (mut journal, begun) = Journal::begin(Some(&in_the_way), "stem", "line\n".to_owned());
        assert!(begun.is_err() && journal.is_at_risk());
        assert!(matches!(journal.add("one\n", true), Saved::AsBefore));
        assert!(journal.is_at_risk() && journal.path().is_none());
    }

    #[test]
    fn whoever_meets_another_writer_goes_on_in_a_file_of_their_own() {
        let folder = tempfile::tempdir().unwrap();
        let (mut journal, _) = Journal::begin(Some(folder.path()), "stem", "line\n".to_owned());
        let first = journal.path().unwrap().to_owned();
        // As on a share without locks.
        let other = OpenOptions::new().read(true).write(true).open(&first).unwrap();
        let mut other = Journal::resume(other, &first, b"line\n").unwrap();
        assert!(matches!(other.add("other\n", true), Saved::AsBefore));
        assert!(matches!(journal.add("own\n", true), Saved::Apart(path) if path != first));
        assert!(matches!(journal.add("more\n", true), Saved::AsBefore));
        assert_eq!(fs::read_to_string(first).unwrap(), "line\nother\n");
        assert_eq!(fs::read_to_string(journal.path().unwrap()).unwrap(), "line\nown\nmore\n");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_does_not_end_the_work() {
        let file = OpenOptions::new().read(true).write(true).open("/dev/full").unwrap();
        let kept = Kept { file, path: "/dev/full".into(), safe: 0 };
        let mut journal = Journal { text: "line\n".to_owned(), file: Some(kept), is_behind: false };
        let Saved::NoMore(error) = journal.add("one\n", true) else { panic!("the disk is full") };
        assert_eq!(error.kind(), io::ErrorKind::StorageFull);
        assert!(matches!(journal.add("two\n", true), Saved::AsBefore), "it is said once");
        assert!(journal.is_at_risk());
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("there is room here");
        journal.file = Some(Kept { file: File::create(&path).unwrap(), path: path.clone(), safe: 0 });
        assert!(matches!(journal.add("three\n", true), Saved::Again));
        assert_eq!(fs::read_to_string(path).unwrap(), "line\none\ntwo\nthree\n");
    }
}
