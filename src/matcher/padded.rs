//! The symbols of a sentence, laid out for looks around each of its words.

use super::glance::Words;
use super::vocabulary::{END, START, Symbol};

/// So many words ahead of the anchor are looked at,
pub(super) const AHEAD: usize = 2;
/// and as many behind it; with the anchor itself, so many.
pub(super) const SEEN: usize = 5;

/// The symbols of a sentence, with what is seen beyond its edges.
#[derive(Debug)]
pub(super) struct Padded {
    pub(super) symbols: Vec<Symbol>,
    /// The bit of each in a glance.
    pub(super) bits: Vec<u8>,
    /// All of them at a glance.
    pub(super) all: Words,
}

impl Padded {
    pub(super) const fn new() -> Self {
        Self { symbols: Vec::new(), bits: Vec::new(), all: Words::NONE }
    }

    /// Takes in another sentence.
    #[inline]
    pub(super) fn fill(&mut self, symbols: impl Iterator<Item = Symbol>) {
        self.symbols.clear();
        self.bits.clear();
        self.all = Words::NONE;
        self.push(START);
        self.push(START);
        symbols.for_each(|symbol| self.push(symbol));
        self.push(END);
        self.push(END);
    }

    #[inline(always)]
    fn push(&mut self, symbol: Symbol) {
        let bit = Words::bit(symbol);
        self.symbols.push(symbol);
        self.bits.push(bit as u8);
        self.all.add(symbol);
    }

    /// The symbols and bits of the words, without what lies beyond the edges.
    #[inline(always)]
    pub(super) fn words(&self) -> (&[Symbol], &[u8]) {
        let words = AHEAD..self.bits.len() - (SEEN - AHEAD - 1);
        (&self.symbols[words.clone()], &self.bits[words])
    }
}
