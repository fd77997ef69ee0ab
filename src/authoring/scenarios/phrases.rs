//! Phrases of a scenario that are not well-formed, or hear too much.

use crate::authoring::authored::{Authored, Part};
use crate::authoring::check::phrase_problems;
use crate::authoring::problem::Problem;
use crate::authoring::spot::Spot;
use crate::lexicon::Lexicon;
use crate::scenario::ScenarioFile;

/// Every phrase that cannot be used.
pub(super) fn check(file: &ScenarioFile, root: Spot<'_>, lexicon: &Lexicon) -> Vec<Problem> {
    let mentions = file.mentions();
    let mut authored = Vec::new();
    for mention in &mentions {
        let (_, phrases) = mention.kind.keys();
        let spot = root.key(mention.kind.key()).item(mention.number).key(phrases);
        authored.extend(mention.phrases.iter().enumerate().map(|(at, text)| Authored {
            text,
            spot: spot.item(at),
            part: Part::Phrase,
            family: None,
        }));
    }
    phrase_problems(&authored, lexicon)
}
