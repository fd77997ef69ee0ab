//! Phrases with their lists and short forms written out, in a shape that can be read both ways.

use std::ops::Range;

use super::glance::Words;
use super::image::{Image, Lay, Slab};
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
#[derive(Debug, Default)]
pub(super) struct Pieces {
    /// For each piece its kind and two numbers that mean something else for each kind.
    nodes: Slab<[u32; 3]>,
    /// What sequences are made of.
    parts: Slab<PieceId>,
    /// What alternatives there are.
    choices: Slab<PieceId>,
    /// For each label, its words at a glance.
    glances: Slab<[u64; 4]>,
    /// For alternatives, the words with which each may begin, at a glance: the first 64 bits of all,
    /// then the next 64 of all, and so on. They begin at four times the first alternative's place in
    /// `choices`.
    firsts: Slab<u64>,
    /// The same for the words with which each may end.
    lasts: Slab<u64>,
}

/// The kinds of nodes, and what their two numbers are.
mod kind {
    /// The one word that the label lets through: its symbol.
    pub(super) const SYMBOL: u32 = 0;
    /// Its label.
    pub(super) const WORD: u32 = 1;
    /// The least and the most words.
    pub(super) const SKIP: u32 = 2;
    pub(super) const SENTENCE: u32 = 3;
    pub(super) const MESSAGE: u32 = 4;
    pub(super) const END: u32 = 5;
    /// Where its parts begin and end.
    pub(super) const SEQUENCE: u32 = 6;
    /// Where the alternatives begin and end.
    pub(super) const ONE_OF: u32 = 7;
    /// The same for the one that may be missing.
    pub(super) const OPTIONAL: u32 = 8;
}

impl Pieces {
    pub(super) fn new(pieces: &[Piece], labels: &Table, label_count: u32, shape: &Shape<'_>) -> Self {
        let mut all = PiecesBuilder::new(shape);
        let nodes: Vec<[u32; 3]> = pieces.iter().map(|piece| all.node(piece, labels)).collect();
        let glances: Vec<[u64; 4]> = (0..label_count).map(|label| Words::of(labels.row(label)).0).collect();
        Self {
            nodes: nodes.into(),
            parts: all.parts.into(),
            choices: all.choices.into(),
            glances: glances.into(),
            firsts: all.firsts.into(),
            lasts: all.lasts.into(),
        }
    }
}

struct PiecesBuilder<'s> {
    shape: &'s Shape<'s>,
    parts: Vec<PieceId>,
    choices: Vec<PieceId>,
    firsts: Vec<u64>,
    lasts: Vec<u64>,
}

impl<'s> PiecesBuilder<'s> {
    const fn new(shape: &'s Shape<'s>) -> Self {
        Self { shape, parts: Vec::new(), choices: Vec::new(), firsts: Vec::new(), lasts: Vec::new() }
    }

    fn node(&mut self, piece: &Piece, labels: &Table) -> [u32; 3] {
        match piece {
            Piece::Word(label) => match labels.row(*label) {
                [only] => [kind::SYMBOL, *only, 0],
                _ => [kind::WORD, *label, 0],
            },
            Piece::Skip(least, most) => [kind::SKIP, (*least).into(), (*most).into()],
            Piece::Start(Place::Message) => [kind::MESSAGE, 0, 0],
            Piece::Start(_) => [kind::SENTENCE, 0, 0],
            Piece::End => [kind::END, 0, 0],
            Piece::Sequence(parts) => {
                let begin = self.parts.len() as u32;
                self.parts.extend_from_slice(parts);
                [kind::SEQUENCE, begin, self.parts.len() as u32]
            }
            Piece::OneOf(choices) => self.choose(kind::ONE_OF, choices),
            Piece::Optional(inner) => self.choose(kind::OPTIONAL, &[*inner]),
        }
    }

    fn choose(&mut self, kind: u32, choices: &[PieceId]) -> [u32; 3] {
        let begin = self.choices.len() as u32;
        self.choices.extend_from_slice(choices);
        let edges = |way: Way| -> Vec<Words> {
            choices.iter().map(|&choice| Words::of_choice(&self.shape.words(&[choice], way, 0))).collect()
        };
        let (firsts, lasts) = (edges(Way::Forward), edges(Way::Backward));
        for quarter in 0..4 {
            self.firsts.extend(firsts.iter().map(|words| words.0[quarter]));
            self.lasts.extend(lasts.iter().map(|words| words.0[quarter]));
        }
        [kind, begin, self.choices.len() as u32]
    }
}

