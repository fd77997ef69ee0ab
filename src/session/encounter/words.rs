//! Words in a reply that no rule hears: what is looked for by the word, and what is counted.

use crate::lint::sentence_of;
use crate::text::{Span, is_apostrophe};

/// The sentences that ask, one for each question mark.
pub(super) fn questions(text: &str) -> impl Iterator<Item = Span> {
    text.match_indices('?').map(|(at, _)| sentence_of(text, Span::new(at, at)))
}

/// Whether a question asks to confirm: by a phrase anywhere in it, or by its last word.
pub(super) fn confirms(question: &str, words: &[String]) -> bool {
    let folded = format!(" {}", folded(question));
    let is_last = |word: &str| folded.ends_with(&format!(" {word}")) && !folded.ends_with(" all right");
    words
        .iter()
        .any(|words| if words.contains(' ') { folded.contains(words.as_str()) } else { is_last(words) })
}

/// Whether the text holds one of these words.
pub(super) fn holds_one(text: &str, words: &[String]) -> bool {
    let folded = format!(" {} ", folded(text));
    words.iter().any(|words| folded.contains(&format!(" {words} ")))
}

/// In lower case, on one line, without punctuation but straight apostrophes.
fn folded(text: &str) -> String {
    let plain = text.chars().map(|letter| match letter {
        mark if is_apostrophe(mark) => '\'',
        letter if letter.is_alphanumeric() => letter,
        _ => ' ',
    });
    let spaced: String = plain.flat_map(char::to_lowercase).collect();
    spaced.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What the scenario says, to stand within a sentence.
pub(in crate::session) fn plain(what: &str) -> &str {
    what.trim().trim_end_matches('.')
}

/// How many clauses a text has: stretches between stops, commas, dashes and conjunctions that hold
/// two words or more.
pub(super) fn clauses(text: &str) -> usize {
    let stretches = text.split(['.', '!', '?', ';', ':', ',', '\n', '–', '—']);
    let parts = stretches.flat_map(|stretch| stretch.split(" and ").flat_map(|part| part.split(" that ")));
    parts.filter(|part| part.split_whitespace().take(2).count() == 2).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_are_counted_by_their_stops() {
        assert_eq!(clauses("I'm so sorry, that is awful."), 2);
        assert_eq!(clauses("I'm so sorry."), 1);
        assert_eq!(clauses("Sorry. Oh. "), 0);
        assert_eq!(clauses("I'm sorry that you had to come back and wait again"), 3);
    }
}
