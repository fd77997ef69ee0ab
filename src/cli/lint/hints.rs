//! What somebody probably wants to know who asked for something that finds nothing.

use std::path::PathBuf;

use super::Args;
use crate::cli::failure::remark;
use crate::cli::files::Job;
use crate::cli::setups::Setup;
use crate::document::FileType;
use crate::lint::TextKind;
use crate::report::escape::escaped;

/// Gives the hints that fit.
pub(super) fn give(args: &Args, jobs: &[Job], setups: &[Setup<'_>]) {
    if args.statistics && !args.format.can_count() {
        remark("--statistics counts in the formats text and json; this one lists the findings as ever");
    }
    if jobs.is_empty() {
        remark(nothing_found(&args.paths));
    } else if setups.iter().any(|setup| selects_absence(args, setup))
        && jobs.iter().all(|job| job.kind != Some(TextKind::Recovery))
    {
        remark(
            "what is missing is reported only in answers to a complaint, and no text here is known as one; \
             add --kind recovery, or name them under `kind:` in amends.yaml",
        );
    }
}

/// Whether only rules are asked for that report what is missing.
fn selects_absence(args: &Args, setup: &Setup<'_>) -> bool {
    let rules = &setup.lexicon.rules;
    let is_selected = |name: &String| {
        let mut meant = rules.iter().filter(|rule| rule.id == *name || rule.family == *name).peekable();
        meant.peek().is_some() && meant.all(|rule| !rule.absent.is_empty())
    };
    !args.select.is_empty() && args.select.iter().all(is_selected)
}

fn nothing_found(paths: &[PathBuf]) -> String {
    let folders: Vec<String> =
        paths.iter().map(|path| escaped(&path.to_string_lossy()).to_string()).collect();
    let endings: Vec<String> = FileType::endings().map(|ending| format!(".{ending}")).collect();
    format!(
        "no text was found in {}: of a folder those files are read whose names end in {}; hidden files are not, \
         nor what .gitignore or amends.yaml leaves out; a file that you name is always read",
        folders.join(", "),
        endings.join(", "),
    )
}
