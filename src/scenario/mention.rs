//! What a reply can mention of a scenario, whatever list it stands in.

use serde::{Deserialize, Serialize};

use super::schema::ScenarioFile;
use crate::lexicon::schema::Texts;

/// Something that a reply can mention.
#[derive(Debug, Clone, Copy)]
pub struct Mention<'s> {
    /// What sort of thing it is.
    pub kind: MentionKind,
    /// Its place in its list.
    pub number: usize,
    /// The name by which cues and scenes know it.
    pub id: &'s str,
    /// What it is, as the coach would say it.
    pub what: &'s str,
    /// What mentioning it sounds like.
    pub phrases: &'s Texts,
}

/// The name by which cues know asking for anything that is on file.
pub const ON_FILE: &str = "on-file";

/// What sort of thing a reply mentions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MentionKind {
    /// What the failure did to the customer.
    Harm,
    /// A question of fact that step 2 needs.
    Check,
    /// What would put it right.
    Remedy,
    /// What would make it better than right.
    Extra,
    /// Something else, for cues and scenes.
    Topic,
    /// What the deposition must hold.
    Fact,
    /// Asking for what is on file.
    File,
}

impl MentionKind {
    /// The key of the scenario under which such things stand.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Harm => "harms",
            Self::Check => "checks",
            Self::Remedy => "remedies",
            Self::Extra => "extras",
            Self::Topic => "topics",
            Self::Fact => "facts",
            Self::File => "file",
        }
    }

    /// The keys of one such thing that hold its name and its phrases.
    #[must_use]
    pub const fn keys(self) -> (&'static str, &'static str) {
        match self {
            Self::File => ("item", "asked"),
            _ => ("id", "phrases"),
        }
    }

    /// Whether a denied form counts: "not tested" mentions the test, "I cannot send a new one"
    /// offers nothing.
    #[must_use]
    pub const fn counts_denied(self) -> bool {
        !matches!(self, Self::Remedy | Self::Extra)
    }
}

impl ScenarioFile {
    /// Everything that a reply can mention, list by list.
    #[must_use]
    pub fn mentions(&self) -> Vec<Mention<'_>> {
        let topics = [
            (MentionKind::Harm, &self.harms),
            (MentionKind::Topic, &self.topics),
            (MentionKind::Fact, &self.facts),
        ];
        let offers = [(MentionKind::Remedy, &self.remedies), (MentionKind::Extra, &self.extras)];
        let mut list = List(Vec::new());
        for (kind, topics) in topics {
            list.add(kind, topics.iter().map(|one| (one.id.as_str(), one.what.as_str(), &one.phrases)));
        }
        for (kind, offers) in offers {
            list.add(kind, offers.iter().map(|one| (one.id.as_str(), one.what.as_str(), &one.phrases)));
        }
        let checks = self.checks.iter();
        list.add(MentionKind::Check, checks.map(|one| (one.id.as_str(), one.what.as_str(), &one.phrases)));
        let entries = self.file.iter();
        list.add(MentionKind::File, entries.map(|one| (one.item.as_str(), one.says.as_str(), &one.asked)));
        list.0
    }

    /// What has this name.
    #[must_use]
    pub fn mention(&self, id: &str) -> Option<Mention<'_>> {
        self.mentions().into_iter().find(|mention| mention.id == id)
    }
}

struct List<'s>(Vec<Mention<'s>>);

impl<'s> List<'s> {
    fn add(&mut self, kind: MentionKind, all: impl Iterator<Item = (&'s str, &'s str, &'s Texts)>) {
        let mention = |(number, (id, what, phrases))| Mention { kind, number, id, what, phrases };
        self.0.extend(all.enumerate().map(mention));
    }
}
