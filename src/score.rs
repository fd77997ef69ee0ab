//! From a session to its [`Scorecard`]: marks by step and item, wording, and what became of the
//! customer. Everything is computed from the session, so a transcript that is played again gives
//! the same card.

mod fate;
mod marks;
mod moments;

use serde::Serialize;

use crate::coaching::Item;
use crate::scenario::{Outcome, SceneKind, Step};
use crate::session::{Place, Session};
use marks::Marker;

pub(crate) use marks::{percent, scene_of};

/// What a session is worth, and why.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Scorecard {
    /// The mark, out of 100.
    pub mark: u8,
    /// The four steps in their order. One that was never asked for is out of nothing.
    pub steps: Vec<StepMark>,
    /// Wording alone, out of 100: what the faults left of it.
    pub wording: Wording,
    /// The steps alone, out of 100: what was done, however it was worded.
    pub process: u8,
    /// What became of the customer; none without a scenario.
    pub fate: Option<Fate>,
    /// The two best moments, the better first.
    pub best: Vec<Moment>,
    /// The two worst moments, the worse first.
    pub worst: Vec<Moment>,
    /// One thing to practise next, in a sentence or two.
    pub practise: String,
    /// The step that lost most, with a model answer; none where nothing was lost.
    pub weakest: Option<Weakest>,
    /// What these marks cannot tell.
    pub caution: String,
}

/// The marks of a step.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct StepMark {
    /// The step.
    pub step: Step,
    /// What it is called.
    pub name: String,
    /// The marks, after what was taken off.
    pub mark: u8,
    /// The most that it could have.
    pub of: u8,
    /// What it is made of.
    pub items: Vec<ItemMark>,
    /// What was taken off, and why.
    pub losses: Vec<Loss>,
}

/// One thing that a step asks for.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct ItemMark {
    /// Which it is.
    pub item: Item,
    /// What it is, in a few words.
    pub what: String,
    /// The marks.
    pub mark: u8,
    /// The most that it could have.
    pub of: u8,
    /// Where it was heard.
    pub heard: Option<Quote>,
    /// What is missing, if anything is, in one sentence.
    pub missing: Option<String>,
}

/// Something taken off a step.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Loss {
    /// How many marks.
    pub marks: u8,
    /// Why, in one sentence.
    pub reason: String,
    /// The words that caused it.
    pub quote: Option<Quote>,
}

/// Words of the trainee.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Quote {
    /// The number of the turn in [`Session::turns`].
    pub turn: usize,
    /// Where the session stood.
    pub place: Spot,
    /// The words, on one line.
    pub words: String,
}

/// Where a session stands, for the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Spot {
    /// With the customer.
    Step(Step),
    /// In a scene after it.
    Scene(SceneKind),
    /// It is over.
    Over(Outcome),
}

impl From<Place> for Spot {
    fn from(place: Place) -> Self {
        match place {
            Place::Encounter(step) => Self::Step(step),
            Place::Scene(scene) => Self::Scene(scene),
            Place::Over(outcome) => Self::Over(outcome),
        }
    }
}

/// The wording of everything that was said.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Wording {
    /// The mark, out of 100.
    pub mark: u8,
    /// The faults, the worst first.
    pub faults: Vec<FaultMark>,
}

/// A rule that was broken.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct FaultMark {
    /// The rule.
    pub rule: String,
    /// Its family.
    pub family: String,
    /// How often it was heard.
    pub times: usize,
    /// Why it matters.
    pub why: String,
    /// The words, where they were heard first.
    pub quote: Quote,
}

/// What became of the customer.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Fate {
    /// Won, kept or lost.
    pub outcome: Outcome,
    /// How much goodwill was left, out of 100.
    pub goodwill: u8,
    /// How angry she still was, out of 100.
    pub anger: u8,
    /// The sign before amounts.
    pub currency: String,
    /// What she spends in a year.
    pub a_year: u32,
    /// How many years she would stay.
    pub years: u32,
    /// What she is worth over those years.
    pub lifetime: u64,
    /// What the remedy cost.
    pub remedy_cost: u32,
    /// What the extra cost.
    pub extra_cost: u32,
    /// All of it in a sentence or two.
    pub text: String,
}

/// A moment that made a difference.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Moment {
    /// What was said.
    pub quote: Quote,
    /// What it did to the customer: goodwill won less anger raised.
    pub worth: i16,
    /// Why, in one sentence.
    pub reason: String,
}

/// The step that lost most.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Weakest {
    /// The step.
    pub step: Step,
    /// What it is called.
    pub name: String,
    /// A good answer for it.
    pub answer: String,
}

impl Scorecard {
    /// The card of a session, over or not.
    #[must_use]
    pub fn of(session: &Session<'_>) -> Self {
        Marker::new(session).card()
    }
}
