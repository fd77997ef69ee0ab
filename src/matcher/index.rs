//! The phrases of the rules: looked for in every sentence.

use std::ops::Range;

use super::RuleCode;
use super::groups::GROUPS;
use super::image::{Image, Lay, Slab};
use super::phrases::{Found, Phrases, PhrasesBuilder};
use super::pieces::{PieceId, Sentence};
use super::sieve::{Entry, Sieve};
use super::tune::{Plan, Tuner};

/// The phrases of all rules, and the sieve that tells where to look for them.
#[derive(Debug, Default)]
pub(super) struct Index {
    phrases: Phrases,
    /// For each phrase, its rule, and whether it counts only where the message ends.
    rules: Slab<[u32; 2]>,
    sieve: Sieve,
}

impl Index {
    /// Adds to `found` every phrase of these groups that stands in the sentence.
    pub(super) fn find(&self, groups: Range<usize>, sentence: &Sentence<'_>, found: &mut Vec<Found>) {
        self.sieve.sift(groups, sentence.padded, |at, phrase| {
            found.extend(self.phrases.look(phrase, at, sentence))
        });
    }

    /// The rule that the phrase belongs to.
    pub(super) fn rule(&self, phrase: u32) -> u32 {
        self.rules[phrase as usize][0]
    }

    /// Whether the phrase counts only where the message ends.
    pub(super) fn ends_message(&self, phrase: u32) -> bool {
        self.rules[phrase as usize][1] != 0
    }
}

impl Lay for Index {
    fn lay(&mut self, image: &mut Image) {
        self.phrases.lay(image);
        image.table(&mut self.rules);
        self.sieve.lay(image);
    }
}

/// Collects the phrases of rules.
#[derive(Debug, Default)]
pub(super) struct IndexBuilder {
    phrases: Vec<(Vec<PieceId>, u32, bool)>,
}

impl IndexBuilder {
    /// Adds the phrase that these parts make.
    pub(super) fn add(&mut self, parts: Vec<PieceId>, rule: u32, ends_message: bool) {
        self.phrases.push((parts, rule, ends_message));
    }

    /// `groups` has the group of each family. The phrases that are looked for most often come first:
    /// what is read of them lies together in memory.
    pub(super) fn build(&self, tuner: &Tuner<'_>, codes: &[RuleCode], groups: &[u32]) -> Index {
        let plans = self.phrases.iter().flat_map(|(parts, rule, ends_message)| {
            let plans = tuner.plans(parts, codes[*rule as usize].family).into_iter();
            plans.map(|(parts, plan)| Planned { parts, plan, rule: *rule, ends_message: *ends_message })
        });
        let mut plans: Vec<Planned> = plans.collect();
        plans.sort_by(|one, other| other.plan.cost.total_cmp(&one.plan.cost));
        let mut phrases = PhrasesBuilder::default();
        let mut entries: [Vec<Entry>; GROUPS] = std::array::from_fn(|_| Vec::new());
        for Planned { parts, plan, rule, .. } in &plans {
            let phrase = phrases.add(parts, plan.anchor, &plan.needs);
            let group = groups[codes[*rule as usize].family as usize];
            entries[group as usize].extend(Entry::of(phrase, plan, tuner.sample.shares.len()));
        }
        let sieve = Sieve::new(&entries, &tuner.sample.shares);
        let rules = plans.iter().map(|planned| [planned.rule, planned.ends_message.into()]);
        let rules: Vec<[u32; 2]> = rules.collect();
        Index { phrases: phrases.finish(), rules: rules.into(), sieve }
    }
}

/// A phrase, and how it is looked for.
struct Planned {
    parts: Vec<PieceId>,
    plan: Plan,
    rule: u32,
    ends_message: bool,
}
