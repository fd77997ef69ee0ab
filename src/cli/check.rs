//! `amends check`.

use std::path::PathBuf;

use super::failure::Failure;
use super::output::Output;
use super::setups::{Layers, SetupArgs};
use super::{CLEAN, FINDINGS};
use crate::authoring::Level;
use crate::authoring::check::{self, Outcome};
use crate::report::escape::escaped;

/// Check a lexicon: every mistake with its place and what to do about it
///
/// Reads folders and files of a lexicon, lays them over the lexicon that amends brings, and tells
/// what is wrong: YAML, unknown keys and names, phrases, texts that are missing, and examples that
/// fail. A folder that holds all built-in families itself is checked on its own.
///
/// Without a PATH it checks the lexicons that amends.yaml names, or else the one that amends brings.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Folders and files of a lexicon
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
  amends check                                       what amends.yaml names, or what amends brings

Exit code: 0 no mistake (warnings do not count), 1 mistakes, 2 trouble, such as a path that is not
there.";

/// Checks, and hands back the exit code.
pub(super) fn run(args: &Args) -> Result<u8, Failure> {
    let layers = if args.paths.is_empty() {
        args.setup.layers_here()?
    } else {
        let paths = args.setup.lexicon.iter().chain(&args.paths).cloned().collect();
        Layers { paths, with_embedded: !args.setup.no_default_lexicon }
    };
    layers.exist()?;
    let outcome = check::check(&layers.paths, layers.with_embedded);
    // Nobody but us can do anything about the warnings of the lexicon that amends brings.
    let lowest = if args.quiet || layers.is_built_in() { Level::Mistake } else { Level::Warning };
    let mut output = Output::open(None)?;
    output.write(|out| {
        let shown = outcome.problems.iter().filter(|problem| problem.level <= lowest);
        for problem in shown {
            writeln!(out, "{problem}")?;
            let details = problem.details.iter().filter(|_| args.verbose);
            details.into_iter().try_for_each(|detail| writeln!(out, "    {}", escaped(detail)))?;
        }
        writeln!(out, "{}", summary(&outcome, lowest))
    })?;
    output.flush()?;
    Ok(if outcome.count(Level::Mistake) == 0 { CLEAN } else { FINDINGS })
}

fn summary(outcome: &Outcome, lowest: Level) -> String {
    let Outcome { lexicon, files, has_built_in, .. } = outcome;
    let mut found = match outcome.count(Level::Mistake) {
        0 => "No mistakes".to_owned(),
        mistakes => count(mistakes, "mistake", "mistakes"),
    };
    if lowest == Level::Warning {
        found.push_str(&format!(", {}", count(outcome.count(Level::Warning), "warning", "warnings")));
    }
    let phrases = lexicon.rules.iter().map(|rule| rule.phrases.len()).sum();
    let examples = lexicon.rules.iter().map(|rule| rule.flags.len() + rule.allows.len()).sum();
    format!(
        "{found} in {}. The lexicon{} has {}, {}, {} and {}.",
        count(*files, "file", "files"),
        if *has_built_in { ", with what amends brings," } else { "" },
        count(lexicon.families.len(), "family", "families"),
        count(lexicon.rules.len(), "rule", "rules"),
        count(phrases, "phrase", "phrases"),
        count(examples, "example", "examples"),
    )
}

fn count(number: usize, one: &str, many: &str) -> String {
    match number {
        0 => format!("no {many}"),
        1 => format!("1 {one}"),
        _ => format!("{number} {many}"),
    }
}
