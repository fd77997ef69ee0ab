//! `amends play --class`: who plays, what is due, and what was begun.

mod due;

use std::fs::File;
use std::io::{ErrorKind, Read as _};
use std::path::{Path, PathBuf};

use super::Args;
use super::begin::{Home, header, no_resume, open};
use super::record::Record;
use crate::class::{Assignment, Plan, SESSIONS, Who, ground};
use crate::cli::CLEAN;
use crate::cli::clock;
use crate::cli::failure::{Failure, reason};
use crate::cli::screen::{Ink, Screen};
use crate::journal;
use crate::report::escape::escaped;
use crate::scenario::Scenario;
use crate::session::Ground;
use crate::transcript::{Event, Header, Mode, Replay, Transcript, lexicon_hash};
use crate::wording::listed;

use due::Task;

/// So many names are listed when somebody has not said theirs.
const MOST_NAMES: usize = 12;
/// The first line of a transcript is not longer.
const HEADER: u64 = 16 << 10;

/// Somebody of the class, and what they have played.
struct Trainee<'p> {
    plan: &'p Plan,
    folder: &'p Path,
    person: usize,
    sessions: Vec<Session>,
}

/// A session of theirs.
struct Session {
    path: PathBuf,
    header: Header,
    /// Whether it came to its end at least once.
    is_done: bool,
}

/// Plays what is due, and hands back the exit code.
pub(super) fn run(args: &Args, folder: &Path) -> Result<u8, Failure> {
    let (plan, _) =
        Plan::read(folder).map_err(|problems| Failure::problems("this class cannot be played", &problems))?;
    let person = person(&plan, args)?;
    let sessions = sessions(&plan, person)?;
    let trainee = Trainee { plan: &plan, folder, person, sessions };
    let ground = ground(&plan.layers)
        .map_err(|problems| Failure::problems("the lexicon of the class cannot be used", &problems))?;
    match trainee.task(args)? {
        Task::GoOn(session) => trainee.resume(args, &ground, &session.path),
        Task::Begin(name, mode) => trainee.begin(args, &ground, &name, mode),
        Task::Nothing => trainee.nothing(args),
    }
}

/// Who plays.
fn person(plan: &Plan, args: &Args) -> Result<usize, Failure> {
    let Some(name) = args.name.as_deref().filter(|name| !name.trim().is_empty()) else {
        return Err(Failure::new(format_args!("say who you are: --name NAME. {}", on_roster(plan))));
    };
    let shown = escaped(name.trim());
    match plan.who(name) {
        Who::One(person) => Ok(person),
        Who::Several(people) => {
            let told: Vec<String> = people
                .iter()
                .map(|person| {
                    let group = person.group.as_ref().map_or(String::new(), |group| format!(" ({group})"));
                    format!("--name {}{group}", escaped(&quoted(&person.id)))
                })
                .collect();
            Err(Failure::new(format_args!(
                "{} people of the class are called {shown}: say which you are, {}",
                people.len(),
                listed(&told, "or")
            )))
        }
        Who::Nobody(Some(meant)) => Err(Failure::new(format_args!(
            "{shown} is not on the roster: did you mean --name {}?",
            escaped(&quoted(meant))
        ))),
        Who::Nobody(None) => Err(Failure::new(format_args!(
            "{shown} is not on the roster: ask your trainer to add you. {}",
            on_roster(plan)
        ))),
    }
}

fn on_roster(plan: &Plan) -> String {
    let mut names: Vec<String> =
        plan.people.iter().take(MOST_NAMES).map(|person| escaped(&person.name).to_string()).collect();
    match plan.people.len().saturating_sub(MOST_NAMES) {
        0 if names.is_empty() => "Nobody is on the roster yet.".to_owned(),
        0 => format!("On the roster: {}.", listed(&names, "and")),
        more => {
            names.push(format!("{more} more"));
            format!("On the roster: {}.", listed(&names, "and"))
        }
    }
}

/// As it is typed in a shell.
fn quoted(name: &str) -> String {
    let is_plain = name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'));
    if is_plain { name.to_owned() } else { format!("\"{name}\"") }
}

/// The sessions of a person, the oldest first. What cannot be read is told by the report.
fn sessions(plan: &Plan, person: usize) -> Result<Vec<Session>, Failure> {
    let folder = plan.folder.join(SESSIONS);
    let paths = match journal::files(&folder) {
        Ok(paths) => paths,
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(Failure::at(&folder, reason(&error))),
    };
    let mut sessions: Vec<Session> = paths.flatten().filter_map(|path| session(plan, person, path)).collect();
    sessions.sort_by(|one, other| one.path.file_stem().cmp(&other.path.file_stem()));
    Ok(sessions)
}

/// The session in this file, if it is this person's. Of other people's only the first line is read.
fn session(plan: &Plan, person: usize, path: PathBuf) -> Option<Session> {
    let mut file = File::open(&path).ok()?;
    let mut bytes = Vec::new();
    file.by_ref().take(HEADER).read_to_end(&mut bytes).ok()?;
    let header = Transcript::read_header(&bytes).ok()?;
    if plan.who(header.trainee.as_deref()?) != Who::One(person) {
        return None;
    }
    file.read_to_end(&mut bytes).ok()?;
    let transcript = Transcript::read(&bytes).ok()?;
    let is_done = transcript.events.iter().any(|timed| timed.event == Event::Finished);
    Some(Session { path, header, is_done })
}

