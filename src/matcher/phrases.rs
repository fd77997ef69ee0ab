//! Phrases, and whether one of them stands around a word.

use rustc_hash::FxHashMap;

use super::glance::Words;
use super::image::{Image, Lay, Slab};
use super::pieces::{PieceId, Sentence, Starts};
use super::table::Table;
use super::tune::Need;

/// All phrases of one kind, each with its number.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    /// For each phrase, where its parts begin, which of them begins with the anchor, where they end,
    /// and where its needs begin and end. The anchor is the word at which it is looked for.
    phrases: Slab<[u32; 5]>,
    /// The parts of all phrases.
    parts: Slab<PieceId>,
    /// The needs of all phrases: the number of a set of words of which one must stand near, the least
    /// and the most distance from the anchor.
    needs: Slab<[i32; 3]>,
    /// For each different set of words that is needed, the set at a glance.
    glances: Slab<[u64; 4]>,
    /// The same sets as they are, sorted.
    sets: Table,
}

/// A phrase found: the words with which it may begin, and the word behind its last.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub(super) phrase: u32,
    starts: Starts,
    pub(super) end: usize,
}

impl Found {
    /// The words with which it may begin, from the first on.
    pub(super) fn starts(self) -> impl Iterator<Item = usize> {
        self.starts
    }

    /// The first of them.
    pub(super) fn start(self) -> usize {
        self.starts().next().unwrap_or(self.end)
    }
}

impl Phrases {
    /// The phrase with its anchor at the word `at`, if it stands there. If it may end in several
    /// places, the last.
    pub(super) fn look(&self, number: u32, at: usize, sentence: &Sentence<'_>) -> Option<Found> {
        let [begin, anchor, end, first, last] = self.phrases[number as usize];
        let needs = &self.needs[first as usize..last as usize];
        if !needs.iter().all(|need| self.has(need, at, sentence)) {
            return None;
        }
        let parts = |from: u32, to: u32| &self.parts[from as usize..to as usize];
        let end = sentence.end(parts(anchor, end), at)?;
        let starts = sentence.starts(parts(begin, anchor), at)?;
        Some(Found { phrase: number, starts, end })
    }

    #[inline(always)]
    fn has(&self, [set, from, to]: &[i32; 3], at: usize, sentence: &Sentence<'_>) -> bool {
        let glance = Words(self.glances[*set as usize]);
        if !glance.shares(&sentence.padded.all) {
            return false;
        }
        let (symbols, bits) = sentence.padded.words();
        let place = |distance: i32| at.saturating_add_signed(distance as isize).min(bits.len());
        let (first, end) = (place(*from), place(to + 1));
        let mut near = (first..).zip(&bits[first..end]);
        near.any(|(at, &bit)| {
            glance.has_bit(bit)
                && (Words::is_own(bit) || self.sets.row(*set as u32).binary_search(&symbols[at]).is_ok())
        })
    }
}

impl Lay for Phrases {
    fn lay(&mut self, image: &mut Image) {
        image.table(&mut self.phrases);
        image.table(&mut self.parts);
        image.table(&mut self.needs);
        image.table(&mut self.glances);
        self.sets.lay(image);
    }
}

/// Collects phrases.
#[derive(Debug, Default)]
pub(super) struct PhrasesBuilder {
    phrases: Vec<[u32; 5]>,
    parts: Vec<PieceId>,
    needs: Vec<[i32; 3]>,
    glances: Vec<[u64; 4]>,
    sets: Vec<Vec<u32>>,
    known: FxHashMap<Vec<u32>, u32>,
}

impl PhrasesBuilder {
    /// Adds the phrase that these parts make, and hands back its number.
    pub(super) fn add(&mut self, parts: &[PieceId], anchor: usize, needs: &[Need]) -> u32 {
        let first = self.needs.len() as u32;
        for need in needs {
            let set = self.set(need);
            self.needs.push([set as i32, need.from.into(), need.to.into()]);
        }
        let begin = self.parts.len() as u32;
        self.parts.extend_from_slice(parts);
        let (end, last) = (self.parts.len() as u32, self.needs.len() as u32);
        self.phrases.push([begin, begin + anchor as u32, end, first, last]);
        self.phrases.len() as u32 - 1
    }

    fn set(&mut self, need: &Need) -> u32 {
        let set = need.words.as_deref().unwrap_or_default().to_vec();
        *self.known.entry(set).or_insert_with_key(|set| {
            self.glances.push(Words::of(set).0);
            self.sets.push(set.clone());
            self.sets.len() as u32 - 1
        })
    }

    pub(super) fn finish(self) -> Phrases {
        Phrases {
            phrases: self.phrases.into(),
            parts: self.parts.into(),
            needs: self.needs.into(),
            glances: self.glances.into(),
            sets: Table::new(&self.sets),
        }
    }
}
