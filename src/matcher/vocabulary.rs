//! The words that any phrase knows, as one automaton over letters: a word of the text becomes a
//! symbol in one table look-up a letter.

use rustc_hash::FxHashMap;

use super::image::{Image, Lay, Slab};
use super::words::{Letters, WordTable};
use crate::text::is_apostrophe;

/// A word as the phrases see it. Equal symbols are the same word.
pub(super) type Symbol = u32;

/// A word that no phrase knows.
pub(super) const OTHER: Symbol = 0;
/// A number in digits, with what is glued to it.
pub(super) const NUMBER: Symbol = 1;
/// A placeholder such as `{{name}}`.
pub(super) const PLACEHOLDER: Symbol = 2;
/// Not a word: the end of a sentence.
pub(super) const END: Symbol = 3;
/// Not a word: what stands ahead of a sentence.
pub(super) const START: Symbol = 4;
/// A number in digits with the sign of a currency.
pub(super) const PRICE: Symbol = 5;
const FIRST_WORD: Symbol = 6;

/// What a word does besides being heard. Bits, so that a word may do several.
pub(super) mod role {
    /// Denies what follows: not.
    pub(in super::super) const NEGATOR: u8 = 1;
    /// Passes a denial on to the clause behind it: think.
    pub(in super::super) const CARRIER: u8 = 2;
    /// Ends a denial's reach: but.
    pub(in super::super) const STOP: u8 = 4;
    /// Opens a salutation: dear.
    pub(in super::super) const GREETING: u8 = 8;
    /// Its full stop ends no sentence: mr.
    pub(in super::super) const ABBREVIATION: u8 = 16;
    /// Begins a clause of its own: we.
    pub(in super::super) const SUBJECT: u8 = 32;
    /// Opens a question when a subject follows: do.
    pub(in super::super) const AUXILIARY: u8 = 64;
    /// Asks for something: which.
    pub(in super::super) const ASKING: u8 = 128;
}

/// Collects words and beginnings of words, and hands out their symbols.
#[derive(Debug, Default)]
pub(super) struct VocabularyBuilder {
    words: FxHashMap<String, Symbol>,
    prefixes: FxHashMap<String, Symbol>,
    roles: Vec<u8>,
    splits: FxHashMap<Symbol, Box<[Symbol]>>,
    endings: Vec<(String, Symbol)>,
}

impl VocabularyBuilder {
    pub(super) fn new() -> Self {
        Self { roles: vec![0; FIRST_WORD as usize], ..Self::default() }
    }

    /// The symbol of this word.
    pub(super) fn word(&mut self, word: &str) -> Symbol {
        if let Some(&symbol) = self.words.get(word) {
            return symbol;
        }
        let symbol = self.next_symbol();
        self.words.insert(word.to_owned(), symbol);
        symbol
    }

    /// The symbol of unknown words that begin with `prefix` and no longer known prefix.
    pub(super) fn prefix(&mut self, prefix: &str) -> Symbol {
        if let Some(&symbol) = self.prefixes.get(prefix) {
            return symbol;
        }
        let symbol = self.next_symbol();
        self.prefixes.insert(prefix.to_owned(), symbol);
        symbol
    }

    pub(super) fn add_role(&mut self, word: &str, role: u8) {
        let symbol = self.word(word);
        self.roles[symbol as usize] |= role;
    }

    pub(super) fn add_roles(&mut self, symbol: Symbol, roles: u8) {
        self.roles[symbol as usize] |= roles;
    }

    /// A symbol that no word of a text has by itself.
    pub(super) fn stand_in(&mut self) -> Symbol {
        self.next_symbol()
    }

    pub(super) fn roles_of(&mut self, word: &str) -> u8 {
        let symbol = self.word(word);
        self.roles[symbol as usize]
    }

    /// Lets the word be read as these words, one after the other: don't as do and not.
    pub(super) fn split(&mut self, word: &str, parts: &[Symbol]) {
        let symbol = self.word(word);
        self.splits.insert(symbol, parts.into());
    }

    /// Lets a word that nobody knows be read as two where it ends so: `Ann'll` as Ann and will.
    pub(super) fn ending(&mut self, ending: &str, symbol: Symbol) {
        self.endings.push((ending.to_owned(), symbol));
    }

