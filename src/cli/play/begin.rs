//! From the command line to a conversation: a new one, or one that goes on.

use std::hash::{BuildHasher as _, Hasher as _, RandomState};
use std::path::{Path, PathBuf};

use super::choose::{Choice, brought, named, read};
use super::class;
use super::conversation::Conversation;
use super::folder::{Unfinished, Wanted, own_folder, unfinished};
use super::record::{NoResume, Record};
use super::wording;
use super::{Args, commands};
use crate::cli::CLEAN;
use crate::cli::clock;
use crate::cli::editor;
use crate::cli::failure::{Failure, reason};
use crate::cli::screen::{Ink, Screen};
use crate::journal::EXTENSION;
use crate::report::escape::escaped;
use crate::scenario::Scenario;
use crate::transcript::{Header, Mode, Replay, Transcript, lexicon_hash};

/// Seeds that nobody asked for are short, so that they can be told and typed.
const SEEDS: u64 = 9999;
/// Longer names are cut off.
const NAME_CHARS: usize = 80;

/// Where a session is recorded, for those who go on with it.
#[derive(Debug)]
pub(super) enum Home {
    /// In the usual place.
    Usual,
    /// In a folder that was named.
    InFolder(PathBuf),
    /// In a class, and this is the command that goes on with it.
    InClass(String),
}

pub(super) fn run(args: &Args) -> Result<u8, Failure> {
    if let Some(folder) = &args.class {
        return class::run(args, folder);
    }
    match (&args.scenario, args.resume) {
        (None, false) => list(args),
        (Some(name), false) => begin(args, name),
        (name, true) => resume(args, name.as_deref()),
    }
}

/// Lists the scenarios, and says how to begin.
fn list(args: &Args) -> Result<u8, Failure> {
    let mut screen = Screen::open(args.plain, args.color)?;
    let scenarios = brought();
    let count = scenarios.len();
    screen.text(&match count {
        0 => "There are no scenarios yet.".to_owned(),
        1 => "There is one scenario:".to_owned(),
        _ => format!("There are {count} scenarios:"),
    });
    for file in &scenarios {
        screen.blank();
        screen.labelled(2, &file.scenario, Ink::Strong, &format!("({})", wording::channel(file.channel)));
        screen.indented(4, &file.title);
        screen.indented(4, &file.trains);
    }
    screen.blank();
    if let Some(first) = scenarios.first() {
        screen.labelled(0, "Begin with", Ink::Plain, &format!("amends play {}", first.scenario));
    }
    screen.text("The coach helps you along. With --mode exam nobody does until the end.");
    screen.show()?;
    Ok(CLEAN)
}

fn begin(args: &Args, name: &str) -> Result<u8, Failure> {
    let ground = args.setup.ground_here()?;
    let choice = named(name)?;
    if Transcript::is_one(choice.yaml.as_bytes())
        && Path::new(name).extension().is_some_and(|e| e == EXTENSION)
    {
        return Err(Failure::at(Path::new(name), "this is a transcript; add --resume to go on with it"));
    }
    let scenario = read(choice, &ground.lexicon)?;
    let header = header(args, &scenario, lexicon_hash(&ground), args.mode, trainee(args));
    let folder = args.results.clone().or_else(own_folder);
    let (record, begun) = Record::begin(folder.as_deref(), &header, scenario.text());
    let trouble = trouble(args, folder.as_deref(), begun)?;
    let stage = ground.stage(&scenario);
    let replay = Replay::new(&stage, header.seed.into());
    let screen = Screen::open(args.plain, args.color)?;
    let mut conversation = open(screen, header, replay, record, home(args))?;
    conversation.open(trouble.as_deref())?;
    conversation.run()?;
    Ok(CLEAN)
}

/// The first line of a session that begins now.
pub(super) fn header(
    args: &Args,
    scenario: &Scenario,
    lexicon_hash: String,
    mode: Mode,
    trainee: Option<String>,
) -> Header {
    Header {
        program: env!("CARGO_PKG_VERSION").to_owned(),
        scenario: scenario.file.scenario.clone(),
        scenario_hash: scenario.hash(),
        lexicon_hash,
        seed: args.seed.unwrap_or_else(any_seed),
        mode,
        trainee,
        started: clock::stamp(),
    }
}

