//! From a file to its scorecard.

use std::cell::OnceCell;
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
use crate::session::{Ground, Place, Session as Played};
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

/// What grades the files of a run.
pub(super) struct Grader<'g> {
    ground: &'g Ground,
    /// What chats are graded against: a name or a file.
    scenario: Option<&'g str>,
    /// The hash of the lexicon, from the first transcript on: all of the lexicon is read for it.
    lexicon_hash: OnceCell<String>,
}

impl<'g> Grader<'g> {
    pub(super) const fn new(ground: &'g Ground, scenario: Option<&'g str>) -> Self {
        Self { ground, scenario, lexicon_hash: OnceCell::new() }
    }

    /// Grades a file.
    pub(super) fn grade(&self, path: &Path) -> Session {
        let name = if path.as_os_str() == "-" { "standard input".into() } else { path.to_string_lossy() };
        let graded = read(path).and_then(|bytes| {
            if Transcript::is_one(&bytes) { self.transcript(&bytes) } else { self.chat(&bytes) }
        });
        Session { path: escaped(&name).to_string(), graded }
    }

    fn transcript(&self, bytes: &[u8]) -> Result<Graded, String> {
        let transcript = Transcript::read(bytes).map_err(|why| why.to_string())?;
        let remarks = self.remarks(&transcript);
        let Transcript { header, scenario, events, .. } = transcript;
        let scenario =
            Scenario::read(&header.scenario, scenario, &self.ground.lexicon).map_err(|problems| {
                format!("its scenario cannot be played with this lexicon: {}", first(&problems))
            })?;
        let stage = self.ground.stage(&scenario);
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
    fn remarks(&self, played: &Transcript) -> Vec<String> {
        let mut remarks: Vec<String> = edited(played).map(str::to_owned).into_iter().collect();
        let now = self.lexicon_hash.get_or_init(|| transcript::lexicon_hash(self.ground));
        if !played.header.is_by(now) {
            remarks.push(
                "it was played with another lexicon or another amends; the marks may differ".to_owned(),
            );
        }
        remarks
    }

    fn chat(&self, bytes: &[u8]) -> Result<Graded, String> {
        let text = decode(bytes).map_err(|note| note.text)?.text;
        let chat = Chat::read(&text).map_err(|why| why.to_string())?;
        let scenario = match self.scenario {
            Some(name) => play::named(name)
                .and_then(|choice| play::read(choice, &self.ground.lexicon))
                .map_err(|failure| failure.to_string())?,
            None => Scenario::blank(),
        };
        let stage = self.ground.stage(&scenario);
        let mut session = Played::new(&stage, 0);
        for reply in &chat.replies {
            session.say(reply);
        }
        Ok(Graded {
            header: None,
            customer: self.scenario.map(|_| scenario.file.customer.name.clone()),
            scenario: self.scenario.map(str::to_owned),
            card: Scorecard::of(&session),
            replies: chat.replies.len(),
            is_over: matches!(session.place(), Place::Over(_)),
            remarks: Vec::new(),
        })
    }
}

/// Whether the scenario is another than when the session was played, or than it is now.
fn edited(played: &Transcript) -> Option<&'static str> {
    let Header { scenario, scenario_hash, .. } = &played.header;
    if transcript::scenario_hash(&played.scenario) != *scenario_hash {
        return Some("the scenario in this file was changed after the session began");
    }
    let (_, now) = embedded::scenarios().iter().find(|(name, _)| name == scenario)?;
    (transcript::scenario_hash(now) != *scenario_hash)
        .then_some("the scenario has been edited since; this is graded against the one that was played")
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    let bytes = source::at_most(LONGEST, path).map_err(|error| reason(&error))?;
    bytes.ok_or_else(|| "it is too long for a session; more than 64 MB".to_owned())
}

fn first(problems: &[crate::authoring::Problem]) -> String {
    problems.first().map_or(String::new(), ToString::to_string)
}
