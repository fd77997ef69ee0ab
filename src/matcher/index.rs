//! The phrases of the rules: looked for in every sentence.

use super::image::{Image, Lay, Slab};
use super::phrases::{Found, Phrases, PhrasesBuilder};
use super::pieces::{PieceId, Sentence};
use super::sieve::{Entry, Sieve};
use super::tune::Tuner;
use super::vocabulary::Symbol;

/// The phrases of all rules, and the sieve that tells where to look for them.
#[derive(Debug, Default)]
pub(super) struct Index {
    phrases: Phrases,
    /// For each phrase, its rule, and whether it counts only where the message ends.
    rules: Slab<[u32; 2]>,
    sieve: Sieve,
}

impl Index {
    /// Adds to `found` every phrase that stands in the sentence. `padded` are its symbols for the
    /// sieve.
    pub(super) fn find(&self, sentence: &Sentence<'_>, padded: &[Symbol], found: &mut Vec<Found>) {
        self.sieve.sift(padded, |at, phrase| found.extend(self.phrases.look(phrase, at, sentence)));
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

    pub(super) fn build(self, tuner: &Tuner<'_>) -> Index {
        let mut rules = Vec::new();
        let mut phrases = PhrasesBuilder::default();
        let mut entries = Vec::new();
        for (parts, rule, ends_message) in &self.phrases {
            for (parts, plan) in tuner.plans(parts) {
                let phrase = phrases.add(&parts, plan.anchor, &plan.needs);
                let needed = plan.needs.first().and_then(|need| need.words.clone());
                let windows = plan.windows.into_iter();
                entries.extend(windows.map(|window| Entry::new(phrase, window, needed.clone())));
                rules.push([*rule, (*ends_message).into()]);
            }
        }
        let sieve = Sieve::new(entries, &tuner.sample.shares);
        Index { phrases: phrases.finish(), rules: rules.into(), sieve }
    }
}
