//! What hearing something does to a customer, what marks it earns, and what a coach says about it:
//! `lexicon/coaching.yaml`.
//!
//! The doc comments here are the descriptions in the JSON Schema, so editors show them.

mod effects;
mod listening;
mod marks;
mod texts;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::text::straight;

pub use effects::{Effect, FaultRule, MoveRule, Principle, PrincipleRule, Role, Severities, SeverityRule};
pub use listening::{BySpeech, Listening, Mixed, Words};
pub use marks::{Caps, Item, ItemRule, StepRule, StepRules, Thresholds};
pub use texts::{Debrief, NextTexts, NoteTexts, SceneTexts, StepTexts};

/// The numbers and the words behind a session.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Coaching {
    /// How much a customer listens to, and when it is too much.
    pub listening: Listening,
    /// What each family of moves does to her, by its name.
    pub moves: BTreeMap<String, MoveRule>,
    /// What faults do to her, by how bad they are.
    pub severities: Severities,
    /// What is particular about a family of faults, by its name.
    pub faults: BTreeMap<String, FaultRule>,
    /// What costs or earns something without being a family of the lexicon.
    pub principles: Vec<PrincipleRule>,
    /// When she is won, kept, lost.
    pub thresholds: Thresholds,
    /// What the steps are called, and what they are out of.
    pub steps: StepRules,
    /// What the marks are given for.
    pub items: Vec<ItemRule>,
    /// What is taken off beside the faults.
    pub caps: Caps,
    /// What the coach says.
    pub notes: NoteTexts,
    /// What the debrief says.
    pub debrief: Debrief,
}

impl Coaching {
    /// The same with straight apostrophes in the words that replies are compared with.
    pub(crate) fn straightened(&self) -> Self {
        let mut coaching = self.clone();
        coaching.listening.words_mut().for_each(|word| *word = straight(word));
        coaching
    }

    /// What a family of moves does, if the coaching knows it.
    #[must_use]
    pub fn of_move(&self, family: &str) -> Option<&MoveRule> {
        self.moves.get(family)
    }

    /// The family that plays a part, and what it does.
    #[must_use]
    pub fn of_role(&self, role: Role) -> Option<(&str, &MoveRule)> {
        let found = self.moves.iter().find(|(_, rule)| rule.role == role);
        found.map(|(name, rule)| (name.as_str(), rule))
    }

    /// What is particular about a family of faults.
    #[must_use]
    pub fn of_fault(&self, family: &str) -> Option<&FaultRule> {
        self.faults.get(family)
    }

    /// What a principle does.
    #[must_use]
    pub fn of_principle(&self, principle: Principle) -> Option<&PrincipleRule> {
        self.principles.iter().find(|rule| rule.principle == principle)
    }

    /// What an item is worth.
    #[must_use]
    pub fn of_item(&self, item: Item) -> Option<&ItemRule> {
        self.items.iter().find(|rule| rule.item == item)
    }
}
