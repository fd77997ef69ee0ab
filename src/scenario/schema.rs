//! What authors write: the YAML of a scenario, as it stands.
//!
//! The doc comments here are the descriptions in the JSON Schema, so editors show them.
//! `scenarios/README.md` tells the same to trainers, with an example.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::casebook::Casebook;
use crate::lexicon::schema::Texts;

/// A scenario: a scripted customer after a service failure.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ScenarioFile {
    /// The scenario's name, which is also the name of its file: broken-tv.
    pub scenario: String,
    /// What the list of scenarios calls it.
    pub title: String,
    /// What it trains and no other scenario does, in one sentence.
    pub trains: String,
    /// Where the words are exchanged.
    pub channel: Channel,
    /// Whether your company caused the failure.
    pub at_fault: AtFault,
    /// Whether the customer needs to hear an apology at all.
    #[serde(default)]
    pub apology: ApologyNeed,
    /// Who the trainee is.
    pub you: You,
    /// What has happened and what the trainee sees, in two to five sentences. It opens the play.
    pub scene: String,
    /// How busy it is, in one sentence. The deposition asks for it.
    pub busy: String,
    /// The customer.
    pub customer: Customer,
    /// The numbers behind the customer's temper.
    #[serde(default)]
    pub mood: Mood,
    /// What this customer is worth, for the debrief.
    pub worth: Worth,
    /// What the trainee may decide without asking anybody.
    pub authority: Authority,
    /// What is known already. The trainee reads it with :file; asking the customer for it costs.
    #[serde(default)]
    pub file: Vec<FileEntry>,
    /// What the failure did to the customer, the worst first. Empathy counts most where it names one.
    pub harms: Vec<Topic>,
    /// Questions of fact that step 2 needs, and the customer's answers.
    #[serde(default)]
    pub checks: Vec<Check>,
    /// What would put it right.
    pub remedies: Vec<Offer>,
    /// What would make it better than right.
    pub extras: Vec<Offer>,
    /// Other things that a reply may mention, for cues and scenes.
    #[serde(default)]
    pub topics: Vec<Topic>,
    /// What the deposition must hold.
    pub facts: Vec<Topic>,
    /// The case as a line of a casebook, for `amends trends`.
    #[serde(default)]
    pub casebook: Option<Casebook>,
    /// What the customer says at the turning points.
    pub moments: Moments,
    /// What the customer says to what was heard. The first cue that fits is taken.
    pub cues: Vec<Cue>,
    /// What follows when the customer has gone.
    pub scenes: Vec<Scene>,
    /// Hints for the trainee who asks, step by step, the broadest first.
    pub hints: ByStep<Texts>,
    /// A good answer for each step, for the debrief.
    pub answers: ByStep<String>,
    /// Whole sessions, good, poor and middling, with the outcome that each must get.
    pub models: Vec<Model>,
}

/// Where the words are exchanged. It decides how much the customer listens to at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Channel {
    /// Face to face: short turns, and she cuts in.
    Counter,
    /// On the telephone: short turns, and she cuts in.
    Phone,
    /// A chat: a few lines at a time.
    Chat,
    /// Letters: a reply is read as a whole, and may go through several steps.
    Email,
}

/// Whether the company of the trainee caused the failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AtFault {
    /// It did.
    Yes,
    /// Nobody knows yet. Taking the blame too early can backfire.
    Unclear,
    /// It did not; helping is a deposit all the same.
    No,
}

/// Whether the customer needs to hear an apology.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ApologyNeed {
    /// Without one nothing goes on.
    #[default]
    Needed,
    /// Seeing the trouble and taking the task is enough; an apology does no harm.
    Sympathy,
    /// The failure is so small that an apology would make it big.
    Unneeded,
}

/// Who the trainee is.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct You {
    /// The role: the clerk at the service desk of an electronics shop.
    pub role: String,
    /// Where and when: a Saturday at half past three.
    pub place: String,
    /// What the role knows about the goods, the house and its ways.
    #[serde(default)]
    pub knows: Texts,
}

/// The customer.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Customer {
    /// The name by which the trainee may call the customer.
    pub name: String,
    /// The story in her own head. The trainee reads it in the debrief only.
    pub story: String,
    /// The temper: proud and ironic, tired, worried.
    pub temperament: String,
    /// What she lost first: seldom the thing itself.
    pub lost_first: String,
    /// What else it cost her.
    pub lost_second: Texts,
    /// What would delight her.
    pub delight: String,
    /// Words that she never says. No line of hers may hold them.
    #[serde(default)]
    pub never: Texts,
}

