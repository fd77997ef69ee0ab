//! How phrases are laid out in trays.

use std::collections::BTreeMap;

use super::super::glance::Words;
use super::super::groups::GROUPS;
use super::super::shape::Choice;
use super::super::table::keep_once;
use super::super::tune::{Plan, Window};
use super::super::vocabulary::Symbol;
use super::{AROUND, BITS, Kinds, Place, Sieve, TRAY};

/// So many of the most frequent words have trays of their own: none that other words fill is then
/// looked into where they stand.
const OWN: usize = 96;

/// A phrase by the words around an anchor.
#[derive(Debug, Clone)]
pub(in super::super) struct Entry {
    place: Place,
    anchors: Vec<Symbol>,
    around: [Choice; AROUND],
}

impl Entry {
    /// The entries of a phrase that is planned so; `symbols` is how many there are.
    pub(in super::super) fn of(phrase: u32, plan: &Plan, symbols: usize) -> Vec<Self> {
        let entry = |window: &Window| {
            let [first, second, anchors, fourth, last] = window.words.clone();
            Self {
                place: Place::new(phrase, window.shift),
                anchors: anchors.map_or_else(|| (0..symbols as Symbol).collect(), |words| words.to_vec()),
                around: [first, second, fourth, last],
            }
        };
        plan.windows.iter().map(entry).collect()
    }
}

impl Sieve {
    /// The entries come by group; `shares` says how often each symbol stands in an average text.
    pub(in super::super) fn new(groups: &[Vec<Entry>; GROUPS], shares: &[f64]) -> Self {
        let mut visits: Vec<BTreeMap<u64, u64>> = vec![BTreeMap::new(); shares.len()];
        let mut sieve = SieveBuilder::default();
        let ends = groups.each_ref().map(|entries| {
            sieve.group(entries, shares, &mut visits);
            sieve.places.len() as u64
        });
        let mut begin = 0;
        let begins = visits.iter().map(|visits| {
            let behind = |end: u64| begin + visits.range(..end).count() as u32;
            let mut begins = [begin; GROUPS + 1];
            begins[1..].copy_from_slice(&ends.map(behind));
            begin = begins[GROUPS];
            begins
        });
        let begins: Vec<[u32; GROUPS + 1]> = begins.collect();
        let visits = visits.iter().flatten().map(|(&tray, &wanting)| {
            let masks = u64::from(sieve.begins[tray as usize]);
            [tray | masks << 32, wanting]
        });
        Self {
            begins: begins.into(),
            visits: visits.collect::<Vec<_>>().into(),
            around: sieve.around.into(),
            masks: sieve.masks.into(),
            places: sieve.places.into(),
        }
    }
}

/// The most frequent words that are anchors.
fn frequent(entries: &[Entry], shares: &[f64]) -> Vec<Symbol> {
    let mut is_anchor = vec![0; shares.len()];
    entries.iter().flat_map(|entry| &entry.anchors).for_each(|&symbol| is_anchor[symbol as usize] += 1);
    let mut symbols: Vec<Symbol> = (0..shares.len() as Symbol).collect();
    symbols.retain(|&symbol| is_anchor[symbol as usize] > 0);
    symbols.sort_by(|one, other| shares[*other as usize].total_cmp(&shares[*one as usize]));
    symbols.truncate(OWN);
    symbols
}

#[derive(Default)]
struct SieveBuilder {
    around: Vec<[Kinds; AROUND]>,
    masks: Vec<u64>,
    /// For each tray, where its masks begin.
    begins: Vec<u32>,
    places: Vec<[u32; TRAY]>,
}

impl SieveBuilder {
    /// Fills trays with the entries of a group: words that are often anchors have trays of their own.
    fn group(&mut self, entries: &[Entry], shares: &[f64], visits: &mut [BTreeMap<u64, u64>]) {
        let own = frequent(entries, shares);
        for &symbol in &own {
            let wanting = entries.iter().filter(|entry| entry.anchors.contains(&symbol));
            let wanting: Vec<Entry> =
                wanting.map(|entry| Entry { anchors: vec![symbol], ..entry.clone() }).collect();
            self.fill(&wanting, visits);
        }
        let mut shared: Vec<Entry> = entries.to_vec();
        for entry in &mut shared {
            entry.anchors.retain(|symbol| !own.contains(symbol));
        }
        shared.retain(|entry| !entry.anchors.is_empty());
        // The lowest symbols are the most frequent words.
        shared.sort_by(|one, other| one.anchors.cmp(&other.anchors));
        self.fill(&shared, visits);
    }

