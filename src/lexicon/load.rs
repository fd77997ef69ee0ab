//! From YAML files to a [`Lexicon`]: the one inside the program, and layers laid over it.

use std::collections::BTreeMap;

use super::schema::{Conditions, FamilyFile, Negated, RuleEntry, Texts, WordsFile};
use super::{Family, Kind, Lexicon, Rule, Severity};

/// What one layer brings: families and words, as authored.
#[derive(Debug, Clone, Default, serde::Deserialize)]
pub(crate) struct Layer {
    pub(crate) families: Vec<FamilyFile>,
    pub(crate) words: Vec<WordsFile>,
}

impl Lexicon {
    /// Lays a layer over this lexicon: it adds families, rules, phrases and list entries, changes
    /// severities and texts, and switches rules off.
    pub(crate) fn overlay(&mut self, layer: Layer) {
        layer.words.into_iter().for_each(|words| self.overlay_words(words));
        layer.families.into_iter().for_each(|family| self.overlay_family(family));
        self.sort();
    }

    fn overlay_words(&mut self, words: WordsFile) {
        let own = &mut self.words;
        extend_lists(&mut own.lists, words.lists);
        extend_lists(&mut own.contractions, words.contractions);
        own.spellings.extend(words.spellings);
        let pairs = [
            (&mut own.negators, words.negators),
            (&mut own.negation_carriers, words.negation_carriers),
            (&mut own.negation_stops, words.negation_stops),
            (&mut own.subjects, words.subjects),
            (&mut own.auxiliaries, words.auxiliaries),
            (&mut own.question_words, words.question_words),
            (&mut own.abbreviations, words.abbreviations),
            (&mut own.greetings, words.greetings),
            (&mut own.common, words.common),
        ];
        pairs.into_iter().for_each(|(own, new)| own.0.extend(new.0));
    }

    fn overlay_family(&mut self, file: FamilyFile) {
        let known = self.families.iter().position(|family| family.name == file.family);
        if file.off {
            self.rules.retain(|rule| rule.family != file.family);
            return;
        }
        let kind = file.kind.or_else(|| known.map(|at| self.families[at].kind)).unwrap_or(Kind::Fault);
        if let (Some(_), Some(severity)) = (known, file.severity) {
            let of_family = self.rules.iter_mut().filter(|rule| rule.family == file.family);
            of_family.for_each(|rule| rule.severity = severity);
        }
        for entry in &file.rules {
            self.overlay_rule(entry, &file, kind);
        }
        match known {
            Some(at) => self.families[at].extend(file),
            None => self.families.push(Family::new(file, kind)),
        }
    }

    fn overlay_rule(&mut self, entry: &RuleEntry, file: &FamilyFile, kind: Kind) {
        let known = self.rules.iter().position(|rule| rule.id == entry.id);
        match known {
            Some(at) if entry.off => {
                self.rules.remove(at);
            }
            Some(at) => self.rules[at].extend(entry),
            None if entry.off => {}
            None => self.rules.push(Rule::new(entry, file, kind)),
        }
    }

    /// Families by name within their kind, rules in the order of their families.
    fn sort(&mut self) {
        self.families.sort_by(|one, other| (one.kind as u8, &one.name).cmp(&(other.kind as u8, &other.name)));
        let place: BTreeMap<&str, usize> =
            self.families.iter().zip(0..).map(|(family, at)| (family.name.as_str(), at)).collect();
        self.rules.sort_by_key(|rule| place.get(rule.family.as_str()).copied());
    }
}

fn extend_lists(own: &mut BTreeMap<String, Texts>, new: BTreeMap<String, Texts>) {
    for (name, texts) in new {
        own.entry(name).or_default().0.extend(texts.0);
    }
}

impl Family {
    fn new(file: FamilyFile, kind: Kind) -> Self {
        Self {
            name: file.family,
            kind,
            about: file.about.unwrap_or_default(),
            unless: file.unless,
            only: file.only,
            lists: file.words,
        }
    }

    fn extend(&mut self, file: FamilyFile) {
        self.about = file.about.unwrap_or(std::mem::take(&mut self.about));
        self.unless.extend(&file.unless);
        self.only.extend(&file.only);
        extend_lists(&mut self.lists, file.words);
    }
}

