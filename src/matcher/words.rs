//! The known words by their letters, so that most words of a text cost one look instead of one a letter.

use super::image::{Image, Lay, Slab};
use super::vocabulary::{OTHER, Symbol, Trie};

/// The words of few letters, and how longer beginnings of words begin.
#[derive(Debug, Default)]
pub(super) struct WordTable {
    /// Each word where its hash says, or behind it: its letters, and in the half that they leave free
    /// its symbol. No word where there are no letters.
    slots: Slab<[u64; 2]>,
    /// A bit for the first four letters of each word that is known by its beginning alone.
    openings: Slab<u64>,
}

/// So many letters leave room for the symbol.
const LONGEST_KEPT: usize = 12;
/// So many letters of a beginning are looked at.
const OPENING: usize = 4;
/// The numbers that they are told apart by; some share one.
const OPENINGS: usize = 1 << 15;
/// Longer words are looked up letter by letter.
const LONGEST: usize = 16;

/// The word with which some bytes begin.
pub(super) struct Letters {
    /// In lower case, from the lowest byte on.
    letters: [u64; 2],
    /// How many there are, all before the first byte that is no letter.
    pub(super) length: usize,
}

impl Letters {
    /// The letters with which `bytes` begin, if there are few and something else stands behind them.
    #[inline(always)]
    pub(super) fn at(bytes: &[u8]) -> Option<Self> {
        let bytes: &[u8; LONGEST] = bytes.first_chunk()?;
        let (low, _) = bytes.split_first_chunk::<8>()?;
        let low = u64::from_le_bytes(*low);
        let others = others(low);
        if others != 0 {
            let length = others.trailing_zeros() as usize / 8;
            return Some(Self { letters: [lower(low) & below(others), 0], length });
        }
        let high = u64::from_le_bytes(*bytes.last_chunk::<8>()?);
        let others = self::others(high);
        let length = 8 + others.trailing_zeros() as usize / 8;
        (others != 0).then(|| Self { letters: [lower(low), lower(high) & below(others)], length })
    }
}

/// All bytes with this value.
#[inline(always)]
const fn every(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// The highest bit of each byte that is no letter from a to z.
#[inline(always)]
const fn others(bytes: u64) -> u64 {
    let seven = (bytes | every(0x20)) & every(0x7F);
    let from_a = seven + every(0x80 - b'a');
    let beyond_z = seven + every(0x80 - b'z' - 1);
    (!from_a | beyond_z | bytes) & every(0x80)
}

#[inline(always)]
const fn lower(bytes: u64) -> u64 {
    bytes | every(0x20)
}

/// All bits of the bytes ahead of the first that is marked.
#[inline(always)]
const fn below(marks: u64) -> u64 {
    // The lowest mark is the highest bit of its byte.
    ((marks & marks.wrapping_neg()) >> 7) - 1
}

impl WordTable {
    /// The table of these words, of small letters only, and of these beginnings of words.
    pub(super) fn new<'w>(
        words: impl Iterator<Item = (&'w str, Symbol)>,
        beginnings: impl Iterator<Item = &'w str>,
    ) -> Self {
        let kept = |word: &str| {
            (1..=LONGEST_KEPT).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_lowercase())
        };
        let words: Vec<(&str, Symbol)> = words.filter(|(word, _)| kept(word)).collect();
        let mut slots = vec![[0; 2]; (words.len() * 4 / 3 + 1).next_power_of_two()];
        for (word, symbol) in words {
            let [low, high] = letters_of(word.as_bytes());
            let mut at = hash([low, high]) & (slots.len() - 1);
            while slots[at] != [0; 2] {
                at = (at + 1) & (slots.len() - 1);
            }
            slots[at] = [low, high | u64::from(symbol) << 32];
        }
        let mut openings = vec![0; OPENINGS / 64];
        for beginning in beginnings {
            for letters in openings_of(beginning.as_bytes()) {
                let opening = opening(letters);
                openings[opening / 64] |= 1 << (opening % 64);
            }
        }
        Self { slots: slots.into(), openings: openings.into() }
    }

    /// The symbol of the word.
    #[inline(always)]
    pub(super) fn symbol(&self, word: &Letters, trie: &Trie) -> Symbol {
        let [low, high] = word.letters;
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = hash(word.letters) & mask;
        while let Some(&[letters, rest]) = self.slots.get(at)
            && letters != 0
        {
            if letters == low && rest & u64::from(u32::MAX) == high {
                return (rest >> 32) as Symbol;
            }
            at = (at + 1) & mask;
        }
        let opening = opening(low);
        let is_short = high >> 32 == 0;
        if is_short && self.openings.get(opening / 64).is_some_and(|bits| bits >> (opening % 64) & 1 == 0) {
            return OTHER;
        }
        letter_by_letter(word, trie)
    }
}

