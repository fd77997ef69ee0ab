//! Reads and checks scenarios as their authors write them.
//!
//! [`Scenario::read`] refuses what cannot be played; [`check`] tells authors everything.

mod answers;
mod casebook;
mod cues;
mod draft;
mod heard;
mod ids;
mod lines;
mod models;
mod names;
mod needs;
mod phrases;
mod scenes;
mod speech;
mod steps;
mod unused;

use std::path::{Path, PathBuf};

use super::kind::Meant;
use super::layer::yaml_files;
use super::problem::Problem;
use crate::lexicon::Lexicon;
use crate::scenario::{Scenario, ScenarioFile};
use crate::session::Ground;

use draft::Draft;
use heard::Heard;

/// Checks a scenario, which `name` stands for in what is said about it: every mistake and every
/// doubt, in the order of places. Its models are played.
#[must_use]
pub fn check(name: &str, text: String, ground: &Ground) -> Vec<Problem> {
    let lexicon = &ground.lexicon;
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
            casebook::check(file, root),
            cues::check(file, root, &heard),
            unused::clashes(file, root, lexicon),
            unused::topics(file, root),
            unused::costs(file, root, lexicon),
            play(&draft, ground),
        ];
        draft.problems.extend(found.into_iter().flatten());
    }
    draft.sort();
    draft.problems
}

