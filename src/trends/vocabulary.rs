//! Words of the circumstances that stand in some records more often than in the others.

use rustc_hash::{FxHashMap, FxHashSet};

use super::Casebook;
use super::chance::Fourfold;

/// So many words are told.
const TOLD: usize = 4;
/// A word must stand in so many of the records.
const FEWEST: usize = 4;
/// The chance that a word may have, corrected for all words.
const LIMIT: f64 = 0.01;
/// Shorter words are seldom about anything.
const SHORTEST: usize = 4;

/// Words that stand everywhere.
const COMMON: &[&str] = &[
    "about", "after", "again", "also", "because", "been", "before", "came", "could", "customer", "does",
    "from", "gave", "have", "here", "into", "just", "like", "more", "only", "over", "said", "says", "some",
    "than", "that", "them", "then", "there", "they", "this", "told", "took", "very", "wanted", "went",
    "were", "what", "when", "which", "while", "with", "would", "your",
];

/// The words of each record, numbered when they are first asked for.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    words: Vec<String>,
    counts: Vec<usize>,
    records: Option<Vec<Vec<u32>>>,
}

impl Vocabulary {
    /// The words that stand out in these records. What is named already is left out.
    pub(super) fn of(&mut self, casebook: &Casebook, inside: &[usize], named: &[String]) -> Vec<String> {
        let records = self.records.take().unwrap_or_else(|| self.read(casebook));
        let with_words = |record: &&usize| !records[**record].is_empty();
        let size = inside.iter().filter(with_words).count();
        let all = records.iter().filter(|words| !words.is_empty()).count();
        let mut counts: FxHashMap<u32, usize> = FxHashMap::default();
        inside
            .iter()
            .flat_map(|&record| &records[record])
            .for_each(|word| *counts.entry(*word).or_default() += 1);
        let named = named.join(" ").to_lowercase();
        let mut found: Vec<(f64, &str)> = counts
            .into_iter()
            .filter(|(_, count)| *count >= FEWEST)
            .filter_map(|(word, count)| {
                let table = Fourfold {
                    both: count as f64,
                    one: size as f64,
                    other: self.counts[word as usize] as f64,
                    all: all as f64,
                };
                let text = self.words[word as usize].as_str();
                let stem = &text[..text.char_indices().nth(SHORTEST).map_or(text.len(), |(at, _)| at)];
                let is_news = !named.contains(stem);
                let chance = table.chance(1.0) * self.words.len() as f64;
                (chance <= LIMIT && is_news).then_some((chance, text))
            })
            .collect();
        found.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(other.1)));
        let told = found.into_iter().take(TOLD).map(|(_, word)| word.to_owned()).collect();
        self.records = Some(records);
        told
    }

    fn read(&mut self, casebook: &Casebook) -> Vec<Vec<u32>> {
        let mut known: FxHashMap<String, u32> = FxHashMap::default();
        let mut records = Vec::with_capacity(casebook.records.len());
        for record in &casebook.records {
            let words = record.words.split(|c: char| !c.is_alphabetic() && c != '\'').map(str::to_lowercase);
            let mut seen = FxHashSet::default();
            for word in
                words.filter(|word| word.chars().count() >= SHORTEST && !COMMON.contains(&word.as_str()))
            {
                let number = *known.entry(word).or_insert_with_key(|word| {
                    self.words.push(word.clone());
                    self.counts.push(0);
                    self.words.len() as u32 - 1
                });
                if seen.insert(number) {
                    self.counts[number as usize] += 1;
                }
            }
            records.push(seen.into_iter().collect());
        }
        records
    }
}
