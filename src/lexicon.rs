//! The lexicon: families of rules, each one thing to hear in an agent's wording.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What hearing a family means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Wording that costs goodwill.
    Fault,
    /// Wording that earns it.
    Move,
    /// Something reported without being heard: a missing apology, an unused suppression.
    Check,
}

/// How bad a finding is, from the mildest to the worst.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Style: it could be said better.
    Advice,
    /// A ritual phrase that does harm to some readers.
    Warning,
    /// What a coach would always stop at.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Advice => "advice",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// One thing to hear.
#[derive(Debug, Clone)]
pub struct Rule {
    /// Unique in the lexicon: `our-policy`.
    pub id: String,
    /// The name of its family: `policy-shield`.
    pub family: String,
    /// The kind of its family.
    pub kind: Kind,
    /// How bad a finding of it is. Of no meaning for a move.
    pub severity: Severity,
    /// What it hears, as its author wrote it.
    pub phrases: Vec<String>,
    /// Why it matters: one sentence.
    pub why: String,
    /// What to write instead: wordings that can be used as they stand.
    pub say: Vec<String>,
    /// The document or study that it rests on.
    pub source: String,
    /// Sentences that it must hear.
    pub flags: Vec<String>,
    /// Sentences that it must not hear.
    pub allows: Vec<String>,
}
