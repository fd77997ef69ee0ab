//! Lists that no phrase uses, and phrases that stand twice.

use rustc_hash::{FxHashMap, FxHashSet};

use super::circles::uses;
use crate::authoring::authored::{Authored, Part, texts};
use crate::authoring::layer::File;
use crate::authoring::load::Loaded;
use crate::authoring::problem::Problem;
use crate::authoring::spot::Spot;
use crate::lexicon::phrase::Phrase;
use crate::lexicon::schema::{Conditions, Texts};
use crate::lexicon::{Family, Lexicon};

/// What could be taken out of the layers without anybody noticing.
pub(super) fn check(loaded: &mut Loaded) {
    let mut problems = Vec::new();
    let files = loaded.layers.iter().flat_map(|layer| &layer.files);
    let authored: Vec<_> = files.flat_map(texts).collect();
    repeated(&authored, &mut problems);
    lists(loaded, &authored, &mut problems);
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

fn lists(loaded: &Loaded, authored: &[Authored<'_>], problems: &mut Vec<Problem>) {
    let used = used_lists(&loaded.lexicon, authored);
    let mut warn = |spot: Spot<'_>, name: &str| {
        let message =
            format!("no phrase uses the list `{name}`: write `{{{name}}}` in one, or remove the list");
        problems.push(spot.warning_at_key(name, message));
    };
    // What was taken out because of a mistake may use lists.
    let is_whole = loaded.layers.iter().flat_map(|layer| &layer.files).all(File::is_whole);
    for layer in &loaded.layers {
        for (file, words) in layer.words().filter(|_| is_whole) {
            let unused = words.lists.keys().filter(|name| !used.contains(&(None, (*name).clone())));
            unused.for_each(|name| warn(file.spot().key("lists"), name));
        }
        for (file, family) in layer.families().filter(|(file, _)| file.is_whole()) {
            let owner = Some(family.family.as_str());
            let unused = family.words.keys().filter(|name| !used.contains(&(owner, (*name).clone())));
            unused.for_each(|name| warn(file.spot().key("words"), name));
        }
    }
}

/// The names of all lists that anything uses, each with the family whose own list it is, if it is one.
fn used_lists<'l>(lexicon: &'l Lexicon, authored: &[Authored<'l>]) -> FxHashSet<(Option<&'l str>, String)> {
    let families: FxHashMap<&str, &Family> =
        lexicon.families.iter().map(|family| (family.name.as_str(), family)).collect();
    let of_words = lexicon.words.lists.values().map(|texts| (None, texts.clone()));
    let of_families = lexicon.families.iter().flat_map(|family| {
        let texts = family.lists.values().cloned().chain(condition_texts([&family.unless, &family.only]));
        texts.map(|texts| (Some(family.name.as_str()), texts))
    });
    let of_rules = lexicon.rules.iter().flat_map(|rule| {
        let texts = condition_texts([&rule.unless, &rule.only]).chain([Texts(rule.phrases.to_vec())]);
        texts.map(|texts| (Some(rule.family.as_str()), texts))
    });
    // A rule whose id is taken is in no lexicon, and uses its lists all the same.
    let written = authored
        .iter()
        .filter(|one| one.part != Part::Name)
        .map(|one| (one.family, Texts(vec![one.text.to_owned()])));
    let mut used = FxHashSet::default();
    for (family, texts) in of_words.chain(of_families).chain(of_rules).chain(written) {
        let owns = |name: &str| {
            let family = family.and_then(|family| families.get(family));
            family.is_some_and(|family| family.lists.contains_key(name))
        };
        used.extend(uses(&texts).into_iter().map(|name| (family.filter(|_| owns(&name)), name)));
    }
    used
}

fn condition_texts<'c>(conditions: [&'c Conditions; 2]) -> impl Iterator<Item = Texts> + 'c {
    let by_scope = conditions.into_iter().flat_map(Conditions::by_scope);
    by_scope.map(|(_, texts)| texts.clone())
}
