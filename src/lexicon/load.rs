//! From YAML files to a [`Lexicon`]: the one inside the program, and layers laid over it.
//!
//! A layer adds families, rules, phrases and list entries; it changes severities and texts; it
//! switches rules off. What it repeats changes nothing.

use std::collections::BTreeMap;
use std::path::PathBuf;

use rustc_hash::{FxHashMap, FxHashSet};

use super::check;
use super::layer::{Content, File, Layer};
use super::problem::{Level, Problem};
use super::schema::{Conditions, FamilyFile, Negated, RuleEntry, Texts, WordsFile};
use super::{Family, Kind, Lexicon, Rule, Severity};

/// The lexicon of this project, as JSON that the build made of its YAML.
const EMBEDDED: &str = include_str!(concat!(env!("OUT_DIR"), "/lexicon.json"));

/// The lexicon inside the program, as authored.
#[derive(Default, serde::Deserialize)]
struct Embedded {
    families: Vec<FamilyFile>,
    words: Vec<WordsFile>,
}

impl Embedded {
    fn read() -> Self {
        serde_json::from_str(EMBEDDED).expect("the build wrote this file, and the tests read it")
    }

    /// Its files, under names that say that they are no files.
    fn layer(self) -> Layer {
        let families = self.families.into_iter().map(|family| File {
            path: format!("<built-in>/{}.yaml", family.family),
            tree: None,
            content: Content::Family(Box::new(family)),
        });
        let words = self.words.into_iter().map(|words| File {
            path: "<built-in>/words.yaml".to_owned(),
            tree: None,
            content: Content::Words(Box::new(words)),
        });
        Layer { files: families.chain(words).collect() }
    }
}

/// Layers, the lexicon that they make, and what is wrong with it.
#[derive(Debug, Default)]
pub(super) struct Loaded {
    pub(super) lexicon: Lexicon,
    pub(super) layers: Vec<Layer>,
    pub(super) problems: Vec<Problem>,
    /// Whether the built-in lexicon lies below the layers.
    pub(super) has_built_in: bool,
    /// Whether all lists can be used, so that the lexicon can listen.
    pub(super) has_sound_lists: bool,
}

impl Lexicon {
    /// The lexicon inside the program.
    #[must_use]
    pub fn embedded() -> Self {
        let embedded = Embedded::read();
        let mut overlay = Overlay::default();
        embedded.words.iter().for_each(|words| overlay.words(words));
        embedded.families.iter().for_each(|family| overlay.family(family));
        overlay.finish()
    }

    /// Loads layers, each a folder or a single file: the first lies over the built-in lexicon if
    /// `with_embedded` says so, each other one over those before it. Layers that hold every
    /// built-in family themselves, each with its `kind`, are a whole lexicon and lie over nothing.
    ///
    /// # Errors
    /// When the lexicon cannot be used: every mistake of it, in the order of files and places.
    pub fn load(layers: &[PathBuf], with_embedded: bool) -> Result<Self, Vec<Problem>> {
        if layers.is_empty() && with_embedded {
            return Ok(Self::embedded());
        }
        let mut loaded = Loaded::read(layers, with_embedded);
        check::soundness(&mut loaded);
        loaded.problems.retain(|problem| problem.level == Level::Mistake);
        if loaded.problems.is_empty() { Ok(loaded.lexicon) } else { Err(loaded.problems) }
    }
}

impl Loaded {
    /// The lexicon inside the program, as a layer to be checked.
    pub(super) fn embedded() -> Self {
        Self { layers: vec![Embedded::read().layer()], ..Self::default() }.overlaid(Lexicon::default())
    }

    pub(super) fn read(paths: &[PathBuf], with_embedded: bool) -> Self {
        let mut loaded = Self::default();
        for path in paths {
            let layer = Layer::read(path, &mut loaded.problems);
            loaded.layers.push(layer);
        }
        let embedded = if with_embedded { Lexicon::embedded() } else { Lexicon::default() };
        loaded.has_built_in = with_embedded && !loaded.is_whole(&embedded);
        let base = if loaded.has_built_in { embedded } else { Lexicon::default() };
        loaded.overlaid(base)
    }

    fn is_whole(&self, embedded: &Lexicon) -> bool {
        let files = self.layers.iter().flat_map(Layer::families).map(|(_, family)| family);
        let own: FxHashSet<&str> =
            files.filter(|family| family.kind.is_some()).map(|family| family.family.as_str()).collect();
        embedded.families.iter().all(|family| own.contains(family.name.as_str()))
    }

    fn overlaid(mut self, base: Lexicon) -> Self {
        let mut overlay = Overlay::over(base);
        for layer in &self.layers {
            check::layer(&overlay.lexicon, &overlay.rules, layer, &mut self.problems);
            layer.words().for_each(|(_, words)| overlay.words(words));
            layer.families().for_each(|(_, family)| overlay.family(family));
        }
        self.lexicon = overlay.finish();
        self
    }
}

/// A lexicon that layers are being laid over.
#[derive(Default)]
struct Overlay {
    lexicon: Lexicon,
    /// Where each rule stands.
    rules: FxHashMap<String, usize>,
    families: FxHashMap<String, usize>,
    off: FxHashSet<String>,
}

impl Overlay {
    fn over(lexicon: Lexicon) -> Self {
        let rules = lexicon.rules.iter().zip(0..).map(|(rule, at)| (rule.id.clone(), at)).collect();
        let families =
            lexicon.families.iter().zip(0..).map(|(family, at)| (family.name.clone(), at)).collect();
        Self { lexicon, rules, families, off: FxHashSet::default() }
    }

    fn words(&mut self, words: &WordsFile) {
        let own = &mut self.lexicon.words;
        extend_lists(&mut own.lists, &words.lists);
        extend_lists(&mut own.contractions, &words.contractions);
        let known: FxHashSet<Texts> = own.spellings.iter().cloned().collect();
        own.spellings.extend(words.spellings.iter().filter(|group| !known.contains(*group)).cloned());
        let pairs = [
            (&mut own.negators, &words.negators),
            (&mut own.negation_carriers, &words.negation_carriers),
            (&mut own.negation_stops, &words.negation_stops),
            (&mut own.subjects, &words.subjects),
            (&mut own.auxiliaries, &words.auxiliaries),
            (&mut own.question_words, &words.question_words),
            (&mut own.abbreviations, &words.abbreviations),
            (&mut own.greetings, &words.greetings),
        ];
        pairs.into_iter().for_each(|(own, new)| extend(&mut own.0, new));
    }

    fn family(&mut self, file: &FamilyFile) {
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
                self.lexicon.families.push(Family::new(file, kind));
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
                self.lexicon.rules.push(Rule::new(entry, file, kind));
            }
        }
    }

    /// Families by name within their kind, rules in the order of their families.
    fn finish(self) -> Lexicon {
        let Self { mut lexicon, off, .. } = self;
        lexicon.rules.retain(|rule| !off.contains(&rule.id));
        lexicon.families.sort_by(|one, other| (one.kind as u8, &one.name).cmp(&(other.kind as u8, &other.name)));
        let place: FxHashMap<&str, usize> =
            lexicon.families.iter().zip(0..).map(|(family, at)| (family.name.as_str(), at)).collect();
        lexicon.rules.sort_by_key(|rule| place.get(rule.family.as_str()).copied());
        lexicon
    }
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
    fn new(file: &FamilyFile, kind: Kind) -> Self {
        Self {
            name: file.family.clone(),
            kind,
            about: file.about.clone().unwrap_or_default(),
            unless: file.unless.clone(),
            only: file.only.clone(),
            lists: file.words.clone(),
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
