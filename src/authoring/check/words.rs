//! Contractions, spellings and lists of an odd shape.

use rustc_hash::FxHashMap;

use crate::authoring::layer::File;
use crate::authoring::load::Loaded;
use crate::authoring::problem::Problem;
use crate::authoring::spot::Spot;
use crate::lexicon::schema::{Texts, WordsFile};
use crate::text::is_apostrophe;

/// What cannot work in the word files of the layers.
pub(super) fn check(loaded: &mut Loaded) {
    let mut problems = Vec::new();
    for layer in &loaded.layers {
        for (file, words) in layer.words() {
            contractions(file, words, &mut problems);
            spellings(file, words, &mut problems);
            lists(file.spot().key("lists"), &words.lists, &mut problems);
        }
        for (file, family) in layer.families() {
            lists(file.spot().key("words"), &family.words, &mut problems);
        }
    }
    loaded.problems.extend(problems);
}

fn lists(spot: Spot<'_>, lists: &std::collections::BTreeMap<String, Texts>, problems: &mut Vec<Problem>) {
    for name in lists.iter().filter(|(_, texts)| texts.is_empty()).map(|(name, _)| name) {
        problems.push(
            spot.mistake_at_key(name, format!("the list `{name}` is empty: add an entry, or remove it")),
        );
    }
}

fn contractions(file: &File, words: &WordsFile, problems: &mut Vec<Problem>) {
    let spot = file.spot().key("contractions");
    for (long, shorts) in &words.contractions {
        let is_single = long.split_whitespace().count() == 1;
        if long.trim().is_empty() || shorts.is_empty() {
            let message = "a contraction is a long form and its short forms: write `do not: [don't, dont]`";
            problems.push(spot.mistake_at_key(long, message));
        }
        for (number, short) in shorts.iter().enumerate() {
            let here = spot.key(long).item(number);
            if !is_short_form(short) {
                let message =
                    format!("`{short}` is no short form: write one word of letters and apostrophes");
                problems.push(here.mistake(message));
            } else if short.starts_with(is_apostrophe) && !is_single {
                let message = format!(
                    "`{short}` ends a word, so it can stand for one word only: write the long form as one word, or the short form as a whole"
                );
                problems.push(here.mistake(message));
            } else if short == long {
                problems.push(here.mistake(format!("`{short}` is short for itself: remove it")));
            }
        }
    }
}

fn is_short_form(short: &str) -> bool {
    short.chars().any(char::is_alphabetic) && short.chars().all(|c| c.is_alphabetic() || is_apostrophe(c))
}

fn spellings(file: &File, words: &WordsFile, problems: &mut Vec<Problem>) {
    let mut seen: FxHashMap<&str, Spot<'_>> = FxHashMap::default();
    for (number, group) in words.spellings.iter().enumerate() {
        let spot = file.spot().key("spellings").item(number);
        if group.len() < 2 {
            problems.push(
                spot.mistake("a group of spellings holds two or more: add another, or remove the group"),
            );
        }
        for (number, word) in group.iter().enumerate() {
            let here = spot.item(number);
            if word.split_whitespace().count() != 1 {
                let message =
                    format!("`{word}` is not one word: spellings are of single words, so take it out");
                problems.push(here.mistake(message));
            }
            if let Some(first) = seen.insert(word, here) {
                let message = format!("`{word}` stands in {} already: keep it in one group", first.place());
                problems.push(here.mistake(message));
            }
        }
    }
}
