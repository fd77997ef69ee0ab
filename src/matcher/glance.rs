//! What can be told at a glance: sets of words in 256 bits, and the words at the edges of pieces.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::shape::Choice;
use super::vocabulary::Symbol;

/// A set of words, at a glance: frequent ones have a bit of their own, the others share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Words([u64; 4]);

impl Words {
    pub(super) const ALL: Self = Self([u64::MAX; 4]);
    pub(super) const NONE: Self = Self([0; 4]);
    /// So many symbols have a bit of their own.
    const OWN: Symbol = 128;

    #[inline]
    pub(super) fn of(symbol: Symbol) -> Self {
        let mut words = Self::NONE;
        words.add(symbol);
        words
    }

    #[inline]
    pub(super) fn bit(symbol: Symbol) -> u32 {
        if symbol < Self::OWN { symbol } else { 128 | symbol & 127 }
    }

    #[inline]
    pub(super) fn add(&mut self, symbol: Symbol) {
        let bit = Self::bit(symbol);
        self.0[(bit >> 6) as usize] |= 1 << (bit & 63);
    }

    /// Whether the word may be in the set.
    #[inline]
    pub(super) fn has(self, symbol: Symbol) -> bool {
        let bit = Self::bit(symbol);
        self.0[(bit >> 6) as usize] & 1 << (bit & 63) != 0
    }

    pub(super) fn of_choice(choice: &Choice) -> Self {
        let Some(symbols) = choice else { return Self::ALL };
        symbols.iter().fold(Self::NONE, |words, &symbol| words.with(Self::of(symbol)))
    }

    pub(super) fn with(self, other: Self) -> Self {
        Self(std::array::from_fn(|part| self.0[part] | other.0[part]))
    }

    #[inline]
    pub(super) fn shares(self, other: Self) -> bool {
        (0..4).fold(0, |shared, part| shared | self.0[part] & other.0[part]) != 0
    }
}

/// As its bytes: the image of the program holds many, and is read at every start.
impl Serialize for Words {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(self.0.map(u64::to_le_bytes).as_flattened())
    }
}

impl<'de> Deserialize<'de> for Words {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes = <&[u8]>::deserialize(deserializer)?;
        match bytes.as_chunks::<8>() {
            (&[a, b, c, d], []) => Ok(Self([a, b, c, d].map(u64::from_le_bytes))),
            _ => Err(D::Error::invalid_length(bytes.len(), &"32 bytes")),
        }
    }
}
