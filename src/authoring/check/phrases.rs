//! Phrases that are not well-formed, or hear too much.

use crate::authoring::authored::{Authored, Part};
use crate::authoring::problem::Problem;
use crate::lexicon::phrase::Phrase;
use crate::matcher::{REGEX_MARK, reference, regex};

use super::names::Known;

/// Sentences that have nothing in common: what is heard in all of them is heard everywhere.
const ANYTHING: [&str; 4] = ["Quietly jumps the lynx", "ok", "Über 7 Fjorde?", "1066"];

/// Every phrase, condition and list entry that cannot be used.
pub(super) fn check(authored: &[Authored<'_>], known: &Known<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for one in authored {
        match one.part {
            Part::Name => {}
            Part::Condition if reference(one.text).is_some() => {}
            _ if one.text.starts_with(REGEX_MARK) => problems.extend(expression(one)),
            _ => phrase(one, known, &mut problems),
        }
    }
    problems
}

/// Whether a text that is a regular expression can be used.
pub(super) fn is_sound_expression(text: &str) -> bool {
    regex(text[REGEX_MARK.len()..].trim())
        .is_ok_and(|regex| !ANYTHING.iter().all(|sentence| regex.is_match(sentence)))
}

fn expression(one: &Authored<'_>) -> Option<Problem> {
    if matches!(one.part, Part::Entry(_)) {
        let message = "a list cannot hold a regular expression: write it in the notation of phrases, or put the expression into a rule";
        return Some(one.spot.mistake(message));
    }
    let pattern = one.text[REGEX_MARK.len()..].trim();
    match regex(pattern) {
        Err(error) => {
            let is_large = error.contains("size limit");
            let reason = if is_large { "it grows too large" } else { error.trim_end_matches('.') };
            Some(one.spot.mistake(format!("this regular expression cannot be used ({reason}): correct it")))
        }
        Ok(regex) if ANYTHING.iter().all(|sentence| regex.is_match(sentence)) => Some(
            one.spot.mistake("this regular expression matches everything: make it ask for a word of its own"),
        ),
        Ok(_) => None,
    }
}

fn phrase(one: &Authored<'_>, known: &Known<'_>, problems: &mut Vec<Problem>) {
    let phrase = match Phrase::parse(one.text) {
        Ok(phrase) => phrase,
        Err(error) => {
            problems.push(one.spot.mistake_at(error.offset, error.message));
            return;
        }
    };
    for name in phrase.lists() {
        if let Some(message) = known.unknown_list(name, one.family) {
            let offset = one.text.find(&format!("{{{name}}}")).unwrap_or_default();
            problems.push(one.spot.mistake_at(offset, message));
        }
    }
    if phrase.ends_message && matches!(one.part, Part::Entry(_)) {
        let offset = one.text.find("$$").unwrap_or_default();
        problems.push(
            one.spot.mistake_at(offset, "`$$` has no effect in a list: write it at the end of the phrase"),
        );
    }
}
