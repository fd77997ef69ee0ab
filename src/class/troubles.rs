//! What could not be used, and what a reader of the marks should know: gathered file by file, told
//! once for all files of a kind.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};
use rustc_hash::FxHashMap;

use super::read::{Found, SESSIONS, shown};
use super::{Plan, Trouble, TroubleKind, Who};
use crate::session::Ground;
use crate::transcript::{Event, Mode, Transcript, Unreadable, lexicon_hash, scenario_hash};

/// Clocks of two machines may differ by so much.
const TOLERANCE: SignedDuration = SignedDuration::from_mins(10);
/// A clock that goes back by less was set right, as clocks are.
const SET_RIGHT: SignedDuration = SignedDuration::from_mins(1);
/// Nobody thinks so long about a reply.
const LONGEST_PAUSE: SignedDuration = SignedDuration::from_hours(24);
/// Before this day there was no amends: 2020-01-01.
const FIRST_DAY: i64 = 1_577_836_800;

/// What was found so far.
pub(super) struct Finds<'p> {
    pub(super) plan: &'p Plan,
    pub(super) troubles: Vec<Trouble>,
    now: Timestamp,
    lexicon: String,
    /// The hash of each scenario as it is now.
    scenarios: FxHashMap<String, Option<String>>,
    /// Files of one trouble, by what it says.
    together: BTreeMap<(TroubleKind, String), Vec<String>>,
}

/// A trouble of one file or place.
pub(super) fn told(kind: TroubleKind, place: &str, message: String) -> Trouble {
    Trouble { kind, place: place.to_owned(), message, files: Vec::new() }
}

impl<'p> Finds<'p> {
    pub(super) fn new(plan: &'p Plan, ground: &Ground, now: Timestamp) -> Self {
        Self {
            plan,
            troubles: Vec::new(),
            now,
            lexicon: lexicon_hash(ground),
            scenarios: FxHashMap::default(),
            together: BTreeMap::new(),
        }
    }

    /// A trouble that several files may share.
    fn share(&mut self, kind: TroubleKind, message: String, file: &str) {
        self.together.entry((kind, message)).or_default().push(file.to_owned());
    }

    fn of_file(&mut self, kind: TroubleKind, file: &str, message: String) {
        self.troubles.push(Trouble { files: vec![file.to_owned()], ..told(kind, &shown(file), message) });
    }

    /// A file that is no transcript.
    pub(super) fn unreadable(&mut self, file: &str, why: &Unreadable) {
        let (kind, message) = match why {
            Unreadable::Foreign => (TroubleKind::Unreadable, format!("{why}: take it out of this folder")),
            Unreadable::Newer { .. } => (TroubleKind::Newer, why.to_string()),
            Unreadable::Empty | Unreadable::Damaged { .. } => (TroubleKind::Unreadable, why.to_string()),
        };
        self.of_file(kind, file, message);
    }

    /// A transcript whose scenario cannot be played with the lexicon of the class.
    pub(super) fn unplayable(&mut self, file: &str, message: &str) {
        let message = format!("its scenario cannot be played with the lexicon of the class: {message}");
        self.share(TroubleKind::Unreadable, message, file);
    }

    /// Whose transcript it is; nobody's if that cannot be told.
    pub(super) fn person(&mut self, file: &str, transcript: &Transcript) -> Option<usize> {
        let Some(name) = transcript.header.trainee.as_deref().filter(|name| !name.trim().is_empty()) else {
            let message = "nobody's name is in it, so it counts for nobody: play with --name".to_owned();
            self.share(TroubleKind::Stranger, message, file);
            return None;
        };
        match self.plan.who(name) {
            Who::One(person) => return Some(person),
            Who::Several(people) => {
                let ids: Vec<&str> = people.iter().map(|person| person.id.as_str()).collect();
                let message = format!(
                    "{} people on the roster are called {name} ({}), and it says no more: on the roster, give the one \
                     who played it the id {name}",
                    people.len(),
                    ids.join(", ")
                );
                self.share(TroubleKind::Ambiguous, message, file);
            }
            Who::Nobody(meant) => {
                let meant = meant.map_or(String::new(), |meant| format!(" (is it {meant}?)"));
                let message = format!(
                    "{name} is not on the roster{meant}: add the name, or take the file out of the folder"
                );
                self.share(TroubleKind::Stranger, message, file);
            }
        }
        None
    }

    /// A transcript whose last line is not whole.
    pub(super) fn half(&mut self, file: &str, whole: usize, length: usize) {
        if whole < length {
            let message =
                "the last line is not whole: it was cut off, or is being written just now. Everything \
                           before it is graded"
                    .to_owned();
            self.of_file(TroubleKind::Unreadable, file, message);
        }
    }

