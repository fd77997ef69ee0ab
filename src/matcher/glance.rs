//! What can be told at a glance: sets of words in 256 bits, and the words at the edges of pieces.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::pieces::{Label, Piece, PieceId};
use super::table::Table;
use super::vocabulary::{END, Symbol};

/// A set of words, at a glance: frequent ones have a bit of their own, the others share.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Words([u64; 4]);

impl Words {
    pub(super) const ALL: Self = Self([u64::MAX; 4]);
    pub(super) const NONE: Self = Self([0; 4]);
    /// No word: the beginning of the sentence.
    pub(super) const START: Self = Self([1, 0, 0, 0]);
    /// The bit of [`Self::START`].
    pub(super) const START_BIT: u32 = 0;
    /// So many symbols have a bit of their own.
    const OWN: Symbol = 127;

    #[inline]
    pub(super) fn of(symbol: Symbol) -> Self {
        let mut words = Self::NONE;
        words.add(symbol);
        words
    }

    #[inline]
    pub(super) fn bit(symbol: Symbol) -> u32 {
        if symbol < Self::OWN { symbol + 1 } else { 128 | symbol & 127 }
    }

    #[inline]
    pub(super) fn add(&mut self, symbol: Symbol) {
        let bit = Self::bit(symbol);
        self.0[(bit >> 6) as usize] |= 1 << (bit & 63);
    }

    /// Whether the word may be in the set.
    #[inline]
    pub(super) fn has(self, symbol: Symbol) -> bool {
        self.has_bit(Self::bit(symbol))
    }

    #[inline]
    pub(super) fn has_bit(self, bit: u32) -> bool {
        self.0[(bit >> 6) as usize] & 1 << (bit & 63) != 0
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

/// Asks what may stand at the edges of pieces.
pub(super) struct Shape<'s> {
    pub(super) pieces: &'s [Piece],
    pub(super) labels: &'s Table,
}

impl Shape<'_> {
    fn words(&self, label: Label) -> Words {
        self.labels.row(label).iter().fold(Words::NONE, |words, &symbol| words.with(Words::of(symbol)))
    }

    /// The words with which the parts may begin, or end if read from behind; in that case they
    /// come in reverse order.
    pub(super) fn edge(&self, parts: Vec<PieceId>, from_behind: bool) -> Words {
        let Some((&first, rest)) = parts.split_first() else { return Words::ALL };
        match &self.pieces[first as usize] {
            Piece::Word(label) => self.words(*label),
            Piece::Skip(..) => Words::ALL,
            Piece::Start(_) if from_behind => Words::START,
            Piece::Start(_) => Words::ALL,
            Piece::End => Words::of(END),
            Piece::Sequence(inner) => {
                let mut inner = inner.to_vec();
                if from_behind {
                    inner.reverse();
                }
                self.edge([&inner, rest].concat(), from_behind)
            }
            Piece::OneOf(choices) => {
                let edges = choices.iter().map(|&choice| self.edge([&[choice], rest].concat(), from_behind));
                edges.fold(Words::NONE, Words::with)
            }
            Piece::Optional(inner) => {
                let without = self.edge(rest.to_vec(), from_behind);
                self.edge([&[*inner], rest].concat(), from_behind).with(without)
            }
        }
    }

    /// The labels with which the parts begin, and for each the words that may follow.
    pub(super) fn openings(&self, parts: &[PieceId]) -> Vec<(Label, Words)> {
        let Some((&first, rest)) = parts.split_first() else { return Vec::new() };
        match &self.pieces[first as usize] {
            Piece::Word(label) => vec![(*label, self.edge(rest.to_vec(), false))],
            Piece::Sequence(inner) => self.openings(&[inner, rest].concat()),
            Piece::OneOf(choices) => {
                let mut openings: Vec<(Label, Words)> = Vec::new();
                for (label, words) in
                    choices.iter().flat_map(|&choice| self.openings(&[&[choice], rest].concat()))
                {
                    match openings.iter_mut().find(|known| known.0 == label) {
                        Some(known) => known.1 = known.1.with(words),
                        None => openings.push((label, words)),
                    }
                }
                openings
            }
            Piece::Optional(inner) => {
                let mut openings = self.openings(&[&[*inner], rest].concat());
                openings.extend(self.openings(rest));
                openings
            }
            Piece::Start(_) => self.openings(rest),
            Piece::Skip(..) | Piece::End => Vec::new(),
        }
    }
}
