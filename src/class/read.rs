//! From the folder of a class to [`Class`].

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::troubles::{Finds, told};
use super::{Attempt, Class, Plan, Trouble, TroubleKind, attempt, ground, review};
use crate::authoring::{self, Problem};
use crate::journal::{self, LONGEST};
use crate::scenario::Scenario;
use crate::session::Ground;
use crate::transcript::Transcript;

/// The folder of the transcripts.
pub const SESSIONS: &str = "sessions";

/// Reads a class. Every session is played again and graded.
///
/// # Errors
/// When the folder is no class, or its settings, roster or lexicon cannot be used: every mistake.
pub fn read(folder: &Path, now: Timestamp) -> Result<Class, Vec<Problem>> {
    let (plan, problems) = Plan::read(folder)?;
    let ground = ground(&plan.layers)?;
    let mut finds = Finds::new(&plan, &ground, now);
    finds.troubles.extend(problems.iter().map(|(kind, problem)| of_problem(folder, *kind, problem)));
    let records = records(folder, &mut finds);
    let mut attempts = graded(records, &ground, &mut finds);
    number(&mut attempts);
    let reviews = review::of_class(folder, &attempts, &mut finds.troubles);
    let troubles = finds.finish();
    Ok(Class {
        name: plan.name,
        folder: plan.folder,
        people: plan.people,
        assignments: plan.assignments,
        attempts,
        reviews,
        troubles,
        lexicon: ground.lexicon,
        coaching: ground.coaching,
    })
}

/// A transcript of somebody on the roster.
pub(super) struct Found {
    pub(super) file: String,
    pub(super) transcript: Transcript,
    pub(super) person: usize,
}

/// The transcripts of people on the roster.
fn records(folder: &Path, finds: &mut Finds<'_>) -> Vec<Found> {
    let folder = folder.join(SESSIONS);
    let paths = match files(&folder) {
        Ok(paths) => paths,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Vec::new(),
        Err(error) => {
            finds.troubles.push(told(TroubleKind::Access, SESSIONS, reason(&error)));
            return Vec::new();
        }
    };
    let read: Vec<_> = paths
        .into_par_iter()
        .map(|path| {
            let transcript = bytes(&path).map(|bytes| (Transcript::read(&bytes), bytes.len()));
            (path, transcript)
        })
        .collect();
    let mut found = Vec::new();
    for (path, transcript) in read {
        let file = file_name(&path);
        match transcript {
            Err(message) => finds.troubles.push(told(TroubleKind::Access, &shown(&file), message)),
            Ok((Err(why), _)) => finds.unreadable(&file, &why),
            Ok((Ok(transcript), length)) => {
                let Some(person) = finds.person(&file, &transcript) else { continue };
                finds.half(&file, transcript.whole, length);
                found.push(Found { file, transcript, person });
            }
        }
    }
    finds.without_copies(found)
}

/// The files of a folder with the ending of our records, by name.
pub(super) fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = journal::files(folder)?.collect::<io::Result<Vec<_>>>()?;
    // Of several with one name the first has no number, and comes first.
    paths.sort_unstable_by(|one, other| one.file_stem().cmp(&other.file_stem()));
    Ok(paths)
}

/// What a file holds, or why that cannot be told.
pub(super) fn bytes(path: &Path) -> Result<Vec<u8>, String> {
    let bytes = File::open(path).and_then(|file| journal::at_most(LONGEST, file));
    let bytes = bytes.map_err(|error| reason(&error))?;
    bytes.ok_or_else(|| "it is too long for a session; more than 64 MB".to_owned())
}

/// Plays the transcripts again.
fn graded(records: Vec<Found>, ground: &Ground, finds: &mut Finds<'_>) -> Vec<Attempt> {
    let transcripts: Vec<&Transcript> = records.iter().map(|found| &found.transcript).collect();
    let scenarios = authoring::played::scenarios(&transcripts, &ground.lexicon);
    let mut usable = Vec::new();
    for (found, scenario) in records.into_iter().zip(scenarios) {
        match scenario {
            Ok(scenario) => {
                let started = finds.clock(&found);
                finds.remarks(&found);
                usable.push((found, scenario, started));
            }
            Err(message) => finds.unplayable(&found.file, &message),
        }
    }
    let one = |(found, scenario, started): (Found, Arc<Scenario>, Timestamp)| {
        let Found { file, transcript, person } = found;
        let assignment = finds.plan.assignment(&transcript.header);
        let attempt = attempt::graded(file, transcript, &scenario, ground, started);
        Attempt { person, assignment, ..attempt }
    };
    usable.into_par_iter().map(one).collect()
}

/// Puts the attempts in the order of time, and numbers those of a person at a scenario.
fn number(attempts: &mut [Attempt]) {
    let stem = |attempt: &Attempt| attempt.file.trim_end_matches(".jsonl").to_owned();
    attempts.sort_by_cached_key(|attempt| (attempt.started, stem(attempt)));
    let mut tries: FxHashMap<(usize, String), usize> = FxHashMap::default();
    for attempt in attempts {
        let tries = tries.entry((attempt.person, attempt.transcript.header.scenario.clone())).or_default();
        *tries += 1;
        attempt.number = *tries;
    }
}

/// A mistake of the trainer's as a trouble, seen from the folder of the class.
fn of_problem(folder: &Path, kind: TroubleKind, problem: &Problem) -> Trouble {
    let path = Path::new(&problem.path);
    let path = path.strip_prefix(folder).unwrap_or(path).to_string_lossy();
    let place = match problem.position {
        Some(position) => format!("{path}:{}:{}", position.line, position.column),
        None => path.into_owned(),
    };
    told(kind, &place, problem.message.clone())
}

pub(super) fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// A session's file, seen from the folder of the class.
pub(super) fn shown(file: &str) -> String {
    format!("{SESSIONS}/{file}")
}

/// An error of the system in plain words.
pub(super) fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied => "it may not be read: ask whoever owns the folder".to_owned(),
        io::ErrorKind::NotADirectory => "a file stands where the folder should be: take it away".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder, and should be a file: take it away".to_owned(),
        _ => {
            let text = error.to_string();
            let what = text.split(" (os error").next().unwrap_or_default();
            format!("it cannot be read: {}", what.to_lowercase())
        }
    }
}
