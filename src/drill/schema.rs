//! What authors write: the YAML of the drills of a family, as it stands.
//!
//! The doc comments here are the descriptions in the JSON Schema, so editors show them. The build
//! script reads the same structs.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::lexicon::schema::Texts;

/// The drills of a family: short prompts that train one skill.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct DrillFile {
    /// The family of the lexicon that is trained: a fault to be put right, or a move to be made.
    pub family: String,
    /// What to do, in one sentence. It stands above every prompt.
    #[serde(default)]
    pub task: String,
    /// Families or rules of which an answer must hold at least one. For a move, the family itself
    /// unless something else stands here.
    #[serde(default)]
    pub needs: Texts,
    /// The prompts.
    pub prompts: Vec<Prompt>,
}

/// A customer's line to answer, or bad words to put right.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Prompt {
    /// Unique in all drills, in lower case with hyphens.
    pub id: String,
    /// Where it happens and what you may do: one short line.
    #[serde(default)]
    pub scene: String,
    /// What the customer says. Every prompt of a move has it.
    #[serde(default)]
    pub customer: String,
    /// The words to put right. Every prompt of a fault has them, and it must be heard in them.
    #[serde(default)]
    pub canned: String,
    /// What a good answer must not lose: two things at most.
    #[serde(default)]
    pub keeps: Vec<Keep>,
    /// What an answer must hold, in place of what the file says.
    #[serde(default)]
    pub needs: Texts,
    /// A good answer, shown after the try.
    pub model: String,
}

/// Something that a good answer must not lose.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Keep {
    /// What it is, as it stands behind "You left out": that it is five weeks old.
    pub what: String,
    /// What it sounds like, in the notation of phrases.
    pub phrases: Texts,
}
