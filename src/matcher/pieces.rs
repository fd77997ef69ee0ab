//! Phrases with their lists and short forms written out, in a shape that can be read both ways.

use std::ops::Range;

use super::glance::Words;
use super::image::{Image, Lay, Slab};
use super::padded::Padded;
use super::shape::{Shape, Way};
use super::table::{Table, keep_once};
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
    /// For each alternative, the words with which it may begin and end, at a glance.
    edges: Slab<[[u64; 4]; 2]>,
    /// For many alternatives, which row tells those that may begin with a word, by its bit in a
    /// glance; then the same for those that may end with it.
    kinds: Slab<[u8; BITS]>,
    /// For each of these, where its rows begin in `likely`.
    rows: Slab<u32>,
    likely: Table,
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
    /// Many alternatives: which `kinds` are theirs.
    pub(super) const MANY: u32 = 9;
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
            edges: all.edges.into(),
            kinds: all.kinds.into(),
            rows: all.rows.into(),
            likely: Table::new(&all.likely),
        }
    }
}

/// From so many alternatives on, those that may fit are looked up.
const MANY: usize = 6;
/// How many bits a glance has.
const BITS: usize = 256;

struct PiecesBuilder<'s> {
    shape: &'s Shape<'s>,
    parts: Vec<PieceId>,
    choices: Vec<PieceId>,
    edges: Vec<[[u64; 4]; 2]>,
    kinds: Vec<[u8; BITS]>,
    rows: Vec<u32>,
    likely: Vec<Vec<PieceId>>,
}

impl<'s> PiecesBuilder<'s> {
    const fn new(shape: &'s Shape<'s>) -> Self {
        Self {
            shape,
            parts: Vec::new(),
            choices: Vec::new(),
            edges: Vec::new(),
            kinds: Vec::new(),
            rows: Vec::new(),
            likely: Vec::new(),
        }
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
            Piece::OneOf(choices) if choices.len() >= MANY => self.many(choices),
            Piece::OneOf(choices) => self.few(kind::ONE_OF, choices),
            Piece::Optional(inner) => self.few(kind::OPTIONAL, &[*inner]),
        }
    }

    fn few(&mut self, kind: u32, choices: &[PieceId]) -> [u32; 3] {
        let begin = self.choices.len() as u32;
        self.choices.extend_from_slice(choices);
        let edges = choices.iter().map(|&choice| self.edges_of(choice).map(|edge| edge.0));
        let edges: Vec<_> = edges.collect();
        self.edges.extend(edges);
        [kind, begin, self.choices.len() as u32]
    }

    fn many(&mut self, choices: &[PieceId]) -> [u32; 3] {
        let number = self.kinds.len() as u32;
        let edges: Vec<[Words; 2]> = choices.iter().map(|&choice| self.edges_of(choice)).collect();
        for end in 0..2 {
            let mut rows = Vec::new();
            let kinds = std::array::from_fn(|bit| {
                let likely = choices.iter().zip(&edges).filter(|(_, edges)| edges[end].has_bit(bit as u8));
                keep_once(&mut rows, likely.map(|(&choice, _)| choice).collect()) as u8
            });
            self.rows.push(self.likely.len() as u32);
            self.likely.append(&mut rows);
            self.kinds.push(kinds);
        }
        [kind::MANY, number, 0]
    }

    /// The words with which the piece may begin and end.
    fn edges_of(&self, piece: PieceId) -> [Words; 2] {
        [Way::Forward, Way::Backward].map(|way| Words::of_choice(&self.shape.first(piece, way)))
    }
}

impl Lay for Pieces {
    fn lay(&mut self, image: &mut Image) {
        image.table(&mut self.nodes);
        image.table(&mut self.parts);
        image.table(&mut self.choices);
        image.table(&mut self.glances);
        image.table(&mut self.edges);
        image.table(&mut self.kinds);
        image.table(&mut self.rows);
        self.likely.lay(image);
    }
}

/// A sentence, to find pieces in.
pub(super) struct Sentence<'s> {
    pub(super) pieces: &'s Pieces,
    /// The symbols that each label lets through, sorted.
    pub(super) labels: &'s Table,
    pub(super) tokens: &'s [Token],
    /// Their symbols.
    pub(super) padded: &'s Padded,
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

    /// The places from which the parts lead to the place ahead of the word `end`, if there are any.
    pub(super) fn starts(&self, parts: &[PieceId], end: usize) -> Option<Starts> {
        let reading = Reading { sentence: self, origin: end, way: Way::Backward };
        let places = reading.row(parts, 1);
        (places != 0).then_some(Starts { end, places })
    }
}

/// Places from the first to the last, as the words behind them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Starts {
    /// From here they are counted backward.
    end: usize,
    places: Places,
}

impl Iterator for Starts {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        let furthest = self.places.checked_ilog2()?;
        self.places ^= 1 << furthest;
        Some(self.end - furthest as usize)
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
            kind::MANY => self.one_of_many(one as usize, from),
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
        let edges = &pieces.edges[choices.clone()];
        let end = usize::from(self.way == Way::Backward);
        let (mut rest, mut to) = (from, 0);
        while rest != 0 {
            let symbol = self.next_symbol(rest.trailing_zeros() as usize);
            for (number, edges) in choices.clone().zip(edges) {
                if Words(edges[end]).has(symbol) {
                    to |= self.read(pieces.choices[number], rest & rest.wrapping_neg());
                }
            }
            rest &= rest - 1;
        }
        to
    }

    fn one_of_many(&self, number: usize, from: Places) -> Places {
        let pieces = self.sentence.pieces;
        let number = number + usize::from(self.way == Way::Backward);
        let (kinds, rows) = (&pieces.kinds[number], pieces.rows[number]);
        let (mut rest, mut to) = (from, 0);
        while rest != 0 {
            let symbol = self.next_symbol(rest.trailing_zeros() as usize);
            for &number in pieces.likely.row(rows + u32::from(kinds[Words::bit(symbol) as usize])) {
                to |= self.read(number, rest & rest.wrapping_neg());
            }
            rest &= rest - 1;
        }
        to
    }

    /// The symbol that one passes from so many steps away of the origin, or that of the edge.
    #[inline(always)]
    fn next_symbol(&self, steps: usize) -> Symbol {
        let edge = if self.way == Way::Forward { END } else { START };
        self.next(steps).map_or(edge, |word| word.symbol)
    }

    /// The places behind the next word from each of `from`, where that word fits.
    #[inline(always)]
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
    #[inline(always)]
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
