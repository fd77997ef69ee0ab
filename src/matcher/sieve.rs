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
const WIDTH: usize = 16;
/// So many groups are sifted at once.
const GROUPS: usize = WIDTH * 64;
/// The most entries of a group: the bits of a cell.
const LARGEST: usize = 16;

/// Beside the places around the anchor, the sentence as a whole is looked at.
const ANYWHERE: usize = SEEN;
/// All that is looked at.
const LOOKS: usize = SEEN + 1;

/// A phrase by the words around an anchor, from the furthest ahead to the furthest behind; last,
/// the words of which one must stand anywhere in the sentence.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) phrase: u32,
    pub(super) words: [Choice; LOOKS],
}

impl Entry {
    pub(super) fn new(phrase: u32, window: [Choice; SEEN], needed: Choice) -> Self {
        let mut words = window.into_iter().chain([needed]);
        Self { phrase, words: std::array::from_fn(|_| words.next().flatten()) }
    }
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
    cells: Vec<u16>,
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
        let mut anywhere = [0; WIDTH];
        for &symbol in sentence {
            let row = &self.rows[symbol as usize * LOOKS + ANYWHERE];
            (0..WIDTH).for_each(|part| anywhere[part] |= row[part]);
        }
        for (at, window) in sentence.windows(SEEN).enumerate() {
            let Ok(window) = <&[Symbol; SEEN]>::try_from(window) else { continue };
            let [first, second, anchor, fourth, last] = [0, 1, 2, 3, 4].map(|place| self.row(window, place));
            let mut left = anywhere;
            for part in 0..WIDTH {
                left[part] &= anchor[part] & fourth[part] & second[part] & last[part] & first[part];
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
        &self.rows[window[place] as usize * LOOKS + place]
    }

    #[inline]
    fn sift_group(&self, group: usize, window: &[Symbol; SEEN], mut keep: impl FnMut(u32)) {
        let mut left = u16::MAX;
        for place in 0..SEEN {
            left &= self.cells[(group * SEEN + place) << 8 | Words::bit(window[place]) as usize];
        }
        while left != 0 {
            keep(self.phrases[group * LARGEST + left.trailing_zeros() as usize]);
            left &= left - 1;
        }
    }
}

impl Sieve {
    /// `shares` says how often each symbol stands in an average text.
    pub(super) fn new(mut entries: Vec<Entry>, shares: &[f64]) -> Self {
        entries.sort_by_cached_key(|entry| key(entry, shares));
        let (mut low, mut high) = (1e-9_f64, 1.0_f64);
        for _ in 0..STEPS {
            let middle = (low * high).sqrt();
            let count = groups(&entries, shares, middle).len();
            if count > GROUPS { low = middle } else { high = middle }
        }
        let groups = groups(&entries, shares, high);
        if std::env::var_os("SIEVE").is_some() { eprintln!("entries {} groups {} high {high}", entries.len(), groups.len()); }
        Self { trays: groups.chunks(GROUPS).map(|groups| Tray::new(groups, shares.len())).collect() }
    }
}

/// How closely the largest share of a group is sought.
const STEPS: usize = 12;
/// How much more often words that the phrases want stand at this place than by chance.
const fn affinity(place: usize) -> f64 {
    match place {
        AHEAD => 1.0,
        ANYWHERE => 15.0,
        _ => 4.0,
    }
}

/// Entries with like keys are alike: the places around the anchor, the one that refuses most first,
/// and the words there.
fn key(entry: &Entry, shares: &[f64]) -> [(usize, Choice); LOOKS] {
    let share = |place: &usize| -> f64 {
        let words = entry.words[*place].as_ref();
        words.map_or(100.0, |words| affinity(*place) * words.iter().map(|&symbol| shares[symbol as usize]).sum::<f64>())
    };
    let mut places: [usize; LOOKS] = std::array::from_fn(|place| place);
    places.sort_by(|one, other| share(one).total_cmp(&share(other)));
    places.map(|place| (place, entry.words[place].clone()))
}

/// Cuts the entries into groups of which none lets more through than `most` words of a text.
fn groups<'e>(entries: &'e [Entry], shares: &[f64], most: f64) -> Vec<&'e [Entry]> {
    let mut groups = Vec::new();
    let mut begin = 0;
    let mut union = Union::new(shares);
    for (at, entry) in entries.iter().enumerate() {
        union.add(entry);
        if at > begin && (at - begin >= LARGEST || union.share() > most) {
            groups.push(&entries[begin..at]);
            begin = at;
            union.clear();
            union.add(entry);
        }
    }
    if begin < entries.len() {
        groups.push(&entries[begin..]);
    }
    groups
}

/// The words that any entry of a group lets through.
struct Union<'s> {
    shares: &'s [f64],
    /// For each place and symbol, the last group that had it.
    seen: Vec<[u32; LOOKS]>,
    group: u32,
    sums: [f64; LOOKS],
}

impl<'s> Union<'s> {
    fn new(shares: &'s [f64]) -> Self {
        Self { shares, seen: vec![[0; LOOKS]; shares.len()], group: 1, sums: [0.0; LOOKS] }
    }

    fn clear(&mut self) {
        self.group += 1;
        self.sums = [0.0; LOOKS];
    }

    fn add(&mut self, entry: &Entry) {
        for (place, words) in entry.words.iter().enumerate() {
            let Some(words) = words else {
                self.sums[place] = f64::INFINITY;
                continue;
            };
            for &symbol in words.iter() {
                if std::mem::replace(&mut self.seen[symbol as usize][place], self.group) != self.group {
                    self.sums[place] += self.shares[symbol as usize];
                }
            }
        }
    }

    /// How often the group lets a word through.
    fn share(&self) -> f64 {
        let share = |(place, sum): (usize, &f64)| {
            (affinity(place) * sum).min(1.0)
        };
        self.sums.iter().enumerate().map(share).product()
    }
}

impl Tray {
    fn new(groups: &[&[Entry]], symbols: usize) -> Self {
        let mut tray = Self {
            rows: vec![[0; WIDTH]; symbols * LOOKS],
            cells: vec![0; groups.len() * SEEN * 256],
            phrases: vec![0; groups.len() * LARGEST],
        };
        for (group, entries) in groups.iter().enumerate() {
            for (bit, entry) in entries.iter().enumerate() {
                tray.phrases[group * LARGEST + bit] = entry.phrase;
                for (place, words) in entry.words.iter().enumerate() {
                    let cells: &mut [_] = match place {
                        ANYWHERE => &mut [],
                        _ => &mut tray.cells[(group * SEEN + place) << 8..][..256],
                    };
                    let rows = &mut tray.rows;
                    let mut add_row =
                        |symbol: usize| rows[symbol * LOOKS + place][group / 64] |= 1 << (group % 64);
                    match words {
                        None => {
                            (0..symbols).for_each(add_row);
                            cells.iter_mut().for_each(|cell| *cell |= 1 << bit);
                        }
                        Some(words) => {
                            for &symbol in words.iter() {
                                add_row(symbol as usize);
                                if let Some(cell) = cells.get_mut(Words::bit(symbol) as usize) {
                                    *cell |= 1 << bit;
                                }
                            }
                        }
                    }
                }
            }
        }
        tray
    }
}
