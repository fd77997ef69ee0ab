//! The phrases of the rules: looked for in every sentence.

use std::ops::Range;

use super::RuleCode;
use super::groups::GROUPS;
use super::image::{Image, Lay, Slab};
use super::phrases::{Found, Phrases, PhrasesBuilder};
use super::pieces::{PieceId, Sentence};
use super::sieve::{Entry, Sieve, Sifted};
use super::tune::Tuner;

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
    pub(super) fn find(
        &self,
        groups: Range<usize>,
        sentence: &Sentence<'_>,
        sifted: &mut Sifted,
        found: &mut Vec<Found>,
    ) {
        self.sieve.sift(groups, sentence.padded, sifted, |at, phrase| {
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

    /// `groups` has the group of each family.
    pub(super) fn build(&self, tuner: &Tuner<'_>, codes: &[RuleCode], groups: &[u32]) -> Index {
        let mut rules = Vec::new();
        let mut phrases = PhrasesBuilder::default();
        let mut entries: [Vec<Entry>; GROUPS] = std::array::from_fn(|_| Vec::new());
        for (parts, rule, ends_message) in &self.phrases {
            let family = codes[*rule as usize].family;
            for (parts, plan) in tuner.plans(parts, family) {
                let phrase = phrases.add(&parts, plan.anchor, &plan.needs);
                entries[groups[family as usize] as usize].extend(Entry::of(
                    phrase,
                    &plan,
                    tuner.sample.shares.len(),
                ));
                rules.push([*rule, (*ends_message).into()]);
            }
        }
        let sieve = Sieve::new(&entries, &tuner.sample.shares);
        Index { phrases: phrases.finish(), rules: rules.into(), sieve }
    }
}
