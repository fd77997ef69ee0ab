//! `amends check`.

mod class;

use std::path::PathBuf;

use super::failure::Failure;
use super::output::Output;
use super::setups::{Layers, SetupArgs};
use super::{CLEAN, FINDINGS};
use crate::authoring::check::{self, Outcome};
use crate::authoring::{Level, Problem, Sorted, drills, scenarios};
use crate::report::escape::escaped;
use crate::session::Ground;
use crate::wording::{counted, listed};
use crate::{embedded, yaml};

/// Check a lexicon, drills or scenarios: every mistake, its place and the remedy
///
/// Reads files and folders. What is of a lexicon is laid over the lexicon that amends brings, and
/// tells what is wrong: YAML, unknown keys and names, phrases, texts that are missing, and examples
/// that fail. A folder that holds all built-in families itself is checked on its own. The prompts of
/// drills are tried: bad words that are not heard, models that do not pass. Scenarios are played: cues
/// that are never said, steps that cannot be passed, models that do not come out as they say. The keys
/// of a file tell which it is. A folder with a class.yaml is a class: its settings, its roster, and its
/// own lexicon and scenarios are checked.
///
/// Without a PATH it checks the lexicons that amends.yaml names, or else the one that amends brings,
/// and the drills and scenarios that amends brings.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Folders and files of a lexicon, drills, and scenarios
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Leave out warnings
    #[arg(long, short, conflicts_with = "verbose")]
    quiet: bool,
    /// Tell every phrase that no example has, rather than the first of a rule
    #[arg(long, short)]
    verbose: bool,

    #[command(flatten)]
    setup: SetupArgs,
}

const EXAMPLES: &str = "\
Examples:
  amends check our-lexicon/                          what you add to the lexicon that amends brings
  amends check our-lexicon/ --no-default-lexicon     the same on its own
  amends check wet-sofa.yaml                         a scenario
  amends check our-lexicon/drills                    the drills in it
  amends check autumn/                               a class: its roster, and all that is in it
  amends check                                       what amends.yaml names, or what amends brings

Exit code: 0 no mistake (warnings do not count), 1 mistakes, 2 trouble, such as a path that is not
there.";

/// Checks, and hands back the exit code.
pub(super) fn run(args: &Args) -> Result<u8, Failure> {
    if let Some(path) = args.paths.iter().find(|path| !path.exists()) {
        return Err(Failure::at(path, "there is no such file or folder"));
    }
    if let Some(folder) = args.paths.iter().find_map(|path| class::named(path)) {
        if args.paths.len() > 1 {
            return Err(Failure::at(&folder, "this is a class: check it by itself"));
        }
        return class::check_class(args, &folder);
    }
    let sorted = Sorted::new(&args.paths);
    let names_nothing = args.paths.is_empty();
    let layers = args.layers(&sorted.lexicon)?;
    layers.exist()?;
    // Nobody but us can do anything about the warnings of what amends brings.
    let lowest =
        if args.quiet || names_nothing && layers.is_built_in() { Level::Mistake } else { Level::Warning };

    let mut checked = Checked::default();
    if names_nothing || !sorted.lexicon.is_empty() {
        checked.lexicon(check::check(&layers.paths, layers.with_embedded));
    }
    if names_nothing && layers.with_embedded {
        checked.shipped(&layers)?;
    } else {
        checked.own(&sorted, &layers)?;
    }
    checked.show(args, lowest)
}

impl Args {
    /// The lexicon that is checked, or that the scenarios are played with.
    fn layers(&self, named: &[PathBuf]) -> Result<Layers, Failure> {
        if named.is_empty() {
            return self.setup.layers_here();
        }
        let paths = self.setup.lexicon.iter().chain(named).cloned().collect();
        Ok(Layers { paths, with_embedded: !self.setup.no_default_lexicon })
    }
}

/// What was found so far.
#[derive(Default)]
struct Checked {
    problems: Vec<Problem>,
    /// What was found in the lexicon, if it was checked.
    lexicon: Option<Outcome>,
    drills: usize,
    scenarios: usize,
    /// The class, in words, if one was checked.
    class: Option<String>,
    /// Whether drills or scenarios were named that could not be checked.
    is_rest_left: bool,
}

/// Texts with the names that stand for them, or why there are none.
type Named = Vec<(String, Result<String, yaml::Mistake>)>;

impl Checked {
    /// Takes over what was found in a lexicon.
    fn lexicon(&mut self, outcome: Outcome) {
        self.problems.extend(outcome.problems.iter().cloned());
        self.lexicon = Some(outcome);
    }

    /// What drills and scenarios are tried with; nothing if the lexicon that was checked has mistakes.
    fn ground(&self, layers: &Layers) -> Result<Option<Ground>, Failure> {
        match &self.lexicon {
            Some(outcome) if outcome.count(Level::Mistake) > 0 => Ok(None),
            Some(Outcome { lexicon, coaching, .. }) => Ok(Some(Ground {
                matcher: layers.matcher(lexicon),
                lexicon: lexicon.clone(),
                coaching: coaching.clone(),
            })),
            None => layers.ground().map(Some),
        }
    }

