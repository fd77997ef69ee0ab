//! `amends class init`.

mod texts;
mod wish;

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use crate::authoring::Problem;
use crate::class::{
    CLASS_FILE, LEXICON, Plan, REVIEWS, ROSTER_FILES, SCENARIOS, SESSIONS, ground, read_roster,
};
use crate::cli::CLEAN;
use crate::cli::failure::{Failure, reason};
use crate::cli::output::Output;
use crate::report::escape::escaped;
use crate::wording::counted;

use wish::Wish;

/// Make the folder of a class
///
/// Writes class.yaml, a roster and a README.txt, with a comment at everything that can be changed.
/// Share the folder with your class, so that everybody may write into it.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The folder: a new one, or an empty one
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// What the class is called; the folder's name, unless you say so
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// The names of your class, to be copied: a CSV with a column `name`, or YAML
    #[arg(long, value_name = "FILE")]
    roster: Option<PathBuf>,
    /// What is to be played, as an exam if you like, and by when; may be given several times. The file
    /// of a scenario of your own is copied
    #[arg(long = "scenario", value_name = "NAME[:exam][@DUE]")]
    scenarios: Vec<String>,
    /// A lexicon of your own, to be copied and laid over the one that amends brings
    #[arg(long, value_name = "DIR")]
    lexicon: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  amends class init autumn                                    a class to begin with
  amends class init autumn --roster names.csv                 with your names
  amends class init autumn --scenario broken-tv --scenario windshield:exam@2026-12-01
  amends class init autumn --lexicon our-lexicon --scenario ours/lost-parcel.yaml

No file is ever overwritten.";

/// What a class is played with, unless the trainer chooses: the counter, the telephone, a promise
/// kept, and an exam with what has been learnt.
const USUAL: [&str; 4] = ["broken-tv", "laptop-again", "cold-coffee-maker", "trapped-garage:exam"];

/// Makes the folder, and hands back the exit code.
pub(super) fn run(args: &Args) -> Result<u8, Failure> {
    is_free(&args.folder)?;
    let wishes = wishes(args)?;
    let roster = args.roster.as_deref().map(roster).transpose()?;
    if let Some(lexicon) = &args.lexicon {
        if !lexicon.is_dir() {
            return Err(Failure::at(lexicon, "there is no such folder"));
        }
        ground(std::slice::from_ref(lexicon)).map_err(|problems| cannot("the lexicon", &problems))?;
    }
    let name = args.name.clone().unwrap_or_else(|| usual_name(&args.folder));
    let made = make(args, &name, &wishes, roster.as_ref());
    made.map_err(|(path, error)| Failure::at(&path, reason(&error)))?;
    let (plan, problems) = Plan::read(&args.folder).map_err(|problems| cannot("the class", &problems))?;
    if !problems.is_empty() {
        let problems: Vec<Problem> = problems.into_iter().map(|(_, problem)| problem).collect();
        return Err(cannot("the class", &problems));
    }
    tell(args, &plan)
}

fn cannot(what: &str, problems: &[Problem]) -> Failure {
    Failure::problems(&format!("{what} cannot be used"), problems)
}

/// Refuses a folder that holds something else.
fn is_free(folder: &Path) -> Result<(), Failure> {
    if folder.join(CLASS_FILE).exists() {
        let shown = folder.display().to_string();
        let message =
            format!("there is a class in it already; `amends check {}` looks at it", escaped(&shown));
        return Err(Failure::at(folder, message));
    }
    match fs::read_dir(folder) {
        Ok(entries) => {
            let is_seen = |name: String| !name.starts_with('.');
            let found = entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
            match found.filter(|name| is_seen(name.clone())).min() {
                Some(name) => Err(Failure::at(
                    folder,
                    format_args!("it holds something else ({}): name a new folder", escaped(&name)),
                )),
                None => Ok(()),
            }
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) if error.kind() == ErrorKind::NotADirectory => {
            Err(Failure::at(folder, "there is a file of this name: name a new folder"))
        }
        Err(error) => Err(Failure::at(folder, reason(&error))),
    }
}

fn wishes(args: &Args) -> Result<Vec<Wish>, Failure> {
    let wishes: Vec<Wish> = if args.scenarios.is_empty() {
        USUAL.iter().map(|wish| Wish::read(wish)).collect::<Result<_, _>>()?
    } else {
        args.scenarios.iter().map(|wish| Wish::read(wish)).collect::<Result<_, _>>()?
    };
    for (number, wish) in wishes.iter().enumerate() {
        if wishes[..number].iter().any(|other| other.name == wish.name && other.mode == wish.mode) {
            return Err(Failure::new(format_args!("{} is named twice in one mode: name it once", wish.name)));
        }
    }
    Ok(wishes)
}

