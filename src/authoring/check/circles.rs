//! Lists that use themselves, and families that wait for each other.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::authoring::authored::{Authored, Part};
use crate::authoring::layer::Layer;
use crate::authoring::problem::Problem;
use crate::lexicon::phrase::Phrase;
use crate::lexicon::schema::Texts;
use crate::lexicon::{Family, Lexicon};
use crate::matcher::reference;

/// Who uses whom: for each name, the names that it needs.
type Needs<'n> = FxHashMap<&'n str, Vec<&'n str>>;

/// A circle that some of `starts` lead into, as the names in it.
fn circles<'n>(starts: &[&'n str], needs: &Needs<'n>) -> Vec<Vec<&'n str>> {
    let mut walk = Walk { needs, state: FxHashMap::default(), path: Vec::new(), found: Vec::new() };
    starts.iter().for_each(|start| walk.from(start));
    walk.found
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    OnPath,
    Done,
}

struct Walk<'w, 'n> {
    needs: &'w Needs<'n>,
    state: FxHashMap<&'n str, State>,
    /// The names on the way from the start, each with the next of its needs to look at.
    path: Vec<(&'n str, usize)>,
    found: Vec<Vec<&'n str>>,
}

impl<'n> Walk<'_, 'n> {
    fn from(&mut self, start: &'n str) {
        self.enter(start);
        while let Some((name, next)) = self.path.last_mut() {
            let need = self.needs.get(name).and_then(|needs| needs.get(*next)).copied();
            *next += 1;
            match need {
                Some(need) => self.enter(need),
                None => {
                    self.state.insert(name, State::Done);
                    self.path.pop();
                }
            }
        }
    }

    fn enter(&mut self, name: &'n str) {
        match self.state.get(name) {
            Some(State::Done) => {}
            Some(State::OnPath) => {
                let first = self.path.iter().position(|(other, _)| *other == name).unwrap_or_default();
                self.found.push(self.path[first..].iter().map(|(name, _)| *name).collect());
            }
            None => {
                self.state.insert(name, State::OnPath);
                self.path.push((name, 0));
            }
        }
    }
}

/// `a` uses `b`, `b` uses `a`.
fn told(circle: &[&str], verb: &str) -> String {
    let after = circle.iter().cycle().skip(1);
    let links = circle.iter().zip(after).map(|(one, other)| format!("`{one}` {verb} `{other}`"));
    links.collect::<Vec<_>>().join(", ")
}

/// The lists that the phrases of a list use.
pub(super) fn uses(texts: &Texts) -> Vec<String> {
    let phrases = texts.iter().filter_map(|text| Phrase::parse(text).ok());
    phrases.flat_map(|phrase| phrase.lists().into_iter().map(ToOwned::to_owned).collect::<Vec<_>>()).collect()
}

/// Lists that use themselves, as the phrases of each family see them.
pub(super) fn of_lists(lexicon: &Lexicon, layers: &[Layer]) -> Vec<Problem> {
    let used: FxHashMap<&str, Vec<String>> =
        lexicon.words.lists.iter().map(|(name, texts)| (name.as_str(), uses(texts))).collect();
    let mut needs: Needs<'_> =
        used.iter().map(|(name, uses)| (*name, uses.iter().map(String::as_str).collect())).collect();
    let mut starts: Vec<&str> = needs.keys().copied().collect();
    starts.sort_unstable();
    let mut problems = Vec::new();
    for circle in circles(&starts, &needs) {
        problems.extend(list_problem(&circle, None, layers));
    }
    for family in lexicon.families.iter().filter(|family| !family.lists.is_empty()) {
        for circle in circles_of_family(family, &mut needs) {
            let refs: Vec<&str> = circle.iter().map(String::as_str).collect();
            problems.extend(list_problem(&refs, Some(family), layers));
        }
    }
    problems
}