    /// Leaves out what programs that sync folders make of a file that two of them wrote: of copies of
    /// one session the longest stays.
    pub(super) fn without_copies(&mut self, found: Vec<Found>) -> Vec<Found> {
        let mut kept: Vec<Found> = Vec::new();
        let mut known: FxHashMap<(usize, String, u32, bool, String), usize> = FxHashMap::default();
        for mut new in found {
            let header = &new.transcript.header;
            let is_exam = header.mode == Mode::Exam;
            let (started, hash) = (header.started.clone(), header.scenario_hash.clone());
            let key = (new.person, started, header.seed, is_exam, hash);
            let Some(&place) = known.get(&key) else {
                known.insert(key, kept.len());
                kept.push(new);
                continue;
            };
            if new.transcript.events.len() > kept[place].transcript.events.len() {
                std::mem::swap(&mut new, &mut kept[place]);
            }
            let message =
                format!("it is a copy of {}, and left out: take it out of the folder", kept[place].file);
            self.of_file(TroubleKind::Double, &new.file, message);
        }
        kept
    }

    /// In what a session was another than it would be now.
    pub(super) fn remarks(&mut self, found: &Found) {
        let header = &found.transcript.header;
        let name = &header.scenario;
        let played = scenario_hash(&found.transcript.scenario);
        let now = self
            .scenarios
            .entry(name.clone())
            .or_insert_with(|| self.plan.scenario(name).map(|(_, yaml)| scenario_hash(yaml)));
        let is_edited = now.as_ref().is_some_and(|now| *now != header.scenario_hash);
        if played != header.scenario_hash {
            let message =
                "the scenario in this file was changed after the session began; the marks are against the \
                           changed one"
                    .to_owned();
            self.of_file(TroubleKind::Edited, &found.file, message);
        } else if is_edited {
            let message = format!(
                "the scenario {name} has been edited since; these sessions are graded against what was played"
            );
            self.share(TroubleKind::Edited, message, &found.file);
        }
        if header.program != env!("CARGO_PKG_VERSION") {
            let message = format!(
                "these sessions were played with amends {}; the marks are those of amends {}, and the customer may have \
                 answered differently",
                header.program,
                env!("CARGO_PKG_VERSION")
            );
            self.share(TroubleKind::Older, message, &found.file);
        } else if header.lexicon_hash != self.lexicon {
            let message =
                "these sessions were played with another lexicon; the marks are those of the class's \
                           lexicon as it is now, and the customer may have answered differently"
                    .to_owned();
            self.share(TroubleKind::Older, message, &found.file);
        }
    }

    /// When a session began, as well as that can be told.
    pub(super) fn clock(&mut self, found: &Found) -> Timestamp {
        let Transcript { header, events, .. } = &found.transcript;
        let moment = |text: &str| text.parse::<Timestamp>().ok();
        let moments: Vec<Timestamp> = events.iter().filter_map(|timed| moment(&timed.at)).collect();
        let Some(started) = moment(&header.started) else {
            let message =
                "it does not say when it began: its first line has no time that can be read".to_owned();
            self.of_file(TroubleKind::Clock, &found.file, message);
            return moments.first().copied().unwrap_or(Timestamp::UNIX_EPOCH);
        };
        let is_back = std::iter::once(&started)
            .chain(&moments)
            .zip(&moments)
            .any(|(before, after)| before.duration_since(*after) > SET_RIGHT);
        let last = moments.iter().max().copied().unwrap_or(started).max(started);
        let message = if last.duration_since(self.now) > TOLERANCE {
            Some("by its clock it was played in the future")
        } else if started.as_second() < FIRST_DAY {
            Some("by its clock it was played before there was an amends")
        } else if is_back {
            Some("its clock went back while it was played")
        } else if leaps(found, started) {
            Some("its clock went ahead by more than a day between two replies")
        } else {
            None
        };
        if let Some(message) = message {
            let message = format!(
                "{message}: set the clock of that machine. The marks do not depend on it; order and times may be wrong"
            );
            self.share(TroubleKind::Clock, message, &found.file);
        }
        started
    }

    /// Everything that was found, the gravest kinds first.
    pub(super) fn finish(mut self) -> Vec<Trouble> {
        for ((kind, message), files) in self.together {
            let place = match files.as_slice() {
                [file] => shown(file),
                _ => SESSIONS.to_owned(),
            };
            self.troubles.push(Trouble { kind, place, message, files });
        }
        self.troubles.sort_by(|one, other| (one.kind, &one.place).cmp(&(other.kind, &other.place)));
        self.troubles
    }
}

/// Whether more than a day lies between two events although nobody paused.
fn leaps(found: &Found, started: Timestamp) -> bool {
    let mut before = started;
    for timed in &found.transcript.events {
        let Ok(at) = timed.at.parse::<Timestamp>() else { continue };
        let has_paused = matches!(timed.event, Event::Resumed { .. });
        if !has_paused && at.duration_since(before) > LONGEST_PAUSE {
            return true;
        }
        before = at;
    }
    false
}