    /// Fills new trays with the entries.
    fn fill(&mut self, entries: &[Entry], visits: &mut [BTreeMap<u64, u64>]) {
        entries.chunks(TRAY).for_each(|entries| self.tray(entries, visits));
    }

    /// Fills one tray, or two if one cannot hold so many masks.
    fn tray(&mut self, entries: &[Entry], visits: &mut [BTreeMap<u64, u64>]) {
        let mut masks = Vec::new();
        let choices = |place: usize| entries.iter().map(move |entry| &entry.around[place]);
        let around = [0, 1, 2, 3].map(|place| kinds(&mut masks, choices(place)));
        let [Some(one), Some(two), Some(four), Some(five)] = around else {
            let (some, others) = entries.split_at(entries.len() / 2);
            self.tray(some, visits);
            return self.tray(others, visits);
        };
        let tray = self.places.len() as u64;
        let mut places = [0; TRAY];
        for (bit, entry) in entries.iter().enumerate() {
            places[bit] = entry.place.0;
            for &anchor in &entry.anchors {
                *visits[anchor as usize].entry(tray).or_default() |= 1 << bit;
            }
        }
        self.around.push([one, two, four, five]);
        self.begins.push(self.masks.len() as u32);
        self.masks.append(&mut masks);
        self.places.push(places);
    }
}

/// Which of the tray's masks is that of each bit, where these are the choices of its entries; nothing if
/// there are too many masks. They are added as they come up.
fn kinds<'c>(kept: &mut Vec<u64>, choices: impl Iterator<Item = &'c Choice>) -> Option<Kinds> {
    let mut masks = [0; BITS];
    choices.enumerate().for_each(|(bit, words)| admit(&mut masks, words, bit));
    let mut kinds = [0; BITS];
    for (kind, mask) in kinds.iter_mut().zip(masks) {
        *kind = u8::try_from(keep_once(kept, mask)).ok()?;
    }
    Some(kinds)
}

fn admit(masks: &mut [u64; BITS], words: &Choice, bit: usize) {
    match words {
        None => masks.iter_mut().for_each(|mask| *mask |= 1 << bit),
        Some(words) => words.iter().for_each(|&word| masks[Words::bit(word) as usize] |= 1 << bit),
    }
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;

    use super::super::super::padded::Padded;
    use super::super::super::vocabulary::{END, START};
    use super::*;

    /// What is left of a sentence: for each word, the phrases that may have their anchor there.
    fn sifted(entries: &[Entry], sentence: &[Symbol]) -> Vec<(usize, u32)> {
        let sieve = Sieve::new(&[Vec::new(), entries.to_vec(), Vec::new(), Vec::new()], &[0.01; 200]);
        let (mut padded, mut left) = (Padded::new(), Vec::new());
        padded.fill(sentence.iter().copied());
        sieve.sift(0..1, &padded, |_, _| panic!("it is of another group"));
        sieve.sift(1..2, &padded, |at, phrase| left.push((at, phrase)));
        left.sort_unstable();
        left
    }

    fn entry(phrase: u32, anchors: &[Symbol], around: [Choice; AROUND]) -> Entry {
        Entry { place: Place::new(phrase, 1 - (phrase % 2) as i8), anchors: anchors.to_vec(), around }
    }

    #[test]
    fn it_lets_through_what_fits() {
        let of = |symbols: &[Symbol]| -> Choice { Some(Rc::from(symbols)) };
        let entries = [
            entry(0, &[10], [None, None, of(&[11, 12]), None]),
            entry(1, &[11], [of(&[START]), of(&[10]), None, None]),
            entry(2, &[12], [None, None, of(&[END]), of(&[END])]),
        ];
        assert_eq!(sifted(&entries, &[10, 11, 12]), [(1, 1), (1, 2)]);
        assert_eq!(sifted(&entries, &[20, 10, 11, 12]), [(0, 0), (2, 2)]);
        assert_eq!(sifted(&entries, &[11, 10, 13]), []);
        assert_eq!(sifted(&entries, &[]), []);
    }

    #[test]
    fn many_phrases_fill_several_trays() {
        let phrases = 0..50 * TRAY as u32;
        let any = || std::array::from_fn(|_| None);
        let entries: Vec<Entry> =
            phrases.clone().map(|phrase| entry(phrase, &[phrase % 190 + 5], any())).collect();
        let left = sifted(&entries, &[9, 5, 190]);
        assert_eq!(left.len(), phrases.filter(|phrase| matches!(phrase % 190, 0 | 185)).count());
    }
}