/// The roster's name in the class, and its text.
fn roster(path: &Path) -> Result<(&'static str, Vec<u8>), Failure> {
    let problems = read_roster(path);
    if !problems.is_empty() {
        return Err(cannot("the roster", &problems));
    }
    let is_yaml = path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml");
    let text = fs::read(path).map_err(|error| Failure::at(path, reason(&error)))?;
    Ok((ROSTER_FILES[usize::from(is_yaml)], text))
}

/// `autumn-intake` as `Autumn intake`.
fn usual_name(folder: &Path) -> String {
    let whole = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let name = whole.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let words = name.replace(['-', '_'], " ");
    let mut letters = words.trim().chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    first.map_or("Our class".to_owned(), |first| first + letters.as_str())
}

type Made = Result<(), (PathBuf, std::io::Error)>;

fn make(args: &Args, name: &str, wishes: &[Wish], roster: Option<&(&str, Vec<u8>)>) -> Made {
    let folder = &args.folder;
    make_folder(folder)?;
    for wish in wishes {
        if let Some((_, yaml)) = &wish.own {
            make_folder(&folder.join(SCENARIOS))?;
            write(&folder.join(SCENARIOS).join(format!("{}.yaml", wish.name)), yaml.as_bytes())?;
        }
    }
    if let Some(lexicon) = &args.lexicon {
        copy(lexicon, &folder.join(LEXICON))?;
    }
    make_folder(&folder.join(SESSIONS))?;
    make_folder(&folder.join(REVIEWS))?;
    match roster {
        Some((file, text)) => write(&folder.join(file), text)?,
        None => write(&folder.join(ROSTER_FILES[0]), texts::ROSTER.as_bytes())?,
    }
    write(&folder.join("README.txt"), texts::readme(name).as_bytes())?;
    // It makes the folder a class, so it comes last.
    write(&folder.join(CLASS_FILE), texts::class_yaml(name, wishes).as_bytes())
}

fn make_folder(path: &Path) -> Made {
    fs::create_dir_all(path).map_err(|error| (path.to_owned(), error))
}

fn write(path: &Path, text: &[u8]) -> Made {
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    file.and_then(|mut file| file.write_all(text)).map_err(|error| (path.to_owned(), error))
}

/// Copies the YAML files of a folder and of those below it.
fn copy(from: &Path, to: &Path) -> Made {
    make_folder(to)?;
    let entries = fs::read_dir(from).map_err(|error| (from.to_owned(), error))?;
    for entry in entries {
        let path = entry.map_err(|error| (from.to_owned(), error))?.path();
        let Some(name) = path.file_name() else { continue };
        if path.is_dir() && !path.is_symlink() {
            copy(&path, &to.join(name))?;
        } else if path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml") {
            let text = fs::read(&path).map_err(|error| (path.clone(), error))?;
            write(&to.join(name), &text)?;
        }
    }
    Ok(())
}

fn tell(args: &Args, plan: &Plan) -> Result<u8, Failure> {
    let folder = escaped(&args.folder.display().to_string()).to_string();
    let quoted = if folder.contains(' ') { format!("\"{folder}\"") } else { folder.clone() };
    let people = match &args.roster {
        Some(_) => counted(plan.people.len(), "person", "people"),
        None => "three names as an example: write yours in their place".to_owned(),
    };
    let scenarios = counted(plan.assignments.len(), "scenario", "scenarios");
    let roster = ROSTER_FILES.iter().find(|name| args.folder.join(name).exists()).unwrap_or(&ROSTER_FILES[0]);
    let first_step = match &args.roster {
        Some(_) => "See whether everything is right".to_owned(),
        None => format!("Put your names into {roster}, and then see whether everything is right"),
    };
    let first = plan.people.first().map_or("NAME", |person| person.name.as_str());
    let first = escaped(first);
    let mut output = Output::open(None)?;
    output.write(|out| {
        writeln!(out, "Made the class \"{}\" in {folder}.", escaped(&plan.name))?;
        writeln!(out)?;
        writeln!(out, "  {CLASS_FILE:<12} {scenarios}: change them, and say by when")?;
        writeln!(out, "  {roster:<12} {people}")?;
        writeln!(out, "  README.txt   how it works, for you and whoever helps you")?;
        writeln!(out)?;
        writeln!(out, "Next:")?;
        writeln!(out, "  1. {first_step}:")?;
        writeln!(out, "       amends check {quoted}")?;
        writeln!(out, "  2. Share the folder, so that everybody of the class may write into it. They type:")?;
        writeln!(out, "       amends play --class {quoted} --name \"{first}\"")?;
        writeln!(out, "  3. See how they did, and add your own marks:")?;
        writeln!(out, "       amends class report {quoted} --output report.html")?;
        writeln!(out, "       amends class review {quoted} --name \"YOUR NAME\"")
    })?;
    output.flush()?;
    Ok(CLEAN)
}