    /// Everything that is known so far, in alphabetical order.
    pub(super) fn sorted(&self) -> Known {
        let all = self.words.iter().chain(&self.prefixes);
        let mut entries: Vec<(String, Symbol)> = all.map(|(word, &symbol)| (word.clone(), symbol)).collect();
        entries.sort_unstable();
        Known(entries)
    }

    fn next_symbol(&mut self) -> Symbol {
        self.roles.push(0);
        self.roles.len() as Symbol - 1
    }

    /// Gives one symbol to all words that no label and no role tells apart, so that labels
    /// are short.
    ///
    /// Frequent words get the lowest numbers: what a text needs most lies together in memory.
    pub(super) fn merge(&mut self, labels: &mut [Vec<Symbol>], common: &[String]) {
        let mut traits: Vec<Traits> =
            self.roles.iter().map(|&roles| Traits { roles, ..Traits::default() }).collect();
        // A word and a beginning stay apart: what begins like `kettle*` may still be kettle's.
        self.prefixes.values().for_each(|&symbol| traits[symbol as usize].is_prefix = true);
        for (number, label) in (0..).zip(labels.iter()) {
            label.iter().for_each(|&symbol| traits[symbol as usize].labels.push(number));
        }
        let mut kinds: FxHashMap<&Traits, Symbol> = FxHashMap::default();
        let mut roles = Vec::new();
        let mut merged = vec![OTHER; traits.len()];
        for symbol in self.frequent_first(common) {
            let own = &traits[symbol as usize];
            let next = roles.len() as Symbol;
            let is_itself = symbol < FIRST_WORD || self.splits.contains_key(&symbol);
            let kind = if is_itself { next } else { *kinds.entry(own).or_insert(next) };
            if kind == next {
                roles.push(own.roles);
            }
            merged[symbol as usize] = kind;
        }
        let rename = |symbol: &mut Symbol| *symbol = merged[*symbol as usize];
        for label in labels {
            label.iter_mut().for_each(rename);
            label.sort_unstable();
            label.dedup();
        }
        self.roles = roles;
        self.words.values_mut().chain(self.prefixes.values_mut()).for_each(rename);
        self.endings.iter_mut().for_each(|(_, symbol)| rename(symbol));
        self.splits = std::mem::take(&mut self.splits)
            .into_iter()
            .map(|(symbol, parts)| {
                (merged[symbol as usize], parts.iter().map(|&part| merged[part as usize]).collect())
            })
            .collect();
    }

    /// All symbols: those that stand for no word, the frequent words by their rank, the others, and
    /// last the words that are short for others.
    fn frequent_first(&self, common: &[String]) -> Vec<Symbol> {
        let ranks =
            common.iter().zip(0_usize..).filter_map(|(word, rank)| Some((*self.words.get(word)?, rank)));
        let ranks: FxHashMap<Symbol, usize> = ranks.collect();
        let mut symbols: Vec<Symbol> = (0..self.roles.len() as Symbol).collect();
        symbols[FIRST_WORD as usize..].sort_by_key(|symbol| {
            (self.splits.contains_key(symbol), ranks.get(symbol).copied().unwrap_or(usize::MAX))
        });
        symbols
    }

    /// How often each symbol stands at a word of an average text.
    pub(super) fn shares(&self, share: impl Fn(&str) -> f64) -> Vec<f64> {
        let mut shares = vec![0.0; self.roles.len()];
        shares[OTHER as usize] = 0.15;
        shares[NUMBER as usize] = 0.02;
        shares[PLACEHOLDER as usize] = 0.02;
        shares[PRICE as usize] = 0.002;
        shares[END as usize] = 0.1;
        shares[START as usize] = 0.1;
        for (word, &symbol) in &self.words {
            let parts = self.splits.get(&symbol).map_or(std::slice::from_ref(&symbol), |parts| parts);
            parts.iter().for_each(|&part| shares[part as usize] += share(word));
        }
        shares
    }

