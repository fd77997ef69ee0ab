//! A scenario: a scripted customer after a service failure, as authored and then checked.
//!
//! `Scenario::read`, which finds every mistake of an author, is in [`authoring`](crate::authoring).

mod blank;
pub mod casebook;
mod ear;
mod known;
mod mention;
pub mod schema;

use crate::lexicon::schema::WordsFile;
use crate::text::{Block, fnv_1a};

use ear::Ear;
use known::Known;

pub use ear::TopicHit;
pub use mention::{Mention, MentionKind, ON_FILE};
pub use schema::{AtFault, Channel, Outcome, ScenarioFile, SceneKind, Step};

/// A scenario that can be played.
#[derive(Debug)]
pub struct Scenario {
    /// What its author wrote.
    pub file: ScenarioFile,
    text: String,
    ear: Ear,
    known: Known,
}

impl Scenario {
    /// A scenario of a file without mistakes, which `text` is the YAML of. Its phrases may use the
    /// lists of `words`.
    pub(crate) fn new(file: ScenarioFile, text: String, words: &WordsFile) -> Self {
        let ear = Ear::new(&file, words);
        let known = Known::new(&text, &words.common);
        Self { file, text, ear, known }
    }

    /// The YAML that it was read from.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Tells this text from any other, in 16 hexadecimal digits.
    #[must_use]
    pub fn hash(&self) -> String {
        format!("{:016x}", fnv_1a(self.text.bytes()))
    }

    /// Whether a wording has words of another story: names, numbers, other goods.
    pub(crate) fn is_strange(&self, wording: &str) -> bool {
        self.known.is_strange(wording)
    }

    /// What a reply mentions of this scenario, by place. Spans are bytes of the reply; sentences
    /// are counted as those of [`Listener`](crate::matcher::Listener) on the same text.
    #[must_use]
    pub fn hear(&self, reply: &str) -> Vec<TopicHit<'_>> {
        self.ear.hear(reply)
    }

    /// The same for a text that has been read into blocks; spans are bytes of its source.
    #[must_use]
    pub fn hear_blocks(&self, blocks: &[Block<'_>]) -> Vec<TopicHit<'_>> {
        self.ear.hear_blocks(blocks)
    }
}

/// A small scenario with a comment at every key, for authors to begin with.
#[must_use]
pub fn template(name: &str) -> String {
    TEMPLATE.replace(TEMPLATE_NAME, name)
}

const TEMPLATE: &str = include_str!("scenario/template.yaml");
/// How the scenario of the template is called.
pub(crate) const TEMPLATE_NAME: &str = "promised-friday";
