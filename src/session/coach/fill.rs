//! Blanks in the coach's sentences.

use std::collections::BTreeMap;

use crate::scenario::schema::{AtFault, Fit, Offer};
use crate::text::Span;
use crate::wording::capital;

use super::super::Stage;
use super::super::encounter::plain;
use super::super::progress::Progress;
use super::super::report::Report;

/// Quoted words are no longer than this many words.
const MOST_WORDS: usize = 9;

/// What stands in the blanks.
#[derive(Debug, Clone, Default)]
pub(crate) struct Blanks(BTreeMap<&'static str, String>);

impl Blanks {
    /// Fills a blank; with nothing, it stays open.
    pub(crate) fn set(&mut self, name: &'static str, text: impl AsRef<str>) {
        let text = plain(text.as_ref());
        if text.is_empty() {
            self.0.remove(name);
        } else {
            self.0.insert(name, text.to_owned());
        }
    }

    /// The words that a sentence is about.
    pub(crate) fn words(&mut self, text: &str, span: Span) {
        self.set("words", quoted(text, span));
    }

    /// What the scenario fills in.
    pub(in crate::session) fn scenario(
        &mut self,
        stage: &Stage<'_>,
        progress: &Progress,
        report: &Report<'_>,
    ) {
        let file = &stage.scenario.file;
        self.debrief(stage, progress);
        self.set("named", report.named.map_or("", |(number, _)| &file.harms[number].what));
        self.set("given", report.delights.or(report.given).unwrap_or_default());
        self.set("may", file.authority.may.first().map_or("", |may| may.as_str()));
    }

    /// What the scenario and the whole session fill in.
    pub(crate) fn debrief(&mut self, stage: &Stage<'_>, progress: &Progress) {
        let file = &stage.scenario.file;
        self.set("customer", &file.customer.name);
        self.set("lost", &file.customer.lost_first);
        let mut harms = file.harms.iter().enumerate();
        let open = harms.find(|(number, _)| !progress.harms.contains(number));
        self.set("harm", open.map_or("", |(_, harm)| &harm.what));
        self.set("remedy", best(&file.remedies).map_or("", |offer| &offer.what));
        self.set("extra", best(&file.extras).map_or("", |offer| &offer.what));
        self.set("check", progress.unasked(file).unwrap_or_default());
        self.set("ours", if file.at_fault == AtFault::Yes { "This is ours" } else { "" });
    }

    /// The texts that can be filled, filled: those that know most of the case.
    pub(crate) fn candidates(&self, texts: &[String]) -> Vec<String> {
        let filled = texts.iter().filter_map(|text| self.fill(text));
        let all: Vec<(usize, String)> = filled.collect();
        let most = all.iter().map(|(known, _)| *known).max().unwrap_or_default();
        all.into_iter().filter(|(known, _)| *known == most).map(|(_, text)| text).collect()
    }

    /// The text with its blanks filled, and how much it knows of the case; nothing where a blank
    /// stays open.
    pub(crate) fn fill(&self, text: &str) -> Option<(usize, String)> {
        let mut filled = String::with_capacity(text.len());
        let mut known = 0;
        let mut rest = text;
        while let Some(start) = rest.find('{') {
            let end = start + rest[start..].find('}')?;
            let name = &rest[start + 1..end];
            filled.push_str(&rest[..start]);
            filled.push_str(self.0.get(name)?);
            known = known.max(match name {
                "words" | "customer" | "why" => 0,
                "say" => 1,
                _ => 2,
            });
            rest = &rest[end + 1..];
        }
        filled.push_str(rest);
        Some((known, tidied(&filled)))
    }
}

/// With a capital first and a stop last.
fn tidied(text: &str) -> String {
    let mut tidy = capital(text.trim());
    let last = tidy.trim_end_matches(['”', '"', '’', ')']).chars().last();
    if last.is_some_and(|last| !matches!(last, '.' | '!' | '?' | '…')) {
        tidy.push('.');
    }
    for (twice, once) in [("?.", "?"), ("!.", "!"), ("….", "…")] {
        tidy = tidy.replace(twice, once);
    }
    tidy
}

/// The clause around a span.
pub(crate) fn clause_of(text: &str, span: Span) -> Span {
    let is_border = |(at, letter): &(usize, char)| {
        let ends = text[at + letter.len_utf8()..].chars().next().is_none_or(char::is_whitespace);
        matches!(letter, '\n' | '–' | '—') || (matches!(letter, '.' | '!' | '?' | ';' | ',' | ':') && ends)
    };
    let before = text[..span.start].char_indices().rev().find(is_border);
    let start = before.map_or(0, |(at, letter)| at + letter.len_utf8());
    let mut after = text[span.end..].char_indices().map(|(at, letter)| (span.end + at, letter));
    let end = after.find(is_border).map_or(text.len(), |(at, _)| at);
    let clause = &text[start..end];
    let indent = clause.len() - clause.trim_start().len();
    Span::new(start + indent, start + clause.trim_end().len().max(indent))
}

/// The words of a span on one line, cut in the middle where they are many.
pub(crate) fn quoted(text: &str, span: Span) -> String {
    let words: Vec<&str> = text[span.range()].split_whitespace().collect();
    let whole = if words.len() <= MOST_WORDS {
        words.join(" ")
    } else {
        let half = MOST_WORDS / 2;
        format!("{} … {}", words[..half + 1].join(" "), words[words.len() - half..].join(" "))
    };
    let end = whole.char_indices().nth(90).map(|(end, _)| end);
    let cut = end.map_or(whole.clone(), |end| format!("{}…", &whole[..end]));
    cut.trim_matches(['“', '”', '"']).to_owned()
}

/// The offer that fits best, the first of several.
pub(crate) fn best(offers: &[Offer]) -> Option<&Offer> {
    offers.iter().rev().max_by_key(|offer| offer.fits).filter(|offer| offer.fits > Fit::Poor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_open_blank_passes_a_sentence_over() {
        let mut blanks = Blanks::default();
        blanks.set("harm", "his sons saw it.");
        blanks.set("customer", "the customer");
        let texts = ["{customer} waits: {harm}.", "{remedy}!", "{customer} waits"].map(str::to_owned);
        assert_eq!(blanks.candidates(&texts), ["The customer waits: his sons saw it."]);
        blanks.set("harm", "");
        assert_eq!(blanks.candidates(&texts), ["The customer waits."]);
    }

    #[test]
    fn a_clause_ends_at_its_stops_and_not_within_a_time() {
        let text = "Well, I can be there at 7:30, sir. Good?";
        let at = text.find("there").unwrap();
        assert_eq!(&text[clause_of(text, Span::new(at, at + 5)).range()], "I can be there at 7:30");
        let end = text.len();
        assert_eq!(&text[clause_of(text, Span::new(end, end)).range()], "");
    }

    #[test]
    fn long_words_are_cut_in_the_middle() {
        let text = "one two three four five six seven eight nine ten eleven twelve";
        let whole = Span::new(0, text.len());
        assert_eq!(quoted(text, whole), "one two three four five … nine ten eleven twelve");
        assert_eq!(quoted(text, Span::new(0, 7)), "one two");
    }
}