/// What to say when nothing can be saved. A trainer who named a folder wants it to be used.
fn trouble(
    args: &Args,
    folder: Option<&Path>,
    begun: std::io::Result<()>,
) -> Result<Option<String>, Failure> {
    match (begun, folder, &args.results) {
        (Ok(()), Some(_), _) => Ok(None),
        (Err(error), _, Some(results)) if error.kind() != std::io::ErrorKind::StorageFull => {
            Err(Failure::at(results, format_args!("cannot record here: {}", reason(&error))))
        }
        (Err(error), Some(folder), _) => Ok(Some(format!("{}: {}", folder.display(), reason(&error)))),
        (_, None, _) => Ok(Some("this system names no folder for it; use --results DIR".to_owned())),
    }
}

fn resume(args: &Args, name: Option<&str>) -> Result<u8, Failure> {
    let path = match name {
        Some(name) if Path::new(name).extension().is_some_and(|end| end == EXTENSION) => PathBuf::from(name),
        name => last_unfinished(args, name)?,
    };
    let (record, transcript) = Record::resume(&path).map_err(|error| no_resume(&path, error))?;
    let ground = args.setup.ground_here()?;
    let Transcript { header, scenario, events, .. } = transcript;
    let choice = Choice { path: path.to_string_lossy().into_owned(), yaml: scenario };
    let scenario = read(choice, &ground.lexicon)?;
    let stage = ground.stage(&scenario);
    let replay = Replay::of(&stage, header.seed.into(), &events);
    let hash = lexicon_hash(&ground);
    let has_changed = !header.is_by(&hash);
    let screen = Screen::open(args.plain, args.color)?;
    let mut conversation = open(screen, header, replay, record, home(args))?;
    conversation.reopen(hash, has_changed)?;
    conversation.run()?;
    Ok(CLEAN)
}

fn home(args: &Args) -> Home {
    args.results.clone().map_or(Home::Usual, Home::InFolder)
}

/// A conversation on this screen.
pub(super) fn open<'s>(
    screen: Screen,
    header: Header,
    replay: Replay<'s>,
    record: Record,
    home: Home,
) -> Result<Conversation<'s>, Failure> {
    let editor = editor::open(screen.is_terminal(), commands::ALL.names());
    Ok(Conversation::new(header, replay, record, screen, editor, home))
}

fn last_unfinished(args: &Args, scenario: Option<&str>) -> Result<PathBuf, Failure> {
    let Some(folder) = args.results.clone().or_else(own_folder) else {
        return Err(Failure::new("this system names no folder for transcripts: use --results DIR"));
    };
    let trainee = trainee(args);
    let wanted = Wanted { scenario, trainee: trainee.as_deref() };
    let found: Vec<Unfinished> = match unfinished(&folder, wanted) {
        Ok(found) => found.collect(),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
        Err(error) => return Err(Failure::at(&folder, reason(&error))),
    };
    let Some(newest) = found.first() else {
        return Err(Failure::new(nothing_to_resume(args, scenario)));
    };
    match found.iter().find(|one| one.header.trainee != newest.header.trainee) {
        Some(other) if args.results.is_some() => Err(Failure::new(format_args!(
            "several people have sessions to go on with here ({} and {} among them): say whose with --name",
            who(newest),
            who(other)
        ))),
        _ => Ok(newest.path.clone()),
    }
}

fn who(session: &Unfinished) -> String {
    session
        .header
        .trainee
        .as_deref()
        .map_or("one without a name".to_owned(), |name| escaped(name).to_string())
}

fn nothing_to_resume(args: &Args, scenario: Option<&str>) -> String {
    let of = scenario.map_or(String::new(), |name| format!(" of {}", escaped(name)));
    let by = args.name.as_deref().map_or(String::new(), |name| format!(" by {}", escaped(name.trim())));
    let place = args.results.as_deref().map_or(String::new(), |path| format!(" in {}", path.display()));
    format!("there is no unfinished session{of}{by}{place}; begin one with `amends play SCENARIO`")
}

pub(super) fn no_resume(path: &Path, error: NoResume) -> Failure {
    match error {
        NoResume::Busy => {
            Failure::at(path, "this session is going on in another window; leave it there first")
        }
        NoResume::Io(error) => Failure::at(path, reason(&error)),
        NoResume::Unreadable(why) => Failure::at(path, why),
    }
}

fn trainee(args: &Args) -> Option<String> {
    let name = args.name.as_deref()?.trim();
    (!name.is_empty()).then(|| name.chars().take(NAME_CHARS).collect())
}

/// Any number, another each time.
fn any_seed() -> u32 {
    let random = RandomState::new().build_hasher().finish();
    u32::try_from(random % SEEDS + 1).unwrap_or(1)
}