impl Lay for Pieces {
    fn lay(&mut self, image: &mut Image) {
        image.table(&mut self.nodes);
        image.table(&mut self.parts);
        image.table(&mut self.choices);
        image.table(&mut self.glances);
        image.table(&mut self.firsts);
        image.table(&mut self.lasts);
    }
}

/// A sentence, to find pieces in.
pub(super) struct Sentence<'s> {
    pub(super) pieces: &'s Pieces,
    /// The symbols that each label lets through, sorted.
    pub(super) labels: &'s Table,
    pub(super) tokens: &'s [Token],
    /// Its words at a glance.
    pub(super) all: Words,
    pub(super) begins_message: bool,
}

/// Places between words, counted from one of them, the origin: bit 0 is that place itself. No
/// phrase is longer than 63 words.
type Places = u64;

impl Sentence<'_> {
    /// The last place to which the parts lead from the place ahead of the word `start`.
    pub(super) fn end(&self, parts: &[PieceId], start: usize) -> Option<usize> {
        let reading = Reading { sentence: self, origin: start, way: Way::Forward };
        let ends = reading.row(parts, 1);
        (ends != 0).then(|| start + ends.ilog2() as usize)
    }

    /// The first place from which the parts lead to the place ahead of the word `end`.
    pub(super) fn start(&self, parts: &[PieceId], end: usize) -> Option<usize> {
        let reading = Reading { sentence: self, origin: end, way: Way::Backward };
        let starts = reading.row(parts, 1);
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
        let pieces = self.sentence.pieces;
        let [kind, one, two] = pieces.nodes[piece as usize];
        match kind {
            kind::SYMBOL => self.pass(from, |word| word.symbol == one),
            kind::WORD => {
                let glance = Words(pieces.glances[one as usize]);
                let symbols = self.sentence.labels.row(one);
                let fits = |symbol: Symbol| glance.has(symbol) && symbols.binary_search(&symbol).is_ok();
                self.pass(from, |word| fits(word.symbol))
            }
            kind::SKIP => self.skip(one, two, from),
            kind::MESSAGE if !self.sentence.begins_message => 0,
            kind::MESSAGE | kind::SENTENCE => from & self.place(0),
            kind::END => from & self.place(self.sentence.tokens.len()),
            kind::SEQUENCE => self.row(&pieces.parts[one as usize..two as usize], from),
            kind::ONE_OF => self.one_of(one as usize..two as usize, from),
            _ => from | self.one_of(one as usize..two as usize, from),
        }
    }

    /// The same for parts that follow each other.
    fn row(&self, parts: &[PieceId], from: Places) -> Places {
        match self.way {
            Way::Forward => parts.iter().fold(from, |from, &part| self.read(part, from)),
            Way::Backward => parts.iter().rev().fold(from, |from, &part| self.read(part, from)),
        }
    }

    fn one_of(&self, choices: Range<usize>, from: Places) -> Places {
        let pieces = self.sentence.pieces;
        let edges = match self.way {
            Way::Forward => &pieces.firsts,
            Way::Backward => &pieces.lasts,
        };
        let next = self.next_words(from);
        let mut to = 0;
        // Up to 64 alternatives at once, each a bit.
        let mut begin = choices.start;
        while begin < choices.end {
            let end = choices.end.min(begin + 64);
            let mut likely = 0_u64;
            for (quarter, &next) in next.0.iter().enumerate().filter(|(_, next)| **next != 0) {
                let edges = &edges[choices.start * 4 + quarter * choices.len()..][..choices.len()];
                for (bit, edge) in edges[begin - choices.start..end - choices.start].iter().enumerate() {
                    likely |= u64::from(edge & next != 0) << bit;
                }
            }
            while likely != 0 {
                to |= self.read(pieces.choices[begin + likely.trailing_zeros() as usize], from);
                likely &= likely - 1;
            }
            begin = end;
        }
        to
    }

    /// The words that one passes from these places, at a glance.
    fn next_words(&self, from: Places) -> Words {
        let at_edge = if self.way == Way::Forward { END } else { START };
        let (mut rest, mut words) = (from, Words::NONE);
        while rest != 0 {
            let next = self.next(rest.trailing_zeros() as usize);
            words.add(next.map_or(at_edge, |word| word.symbol));
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

    fn skip(&self, least: u32, most: u32, from: Places) -> Places {
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

    /// The place ahead of a word, if it lies within reach.
    fn place(&self, word: usize) -> Places {
        let steps = match self.way {
            Way::Forward => word.checked_sub(self.origin),
            Way::Backward => self.origin.checked_sub(word),
        };
        steps.filter(|&steps| steps < 64).map_or(0, |steps| 1 << steps)
    }
}
