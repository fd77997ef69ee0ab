//! Lists that no phrase uses, and phrases that stand twice.

use rustc_hash::{FxHashMap, FxHashSet};

use super::circles::uses;
use crate::authoring::authored::{Authored, Part, texts};
use crate::authoring::layer::File;
use crate::authoring::load::Loaded;
use crate::authoring::problem::Problem;
use crate::authoring::spot::Spot;
use crate::lexicon::Lexicon;
use crate::lexicon::phrase::Phrase;
use crate::lexicon::schema::Texts;

/// What could be taken out of the layers without anybody noticing.
pub(super) fn check(loaded: &mut Loaded) {
    let mut problems = Vec::new();
    let files = loaded.layers.iter().flat_map(|layer| &layer.files);
    let authored: Vec<_> = files.flat_map(texts).collect();
    repeated(&authored, &mut problems);
    lists(loaded, &mut problems);
    loaded.problems.extend(problems);
}

/// Phrases that say the same as another phrase of their family.
fn repeated(authored: &[Authored<'_>], problems: &mut Vec<Problem>) {
    let mut seen: FxHashMap<(Option<&str>, String), Spot<'_>> = FxHashMap::default();
    for one in authored.iter().filter(|one| one.part == Part::Phrase) {
        let Ok(phrase) = Phrase::parse(one.text) else { continue };
        if let Some(first) = seen.insert((one.family, format!("{phrase:?}")), one.spot) {
            let message =
                format!("the phrase `{}` stands in {} already: keep one of the two", one.text, first.place());
            problems.push(one.spot.warning(message));
        }
    }
}

fn lists(loaded: &Loaded, problems: &mut Vec<Problem>) {
    let used = Used::new(&loaded.lexicon);
    let mut warn = |spot: Spot<'_>, name: &str| {
        let message =
            format!("no phrase uses the list `{name}`: write `{{{name}}}` in one, or remove the list");
        problems.push(spot.warning_at_key(name, message));
    };
    // What was taken out because of a mistake may use lists.
    let is_whole = loaded.layers.iter().flat_map(|layer| &layer.files).all(File::is_whole);
    for layer in &loaded.layers {
        for (file, words) in layer.words().filter(|_| is_whole) {
            let unused = words.lists.keys().filter(|name| !used.by_all.contains(*name));
            unused.for_each(|name| warn(file.spot().key("lists"), name));
        }
        for (file, family) in layer.families().filter(|(file, _)| file.is_whole()) {
            let own = used.by_family.get(family.family.as_str());
            // A rule whose id is taken is of no lexicon, and uses its lists all the same.
            let written: FxHashSet<String> = texts(file)
                .iter()
                .filter(|one| one.part != Part::Name)
                .flat_map(|one| uses(&Texts(vec![one.text.to_owned()])))
                .collect();
            let is_used = |name: &String| written.contains(name) || own.is_some_and(|own| own.contains(name));
            let unused = family.words.keys().filter(|name| !is_used(name));
            unused.for_each(|name| warn(file.spot().key("words"), name));
        }
    }
}

/// The names of all lists that anything uses.
#[derive(Default)]
struct Used<'l> {
    /// Those of words.yaml, and what a family asks for that has no list of that name itself.
    by_all: FxHashSet<String>,
    /// What each family uses of its own.
    by_family: FxHashMap<&'l str, FxHashSet<String>>,
}

impl<'l> Used<'l> {
    fn new(lexicon: &'l Lexicon) -> Self {
        let mut used = Self::default();
        used.by_all.extend(lexicon.words.lists.values().flat_map(uses));
        for family in &lexicon.families {
            let rules = lexicon.rules.iter().filter(|rule| rule.family == family.name);
            let of_rules = rules.flat_map(|rule| {
                let texts = [&rule.unless, &rule.only].into_iter().flat_map(|of| condition_texts(of));
                texts.chain([Texts(rule.phrases.to_vec())]).collect::<Vec<_>>()
            });
            let conditions = [&family.unless, &family.only].into_iter().flat_map(|of| condition_texts(of));
            let texts = family.lists.values().cloned().chain(conditions).chain(of_rules);
            let (own, others): (FxHashSet<String>, FxHashSet<String>) =
                texts.flat_map(|texts| uses(&texts)).partition(|name| family.lists.contains_key(name));
            used.by_family.insert(&family.name, own);
            used.by_all.extend(others);
        }
        used
    }
}

fn condition_texts(conditions: &crate::lexicon::schema::Conditions) -> Vec<Texts> {
    conditions.by_scope().into_iter().map(|(_, texts)| texts.clone()).collect()
}
