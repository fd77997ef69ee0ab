//! Phrases that no example covers: nobody would notice if they stopped working.

use rustc_hash::{FxHashMap, FxHashSet};

use super::examples::entries;
use crate::authoring::load::Loaded;
use crate::authoring::problem::{Problem, Troubled};
use crate::lexicon::schema::Texts;
use crate::lexicon::{Family, Later, Lexicon, Rule};
use crate::matcher::{Listener, Matcher};
use crate::text::{Block, Span};

/// Warns of the phrases of the layers that occur in no `flags` example of their rule.
pub(super) fn check(loaded: &Loaded, split: &Split<'_>) -> Vec<Problem> {
    let covered = split.covered(&loaded.lexicon);
    let troubled = Troubled::new(&loaded.problems);
    let mut found = Vec::new();
    for (spot, entry) in loaded.layers.iter().flat_map(entries) {
        let Some(phrases) = split.phrases_of.get(entry.id.as_str()) else { continue };
        if loaded.doubtful.contains(&entry.id) {
            continue;
        }
        let is_bare = |text: &str| phrases.get(text).is_some_and(|&phrase| !covered[phrase]);
        let spots = entry.phrases.iter().enumerate().map(|(at, text)| (spot.key("phrases").item(at), text));
        let mut seen = FxHashSet::default();
        let bare = spots.filter(|(spot, text)| is_bare(text) && !troubled.holds(*spot));
        let bare: Vec<_> = bare.filter(|(_, text)| seen.insert(*text)).collect();
        if let Some((first, text)) = bare.first() {
            let mut problem = first.warning(message(&entry.id, text, bare.len(), entry.phrases.len()));
            problem.details = bare.iter().skip(1).map(|(_, text)| format!("`{text}`")).collect();
            found.push(problem);
        }
    }
    found
}

/// One short line; the other phrases are details.
fn message(rule: &str, first: &str, bare: usize, all: usize) -> String {
    let remedy = "add a sentence with each under `flags:`";
    match bare {
        1 => {
            format!("no example of `{rule}` has the phrase `{first}`: add a sentence with it under `flags:`")
        }
        _ => format!("no example of `{rule}` has {bare} of its {all} phrases, such as `{first}`: {remedy}"),
    }
}

/// A lexicon in which every phrase is a family and a rule of its own, so that none hides another.
pub(super) struct Split<'l> {
    lexicon: Lexicon,
    matcher: Matcher,
    /// For each rule, which rule of the split lexicon each of its phrases is.
    phrases_of: FxHashMap<&'l str, FxHashMap<&'l str, usize>>,
}

impl<'l> Split<'l> {
    /// Splits the rules that the layers define or change.
    pub(super) fn new(loaded: &'l Loaded) -> Self {
        let lexicon = &loaded.lexicon;
        let wanted: FxHashSet<&str> =
            loaded.layers.iter().flat_map(entries).map(|(_, entry)| entry.id.as_str()).collect();
        let words = Lexicon { words: lexicon.words.clone(), ..Lexicon::default() };
        let mut split = Self {
            matcher: Matcher::new(&Lexicon::default()),
            lexicon: words,
            phrases_of: FxHashMap::default(),
        };
        let families: FxHashMap<&str, &Family> =
            lexicon.families.iter().map(|family| (family.name.as_str(), family)).collect();
        lexicon.families.iter().for_each(|family| split.add_lists(family));
        for rule in lexicon.rules.iter().filter(|rule| wanted.contains(rule.id.as_str())) {
            if let Some(family) = families.get(rule.family.as_str()).filter(|_| !rule.flags.is_empty()) {
                split.add_rule(rule, family);
            }
        }
        split.matcher = Matcher::new(&split.lexicon);
        split
    }

    /// An ear for single phrases, whatever silences them in their rules.
    pub(super) fn listener(&self) -> Listener<'_> {
        Listener::new(&self.matcher)
    }

    /// Whether phrases of the rule occur in the text, silenced or not.
    pub(super) fn occurs(&self, listener: &mut Listener<'_>, rule: &str, text: &str) -> bool {
        let mut hits = Vec::new();
        listener.hear(&[Block::verbatim(text, Span::new(0, text.len()))], &mut hits);
        let phrases = self.phrases_of.get(rule);
        phrases
            .is_some_and(|of| of.values().any(|&number| hits.iter().any(|hit| hit.rule as usize == number)))
    }

    /// The own lists of a family become lists of all, under longer names.
    fn add_lists(&mut self, family: &Family) {
        for (name, texts) in &*family.lists {
            let texts = texts.iter().map(|text| with_own_lists(text, family)).collect();
            self.lexicon.words.lists.insert(own_name(family, name), Texts(texts));
        }
    }

    fn add_rule(&mut self, rule: &'l Rule, family: &Family) {
        let phrases = self.phrases_of.entry(&rule.id).or_default();
        for text in &*rule.phrases {
            let number = self.lexicon.rules.len();
            let name = number.to_string();
            phrases.insert(text, number);
            self.lexicon.families.push(Family::new(&name, rule.kind));
            self.lexicon.rules.push(Rule {
                id: name.clone(),
                family: name,
                phrases: vec![with_own_lists(text, family)].into(),
                hears_negated: true,
                unless: Later::default(),
                only: Later::default(),
                ..rule.clone()
            });
        }
    }

    /// For each phrase, whether an example of its rule covers it.
    fn covered(&self, lexicon: &Lexicon) -> Vec<bool> {
        let mut listener = self.listener();
        let (mut covered, mut hits) = (vec![false; self.lexicon.rules.len()], Vec::new());
        for rule in &lexicon.rules {
            let Some(phrases) = self.phrases_of.get(rule.id.as_str()) else { continue };
            for example in &*rule.flags {
                hits.clear();
                listener.hear(&[Block::verbatim(example, Span::new(0, example.len()))], &mut hits);
                let numbers = phrases.values().copied();
                let heard = numbers.filter(|&number| hits.iter().any(|hit| hit.rule as usize == number));
                heard.for_each(|number| covered[number] = true);
            }
        }
        covered
    }
}

fn own_name(family: &Family, list: &str) -> String {
    format!("own-{}-{list}", family.name)
}

/// The phrase with the names that the own lists of its family have in the split lexicon.
fn with_own_lists(text: &str, family: &Family) -> String {
    let mut text = text.to_owned();
    for name in family.lists.keys() {
        text = text.replace(&format!("{{{name}}}"), &format!("{{{}}}", own_name(family, name)));
    }
    text
}