impl Lay for WordTable {
    fn lay(&mut self, image: &mut Image) {
        image.table(&mut self.slots);
        image.table(&mut self.openings);
    }
}

fn letters_of(word: &[u8]) -> [u64; 2] {
    let half =
        |letters: &[u8]| letters.iter().take(8).rev().fold(0, |half, &letter| half << 8 | u64::from(letter));
    [half(word), half(word.get(8..).unwrap_or_default())]
}

/// The letters with which words may begin that begin so: these, and if they are few, whatever may
/// follow.
fn openings_of(beginning: &[u8]) -> Vec<u64> {
    let [known, _] = letters_of(&beginning[..beginning.len().min(OPENING)]);
    (beginning.len()..OPENING).fold(vec![known], |openings, at| {
        let letters = (b'a'..=b'z').chain([0]).map(|letter| u64::from(letter) << (8 * at));
        letters.flat_map(|letter| openings.iter().map(move |opening| opening | letter)).collect()
    })
}

/// The number of the first letters.
#[inline(always)]
const fn opening(letters: u64) -> usize {
    let mixed = (letters as u32).wrapping_mul(0x9E37_79B9);
    (mixed >> (u32::BITS - OPENINGS.trailing_zeros())) as usize
}

#[inline(always)]
const fn hash([low, high]: [u64; 2]) -> usize {
    let mixed = (low ^ high.rotate_left(31)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed >> 40) as usize
}

#[cold]
fn letter_by_letter(word: &Letters, trie: &Trie) -> Symbol {
    let letters = word.letters.map(u64::to_le_bytes);
    trie.look_up(letters.as_flattened().iter().take(word.length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_is_lost_behind_the_empty_one() {
        let letters = || (b'a'..=b'z').map(char::from);
        let words = letters().flat_map(|first| letters().map(move |second| format!("{first}{second}")));
        let words: Vec<String> = std::iter::once(String::new()).chain(words).collect();
        let table = WordTable::new(words.iter().map(String::as_str).zip(0..), std::iter::empty());
        for (word, symbol) in words.iter().zip(0..).skip(1) {
            let letters = Letters { letters: letters_of(word.as_bytes()), length: word.len() };
            assert_eq!(table.symbol(&letters, &Trie::default()), symbol, "{word}");
        }
    }

    #[test]
    fn letters_end_where_something_else_begins() {
        for (text, word) in [
            ("Word and another.", "word"),
            ("a              .", "a"),
            ("ABCDEFGH ijklmno", "abcdefgh"),
            ("ABCDEFGHi jklmno", "abcdefghi"),
            ("abcdefghijklmno.", "abcdefghijklmno"),
            ("@@@@@@@@@@@@@@@@", ""),
            ("z{[`@\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}\u{e9}", "z"),
            ("\u{e1}bcdefghijklmnop", ""),
        ] {
            let letters = Letters::at(text.as_bytes()).unwrap();
            let bytes = letters.letters.map(u64::to_le_bytes);
            let shown: Vec<u8> = bytes.as_flattened().iter().copied().filter(|&byte| byte != 0).collect();
            assert_eq!((shown.as_slice(), letters.length), (word.as_bytes(), word.len()), "{text}");
        }
        assert!(Letters::at(b"too short").is_none());
        assert!(Letters::at(b"abcdefghijklmnopq").is_none());
    }

    #[test]
    fn any_byte_but_a_letter_ends_a_word() {
        for byte in 0..=u8::MAX {
            let mut bytes = *b"aaaaaaaaaaaaaaa ";
            bytes[3] = byte;
            let length = Letters::at(&bytes).unwrap().length;
            assert_eq!(length, if byte.is_ascii_alphabetic() { 15 } else { 3 }, "{byte}");
        }
    }

    #[test]
    fn a_short_beginning_leaves_open_what_follows() {
        let opens = |beginning: &str, word: &str| {
            let [letters, _] = letters_of(word.as_bytes());
            let first = letters & u64::from(u32::MAX);
            openings_of(beginning.as_bytes()).contains(&first)
        };
        for word in ["re", "red", "reds", "refund"] {
            assert!(opens("re", word), "{word}");
        }
        assert!(opens("refund", "refund") && opens("refund", "refuse"), "four letters are looked at");
        assert!(!opens("re", "r") && !opens("refund", "red") && !opens("re", "beady"));
    }
}
