//! What a scenario cannot be played without.

use crate::authoring::problem::Problem;
use crate::authoring::spot::Spot;
use crate::scenario::schema::Quality;
use crate::scenario::{MentionKind, ScenarioFile};

/// Everything that is missing.
pub(super) fn check(file: &ScenarioFile, root: Spot<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    models(file, root, &mut problems);
    lists(file, root, &mut problems);
    scenes(file, root, &mut problems);
    lines(file, root, &mut problems);
    problems
}

fn models(file: &ScenarioFile, root: Spot<'_>, problems: &mut Vec<Problem>) {
    for (quality, name, shows) in
        [(Quality::Good, "good", "how it is won"), (Quality::Poor, "poor", "how it is lost")]
    {
        if !file.models.iter().any(|model| model.quality == quality) {
            let message =
                format!("there is no {name} model: add one with `quality: {name}` that shows {shows}");
            problems.push(root.mistake_at_key("models", message));
        }
    }
    for (at, _) in file.models.iter().enumerate().filter(|(_, model)| model.replies.is_empty()) {
        let spot = root.key("models").item(at);
        problems.push(spot.mistake_at_key("replies", "the model says nothing: add what the trainee says"));
    }
}

/// Lists that hold at least one thing.
fn lists(file: &ScenarioFile, root: Spot<'_>, problems: &mut Vec<Problem>) {
    let lists = [
        ("harms", file.harms.is_empty(), "what the failure did to the customer"),
        ("remedies", file.remedies.is_empty(), "what would put it right"),
        ("extras", file.extras.is_empty(), "what would make it better than right"),
        ("facts", file.facts.is_empty(), "what the deposition must hold"),
        ("scenes", file.scenes.is_empty(), "what follows when the customer has gone"),
    ];
    for (key, _, what) in lists.iter().filter(|(_, is_empty, _)| *is_empty) {
        problems.push(root.mistake_at_key(key, format!("nothing stands under `{key}`: add {what}")));
    }
    for mention in file.mentions() {
        let (_, phrases) = mention.kind.keys();
        let spot = root.key(mention.kind.key()).item(mention.number);
        if mention.phrases.is_empty() && mention.kind != MentionKind::File {
            let message =
                format!("`{}` can never be heard: add what it sounds like under `{phrases}:`", mention.id);
            problems.push(spot.mistake_at_key(phrases, message));
        }
    }
}

fn scenes(file: &ScenarioFile, root: Spot<'_>, problems: &mut Vec<Problem>) {
    for (at, scene) in file.scenes.iter().enumerate() {
        let first = file.scenes.iter().position(|other| other.scene == scene.scene);
        if first != Some(at) {
            let spot = root.key("scenes").item(at).key("scene");
            problems.push(spot.mistake("this scene stands here a second time: keep one of the two"));
        }
    }
}

/// Places where the customer must have something to say.
fn lines(file: &ScenarioFile, root: Spot<'_>, problems: &mut Vec<Problem>) {
    for line in super::lines::all(file, root) {
        if line.texts.is_empty() {
            problems.push(line.spot.mistake(format!("{} has no lines: write two or more", line.what)));
        }
    }
}
