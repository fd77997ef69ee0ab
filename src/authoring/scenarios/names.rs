//! Names in cues and scenes that nothing has.

use rustc_hash::FxHashSet;

use crate::authoring::problem::Problem;
use crate::authoring::spot::Spot;
use crate::lexicon::Lexicon;
use crate::lexicon::schema::Texts;
use crate::nearest::nearest;
use crate::scenario::schema::When;
use crate::scenario::{ON_FILE, ScenarioFile};

/// A name that a cue or a scene asks for, and where.
pub(super) type Named<'f> = (&'f str, Spot<'f>);

/// Every name that nothing has.
pub(super) fn check(file: &ScenarioFile, root: Spot<'_>, lexicon: &Lexicon) -> Vec<Problem> {
    let own = file.mentions();
    let own = own.iter().map(|mention| mention.id);
    let families = lexicon.families.iter().map(|family| family.name.as_str());
    let rules = lexicon.rules.iter().map(|rule| rule.id.as_str());
    let known: FxHashSet<&str> = own.chain(families).chain(rules).chain([ON_FILE]).collect();
    let unknown = asked(file, root).into_iter().filter(|(name, _)| !known.contains(name));
    unknown.map(|(name, spot)| spot.mistake(complaint(name, &known))).collect()
}

fn complaint(name: &str, known: &FxHashSet<&str>) -> String {
    // In an order that does not change from run to run.
    let mut names: Vec<&str> = known.iter().copied().collect();
    names.sort_unstable();
    match nearest(name, names) {
        Some(meant) => format!("nothing here and no family or rule is called `{name}`: write `{meant}`"),
        None => format!(
            "nothing here and no family or rule is called `{name}`: add it under `topics:`, or list the rules with `amends rules`"
        ),
    }
}

/// All names that cues and scenes ask for.
pub(super) fn asked<'f>(file: &'f ScenarioFile, root: Spot<'f>) -> Vec<Named<'f>> {
    let mut all = Vec::new();
    for (at, cue) in file.cues.iter().enumerate() {
        let spot = root.key("cues").item(at).key("when");
        for (key, names) in lists(&cue.when) {
            all.extend(named(names, spot.key(key)));
        }
    }
    for (at, scene) in file.scenes.iter().enumerate() {
        for (number, need) in scene.needs.iter().enumerate() {
            all.extend(named(&need.any, root.key("scenes").item(at).key("needs").item(number).key("any")));
        }
    }
    all
}

/// The lists of names of a condition, with their keys.
pub(super) fn lists(when: &When) -> [(&'static str, &Texts); 5] {
    [
        ("heard", &when.heard),
        ("with", &when.with),
        ("without", &when.without),
        ("after", &when.after),
        ("before", &when.before),
    ]
}

fn named<'f>(names: &'f Texts, spot: Spot<'f>) -> impl Iterator<Item = Named<'f>> {
    names.iter().enumerate().map(move |(at, name)| (name.as_str(), spot.item(at)))
}
