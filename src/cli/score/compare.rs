//! Whose marks change under another lexicon.

use super::grade::{Graded, Session};

/// A session whose marks change.
pub(super) struct Change<'s> {
    pub(super) path: &'s str,
    pub(super) before: u8,
    pub(super) after: u8,
    /// By step: its name, and its mark before and after, where that changes.
    pub(super) steps: Vec<(&'s str, u8, u8)>,
    /// Wording before and after, where it changes.
    pub(super) wording: Option<(u8, u8)>,
    /// Whether something else becomes of the customer.
    pub(super) has_other_outcome: bool,
}

/// The sessions whose marks change, in the order of the files.
pub(super) fn changes<'s>(before: &'s [Session], after: &'s [Session]) -> Vec<Change<'s>> {
    let both = before.iter().zip(after).filter_map(|(before, after)| {
        let (Ok(one), Ok(other)) = (&before.graded, &after.graded) else { return None };
        change(&after.path, one, other)
    });
    both.collect()
}

fn change<'s>(path: &'s str, one: &'s Graded, other: &'s Graded) -> Option<Change<'s>> {
    let pairs = one.card.steps.iter().zip(&other.card.steps);
    let steps: Vec<_> = pairs
        .filter(|(before, after)| before.mark != after.mark)
        .map(|(before, after)| (before.name.as_str(), before.mark, after.mark))
        .collect();
    let (before, after) = (one.card.wording.mark, other.card.wording.mark);
    let wording = (before != after).then_some((before, after));
    let outcome = |graded: &Graded| graded.card.fate.as_ref().map(|fate| fate.outcome);
    let has_other_outcome = outcome(one) != outcome(other);
    let (before, after) = (one.card.mark, other.card.mark);
    let is_changed = before != after || !steps.is_empty() || wording.is_some() || has_other_outcome;
    is_changed.then_some(Change { path, before, after, steps, wording, has_other_outcome })
}