/// The numbers behind the customer's temper, all out of 100.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Mood {
    /// How angry she comes in.
    #[schemars(range(min = 0, max = 100))]
    pub anger: u8,
    /// How far her anger must fall before she is ready to go over it.
    #[schemars(range(min = 1, max = 100))]
    pub ready_below: u8,
    /// What is left of her goodwill when she comes in.
    #[schemars(range(min = 1, max = 100))]
    pub goodwill: u8,
    /// After how many replies she has had enough.
    #[schemars(range(min = 1))]
    pub patience: u8,
}

impl Default for Mood {
    fn default() -> Self {
        Self { anger: 70, ready_below: 45, goodwill: 50, patience: 12 }
    }
}

/// What a customer is worth.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Worth {
    /// The sign before amounts: $, £, €.
    pub currency: String,
    /// What she spends with you in a year.
    pub a_year: u32,
    /// How many years she would stay.
    pub years: u32,
}

/// What the trainee may decide without asking anybody.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Authority {
    /// How much an extra may cost.
    pub budget: u32,
    /// What the trainee may do.
    pub may: Texts,
    /// What somebody else must do.
    #[serde(default)]
    pub may_not: Texts,
}

/// Something that is known already.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct FileEntry {
    /// A name to look it up by: receipt.
    pub item: String,
    /// What stands there.
    pub says: String,
    /// What asking the customer for it sounds like, in the notation of phrases.
    #[serde(default)]
    pub asked: Texts,
}

/// Something that a reply may mention. Cues, scenes and marks name it by its id.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Topic {
    /// A name, in lower case with hyphens: the-boys. No family and no rule may have the same.
    pub id: String,
    /// What it is, as the coach would say it: his sons saw him fail.
    pub what: String,
    /// What mentioning it sounds like, in the notation of phrases.
    pub phrases: Texts,
    /// Whether it stands on file, so that to mention it uses what is known: `personal`.
    #[serde(default)]
    pub known: bool,
    /// The fault of the lexicon that it is here, by its rule: what only this customer minds costs as that does.
    #[serde(default)]
    pub costs: Option<String>,
}

/// A question of fact that step 2 needs.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Check {
    /// A name, in lower case with hyphens.
    pub id: String,
    /// What is asked, as the coach would say it: whether the socket is live.
    pub what: String,
    /// What asking it sounds like, in the notation of phrases.
    pub phrases: Texts,
    /// What the customer answers.
    pub answers: Texts,
    /// Whether step 2 is incomplete without it.
    #[serde(default)]
    pub needed: bool,
    /// Whether asking it shows care, so that it is never too early: are you hurt?
    #[serde(default)]
    pub care: bool,
    /// Whether it asks what the customer would like, so that it is `ask-needs` as well.
    #[serde(default)]
    pub wish: bool,
}

/// A remedy or an extra.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Offer {
    /// A name, in lower case with hyphens.
    pub id: String,
    /// What it is, as the coach would say it: a tested set, carried to his car.
    pub what: String,
    /// What offering it sounds like, in the notation of phrases.
    pub phrases: Texts,
    /// What it costs the company.
    #[serde(default)]
    pub cost: u32,
    /// How well it fits this customer.
    #[serde(default)]
    pub fits: Fit,
    /// Whether it cannot wait, so that it is never too soon: cold water on a burn.
    #[serde(default)]
    pub at_once: bool,
}

/// How well an offer fits the customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Fit {
    /// It misses what she lost: it counts a little.
    Poor,
    /// It does.
    #[default]
    Good,
    /// It is what would delight her.
    Delights,
}

/// What the customer says at the turning points. Each has two lines or more, so that a second
/// playing does not repeat the first.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Moments {
    /// Her first words.
    pub opens: Texts,
    /// Her own signal that the apology has reached her.
    pub ready: Texts,
    /// The complaint has been gone over; she will hear a remedy.
    pub agreed: Texts,
    /// She takes the remedy.
    pub fixed: Texts,
    /// A remedy is offered while she is too angry to hear it.
    pub too_soon: Texts,
    /// The same again.
    pub again: Texts,
    /// Everything at once, or far too much of it.
    pub recited: Texts,
    /// Nothing in the reply was recognised.
    pub puzzled: Texts,
    /// An empty reply.
    pub silence: Texts,
    /// Something was heard, and no cue fits.
    pub waits: Waits,
    /// Her last words when she has been won.
    pub won: Texts,
    /// Her last words when she stays a customer.
    pub kept: Texts,
    /// Her last words when it is over and she will not come back.
    pub lost: Texts,
    /// She walks out.
    pub leaves: Texts,
}

/// What the customer says when something was heard and no cue fits, by step.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Waits {
    /// While the apology has not reached her.
    pub apologize: Texts,
    /// While the complaint has not been gone over.
    pub review: Texts,
    /// While she waits for a remedy, an extra, or a word on what comes next.
    pub fix: Texts,
}

