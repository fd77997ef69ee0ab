//! Names that do not look like names, and names that two prompts have.

use rustc_hash::FxHashMap;

use super::draft::Draft;
use crate::authoring::check::bad_name;
use crate::authoring::problem::Problem;
use crate::drill::Drills;

/// What is wrong with the names of prompts. A prompt may take the place of one of its family below.
pub(super) fn check(drafts: &[Draft], below: &Drills) -> Vec<Problem> {
    let mut seen: FxHashMap<&str, (&str, String)> = FxHashMap::default();
    for file in below.files() {
        for prompt in &file.prompts {
            let place = format!("the drills of {} that amends brings", file.family);
            seen.insert(&prompt.id, (&file.family, place));
        }
    }
    let mut own: FxHashMap<&str, String> = FxHashMap::default();
    let mut problems = Vec::new();
    for draft in drafts {
        let family = draft.file.as_ref().map_or("", |file| file.family.as_str());
        for (prompt, spot) in draft.prompts() {
            let id = spot.key("id");
            problems.extend(bad_name(&prompt.id, "an id").map(|message| id.mistake(message)));
            let elsewhere =
                seen.get(prompt.id.as_str()).filter(|(of, _)| *of != family).map(|(_, place)| place);
            if let Some(place) = own.get(prompt.id.as_str()).or(elsewhere) {
                let message = format!("the id `{}` stands in {place} already: give this another", prompt.id);
                problems.push(id.mistake(message));
            } else {
                own.insert(&prompt.id, spot.place());
            }
        }
    }
    problems
}
