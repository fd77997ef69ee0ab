//! Phrases with their lists and short forms written out, in a shape that can be read both ways.
//!
//! The automaton reads a phrase forward. If its first words are frequent and a gap follows, "I ..
//! refund", it begins with the rarer words behind the gap, and what stands ahead of them is read
//! backward only when those were found.

use serde::{Deserialize, Serialize};

use super::automaton::Label;
use super::table::Table;
use super::tokens::{Mark, Token};
use crate::lexicon::phrase::Place;

/// The number of a piece.
pub(super) type PieceId = u32;

/// A part of a phrase.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(super) enum Piece {
    /// A word with this label.
    Word(Label),
    /// At least and at most so many words of any kind.
    Skip(u8, u8),
    /// No word: such a place.
    Start(Place),
    /// No word: where the sentence ends.
    End,
    Sequence(Box<[PieceId]>),
    OneOf(Box<[PieceId]>),
    Optional(PieceId),
}

/// All pieces.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Pieces(pub(super) Vec<Piece>);

/// A sentence, to read backward in.
pub(super) struct Before<'b> {
    pub(super) pieces: &'b Pieces,
    pub(super) labels: &'b Table,
    pub(super) tokens: &'b [Token],
    pub(super) begins_message: bool,
}

/// Places between words, counted backward from one of them: bit 0 is that place itself.
type Places = u64;

impl Before<'_> {
    /// The first word from which the piece leads up to the word `end`, if there is any within
    /// reach.
    pub(super) fn start(&self, piece: PieceId, end: usize) -> Option<usize> {
        let starts = self.starts(piece, 1, end);
        (starts != 0).then(|| end - starts.ilog2() as usize)
    }

    /// All places from which the piece leads up to one of `ends`.
    fn starts(&self, piece: PieceId, ends: Places, origin: usize) -> Places {
        if ends == 0 {
            return 0;
        }
        match &self.pieces.0[piece as usize] {
            Piece::Word(label) => self.ahead(ends, origin, |word| self.lets_through(*label, word)),
            Piece::Skip(least, most) => self.skipped(*least, *most, ends, origin),
            Piece::Start(place) => ends & self.place(*place, origin),
            Piece::End => 0,
            Piece::Sequence(parts) => {
                parts.iter().rev().fold(ends, |ends, &part| self.starts(part, ends, origin))
            }
            Piece::OneOf(choices) => {
                choices.iter().fold(0, |starts, &choice| starts | self.starts(choice, ends, origin))
            }
            Piece::Optional(inner) => ends | self.starts(*inner, ends, origin),
        }
    }

    /// The places one word ahead of `ends`, where that word fits.
    fn ahead(&self, ends: Places, origin: usize, fits: impl Fn(&Token) -> bool) -> Places {
        let (mut rest, mut starts) = (ends, 0);
        while rest != 0 {
            let back = rest.trailing_zeros() as usize;
            rest &= rest - 1;
            if back < 63 && back < origin && fits(&self.tokens[origin - back - 1]) {
                starts |= 1 << (back + 1);
            }
        }
        starts
    }

    fn skipped(&self, least: u8, most: u8, ends: Places, origin: usize) -> Places {
        let mut starts = if least == 0 { ends } else { 0 };
        let mut reached = ends;
        for words in 1..=most {
            reached = self.ahead(reached, origin, |word| word.mark != Mark::Break);
            if words >= least {
                starts |= reached;
            }
        }
        starts
    }

    /// The place where the sentence or the message begins, if it is within reach.
    fn place(&self, place: Place, origin: usize) -> Places {
        let is_there = place != Place::Message || self.begins_message;
        if is_there && origin < 64 { 1 << origin } else { 0 }
    }

    fn lets_through(&self, label: Label, word: &Token) -> bool {
        self.labels.row(label).binary_search(&word.symbol).is_ok()
    }
}
