//! What the steps came to, and the three things that a session comes to.

use super::people::mean;
use super::{ItemTally, OutcomeTally, Played, StepTally};
use crate::coaching::Item;
use crate::scenario::{Outcome, Step};
use crate::score::{ItemMark, StepMark, percent};

/// The steps in their order.
pub(super) const STEPS: [Step; 4] = [Step::Apologize, Step::Review, Step::Fix, Step::Document];

/// What a step is called in few words.
pub(super) const fn name(step: Step) -> &'static str {
    match step {
        Step::Apologize => "Apologize",
        Step::Review => "Review",
        Step::Fix => "Fix",
        Step::Document => "Document",
    }
}

/// What became of a customer, in a word.
pub(super) const fn fate(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Won => "won",
        Outcome::Kept => "kept",
        Outcome::Lost => "lost",
    }
}

/// What the steps came to in these sessions.
pub(super) fn tallies(sessions: &[&Played]) -> Vec<StepTally> {
    STEPS.map(|step| tally(step, sessions)).into()
}

fn tally(step: Step, sessions: &[&Played]) -> StepTally {
    let marks: Vec<&StepMark> = sessions
        .iter()
        .flat_map(|session| &session.steps)
        .filter(|mark| mark.step == step && mark.of > 0)
        .collect();
    let mut percents: Vec<u8> = marks.iter().map(|mark| percent(mark.mark.into(), mark.of.into())).collect();
    percents.sort_unstable();
    let quarter = |number: usize| percents.get(percents.len().saturating_sub(1) * number / 4).copied();
    let mut items: Vec<Item> = Vec::new();
    for item in marks.iter().flat_map(|mark| &mark.items) {
        if !items.contains(&item.item) {
            items.push(item.item);
        }
    }
    StepTally {
        step,
        name: marks.first().map_or_else(|| name(step).to_owned(), |mark| mark.name.clone()),
        sessions: marks.len(),
        percent: mean(percents.iter().copied()).unwrap_or_default(),
        low: quarter(1).unwrap_or_default(),
        high: quarter(3).unwrap_or_default(),
        items: items.into_iter().filter_map(|item| item_tally(item, &marks)).collect(),
    }
}

fn item_tally(item: Item, steps: &[&StepMark]) -> Option<ItemTally> {
    let marks: Vec<&ItemMark> =
        steps.iter().flat_map(|step| &step.items).filter(|mark| mark.item == item && mark.of > 0).collect();
    let lost: u32 = marks.iter().map(|mark| u32::from(mark.of - mark.mark)).sum();
    Some(ItemTally {
        item,
        what: marks.first()?.what.clone(),
        sessions: marks.len(),
        percent: mean(marks.iter().map(|mark| percent(mark.mark.into(), mark.of.into())))?,
        missing: marks.iter().filter(|mark| mark.mark == 0).count(),
        cost: f64::from(lost) / marks.len() as f64,
    })
}

/// What these sessions came to.
pub(super) fn outcome(sessions: &[&Played]) -> OutcomeTally {
    let ended = |outcome: Outcome| {
        let fates = sessions.iter().filter_map(|session| session.fate.as_ref());
        fates.filter(|fate| fate.outcome == outcome).count()
    };
    let average =
        |of: fn(&Played) -> u8| mean(sessions.iter().map(|session| of(session))).unwrap_or_default();
    OutcomeTally {
        sessions: sessions.len(),
        mark: average(|session| session.mark),
        process: average(|session| session.process),
        wording: average(|session| session.wording),
        faults: sessions.iter().map(|session| session.faults).sum(),
        faultless: sessions.iter().filter(|session| session.faults == 0).count(),
        won: ended(Outcome::Won),
        kept: ended(Outcome::Kept),
        lost: ended(Outcome::Lost),
    }
}