impl Rule {
    fn new(entry: &RuleEntry, file: &FamilyFile, kind: Kind) -> Self {
        let text = |own: &Option<String>, family: &Option<String>| {
            own.as_ref().or(family.as_ref()).cloned().unwrap_or_default()
        };
        let texts = |own: &Texts, family: &Texts| if own.is_empty() { family.to_vec() } else { own.to_vec() };
        Self {
            id: entry.id.clone(),
            family: file.family.clone(),
            kind,
            severity: entry.severity.or(file.severity).unwrap_or(Severity::Warning),
            phrases: entry.phrases.to_vec(),
            why: text(&entry.why, &file.why),
            say: texts(&entry.say, &file.say),
            source: text(&entry.source, &file.source),
            flags: entry.flags.to_vec(),
            allows: entry.allows.to_vec(),
            unless: entry.unless.clone(),
            only: entry.only.clone(),
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
            (&mut self.phrases, &entry.phrases),
            (&mut self.flags, &entry.flags),
            (&mut self.allows, &entry.allows),
            (&mut self.before, &entry.before),
            (&mut self.absent, &entry.absent),
            (&mut self.reports, &entry.reports),
        ];
        pairs.into_iter().for_each(|(own, new)| own.extend(new.iter().cloned()));
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
        pairs.into_iter().for_each(|(own, new)| own.0.extend(new.iter().cloned()));
    }
}

impl Lexicon {
    /// Temporary.
    pub fn overlay_dir(&mut self, dir: &std::path::Path) -> Vec<String> {
        let mut layer = Layer::default();
        let mut errors = Vec::new();
        for folder in ["faults", "moves", "checks"] {
            let Ok(entries) = std::fs::read_dir(dir.join(folder)) else { continue };
            for path in entries
                .flatten()
                .map(|entry| entry.path())
                .filter(|path| path.extension().is_some_and(|e| e == "yaml"))
            {
                match std::fs::read_to_string(&path)
                    .map_err(|e| e.to_string())
                    .and_then(|text| serde_yaml::from_str::<FamilyFile>(&text).map_err(|e| e.to_string()))
                {
                    Ok(family) => layer.families.push(family),
                    Err(error) => errors.push(format!("{}: {error}", path.display())),
                }
            }
        }
        match std::fs::read_to_string(dir.join("words.yaml"))
            .map_err(|e| e.to_string())
            .and_then(|text| serde_yaml::from_str::<WordsFile>(&text).map_err(|e| e.to_string()))
        {
            Ok(words) => layer.words.push(words),
            Err(error) => errors.push(format!("words.yaml: {error}")),
        }
        let lists: std::collections::BTreeSet<String> =
            layer.words.iter().flat_map(|w| w.lists.keys().cloned()).collect();
        for family in &layer.families {
            let conditions = |c: &Conditions| {
                c.by_scope()
                    .iter()
                    .flat_map(|(_, t)| t.to_vec())
                    .filter(|p| !p.starts_with('<'))
                    .collect::<Vec<_>>()
            };
            let mut phrases: Vec<String> = family
                .rules
                .iter()
                .flat_map(|r| {
                    r.phrases.iter().cloned().chain(conditions(&r.unless)).chain(conditions(&r.only))
                })
                .collect();
            phrases.extend(conditions(&family.unless));
            phrases.extend(conditions(&family.only));
            phrases.extend(family.words.values().flat_map(|t| t.to_vec()));
            for phrase in phrases.iter().filter(|p| !p.starts_with("regex:")) {
                match super::phrase::Phrase::parse(phrase) {
                    Err(error) => errors.push(format!("{}: {phrase:?}: {error}", family.family)),
                    Ok(parsed) => {
                        for list in parsed.lists() {
                            if !lists.contains(list) && !family.words.contains_key(list) {
                                errors.push(format!("{}: {phrase:?}: no list {list}", family.family));
                            }
                        }
                    }
                }
            }
        }
        for words in &layer.words {
            for (name, list) in &words.lists {
                for phrase in list.iter() {
                    match super::phrase::Phrase::parse(phrase) {
                        Err(error) => errors.push(format!("words.yaml {name}: {phrase:?}: {error}")),
                        Ok(parsed) => {
                            for list in parsed.lists() {
                                if !lists.contains(list) {
                                    errors.push(format!("words.yaml {name}: {phrase:?}: no list {list}"));
                                }
                            }
                        }
                    }
                }
            }
        }
        self.overlay(layer);
        errors
    }
}
