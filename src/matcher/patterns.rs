//! The way out of the notation: regular expressions, tried only where their literal parts occur.

use std::ops::Range;

use aho_corasick::AhoCorasick;
use std::sync::OnceLock;

use regex::{Regex, RegexBuilder};
use regex_syntax::hir::literal::{ExtractKind, Extractor};
use serde::{Deserialize, Serialize};

use crate::text::is_apostrophe;

/// The most memory that one expression may take once it is compiled.
const LARGEST: usize = 2 << 20;

/// Compiles an expression of an author: any capitals, bounded in size.
///
/// # Errors
/// When it is not well-formed, too large, or matches the empty text.
pub(crate) fn regex(pattern: &str) -> Result<Regex, String> {
    let regex = RegexBuilder::new(pattern).case_insensitive(true).size_limit(LARGEST).build();
    let regex = regex.map_err(|error| last_line(&error.to_string()))?;
    if regex.is_match("") {
        return Err("it matches the empty text: make it ask for at least one letter".to_owned());
    }
    Ok(regex)
}

/// The sentence of a regex error that says what is wrong, without the picture above it.
fn last_line(error: &str) -> String {
    let line = error.lines().last().unwrap_or(error);
    line.strip_prefix("error: ").unwrap_or(line).to_owned()
}

/// All expressions, and the literals without which they cannot match.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Patterns {
    patterns: Vec<Pattern>,
    /// The literals of all expressions, and the expression behind each.
    anchors: Vec<(Vec<u8>, usize)>,
    /// Expressions that may match without any known literal.
    unanchored: Vec<usize>,
    #[serde(skip)]
    finder: OnceLock<Option<AhoCorasick>>,
}

#[derive(Debug, Serialize, Deserialize)]
struct Pattern {
    text: String,
    /// The rule or the condition that it belongs to.
    owner: u32,
    /// Compiled when first needed.
    #[serde(skip)]
    regex: OnceLock<Option<Regex>>,
}

impl Patterns {
    pub(super) fn new(patterns: Vec<(String, u32)>) -> Self {
        let mut all = Self::default();
        for (number, (text, owner)) in patterns.into_iter().enumerate() {
            match anchors(&text) {
                Some(found) => all.anchors.extend(found.into_iter().map(|literal| (literal, number))),
                None => all.unanchored.push(number),
            }
            all.patterns.push(Pattern { text, owner, regex: OnceLock::new() });
        }
        all
    }

    fn finder(&self) -> Option<&AhoCorasick> {
        let build = || {
            let literals = self.anchors.iter().map(|(literal, _)| literal);
            let finder = AhoCorasick::builder().ascii_case_insensitive(true).build(literals);
            finder.ok().filter(|_| !self.anchors.is_empty())
        };
        self.finder.get_or_init(build).as_ref()
    }

    /// Whether any expression might match in the text.
    pub(super) fn may_hear(&self, text: &str) -> bool {
        !self.unanchored.is_empty() || self.finder().is_some_and(|finder| finder.is_match(text))
    }

    /// Calls `found` for every match in the sentence, with the rule or condition that it belongs to.
    /// Spans are those of the sentence.
    pub(super) fn hear(&self, sentence: &str, mut found: impl FnMut(u32, Range<usize>)) {
        let mut wanted = self.unanchored.clone();
        if let Some(finder) = self.finder() {
            let owner = |hit: aho_corasick::Match| self.anchors[hit.pattern().as_usize()].1;
            wanted.extend(finder.find_overlapping_iter(sentence).map(owner));
        }
        if wanted.is_empty() {
            return;
        }
        wanted.sort_unstable();
        wanted.dedup();
        let folded = Folded::new(sentence);
        for number in wanted {
            let pattern = &self.patterns[number];
            let Some(regex) = pattern.regex.get_or_init(|| regex(&pattern.text).ok()) else { continue };
            for hit in regex.find_iter(&folded.text).filter(|hit| !hit.is_empty()) {
                found(
                    pattern.owner,
                    folded.source(hit.start())..folded.source(hit.end() - 1) + folded.width(hit.end() - 1),
                );
            }
        }
    }
}

/// The literals of which one must occur for the expression to match. Only letters of ASCII: white
/// space and quotes may look different in the text.
fn anchors(pattern: &str) -> Option<Vec<Vec<u8>>> {
    let hir = regex_syntax::parse(pattern).ok()?;
    let literals = [ExtractKind::Prefix, ExtractKind::Suffix].into_iter().find_map(|kind| {
        let sequence = Extractor::new().kind(kind).extract(&hir);
        let literals: Vec<Vec<u8>> =
            sequence.literals()?.iter().map(|literal| longest_letters(literal.as_bytes())).collect();
        literals.iter().all(|literal| literal.len() >= 3).then_some(literals)
    })?;
    (!literals.is_empty()).then_some(literals)
}

fn longest_letters(literal: &[u8]) -> Vec<u8> {
    let runs = literal.split(|byte| !byte.is_ascii_alphabetic());
    runs.max_by_key(|run| run.len()).unwrap_or_default().to_vec()
}

/// A sentence with straight quotes and single spaces, and the way back.
struct Folded {
    text: String,
    /// For each byte of the text, the byte of the sentence it came from.
    sources: Vec<usize>,
    widths: Vec<usize>,
}

impl Folded {
    fn new(sentence: &str) -> Self {
        let mut folded =
            Self { text: String::with_capacity(sentence.len()), sources: Vec::new(), widths: Vec::new() };
        for (at, c) in sentence.char_indices() {
            let plain = match c {
                mark if is_apostrophe(mark) => '\'',
                '\u{201C}' | '\u{201D}' => '"',
                space if space.is_whitespace() => ' ',
                other => other,
            };
            if plain == ' ' && folded.text.ends_with(' ') {
                continue;
            }
            folded.text.push(plain);
            folded.sources.resize(folded.text.len(), at);
            folded.widths.resize(folded.text.len(), c.len_utf8());
        }
        folded
    }

    fn source(&self, at: usize) -> usize {
        self.sources[at]
    }

    fn width(&self, at: usize) -> usize {
        self.widths[at]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard<'s>(pattern: &str, sentence: &'s str) -> Vec<&'s str> {
        let patterns = Patterns::new(vec![(pattern.to_owned(), 0)]);
        let mut found = Vec::new();
        patterns.hear(sentence, |_, span| found.push(&sentence[span]));
        found
    }

    #[test]
    fn hears_in_folded_text_and_answers_in_the_source() {
        assert_eq!(
            heard(r"don't\s+panic", "Please DON\u{2019}T\u{A0} \n panic\u{2019}s"),
            ["DON\u{2019}T\u{A0} \n panic"]
        );
        assert_eq!(heard(r"\bref \d+", "see ref  12."), ["ref  12"]);
        assert_eq!(heard(r"\d{4}", "in 2024"), ["2024"]);
        assert!(heard("panic", "no").is_empty());
    }

    #[test]
    fn refuses_what_cannot_be_used() {
        assert_eq!(regex("(a").unwrap_err(), "unclosed group");
        assert_eq!(
            regex("a*").unwrap_err(),
            "it matches the empty text: make it ask for at least one letter"
        );
        assert!(regex("a{1000}{1000}{1000}").is_err());
    }
}
