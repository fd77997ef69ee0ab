//! The sieve that a text runs through: at each word it tells which few phrases may stand around it.
//!
//! A phrase is known by its anchor, a word that it cannot do without, the words around that, and
//! words that it needs anywhere in the sentence. Phrases that are alike in this are gathered in
//! groups. For each word and each place there is a row of bits, one for each group with a phrase
//! that lets the word stand there: of six such rows, laid over each other, hardly a bit is left.
//! Within the groups that are left, each phrase has a bit in the same way.

use super::glance::Words;
use super::image::{Image, Lay, Slab};
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
#[derive(Debug, Default)]
pub(super) struct Sieve {
    trays: Vec<Tray>,
}

#[derive(Debug, Default)]
struct Tray {
    /// For each symbol, and each place around an anchor, the groups that let it stand there.
    rows: Slab<[[u64; WIDTH]; LOOKS]>,
    /// For each symbol, and each place, which parts of the row hold any group.
    parts: Slab<[u16; LOOKS]>,
    /// For each group, each place, and each bit of a glance, the entries that let the word stand there.
    cells: Slab<u16>,
    /// For each group, the phrases of its entries.
    phrases: Slab<u32>,
}

impl Lay for Sieve {
    fn lay(&mut self, image: &mut Image) {
        let mut count = self.trays.len() as u32;
        image.value(&mut count);
        self.trays.resize_with(count as usize, Tray::default);
        for tray in &mut self.trays {
            image.table(&mut tray.rows);
            image.table(&mut tray.parts);
            image.table(&mut tray.cells);
            image.table(&mut tray.phrases);
        }
    }
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
        let (rows, parts, cells, phrases) = (&*self.rows, &*self.parts, &*self.cells, &*self.phrases);
        let mut anywhere = [0; WIDTH];
        for &symbol in sentence {
            let row = &rows[symbol as usize][ANYWHERE];
            (0..WIDTH).for_each(|part| anywhere[part] |= row[part]);
        }
        for (at, window) in sentence.windows(SEEN).enumerate() {
            let &[first, second, anchor, fourth, last] = window else { continue };
            let mut wanted = parts[first as usize][0]
                & parts[second as usize][1]
                & parts[anchor as usize][2]
                & parts[fourth as usize][3]
                & parts[last as usize][4];
            if wanted == 0 {
                continue;
            }
            let (one, two, three) =
                (&rows[first as usize][0], &rows[second as usize][1], &rows[anchor as usize][2]);
            let (four, five) = (&rows[fourth as usize][3], &rows[last as usize][4]);
            while wanted != 0 {
                let part = wanted.trailing_zeros() as usize % WIDTH;
                wanted &= wanted - 1;
                let mut groups =
                    three[part] & four[part] & two[part] & five[part] & one[part] & anywhere[part];
                while groups != 0 {
                    let group = part * 64 + groups.trailing_zeros() as usize;
                    groups &= groups - 1;
                    let cell = |place: usize, symbol: Symbol| {
                        cells[(group * SEEN + place) << 8 | Words::bit(symbol) as usize]
                    };
                    let mut left =
                        cell(2, anchor) & cell(3, fourth) & cell(1, second) & cell(4, last) & cell(0, first);
                    while left != 0 {
                        keep(at, phrases[group * LARGEST + left.trailing_zeros() as usize]);
                        left &= left - 1;
                    }
                }
            }
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
        let mut groups = groups(&entries, shares, high);
        // Those with frequent anchors together: a rare word then has few parts of a row to look at.
        groups.sort_by_cached_key(|group| {
            group
                .iter()
                .flat_map(|entry| entry.words[AHEAD].iter().flat_map(|words| words.iter()))
                .min()
                .copied()
        });
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
        words.map_or(100.0, |words| {
            affinity(*place) * words.iter().map(|&symbol| shares[symbol as usize]).sum::<f64>()
        })
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
        let share = |(place, sum): (usize, &f64)| (affinity(place) * sum).min(1.0);
        self.sums.iter().enumerate().map(share).product()
    }
}

