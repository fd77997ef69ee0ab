//! Everything that stands in the notation of phrases or names something, with its place.

use std::collections::BTreeMap;

use super::layer::File;
use super::spot::Spot;
use crate::lexicon::schema::{Conditions, RuleEntry, Texts};

/// A text that an author wrote, and where.
#[derive(Debug, Clone, Copy)]
pub(super) struct Authored<'f> {
    pub(super) text: &'f str,
    pub(super) spot: Spot<'f>,
    pub(super) part: Part<'f>,
    /// The family whose lists it may use besides those of all families.
    pub(super) family: Option<&'f str>,
}

/// What a text is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part<'f> {
    /// A rule hears it.
    Phrase,
    /// It silences hits or lets them count.
    Condition,
    /// It stands in the list of this name.
    Entry(&'f str),
    /// It names a family or a rule.
    Name,
}

/// All such texts of a file.
pub(super) fn texts(file: &File) -> Vec<Authored<'_>> {
    let mut collector = Collector { family: None, found: Vec::new() };
    if let Some(words) = file.words() {
        collector.lists(&words.lists, file.spot().key("lists"));
    }
    if let Some(family) = file.family() {
        collector.family = Some(&family.family);
        let spot = file.spot();
        collector.lists(&family.words, spot.key("words"));
        collector.conditions(&family.unless, spot.key("unless"));
        collector.conditions(&family.only, spot.key("only"));
        collector.texts(&family.before, spot.key("before"), Part::Name);
        for (number, rule) in family.rules.iter().enumerate() {
            collector.rule(rule, spot.key("rules").item(number));
        }
    }
    collector.found
}

struct Collector<'f> {
    family: Option<&'f str>,
    found: Vec<Authored<'f>>,
}

impl<'f> Collector<'f> {
    fn texts(&mut self, texts: &'f Texts, spot: Spot<'f>, part: Part<'f>) {
        let family = self.family;
        let texts = texts.iter().enumerate();
        self.found.extend(texts.map(|(number, text)| Authored {
            text,
            spot: spot.item(number),
            part,
            family,
        }));
    }

    fn lists(&mut self, lists: &'f BTreeMap<String, Texts>, spot: Spot<'f>) {
        for (name, texts) in lists {
            self.texts(texts, spot.key(name), Part::Entry(name));
        }
    }

    fn conditions(&mut self, conditions: &'f Conditions, spot: Spot<'f>) {
        for (scope, texts) in conditions.by_scope() {
            self.texts(texts, spot.key(scope.name()), Part::Condition);
        }
    }

    fn rule(&mut self, rule: &'f RuleEntry, spot: Spot<'f>) {
        self.texts(&rule.phrases, spot.key("phrases"), Part::Phrase);
        self.conditions(&rule.unless, spot.key("unless"));
        self.conditions(&rule.only, spot.key("only"));
        self.texts(&rule.before, spot.key("before"), Part::Name);
        self.texts(&rule.absent, spot.key("absent"), Part::Name);
        self.texts(&rule.reports, spot.key("reports"), Part::Name);
    }
}
