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
    let used = used_lists(&loaded.lexicon);
    let mut warn = |spot: Spot<'_>, name: &str| {
        let message =
            format!("no phrase uses the list `{name}`: write `{{{name}}}` in one, or remove the list");
        problems.push(spot.warning_at_key(name, message));
    };
    // What was taken out because of a mistake may use lists.
    let is_whole = loaded.layers.iter().flat_map(|layer| &layer.files).all(File::is_whole);
    for layer in &loaded.layers {
        for (file, words) in layer.words().filter(|_| is_whole) {
            let unused = words.lists.keys().filter(|name| !used.contains(name.as_str()));
            unused.for_each(|name| warn(file.spot().key("lists"), name));
        }
        for (file, family) in layer.families().filter(|(file, _)| file.is_whole()) {
            let unused = family.words.keys().filter(|name| !used.contains(name.as_str()));
            unused.for_each(|name| warn(file.spot().key("words"), name));
        }
    }
}

/// The names of all lists that anything uses.
fn used_lists(lexicon: &Lexicon) -> FxHashSet<String> {
    let of_families = lexicon.families.iter().flat_map(|family| {
        let conditions = [&family.unless, &family.only];
        family
            .lists
            .values()
            .cloned()
            .chain(conditions.into_iter().flat_map(|conditions| condition_texts(conditions)))
            .collect::<Vec<_>>()
    });
    let of_rules = lexicon.rules.iter().flat_map(|rule| {
        let conditions = [&rule.unless, &rule.only];
        let texts = conditions.into_iter().flat_map(|conditions| condition_texts(conditions));
        texts.chain([Texts(rule.phrases.to_vec())]).collect::<Vec<_>>()
    });
    let of_words = lexicon.words.lists.values().cloned();
    of_families.chain(of_rules).chain(of_words).flat_map(|texts| uses(&texts)).collect()
}

fn condition_texts(conditions: &crate::lexicon::schema::Conditions) -> Vec<Texts> {
    conditions.by_scope().into_iter().map(|(_, texts)| texts.clone()).collect()
}
