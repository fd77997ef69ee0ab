//! Words that were read lately, so that most words of a text cost one look instead of one a letter.

use super::vocabulary::{ROOT, Symbol, Vocabulary};

/// The words that are kept in mind, by their letters: the last one for each slot.
#[derive(Debug)]
pub(super) struct RecentWords(Box<[Slot]>);

#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    letters: [u64; 2],
    symbol: Symbol,
}

/// A power of two: how many words are kept in mind.
const SLOTS: usize = 1 << 12;
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

impl RecentWords {
    pub(super) fn new() -> Self {
        Self(vec![Slot::default(); SLOTS].into())
    }

    /// The symbol of the word.
    #[inline(always)]
    pub(super) fn symbol(&mut self, word: &Letters, vocabulary: &Vocabulary) -> Symbol {
        let slot = &mut self.0[hash(word.letters)];
        if slot.letters != word.letters {
            *slot = Slot { letters: word.letters, symbol: look_up(word, vocabulary) };
        }
        slot.symbol
    }
}

#[inline(always)]
fn hash([low, high]: [u64; 2]) -> usize {
    let mixed = (low ^ high.rotate_left(31)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed >> (64 - SLOTS.trailing_zeros())) as usize & (SLOTS - 1)
}

#[cold]
fn look_up(word: &Letters, vocabulary: &Vocabulary) -> Symbol {
    let letters = word.letters.map(u64::to_le_bytes);
    let letters = letters.as_flattened().iter().take(word.length);
    let state = letters.fold(ROOT, |state, &letter| vocabulary.trie.step(state, letter));
    vocabulary.trie.symbol(state)
}

#[cfg(test)]
mod tests {
    use super::*;

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
}
