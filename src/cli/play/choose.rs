//! Which scenario is meant.

use std::path::Path;

use crate::authoring::scenarios;
use crate::cli::failure::Failure;
use crate::lexicon::Lexicon;
use crate::nearest::nearest;
use crate::report::escape::escaped;
use crate::scenario::{Scenario, ScenarioFile};
use crate::{embedded, yaml};

/// A scenario that was named, not yet read.
#[derive(Debug)]
pub(in crate::cli) struct Choice {
    /// How to name it in messages.
    pub(in crate::cli) path: String,
    pub(in crate::cli) yaml: String,
}

/// The scenario of this name, or the one in this file.
pub(in crate::cli) fn named(name: &str) -> Result<Choice, Failure> {
    let scenarios = embedded::scenarios();
    if let Some((name, yaml)) = scenarios.iter().find(|(own, _)| *own == name) {
        return Ok(Choice { path: (*name).to_owned(), yaml: (*yaml).to_owned() });
    }
    let path = Path::new(name);
    if path.exists() {
        return file(path);
    }
    let is_file = name.contains(['/', '\\']) || path.extension().is_some();
    if is_file {
        return Err(Failure::at(path, "there is no such file; `amends play` lists the scenarios by name"));
    }
    Err(match nearest(name, scenarios.iter().map(|(name, _)| *name)) {
        Some(meant) => {
            Failure::new(format_args!("there is no scenario {}: did you mean `{meant}`?", escaped(name)))
        }
        None => {
            Failure::new(format_args!("there is no scenario {}: `amends play` lists them", escaped(name)))
        }
    })
}

fn file(path: &Path) -> Result<Choice, Failure> {
    let yaml = yaml::read_text(path).map_err(|mistake| Failure::at(path, mistake.message))?;
    Ok(Choice { path: path.to_string_lossy().into_owned(), yaml })
}

/// Makes a scenario of what was chosen.
pub(in crate::cli) fn read(choice: Choice, lexicon: &Lexicon) -> Result<Scenario, Failure> {
    let Choice { path, yaml } = choice;
    Scenario::read(&path, yaml, lexicon)
        .map_err(|problems| Failure::problems("this scenario cannot be played", &problems))
}

/// What amends brings, for the list. One that cannot be read is left out here, and refused when named.
pub(super) fn brought() -> Vec<ScenarioFile> {
    let brought = embedded::scenarios().iter();
    brought.filter_map(|(name, yaml)| scenarios::read_file(name, (*yaml).to_owned()).ok()).collect()
}
