//! Which of the wordings that a rule proposes fits the step and the scenario.

use std::collections::BTreeSet;

use crate::coaching::Role;
use crate::document::{self, FileType, Options};
use crate::matcher::Listener;
use crate::scenario::Step;

use super::super::Stage;

/// Words up to so many letters belong to every story.
const SHORT: usize = 4;

/// The wording that fits, if one does.
pub(super) fn best<'s>(stage: &Stage<'s>, wordings: &'s [String], step: Step) -> Option<&'s str> {
    let known = Known::new(stage);
    let usable = wordings.iter().filter(|wording| !known.is_strange(wording));
    usable.rev().max_by_key(|wording| fit(stage, wording, step)).map(String::as_str)
}

/// How well a wording fits the step, by the moves in it.
fn fit(stage: &Stage<'_>, wording: &str, step: Step) -> i32 {
    let mut hits = Vec::new();
    let document = document::read(wording, FileType::Plain, &Options::default());
    let mut listener = Listener::new(stage.matcher);
    document.messages.iter().for_each(|message| listener.hear(&message.blocks, &mut hits));
    let roles = hits.iter().filter_map(|hit| {
        let family = &stage.lexicon.families[hit.family as usize].name;
        stage.coaching.of_move(family).map(|rule| rule.role)
    });
    roles.map(|role| worth(role, step)).sum()
}

const fn worth(role: Role, step: Step) -> i32 {
    match (step, role) {
        (Step::Apologize, Role::Apology | Role::Empathy | Role::Responsibility) => 2,
        (Step::Apologize, Role::Fix | Role::Extra | Role::Check) => -3,
        (Step::Review, Role::Restate | Role::Check | Role::Needs) => 2,
        (Step::Fix, Role::Fix | Role::Extra | Role::FollowUp | Role::Needs | Role::Responsibility) => 2,
        _ => 0,
    }
}

/// The words that belong to this story, or to every one.
struct Known {
    words: BTreeSet<String>,
}

impl Known {
    fn new(stage: &Stage<'_>) -> Self {
        let mut words = BTreeSet::new();
        let scenario = stage.scenario.text();
        let common = stage.lexicon.words.common.iter().map(String::as_str);
        for text in common.chain([scenario, EVERYWHERE]) {
            words.extend(spelled(text));
        }
        Self { words }
    }

    /// Whether a wording has words of another story: names, numbers, other goods.
    fn is_strange(&self, wording: &str) -> bool {
        let is_new = |word: String| word.len() > SHORT && !self.words.contains(&word);
        wording.chars().any(|letter| letter.is_ascii_digit()) || spelled(wording).any(is_new)
    }
}

fn spelled(text: &str) -> impl Iterator<Item = String> + '_ {
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// Words of service that are common in no other talk.
const EVERYWHERE: &str = "sorry apologise apologize apology answer angry annoyed arrange asking believe \
    better bring brought cause check checking choose clear customer differ different different else \
    everything explain failed favour favor fetch finding glad gladly happen happened happens happy help \
    helps hour inside instead listen listening looking making matter mattered matters mistake missed myself \
    notes offer order please problem promise promised putting quick quickest reason repair replace right \
    settled shame sorted sounds spoiled spoilt stand stays story straight taking telling thank thanks \
    tomorrow tonight trouble together understand until upset waited waiting whatever whole word words wrong \
    yours yourself";
