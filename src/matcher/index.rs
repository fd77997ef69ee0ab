//! From a word to the phrases that may stand around it.
//!
//! Every phrase has an anchor, the rarest of its words that it cannot do without. Only where the
//! anchor stands, between neighbours that the phrase may have there, is the phrase looked for. So a
//! word costs a glance at the few phrases that it anchors, and the whole is linear in the text.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::glance::Words;
use super::pieces::{PieceId, Sentence};
use super::sieve::{Entry, Sieve};
use super::table::Table;
use super::tokens::Token;
use super::tune::Tuner;

/// What the end of a phrase says: the number of a rule or of a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Says {
    Rule(u32),
    Condition(u32),
}

/// A phrase, cut ahead of its anchor.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Phrase {
    pub(super) says: Says,
    /// Counts only where the message ends.
    pub(super) ends_message: bool,
    /// Its parts, in the list of all parts: where they begin, which of them begins with the anchor,
    /// and where they end.
    begin: u32,
    anchor: u32,
    end: u32,
    /// What else it needs: where its needs begin and end.
    needs: (u32, u32),
}

/// A phrase found: the word with which it begins, and the word behind its last.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub(super) phrase: u32,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The phrases, by the words that anchor them.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Index {
    pub(super) phrases: Vec<Phrase>,
    parts: Vec<PieceId>,
    needs: Vec<Needed>,
    /// For each different set of words that is needed, at a glance.
    glances: Vec<Words>,
    /// The same sets as they are, sorted.
    needed: Table,
    sieve: Sieve,
}

/// Words of which one must stand within a distance of the anchor, both ends included.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Needed {
    words: u32,
    from: i8,
    to: i8,
}

impl Index {
    /// Adds to `found` every phrase that stands in the sentence. Of one that may begin or end in
    /// several places around an anchor, the longest.
    pub(super) fn find(&self, sentence: &Sentence<'_>, found: &mut Vec<Found>) {
        let kind = usize::from(matches!(self.phrases[0].says, Says::Condition(_))) * 8;
        let tokens = sentence.tokens;
        let mut padded = Vec::new();
        super::sieve::pad(tokens.iter().map(|token| token.symbol), &mut padded);
        self.sieve.sift(&padded, kind, |at, phrase| {
            let known = &self.phrases[phrase as usize];
            super::sieve::C[kind+4].fetch_add(1, super::sieve::O);
            if self.has_needs(known, at, tokens) {
            super::sieve::C[kind+5].fetch_add(1, super::sieve::O);
                let b = found.len();
                found.extend(self.confirm(phrase, at, sentence));
            if found.len() > b { super::sieve::C[kind+6].fetch_add(1, super::sieve::O); }
            }
        });
    }

    fn has_needs(&self, phrase: &Phrase, at: usize, tokens: &[Token]) -> bool {
        self.needs[phrase.needs.0 as usize..phrase.needs.1 as usize].iter().all(|need| {
            let place = |distance: i8| at.saturating_add_signed(distance.into()).min(tokens.len());
            let near = place(need.from)..place(need.to.saturating_add(1));
            let glance = self.glances[need.words as usize];
            let has = |token: &Token| {
                glance.has(token.symbol) && self.needed.row(need.words).binary_search(&token.symbol).is_ok()
            };
            tokens[near].iter().any(has)
        })
    }

    fn confirm(&self, number: u32, at: usize, sentence: &Sentence<'_>) -> Option<Found> {
        let phrase = &self.phrases[number as usize];
        let parts = |from: u32, to: u32| &self.parts[from as usize..to as usize];
        let end = sentence.end(parts(phrase.anchor, phrase.end), at)?;
        let start = sentence.start(parts(phrase.begin, phrase.anchor), at)?;
        Some(Found { phrase: number, start, end })
    }
}

/// Collects phrases.
#[derive(Debug, Default)]
pub(super) struct IndexBuilder {
    phrases: Vec<(Vec<PieceId>, Says, bool)>,
}

impl IndexBuilder {
    /// Adds the phrase that these parts make.
    pub(super) fn add(&mut self, parts: Vec<PieceId>, says: Says, ends_message: bool) {
        self.phrases.push((parts, says, ends_message));
    }

    pub(super) fn build(self, tuner: &Tuner<'_>) -> Index {
        let mut index = Index::default();
        let mut entries = Vec::new();
        let mut sets: Vec<Vec<u32>> = Vec::new();
        let mut known = FxHashMap::default();
        for (number, (parts, says, ends_message)) in (0..).zip(self.phrases) {
            let plan = tuner.plan(&parts);
            let begin = index.parts.len() as u32;
            index.parts.extend_from_slice(&parts);
            let first_need = index.needs.len() as u32;
            for need in plan.needs {
                let set = need.words.as_deref().unwrap_or_default().to_vec();
                let words = *known.entry(set.clone()).or_insert_with(|| {
                    index.glances.push(Words::of_choice(&need.words));
                    sets.push(set);
                    sets.len() as u32 - 1
                });
                index.needs.push(Needed { words, from: need.from, to: need.to });
            }
            index.phrases.push(Phrase {
                says,
                ends_message,
                begin,
                anchor: begin + plan.anchor as u32,
                end: index.parts.len() as u32,
                needs: (first_need, index.needs.len() as u32),
            });
            entries.extend(plan.windows.into_iter().map(|words| Entry { phrase: number, words }));
        }
        index.needed = Table::new(&sets);
        index.sieve = Sieve::new(entries, tuner.shares);
        index
    }
}
