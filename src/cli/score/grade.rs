//! From a file to its scorecard.

use std::io;
use std::path::{Path, PathBuf};

use crate::cli::failure::{Failure, reason};
use crate::cli::play;
use crate::cli::source;
use crate::document::decode;
use crate::embedded;
use crate::journal::{self, LONGEST};
use crate::report::escape::escaped;
use crate::scenario::Scenario;
use crate::score::Scorecard;
use crate::session::{Ground, Session as Played};
use crate::transcript::{self, Chat, Header, Replay, Transcript};

/// A file and its marks.
pub(super) struct Session {
    /// How the file is named in the report.
    pub(super) path: String,
    /// Its marks, or why there are none.
    pub(super) graded: Result<Graded, String>,
}

/// The marks of a session.
pub(super) struct Graded {
    /// What was recorded about it; none for a plain chat.
    pub(super) header: Option<Header>,
    /// The scenario that it is graded against; none for a chat without one.
    pub(super) scenario: Option<String>,
    /// The customer's name; none without a scenario.
    pub(super) customer: Option<String>,
    pub(super) card: Scorecard,
    /// How many replies there are.
    pub(super) replies: usize,
    /// Whether it came to its end.
    pub(super) is_over: bool,
    /// What a reader of the marks should know.
    pub(super) remarks: Vec<String>,
}

/// The files that are meant; a folder stands for the transcripts in it.
pub(super) fn paths(named: &[PathBuf]) -> Result<Vec<PathBuf>, Failure> {
    let mut paths = Vec::new();
    for path in named {
        if !path.is_dir() {
            paths.push(path.clone());
            continue;
        }
        let trouble = |error: &io::Error| Failure::at(path, reason(error));
        let found = journal::files(path).and_then(Iterator::collect::<io::Result<Vec<_>>>);
        let mut found = found.map_err(|error| trouble(&error))?;
        if found.is_empty() {
            return Err(Failure::at(
                path,
                "there are no transcripts in this folder; name the chats in it one by one",
            ));
        }
        found.sort_unstable();
        paths.extend(found);
    }
    Ok(paths)
}

/// Grades a file.
pub(super) fn grade(path: &Path, ground: &Ground, scenario: Option<&str>) -> Session {
    let name = if path.as_os_str() == "-" { "standard input".into() } else { path.to_string_lossy() };
    let graded = read(path).and_then(|bytes| {
        if Transcript::is_one(&bytes) {
            of_transcript(&bytes, ground)
        } else {
            of_chat(&bytes, ground, scenario)
        }
    });
    Session { path: escaped(&name).to_string(), graded }
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    let bytes = source::at_most(LONGEST, path).map_err(|error| reason(&error))?;
    bytes.ok_or_else(|| "it is too long for a session; more than 64 MB".to_owned())
}

fn of_transcript(bytes: &[u8], ground: &Ground) -> Result<Graded, String> {
    let transcript = Transcript::read(bytes).map_err(|why| why.to_string())?;
    let remarks = remarks(&transcript, ground);
    let Transcript { header, scenario, events, .. } = transcript;
    let scenario = Scenario::read(&header.scenario, scenario, &ground.lexicon).map_err(|problems| {
        format!("its scenario cannot be played with this lexicon: {}", first(&problems))
    })?;
    let stage = ground.stage(&scenario);
    let replay = Replay::of(&stage, header.seed.into(), &events);
    Ok(Graded {
        scenario: Some(header.scenario.clone()),
        header: Some(header),
        customer: Some(scenario.file.customer.name.clone()),
        card: Scorecard::of(replay.session()),
        replies: replay.replies(),
        is_over: replay.is_over(),
        remarks,
    })
}

/// In what the session was another than it would be now.
fn remarks(played: &Transcript, ground: &Ground) -> Vec<String> {
    let Header { scenario, scenario_hash, lexicon_hash, program, .. } = &played.header;
    let mut remarks = Vec::new();
    if transcript::scenario_hash(&played.scenario) != *scenario_hash {
        remarks.push("the scenario in this file was changed after the session began".to_owned());
    } else if let Some((_, now)) = embedded::scenarios().iter().find(|(name, _)| name == scenario)
        && transcript::scenario_hash(now) != *scenario_hash
    {
        remarks.push(
            "the scenario has been edited since; this is graded against the one that was played".to_owned(),
        );
    }
    if transcript::lexicon_hash(&ground.lexicon) != *lexicon_hash || program != env!("CARGO_PKG_VERSION") {
        remarks.push("it was played with another lexicon or another amends; the marks may differ".to_owned());
    }
    remarks
}

fn of_chat(bytes: &[u8], ground: &Ground, scenario: Option<&str>) -> Result<Graded, String> {
    let text = decode(bytes).map_err(|note| note.text)?.text;
    let chat = Chat::read(&text).map_err(|why| why.to_string())?;
    let name = scenario.map(str::to_owned);
    let scenario = match scenario {
        Some(name) => play::named(name)
            .and_then(|choice| play::read(choice, &ground.lexicon))
            .map_err(|failure| failure.to_string())?,
        None => Scenario::blank(),
    };
    let stage = ground.stage(&scenario);
    let mut session = Played::new(&stage, 0);
    for reply in &chat.replies {
        session.say(reply);
    }
    let is_over = matches!(session.place(), crate::session::Place::Over(_));
    Ok(Graded {
        header: None,
        customer: name.is_some().then(|| scenario.file.customer.name.clone()),
        scenario: name,
        card: Scorecard::of(&session),
        replies: chat.replies.len(),
        is_over,
        remarks: Vec::new(),
    })
}

fn first(problems: &[crate::authoring::Problem]) -> String {
    problems.first().map_or(String::new(), ToString::to_string)
}
