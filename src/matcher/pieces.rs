//! Phrases with their lists and short forms written out, in a shape that can be read both ways.

use serde::{Deserialize, Serialize};

use super::glance::Words;
use super::shape::{Shape, Way};
use super::table::Table;
use super::tokens::{Mark, Token};
use super::vocabulary::{END, START, Symbol};
use crate::lexicon::phrase::Place;

/// The number of a piece.
pub(super) type PieceId = u32;
/// Which words a piece lets through: a row of the matcher's labels.
pub(super) type Label = u32;

/// A part of a phrase.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
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

/// All pieces, laid out for reading. Equal ones are one.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Pieces(Vec<Node>);

/// A piece as it is read: what is looked at together lies together.
#[derive(Debug, Serialize, Deserialize)]
enum Node {
    /// The one word that the label lets through.
    Symbol(Symbol),
    Word(Label),
    Skip(u8, u8),
    Start(Place),
    End,
    Sequence(Box<[PieceId]>),
    OneOf(Box<[Choice]>),
    Optional(Choice),
}

/// A piece that may be there, and the words with which it may begin and end.
#[derive(Debug, Serialize, Deserialize)]
struct Choice {
    first: Words,
    last: Words,
    piece: PieceId,
}

impl Pieces {
    pub(super) fn new(pieces: &[Piece], labels: &Table, shape: &Shape<'_>) -> Self {
        let edge = |piece: PieceId, way: Way| Words::of_choice(&shape.words(&[piece], way, 0));
        let choice = |&piece: &PieceId| Choice {
            first: edge(piece, Way::Forward),
            last: edge(piece, Way::Backward),
            piece,
        };
        let node = |piece: &Piece| match piece {
            Piece::Word(label) => match labels.row(*label) {
                [only] => Node::Symbol(*only),
                _ => Node::Word(*label),
            },
            Piece::Skip(least, most) => Node::Skip(*least, *most),
            Piece::Start(place) => Node::Start(*place),
            Piece::End => Node::End,
            Piece::Sequence(parts) => Node::Sequence(parts.clone()),
            Piece::OneOf(choices) => Node::OneOf(choices.iter().map(choice).collect()),
            Piece::Optional(inner) => Node::Optional(choice(inner)),
        };
        Self(pieces.iter().map(node).collect())
    }
}

/// A sentence, to find pieces in.
pub(super) struct Sentence<'s> {
    pub(super) pieces: &'s Pieces,
    /// The symbols that each label lets through, sorted.
    pub(super) labels: &'s Table,
    pub(super) tokens: &'s [Token],
    pub(super) begins_message: bool,
}

/// Places between words, counted from one of them, the origin: bit 0 is that place itself. No
/// phrase is longer than 63 words.
type Places = u64;

impl Sentence<'_> {
    /// The last place to which the parts lead from the place ahead of the word `start`.
    pub(super) fn end(&self, parts: &[PieceId], start: usize) -> Option<usize> {
        let reading = Reading { sentence: self, origin: start, way: Way::Forward };
        let ends = parts.iter().fold(1, |from, &part| reading.read(part, from));
        (ends != 0).then(|| start + ends.ilog2() as usize)
    }

    /// The first place from which the parts lead to the place ahead of the word `end`.
    pub(super) fn start(&self, parts: &[PieceId], end: usize) -> Option<usize> {
        let reading = Reading { sentence: self, origin: end, way: Way::Backward };
        let starts = parts.iter().rev().fold(1, |from, &part| reading.read(part, from));
        (starts != 0).then(|| end - starts.ilog2() as usize)
    }
}

struct Reading<'r> {
    sentence: &'r Sentence<'r>,
    origin: usize,
    way: Way,
}

impl Reading<'_> {
    /// All places to which the piece leads from the places `from`.
    fn read(&self, piece: PieceId, from: Places) -> Places {
        if from == 0 {
            return 0;
        }
        match &self.sentence.pieces.0[piece as usize] {
            Node::Symbol(symbol) => self.pass(from, |word| word.symbol == *symbol),
            Node::Word(label) => {
                let symbols = self.sentence.labels.row(*label);
                self.pass(from, |word| symbols.binary_search(&word.symbol).is_ok())
            }
            Node::Skip(least, most) => self.skip(*least, *most, from),
            Node::Start(place) => from & self.start(*place),
            Node::End => from & self.place(self.sentence.tokens.len()),
            Node::Sequence(parts) if self.way == Way::Forward => {
                parts.iter().fold(from, |from, &part| self.read(part, from))
            }
            Node::Sequence(parts) => parts.iter().rev().fold(from, |from, &part| self.read(part, from)),
            Node::OneOf(choices) => self.one_of(choices, from),
            Node::Optional(inner) => from | self.one_of(std::slice::from_ref(inner), from),
        }
    }

    fn one_of(&self, choices: &[Choice], from: Places) -> Places {
        let next = self.next_words(from);
        let edge = |choice: &Choice| if self.way == Way::Forward { choice.first } else { choice.last };
        let likely = choices.iter().filter(|choice| edge(choice).shares(next));
        likely.fold(0, |to, choice| to | self.read(choice.piece, from))
    }

    /// The words that one passes from these places, at a glance.
    fn next_words(&self, from: Places) -> Words {
        let at_edge = if self.way == Way::Forward { Words::of(END) } else { Words::of(START) };
        let (mut rest, mut words) = (from, Words::NONE);
        while rest != 0 {
            let next = self.next(rest.trailing_zeros() as usize);
            words = words.with(next.map_or(at_edge, |word| Words::of(word.symbol)));
            rest &= rest - 1;
        }
        words
    }

    /// The places behind the next word from each of `from`, where that word fits.
    #[inline]
    fn pass(&self, from: Places, fits: impl Fn(&Token) -> bool) -> Places {
        let (mut rest, mut to) = (from, 0);
        while rest != 0 {
            let steps = rest.trailing_zeros() as usize;
            rest &= rest - 1;
            if self.next(steps).is_some_and(&fits) {
                to |= 2_u64.wrapping_shl(steps as u32) & !1;
            }
        }
        to
    }

    /// The word that one passes from so many steps away of the origin.
    #[inline]
    fn next(&self, steps: usize) -> Option<&Token> {
        let word = match self.way {
            Way::Forward => self.origin + steps,
            Way::Backward => self.origin.checked_sub(steps + 1)?,
        };
        self.sentence.tokens.get(word)
    }

    fn skip(&self, least: u8, most: u8, from: Places) -> Places {
        let mut to = if least == 0 { from } else { 0 };
        let mut reached = from;
        for words in 1..=most {
            reached = self.pass(reached, |word| word.mark != Mark::Break);
            if words >= least {
                to |= reached;
            }
        }
        to
    }

    fn start(&self, place: Place) -> Places {
        let is_there = place != Place::Message || self.sentence.begins_message;
        if is_there { self.place(0) } else { 0 }
    }

    /// The place ahead of a word, if it lies within reach.
    fn place(&self, word: usize) -> Places {
        let steps = match self.way {
            Way::Forward => word.checked_sub(self.origin),
            Way::Backward => self.origin.checked_sub(word),
        };
        steps.filter(|&steps| steps < 64).map_or(0, |steps| 1 << steps)
    }
}