/// What shows only when the scenario is played, if it can be.
fn play(draft: &Draft, ground: &Ground) -> Vec<Problem> {
    let Some(file) = draft.file.clone().filter(|_| draft.problems.is_empty()) else { return Vec::new() };
    let scenario = Scenario::new(file, draft.text.clone(), &ground.lexicon.words);
    let stage = ground.stage(&scenario);
    let mut problems = answers::check(&stage, draft.root());
    problems.extend(models::check(&stage, draft.root()));
    problems
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
/// When a folder cannot be read.
pub fn files(path: &Path) -> Result<Vec<PathBuf>, Vec<Problem>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut problems = Vec::new();
    let mut paths = yaml_files(path, &mut problems);
    paths.retain(|path| Meant::of_file(path) == Meant::Scenario);
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

    /// What is said about the template after these changes of its text.
    fn told(changes: &[(&str, &str)]) -> String {
        let mut text = template(TEMPLATE_NAME);
        for (before, after) in changes {
            assert!(text.contains(before), "{before}");
            text = text.replacen(before, after, 1);
        }
        let problems = check("promised-friday.yaml", text.clone(), &embedded::ground());
        problems.iter().map(|problem| format!("{}\n", shown(&text, problem))).collect()
    }

    /// A problem behind the words at which it stands: their line may change.
    fn shown(text: &str, problem: &Problem) -> String {
        let position = problem.position.expect("every problem has a place");
        let line = text.lines().nth(position.line - 1).unwrap_or_default();
        let words: String = line.chars().skip(position.column - 1).take(24).collect();
        let problem = problem.to_string();
        let message = problem.split_once(": ").map_or(problem.as_str(), |(_, message)| message);
        format!("{words} ... {message}")
    }

    #[test]
    fn the_template_has_no_mistakes() {
        assert_eq!(told(&[]), "");
    }

    #[test]
    fn what_is_not_yaml_of_a_scenario_is_refused() {
        insta::assert_snapshot!(told(&[
            ("at-fault: yes", "at-fault: maybe"),
            ("trains:", "trians:"),
            ("anger: 70", "anger: hot"),
            ("goodwill: 50", "goodwill: 101"),
            ("patience: 12", "patience: 0"),
            ("      check-back: >", "      check-bak: >"),
        ]));
    }

    #[test]
    fn what_keeps_a_scenario_from_being_played_is_told() {
        insta::assert_snapshot!(told(&[
            ("quality: poor", "quality: middling"),
            ("id: came-for-nothing", "id: the-ride"),
            ("id: broken-word", "id: Broken Word"),
            ("phrases: [sam]", "phrases: []"),
            ("    - \"You said that.\"\n    - \"I heard it the first time.\"\n", ""),
            ("  again:\n", "  again: []\n"),
        ]));
    }

    #[test]
    fn names_phrases_and_numbers_that_cannot_be_used_are_told() {
        insta::assert_snapshot!(told(&[
            ("heard: [policy-shield]", "heard: [policy-sheild]"),
            ("any: [thanks]", "any: [thnaks, zzz]"),
            ("- (two|the|a|by) bus*", "- (two|the|a|by bus*"),
            ("- by (when|what time)", "- '{ourr} time'"),
            ("scene: alert", "scene: check-back"),
        ]));
    }

    #[test]
    fn cues_that_are_never_said_are_told() {
        insta::assert_snapshot!(told(&[
            (
                "heard: [the-ride], with: [apology], step: [apologize]",
                "heard: [the-ride], without: [the-ride]"
            ),
            (
                "heard: [came-for-nothing], step: [apologize]",
                "heard: [sorry-you-feel], before: [fake-apology]"
            ),
            ("heard: [the-illness], step: [apologize]", "heard: [the-illness], step: [document]"),
            ("heard: [sam, staff-blame]", "times: 2, goodwill: { below: 1 }"),
            ("heard: [policy-shield] }", "heard: [no-apology], anger: { above: 60, below: 61 } }"),
            (
                "heard: [brush-off, minimiser, dead-end], step: [apologize]",
                "after: [apology], before: [apology]"
            ),
            ("heard: [fake-apology]", "heard: [ticket], with: [apology], times: 20"),
        ]));
    }

    #[test]
    fn a_cue_that_always_fits_is_told_and_one_behind_a_wider_one() {
        insta::assert_snapshot!(told(&[
            ("when: { heard: [policy-shield] }", "when: {}"),
            ("heard: [fake-apology]", "heard: [ticket], step: [fix]"),
        ]));
    }

    #[test]
    fn lines_that_are_too_few_or_not_like_her_are_told() {
        insta::assert_snapshot!(told(&[
            ("    - \"I heard it the first time.\"\n", ""),
            ("\"That would save tomorrow.\"", "\"That would do, yes!\""),
            ("\"Go on.\"", "\"My LAWYER, Sir.\""),
            ("\"Well?\"", "\" \""),
            ("    - You do not know yet by when she needs it.\n", ""),
            (
                "\"It brakes. I have tried it twice round the yard.\"",
                "\"I\u{2019}d say customers are always right.\""
            ),
        ]));
    }

    #[test]
    fn steps_and_scenes_that_cannot_be_passed_are_told() {
        insta::assert_snapshot!(told(&[
            ("ready-below: 45", "ready-below: 75"),
            ("cost: 35", "cost: 350"),
            ("a-year: 300", "a-year: 0"),
            ("scene: check-back", "scene: deposition"),
            (
                "  - scene: deposition\n    setting: >\n      Write",
                "  - scene: check-back\n    setting: >\n      Write"
            ),
            ("any: [the-ride, broken-word, came-for-nothing]", "any: [absence]"),
            ("any: [thanks]", "any: []"),
            ("outcome: won", "outcome: lost"),
        ]));
    }

    #[test]
    fn a_line_of_the_casebook_that_says_nothing_is_told() {
        insta::assert_snapshot!(told(&[
            ("time: \"17:10\"", "time: ten past five"),
            ("time: fact-time", "time: fact-tiem"),
            ("load: fact-busy", "load: the-weather"),
            ("product: bicycle repair", "product: ''"),
        ]));
    }

    #[test]
    fn a_customer_without_patience_is_told() {
        let told = told(&[("patience: 12", "patience: 2")]);
        assert!(
            told.contains("patience: 2 } ... the step `fix` cannot be passed in so few replies"),
            "{told}"
        );
    }

    #[test]
    fn models_that_come_out_otherwise_are_told_with_the_reason() {
        let told = told(&[
            ("outcome: won", "outcome: kept\n    marks: { from: 0, to: 5 }"),
            ("outcome: lost", "outcome: kept"),
        ]);
        let lines: Vec<&str> = told.lines().collect();
        let won = "kept ... the model `keeps-the-word` says that the customer is kept, and she is won (it came to the fix;";
        let marks = "{ from: 0, to: 5 } ... the model `keeps-the-word` says 0 to 5 marks, and it gets ";
        let lost = "kept ... the model `two-are-ill` says that the customer is kept, and she is lost (it never came to the review;";
        assert!(lines.len() == 3 && lines[0].starts_with(won) && lines[1].starts_with(marks), "{told}");
        assert!(lines[2].starts_with(lost) && lines[2].contains("most was lost with `"), "{told}");
    }

    #[test]
    fn clashes_and_topics_that_nothing_asks_for_are_told() {
        insta::assert_snapshot!(told(&[
            ("id: free-repair", "id: nothing-to-pay"),
            ("heard: [sam, staff-blame]", "heard: [staff-blame]"),
            ("scenario: promised-friday", "scenario: promised-saturday"),
            ("Ms Okoro. We promised", "Ms Okoro. It is our policy. We promised"),
        ]));
    }

    #[test]
    fn a_scenario_with_a_part_missing_is_told_and_does_no_harm() {
        let ground = embedded::ground();
        let text = template(TEMPLATE_NAME);
        let lines: Vec<&str> = text.lines().collect();
        for from in (0..lines.len()).step_by(11) {
            for length in [1, 5] {
                let (kept, rest) = lines.split_at(from);
                let rest = &rest[length.min(rest.len())..];
                let _ = check("a.yaml", [kept, rest].concat().join("\n"), &ground);
            }
            let _ = check("a.yaml", lines[..from].join("\n"), &ground);
        }
    }
}