    pub(super) fn build(self) -> Vocabulary {
        let mut words: Vec<(String, Symbol)> = self.words.into_iter().collect();
        words.sort_unstable_by(|one, other| (one.1, &one.0).cmp(&(other.1, &other.0)));
        let mut splits: Vec<(Symbol, Box<[Symbol]>)> = self.splits.into_iter().collect();
        splits.sort_unstable();
        let first_split = (self.roles.len() - splits.len()) as Symbol;
        let mut is_word = vec![0; self.roles.len()];
        words.iter().for_each(|&(_, symbol)| is_word[symbol as usize] = 1);
        let (plain, odd): (Vec<_>, Vec<_>) = words.into_iter().partition(|(word, _)| is_plain(word));
        let prefixes = self.prefixes.iter().map(|(prefix, &symbol)| (prefix.as_str(), symbol));
        let mut prefixes: Vec<(&str, Symbol)> = prefixes.filter(|(prefix, _)| is_plain(prefix)).collect();
        prefixes.sort_unstable();
        let plain = plain.iter().map(|(word, symbol)| (word.as_str(), *symbol));
        let words = WordTable::new(plain.clone(), prefixes.iter().map(|(prefix, _)| *prefix));
        let trie = TrieBuilder::build(plain, prefixes.into_iter());
        Vocabulary {
            trie,
            words,
            odd: odd.into_iter().collect(),
            roles: self.roles.into(),
            first_split,
            splits: splits.into_iter().map(|(_, parts)| parts).collect(),
            endings: self.endings,
            is_word: is_word.into(),
        }
    }
}

/// What tells a word from others.
#[derive(Debug, Default, PartialEq, Eq, Hash)]
struct Traits {
    roles: u8,
    is_prefix: bool,
    labels: Vec<u32>,
}

/// Words and beginnings in alphabetical order.
pub(super) struct Known(Vec<(String, Symbol)>);

impl Known {
    /// The symbols of all that begin with `prefix`.
    pub(super) fn beginning_with(&self, prefix: &str) -> impl Iterator<Item = Symbol> {
        let first = self.0.partition_point(|(word, _)| word.as_str() < prefix);
        self.0[first..]
            .iter()
            .take_while(move |(word, _)| word.starts_with(prefix))
            .map(|&(_, symbol)| symbol)
    }

    /// The symbols of all that begin with a digit, of the numbers that nobody named, and of prices.
    pub(super) fn numbers(&self) -> impl Iterator<Item = Symbol> {
        ('0'..='9')
            .flat_map(|digit| self.beginning_with(digit.encode_utf8(&mut [0; 4])).collect::<Vec<_>>())
            .chain([NUMBER, PRICE])
    }
}

/// The known words, ready to be looked up.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    pub(super) trie: Trie,
    words: WordTable,
    /// Words with digits or letters beyond a to z.
    odd: FxHashMap<String, Symbol>,
    roles: Slab<u8>,
    /// The words from this one on are short for others, each for those in `splits`.
    first_split: Symbol,
    splits: Vec<Box<[Symbol]>>,
    endings: Vec<(String, Symbol)>,
    /// For each symbol, 1 if it is that of a word and not of a beginning.
    is_word: Slab<u8>,
}

impl Lay for Vocabulary {
    fn lay(&mut self, image: &mut Image) {
        image.table(&mut self.trie.next);
        image.table(&mut self.trie.symbols);
        self.words.lay(image);
        image.value(&mut self.odd);
        image.table(&mut self.roles);
        image.value(&mut self.first_split);
        image.value(&mut self.splits);
        image.value(&mut self.endings);
        image.table(&mut self.is_word);
    }
}

impl Vocabulary {
    /// Whether the word is short for others.
    #[inline(always)]
    pub(super) fn is_split(&self, symbol: Symbol) -> bool {
        symbol >= self.first_split
    }

    /// The words that this one is short for.
    #[inline]
    pub(super) fn split(&self, symbol: Symbol) -> Option<&[Symbol]> {
        self.is_split(symbol).then(|| &*self.splits[(symbol - self.first_split) as usize])
    }

    /// The two words that `word` may be read as by its ending, unless it is known as it stands.
    pub(super) fn split_by_ending(&self, word: &str, symbol: Symbol) -> Option<[Symbol; 2]> {
        if self.is_word[symbol as usize] != 0 {
            return None;
        }
        let (stem, ending) = word.rsplit_once(is_apostrophe)?;
        let is_known = |known: &str| known.trim_start_matches('\'').eq_ignore_ascii_case(ending);
        let (_, last) = self.endings.iter().find(|(known, _)| is_known(known))?;
        Some([self.trie.look_up(stem.as_bytes()), *last])
    }

