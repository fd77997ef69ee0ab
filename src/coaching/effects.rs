//! What moves, faults and principles do to the customer.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::StepTexts;
use crate::lexicon::Severity;
use crate::lexicon::schema::Texts;

/// What something does to the customer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Effect {
    /// To her goodwill.
    pub goodwill: i16,
    /// To her anger.
    pub anger: i16,
}

/// What a family of moves does.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct MoveRule {
    /// The part that it plays.
    pub role: Role,
    /// What it does to her when it is heard first.
    pub effect: Effect,
    /// How much of that is left when it is heard again in a later reply, in percent. The last
    /// number holds for all that follow; below nothing it costs.
    pub repeats: Vec<i16>,
    /// What it is called.
    pub what: String,
    /// Why it was booked, where only the scenario's ear heard it.
    #[serde(default)]
    pub reason: String,
    /// What the coach says when it worked, in place of the rule's own reason.
    #[serde(default)]
    pub worked: Texts,
}

/// The part that a family of moves plays.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// The apology itself.
    Apology,
    /// Asking to be forgiven.
    Forgiveness,
    /// Seeing what it was like.
    Empathy,
    /// Taking the fault, or the task.
    Responsibility,
    /// Saying it back.
    Restate,
    /// Asking what would help.
    Needs,
    /// A check that keeps face.
    Check,
    /// A remedy.
    Fix,
    /// Something on top.
    Extra,
    /// Coming back to her.
    FollowUp,
    /// Good manners that carry the rest.
    #[default]
    Kindness,
}

/// What faults do, by how bad they are.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Severities {
    /// What a coach would always stop at.
    pub error: SeverityRule,
    /// A ritual phrase that does harm to some.
    pub warning: SeverityRule,
    /// Style.
    pub advice: SeverityRule,
}

/// What a fault does.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SeverityRule {
    /// What it does to her.
    pub effect: Effect,
    /// What it takes off the step in which it is said.
    pub marks: u8,
    /// What it takes off the wording.
    pub wording: u8,
}

impl Severities {
    /// What a fault of this severity does.
    #[must_use]
    pub const fn of(&self, severity: Severity) -> &SeverityRule {
        match severity {
            Severity::Error => &self.error,
            Severity::Warning => &self.warning,
            Severity::Advice => &self.advice,
        }
    }
}

/// What is particular about a family of faults.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct FaultRule {
    /// Whether it is a question that freezes step 2 when it is put before the apology has landed.
    pub freezes: bool,
    /// Whether it is borne, once she is ready.
    pub tolerated: bool,
    /// Whether it takes back an offer in the same sentence.
    pub refuses: bool,
    /// Whether it takes back an apology in the same sentence.
    pub takes_back: bool,
    /// Whether it is none where the customer's own words are said back.
    pub said_back: bool,
    /// How much it does, in percent of what its severity says.
    pub weight: Option<i16>,
    /// What to say instead, by step. The first text whose blanks can all be filled is taken.
    pub instead: StepTexts,
}

/// Something that costs or earns without being a family of the lexicon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Principle {
    /// The apology has landed, and goes on working.
    Cooling,
    /// A remedy while she is too angry to hear it.
    TooSoon,
    /// A blunt question before the apology has landed.
    EarlyCheck,
    /// A blunt question before she is ready, though the apology has landed.
    HurriedCheck,
    /// Asking her for what is on file.
    OnFile,
    /// Everything at once.
    Recited,
    /// More than she listens to.
    TooLong,
    /// The same again until it costs.
    Again,
    /// Apology upon apology.
    OverApologised,
    /// An apology where none is needed.
    ApologyUnneeded,
    /// Taking a blame that nobody has laid.
    SelfBlame,
    /// An apology or responsibility after a fault.
    Repaired,
    /// A question that shows care.
    Care,
    /// Empathy that names what she lost.
    NamedHarm,
    /// An extra that delights her.
    Delights,
    /// An offer that misses what she lost.
    PoorFit,
    /// Nothing was said.
    Silence,
    /// Nothing was recognised.
    Puzzled,
}

/// What a principle does.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PrincipleRule {
    /// The principle.
    pub principle: Principle,
    /// What it does to her.
    #[serde(default)]
    pub effect: Effect,
    /// What it takes off the step in which it is said.
    #[serde(default)]
    pub marks: u8,
    /// What it changes an effect to, in percent, where it is about another effect.
    #[serde(default)]
    pub percent: i16,
    /// Why, in one sentence: it stands beside the entry.
    pub reason: String,
    /// What the coach says.
    #[serde(default)]
    pub says: Texts,
    /// What the coach says where the customer is not angry.
    #[serde(default)]
    pub calm: Texts,
    /// What the coach says to do instead.
    #[serde(default)]
    pub instead: Texts,
}

impl Principle {
    /// All of them.
    pub const ALL: [Self; 18] = [
        Self::Cooling,
        Self::TooSoon,
        Self::EarlyCheck,
        Self::HurriedCheck,
        Self::OnFile,
        Self::Recited,
        Self::TooLong,
        Self::Again,
        Self::OverApologised,
        Self::ApologyUnneeded,
        Self::SelfBlame,
        Self::Repaired,
        Self::Care,
        Self::NamedHarm,
        Self::Delights,
        Self::PoorFit,
        Self::Silence,
        Self::Puzzled,
    ];

    /// The name that authors write, and entries have.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cooling => "cooling",
            Self::TooSoon => "too-soon",
            Self::EarlyCheck => "early-check",
            Self::HurriedCheck => "hurried-check",
            Self::OnFile => "on-file",
            Self::Recited => "recited",
            Self::TooLong => "too-long",
            Self::Again => "again",
            Self::OverApologised => "over-apologised",
            Self::ApologyUnneeded => "apology-unneeded",
            Self::SelfBlame => "self-blame",
            Self::Repaired => "repaired",
            Self::Care => "care",
            Self::NamedHarm => "named-harm",
            Self::Delights => "delights",
            Self::PoorFit => "poor-fit",
            Self::Silence => "silence",
            Self::Puzzled => "puzzled",
        }
    }
}

impl fmt::Display for Principle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
