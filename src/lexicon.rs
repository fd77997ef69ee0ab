//! The lexicon: families of rules, each one thing to hear in an agent's wording.

mod later;
pub(crate) mod overlay;
pub mod phrase;
pub mod schema;

use std::collections::BTreeMap;
use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use later::Later;
use schema::{Conditions, Texts, WordsFile};

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

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Fault => "fault",
            Self::Move => "move",
            Self::Check => "check",
        })
    }
}

/// How bad a finding is, from the mildest to the worst.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
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
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
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
    pub phrases: Later<Vec<String>>,
    /// Why it matters: one sentence.
    pub why: String,
    /// What to write instead: wordings that can be used as they stand.
    pub say: Vec<String>,
    /// The document or study that it rests on.
    pub source: String,
    /// Sentences that it must hear.
    pub flags: Later<Vec<String>>,
    /// Sentences that it must not hear.
    pub allows: Later<Vec<String>>,
    /// What silences a hit.
    pub unless: Later<Conditions>,
    /// A hit counts only where one of these stands.
    pub only: Later<Conditions>,
    /// Families or rules: a hit is a finding only while none of them has been heard.
    pub before: Vec<String>,
    /// Families or rules: reported when an answer to a complaint holds none of them.
    pub absent: Vec<String>,
    /// Families or rules: reported where one of them is heard.
    pub reports: Vec<String>,
    /// Whether what is denied is heard, too.
    pub hears_negated: bool,
}

impl Rule {
    /// A rule that hears nothing yet, as advice if it is a fault's.
    #[must_use]
    pub fn new(id: impl Into<String>, family: impl Into<String>, kind: Kind) -> Self {
        Self {
            id: id.into(),
            family: family.into(),
            kind,
            severity: Severity::Advice,
            phrases: Later::default(),
            why: String::new(),
            say: Vec::new(),
            source: String::new(),
            flags: Later::default(),
            allows: Later::default(),
            unless: Later::default(),
            only: Later::default(),
            before: Vec::new(),
            absent: Vec::new(),
            reports: Vec::new(),
            hears_negated: false,
        }
    }
}

/// Rules that name one thing an agent's wording does.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Family {
    /// The name: `policy-shield`.
    pub name: String,
    /// What hearing it means.
    pub kind: Kind,
    /// What it is, in one sentence.
    pub about: String,
    /// What silences every rule.
    pub unless: Later<Conditions>,
    /// Every rule counts only where one of these stands.
    pub only: Later<Conditions>,
    /// Word lists of its own.
    pub lists: Later<BTreeMap<String, Texts>>,
}

impl Family {
    /// A family without conditions and lists.
    #[must_use]
    pub fn new(name: impl Into<String>, kind: Kind) -> Self {
        Self {
            name: name.into(),
            kind,
            about: String::new(),
            unless: Later::default(),
            only: Later::default(),
            lists: Later::default(),
        }
    }
}

/// All families, loaded and checked.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Lexicon {
    /// The families, by name within a kind.
    pub families: Vec<Family>,
    /// The rules, family by family.
    pub rules: Vec<Rule>,
    /// Word lists, contractions, spellings, negation.
    pub words: Later<WordsFile>,
}

impl Lexicon {
    /// The rule of this id.
    #[must_use]
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.id == id)
    }

    /// The family of this name.
    #[must_use]
    pub fn family(&self, name: &str) -> Option<&Family> {
        self.families.iter().find(|family| family.name == name)
    }
}