    /// The symbol of a word of few letters.
    #[inline(always)]
    pub(super) fn symbol(&self, word: &Letters) -> Symbol {
        self.words.symbol(word, &self.trie)
    }

    /// How many symbols there are, the unknown included.
    pub(super) fn len(&self) -> usize {
        self.roles.len()
    }

    pub(super) fn has_role(&self, symbol: Symbol, role: u8) -> bool {
        self.roles[symbol as usize] & role != 0
    }

    /// The symbol of a word that begins with a digit.
    pub(super) fn number(&self, word: &str) -> Symbol {
        self.odd(word).unwrap_or(NUMBER)
    }

    /// The symbol of a word with digits or letters beyond a to z.
    pub(super) fn odd(&self, word: &str) -> Option<Symbol> {
        if self.odd.is_empty() || word.len() > LONGEST_ODD {
            return None;
        }
        self.odd.get(&word.to_lowercase()).copied()
    }
}

/// A longer run of letters and digits is no word that anybody lists.
const LONGEST_ODD: usize = 40;

/// The state before a word's first letter.
pub(super) const ROOT: u32 = 1;
/// What a byte can be to the table: a letter from a to z, an apostrophe, or anything else.
const WIDTH: usize = 28;

const CLASSES: [u8; 256] = classes();

const fn classes() -> [u8; 256] {
    let mut classes = [0; 256];
    let mut letter = 0;
    while letter < 26 {
        classes[b'a' as usize + letter] = letter as u8 + 1;
        classes[b'A' as usize + letter] = letter as u8 + 1;
        letter += 1;
    }
    classes[b'\'' as usize] = 27;
    classes
}

/// Whether the table can hold the word.
fn is_plain(word: &str) -> bool {
    word.bytes().all(|byte| CLASSES[usize::from(byte)] != 0)
}

/// A table automaton over the bytes of words: one step a byte, no branch.
#[derive(Debug, Default)]
pub(super) struct Trie {
    next: Slab<u32>,
    symbols: Slab<Symbol>,
}

/// A trie in the making.
#[derive(Debug, Default)]
struct TrieBuilder {
    next: Vec<u32>,
    symbols: Vec<Symbol>,
}

