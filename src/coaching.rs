//! What hearing something does to a customer, what marks it earns, and what a coach says about it:
//! `lexicon/coaching.yaml`.
//!
//! The doc comments here are the descriptions in the JSON Schema, so editors show them.

use std::collections::BTreeMap;
use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::lexicon::Severity;
use crate::lexicon::schema::Texts;
use crate::text::straight;

/// The numbers and the words behind a session.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Coaching {
    /// How much a customer listens to, and when it is too much.
    pub listening: Listening,
    /// What each family of moves does to her, by its name.
    pub moves: BTreeMap<String, MoveRule>,
    /// What faults do to her, by how bad they are.
    pub severities: Severities,
    /// What is particular about a family of faults, by its name.
    pub faults: BTreeMap<String, FaultRule>,
    /// What costs or earns something without being a family of the lexicon.
    pub principles: Vec<PrincipleRule>,
    /// When she is won, kept, lost.
    pub thresholds: Thresholds,
    /// What the steps are called, and what they are out of.
    pub steps: StepRules,
    /// What the marks are given for.
    pub items: Vec<ItemRule>,
    /// What is taken off beside the faults.
    pub caps: Caps,
    /// What the coach says.
    pub notes: NoteTexts,
    /// What the debrief says.
    pub debrief: Debrief,
}

/// How much a customer listens to, and when it is too much.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Listening {
    /// After how many words she cuts in, by channel.
    pub words: Words,
    /// How many clauses an apology needs before a question or a procedure, not to be hurried.
    pub unhurried_clauses: usize,
    /// So many different moves in one reply are recited, not said: by voice, in writing.
    pub different_moves: BySpeech,
    /// So many times the same move in one reply.
    pub same_move: BySpeech,
    /// So many moves together with so many faults: every phrase at once.
    pub mixed: Mixed,
    /// How many apologies a reply bears.
    pub apologies: BySpeech,
    /// Rules that say when: a follow-up with a time.
    pub timed: Texts,
    /// Rules that take the whole blame, not only the task.
    pub self_blame: Texts,
    /// Rules of apologies that say what for.
    pub specific: Texts,
    /// How far apart, in sentences, a harm and the words that take it seriously may stand.
    pub reach: usize,
    /// Words that make a sentence an offer, in lower case.
    pub offers: Texts,
    /// Words with which somebody tells what is done, where an offer is mentioned: I bring, I've put.
    pub acts: Texts,
    /// Words that only suppose it, or say it back.
    pub supposes: Texts,
    /// Words that say what something must have been like, where a harm is mentioned.
    pub feels: Texts,
    /// Words that ask for a wish, where an offer or a check is put as a question.
    pub wishes: Texts,
    /// Words that ask for it without a question mark.
    pub invites: Texts,
    /// Words with which nobody asks for what is on file: no need.
    pub asks_nothing: Texts,
    /// Words that ask whether the complaint was said back right.
    pub confirms: Texts,
    /// Words with which the complaint begins to be said back.
    pub opens_restate: Texts,
    /// So many things of the case together with either are the complaint said back.
    pub said_back: usize,
    /// After how many replies in step 2 she goes on by herself.
    pub review_replies: usize,
    /// How many replies she waits for more, once she has been offered a remedy.
    pub fix_replies: usize,
}

/// Numbers of words by channel.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Words {
    /// Face to face.
    pub counter: usize,
    /// On the telephone.
    pub phone: usize,
    /// In a chat.
    pub chat: usize,
    /// In a letter.
    pub email: usize,
    /// In what is written after the encounter.
    pub scene: usize,
}

/// One number for what is spoken, one for what is written.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct BySpeech {
    /// At the counter, on the telephone, in a chat.
    pub spoken: usize,
    /// By e-mail.
    pub written: usize,
}

/// Moves and faults in one breath.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Mixed {
    /// At least so many different moves.
    pub moves: usize,
    /// At least so many faults.
    pub faults: usize,
}

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

/// Texts by step; where a step has none, those for `any`.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct StepTexts {
    /// While the apology has not reached her.
    pub apologize: Texts,
    /// While it is gone over.
    pub review: Texts,
    /// While it is put right.
    pub fix: Texts,
    /// In what is written afterwards.
    pub document: Texts,
    /// In every other step.
    pub any: Texts,
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

/// What the coach says. Blanks in braces are filled from the reply and the scenario.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct NoteTexts {
    /// A move worked.
    pub worked: Texts,
    /// A harm was named.
    pub named_harm: Texts,
    /// She is ready: the step is passed.
    pub ready: Texts,
    /// It has been gone over.
    pub agreed: Texts,
    /// She takes the remedy.
    pub fixed: Texts,
    /// The extra delights her.
    pub delights: Texts,
    /// It is over, and she is won.
    pub won: Texts,
    /// A fault was heard.
    pub fault: Texts,
    /// A softer wording from the lexicon.
    pub say: Texts,
    /// What is still missing, by what it is.
    pub next: NextTexts,
    /// A scene: it holds all that it needs.
    pub scene_good: SceneTexts,
    /// A scene: what is missing.
    pub scene_missing: Texts,
    /// Nothing was recognised, by step.
    pub puzzled: StepTexts,
    /// Nothing was said.
    pub silence: Texts,
}

