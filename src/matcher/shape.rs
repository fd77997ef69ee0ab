//! Which words may stand where around a phrase: asked when the matcher is made.

use std::cell::RefCell;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::pieces::{Piece, PieceId};
use super::table::Table;
use super::vocabulary::{END, START, Symbol};

/// Words that may stand at a place, sorted; nothing where any word may, and where there may be none.
pub(super) type Choice = Option<Rc<[Symbol]>>;

/// So many words are looked at from one place on; what lies further off counts as any word.
pub(super) const REACH: usize = 5;

/// Which way to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Way {
    Forward,
    Backward,
}

/// What is known of a piece, or of several in a row, read one way.
#[derive(Debug, Clone)]
struct Outline {
    /// The words at each step from the edge, as far as the piece has any there.
    words: [Choice; REACH],
    /// The lengths that it may have, in words, as bits; the last stands for all that are longer.
    lengths: u32,
    /// The least and the most words that it may have.
    length: (usize, usize),
}

/// Asks what may stand at the edges of pieces.
pub(super) struct Shape<'s> {
    pieces: &'s [Piece],
    labels: &'s Table,
    known: RefCell<FxHashMap<(PieceId, Way), Rc<Outline>>>,
}

impl<'s> Shape<'s> {
    pub(super) fn new(pieces: &'s [Piece], labels: &'s Table) -> Self {
        Self { pieces, labels, known: RefCell::default() }
    }

    /// The words that may stand at the edge of the parts, one after the other, seen from there: from
    /// their beginning on, or from their end on if they are read backward. The parts come in their
    /// own order.
    pub(super) fn edge(&self, parts: &[PieceId], way: Way) -> [Choice; REACH] {
        let outline = self.row(parts, way, REACH);
        let may_be_shorter = |steps: usize| outline.lengths & ((2 << steps) - 1) != 0;
        std::array::from_fn(|steps| if may_be_shorter(steps) { None } else { outline.words[steps].clone() })
    }

    /// The words with which the piece may begin, or end if it is read backward.
    pub(super) fn first(&self, piece: PieceId, way: Way) -> Choice {
        let outline = self.outline(piece, way);
        if outline.lengths & 1 == 1 { None } else { outline.words[0].clone() }
    }

    /// The ways in which the piece may begin, where they differ in that: each as parts.
    pub(super) fn alternatives(&self, piece: PieceId) -> Vec<Vec<PieceId>> {
        match &self.pieces[piece as usize] {
            Piece::OneOf(choices) => choices.iter().flat_map(|&choice| self.alternatives(choice)).collect(),
            Piece::Sequence(parts) => self.openings(parts, OPENING),
            _ => vec![vec![piece]],
        }
    }

    /// The same for parts that follow each other, with and without what may be missing among the
    /// first `reach`: only then is it known at which step the next one stands.
    fn openings(&self, parts: &[PieceId], reach: usize) -> Vec<Vec<PieceId>> {
        let Some((&first, rest)) = parts.split_first() else { return vec![Vec::new()] };
        if reach == 0 {
            return vec![parts.to_vec()];
        }
        let behind = |first: PieceId| {
            let openings = self.openings(rest, reach - 1).into_iter();
            openings.map(move |rest| [&[first], &*rest].concat())
        };
        match &self.pieces[first as usize] {
            Piece::Optional(inner) => behind(*inner).chain(self.openings(rest, reach)).collect(),
            _ => behind(first).collect(),
        }
    }

    /// The phrases that the parts make together, by the alternatives of one of them; none if it has
    /// no alternatives, or too many.
    pub(super) fn split(&self, parts: &[PieceId], at: usize) -> Vec<Vec<PieceId>> {
        let (ahead, behind) = (&parts[..at], &parts[at + 1..]);
        let with = |middle: &[PieceId]| [ahead, middle, behind].concat();
        match &self.pieces[parts[at] as usize] {
            Piece::OneOf(choices) if choices.len() <= MOST_ALTERNATIVES => {
                choices.iter().map(|&choice| with(&self.flat(choice))).collect()
            }
            Piece::Optional(inner) => vec![with(&self.flat(*inner)), with(&[])],
            _ => Vec::new(),
        }
    }

    /// The piece as parts none of which is a sequence.
    fn flat(&self, piece: PieceId) -> Vec<PieceId> {
        match &self.pieces[piece as usize] {
            Piece::Sequence(parts) => parts.iter().flat_map(|&part| self.flat(part)).collect(),
            _ => vec![piece],
        }
    }

    /// The least and the most words that the parts may have together.
    pub(super) fn length(&self, parts: &[PieceId]) -> (usize, usize) {
        self.row(parts, Way::Forward, usize::MAX).length
    }

