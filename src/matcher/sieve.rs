//! The sieve that a text runs through: at each word it tells which few phrases may stand around it.
//!
//! A phrase is known by its anchor, a word that it cannot do without, and by the words around that.
//! The phrases lie in trays of 64, those with like anchors together, each with a bit of its own. A
//! tray tells for each place and each word which of its phrases let the word stand there: of five
//! such masks, laid over each other, hardly a bit is left. Many words have the same mask, so a tray
//! keeps each mask once: what a text needs most of all trays must fit into the processor's cache.
//! Families that are heard apart lie in trays of their own.

mod build;

use std::ops::Range;

use super::groups::GROUPS;
use super::image::{Image, Lay, Slab};
use super::padded::{AHEAD, Padded, SEEN};

pub(super) use build::Entry;

/// The phrases of a tray.
const TRAY: usize = 64;
/// The places around an anchor that are looked at, besides its own.
const AROUND: usize = SEEN - 1;
/// The bits of a glance.
const BITS: usize = 256;

/// For each bit of a glance, which mask tells the phrases of a tray that let such a word stand at a
/// place.
type Kinds = [u8; BITS];

/// All entries.
#[derive(Debug, Default)]
pub(super) struct Sieve {
    /// For each symbol, where its visits begin: those of each group, and where the last one's end.
    begins: Slab<[u32; GROUPS + 1]>,
    /// Which trays to look into where a symbol stands, with the beginning of the tray's masks in the
    /// upper half; and which of their phrases want it there.
    visits: Slab<[u64; 2]>,
    /// For each tray, each place around the symbol.
    around: Slab<[Kinds; AROUND]>,
    /// The masks of all trays.
    masks: Slab<u64>,
    /// For each tray, the phrases of its entries, each as a [`Place`].
    places: Slab<[u32; TRAY]>,
}

impl Lay for Sieve {
    fn lay(&mut self, image: &mut Image) {
        image.table(&mut self.begins);
        image.table(&mut self.visits);
        image.table(&mut self.around);
        image.table(&mut self.masks);
        image.table(&mut self.places);
    }
}

/// A phrase, and how far behind its anchor the word stands by which it is found here.
#[derive(Debug, Clone, Copy)]
struct Place(u32);

impl Place {
    const SHIFTS: u32 = 16;

    const fn new(phrase: u32, shift: i8) -> Self {
        Self(phrase * Self::SHIFTS + (shift as i32 + Self::SHIFTS as i32 / 2) as u32)
    }

    /// The phrase, and where its anchor stands if the word stands `at`.
    #[inline(always)]
    const fn anchor(self, at: usize) -> (u32, Option<usize>) {
        let at = at + Self::SHIFTS as usize / 2;
        (self.0 / Self::SHIFTS, at.checked_sub((self.0 % Self::SHIFTS) as usize))
    }
}

impl Sieve {
    /// Calls `keep` with every place of the sentence, counted in words, and each phrase of these
    /// groups that may have its anchor there.
    #[inline]
    pub(super) fn sift(&self, groups: Range<usize>, sentence: &Padded, mut keep: impl FnMut(usize, u32)) {
        let (begins, visits, around) = (&*self.begins, &*self.visits, &*self.around);
        let words = sentence.symbols[AHEAD..].iter().zip(sentence.bits.windows(SEEN));
        for (at, (&word, bits)) in words.enumerate() {
            let &[first, second, _, fourth, last] = bits else { continue };
            let begins = &begins[word as usize];
            for &[visit, wanting] in &visits[begins[groups.start] as usize..begins[groups.end] as usize] {
                let tray = visit as u32 as usize;
                let masks = &self.masks[(visit >> 32) as usize..];
                let [one, two, four, five] = &around[tray];
                let mask = |kinds: &Kinds, bit: u8| masks[usize::from(kinds[usize::from(bit)])];
                let mut left =
                    wanting & mask(four, fourth) & mask(two, second) & mask(five, last) & mask(one, first);
                while left != 0 {
                    let place = Place(self.places[tray][left.trailing_zeros() as usize]);
                    left &= left - 1;
                    if let (phrase, Some(at)) = place.anchor(at) {
                        keep(at, phrase);
                    }
                }
            }
        }
    }
}
