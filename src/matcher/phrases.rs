//! Phrases, and whether one of them stands around a word.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::glance::Words;
use super::pieces::{PieceId, Sentence};
use super::table::Table;
use super::tune::Need;

/// All phrases of one kind, each with its number.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Phrases {
    phrases: Vec<Phrase>,
    /// The parts of all phrases.
    parts: Vec<PieceId>,
    /// The needs of all phrases.
    needs: Vec<Needed>,
    /// For each different set of words that is needed, the set at a glance.
    glances: Vec<Words>,
    /// The same sets as they are, sorted.
    sets: Table,
}

/// A phrase, cut ahead of its anchor: the word at which it is looked for.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Phrase {
    /// Its parts: where they begin, which of them begins with the anchor, and where they end.
    begin: u32,
    anchor: u32,
    end: u32,
    /// Where its needs begin and end.
    needs: (u32, u32),
}

/// Words of which one must stand within a distance of the anchor, both ends included.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Needed {
    set: u32,
    from: i8,
    to: i8,
}

/// A phrase found: the word with which it begins, and the word behind its last.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub(super) phrase: u32,
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Phrases {
    /// The phrase with its anchor at the word `at`, if it stands there. If it may begin or end in
    /// several places, the longest.
    pub(super) fn look(&self, number: u32, at: usize, sentence: &Sentence<'_>) -> Option<Found> {
        let phrase = &self.phrases[number as usize];
        let needs = &self.needs[phrase.needs.0 as usize..phrase.needs.1 as usize];
        if !needs.iter().all(|need| self.has(need, at, sentence)) {
            return None;
        }
        let parts = |from: u32, to: u32| &self.parts[from as usize..to as usize];
        let end = sentence.end(parts(phrase.anchor, phrase.end), at)?;
        let start = sentence.start(parts(phrase.begin, phrase.anchor), at)?;
        Some(Found { phrase: number, start, end })
    }

    fn has(&self, need: &Needed, at: usize, sentence: &Sentence<'_>) -> bool {
        let place = |distance: i8| at.saturating_add_signed(distance.into()).min(sentence.tokens.len());
        let near = place(need.from)..place(need.to.saturating_add(1));
        let glance = &self.glances[need.set as usize];
        let set = self.sets.row(need.set);
        let symbols = sentence.tokens[near].iter().map(|token| token.symbol);
        symbols.filter(|&symbol| glance.has(symbol)).any(|symbol| set.binary_search(&symbol).is_ok())
    }
}

/// Collects phrases.
#[derive(Debug, Default)]
pub(super) struct PhrasesBuilder {
    phrases: Phrases,
    sets: Vec<Vec<u32>>,
    known: FxHashMap<Vec<u32>, u32>,
}

impl PhrasesBuilder {
    /// Adds the phrase that these parts make, and hands back its number.
    pub(super) fn add(&mut self, parts: &[PieceId], anchor: usize, needs: &[Need]) -> u32 {
        let first = self.phrases.needs.len() as u32;
        for need in needs {
            let set = self.set(need);
            self.phrases.needs.push(Needed { set, from: need.from, to: need.to });
        }
        let begin = self.phrases.parts.len() as u32;
        self.phrases.parts.extend_from_slice(parts);
        self.phrases.phrases.push(Phrase {
            begin,
            anchor: begin + anchor as u32,
            end: self.phrases.parts.len() as u32,
            needs: (first, self.phrases.needs.len() as u32),
        });
        self.phrases.phrases.len() as u32 - 1
    }

    fn set(&mut self, need: &Need) -> u32 {
        let set = need.words.as_deref().unwrap_or_default().to_vec();
        *self.known.entry(set).or_insert_with_key(|set| {
            self.phrases.glances.push(Words::of_choice(&need.words));
            self.sets.push(set.clone());
            self.sets.len() as u32 - 1
        })
    }

    pub(super) fn finish(self) -> Phrases {
        Phrases { sets: Table::new(&self.sets), ..self.phrases }
    }
}