    fn outline(&self, piece: PieceId, way: Way) -> Rc<Outline> {
        if let Some(known) = self.known.borrow().get(&(piece, way)) {
            return Rc::clone(known);
        }
        let outline = Rc::new(match &self.pieces[piece as usize] {
            Piece::Word(label) => Outline::word(self.labels.row(*label)),
            Piece::Skip(least, most) => Outline::skip(*least, *most),
            Piece::Start(_) => Outline::edge(way == Way::Backward, START),
            Piece::End => Outline::edge(way == Way::Forward, END),
            Piece::Sequence(parts) => self.row(parts, way, usize::MAX),
            Piece::OneOf(choices) => {
                Outline::any_of(choices.iter().map(|&choice| self.outline(choice, way)).collect())
            }
            Piece::Optional(inner) => {
                Outline::any_of(vec![Rc::new(Outline::nothing()), self.outline(*inner, way)])
            }
        });
        self.known.borrow_mut().insert((piece, way), Rc::clone(&outline));
        outline
    }

    /// The parts, one after the other, as far as they may matter for the next `reach` words.
    fn row(&self, parts: &[PieceId], way: Way, reach: usize) -> Outline {
        let mut row = Collected { starts: 1, ..Collected::default() };
        let mut add = |part: &PieceId| {
            row.add(&self.outline(*part, way));
            row.length.0 < reach
        };
        // Stops where what follows is out of reach.
        let _ = match way {
            Way::Forward => parts.iter().all(&mut add),
            Way::Backward => parts.iter().rev().all(&mut add),
        };
        row.finish()
    }
}

/// So many parts are told apart where a piece begins.
const OPENING: usize = 2;
/// Splitting a phrase into more than so many would cost more than it saves.
const MOST_ALTERNATIVES: usize = 12;

const NOTHING: Choice = None;

impl Outline {
    fn none() -> [Choice; REACH] {
        std::array::from_fn(|_| Some(Rc::from([])))
    }

    fn nothing() -> Self {
        Self { words: Self::none(), lengths: 1, length: (0, 0) }
    }

    fn word(symbols: &[Symbol]) -> Self {
        let mut words = Self::none();
        words[0] = Some(symbols.into());
        Self { words, lengths: 2, length: (1, 1) }
    }

    fn skip(least: u8, most: u8) -> Self {
        let mut words = Self::none();
        words.iter_mut().take(usize::from(most)).for_each(|words| *words = NOTHING);
        let lengths =
            (usize::from(least)..=usize::from(most)).fold(0, |all, length| all | length_bit(length));
        Self { words, lengths, length: (least.into(), most.into()) }
    }

    /// A place at the edge of the sentence: behind it stands nothing but that edge.
    fn edge(is_ahead: bool, symbol: Symbol) -> Self {
        if !is_ahead {
            return Self::nothing();
        }
        Self { words: std::array::from_fn(|_| Some(Rc::from([symbol]))), lengths: 0, length: (0, 0) }
    }

    fn any_of(outlines: Vec<Rc<Self>>) -> Self {
        let mut all = Collected::default();
        for outline in &outlines {
            all.starts = 1;
            all.add_words(outline);
            all.lengths |= outline.lengths;
        }
        all.starts = all.lengths;
        let least = outlines.iter().map(|outline| outline.length.0).min();
        let most = outlines.iter().map(|outline| outline.length.1).max();
        all.length = (least.unwrap_or_default(), most.unwrap_or_default());
        all.finish()
    }
}

/// The bit of a length.
fn length_bit(length: usize) -> u32 {
    1 << length.min(REACH)
}

/// Puts outlines together.
#[derive(Debug, Default)]
struct Collected {
    words: [Vec<Symbol>; REACH],
    is_any: [bool; REACH],
    /// Where the next part may begin, as bits.
    starts: u32,
    lengths: u32,
    length: (usize, usize),
}

impl Collected {
    fn add(&mut self, part: &Outline) {
        self.length = (self.length.0 + part.length.0, self.length.1 + part.length.1);
        self.add_words(part);
        let begins = (0..=REACH).filter(|begin| self.starts >> begin & 1 == 1);
        let ends = |begin: usize| {
            let lengths = (0..=REACH).filter(|length| part.lengths >> length & 1 == 1);
            lengths.fold(0, |all, length| all | length_bit(begin + length))
        };
        self.starts = begins.fold(0, |all, begin| all | ends(begin));
    }

    fn add_words(&mut self, part: &Outline) {
        for begin in (0..REACH).filter(|begin| self.starts >> begin & 1 == 1) {
            for step in begin..REACH {
                match &part.words[step - begin] {
                    None => self.is_any[step] = true,
                    Some(words) => self.words[step].extend_from_slice(words),
                }
            }
        }
    }

    fn finish(mut self) -> Outline {
        let words = std::array::from_fn(|step| {
            let mut words = std::mem::take(&mut self.words[step]);
            words.sort_unstable();
            words.dedup();
            (!self.is_any[step]).then(|| words.into())
        });
        Outline { words, lengths: self.starts, length: self.length }
    }
}
