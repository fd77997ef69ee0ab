//! Which names of cues and scenes can be heard at all, and which stand for which.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::lexicon::{Kind, Lexicon};
use crate::scenario::{MentionKind, ON_FILE, ScenarioFile};

/// What can be heard.
pub(super) struct Heard<'l> {
    /// For each rule, its family.
    families: FxHashMap<&'l str, &'l str>,
    /// Families and rules that no wording makes heard.
    silent: FxHashSet<&'l str>,
    /// What is on file and nobody can be heard asking for.
    never_asked: FxHashSet<&'l str>,
    /// What is on file.
    on_file: FxHashSet<&'l str>,
}

impl<'l> Heard<'l> {
    pub(super) fn new(file: &'l ScenarioFile, lexicon: &'l Lexicon) -> Self {
        let checks = lexicon.families.iter().filter(|family| family.kind == Kind::Check);
        let without = lexicon.rules.iter().filter(|rule| rule.kind == Kind::Check || rule.phrases.is_empty());
        let mentions = file.mentions();
        let on_file = mentions.iter().filter(|mention| mention.kind == MentionKind::File);
        let bare = on_file.clone().filter(|mention| mention.phrases.is_empty());
        let is_asked = file.file.iter().any(|entry| !entry.asked.is_empty());
        let nothing = (!is_asked).then_some(ON_FILE);
        Self {
            families: lexicon.rules.iter().map(|rule| (rule.id.as_str(), rule.family.as_str())).collect(),
            silent: checks
                .map(|family| family.name.as_str())
                .chain(without.map(|rule| rule.id.as_str()))
                .collect(),
            never_asked: bare.map(|mention| mention.id).chain(nothing).collect(),
            on_file: on_file.map(|mention| mention.id).collect(),
        }
    }

    /// Whether hearing `name` is always hearing `wide`, too.
    pub(super) fn covers(&self, wide: &str, name: &str) -> bool {
        wide == name
            || self.families.get(name).is_some_and(|family| *family == wide)
            || wide == ON_FILE && self.on_file.contains(name)
    }

    /// Why a name can never be heard.
    pub(super) fn never(&self, name: &str) -> Option<String> {
        if self.never_asked.contains(name) {
            return Some(format!(
                "`{name}` can never be heard: add what asking for it sounds like under `asked:`"
            ));
        }
        self.silent
            .contains(name)
            .then(|| format!("`{name}` is reported and never heard: name a family of faults or moves"))
    }
}
