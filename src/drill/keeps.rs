//! What an answer keeps of its prompt.

use super::schema::Keep;
use crate::lexicon::schema::WordsFile;
use crate::lexicon::{Family, Kind, Lexicon, Rule};
use crate::matcher::{Listener, Matcher};
use crate::text::Block;

/// Which of the things are heard in the blocks of an answer. Their phrases may use the lists of
/// `words`. What is denied counts: "no, it is not five weeks old" keeps the five weeks.
pub(super) fn heard(keeps: &[Keep], words: &WordsFile, blocks: &[Block<'_>]) -> Vec<bool> {
    let mut heard = vec![false; keeps.len()];
    if keeps.is_empty() {
        return heard;
    }
    let matcher = matcher(keeps, words);
    let mut hits = Vec::new();
    Listener::new(&matcher).hear(blocks, &mut hits);
    hits.iter().for_each(|hit| heard[hit.rule as usize] = true);
    heard
}

fn matcher(keeps: &[Keep], words: &WordsFile) -> Matcher {
    // What is frequent matters to large lexicons only.
    let words = WordsFile { common: Default::default(), ..words.clone() };
    let mut lexicon = Lexicon { words: words.into(), ..Lexicon::default() };
    for (number, keep) in keeps.iter().enumerate() {
        let id = number.to_string();
        lexicon.families.push(Family::new(&id, Kind::Move));
        let rule = Rule::new(&id, &id, Kind::Move);
        lexicon.rules.push(Rule { phrases: keep.phrases.to_vec().into(), hears_negated: true, ..rule });
    }
    Matcher::new(&lexicon)
}