/// Sentences by scene.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SceneTexts {
    /// The customer was called or written to.
    pub check_back: Texts,
    /// The team was told.
    pub alert: Texts,
    /// The note was written.
    pub note: Texts,
    /// The deposition was written.
    pub deposition: Texts,
}

impl SceneTexts {
    /// The sentences of a scene, in the order of the scenes.
    #[must_use]
    pub fn of(&self, scene: usize) -> &Texts {
        [&self.check_back, &self.alert, &self.note, &self.deposition][scene.min(3)]
    }
}

/// What is still missing.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct NextTexts {
    /// An apology.
    pub apology: Texts,
    /// An apology was said, and something takes it back.
    pub takes_back: Texts,
    /// Empathy.
    pub empathy: Texts,
    /// The harm.
    pub harm: Texts,
    /// Responsibility, where the company is at fault.
    pub responsibility: Texts,
    /// The task, where it is not, or nobody knows.
    pub task: Texts,
    /// All is said, and she is still angry.
    pub calmer: Texts,
    /// Sympathy, where no apology is needed.
    pub sympathy: Texts,
    /// Saying it back.
    pub restate: Texts,
    /// A needed question.
    pub check: Texts,
    /// Asking what would help.
    pub needs: Texts,
    /// A remedy.
    pub remedy: Texts,
    /// Something extra.
    pub extra: Texts,
    /// A promise with a time.
    pub follow_up: Texts,
    /// A time for the promise.
    pub time: Texts,
}

/// What the debrief says.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Debrief {
    /// She is won.
    pub won: Texts,
    /// She stays.
    pub kept: Texts,
    /// She is lost.
    pub lost: Texts,
    /// She walked out.
    pub left: Texts,
    /// Why step 1 is halved.
    pub banned_in_apology: Texts,
    /// Why step 2 is frozen.
    pub frozen: Texts,
    /// Why step 2 is cut, though it was repaired.
    pub repaired: Texts,
    /// Why a scene counts for nothing that was not played, because she is lost.
    pub not_reached: Texts,
    /// What to practise where nothing was lost.
    pub nothing_lost: Texts,
    /// What to practise where a fault cost most.
    pub practise_fault: Texts,
    /// What these marks cannot tell.
    pub caution: String,
}

impl Coaching {
    /// The same with straight apostrophes in the words that replies are compared with.
    pub(crate) fn straightened(&self) -> Self {
        let mut coaching = self.clone();
        let listening = &mut coaching.listening;
        let lists = [
            &mut listening.offers,
            &mut listening.acts,
            &mut listening.supposes,
            &mut listening.feels,
            &mut listening.wishes,
            &mut listening.invites,
            &mut listening.asks_nothing,
            &mut listening.confirms,
            &mut listening.opens_restate,
        ];
        lists.into_iter().flat_map(|list| &mut list.0).for_each(|word| *word = straight(word));
        coaching
    }

    /// What a family of moves does, if the coaching knows it.
    #[must_use]
    pub fn of_move(&self, family: &str) -> Option<&MoveRule> {
        self.moves.get(family)
    }

    /// The family that plays a part, and what it does.
    #[must_use]
    pub fn of_role(&self, role: Role) -> Option<(&str, &MoveRule)> {
        let found = self.moves.iter().find(|(_, rule)| rule.role == role);
        found.map(|(name, rule)| (name.as_str(), rule))
    }

    /// What is particular about a family of faults.
    #[must_use]
    pub fn of_fault(&self, family: &str) -> Option<&FaultRule> {
        self.faults.get(family)
    }

    /// What a principle does.
    #[must_use]
    pub fn of_principle(&self, principle: Principle) -> Option<&PrincipleRule> {
        self.principles.iter().find(|rule| rule.principle == principle)
    }

    /// What an item is worth.
    #[must_use]
    pub fn of_item(&self, item: Item) -> Option<&ItemRule> {
        self.items.iter().find(|rule| rule.item == item)
    }
}

impl StepTexts {
    /// The texts for the step of this number, from 0; where it has none, those for any.
    #[must_use]
    pub fn of(&self, step: usize) -> [&[String]; 2] {
        let own = match step {
            0 => &self.apologize,
            1 => &self.review,
            2 => &self.fix,
            _ => &self.document,
        };
        [own, &self.any]
    }
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