impl Tray {
    fn new(groups: &[&[Entry]], symbols: usize) -> Self {
        let mut rows = vec![[[0_u64; WIDTH]; LOOKS]; symbols];
        // For each place, the groups that let any word stand there.
        let mut always = [[0_u64; WIDTH]; LOOKS];
        let mut cells = vec![0_u16; groups.len() * SEEN * 256];
        let mut phrases = vec![0; groups.len() * LARGEST];
        let looks = groups.iter().enumerate().flat_map(|(group, entries)| {
            entries.iter().enumerate().flat_map(move |(bit, entry)| {
                entry.words.iter().enumerate().map(move |(place, words)| (group, bit, place, words))
            })
        });
        for (group, bit, place, words) in looks {
            match words {
                None => always[place][group / 64] |= 1 << (group % 64),
                Some(words) => words.iter().for_each(|&symbol| {
                    rows[symbol as usize][place][group / 64] |= 1 << (group % 64);
                }),
            }
            let cells = cells.get_mut((group * SEEN + place) << 8..).filter(|_| place != ANYWHERE);
            let cells = cells.and_then(|cells| cells.first_chunk_mut::<256>());
            match (cells, words) {
                (Some(cells), None) => cells.iter_mut().for_each(|cell| *cell |= 1 << bit),
                (Some(cells), Some(words)) => {
                    words.iter().for_each(|&symbol| cells[Words::bit(symbol) as usize] |= 1 << bit);
                }
                (None, _) => {}
            }
        }
        for row in &mut rows {
            for (row, always) in row.as_flattened_mut().iter_mut().zip(always.as_flattened()) {
                *row |= always;
            }
        }
        for (group, entries) in groups.iter().enumerate() {
            for (bit, entry) in entries.iter().enumerate() {
                phrases[group * LARGEST + bit] = entry.phrase;
            }
        }
        let filled =
            |row: &[u64; WIDTH]| (0..WIDTH).fold(0, |all, part| all | u16::from(row[part] != 0) << part);
        let parts: Vec<[u16; LOOKS]> = rows.iter().map(|rows| rows.each_ref().map(filled)).collect();
        Self { rows: rows.into(), parts: parts.into(), cells: cells.into(), phrases: phrases.into() }
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::*;

    /// What is left of a sentence: for each word, the phrases that may have their anchor there.
    fn sifted(entries: &[Entry], sentence: &[Symbol]) -> Vec<(usize, u32)> {
        let sieve = Sieve::new(entries.to_vec(), &[0.01; 100]);
        let (mut padded, mut left) = (Vec::new(), Vec::new());
        pad(sentence.iter().copied(), &mut padded);
        sieve.sift(&padded, |at, phrase| left.push((at, phrase)));
        left.sort_unstable();
        left
    }

    #[test]
    fn it_lets_through_what_fits() {
        let of = |symbols: &[Symbol]| -> Choice { Some(Rc::from(symbols)) };
        let entries = [
            Entry::new(0, [None, None, of(&[10]), of(&[11, 12]), None], None),
            Entry::new(1, [of(&[START]), of(&[10]), of(&[11]), None, None], None),
            Entry::new(2, [None, None, of(&[12]), of(&[END]), of(&[END])], of(&[20, 21])),
        ];
        assert_eq!(sifted(&entries, &[10, 11, 12]), [(0, 0), (1, 1)]);
        assert_eq!(sifted(&entries, &[20, 10, 11, 12]), [(1, 0), (3, 2)]);
        assert_eq!(sifted(&entries, &[11, 10, 13]), []);
        assert_eq!(sifted(&entries, &[]), []);
    }

    #[test]
    fn many_phrases_fill_several_trays() {
        let phrases = 0..3 * (GROUPS * LARGEST) as u32;
        let entry = |phrase: u32| {
            let word: Choice = Some(Rc::from([phrase % 90 + 5]));
            Entry::new(phrase, [None, None, word, None, None], None)
        };
        let entries: Vec<Entry> = phrases.clone().map(entry).collect();
        let left = sifted(&entries, &[5]);
        assert_eq!(left.len(), phrases.filter(|phrase| phrase % 90 == 0).count());
    }
}
