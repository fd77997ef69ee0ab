//! Tries every example: what `flags` must be heard, what `allows` must not.

use rustc_hash::{FxHashMap, FxHashSet};

use super::coverage::Split;
use crate::authoring::layer::Layer;
use crate::authoring::load::Loaded;
use crate::authoring::problem::{Problem, Troubled};
use crate::authoring::spot::Spot;
use crate::lexicon::schema::RuleEntry;
use crate::lexicon::{Lexicon, Rule};
use crate::matcher::{Hit, Listener, Matcher};
use crate::text::{Block, Span};

/// Examples that fail, of the rules that the layers define or change.
pub(super) fn check(loaded: &Loaded, split: &Split<'_>) -> Vec<Problem> {
    let Loaded { lexicon, layers, problems, .. } = loaded;
    let numbers: FxHashMap<&str, u32> =
        lexicon.rules.iter().zip(0..).map(|(rule, number)| (rule.id.as_str(), number)).collect();
    let matcher = Matcher::new(lexicon);
    let (listener, phrases) = (Listener::new(&matcher), split.listener());
    let mut trial = Trial { lexicon, listener, hits: Vec::new(), split, phrases };
    let troubled = Troubled::new(problems);
    let mut found = Vec::new();
    for (spot, entry) in layers.iter().flat_map(entries) {
        let Some(&number) = numbers.get(entry.id.as_str()) else { continue };
        // A rule that cannot hear all that it should would only fail its examples because of it.
        if !troubled.hinders(spot) && !loaded.doubtful.contains(&entry.id) {
            trial.rule(spot, number, entry, &mut found);
        }
    }
    found
}

/// The rules that a layer defines or changes.
pub(super) fn entries(layer: &Layer) -> impl Iterator<Item = (Spot<'_>, &RuleEntry)> {
    layer.families().filter(|(_, family)| !family.off).flat_map(|(file, family)| {
        let spot = file.spot().key("rules");
        let entries = family.rules.iter().enumerate().filter(|(_, entry)| !entry.off);
        entries.map(move |(number, entry)| (spot.item(number), entry))
    })
}

struct Trial<'l, 'm> {
    lexicon: &'l Lexicon,
    listener: Listener<'m>,
    hits: Vec<Hit>,
    /// To tell what is silenced from what does not occur.
    split: &'m Split<'l>,
    phrases: Listener<'m>,
}

impl<'l> Trial<'l, '_> {
    fn rule(&mut self, spot: Spot<'_>, number: u32, entry: &RuleEntry, found: &mut Vec<Problem>) {
        let lexicon = self.lexicon;
        let rule = &lexicon.rules[number as usize];
        if rule.phrases.is_empty() {
            return;
        }
        let mut lost_to = FxHashSet::default();
        for (at, example) in entry.flags.iter().enumerate() {
            if !self.hears(number, example) {
                lost_to.extend(self.winners(rule));
                found.push(spot.key("flags").item(at).mistake(self.unheard(rule, example)));
            } else {
                lost_to.insert("");
            }
        }
        for (at, example) in entry.allows.iter().enumerate() {
            if self.hears(number, example) {
                found.push(spot.key("allows").item(at).mistake(self.heard(rule, number, example)));
            }
        }
        let mut winners: Vec<&str> = lost_to.into_iter().collect();
        winners.sort_unstable();
        if entry.flags.len() > 1 && winners.first().is_some_and(|first| !first.is_empty()) {
            let names: Vec<String> = winners.iter().map(|winner| format!("`{winner}`")).collect();
            found.push(spot.warning(format!(
                "the rule `{}` is never heard beside {}, which hears more of the same words: lengthen its phrases, or join the rules",
                rule.id,
                names.join(", ")
            )));
        }
        self.examples_below(spot, rule, number, entry, found);
    }

    /// What this layer does to examples of the layers below.
    fn examples_below(
        &mut self,
        spot: Spot<'_>,
        rule: &Rule,
        number: u32,
        entry: &RuleEntry,
        found: &mut Vec<Problem>,
    ) {
        for example in rule.flags.iter().filter(|example| !entry.flags.contains(example)) {
            if !self.hears(number, example) {
                let message = format!("since this layer, {}", self.unheard(rule, example));
                found.push(spot.mistake(message));
            }
        }
        for example in rule.allows.iter().filter(|example| !entry.allows.contains(example)) {
            if self.hears(number, example) {
                let message = format!("since this layer, {}", self.heard(rule, number, example));
                found.push(spot.mistake(message));
            }
        }
    }

    /// Listens to an example, and says whether the rule is heard in it.
    fn hears(&mut self, rule: u32, example: &str) -> bool {
        self.hits.clear();
        self.listener.hear(&[Block::verbatim(example, Span::new(0, example.len()))], &mut self.hits);
        self.hits.iter().any(|hit| hit.rule == rule)
    }

    /// The other rules of the family that were heard.
    fn winners(&self, rule: &Rule) -> Vec<&'l str> {
        let lexicon = self.lexicon;
        let heard = self.hits.iter().map(|hit| &lexicon.rules[hit.rule as usize]);
        heard.filter(|other| other.family == rule.family).map(|other| other.id.as_str()).collect()
    }

    fn unheard(&mut self, rule: &Rule, example: &str) -> String {
        let others = self.others_in(example);
        let instead = if others.is_empty() && self.split.occurs(&mut self.phrases, &rule.id, example) {
            "its words occur, but an `unless`, an `only` or a denial silences them".to_owned()
        } else if others.is_empty() {
            "nothing is heard in it".to_owned()
        } else {
            format!("what is heard is {}", others.join(", "))
        };
        format!(
            "`{}` does not hear its example \"{example}\" ({instead}): change the phrases or the example",
            rule.id
        )
    }

    /// What else is heard in an example, each rule once.
    fn others_in(&self, example: &str) -> Vec<String> {
        let mut seen = FxHashSet::default();
        let first = self.hits.iter().filter(|hit| seen.insert(hit.rule));
        let told = first.map(|hit| {
            format!("`{}` (\"{}\")", self.lexicon.rules[hit.rule as usize].id, &example[hit.span.range()])
        });
        told.collect()
    }

    fn heard(&self, rule: &Rule, number: u32, example: &str) -> String {
        let words: Vec<String> = self
            .hits
            .iter()
            .filter(|hit| hit.rule == number)
            .map(|hit| format!("\"{}\"", &example[hit.span.range()]))
            .collect();
        format!(
            "`{}` hears {} in \"{example}\", which it should let pass: narrow the phrases, or add an `unless`",
            rule.id,
            words.join(" and ")
        )
    }
}
