//! Models that do not come out as their author says.

use crate::authoring::problem::Problem;
use crate::authoring::spot::Spot;
use crate::scenario::schema::{Model, Quality, Scene};
use crate::scenario::{Outcome, SceneKind, Step};
use crate::score::Scorecard;
use crate::session::{Place, Session, Stage};

use super::scenes::name;

/// Any seed will do: what becomes of the customer does not hang on her choice of words.
const SEED: u64 = 1;

/// Plays every model, and tells what differs.
pub(super) fn check(stage: &Stage<'_>, root: Spot<'_>) -> Vec<Problem> {
    let models = stage.scenario.file.models.iter().enumerate();
    models
        .flat_map(|(at, model)| {
            let spot = root.key("models").item(at);
            let mut problems = contradictions(model, spot);
            if problems.is_empty() {
                problems.extend(Played::of(stage, model, spot).problems());
            }
            problems
        })
        .collect()
}

/// What a model says about itself that cannot be.
fn contradictions(model: &Model, spot: Spot<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    let wrong = match (model.quality, model.outcome) {
        (Quality::Good, Outcome::Lost) => Some("a good model loses nobody: write kept or won"),
        (Quality::Poor, Outcome::Won) => Some("a poor model wins nobody: write lost or kept"),
        _ => None,
    };
    problems.extend(wrong.map(|message| spot.key("outcome").mistake(message)));
    if model.marks.is_some_and(|marks| marks.from > marks.to) {
        let message = "`from` is more than `to`: swap them";
        problems.push(spot.key("marks").mistake(message));
    }
    problems
}

/// A model that was played.
struct Played<'p> {
    model: &'p Model,
    spot: Spot<'p>,
    session: Session<'p>,
    /// The first reply that nobody heard any more.
    unheard: Option<usize>,
    /// The last step of the encounter that was reached.
    step: Step,
    /// Scenes that were played without a reply of the model.
    skipped: Vec<SceneKind>,
}

impl<'p> Played<'p> {
    fn of(stage: &Stage<'p>, model: &'p Model, spot: Spot<'p>) -> Self {
        let mut played = Self {
            model,
            spot,
            session: Session::new(stage, SEED),
            unheard: None,
            step: Step::Apologize,
            skipped: Vec::new(),
        };
        played.encounter();
        played.scenes();
        played
    }

    fn encounter(&mut self) {
        for (at, reply) in self.model.replies.iter().enumerate() {
            if !matches!(self.session.place(), Place::Encounter(_)) {
                self.unheard = Some(at);
                return;
            }
            self.session.say(reply);
            if let Place::Encounter(step) = self.session.place() {
                self.step = self.step.max(step);
            }
        }
        if matches!(self.session.place(), Place::Encounter(_)) {
            self.session.skip();
        }
    }

    fn scenes(&mut self) {
        // Each scene ends with one reply; so many turns are enough.
        for _ in 0..=self.session.stage().scenario.file.scenes.len() {
            let Place::Scene(kind) = self.session.place() else { return };
            match self.model.scenes.get(&kind) {
                Some(reply) => {
                    self.session.say(reply);
                }
                None => {
                    self.skipped.push(kind);
                    self.session.skip();
                }
            }
        }
    }

    fn problems(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        if let Some(at) = self.unheard {
            let message = "the customer has gone before this is said: remove it, or bring it forward";
            problems.push(self.spot.key("replies").item(at).warning(message));
        }
        problems.extend(self.outcome());
        problems.extend(self.marks());
        if self.model.quality == Quality::Good {
            problems.extend(self.blanks());
            problems.extend(self.unmet());
        }
        problems
    }

    fn outcome(&self) -> Option<Problem> {
        let Place::Over(outcome) = self.session.place() else {
            return Some(self.spot.mistake("this model never ends: tell the makers of amends"));
        };
        let message = format!(
            "the model `{}` says that the customer is {}, and she is {} ({}): change the replies, or the outcome",
            self.model.name,
            word(self.model.outcome),
            word(outcome),
            self.reason()
        );
        (outcome != self.model.outcome).then(|| self.spot.key("outcome").mistake(message))
    }

