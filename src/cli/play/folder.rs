//! Where transcripts lie, and which of them can be gone on with.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::cli::journal::stem_of;
use crate::cli::own;
use crate::journal;
use crate::practice::SESSIONS;
use crate::transcript::{Header, Transcript};

/// How much of a trainee's name goes into the name of a file.
const NAME_CHARS: usize = 30;

/// Where transcripts lie unless somebody says otherwise.
pub(super) fn own_folder() -> Option<PathBuf> {
    own::folder().map(|folder| folder.join(SESSIONS))
}

/// `2026-11-22-100211-broken-tv-ann`: sorted by name is sorted by time.
pub(super) fn stem(header: &Header) -> String {
    let trainee = header.trainee.as_deref().map(file_name).filter(|name| !name.is_empty());
    let parts = [Some(stem_of(&header.started)), Some(file_name(&header.scenario)), trainee];
    parts.into_iter().flatten().collect::<Vec<_>>().join("-")
}

/// `name` with nothing in it that means something to a file system.
pub(in crate::cli) fn file_name(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let joined = words.collect::<Vec<_>>().join("-").to_lowercase();
    joined.chars().take(NAME_CHARS).collect()
}

/// Which unfinished sessions are meant.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Wanted<'w> {
    /// Of this scenario.
    pub(super) scenario: Option<&'w str>,
    /// By this trainee.
    pub(super) trainee: Option<&'w str>,
}

/// A session that can be gone on with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unfinished {
    pub(super) path: PathBuf,
    pub(super) header: Header,
}

/// The unfinished sessions in a folder, the newest first. What cannot be read is passed over.
pub(super) fn unfinished<'f>(
    folder: &Path,
    wanted: Wanted<'f>,
) -> io::Result<impl Iterator<Item = Unfinished> + use<'f>> {
    let mut paths = journal::files(folder)?.collect::<io::Result<Vec<_>>>()?;
    paths.sort_unstable();
    Ok(paths.into_iter().rev().filter_map(move |path| {
        let transcript = Transcript::read(&fs::read(&path).ok()?).ok()?;
        let header = &transcript.header;
        let is_wanted = wanted.scenario.is_none_or(|name| name == header.scenario)
            && wanted.trainee.is_none_or(|name| header.trainee.as_deref() == Some(name));
        (is_wanted && !transcript.is_finished()).then_some(Unfinished { path, header: transcript.header })
    }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::EXTENSION;
    use crate::transcript::{Event, Timed, opening_lines};

    fn header(started: &str, trainee: Option<&str>) -> Header {
        Header { trainee: trainee.map(str::to_owned), started: started.to_owned(), ..Header::sample() }
    }

    #[test]
    fn names_are_safe_and_sorted_by_time() {
        let name = |trainee| stem(&header("2026-11-22T10:02:11Z", trainee));
        assert_eq!(name(None), "2026-11-22-100211-broken-tv");
        assert_eq!(name(Some("Ann Lee")), "2026-11-22-100211-broken-tv-ann-lee");
        assert_eq!(name(Some("../../etc/CON:\0\u{1b}x")), "2026-11-22-100211-broken-tv-etc-con-x");
        assert_eq!(name(Some("Šárka")), "2026-11-22-100211-broken-tv-šárka");
        assert_eq!(name(Some("///")), "2026-11-22-100211-broken-tv");
        assert_eq!(name(Some(&"x".repeat(999))).len(), "2026-11-22-100211-broken-tv-".len() + 30);
    }

    #[test]
    fn the_newest_unfinished_session_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let save = |started: &str, trainee: &str, events: &[Event]| {
            let header = header(started, Some(trainee));
            let path = folder.path().join(format!("{}.{EXTENSION}", stem(&header)));
            let lines = events.iter().map(|event| Timed { at: String::new(), event: event.clone() }.line());
            fs::write(path, opening_lines(&header, "") + &lines.collect::<String>()).unwrap();
        };
        save("2026-11-22T10:00:00Z", "Ann", &[]);
        save("2026-11-22T11:00:00Z", "Ann", &[Event::Skip]);
        save("2026-11-22T12:00:00Z", "Ann", &[Event::Skip, Event::Finished]);
        save("2026-11-22T13:00:00Z", "Ben", &[]);
        fs::write(folder.path().join("2030.jsonl"), "foreign").unwrap();
        fs::write(folder.path().join("2030.txt"), "foreign").unwrap();
        let found = |wanted| -> Vec<String> {
            let found = unfinished(folder.path(), wanted).unwrap();
            found.map(|one| one.header.started[11..13].to_owned()).collect()
        };
        assert_eq!(found(Wanted::default()), ["13", "11", "10"]);
        assert_eq!(found(Wanted { trainee: Some("Ann"), ..Wanted::default() }), ["11", "10"]);
        assert!(found(Wanted { scenario: Some("other"), trainee: None }).is_empty());
    }
}
