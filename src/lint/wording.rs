//! The words of a finding: as they are quoted, and as a fingerprint knows them again.

use crate::document::Message;
use crate::text::{Block, PLACEHOLDER, Span, is_apostrophe};

/// A sentence without an end is cut off so many bytes from the words.
const REACH: usize = 600;
/// A longer quote is cut: a pattern may match a whole text.
const LONGEST_QUOTE: usize = 2_000;

/// What the words stand in, to be known by.
pub(super) enum Sentence<'a> {
    /// A sentence of a message.
    Of(&'a str),
    /// A whole message, for what it lacks.
    Message(&'a Message<'a>),
}

/// The quote of a finding, and the sentence that holds it. Without `words` it is either an absence
/// from `message` or, without a message, a note of the source.
pub(super) fn of<'a>(
    source: &'a str,
    message: Option<&'a Message<'a>>,
    words: Option<(u32, Span)>,
    span: Span,
) -> (String, Sentence<'a>) {
    match (message, words) {
        (Some(message), Some((block, words))) => {
            let block = &message.blocks[block as usize];
            (quote(source, block, words), Sentence::Of(sentence(&block.text, words)))
        }
        (Some(message), None) => (String::new(), Sentence::Message(message)),
        (None, _) => {
            let words = &source[span.range()];
            (folded_space(words), Sentence::Of(words))
        }
    }
}

/// The words on one line, with placeholders as the source spells them.
fn quote(source: &str, block: &Block<'_>, span: Span) -> String {
    let end = floor(&block.text, span.end.min(span.start + LONGEST_QUOTE));
    let words = &block.text[span.start..end];
    if !words.contains(PLACEHOLDER) {
        return folded_space(words);
    }
    let mut spelled = String::new();
    for (at, letter) in words.char_indices() {
        if letter == PLACEHOLDER {
            let start = span.start + at;
            let place = block.source_span(Span::new(start, start + letter.len_utf8()));
            spelled.push_str(&source[place.range()]);
        } else {
            spelled.push(letter);
        }
    }
    folded_space(&spelled)
}

fn folded_space(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded
}

/// The sentence of `text` that holds `words`, roughly: from one full stop to the next, or from
/// blank line to blank line.
fn sentence(text: &str, words: Span) -> &str {
    &text[sentence_of(text, words).range()]
}

/// The bytes of that sentence.
pub(crate) fn sentence_of(text: &str, words: Span) -> Span {
    let from = floor(text, words.start.saturating_sub(REACH));
    let to = floor(text, words.end.saturating_add(REACH).min(text.len()));
    let before = &text[from..words.start];
    let start = borders(before).next_back().map_or(from, |border| from + border);
    let end = borders(&text[words.end..to]).next().map_or(to, |border| words.end + border);
    Span::new(start, end)
}

/// The bytes of `text` behind which a new sentence begins.
fn borders(text: &str) -> impl DoubleEndedIterator<Item = usize> + '_ {
    let bytes = text.as_bytes();
    bytes.iter().enumerate().filter_map(move |(at, byte)| {
        let next = bytes.get(at + 1);
        let is_border = match byte {
            b'.' | b'!' | b'?' => next.is_none_or(u8::is_ascii_whitespace),
            b'\n' => matches!(next, Some(b'\n' | b'\r')),
            _ => false,
        };
        is_border.then_some(at + 1)
    })
}

/// `at`, or the nearest border of a character below it.
pub(super) fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The same for the same rule and sentence, whatever its capitals, quotes and spaces. It stays the
/// same from version to version: baselines depend on it.
pub(super) fn fingerprint(rule: &str, sentence: Sentence<'_>) -> u64 {
    let mut hash = Fnv::default();
    rule.bytes().for_each(|byte| hash.byte(byte));
    hash.byte(0);
    match sentence {
        Sentence::Of(text) => hash.folded(text),
        Sentence::Message(message) => message.blocks.iter().for_each(|block| {
            hash.folded(&block.text);
            hash.byte(0);
        }),
    }
    hash.0
}

/// The hash function FNV-1a, which is simple and will not change.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    fn byte(&mut self, byte: u8) {
        self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }

    fn folded(&mut self, text: &str) {
        let mut buffer = [0; 4];
        for (at, word) in text.split_whitespace().enumerate() {
            if at > 0 {
                self.byte(b' ');
            }
            for letter in word.chars().map(straight).flat_map(char::to_lowercase) {
                letter.encode_utf8(&mut buffer).bytes().for_each(|byte| self.byte(byte));
            }
        }
    }
}

const fn straight(letter: char) -> char {
    match letter {
        '‛' => '\'',
        mark if is_apostrophe(mark) => '\'',
        '“' | '”' | '„' => '"',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn around<'t>(text: &'t str, words: &str) -> &'t str {
        let start = text.find(words).unwrap();
        sentence(text, Span::new(start, start + words.len()))
    }

    fn print(text: &str) -> u64 {
        fingerprint("our-policy", Sentence::Of(text))
    }

    #[test]
    fn a_sentence_ends_with_its_stop_or_a_blank_line() {
        let text = "Hi Ann\n\nThank you. It costs 4.50, and it\nis our policy! Why?\n\nBye";
        assert_eq!(around(text, "our policy"), " It costs 4.50, and it\nis our policy!");
        assert_eq!(around(text, "Thank"), "\nThank you.");
        assert_eq!(around(text, "Bye"), "\nBye");
        let endless = "so ".repeat(1_000);
        assert_eq!(sentence(&endless, Span::new(1_500, 1_502)).len(), 2 * REACH + 2);
    }

    #[test]
    fn case_quotes_and_space_do_not_change_a_fingerprint() {
        assert_eq!(print(" It's our\r\n  policy."), print("it’s OUR\u{a0}policy."));
        assert_ne!(print("It's our policy."), print("It's our policy!"));
        assert_ne!(print("a b"), print("ab"));
    }

    #[test]
    fn fingerprints_stay_as_they_are() {
        assert_eq!(format!("{:016x}", print("It is our policy.")), "c7532040d3af8b9b");
    }
}
