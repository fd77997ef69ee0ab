//! The sieve that a text runs through: at each word it tells which few phrases may stand around it.
//!
//! A phrase is known by its anchor, the rarest word that it cannot do without, and the words around
//! it. Phrases are gathered in groups. For each word and each place around the anchor there is a row
//! of bits, one for each group with a phrase that lets the word stand there: of five such rows, laid
//! over each other, hardly a bit is left. Within the groups that are left, each phrase has a bit in
//! the same way.

use serde::{Deserialize, Serialize};

use super::glance::Words;
use super::shape::Choice;
use super::vocabulary::{END, START, Symbol};

/// So many words ahead of the anchor are looked at,
pub(super) const AHEAD: usize = 2;
/// and as many behind it; with the anchor itself, so many.
pub(super) const SEEN: usize = 5;
/// Groups in 64s: the bits of a row.
const WIDTH: usize = 8;
/// So many groups are sifted at once.
const GROUPS: usize = WIDTH * 64;
/// The most entries of a group: the bits of a cell.
const LARGEST: usize = 32;

/// A phrase by the words around an anchor, from the furthest ahead to the furthest behind.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) phrase: u32,
    pub(super) words: [Choice; SEEN],
}

/// All entries. More than one trayful only where a lexicon is very large.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Sieve {
    trays: Vec<Tray>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Tray {
    /// For each symbol, and each place around an anchor, the groups that let it stand there.
    rows: Vec<[u64; WIDTH]>,
    /// For each group, each place, and each bit of a glance, the entries that let the word stand there.
    cells: Vec<u32>,
    /// For each group, the phrases of its entries.
    phrases: Vec<u32>,
}

/// The symbols of a sentence, with what is seen beyond its edges.
pub(super) fn pad(symbols: impl Iterator<Item = Symbol>, padded: &mut Vec<Symbol>) {
    padded.clear();
    padded.extend([START; AHEAD]);
    padded.extend(symbols);
    padded.extend([END; SEEN - AHEAD - 1]);
}

impl Sieve {
    /// Calls `keep` with every place of the sentence, counted in words, and each phrase that may
    /// have its anchor there. The sentence is padded.
    pub(super) fn sift(&self, sentence: &[Symbol], mut keep: impl FnMut(usize, u32)) {
        for tray in &self.trays {
            tray.sift(sentence, &mut keep);
        }
    }
}

impl Tray {
    #[inline]
    fn sift(&self, sentence: &[Symbol], keep: &mut impl FnMut(usize, u32)) {
        for (at, window) in sentence.array_windows_::<SEEN>().enumerate() {
            let mut left = *self.row(window, AHEAD);
            if left == [0; WIDTH] {
                continue;
            }
            for place in [1, 3, 0, 4] {
                let row = self.row(window, place);
                left = std::array::from_fn(|part| left[part] & row[part]);
            }
            for (part, mut groups) in left.into_iter().enumerate() {
                while groups != 0 {
                    let group = part * 64 + groups.trailing_zeros() as usize;
                    groups &= groups - 1;
                    self.sift_group(group, window, |phrase| keep(at, phrase));
                }
            }
        }
    }

    #[inline]
    fn row(&self, window: &[Symbol; SEEN], place: usize) -> &[u64; WIDTH] {
        &self.rows[window[place] as usize * SEEN + place]
    }

    #[inline]
    fn sift_group(&self, group: usize, window: &[Symbol; SEEN], mut keep: impl FnMut(u32)) {
        let mut left = u32::MAX;
        for place in 0..SEEN {
            left &= self.cells[(group * SEEN + place) << 8 | Words::bit(window[place]) as usize];
        }
        while left != 0 {
            keep(self.phrases[group * LARGEST + left.trailing_zeros() as usize]);
            left &= left - 1;
        }
    }
}

