//! A line of the casebook that says nothing, or that no fact tells.

use crate::authoring::problem::Problem;
use crate::authoring::spot::Spot;
use crate::nearest::nearest;
use crate::scenario::ScenarioFile;

/// Whatever is wrong with `casebook:`.
pub(super) fn check(file: &ScenarioFile, root: Spot<'_>) -> Vec<Problem> {
    let Some(casebook) = &file.casebook else { return Vec::new() };
    let spot = root.key("casebook");
    let mut problems = Vec::new();
    if casebook.time.as_deref().is_some_and(|time| !is_time(time)) {
        let message = "this is no time of day: write it in 24 hours and in quotes, \"15:30\"";
        problems.push(spot.key("time").mistake(message));
    }
    let told_by = spot.key("told-by");
    for (key, fact) in casebook.told_by.by_key() {
        let Some(fact) = fact else { continue };
        let mut ids = file.facts.iter().map(|fact| fact.id.as_str());
        if !ids.clone().any(|id| id == fact) {
            let remedy = nearest(fact, ids.by_ref())
                .map_or_else(|| "name one of `facts:`".to_owned(), |meant| format!("write `{meant}`"));
            let message = format!("there is no fact called `{fact}`: {remedy}");
            problems.push(told_by.key(key).mistake(message));
        }
    }
    problems
}

/// Whether a text is a time of day such as 9:05 or 15:30.
fn is_time(text: &str) -> bool {
    let number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse::<u8>().ok());
    text.split_once(':').is_some_and(|(hour, minute)| {
        let hour = number(hour).flatten().is_some_and(|hour| hour < 24);
        hour && minute.len() == 2 && number(minute).flatten().is_some_and(|minute| minute < 60)
    })
}
