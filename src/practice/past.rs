//! What lies in a folder of practice: transcripts and drill logs.

use std::cmp::Reverse;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use crate::drill::log::{self, FORMAT, Try};
use crate::journal::{self, LONGEST, Lines};
use crate::transcript::{Header, Transcript, Unreadable};

/// The folder in a folder of practice that holds transcripts.
pub const SESSIONS: &str = "sessions";
/// The folder in a folder of practice that holds drill logs.
pub const DRILLS: &str = "drills";

/// All that was practised.
#[derive(Debug, Default)]
pub struct Past {
    /// The sessions, by the names of their files.
    pub transcripts: Vec<(PathBuf, Transcript)>,
    /// The tries of all drill logs, by time.
    pub tries: Vec<Try>,
    /// What could not be used.
    pub skipped: Vec<Skipped>,
}

/// A file that could not be used.
#[derive(Debug)]
pub struct Skipped {
    /// The file, or the folder.
    pub path: PathBuf,
    /// Why.
    pub why: Why,
}

/// Why a file could not be used.
#[derive(Debug)]
pub enum Why {
    /// It could not be read.
    Io(io::Error),
    /// It is something else, damaged, or too new.
    Text(String),
}

/// What a file is.
enum Content {
    Session(Box<Transcript>),
    Sitting(Vec<Try>),
    /// A session that ends before anything could be said, which is no loss.
    Nothing,
}

impl Past {
    /// Reads a folder of practice: the transcripts and drill logs in it, in `sessions` and in `drills`.
    /// A folder that is not there holds nothing.
    #[must_use]
    pub fn read(folder: &Path) -> Self {
        let mut past = Self::default();
        let folders = [folder.to_owned(), folder.join(SESSIONS), folder.join(DRILLS)];
        let paths: Vec<PathBuf> = folders.iter().flat_map(|folder| past.files(folder)).collect();
        let read: Vec<_> = paths.par_iter().map(|path| content(path)).collect();
        for (path, content) in paths.into_iter().zip(read) {
            match content {
                Ok(Content::Session(transcript)) => past.transcripts.push((path, *transcript)),
                Ok(Content::Sitting(tries)) => past.tries.extend(tries),
                Ok(Content::Nothing) => {}
                Err(why) => past.skipped.push(Skipped { path, why }),
            }
        }
        past.drop_copies();
        past
    }

    /// Programs that sync folders leave copies of files behind: what is in several of them happened once.
    fn drop_copies(&mut self) {
        self.tries.sort_by_key(|one| one.at);
        let mut seen = FxHashSet::default();
        self.tries.retain(|one| seen.insert(one.line()));
        let session = |transcript: &Transcript| {
            let Header { started, seed, scenario_hash, trainee, .. } = transcript.header.clone();
            (started, seed, scenario_hash, trainee)
        };
        // Of copies the one in which most was said is kept.
        self.transcripts.sort_by_key(|(_, transcript)| Reverse(transcript.events.len()));
        let mut seen = FxHashSet::default();
        self.transcripts.retain(|(_, transcript)| seen.insert(session(transcript)));
        self.transcripts.sort_by(|one, other| one.0.cmp(&other.0));
    }

    /// The journals in a folder, by name.
    fn files(&mut self, folder: &Path) -> Vec<PathBuf> {
        let paths = match journal::files(folder) {
            Ok(paths) => paths,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Vec::new(),
            Err(error) => {
                self.skipped.push(Skipped { path: folder.to_owned(), why: Why::Io(error) });
                return Vec::new();
            }
        };
        let mut paths: Vec<PathBuf> = paths.flatten().collect();
        paths.sort_unstable();
        paths
    }
}

fn content(path: &Path) -> Result<Content, Why> {
    let bytes = File::open(path).and_then(|file| journal::at_most(LONGEST, file)).map_err(Why::Io)?;
    let bytes = bytes.ok_or_else(|| Why::Text("it is longer than 64 MB".to_owned()))?;
    let envelope = Lines::new(&bytes).envelope();
    if envelope.is_some_and(|envelope| envelope.format == FORMAT) {
        return log::read(&bytes).map(Content::Sitting).map_err(|why| Why::Text(why.to_string()));
    }
    match Transcript::read(&bytes) {
        Ok(transcript) => Ok(Content::Session(Box::new(transcript))),
        Err(Unreadable::Empty) => Ok(Content::Nothing),
        Err(Unreadable::Foreign) => {
            Err(Why::Text("this is neither a transcript nor a drill log of amends".to_owned()))
        }
        Err(why) => Err(Why::Text(why.to_string())),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::drill::Grade;

    #[test]
    fn a_folder_that_is_not_there_holds_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let past = Past::read(&folder.path().join("nowhere"));
        assert!(past.transcripts.is_empty() && past.tries.is_empty() && past.skipped.is_empty());
    }

    #[test]
    fn what_cannot_be_used_is_named_and_the_rest_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let drills = folder.path().join(DRILLS);
        fs::create_dir(&drills).unwrap();
        let one = Try {
            at: "2026-11-22T10:02:11Z".parse().unwrap(),
            family: "fix".to_owned(),
            prompt: "a".to_owned(),
            answer: "b".to_owned(),
            heard: Vec::new(),
            grade: Grade::Good,
            first: true,
        };
        fs::write(drills.join("a.jsonl"), log::opening_line() + &one.line()).unwrap();
        fs::copy(drills.join("a.jsonl"), drills.join("a (copy).jsonl")).unwrap();
        fs::write(drills.join("b.jsonl"), "not one").unwrap();
        fs::write(drills.join("c.jsonl"), log::opening_line().replace("\"version\":1", "\"version\":9"))
            .unwrap();
        fs::write(drills.join("d.txt"), "not looked at").unwrap();
        let past = Past::read(folder.path());
        assert_eq!(past.tries, [one]);
        let names: Vec<_> = past.skipped.iter().map(|one| one.path.file_name().unwrap().to_owned()).collect();
        assert_eq!(names, ["b.jsonl", "c.jsonl"]);
    }
}
