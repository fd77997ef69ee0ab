//! The phrases of the rules: looked for in every sentence.

use serde::{Deserialize, Serialize};

use super::phrases::{Found, Phrases, PhrasesBuilder};
use super::pieces::{PieceId, Sentence};
use super::sieve::{Entry, Sieve};
use super::tune::Tuner;
use super::vocabulary::Symbol;

/// The phrases of all rules, and the sieve that tells where to look for them.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Index {
    phrases: Phrases,
    /// For each phrase, its rule.
    rules: Vec<u32>,
    /// For each phrase, whether it counts only where the message ends.
    ends_message: Vec<bool>,
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
        self.rules[phrase as usize]
    }

    /// Whether the phrase counts only where the message ends.
    pub(super) fn ends_message(&self, phrase: u32) -> bool {
        self.ends_message[phrase as usize]
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
        let mut index = Index::default();
        let mut phrases = PhrasesBuilder::default();
        let mut entries = Vec::new();
        for (parts, rule, ends_message) in &self.phrases {
            let plan = tuner.plan(parts);
            let phrase = phrases.add(parts, plan.anchor, &plan.needs);
            let needed = plan.needs.first().and_then(|need| need.words.clone());
            entries.extend(plan.windows.into_iter().map(|window| Entry::new(phrase, window, needed.clone())));
            index.rules.push(*rule);
            index.ends_message.push(*ends_message);
        }
        index.phrases = phrases.finish();
        index.sieve = Sieve::new(entries, &tuner.sample.shares);
        index
    }
}
