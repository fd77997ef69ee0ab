//! The phrases under `unless` and `only`: looked for only where a hit depends on them.

use super::glance::Words;
use super::image::{Image, Lay, Slab};
use super::padded::SEEN;
use super::phrases::{Found, Phrases, PhrasesBuilder};
use super::pieces::{PieceId, Sentence};
use super::tune::Tuner;

/// The phrases of all conditions.
#[derive(Debug, Default)]
pub(super) struct ConditionPhrases {
    phrases: Phrases,
    /// For each condition, where its phrases begin, and where those of the last one end.
    begins: Slab<u32>,
    /// For each phrase, the words that may stand at and around its anchor, each place at a glance.
    windows: Slab<[[u64; 4]; SEEN]>,
}

impl ConditionPhrases {
    /// Whether the condition has any phrases.
    pub(super) fn has(&self, condition: u32) -> bool {
        self.begins[condition as usize] < self.begins[condition as usize + 1]
    }

    /// Whether a phrase of the condition stands in the sentence in a place that `fits`.
    pub(super) fn stands(
        &self,
        condition: u32,
        sentence: &Sentence<'_>,
        mut fits: impl FnMut(Found) -> bool,
    ) -> bool {
        for number in self.begins[condition as usize]..self.begins[condition as usize + 1] {
            let window = &self.windows[number as usize];
            let is_possible = |place: usize| Words(window[place]).shares(&sentence.padded.all);
            // From the place that refuses most to the one that refuses least.
            if !(is_possible(2) && is_possible(3) && is_possible(1) && is_possible(4) && is_possible(0)) {
                continue;
            }
            for (at, bits) in sentence.padded.bits.windows(SEEN).enumerate() {
                let &[first, second, anchor, fourth, last] = bits else { continue };
                let has = |place: usize, bit: u8| Words(window[place]).has_bit(bit);
                if has(2, anchor)
                    && has(3, fourth)
                    && has(1, second)
                    && has(4, last)
                    && has(0, first)
                    && self.phrases.look(number, at, sentence).is_some_and(&mut fits)
                {
                    return true;
                }
            }
        }
        false
    }
}

impl Lay for ConditionPhrases {
    fn lay(&mut self, image: &mut Image) {
        self.phrases.lay(image);
        image.table(&mut self.begins);
        image.table(&mut self.windows);
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
            let plan = tuner.plan(parts, u32::MAX);
            phrases.add(parts, plan.anchor, &plan.needs);
            let window = tuner.around(parts, plan.anchor);
            windows.push(window.each_ref().map(|words| Words::of_choice(words).0));
        }
        let begin =
            |condition: usize| self.phrases.partition_point(|(of, _)| (*of as usize) < condition) as u32;
        ConditionPhrases {
            phrases: phrases.finish(),
            begins: (0..=conditions).map(begin).collect::<Vec<_>>().into(),
            windows: windows.into(),
        }
    }
}