impl TrieBuilder {
    fn build<'w>(
        words: impl Iterator<Item = (&'w str, Symbol)>,
        prefixes: impl Iterator<Item = (&'w str, Symbol)>,
    ) -> Trie {
        let mut trie = Self::default();
        trie.add_state();
        trie.add_state();
        for (word, symbol) in words {
            let state = trie.insert(word);
            trie.symbols[state] = symbol;
        }
        let mut opens = FxHashMap::default();
        for (prefix, symbol) in prefixes {
            opens.insert(trie.insert(prefix), symbol);
        }
        trie.close(&opens);
        let Self { next, symbols } = trie.minimised();
        Trie { next: next.into(), symbols: symbols.into() }
    }

    fn add_state(&mut self) -> usize {
        self.next.resize(self.next.len() + WIDTH, 0);
        self.symbols.push(OTHER);
        self.symbols.len() - 1
    }

    fn insert(&mut self, word: &str) -> usize {
        let mut state = ROOT as usize;
        for byte in word.bytes() {
            let slot = state * WIDTH + usize::from(CLASSES[usize::from(byte)]);
            if self.next[slot] == 0 {
                self.next[slot] = self.add_state() as u32;
            }
            state = self.next[slot] as usize;
        }
        state
    }

    /// Gives every state below a known prefix somewhere to go for any letter: a state that stays
    /// where it is and answers with the prefix's symbol.
    fn close(&mut self, opens: &FxHashMap<usize, Symbol>) {
        let mut sinks: FxHashMap<Symbol, u32> = FxHashMap::default();
        let mut unclosed = vec![(ROOT as usize, OTHER)];
        while let Some((state, inherited)) = unclosed.pop() {
            let open = opens.get(&state).copied().unwrap_or(inherited);
            if open != OTHER && self.symbols[state] == OTHER {
                self.symbols[state] = open;
            }
            let sink = if open == OTHER { 0 } else { self.sink(&mut sinks, open) };
            for slot in state * WIDTH..(state + 1) * WIDTH {
                match self.next[slot] {
                    0 => self.next[slot] = sink,
                    child => unclosed.push((child as usize, open)),
                }
            }
        }
    }

    fn sink(&mut self, sinks: &mut FxHashMap<Symbol, u32>, open: Symbol) -> u32 {
        *sinks.entry(open).or_insert_with(|| {
            let sink = self.add_state();
            self.symbols[sink] = open;
            self.next[sink * WIDTH..].fill(sink as u32);
            sink as u32
        })
    }

    /// The same with one state for all that lead to the same symbols. Those that were inserted
    /// first, the frequent words', stay in front.
    fn minimised(&self) -> Self {
        let count = self.symbols.len();
        let mut same: Vec<u32> = (0..count as u32).collect();
        let mut known: FxHashMap<(Symbol, Vec<u32>), u32> = FxHashMap::default();
        // A state stands behind its parent, so from the last to the first all children are known.
        for state in (ROOT as usize + 1..count).rev() {
            let row = self.row(state).iter().map(|&child| same[child as usize]).collect();
            same[state] = *known.entry((self.symbols[state], row)).or_insert(state as u32);
        }
        let mut numbers = vec![0; count];
        let kept: Vec<usize> = (0..count).filter(|&state| same[state] as usize == state).collect();
        kept.iter().zip(0..).for_each(|(&state, number)| numbers[state] = number);
        let mut smaller = Self::default();
        for state in kept {
            smaller.symbols.push(self.symbols[state]);
            smaller.next.extend(self.row(state).iter().map(|&child| numbers[same[child as usize] as usize]));
        }
        smaller
    }

    fn row(&self, state: usize) -> &[u32] {
        &self.next[state * WIDTH..(state + 1) * WIDTH]
    }
}

impl Trie {
    /// The state after one more byte of the word.
    #[inline]
    pub(super) fn step(&self, state: u32, byte: u8) -> u32 {
        self.next[state as usize * WIDTH + usize::from(CLASSES[usize::from(byte)])]
    }

    /// The symbol of the word with these letters.
    pub(super) fn look_up<'l>(&self, letters: impl IntoIterator<Item = &'l u8>) -> Symbol {
        self.symbol(letters.into_iter().fold(ROOT, |state, &letter| self.step(state, letter)))
    }

    /// The symbol of the word that ends in this state.
    #[inline]
    pub(super) fn symbol(&self, state: u32) -> Symbol {
        self.symbols[state as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// In both tables, which must agree.
    fn look_up(vocabulary: &Vocabulary, word: &str) -> Symbol {
        let symbol = vocabulary.trie.look_up(word.as_bytes());
        let letters = format!("{word}                ");
        let letters = Letters::at(letters.as_bytes()).filter(|letters| letters.length > 0);
        letters.iter().for_each(|letters| assert_eq!(vocabulary.symbol(letters), symbol, "{word}"));
        symbol
    }

    #[test]
    fn a_word_is_itself_or_begins_like_a_prefix_or_is_unknown() {
        let mut builder = VocabularyBuilder::new();
        let (refund, refunds) = (builder.prefix("refund"), builder.word("refunds"));
        let (policy, re, cafe) = (builder.word("policy"), builder.prefix("re"), builder.word("café"));
        assert_eq!(builder.sorted().beginning_with("re").count(), 3);
        let vocabulary = builder.build();
        let cases = [
            ("policy", policy),
            ("Policy", policy),
            ("polic", OTHER),
            ("policys", OTHER),
            ("refund", refund),
            ("refunds", refunds),
            ("REFUNDED", refund),
            ("refundsx", refund),
            ("refu", re),
            ("re", re),
            ("rest", re),
            ("r", OTHER),
            ("", OTHER),
            ("é", OTHER),
        ];
        for (word, symbol) in cases {
            assert_eq!(look_up(&vocabulary, word), symbol, "{word}");
        }
        assert_eq!((vocabulary.odd("Café"), vocabulary.odd("thé")), (Some(cafe), None));
    }
}