/// What the customer says to what was heard.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Cue {
    /// A name, in lower case with hyphens.
    pub id: String,
    /// When she says it. Everything that stands here must hold.
    pub when: When,
    /// What she says: one of these, another each time.
    pub says: Texts,
    /// Whether it is said once at most.
    #[serde(default)]
    pub once: bool,
}

/// When a cue fits. Names are families and rules of the lexicon, and ids of this scenario.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct When {
    /// The reply says one of these.
    pub heard: Texts,
    /// The reply says each of these, too.
    pub with: Texts,
    /// The reply says none of these.
    pub without: Texts,
    /// One of these was said in an earlier reply.
    pub after: Texts,
    /// None of these has been said so far, this reply included.
    pub before: Texts,
    /// What is `heard` has been said in at least so many replies, this one included.
    #[schemars(range(min = 1))]
    pub times: Option<u8>,
    /// It is one of these steps.
    pub step: Vec<Step>,
    /// How angry she is after the reply.
    pub anger: Option<Range>,
    /// How much goodwill she has after the reply.
    pub goodwill: Option<Range>,
}

/// A part of 0 to 100.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Range {
    /// More than this.
    #[schemars(range(min = 0, max = 100))]
    pub above: Option<u8>,
    /// Less than this.
    #[schemars(range(min = 0, max = 100))]
    pub below: Option<u8>,
}

/// The four steps of service recovery, in order (Inghilleri & Solomon 2010).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// Apologize, until the customer signals that it has reached her.
    Apologize,
    /// Go over the complaint together.
    Review,
    /// Fix the problem, add something extra, and follow up.
    Fix,
    /// Write it down.
    Document,
}

/// One thing for each step.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ByStep<T> {
    /// For the apology.
    pub apologize: T,
    /// For going over the complaint.
    pub review: T,
    /// For the fix, the extra and the follow-up.
    pub fix: T,
    /// For what is written down.
    pub document: T,
}

/// What follows the encounter: one reply of the trainee.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Scene {
    /// Which scene it is.
    pub scene: SceneKind,
    /// When and where, and what the trainee is to write or say now.
    pub setting: String,
    /// What the reply should hold. The deposition needs the facts and lists nothing here.
    #[serde(default)]
    pub needs: Vec<Need>,
    /// What is answered to a good reply. By the customer, a colleague, or nobody.
    #[serde(default)]
    pub good: Texts,
    /// What is answered to a weak one.
    #[serde(default)]
    pub weak: Texts,
    /// Whether the scene is played only when the customer has been kept or won.
    #[serde(default)]
    pub if_kept: bool,
}

/// The scenes after the encounter, in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SceneKind {
    /// Within twenty minutes: did it work? Part of step 3.
    CheckBack,
    /// The team is told what the customer has been through. Part of step 4.
    Alert,
    /// The note by hand that wraps it up. Part of step 4.
    Note,
    /// The deposition: what went wrong, in detail. Part of step 4.
    Deposition,
}

/// Something that a reply in a scene should hold.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Need {
    /// What it is, as the coach would say it: asks whether the set works at home.
    pub what: String,
    /// One of these families, rules or ids must be heard.
    pub any: Texts,
}

/// A whole session, and the outcome that it must get.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Model {
    /// A name, in lower case with hyphens.
    pub name: String,
    /// What it is an example of.
    pub quality: Quality,
    /// What it shows, in one sentence.
    pub shows: String,
    /// What becomes of the customer.
    pub outcome: Outcome,
    /// The marks that it must get.
    #[serde(default)]
    pub marks: Option<Marks>,
    /// What the trainee says, reply by reply.
    pub replies: Vec<String>,
    /// What the trainee writes in the scenes after it.
    #[serde(default)]
    #[schemars(extend("additionalProperties" = false, "properties" = {
        "check-back": {"type": "string"},
        "alert": {"type": "string"},
        "note": {"type": "string"},
        "deposition": {"type": "string"},
    }))]
    pub scenes: BTreeMap<SceneKind, String>,
}

/// What a model is an example of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Quality {
    /// To be followed.
    Good,
    /// Well meant.
    Middling,
    /// A warning.
    Poor,
}

/// What becomes of the customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// She goes, and tells others.
    Lost,
    /// She stays.
    Kept,
    /// She stays, and tells others.
    Won,
}

/// Marks out of 100, from and to.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Marks {
    /// At least so many.
    #[schemars(range(min = 0, max = 100))]
    pub from: u8,
    /// At most so many.
    #[schemars(range(min = 0, max = 100))]
    pub to: u8,
}
