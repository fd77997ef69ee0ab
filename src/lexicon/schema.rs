//! What authors write: the YAML files of a lexicon, as they stand.
//!
//! The doc comments here are the descriptions in the JSON Schema, so editors show them.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize};

use super::{Kind, Severity};

/// A family: rules that name one thing an agent's wording does.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[schemars(extend("required" = ["family"]))]
pub struct FamilyFile {
    /// The family's name, in lower case with hyphens: policy-shield.
    pub family: String,
    /// Whether hearing it costs goodwill (fault), earns it (move), or is reported without being
    /// heard (check). An overlay that extends a family may leave it out.
    pub kind: Option<Kind>,
    /// What the family is, in one sentence.
    pub about: Option<String>,
    /// Silences every rule of the family. For overlays.
    pub off: bool,
    /// The severity of the rules that do not say their own.
    pub severity: Option<Severity>,
    /// Why it matters, for the rules that do not say their own: one sentence.
    pub why: Option<String>,
    /// What to write instead, for the rules that do not say their own.
    pub say: Texts,
    /// What the family rests on, for the rules that do not say their own.
    pub source: Option<String>,
    /// Word lists that only this family uses.
    pub words: BTreeMap<String, Texts>,
    /// The rules are findings only while none of these families has been heard earlier.
    pub before: Texts,
    /// What silences every rule of the family.
    pub unless: Conditions,
    /// Every rule of the family counts only where one of these stands.
    pub only: Conditions,
    /// Whether the rules hear what is denied, too.
    pub negated: Option<Negated>,
    /// The rules.
    pub rules: Vec<RuleEntry>,
}

/// A rule: one thing to hear.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
#[schemars(extend("required" = ["id"]))]
pub struct RuleEntry {
    /// Unique in the whole lexicon, in lower case with hyphens; it must read well after "allow".
    pub id: String,
    /// Silences the rule. For overlays.
    pub off: bool,
    /// How bad a finding is.
    pub severity: Option<Severity>,
    /// What to hear, in the notation of phrases.
    pub phrases: Texts,
    /// What silences a hit.
    pub unless: Conditions,
    /// A hit counts only where one of these stands.
    pub only: Conditions,
    /// A finding only while none of these families has been heard earlier.
    pub before: Texts,
    /// Reported when none of these families or rules is heard in an answer to a complaint.
    pub absent: Texts,
    /// Reported where one of these families or rules is heard.
    pub reports: Texts,
    /// Whether the rule hears what is denied, too.
    pub negated: Option<Negated>,
    /// Why it matters: one sentence that convinces an adult.
    pub why: Option<String>,
    /// What to write instead: wordings that can be used as they stand.
    pub say: Texts,
    /// The document or study that the rule rests on.
    pub source: Option<String>,
    /// Sentences that the rule must hear.
    pub flags: Texts,
    /// Sentences that the rule must not hear.
    pub allows: Texts,
}

/// What a rule makes of a denied form, "that is not our mistake".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Negated {
    /// It is heard like any other.
    Heard,
    /// It is no hit. This is the default.
    Silent,
}

/// Phrases by where they must stand, seen from the hit.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Conditions {
    /// Around the hit: the hit lies inside the phrase.
    pub cover: Texts,
    /// Anywhere in the same sentence.
    pub sentence: Texts,
    /// In the same sentence, ahead of the hit.
    pub earlier: Texts,
    /// In the same sentence, behind the hit.
    pub later: Texts,
    /// In the same sentence, the one before or the one after.
    pub nearby: Texts,
    /// Anywhere in the message.
    pub message: Texts,
}

/// Word lists for all families, and how people shorten, spell and deny.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct WordsFile {
    /// The lists that phrases use as {name}: a name and its entries, phrases themselves.
    pub lists: BTreeMap<String, Texts>,
    /// The long form and its short forms: do not: [don't, dont]. A short form that begins with an
    /// apostrophe may end any word: is: ['s].
    pub contractions: BTreeMap<String, Texts>,
    /// Groups of spellings that are the same word, the preferred one first.
    pub spellings: Vec<Texts>,
    /// Words that deny what follows: not, never.
    pub negators: Texts,
    /// Words that pass a denial on to the clause behind them: think, because.
    pub negation_carriers: Texts,
    /// Words at which a denial ends: and, but.
    pub negation_stops: Texts,
    /// Words that begin a clause of their own: I, we. A denial reaches behind them only by a
    /// carrier: "I don't think we …".
    pub subjects: Texts,
    /// Words that open a question where a subject follows: do, can.
    pub auxiliaries: Texts,
    /// Words that ask for something: which, what.
    pub question_words: Texts,
    /// Words whose full stop ends no sentence: mr, e.g.
    pub abbreviations: Texts,
    /// The most frequent words, the most frequent first. They change nothing that is heard: the
    /// rarer words of a phrase are looked for first.
    pub common: Texts,
    /// Words that open a salutation: hi, dear.
    pub greetings: Texts,
}

/// One text, or a list of texts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, JsonSchema)]
#[schemars(with = "OneOrMany")]
pub struct Texts(pub Vec<String>);

#[derive(Deserialize, JsonSchema)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

/// Authors may write one text without a list around it; the program's own image is always a list.
impl<'de> Deserialize<'de> for Texts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if !deserializer.is_human_readable() {
            return Vec::deserialize(deserializer).map(Self);
        }
        Ok(match OneOrMany::deserialize(deserializer)? {
            OneOrMany::One(text) => Self(vec![text]),
            OneOrMany::Many(texts) => Self(texts),
        })
    }
}

impl std::ops::Deref for Texts {
    type Target = [String];

    fn deref(&self) -> &[String] {
        &self.0
    }
}

impl Conditions {
    /// The lists, to be changed.
    pub fn by_scope_mut(&mut self) -> [&mut Texts; 6] {
        let Self { cover, sentence, earlier, later, nearby, message } = self;
        [cover, sentence, earlier, later, nearby, message]
    }

    /// The lists with the scope that each stands for, in the order of the documentation.
    #[must_use]
    pub fn by_scope(&self) -> [(Scope, &Texts); 6] {
        [
            (Scope::Cover, &self.cover),
            (Scope::Sentence, &self.sentence),
            (Scope::Earlier, &self.earlier),
            (Scope::Later, &self.later),
            (Scope::Nearby, &self.nearby),
            (Scope::Message, &self.message),
        ]
    }
}

/// Where a condition's phrase must stand, seen from the hit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Scope {
    /// Around the hit.
    Cover,
    /// In the same sentence.
    Sentence,
    /// In the same sentence, ahead of the hit.
    Earlier,
    /// In the same sentence, behind the hit.
    Later,
    /// In the same sentence or a neighbouring one.
    Nearby,
    /// In the message.
    Message,
}

impl Scope {
    /// All scopes, in the order of the documentation.
    pub const ALL: [Self; 6] =
        [Self::Cover, Self::Sentence, Self::Earlier, Self::Later, Self::Nearby, Self::Message];

    /// The key that authors write.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cover => "cover",
            Self::Sentence => "sentence",
            Self::Earlier => "earlier",
            Self::Later => "later",
            Self::Nearby => "nearby",
            Self::Message => "message",
        }
    }
}