/// The circles that the own lists of a family make. `needs` is left as it was.
fn circles_of_family(family: &Family, needs: &mut Needs<'_>) -> Vec<Vec<String>> {
    let used: Vec<(&str, Vec<String>)> =
        family.lists.iter().map(|(name, texts)| (name.as_str(), uses(texts))).collect();
    if used.iter().all(|(_, uses)| uses.is_empty()) {
        return Vec::new();
    }
    let mut seen: Needs<'_> = needs.iter().map(|(name, uses)| (*name, uses.clone())).collect();
    seen.extend(used.iter().map(|(name, uses)| (*name, uses.iter().map(String::as_str).collect())));
    let starts: Vec<&str> = used.iter().map(|(name, _)| *name).collect();
    let found = circles(&starts, &seen).into_iter();
    // Circles among the lists of all families have been told already.
    let own = found.filter(|circle| circle.iter().any(|name| family.lists.contains_key(*name)));
    own.map(|circle| circle.into_iter().map(ToOwned::to_owned).collect()).collect()
}

/// Told where the first list of the circle that a layer holds stands.
fn list_problem(circle: &[&str], family: Option<&Family>, layers: &[Layer]) -> Option<Problem> {
    let message = format!("{}: take one of them out of the other", told(circle, "uses"));
    let holds =
        |lists: &BTreeMap<String, Texts>| circle.iter().copied().find(|name| lists.contains_key(*name));
    let in_families = || {
        let mut own = layers
            .iter()
            .flat_map(Layer::families)
            .filter(|(_, file)| family.is_some_and(|of| of.name == file.family));
        own.find_map(|(file, family)| {
            Some(file.spot().key("words").mistake_at_key(holds(&family.words)?, message.clone()))
        })
    };
    let in_words = || {
        let mut words = layers.iter().flat_map(Layer::words);
        words.find_map(|(file, words)| {
            Some(file.spot().key("lists").mistake_at_key(holds(&words.lists)?, message.clone()))
        })
    };
    in_families().or_else(in_words)
}

/// Families whose `unless` and `only` wait for each other.
pub(super) fn of_families(lexicon: &Lexicon, authored: &[Authored<'_>]) -> Vec<Problem> {
    let families = families_by_name(lexicon);
    let needs = needs_of_families(lexicon, &families);
    let starts: Vec<&str> = lexicon.families.iter().map(|family| family.name.as_str()).collect();
    let problems = circles(&starts, &needs).into_iter().filter_map(|circle| {
        let message = format!(
            "{}: nothing says which is judged first, so take one of these references out",
            told(&circle, "waits for")
        );
        let is_link = |one: &&Authored<'_>| {
            let family = one.family.filter(|_| one.part == Part::Condition);
            let needed = reference(one.text).and_then(|name| families.get(name));
            family.is_some_and(|family| circle.contains(&family))
                && needed.is_some_and(|needed| circle.contains(needed))
        };
        authored.iter().find(is_link).map(|one| one.spot.mistake(message))
    });
    problems.collect()
}

/// The family that each name of a family or rule means.
fn families_by_name(lexicon: &Lexicon) -> FxHashMap<&str, &str> {
    let rules = lexicon.rules.iter().map(|rule| (rule.id.as_str(), rule.family.as_str()));
    let families = lexicon.families.iter().map(|family| (family.name.as_str(), family.name.as_str()));
    rules.chain(families).collect()
}

fn needs_of_families<'l>(lexicon: &'l Lexicon, families: &FxHashMap<&'l str, &'l str>) -> Needs<'l> {
    let mut needs: Needs<'l> = FxHashMap::default();
    let of_families = lexicon.families.iter().map(|family| (&family.name, [&family.unless, &family.only]));
    let of_rules = lexicon.rules.iter().map(|rule| (&rule.family, [&rule.unless, &rule.only]));
    for (family, conditions) in of_families.chain(of_rules) {
        let texts = conditions.into_iter().flat_map(|of| of.by_scope()).flat_map(|(_, texts)| texts.iter());
        let needed = texts.filter_map(|text| families.get(reference(text)?).copied());
        needs.entry(family).or_default().extend(needed);
    }
    needs
}
