//! From a word to the phrases that may stand around it.
//!
//! Every phrase has an anchor, the rarest of its words that it cannot do without. Only where the
//! anchor stands, between neighbours that the phrase may have there, is the phrase looked for. So a
//! word costs a glance at the few phrases that it anchors, and the whole is linear in the text.

use serde::{Deserialize, Serialize};

use super::glance::Words;
use super::pieces::{Label, PieceId, Pieces, Sentence};
use super::table::Table;
use super::tokens::Token;
use super::vocabulary::END;

/// What the end of a phrase says: the number of a rule or of a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Says {
    Rule(u32),
    Condition(u32),
}

/// A phrase, cut ahead of its anchor.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub(super) struct Phrase {
    pub(super) says: Says,
    /// Counts only where the message ends.
    pub(super) ends_message: bool,
    /// What stands ahead of the anchor.
    before: Option<PieceId>,
    /// The anchor and what stands behind it.
    after: PieceId,
}

/// A phrase found: the word with which it begins, and the word behind its last.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub(super) phrase: u32,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The phrases, by the words that anchor them.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Index {
    pub(super) phrases: Vec<Phrase>,
    /// For each symbol, the labels that let it through and anchor a phrase, as rows of `entries`.
    anchors: Table,
    /// For each of these labels, where its entries begin.
    begins: Vec<u32>,
    /// For each of these labels, the words that any of its entries may have ahead and behind.
    sides: Vec<[Words; 2]>,
    /// For each entry, the words that may follow its anchor: most entries are refused by these.
    behind: Vec<Words>,
    entries: Vec<Entry>,
}

/// A phrase, and what must stand around its anchor there.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
struct Entry {
    ahead: Words,
    /// Another word that the phrase cannot do without, anywhere in the sentence.
    needs: Words,
    phrase: u32,
}

impl Index {
    /// Adds to `found` every phrase that stands in the sentence. Of one that may begin or end in
    /// several places around an anchor, the longest.
    pub(super) fn find(&self, sentence: &Sentence<'_>, found: &mut Vec<Found>) {
        let tokens = sentence.tokens;
        let mut all = Words::NONE;
        tokens.iter().for_each(|token| all.add(token.symbol));
        let mut ahead = Words::START_BIT;
        for (at, token) in tokens.iter().enumerate() {
            let anchors = self.anchors.row(token.symbol);
            if !anchors.is_empty() {
                let behind = tokens.get(at + 1).map_or(END, |next: &Token| next.symbol);
                for &anchor in anchors {
                    let [may_lead, may_follow] = &self.sides[anchor as usize];
                    if !may_lead.has_bit(ahead) || !may_follow.has(behind) {
                        continue;
                    }
                    let (begin, end) = (self.begins[anchor as usize], self.begins[anchor as usize + 1]);
                    let (begin, end) = (begin as usize, end as usize);
                    for (number, _) in
                        (begin..end).zip(&self.behind[begin..end]).filter(|(_, words)| words.has(behind))
                    {
                        let entry = &self.entries[number];
                        if entry.ahead.has_bit(ahead) && entry.needs.shares(all) {
                            found.extend(self.confirm(entry.phrase, at, sentence));
                        }
                    }
                }
            }
            ahead = Words::bit(token.symbol);
        }
    }

    fn confirm(&self, number: u32, at: usize, sentence: &Sentence<'_>) -> Option<Found> {
        let phrase = &self.phrases[number as usize];
        let end = sentence.end(phrase.after, at)?;
        let start = phrase.before.map_or(Some(at), |before| sentence.start(before, at))?;
        Some(Found { phrase: number, start, end })
    }
}

/// Collects phrases.
#[derive(Debug, Default)]
pub(super) struct IndexBuilder {
    phrases: Vec<Phrase>,
    /// The parts of each phrase, and which of them are the anchor and another that it needs.
    parts: Vec<(Vec<PieceId>, usize, Option<usize>)>,
}

impl IndexBuilder {
    /// Adds the phrase that these parts make. It is looked for at the part `anchor`, if there is a
    /// word of the part `needs` in the sentence.
    pub(super) fn add(&mut self, parts: Vec<PieceId>, anchor: usize, needs: Option<usize>, phrase: Phrase) {
        self.phrases.push(phrase);
        self.parts.push((parts, anchor, needs));
    }

    pub(super) fn build(self, pieces: &Pieces, labels: &Table, symbols: usize) -> Index {
        let shape = pieces.shape(labels);
        let mut entries: Vec<(Label, Words, Entry)> = Vec::new();
        for (number, (parts, anchor, needs)) in (0..).zip(&self.parts) {
            let needs = needs.map_or(Words::ALL, |part| shape.edge(vec![parts[part]], false));
            let (ahead, rest) = parts.split_at(*anchor);
            let ahead = shape.edge(ahead.iter().rev().copied().collect(), true);
            for (label, behind) in shape.openings(rest) {
                entries.push((label, behind, Entry { ahead, needs, phrase: number }));
            }
        }
        entries.sort_by_key(|(label, ..)| *label);
        let mut index = Index { phrases: self.phrases, begins: vec![0], ..Index::default() };
        let mut anchors = vec![Vec::new(); symbols];
        for group in entries.chunk_by(|one, other| one.0 == other.0) {
            let number = index.begins.len() as u32 - 1;
            labels.row(group[0].0).iter().for_each(|&symbol| anchors[symbol as usize].push(number));
            index.behind.extend(group.iter().map(|(_, behind, _)| behind));
            index.entries.extend(group.iter().map(|(.., entry)| entry));
            let leading = group.iter().fold(Words::NONE, |words, (.., entry)| words.with(entry.ahead));
            let following = group.iter().fold(Words::NONE, |words, (_, behind, _)| words.with(*behind));
            index.sides.push([leading, following]);
            index.begins.push(index.entries.len() as u32);
        }
        index.anchors = Table::new(&anchors);
        index
    }
}

impl Phrase {
    pub(super) fn new(says: Says, ends_message: bool, before: Option<PieceId>, after: PieceId) -> Self {
        Self { says, ends_message, before, after }
    }
}
