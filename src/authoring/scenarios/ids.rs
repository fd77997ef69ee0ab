//! Names that do not look like names, and names that two things have.

use rustc_hash::FxHashMap;

use crate::authoring::check::bad_name;
use crate::authoring::problem::Problem;
use crate::authoring::spot::Spot;
use crate::scenario::ScenarioFile;

/// What is wrong with the names that the scenario gives.
pub(super) fn check(file: &ScenarioFile, root: Spot<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut check = |ids: Vec<(&str, Spot<'_>)>, what: &str| {
        let mut seen: FxHashMap<String, Spot<'_>> = FxHashMap::default();
        for (id, spot) in ids {
            problems.extend(bad_name(id, what).map(|message| spot.mistake(message)));
            if let Some(first) = seen.get(id) {
                let message =
                    format!("the name `{id}` stands in {} already: give this another", first.place());
                problems.push(spot.mistake(message));
            } else {
                seen.insert(id.to_owned(), spot);
            }
        }
    };
    check(vec![(&file.scenario, root.key("scenario"))], "a scenario's name");
    check(mentions(file, root), "a name");
    let cues = file.cues.iter().enumerate();
    let ids = cues.map(|(at, cue)| (cue.id.as_str(), root.key("cues").item(at).key("id")));
    check(ids.collect(), "a cue's name");
    let models = file.models.iter().enumerate();
    let names = models.map(|(at, model)| (model.name.as_str(), root.key("models").item(at).key("name")));
    check(names.collect(), "a model's name");
    problems
}

/// The names by which cues and scenes know things, with their places.
pub(super) fn mentions<'f>(file: &'f ScenarioFile, root: Spot<'f>) -> Vec<(&'f str, Spot<'f>)> {
    let place = |mention: crate::scenario::Mention<'f>| {
        let (id, _) = mention.kind.keys();
        (mention.id, root.key(mention.kind.key()).item(mention.number).key(id))
    };
    file.mentions().into_iter().map(place).collect()
}
