//! What a layer may do with what lies below it.

use rustc_hash::FxHashMap;

use crate::authoring::layer::{File, Layer};
use crate::authoring::problem::Problem;
use crate::authoring::spot::Spot;
use crate::lexicon::Lexicon;
use crate::lexicon::schema::{FamilyFile, RuleEntry};
use crate::nearest::nearest;

/// Checks a layer against the lexicon below it. `rules` says where each of its rules stands.
pub(in crate::authoring) fn layer(
    below: &Lexicon,
    rules: &FxHashMap<String, usize>,
    layer: &Layer,
    problems: &mut Vec<Problem>,
) {
    let mut checker = Checker { below, rules, seen: Seen::default(), problems };
    layer.families().for_each(|(file, family)| checker.family(file, family));
}

/// What the layer has had so far, by where it was.
#[derive(Default)]
struct Seen<'f> {
    families: FxHashMap<&'f str, Spot<'f>>,
    rules: FxHashMap<&'f str, Spot<'f>>,
}

struct Checker<'c> {
    below: &'c Lexicon,
    rules: &'c FxHashMap<String, usize>,
    seen: Seen<'c>,
    problems: &'c mut Vec<Problem>,
}

impl<'c> Checker<'c> {
    fn family(&mut self, file: &'c File, family: &'c FamilyFile) {
        let name = file.spot().key("family");
        if let Some(first) = self.seen.families.insert(&family.family, name) {
            let message = format!(
                "the family `{}` stands in {} already: put its rules into one file, or give it another name",
                family.family, first.path
            );
            self.problems.push(name.mistake(message));
        }
        match self.below.family(&family.family) {
            Some(known) => {
                if family.kind.is_some_and(|kind| kind != known.kind) {
                    let message = format!(
                        "the family `{}` is a {} below this layer: write that, or leave `kind` out",
                        known.name, known.kind
                    );
                    self.problems.push(file.spot().key("kind").mistake(message));
                }
            }
            None => self.new_family(name, family),
        }
        for (number, entry) in family.rules.iter().enumerate() {
            self.rule(file.spot().key("rules").item(number), entry, family);
        }
    }

    fn new_family(&mut self, name: Spot<'c>, family: &FamilyFile) {
        let known = self.below.families.iter().map(|family| family.name.as_str());
        let meant = nearest(&family.family, known).map(|meant| format!("write `{meant}`, or "));
        let meant = meant.unwrap_or_default();
        if family.off {
            let message =
                format!("there is no family `{}` to switch off: {}remove this file", family.family, meant);
            self.problems.push(name.mistake(message));
        } else if family.kind.is_none() && !name.root().has_lost("kind") {
            let message = format!(
                "the family `{}` is new and says no kind: {}add `kind: fault` or `kind: move`",
                family.family, meant
            );
            self.problems.push(name.mistake(message));
        }
    }

    fn rule(&mut self, spot: Spot<'c>, entry: &'c RuleEntry, family: &FamilyFile) {
        let id = spot.key("id");
        if let Some(first) = self.seen.rules.insert(&entry.id, id) {
            let message = format!(
                "the rule `{}` stands in {} already: give this one another id",
                entry.id,
                first.place()
            );
            self.problems.push(id.mistake(message));
        }
        match self.rules.get(&entry.id).map(|&at| &self.below.rules[at]) {
            Some(known) if known.family != family.family => {
                let message = format!(
                    "the rule `{}` belongs to the family `{}`: move this entry into a file of that family, or give it another id",
                    entry.id, known.family
                );
                self.problems.push(id.mistake(message));
            }
            None if entry.off => {
                let known = self.below.rules.iter().map(|rule| rule.id.as_str());
                let meant = match nearest(&entry.id, known) {
                    Some(meant) => format!("write `{meant}`"),
                    None => "list the rules with `amends rules`".to_owned(),
                };
                let message = format!("there is no rule `{}` to switch off: {meant}", entry.id);
                self.problems.push(id.mistake(message));
            }
            _ => {}
        }
    }
}
