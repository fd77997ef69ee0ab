//! From paths to a casebook.

use std::io;
use std::path::{Path, PathBuf};

use super::Args;
use crate::class::{LEXICON, SESSIONS, ground};
use crate::cli::failure::{Failure, reason};
use crate::cli::{clock, source};
use crate::journal;
use crate::report::escape::escaped;
use crate::transcript::{Transcript, Unreadable};
use crate::trends::{Casebook, Depositions, Reader, Traffic, Ways};

/// No casebook is longer.
const LONGEST: u64 = 256 << 20;

/// What the paths hold.
pub(super) struct Gathered {
    pub(super) casebook: Casebook,
    /// What the sessions among them hold, if there are any.
    pub(super) depositions: Option<Depositions>,
}

/// Reads everything that was named.
pub(super) fn gather(args: &Args) -> Result<Gathered, Failure> {
    let today = clock::now().date();
    let mut reader = Reader::new(Ways { fields: args.fields.clone(), dates: args.dates, today });
    let mut transcripts = Vec::new();
    let mut lexicons = args.lexicon.clone();
    for path in &args.paths {
        if path.is_dir() {
            lexicons.extend(Some(path.join(LEXICON)).filter(|own| own.is_dir()));
            transcripts.extend(sessions(path)?);
            continue;
        }
        let bytes = read(path)?;
        if is_transcript(&bytes) {
            transcripts.push((named(path), bytes));
        } else {
            let name = if path.as_os_str() == "-" { Path::new("standard input") } else { path };
            reader.file(name, &bytes).map_err(|why| mistakes(name, &why))?;
        }
    }
    let depositions = if transcripts.is_empty() { None } else { Some(depositions(&lexicons, &transcripts)?) };
    if let Some(depositions) = &depositions {
        depositions.hand_on(&mut reader);
    }
    Ok(Gathered { casebook: reader.finish(), depositions })
}

fn named(path: &Path) -> String {
    escaped(&path.to_string_lossy()).to_string()
}

fn depositions(lexicons: &[PathBuf], transcripts: &[(String, Vec<u8>)]) -> Result<Depositions, Failure> {
    let ground =
        ground(lexicons).map_err(|problems| Failure::problems("the lexicon has mistakes", &problems))?;
    let depositions = Depositions::read(transcripts, &ground.lexicon, &ground.matcher, &ground.coaching);
    if depositions.sessions == 0 {
        let first = depositions.troubles.first().map(|why| format!("; {why}")).unwrap_or_default();
        return Err(Failure::new(format!(
            "no session came to its deposition, the last thing that a trainee writes{first}"
        )));
    }
    Ok(depositions)
}

/// Why a file cannot be used: each reason with the place.
fn mistakes(path: &Path, why: &[String]) -> Failure {
    match why {
        [one] if one.starts_with(|c: char| c.is_ascii_digit()) => {
            Failure::new(format!("{}:{}", named(path), escaped(one)))
        }
        [one] => Failure::at(path, escaped(one)),
        many => {
            let lines: String = many.iter().map(|line| format!("\n  {}", escaped(line))).collect();
            Failure::at(path, format!("it cannot be read:{lines}"))
        }
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let bytes = source::at_most(LONGEST, path).map_err(|error| Failure::at(path, reason(&error)))?;
    bytes.ok_or_else(|| Failure::at(path, "it is longer than 256 MB: name a part of it, such as one year"))
}

/// Whether it is a record of a session, whole or damaged.
fn is_transcript(bytes: &[u8]) -> bool {
    Transcript::is_one(bytes) && !matches!(Transcript::read_header(bytes), Err(Unreadable::Foreign))
}

/// The transcripts of a folder, or of the class whose folder it is.
fn sessions(folder: &Path) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let inner = folder.join(SESSIONS);
    let folder = if inner.is_dir() { inner } else { folder.to_owned() };
    let trouble = |error: &io::Error| Failure::at(&folder, reason(error));
    let paths = journal::files(&folder).and_then(Iterator::collect::<io::Result<Vec<_>>>);
    let mut paths = paths.map_err(|error| trouble(&error))?;
    if paths.is_empty() {
        return Err(Failure::at(
            &folder,
            "there are no sessions in this folder; name the casebooks in it one by one",
        ));
    }
    paths.sort_unstable();
    paths.into_iter().map(|path| Ok((named(&path), read(&path)?))).collect()
}

/// How many customers there were, if that was given.
pub(super) fn traffic(args: &Args, casebook: &Casebook) -> Result<Option<Traffic>, Failure> {
    let Some(path) = &args.traffic else { return Ok(None) };
    let bytes = read(path)?;
    casebook.traffic(path, &bytes).map(Some).map_err(|why| mistakes(path, &why))
}
