//! Which of the wordings that a rule proposes fits the step and the scenario.

use crate::coaching::Role;
use crate::document::{self, FileType, Options};
use crate::matcher::Listener;
use crate::scenario::Step;

use super::super::Stage;

/// The wording that fits, if one does.
pub(super) fn best<'s>(stage: &Stage<'s>, wordings: &'s [String], step: Step) -> Option<&'s str> {
    let usable = wordings.iter().filter(|wording| !stage.scenario.is_strange(wording));
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
