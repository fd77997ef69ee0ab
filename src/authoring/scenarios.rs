//! Reads and checks scenarios as their authors write them.
//!
//! [`Scenario::read`] refuses what cannot be played.

mod draft;
mod ids;
mod lines;
mod names;
mod needs;
mod phrases;

use super::problem::Problem;
use crate::lexicon::Lexicon;
use crate::scenario::Scenario;

use draft::Draft;

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
}
