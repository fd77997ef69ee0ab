//! What one reply to the customer came to, for what she says and what the coach notes.

use crate::coaching::Principle;
use crate::lexicon::Severity;
use crate::scenario::Step;
use crate::text::Span;

use super::Entry;
use super::hearing::Said;

/// What one reply came to.
#[derive(Debug)]
pub(super) struct Report<'s> {
    pub(super) entries: Vec<Entry>,
    /// The step at which it was said.
    pub(super) at: Step,
    /// The deposits, with what each is worth.
    pub(super) worked: Vec<(i16, Said<'s>)>,
    /// The harm that was named first, where.
    pub(super) named: Option<(usize, Span)>,
    /// The faults.
    pub(super) faults: Vec<Broken<'s>>,
    pub(super) principles: Vec<Breach>,
    pub(super) turning: Vec<Turning>,
    /// The checks that were asked.
    pub(super) asked: Vec<usize>,
    /// The remedies and extras that were offered, and not only mentioned, by their ids.
    pub(super) offered: Vec<&'s str>,
    /// What was offered: a remedy or an extra, as the coach calls it.
    pub(super) given: Option<&'s str>,
    pub(super) delights: Option<&'s str>,
    pub(super) silent: bool,
    pub(super) puzzled: bool,
    pub(super) recited: bool,
    /// What was said was said before, and nothing else.
    pub(super) again: bool,
    /// A first letter asked something, and waits for the answer.
    pub(super) asks_in_writing: bool,
    pub(super) ended: bool,
}

/// A fault that was heard.
#[derive(Debug, Clone, Copy)]
pub(super) struct Broken<'s> {
    pub(super) said: Said<'s>,
    pub(super) severity: Severity,
    pub(super) step: Step,
    /// Whether it was a blunt question before she was ready: early, or only hurried.
    pub(super) early: Option<Principle>,
    /// Whether it was borne.
    pub(super) tolerated: bool,
}

/// A principle that applied.
#[derive(Debug, Clone, Copy)]
pub(super) struct Breach {
    pub(super) principle: Principle,
    pub(super) span: Option<Span>,
    /// What it is about, in the list of the scenario that it concerns.
    pub(super) number: Option<usize>,
}

/// A turning point that was reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turning {
    Ready,
    Agreed,
    Fixed,
}

impl Report<'_> {
    pub(super) const fn new(at: Step) -> Self {
        Self {
            entries: Vec::new(),
            at,
            worked: Vec::new(),
            named: None,
            faults: Vec::new(),
            principles: Vec::new(),
            turning: Vec::new(),
            asked: Vec::new(),
            offered: Vec::new(),
            given: None,
            delights: None,
            silent: false,
            puzzled: false,
            recited: false,
            again: false,
            asks_in_writing: false,
            ended: false,
        }
    }

    pub(super) fn has(&self, principle: Principle) -> bool {
        self.principles.iter().any(|breach| breach.principle == principle)
    }

    pub(super) fn reached(&self, turning: Turning) -> bool {
        self.turning.contains(&turning)
    }
}
