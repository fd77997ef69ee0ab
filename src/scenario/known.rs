//! The words that belong to the story of a scenario, or to every one: what the coach proposes has no
//! others.

use rustc_hash::FxHashSet;

/// Words up to so many letters belong to every story.
const SHORT: usize = 4;

/// The words that belong to a story, or to every one.
#[derive(Debug)]
pub(super) struct Known(FxHashSet<String>);

impl Known {
    /// Those of a scenario's YAML, and those that are common.
    pub(super) fn new(yaml: &str, common: &[String]) -> Self {
        let texts = common.iter().map(String::as_str).chain([yaml, EVERYWHERE]);
        Self(texts.flat_map(spelled).collect())
    }

    /// Whether a wording has words of another story: names, numbers, other goods.
    pub(super) fn is_strange(&self, wording: &str) -> bool {
        let is_new = |word: String| word.len() > SHORT && !self.0.contains(&word);
        wording.chars().any(|letter| letter.is_ascii_digit()) || spelled(wording).any(is_new)
    }
}

fn spelled(text: &str) -> impl Iterator<Item = String> + '_ {
    let words = text.split(|letter: char| !letter.is_alphanumeric());
    words.filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// Words of service that are common in no other talk.
const EVERYWHERE: &str = "sorry apologise apologize apology answer angry annoyed arrange asking believe \
    better bring brought cause check checking choose clear customer differ different different else \
    everything explain failed favour favor fetch finding glad gladly happen happened happens happy help \
    helps hour inside instead listen listening looking making matter mattered matters mistake missed myself \
    notes offer order please problem promise promised putting quick quickest reason repair replace right \
    settled shame sorted sounds spoiled spoilt stand stays story straight taking telling thank thanks \
    tomorrow tonight trouble together understand until upset waited waiting whatever whole word words wrong \
    yours yourself";
