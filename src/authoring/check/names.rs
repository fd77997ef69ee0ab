//! Which families, rules and lists there are, and who is named that is none of them.

use std::cell::Cell;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::authoring::authored::{Authored, Part};
use crate::authoring::layer::{Content, Layer};
use crate::authoring::problem::Problem;
use crate::lexicon::Lexicon;
use crate::matcher::{BUILT_IN_LISTS, QUESTION, reference};
use crate::nearest::nearest;

/// The names that may be used.
pub(super) struct Known<'l> {
    families: FxHashSet<&'l str>,
    rules: FxHashSet<&'l str>,
    lists: FxHashSet<&'l str>,
    own_lists: FxHashMap<&'l str, FxHashSet<&'l str>>,
    /// Some word lists could not be read, so no list can be called unknown.
    misses_words: bool,
    /// How many names were looked for that nothing has.
    unknown: Cell<usize>,
}

/// For so many unknown names the nearest is looked for. With more, something else is wrong.
const MOST_SEARCHES: usize = 200;

impl<'l> Known<'l> {
    pub(super) fn new(lexicon: &'l Lexicon, layers: &'l [Layer]) -> Self {
        let own = |family: &'l crate::lexicon::Family| {
            (family.name.as_str(), family.lists.keys().map(String::as_str).collect())
        };
        let mut known = Self {
            families: lexicon.families.iter().map(|family| family.name.as_str()).collect(),
            rules: lexicon.rules.iter().map(|rule| rule.id.as_str()).collect(),
            lists: lexicon.words.lists.keys().map(String::as_str).chain(BUILT_IN_LISTS).collect(),
            own_lists: lexicon.families.iter().map(own).collect(),
            misses_words: false,
            unknown: Cell::new(0),
        };
        layers.iter().for_each(|layer| known.add_broken(layer));
        known
    }

    /// Names of files that cannot be used exist all the same: one mistake is not two.
    fn add_broken(&mut self, layer: &'l Layer) {
        for file in &layer.files {
            let names = file.names.iter().map(String::as_str);
            self.rules.extend(names.clone());
            self.lists.extend(names);
            match &file.content {
                Content::BrokenWords => self.misses_words = true,
                Content::Words(_) => {
                    self.misses_words |= file.spot().has_lost("lists") && file.names.is_empty()
                }
                Content::BrokenFamily if file.tree.is_none() => {
                    let name = file.path.rsplit(['/', '\\']).next().unwrap_or_default();
                    self.families.extend(name.split('.').next());
                }
                _ => {}
            }
        }
    }

    fn is_known(&self, name: &str) -> bool {
        self.families.contains(name) || self.rules.contains(name)
    }

    /// What is wrong with the name of a family or rule.
    fn unknown(&self, name: &str) -> Option<String> {
        if self.is_known(name) {
            return None;
        }
        let names = self.families.iter().chain(&self.rules).copied();
        Some(match self.nearest(name, names) {
            Some(meant) => format!("there is no family or rule `{name}`: write `{meant}`"),
            None => format!("there is no family or rule `{name}`: list them with `amends rules`"),
        })
    }

    /// What is wrong with the name of a list that a text of `family` uses.
    pub(super) fn unknown_list(&self, name: &str, family: Option<&str>) -> Option<String> {
        let own = family.and_then(|family| self.own_lists.get(family));
        if self.misses_words || self.lists.contains(name) || own.is_some_and(|own| own.contains(name)) {
            return None;
        }
        let names = own.into_iter().flatten().chain(&self.lists).copied();
        Some(match self.nearest(name, names) {
            Some(meant) => format!("there is no list `{name}`: write `{{{meant}}}`"),
            None => {
                format!("there is no list `{name}`: add it under `words:` of this family, or to words.yaml")
            }
        })
    }

    fn nearest<'n>(&self, name: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
        self.unknown.set(self.unknown.get() + 1);
        if self.unknown.get() > MOST_SEARCHES {
            return None;
        }
        // In an order that does not change from run to run.
        let mut names: Vec<&str> = names.collect();
        names.sort_unstable();
        nearest(name, names)
    }
}

/// Names that nothing has.
pub(super) fn check(authored: &[Authored<'_>], known: &Known<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for one in authored {
        let name = match one.part {
            Part::Name => Some(one.text),
            Part::Condition => reference(one.text).filter(|&name| name != QUESTION),
            _ => None,
        };
        problems.extend(name.and_then(|name| known.unknown(name)).map(|message| one.spot.mistake(message)));
    }
    problems
}
