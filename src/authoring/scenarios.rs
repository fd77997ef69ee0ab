//! Reads and checks scenarios as their authors write them.
//!
//! [`Scenario::read`] refuses what cannot be played; [`check`] tells authors everything.

mod cues;
mod draft;
mod heard;
mod ids;
mod lines;
mod names;
mod needs;
mod phrases;
mod scenes;
mod speech;
mod steps;
mod unused;

use std::path::{Path, PathBuf};

use super::kind::is_scenario_file;
use super::layer::yaml_files;
use super::problem::Problem;
use crate::lexicon::Lexicon;
use crate::scenario::{Scenario, ScenarioFile};

use draft::Draft;
use heard::Heard;

/// Checks a scenario, which `name` stands for in what is said about it: every mistake and every
/// doubt, in the order of places.
#[must_use]
pub fn check(name: &str, text: String, lexicon: &Lexicon) -> Vec<Problem> {
    let mut draft = Draft::read(name, text);
    draft.soundness(lexicon);
    if let Some(file) = &draft.file {
        let root = draft.root();
        let heard = Heard::new(file, lexicon);
        let found = [
            speech::check(file, root),
            speech::texts(file, root, name),
            steps::check(file, root, lexicon),
            scenes::check(file, root, &heard),
            cues::check(file, root, &heard),
            unused::clashes(file, root, lexicon),
            unused::topics(file, root),
        ];
        draft.problems.extend(found.into_iter().flatten());
    }
    draft.sort();
    draft.problems
}

/// Reads what a scenario says, without trying whether it can be played.
///
/// # Errors
/// When it has not the shape of a scenario: every mistake of that kind.
pub fn read_file(name: &str, text: String) -> Result<ScenarioFile, Vec<Problem>> {
    let draft = Draft::read(name, text);
    draft.file.ok_or(draft.problems)
}

/// The scenarios that a path names: itself, or the scenarios in a folder and below it, by name.
///
/// # Errors
/// When a folder cannot be read, or holds no YAML at all.
pub fn files(path: &Path) -> Result<Vec<PathBuf>, Vec<Problem>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut problems = Vec::new();
    let mut paths = yaml_files(path, &mut problems);
    paths.retain(|path| is_scenario_file(path));
    if problems.is_empty() { Ok(paths) } else { Err(problems) }
}

impl Scenario {
    /// Reads the YAML of a scenario, which `name` stands for in what is said about it: a path.
    ///
    /// # Errors
    /// When it cannot be played: every mistake that keeps it from that, in the order of places.
    pub fn read(name: &str, text: String, lexicon: &Lexicon) -> Result<Self, Vec<Problem>> {
        let mut draft = Draft::read(name, text);
        draft.soundness(lexicon);
        match draft.file {
            Some(file) if draft.problems.is_empty() => Ok(Self::new(file, draft.text, &lexicon.words)),
            _ => Err(draft.problems),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::embedded;
    use crate::scenario::{MentionKind, TEMPLATE_NAME, template};

    /// The scenario that authors begin with.
    fn scenario() -> Scenario {
        let problems =
            |problems: Vec<Problem>| -> Vec<String> { problems.iter().map(ToString::to_string).collect() };
        Scenario::read("a.yaml", template(TEMPLATE_NAME), &embedded::lexicon()).map_err(problems).unwrap()
    }

    #[test]
    fn the_template_loads_under_another_name() {
        let text = template("wet-sofa");
        let scenario = Scenario::read("wet-sofa.yaml", text.clone(), &embedded::lexicon()).unwrap();
        assert_eq!((scenario.file.scenario.as_str(), scenario.text()), ("wet-sofa", text.as_str()));
        assert_ne!(scenario.hash(), self::scenario().hash());
    }

    #[test]
    fn replies_mention_what_is_in_the_scenario() {
        let scenario = scenario();
        let reply =
            "I'm sorry. Your daughter's ride! I can't lend you a bike, but I'll bring it to your door.";
        let heard = scenario.hear(reply);
        let heard: Vec<_> =
            heard.iter().map(|hit| (hit.topic, hit.kind, &reply[hit.span.range()], hit.sentence)).collect();
        let expected = [
            ("the-ride", MentionKind::Harm, "Your daughter's ride", 1),
            ("mended-tonight", MentionKind::Remedy, "bring it to your door", 2),
        ];
        assert_eq!(heard, expected);
    }

    #[test]
    fn an_offer_that_is_denied_is_none() {
        let scenario = scenario();
        let topics = |reply| scenario.hear(reply).iter().map(|hit| hit.topic).collect::<Vec<_>>();
        assert_eq!(topics("I cannot lend you a bicycle."), [""; 0]);
        assert_eq!(topics("Why don't I lend you a bicycle?"), ["bicycle-on-loan"]);
        assert_eq!(topics("I'll lend you a bicycle."), ["bicycle-on-loan"]);
        assert_eq!(topics("We did not keep our word."), ["broken-word"]);
    }
}
