//! Layers of authored files laid over a lexicon.
//!
//! A layer adds families, rules, phrases and list entries; it changes severities and texts; it
//! switches rules off. What it repeats changes nothing.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::schema::{Conditions, FamilyFile, Negated, RuleEntry, Texts, WordsFile};
use super::{Family, Kind, Lexicon, Rule, Severity};
use crate::text::straight;

/// A lexicon that layers are being laid over.
#[derive(Default)]
pub(crate) struct Overlay {
    lexicon: Lexicon,
    /// Where each rule stands.
    rules: FxHashMap<String, usize>,
    families: FxHashMap<String, usize>,
    off: FxHashSet<String>,
}

impl Overlay {
    pub(crate) fn over(lexicon: Lexicon) -> Self {
        let rules = lexicon.rules.iter().zip(0..).map(|(rule, at)| (rule.id.clone(), at)).collect();
        let families =
            lexicon.families.iter().zip(0..).map(|(family, at)| (family.name.clone(), at)).collect();
        Self { lexicon, rules, families, off: FxHashSet::default() }
    }

    /// Texts are compared with words, and have straight apostrophes by then: so must these. Lists hold
    /// phrases, whose notation knows all apostrophes.
    pub(crate) fn words(&mut self, words: &WordsFile) {
        let own = &mut *self.lexicon.words;
        extend_lists(&mut own.lists, &words.lists);
        for (long, shorts) in &words.contractions {
            extend(&mut own.contractions.entry(straight(long)).or_default().0, &all_straight(shorts));
        }
        let known: FxHashSet<Texts> = own.spellings.iter().cloned().collect();
        let groups = words.spellings.iter().map(|group| Texts(all_straight(group)));
        own.spellings.extend(groups.filter(|group| !known.contains(group)));
        let pairs = [
            (&mut own.negators, &words.negators),
            (&mut own.negation_carriers, &words.negation_carriers),
            (&mut own.negation_stops, &words.negation_stops),
            (&mut own.subjects, &words.subjects),
            (&mut own.auxiliaries, &words.auxiliaries),
            (&mut own.question_words, &words.question_words),
            (&mut own.abbreviations, &words.abbreviations),
            (&mut own.greetings, &words.greetings),
            (&mut own.common, &words.common),
        ];
        pairs.into_iter().for_each(|(own, new)| extend(&mut own.0, &all_straight(new)));
    }

    pub(crate) fn family(&mut self, file: &FamilyFile) {
        let known = self.families.get(&file.family).copied();
        if file.off {
            let of_family = self.lexicon.rules.iter().filter(|rule| rule.family == file.family);
            self.off.extend(of_family.map(|rule| rule.id.clone()));
            return;
        }
        let kind = known.map(|at| self.lexicon.families[at].kind).or(file.kind).unwrap_or(Kind::Fault);
        if let (Some(_), Some(severity)) = (known, file.severity) {
            let of_family = self.lexicon.rules.iter_mut().filter(|rule| rule.family == file.family);
            of_family.for_each(|rule| rule.severity = severity);
        }
        file.rules.iter().for_each(|entry| self.rule(entry, file, kind));
        match known {
            Some(at) => self.lexicon.families[at].extend(file),
            None => {
                self.families.insert(file.family.clone(), self.lexicon.families.len());
                self.lexicon.families.push(Family::written(file, kind));
            }
        }
    }

    fn rule(&mut self, entry: &RuleEntry, file: &FamilyFile, kind: Kind) {
        match self.rules.get(&entry.id) {
            _ if entry.off => {
                self.off.insert(entry.id.clone());
            }
            Some(&at) => self.lexicon.rules[at].extend(entry),
            None => {
                self.rules.insert(entry.id.clone(), self.lexicon.rules.len());
                self.lexicon.rules.push(Rule::written(entry, file, kind));
            }
        }
    }

    /// The lexicon that lies below the next layer, in no order.
    pub(crate) const fn below(&self) -> &Lexicon {
        &self.lexicon
    }

    /// Where each rule of [`Self::below`] stands.
    pub(crate) const fn rules(&self) -> &FxHashMap<String, usize> {
        &self.rules
    }