trait Windows {
    fn array_windows_<const N: usize>(&self) -> impl Iterator<Item = &[Symbol; N]>;
}
impl Windows for [Symbol] {
    fn array_windows_<const N: usize>(&self) -> impl Iterator<Item = &[Symbol; N]> {
        self.windows(N).filter_map(|w| w.try_into().ok())
    }
}

impl Sieve {
    /// `shares` says how often each symbol stands in an average text.
    pub(super) fn new(mut entries: Vec<Entry>, shares: &[f64]) -> Self {
        entries.sort_by(|one, other| {
            let key = |entry: &Entry| {
                let w = &entry.words;
                [w[2].clone(), w[3].clone(), w[1].clone(), w[4].clone(), w[0].clone()]
            };
            key(one).cmp(&key(other))
        });
        let (mut low, mut high) = (1e-9_f64, 1.0_f64);
        for _ in 0..16 {
            let middle = (low * high).sqrt();
            if groups(&entries, shares, middle).len() > GROUPS { low = middle } else { high = middle }
        }
        let groups = groups(&entries, shares, high);
        Self { trays: groups.chunks(GROUPS).map(|groups| Tray::new(groups, shares.len())).collect() }
    }
}

fn groups<'e>(entries: &'e [Entry], shares: &[f64], most: f64) -> Vec<&'e [Entry]> {
    let mut groups = Vec::new();
    let (mut begin, mut union) = (0, Union::default());
    for (at, entry) in entries.iter().enumerate() {
        let wider = union.with(entry);
        if at > begin && (at - begin >= LARGEST || wider.share(shares) > most) {
            groups.push(&entries[begin..at]);
            begin = at;
            union = Union::default().with(entry);
        } else {
            union = wider;
        }
    }
    if begin < entries.len() {
        groups.push(&entries[begin..]);
    }
    groups
}

#[derive(Debug, Clone, Default)]
struct Union {
    words: [Vec<Symbol>; SEEN],
    is_any: [bool; SEEN],
}

impl Union {
    fn with(&self, entry: &Entry) -> Self {
        let mut wider = self.clone();
        for (place, words) in entry.words.iter().enumerate() {
            match words {
                None => wider.is_any[place] = true,
                Some(words) => {
                    wider.words[place].extend_from_slice(words);
                    wider.words[place].sort_unstable();
                    wider.words[place].dedup();
                }
            }
        }
        wider
    }

    fn share(&self, shares: &[f64]) -> f64 {
        let share = |place: usize| {
            let affinity = if place == AHEAD { 1.0 } else { 4.0 };
            if self.is_any[place] {
                1.0
            } else {
                (affinity * self.words[place].iter().map(|&s| shares[s as usize]).sum::<f64>()).min(1.0)
            }
        };
        (0..SEEN).map(share).product()
    }
}

impl Tray {
    fn new(groups: &[&[Entry]], symbols: usize) -> Self {
        let mut tray = Self {
            rows: vec![[0; WIDTH]; symbols * SEEN],
            cells: vec![0; groups.len() * SEEN * 256],
            phrases: vec![0; groups.len() * LARGEST],
        };
        for (group, entries) in groups.iter().enumerate() {
            for (bit, entry) in entries.iter().enumerate() {
                tray.phrases[group * LARGEST + bit] = entry.phrase;
                for (place, words) in entry.words.iter().enumerate() {
                    let cells = &mut tray.cells[(group * SEEN + place) << 8..][..256];
                    let rows = &mut tray.rows;
                    let mut add_row =
                        |symbol: usize| rows[symbol * SEEN + place][group / 64] |= 1 << (group % 64);
                    match words {
                        None => {
                            (0..symbols).for_each(add_row);
                            cells.iter_mut().for_each(|cell| *cell |= 1 << bit);
                        }
                        Some(words) => {
                            for &symbol in words.iter() {
                                add_row(symbol as usize);
                                cells[Words::bit(symbol) as usize] |= 1 << bit;
                            }
                        }
                    }
                }
            }
        }
        tray
    }
}
