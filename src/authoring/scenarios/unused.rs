//! Names that clash with those of the lexicon, and topics that nothing asks for.

use rustc_hash::FxHashSet;

use crate::authoring::problem::Problem;
use crate::authoring::spot::Spot;
use crate::lexicon::{Kind, Lexicon};
use crate::scenario::schema::Topic;
use crate::scenario::{ON_FILE, ScenarioFile};

use super::{ids, names};

/// Names that the lexicon has as well.
pub(super) fn clashes(file: &ScenarioFile, root: Spot<'_>, lexicon: &Lexicon) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (id, spot) in ids::mentions(file, root) {
        let what = if lexicon.family(id).is_some() {
            "family"
        } else if lexicon.rule(id).is_some() {
            "rule"
        } else if id == ON_FILE {
            "principle"
        } else {
            continue;
        };
        let message =
            format!("there is a {what} `{id}`, and a cue could mean either: give this another name");
        problems.push(spot.mistake(message));
    }
    problems
}

/// Topics that cost as a rule which is none, or no fault.
pub(super) fn costs(file: &ScenarioFile, root: Spot<'_>, lexicon: &Lexicon) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (at, topic) in file.topics.iter().enumerate() {
        let Some(id) = &topic.costs else { continue };
        if lexicon.rule(id).is_none_or(|rule| rule.kind != Kind::Fault) {
            let message = format!("no fault of the lexicon is called `{id}`: `amends rules` lists them");
            problems.push(root.key("topics").item(at).key("costs").mistake(message));
        }
    }
    problems
}

/// Topics that no cue and no scene asks for.
pub(super) fn topics(file: &ScenarioFile, root: Spot<'_>) -> Vec<Problem> {
    let asked: FxHashSet<&str> = names::asked(file, root).into_iter().map(|(name, _)| name).collect();
    let is_unused =
        |topic: &Topic| !topic.known && topic.costs.is_none() && !asked.contains(topic.id.as_str());
    let unused = file.topics.iter().enumerate().filter(|(_, topic)| is_unused(topic));
    let warning = |(at, topic): (usize, &Topic)| {
        let message =
            format!("no cue and no scene asks for the topic `{}`: use it in one, or remove it", topic.id);
        root.key("topics").item(at).key("id").warning(message)
    };
    unused.map(warning).collect()
}