    /// Families by name within their kind, rules in the order of their families.
    pub(crate) fn finish(self) -> Lexicon {
        let Self { mut lexicon, off, .. } = self;
        lexicon.rules.retain(|rule| !off.contains(&rule.id));
        lexicon
            .families
            .sort_by(|one, other| (one.kind as u8, &one.name).cmp(&(other.kind as u8, &other.name)));
        let place: FxHashMap<&str, usize> =
            lexicon.families.iter().zip(0..).map(|(family, at)| (family.name.as_str(), at)).collect();
        lexicon.rules.sort_by_key(|rule| place.get(rule.family.as_str()).copied());
        lexicon
    }
}

fn all_straight(words: &[String]) -> Vec<String> {
    words.iter().map(|word| straight(word)).collect()
}

fn extend_lists(own: &mut BTreeMap<String, Texts>, new: &BTreeMap<String, Texts>) {
    for (name, texts) in new {
        extend(&mut own.entry(name.clone()).or_default().0, texts);
    }
}

/// Adds the texts that are not there yet.
fn extend(own: &mut Vec<String>, new: &[String]) {
    if own.is_empty() {
        own.extend_from_slice(new);
    } else if !new.is_empty() {
        let known: FxHashSet<String> = own.iter().cloned().collect();
        own.extend(new.iter().filter(|text| !known.contains(*text)).cloned());
    }
}

impl Family {
    fn written(file: &FamilyFile, kind: Kind) -> Self {
        Self {
            name: file.family.clone(),
            kind,
            about: file.about.clone().unwrap_or_default(),
            unless: file.unless.clone().into(),
            only: file.only.clone().into(),
            lists: file.words.clone().into(),
        }
    }

    fn extend(&mut self, file: &FamilyFile) {
        self.about = file.about.clone().unwrap_or(std::mem::take(&mut self.about));
        self.unless.extend(&file.unless);
        self.only.extend(&file.only);
        extend_lists(&mut self.lists, &file.words);
    }
}

impl Rule {
    fn written(entry: &RuleEntry, file: &FamilyFile, kind: Kind) -> Self {
        let text = |own: &Option<String>, family: &Option<String>| {
            own.as_ref().or(family.as_ref()).cloned().unwrap_or_default()
        };
        let texts = |own: &Texts, family: &Texts| if own.is_empty() { family.to_vec() } else { own.to_vec() };
        Self {
            id: entry.id.clone(),
            family: file.family.clone(),
            kind,
            severity: entry.severity.or(file.severity).unwrap_or(Severity::Warning),
            phrases: entry.phrases.to_vec().into(),
            why: text(&entry.why, &file.why),
            say: texts(&entry.say, &file.say),
            source: text(&entry.source, &file.source),
            flags: entry.flags.to_vec().into(),
            allows: entry.allows.to_vec().into(),
            unless: entry.unless.clone().into(),
            only: entry.only.clone().into(),
            before: texts(&entry.before, &file.before),
            absent: entry.absent.to_vec(),
            reports: entry.reports.to_vec(),
            hears_negated: entry.negated.or(file.negated) == Some(Negated::Heard),
        }
    }

    fn extend(&mut self, entry: &RuleEntry) {
        self.severity = entry.severity.unwrap_or(self.severity);
        self.hears_negated = entry.negated.map_or(self.hears_negated, |negated| negated == Negated::Heard);
        self.why = entry.why.clone().unwrap_or(std::mem::take(&mut self.why));
        self.source = entry.source.clone().unwrap_or(std::mem::take(&mut self.source));
        let pairs = [
            (&mut *self.phrases, &entry.phrases),
            (&mut *self.flags, &entry.flags),
            (&mut *self.allows, &entry.allows),
            (&mut self.before, &entry.before),
            (&mut self.absent, &entry.absent),
            (&mut self.reports, &entry.reports),
        ];
        pairs.into_iter().for_each(|(own, new)| extend(own, new));
        if !entry.say.is_empty() {
            self.say = entry.say.to_vec();
        }
        self.unless.extend(&entry.unless);
        self.only.extend(&entry.only);
    }
}

impl Conditions {
    fn extend(&mut self, other: &Self) {
        let pairs = [
            (&mut self.cover, &other.cover),
            (&mut self.sentence, &other.sentence),
            (&mut self.earlier, &other.earlier),
            (&mut self.later, &other.later),
            (&mut self.nearby, &other.nearby),
            (&mut self.message, &other.message),
        ];
        pairs.into_iter().for_each(|(own, new)| extend(&mut own.0, new));
    }
}
