//! What marks are given for, what is taken off them, and when the customer is won.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::lexicon::schema::Texts;

/// When she is won, kept, lost.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Thresholds {
    /// So much goodwill, and an extra that fits, and a word on what comes next, win her.
    pub won: u8,
    /// With less goodwill she is lost.
    pub kept: u8,
    /// So much of the needs of a scene makes a good reply, in percent.
    pub good_scene: u8,
}

/// What the steps are called, and what they are out of.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct StepRules {
    /// Step 1.
    pub apologize: StepRule,
    /// Step 2.
    pub review: StepRule,
    /// Step 3.
    pub fix: StepRule,
    /// Step 4.
    pub document: StepRule,
}

/// What a step is called, and what it is out of.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct StepRule {
    /// What it is called.
    pub name: String,
    /// What it is out of.
    pub of: u8,
}

/// What marks are given for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Item {
    /// Taking the fault, or the task.
    Responsibility,
    /// Empathy that names what she lost.
    Empathy,
    /// The words of the apology.
    Apology,
    /// An apology that is not in a hurry.
    Unhurried,
    /// An apology for something in particular.
    Specific,
    /// Saying it back.
    Restate,
    /// The questions that were needed, and what would help.
    Checks,
    /// What puts it right.
    Remedy,
    /// What makes it better than right.
    Extra,
    /// A promise with a time.
    FollowUp,
    /// Checking back.
    CheckBack,
    /// Telling the team.
    Alert,
    /// The note by hand.
    Note,
    /// The deposition.
    Deposition,
}

/// What an item is worth, and what is said about it.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ItemRule {
    /// The item.
    pub item: Item,
    /// Its marks where an apology is needed.
    pub marks: u8,
    /// Its marks where sympathy is enough.
    #[serde(default)]
    pub sympathy: Option<u8>,
    /// Its marks where an apology would make it big.
    #[serde(default)]
    pub unneeded: Option<u8>,
    /// What it is, in a few words.
    pub what: String,
    /// What is said when it is missing.
    pub missing: Texts,
    /// What is said when it was half done.
    pub partly: Texts,
    /// What is said when it was done, but late.
    #[serde(default)]
    pub late: Texts,
    /// What to practise next, where this item lost most.
    pub practise: Texts,
}

/// What is taken off beside the faults, in percent of the step.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Caps {
    /// What is left of step 1 after a fault that a coach would always stop at.
    pub banned_in_apology: u8,
    /// The same, where it was repaired.
    pub repaired_apology: u8,
    /// What a fault still costs that was repaired.
    pub repaired_fault: u8,
    /// What is left of step 2 after an early question that was repaired.
    pub repaired_review: u8,
    /// What an item is worth that came in a later step than its own.
    pub late: u8,
    /// What empathy is worth that names no harm.
    pub unnamed_harm: u8,
    /// What an apology is worth that says what for, but in nobody's own words.
    pub named_thing: u8,
    /// What the words of an apology are worth that did not land.
    pub not_landed: u8,
    /// What a remedy is worth as responsibility, where nobody need take the blame.
    pub task_by_remedy: u8,
    /// What a remedy or an extra is worth that misses what she lost.
    pub poor_fit: u8,
    /// What an extra is worth that only fits.
    pub good_extra: u8,
    /// What an extra is worth that is only named, or asked for.
    pub bare_extra: u8,
    /// What a remedy is worth that is none of the scenario's.
    pub bare_remedy: u8,
    /// What a remedy, an extra or a follow-up is worth that came too soon to be heard.
    pub unheard: u8,
    /// What a follow-up is worth without a time.
    pub untimed: u8,
    /// What the questions are worth of the item `checks`; the rest is for asking what would help.
    pub checks_share: u8,
    /// Asking for forgiveness adds so many marks, within those of the step.
    pub forgiveness: u8,
}

impl Item {
    /// All of them.
    pub const ALL: [Self; 14] = [
        Self::Responsibility,
        Self::Empathy,
        Self::Apology,
        Self::Unhurried,
        Self::Specific,
        Self::Restate,
        Self::Checks,
        Self::Remedy,
        Self::Extra,
        Self::FollowUp,
        Self::CheckBack,
        Self::Alert,
        Self::Note,
        Self::Deposition,
    ];

    /// The name that authors write.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Responsibility => "responsibility",
            Self::Empathy => "empathy",
            Self::Apology => "apology",
            Self::Unhurried => "unhurried",
            Self::Specific => "specific",
            Self::Restate => "restate",
            Self::Checks => "checks",
            Self::Remedy => "remedy",
            Self::Extra => "extra",
            Self::FollowUp => "follow-up",
            Self::CheckBack => "check-back",
            Self::Alert => "alert",
            Self::Note => "note",
            Self::Deposition => "deposition",
        }
    }
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
