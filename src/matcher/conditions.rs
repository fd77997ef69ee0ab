//! The phrases under `unless` and `only`: looked for only where a hit depends on them.

use serde::{Deserialize, Serialize};

use super::glance::Words;
use super::phrases::{Found, Phrases, PhrasesBuilder};
use super::pieces::{PieceId, Sentence};
use super::sieve::{AHEAD, SEEN};
use super::tune::Tuner;
use super::vocabulary::Symbol;

/// The phrases of all conditions.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct ConditionPhrases {
    phrases: Phrases,
    /// For each condition, where its phrases begin, and where those of the last one end.
    begins: Vec<u32>,
    /// For each phrase, the words that may stand at and around its anchor, at a glance.
    windows: Vec<[Words; SEEN]>,
}

impl ConditionPhrases {
    /// Whether the condition has any phrases.
    pub(super) fn has(&self, condition: u32) -> bool {
        self.begins[condition as usize] < self.begins[condition as usize + 1]
    }

    /// Whether a phrase of the condition stands in the sentence in a place that `fits`. `padded` are
    /// the symbols of the sentence, padded for a sieve, and `all` are its words at a glance.
    pub(super) fn stands(
        &self,
        condition: u32,
        sentence: &Sentence<'_>,
        padded: &[Symbol],
        all: Words,
        mut fits: impl FnMut(Found) -> bool,
    ) -> bool {
        let mut numbers = self.begins[condition as usize]..self.begins[condition as usize + 1];
        numbers.any(|number| {
            let window = &self.windows[number as usize];
            window[AHEAD].shares(all)
                && padded.windows(SEEN).enumerate().any(|(at, symbols)| {
                    let fits_here = |place: usize| window[place].has(symbols[place]);
                    [2, 3, 1, 4, 0].into_iter().all(fits_here)
                        && self.phrases.look(number, at, sentence).is_some_and(&mut fits)
                })
        })
    }
}

/// Collects the phrases of conditions.
#[derive(Debug, Default)]
pub(super) struct ConditionsBuilder {
    phrases: Vec<(u32, Vec<PieceId>)>,
}

impl ConditionsBuilder {
    /// Adds the phrase that these parts make.
    pub(super) fn add(&mut self, parts: Vec<PieceId>, condition: u32) {
        self.phrases.push((condition, parts));
    }

    pub(super) fn build(mut self, tuner: &Tuner<'_>, conditions: usize) -> ConditionPhrases {
        self.phrases.sort_by_key(|(condition, _)| *condition);
        let mut phrases = PhrasesBuilder::default();
        let mut windows = Vec::new();
        for (_, parts) in &self.phrases {
            let plan = tuner.plan(parts);
            phrases.add(parts, plan.anchor, &plan.needs);
            let glance = |place: usize| {
                let words = plan.windows.iter().map(|window| Words::of_choice(&window[place]));
                words.fold(Words::NONE, Words::with)
            };
            windows.push(std::array::from_fn(glance));
        }
        let begin = |condition: usize| {
            self.phrases.partition_point(|(of, _)| (*of as usize) < condition) as u32
        };
        ConditionPhrases {
            phrases: phrases.finish(),
            begins: (0..=conditions).map(begin).collect(),
            windows,
        }
    }
}
