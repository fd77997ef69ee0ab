//! The folder of a class: its settings and its roster, and the lexicon and the scenarios in it.

use std::path::{Path, PathBuf};

use super::{Args, Checked, count};
use crate::authoring::{Level, Sorted, check};
use crate::class::{CLASS_FILE, Plan, ROSTER_FILES, SCENARIOS};
use crate::cli::failure::Failure;
use crate::cli::setups::Layers;

/// The class that a path stands for: its folder, its class.yaml or its roster.
pub(super) fn named(path: &Path) -> Option<PathBuf> {
    if path.is_dir() {
        return path.join(CLASS_FILE).exists().then(|| path.to_owned());
    }
    let name = path.file_name()?.to_str()?;
    let is_ours = name == CLASS_FILE || ROSTER_FILES.contains(&name);
    let beside = path.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
    (is_ours && beside.join(CLASS_FILE).exists()).then(|| beside.to_owned())
}

/// Checks a class.
pub(super) fn check_class(args: &Args, folder: &Path) -> Result<u8, Failure> {
    let lowest = if args.quiet { Level::Mistake } else { Level::Warning };
    let mut checked = Checked::default();
    match Plan::read(folder) {
        Err(problems) => {
            checked.problems = problems;
            checked.class = Some("a class that cannot be used".to_owned());
        }
        Ok((plan, problems)) => {
            checked.problems.extend(problems.into_iter().map(|(_, problem)| problem));
            checked.class = Some(format!(
                "a class with {} and {}",
                count(plan.people.len(), "person", "people"),
                count(plan.assignments.len(), "assignment", "assignments")
            ));
            with_its_own(&mut checked, &plan)?;
        }
    }
    checked.show(args, lowest)
}

/// Checks the lexicon and the scenarios of the class's own.
fn with_its_own(checked: &mut Checked, plan: &Plan) -> Result<(), Failure> {
    let paths: Vec<PathBuf> = plan.layers.iter().filter(|layer| !is_empty(layer)).cloned().collect();
    let layers = Layers { paths, with_embedded: true };
    let mut sorted = Sorted::new(&layers.paths);
    sorted.scenarios = Sorted::new(&[plan.folder.join(SCENARIOS)]).scenarios;
    if !layers.paths.is_empty() {
        checked.lexicon(check::check(&layers.paths, true));
    }
    checked.own(&sorted, &layers)?;
    // What keeps a scenario from being read is found on both ways.
    let mut seen = Vec::new();
    checked.problems.retain(|problem| {
        let is_new = !seen.contains(problem);
        seen.push(problem.clone());
        is_new
    });
    Ok(())
}

/// Whether nobody has written a lexicon into the folder yet.
fn is_empty(folder: &Path) -> bool {
    folder.read_dir().is_ok_and(|mut entries| entries.next().is_none())
}