impl Trainee<'_> {
    fn begin(&self, args: &Args, ground: &Ground, name: &str, mode: Mode) -> Result<u8, Failure> {
        let Some((path, yaml)) = self.plan.scenario(name) else {
            return Err(Failure::new(format_args!("there is no scenario {}", escaped(name))));
        };
        let scenario = read(&path, yaml.to_owned(), ground)?;
        let signature = self.plan.signature(self.person).to_owned();
        let header = header(args, &scenario, lexicon_hash(ground), mode, Some(signature));
        let folder = self.plan.folder.join(SESSIONS);
        let (record, begun) = Record::begin(Some(&folder), &header, scenario.text());
        let trouble = match begun {
            Ok(()) => None,
            Err(error) if error.kind() == ErrorKind::StorageFull => Some(reason(&error)),
            Err(error) => {
                return Err(Failure::at(
                    &folder,
                    format_args!("cannot record here: {}; tell your trainer", reason(&error)),
                ));
            }
        };
        let stage = ground.stage(&scenario);
        let replay = Replay::new(&stage, header.seed.into());
        let mut screen = Screen::open(args.plain, args.color)?;
        self.announce(&mut screen, name, mode);
        let mut conversation = open(screen, header, replay, record, self.home())?;
        conversation.open(trouble.as_deref())?;
        conversation.run()?;
        Ok(CLEAN)
    }

    fn resume(&self, args: &Args, ground: &Ground, path: &Path) -> Result<u8, Failure> {
        let (record, transcript) = Record::resume(path).map_err(|error| no_resume(path, error))?;
        let Transcript { header, scenario, events, .. } = transcript;
        let scenario = read(&path.to_string_lossy(), scenario, ground)?;
        let stage = ground.stage(&scenario);
        let replay = Replay::of(&stage, header.seed.into(), &events);
        let hash = lexicon_hash(ground);
        let has_changed = !header.is_by(&hash);
        let mut screen = Screen::open(args.plain, args.color)?;
        self.announce(&mut screen, &header.scenario, header.mode);
        let mut conversation = open(screen, header, replay, record, self.home())?;
        conversation.reopen(hash, has_changed)?;
        conversation.run()?;
        Ok(CLEAN)
    }

    /// How to go on with it.
    fn home(&self) -> Home {
        let name = quoted(self.plan.signature(self.person));
        let folder = quoted_path(self.folder);
        Home::InClass(format!("amends play --class {folder} --name {name}"))
    }

    /// For which class it is, for whom, and by when.
    fn announce(&self, screen: &mut Screen, scenario: &str, mode: Mode) {
        let person = &self.plan.people[self.person].name;
        let assignment = self.assignment(scenario, mode);
        let due = assignment.and_then(|assignment| assignment.due).map_or(String::new(), |due| {
            let late = if due < clock::now().date() { ", which is over" } else { "" };
            format!(" It is due by {}{late}.", due.strftime("%A, %-d %B"))
        });
        let what = if assignment.is_some() { "" } else { " This one is not assigned; it is practice." };
        let told = format!("for {person}.{due}{what}");
        screen.labelled(0, &format!("{},", self.plan.name), Ink::Strong, &told);
        screen.blank();
    }

    fn assignment(&self, scenario: &str, mode: Mode) -> Option<&Assignment> {
        self.plan.assignments.iter().find(|own| own.scenario == scenario && own.mode == mode)
    }

    /// Everything is played.
    fn nothing(&self, args: &Args) -> Result<u8, Failure> {
        let mut screen = Screen::open(args.plain, args.color)?;
        let person = &self.plan.people[self.person].name;
        if self.plan.assignments.is_empty() {
            screen.text(&format!(
                "{person}, nothing is assigned yet. Name a scenario to practise; `amends scenarios` lists them."
            ));
        } else {
            screen.text(&format!(
                "{person}, you have played everything that is assigned. Thank you. To play one again, name it:"
            ));
            let mut rows: Vec<(String, String)> = Vec::new();
            for assignment in &self.plan.assignments {
                if !rows.iter().any(|(scenario, _)| *scenario == assignment.scenario) {
                    rows.push((assignment.scenario.clone(), assignment.title.clone()));
                }
            }
            screen.rows(2, &rows);
        }
        screen.show()?;
        Ok(CLEAN)
    }
}

fn quoted_path(path: &Path) -> String {
    let shown = path.display().to_string();
    if shown.contains(char::is_whitespace) { format!("\"{shown}\"") } else { shown }
}

fn read(path: &str, yaml: String, ground: &Ground) -> Result<Scenario, Failure> {
    Scenario::read(path, yaml, &ground.lexicon)
        .map_err(|problems| Failure::problems("this scenario cannot be played", &problems))
}