    /// Checks the drills and the scenarios that amends brings, and the drills of layers over them.
    fn shipped(&mut self, layers: &Layers) -> Result<(), Failure> {
        let Some(ground) = self.ground(layers)? else { return Ok(()) };
        let texts = embedded::scenarios().iter();
        let named: Named =
            texts.map(|(name, text)| (format!("<built-in>/{name}.yaml"), Ok((*text).to_owned()))).collect();
        let before = self.problems.len();
        self.problems.extend(drills::check_built_in(&ground));
        self.drills = embedded::drills().files().len();
        self.scenarios(named, &ground);
        let mut new = self.problems.split_off(before);
        new.retain(|problem| problem.level == Level::Mistake);
        self.problems.extend(new);
        self.drills(&Sorted::new(&layers.paths).drills, &ground);
        Ok(())
    }

    /// Checks the drills and the scenarios that the user named.
    fn own(&mut self, sorted: &Sorted, layers: &Layers) -> Result<(), Failure> {
        if sorted.scenarios.is_empty() && sorted.drills.is_empty() {
            return Ok(());
        }
        let Some(ground) = self.ground(layers)? else {
            self.is_rest_left = true;
            return Ok(());
        };
        let texts = sorted.scenarios.iter();
        let named = texts.map(|path| (path.display().to_string(), yaml::read_text(path))).collect();
        self.drills(&sorted.drills, &ground);
        self.scenarios(named, &ground);
        Ok(())
    }

    fn drills(&mut self, files: &[PathBuf], ground: &Ground) {
        self.drills += files.len();
        self.problems.extend(drills::check(files, ground));
    }

    fn scenarios(&mut self, named: Named, ground: &Ground) {
        self.scenarios = named.len();
        for (name, text) in named {
            match text {
                Ok(text) => self.problems.extend(scenarios::check(&name, text, ground)),
                Err(mistake) => self.problems.push(Problem::of_file(&name, mistake)),
            }
        }
    }

    /// Tells what was found, and hands back the exit code.
    fn show(&self, args: &Args, lowest: Level) -> Result<u8, Failure> {
        let mut output = Output::open(None)?;
        output.write(|out| {
            let shown = self.problems.iter().filter(|problem| problem.level <= lowest);
            for problem in shown {
                writeln!(out, "{problem}")?;
                let details = problem.details.iter().filter(|_| args.verbose);
                details.into_iter().try_for_each(|detail| writeln!(out, "    {}", escaped(detail)))?;
            }
            writeln!(out, "{}", self.summary(lowest))
        })?;
        output.flush()?;
        Ok(if self.count(Level::Mistake) == 0 { CLEAN } else { FINDINGS })
    }

    fn count(&self, level: Level) -> usize {
        self.problems.iter().filter(|problem| problem.level == level).count()
    }

    fn summary(&self, lowest: Level) -> String {
        let mut text = match self.count(Level::Mistake) {
            0 => "No mistakes".to_owned(),
            mistakes => count(mistakes, "mistake", "mistakes"),
        };
        if lowest == Level::Warning {
            text.push_str(&format!(", {}", count(self.count(Level::Warning), "warning", "warnings")));
        }
        let files = self.lexicon.iter().map(|outcome| count(outcome.files, "file", "files"));
        let scenarios = (self.scenarios > 0).then(|| count(self.scenarios, "scenario", "scenarios"));
        let drills = (self.drills > 0).then(|| count(self.drills, "file of drills", "files of drills"));
        let class = self.class.clone();
        let checked: Vec<String> = class.into_iter().chain(files).chain(drills).chain(scenarios).collect();
        text.push_str(&format!(" in {}.", listed(&checked, "and")));
        text.extend(self.lexicon.iter().map(of_lexicon));
        if self.is_rest_left {
            text.push_str(" Drills and scenarios were not checked: correct the lexicon first.");
        }
        text
    }
}

fn of_lexicon(outcome: &Outcome) -> String {
    let Outcome { lexicon, has_built_in, .. } = outcome;
    let phrases = lexicon.rules.iter().map(|rule| rule.phrases.len()).sum();
    let examples = lexicon.rules.iter().map(|rule| rule.flags.len() + rule.allows.len()).sum();
    format!(
        " The lexicon{} has {}, {}, {} and {}.",
        if *has_built_in { ", with what amends brings," } else { "" },
        count(lexicon.families.len(), "family", "families"),
        count(lexicon.rules.len(), "rule", "rules"),
        count(phrases, "phrase", "phrases"),
        count(examples, "example", "examples"),
    )
}

fn count(number: usize, one: &str, many: &str) -> String {
    if number == 0 { format!("no {many}") } else { counted(number, one, many) }
}