    /// What an author needs to know to change the outcome.
    fn reason(&self) -> String {
        let feelings = self.session.feelings();
        let card = Scorecard::of(&self.session);
        let step = self.last_step(&card);
        let reached = match step {
            Step::Apologize => "it never came to the review",
            Step::Review => "it never came to the fix",
            Step::Fix | Step::Document => "it came to the fix",
        };
        let mut reasons = vec![reached.to_owned()];
        let unheard = unheard_items(&card, step);
        if !unheard.is_empty() {
            reasons.push(format!("not heard: {}", unheard.join(", ")));
        }
        reasons.push(format!("goodwill {} and anger {} at the end", feelings.goodwill, feelings.anger));
        reasons.extend(self.worst().map(|worst| format!("most was lost with {worst}")));
        reasons.join("; ")
    }

    /// The last step of the encounter that was reached, be it in the reply that ended it.
    fn last_step(&self, card: &Scorecard) -> Step {
        let fix = card.steps.iter().find(|step| step.step == Step::Fix);
        let is_offered = fix.is_some_and(|fix| fix.items.iter().any(|item| item.mark > 0));
        if is_offered { Step::Fix } else { self.step }
    }

    /// What cost her most goodwill: `blame` in reply 2, "you should have".
    fn worst(&self) -> Option<String> {
        let turns = self.session.turns().iter().enumerate();
        let entries =
            turns.flat_map(|(at, turn)| turn.reaction.entries.iter().map(move |entry| (at, turn, entry)));
        let (at, turn, entry) =
            entries.filter(|(.., entry)| entry.goodwill < 0).min_by_key(|(.., entry)| entry.goodwill)?;
        let words = entry.span.zip(turn.text.as_deref()).and_then(|(span, text)| text.get(span.range()));
        let words = words.map_or(String::new(), |words| {
            format!(", \"{}\"", words.split_whitespace().collect::<Vec<_>>().join(" "))
        });
        Some(format!("`{}` in reply {}, {}{words}", entry.name, at + 1, entry.goodwill))
    }

    fn marks(&self) -> Option<Problem> {
        let marks = self.model.marks?;
        let mark = Scorecard::of(&self.session).mark;
        let message = format!(
            "the model `{}` says {} to {} marks, and it gets {mark}: change the replies, or the marks",
            self.model.name, marks.from, marks.to
        );
        (!(marks.from..=marks.to).contains(&mark)).then(|| self.spot.key("marks").mistake(message))
    }

    /// Scenes for which a good model has nothing to show.
    fn blanks(&self) -> Vec<Problem> {
        let warn = |kind: &SceneKind| {
            let what = name(*kind);
            let message = format!(
                "this good model has no reply for the scene `{what}`: add `{what}:` under its `scenes:`"
            );
            self.spot.warning_at_key("scenes", message)
        };
        self.skipped.iter().map(warn).collect()
    }

    /// What the scenes need and a good model does not say.
    fn unmet(&self) -> Vec<Problem> {
        let file = &self.session.stage().scenario.file;
        let mut problems = Vec::new();
        for (kind, reply) in &self.model.scenes {
            let Some(scene) = file.scenes.iter().find(|scene| scene.scene == *kind) else { continue };
            for what in self.missing(scene, reply) {
                let message = format!(
                    "a good reply to this scene {what}, and this one is not heard to: change it, or the phrases"
                );
                problems.push(self.spot.key("scenes").key(name(*kind)).warning(message));
            }
        }
        problems
    }

    fn missing(&self, scene: &Scene, reply: &str) -> Vec<String> {
        let stage = self.session.stage();
        let heard = super::answers::names(stage, reply);
        let is_said = |name: &String| heard.contains(&name.as_str());
        if scene.scene == SceneKind::Deposition {
            let facts = stage.scenario.file.facts.iter().filter(|fact| !is_said(&fact.id));
            return facts.map(|fact| format!("tells `{}` ({})", fact.id, fact.what)).collect();
        }
        let needs = scene.needs.iter().filter(|need| !need.any.iter().any(is_said));
        needs.map(|need| need.what.clone()).collect()
    }
}

const fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Lost => "lost",
        Outcome::Kept => "kept",
        Outcome::Won => "won",
    }
}

/// What a step asks for and has not been heard, by name.
fn unheard_items(card: &Scorecard, step: Step) -> Vec<String> {
    let items = card.steps.iter().filter(|mark| mark.step == step).flat_map(|mark| &mark.items);
    items.filter(|item| item.mark == 0 && item.of > 0).map(|item| format!("`{}`", item.item)).collect()
}
