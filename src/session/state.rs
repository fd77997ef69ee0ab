//! Everything that a session remembers.

use std::collections::{BTreeMap, BTreeSet};

use crate::coaching::Role;
use crate::lint::Heard;
use crate::scenario::schema::{ScenarioFile, Scene};
use crate::scenario::{Outcome, Step};

use super::account::Account;
use super::lines::Lines;
use super::progress::Progress;
use super::{Feelings, Place, SceneRecord};

/// Everything that a session remembers.
#[derive(Debug, Clone)]
pub(crate) struct State {
    pub(super) place: Place,
    pub(super) account: Account,
    /// What has been heard so far, as far as the order of rules needs it.
    pub(super) before: Heard,
    /// In how many earlier replies each family, rule and id was said.
    pub(super) said: BTreeMap<String, usize>,
    pub(super) lines: Lines,
    /// The lines that the coach has drawn: kept apart, so that the customer says the same without.
    pub(super) notes: Lines,
    /// The cues that are said once and have been said.
    pub(super) cues: BTreeSet<usize>,
    /// Whether a reply has been recited.
    pub(super) recited: bool,
    /// What has delighted her: she is surprised once by each.
    pub(super) delighted: BTreeSet<Role>,
    pub(crate) progress: Progress,
    /// The number of the scene that is on, in the scenario's list.
    pub(super) scene: usize,
    /// The scenes that are over.
    pub(crate) scenes: Vec<SceneRecord>,
}

impl State {
    pub(super) fn new(file: &ScenarioFile, seed: u64) -> Self {
        let feelings = Feelings { anger: file.mood.anger.min(100), goodwill: file.mood.goodwill.min(100) };
        Self {
            place: Place::Encounter(Step::Apologize),
            account: Account::new(feelings),
            before: Heard::default(),
            said: BTreeMap::new(),
            lines: Lines::new(seed),
            notes: Lines::new(seed),
            cues: BTreeSet::new(),
            recited: false,
            delighted: BTreeSet::new(),
            progress: Progress::default(),
            scene: 0,
            scenes: Vec::new(),
        }
    }

    /// Goes to the next scene that is played with this outcome, from the number on, or ends.
    pub(super) fn go_to_scene(&mut self, scenes: &[Scene], from: usize, outcome: Outcome) {
        let is_played = |scene: &Scene| !(scene.if_kept && outcome == Outcome::Lost);
        let next = scenes.iter().enumerate().skip(from).find(|(_, scene)| is_played(scene));
        match next {
            Some((number, scene)) => {
                self.scene = number;
                self.place = Place::Scene(scene.scene);
            }
            None => self.place = Place::Over(outcome),
        }
    }
}
