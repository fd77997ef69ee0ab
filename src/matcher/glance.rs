//! What can be told at a glance: sets of words in 256 bits.

use super::shape::Choice;
use super::vocabulary::Symbol;

/// A set of words, at a glance: frequent ones have a bit of their own, the others share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Words(pub(super) [u64; 4]);

impl Words {
    pub(super) const ALL: Self = Self([u64::MAX; 4]);
    pub(super) const NONE: Self = Self([0; 4]);
    /// So many symbols have a bit of their own.
    const OWN: Symbol = 128;

    pub(super) fn of(symbols: &[Symbol]) -> Self {
        let mut words = Self::NONE;
        symbols.iter().for_each(|&symbol| words.add(symbol));
        words
    }

    pub(super) fn of_choice(choice: &Choice) -> Self {
        choice.as_ref().map_or(Self::ALL, |symbols| Self::of(symbols))
    }

    #[inline(always)]
    pub(super) fn bit(symbol: Symbol) -> u32 {
        if symbol < Self::OWN { symbol } else { 128 | symbol & 127 }
    }

    #[inline(always)]
    pub(super) fn add(&mut self, symbol: Symbol) {
        let bit = Self::bit(symbol);
        self.0[(bit >> 6) as usize] |= 1 << (bit & 63);
    }

    /// Whether the word may be in the set.
    #[inline(always)]
    pub(super) fn has(&self, symbol: Symbol) -> bool {
        self.has_bit(Self::bit(symbol) as u8)
    }

    /// Whether no other word shares the bit: then a glance is enough.
    #[inline(always)]
    pub(super) const fn is_own(bit: u8) -> bool {
        (bit as Symbol) < Self::OWN
    }

    /// Whether a word with this bit may be in the set.
    #[inline(always)]
    pub(super) const fn has_bit(&self, bit: u8) -> bool {
        self.0[(bit >> 6) as usize] & 1 << (bit & 63) != 0
    }

    #[inline(always)]
    pub(super) fn shares(&self, other: &Self) -> bool {
        let ([a, b, c, d], [e, f, g, h]) = (self.0, other.0);
        a & e | b & f | c & g | d & h != 0
    }
}
