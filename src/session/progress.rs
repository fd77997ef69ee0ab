//! What has been done so far: the steps and their gates, and the credit for the marks.

use std::collections::{BTreeMap, BTreeSet};

use crate::coaching::{Coaching, Item, Principle};
use crate::lexicon::Severity;
use crate::scenario::schema::{ApologyNeed, Fit, ScenarioFile};
use crate::scenario::{Outcome, Step};
use crate::text::Span;

/// What has been done in a session.
#[derive(Debug, Clone, Default)]
pub(crate) struct Progress {
    /// How many replies the customer has heard.
    pub(crate) replies: usize,
    /// A plain apology has been heard.
    pub(super) apologised: bool,
    /// Empathy, responsibility or a named harm has been heard.
    pub(super) sided: bool,
    /// Anything kind has been heard, which is enough where no apology is needed.
    pub(super) kind: bool,
    /// The apology has landed.
    pub(super) landed: bool,
    /// The harms that have been named.
    pub(super) harms: BTreeSet<usize>,
    /// The early question that keeps step 2 shut.
    pub(crate) frozen: Option<Frozen>,
    pub(super) restated: bool,
    pub(super) needs: bool,
    pub(super) checks: BTreeSet<usize>,
    /// How many replies she has heard in step 2.
    pub(super) review_replies: usize,
    pub(crate) remedy: Option<Offered>,
    /// What could not wait, and was given before she was ready.
    pub(super) first_aid: Option<Offered>,
    pub(crate) extra: Option<Offered>,
    /// The reply in which the remedy was heard.
    pub(super) remedy_reply: usize,
    /// Whether word was promised.
    pub(super) followed_up: bool,
    pub(crate) forgiveness: bool,
    /// What earns marks.
    pub(crate) credits: BTreeMap<Item, Credit>,
    /// What costs marks.
    pub(crate) faults: Vec<Fault>,
    /// She walked out.
    pub(crate) left: bool,
    /// What became of her when the encounter ended.
    pub(crate) outcome: Option<Outcome>,
}

/// An early question.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Frozen {
    pub(crate) turn: usize,
    pub(crate) span: Span,
    pub(crate) repaired: bool,
}

/// A remedy or an extra that has been offered.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Offered {
    /// Its place in the scenario's list; none where it is not of the scenario.
    pub(crate) number: Option<usize>,
    pub(crate) fit: Fit,
}

/// How much of an item was done, and where.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Credit {
    /// In percent.
    pub(crate) percent: u8,
    pub(crate) turn: usize,
    pub(crate) span: Option<Span>,
    /// Whether it came in a later step than its own.
    pub(crate) late: bool,
}

/// Something that costs marks.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fault {
    pub(crate) cause: Cause,
    pub(crate) turn: usize,
    pub(crate) span: Option<Span>,
    pub(crate) step: Step,
    pub(crate) repaired: bool,
}

/// What costs marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cause {
    /// A rule of the lexicon. One that freezes step 2 does not halve step 1 as well.
    Rule { rule: u32, severity: Severity, freezes: bool },
    /// A principle.
    Principle(Principle),
}

impl Progress {
    /// Notes that so many percent of an item were done.
    pub(super) fn credit(&mut self, item: Item, credit: Credit) {
        let best = self.credits.entry(item).or_insert(credit);
        if credit.percent > best.percent {
            *best = credit;
        }
    }

    /// Whether the customer is ready for step 2, her anger apart.
    pub(super) fn has_landed(&mut self, need: ApologyNeed) -> bool {
        self.landed |= match need {
            ApologyNeed::Needed => self.apologised && self.sided,
            ApologyNeed::Sympathy | ApologyNeed::Unneeded => self.kind || (self.apologised && self.sided),
        };
        self.landed
    }

    /// Whether the complaint has been gone over.
    pub(super) fn is_reviewed(&self, file: &ScenarioFile) -> bool {
        let mut needed = (0..).zip(&file.checks).filter(|(_, check)| check.needed);
        (self.restated || self.needs) && needed.all(|(number, _)| self.checks.contains(&number))
    }

    /// How much of the item `checks` has been done, in percent.
    pub(super) fn checks_percent(&self, file: &ScenarioFile, coaching: &Coaching) -> u8 {
        let needed = (0..).zip(&file.checks).filter(|(_, check)| check.needed);
        let (asked, all) = needed.fold((0, 0), |(asked, all), (number, _): (usize, _)| {
            (asked + usize::from(self.checks.contains(&number)), all + 1)
        });
        if all == 0 {
            return if self.needs || !self.checks.is_empty() { 100 } else { 0 };
        }
        let share = usize::from(coaching.caps.checks_share);
        (share * asked / all + if self.needs { 100 - share } else { 0 }) as u8
    }

    /// The first needed check that nobody has asked.
    pub(super) fn unasked<'f>(&self, file: &'f ScenarioFile) -> Option<&'f str> {
        let open =
            (0..).zip(&file.checks).find(|(number, check)| check.needed && !self.checks.contains(number));
        open.map(|(_, check)| check.what.as_str())
    }

    /// Whether everything has been said that the encounter is for.
    pub(super) const fn is_complete(&self) -> bool {
        self.remedy.is_some() && self.extra.is_some() && self.followed_up
    }

    /// What becomes of the customer with so much goodwill left.
    pub(crate) fn fate(&self, goodwill: u8, coaching: &Coaching) -> Outcome {
        let fits = self.extra.is_some_and(|extra| extra.fit >= Fit::Good);
        if self.left || goodwill < coaching.thresholds.kept || self.remedy.is_none() {
            Outcome::Lost
        } else if goodwill >= coaching.thresholds.won && fits && self.followed_up {
            Outcome::Won
        } else {
            Outcome::Kept
        }
    }
}
