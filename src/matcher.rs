//! All rules of a lexicon as one [`Matcher`]: text in, [`Hit`]s out.
//!
//! # From text to hits
//!
//! The text is read once, sentence by sentence. Its words become symbols: known ones of few letters
//! in one look ([`words`]), the others in an automaton over letters ([`vocabulary`], [`tokens`],
//! [`padded`]). At each word the sieve tells which few phrases may stand around it
//! ([`sieve`], [`index`]); only these are looked for, part by part ([`phrases`], [`pieces`]). What was
//! heard is then judged: negation, `unless` and `only`, and the longest match within a family
//! ([`listen`], [`judge`]). The phrases of a condition are looked for only where a hit depends on them
//! ([`conditions`]), and so are those of families that the caller can do without ([`groups`]).
//!
//! # From a lexicon to a matcher
//!
//! [`compile`] writes lists and short forms out and gives one symbol to all words that no phrase
//! tells apart. [`shape`] says which words may stand where around a phrase, and [`tune`] chooses by
//! which of its words it is best looked for: for the lexicon inside the program with care, with its
//! own examples as a [`sample`] of text; for one that is read at a start by frequencies alone. All
//! tables are laid out so that they can be used where they lie in the program ([`image`]).

mod compile;
mod conditions;
mod glance;
mod groups;
mod image;
mod index;
mod judge;
mod listen;
mod padded;
mod patterns;
mod phrases;
mod pieces;
mod sample;
mod shape;
mod sieve;
mod table;
mod tokens;
mod tune;
mod vocabulary;
mod words;

use crate::lexicon::Lexicon;
use serde::{Deserialize, Serialize};

use crate::lexicon::schema::Scope;
use crate::text::Span;

pub(crate) use compile::{BUILT_IN_LISTS, QUESTION, REGEX_MARK, reference};
pub use groups::Wanted;
pub(crate) use image::ALIGNMENT;
pub use listen::Listener;
pub(crate) use patterns::regex;

use image::{Image, Lay};

/// A lexicon, ready to listen. It is shared between threads; each thread has a [`Listener`].
#[derive(Debug, Default)]
pub struct Matcher {
    vocabulary: vocabulary::Vocabulary,
    /// The symbols that each label of the phrases lets through, sorted.
    labels: table::Table,
    rule_phrases: index::Index,
    condition_phrases: conditions::ConditionPhrases,
    rules: Vec<RuleCode>,
    families: Vec<FamilyCode>,
    conditions: Vec<Condition>,
    /// For each family, when it is judged: after those that its conditions refer to.
    ranks: Vec<u32>,
    /// For each family, its group.
    groups: Vec<u32>,
    /// For a caller that wants faults, and for one that minds their order, by family: how far around a
    /// hit the other groups must be heard.
    asks: [Vec<groups::Reaches>; 2],
    /// The parts of all phrases.
    pieces: pieces::Pieces,
    rule_patterns: patterns::Patterns,
    condition_patterns: patterns::Patterns,
    /// The symbol of `&`.
    and: vocabulary::Symbol,
}

/// A rule heard at a place of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// The rule: its place in [`Lexicon::rules`].
    pub rule: u32,
    /// The family: its place in [`Lexicon::families`].
    pub family: u32,
    /// The block of the message.
    pub block: u32,
    /// The sentence of the message, counted through all blocks.
    pub sentence: u32,
    /// The part of the sentence: a colon, a dash, a bracket begins a new one.
    pub part: u32,
    /// The bytes of the block's text.
    pub span: Span,
}

#[derive(Debug, Serialize, Deserialize)]
struct RuleCode {
    family: u32,
    unless: Vec<u32>,
    only: Vec<u32>,
    hears_negated: bool,
}

#[derive(Debug, Serialize, Deserialize)]
struct FamilyCode {
    unless: Vec<u32>,
    only: Vec<u32>,
}

/// One list of an `unless` or `only`: it holds where one of its phrases or references stands.
#[derive(Debug, Serialize, Deserialize)]
struct Condition {
    scope: Scope,
    references: Vec<Reference>,
    question: bool,
    /// Whether it lists regular expressions.
    has_patterns: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Reference {
    Family(u32),
    Rule(u32),
}

impl Matcher {
    /// Makes the matcher of a lexicon that has been checked.
    #[must_use]
    pub fn new(lexicon: &Lexicon) -> Self {
        compile::compile(lexicon, false)
    }

    /// The same, made with care: it hears no more and no less, but it hears faster.
    #[must_use]
    pub fn tuned(lexicon: &Lexicon) -> Self {
        compile::compile(lexicon, true)
    }

    /// The matcher as bytes, for [`Self::from_image`].
    #[must_use]
    pub fn into_image(mut self) -> Vec<u8> {
        let mut image = Image::Written(Vec::new());
        self.lay(&mut image);
        match image {
            Image::Written(bytes) => bytes,
            Image::Read { .. } => Vec::new(),
        }
    }

    /// The matcher of which these are the bytes; nothing if they are not those of a matcher of this
    /// very program, or do not begin at a multiple of [`ALIGNMENT`]. Its tables are used where they
    /// lie.
    #[must_use]
    pub fn from_image(bytes: &'static [u8]) -> Option<Self> {
        let mut matcher = Self::default();
        let mut image = Image::Read { rest: bytes, is_whole: true };
        matcher.lay(&mut image);
        matches!(image, Image::Read { is_whole: true, .. }).then_some(matcher)
    }
}

impl Lay for Matcher {
    fn lay(&mut self, image: &mut Image) {
        self.vocabulary.lay(image);
        self.labels.lay(image);
        self.rule_phrases.lay(image);
        self.condition_phrases.lay(image);
        image.value(&mut self.rules);
        image.value(&mut self.families);
        image.value(&mut self.conditions);
        image.value(&mut self.ranks);
        image.value(&mut self.groups);
        image.value(&mut self.asks);
        self.pieces.lay(image);
        image.value(&mut self.rule_patterns);
        image.value(&mut self.condition_patterns);
        image.value(&mut self.and);
    }
}
