//! Scenes that cannot be played, and what they need and nobody can say.

use crate::authoring::problem::Problem;
use crate::authoring::spot::Spot;
use crate::scenario::schema::{Outcome, Scene};
use crate::scenario::{ScenarioFile, SceneKind};

use super::heard::Heard;

/// The scenes that step 4 and the end of step 3 are made of.
const ALL: [SceneKind; 4] = [SceneKind::CheckBack, SceneKind::Alert, SceneKind::Note, SceneKind::Deposition];

/// Whatever is wrong with the scenes.
pub(super) fn check(file: &ScenarioFile, root: Spot<'_>, heard: &Heard<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (at, scene) in file.scenes.iter().enumerate() {
        let spot = root.key("scenes").item(at);
        needs(scene, spot, heard, &mut problems);
        answers(scene, spot, &mut problems);
        order(&file.scenes[..at], scene, spot, &mut problems);
    }
    missing(file, root, &mut problems);
    of_models(file, root, &mut problems);
    problems
}

/// The name of a scene, as authors write it.
pub(super) const fn name(kind: SceneKind) -> &'static str {
    match kind {
        SceneKind::CheckBack => "check-back",
        SceneKind::Alert => "alert",
        SceneKind::Note => "note",
        SceneKind::Deposition => "deposition",
    }
}

fn needs(scene: &Scene, spot: Spot<'_>, heard: &Heard<'_>, problems: &mut Vec<Problem>) {
    let is_deposition = scene.scene == SceneKind::Deposition;
    if is_deposition && !scene.needs.is_empty() {
        let message = "the deposition needs what stands under `facts`: put it there, and remove `needs`";
        problems.push(spot.mistake_at_key("needs", message));
    }
    if !is_deposition && scene.needs.is_empty() {
        let message =
            format!("the scene `{}` does not say what a good reply holds: add `needs:`", name(scene.scene));
        problems.push(spot.mistake_at_key("needs", message));
    }
    for (at, need) in scene.needs.iter().enumerate() {
        let spot = spot.key("needs").item(at);
        if need.any.is_empty() {
            let message = "nothing meets this need: name families, rules or ids under `any:`";
            problems.push(spot.mistake_at_key("any", message));
        }
        for (number, name) in need.any.iter().enumerate() {
            problems.extend(heard.never(name).map(|why| spot.key("any").item(number).mistake(why)));
        }
    }
}

fn answers(scene: &Scene, spot: Spot<'_>, problems: &mut Vec<Problem>) {
    let calls_her = scene.scene == SceneKind::CheckBack;
    let answers = [("good", &scene.good, &scene.weak), ("weak", &scene.weak, &scene.good)];
    for (key, lines, others) in answers {
        if lines.is_empty() && (calls_her || !others.is_empty()) {
            let message = format!(
                "nothing is answered to a {key} reply in the scene `{}`: write two lines or more under `{key}:`",
                name(scene.scene)
            );
            problems.push(spot.mistake_at_key(key, message));
        }
    }
}

fn order(earlier: &[Scene], scene: &Scene, spot: Spot<'_>, problems: &mut Vec<Problem>) {
    if let Some(late) = earlier.iter().find(|earlier| earlier.scene > scene.scene) {
        let message =
            format!("the scene `{}` comes before `{}`: put it above it", name(scene.scene), name(late.scene));
        problems.push(spot.key("scene").mistake(message));
    }
}

fn missing(file: &ScenarioFile, root: Spot<'_>, problems: &mut Vec<Problem>) {
    for kind in ALL {
        if file.scenes.iter().any(|scene| scene.scene == kind) {
            continue;
        }
        let what = name(kind);
        if kind == SceneKind::Deposition {
            let message = "the step `document` cannot be passed: add a scene `deposition`";
            problems.push(root.mistake_at_key("scenes", message));
        } else {
            let message = format!("there is no scene `{what}`: add it, unless the case has no place for it");
            problems.push(root.warning_at_key("scenes", message));
        }
    }
}

/// Replies of models in scenes that are not played.
fn of_models(file: &ScenarioFile, root: Spot<'_>, problems: &mut Vec<Problem>) {
    for (at, model) in file.models.iter().enumerate() {
        let spot = root.key("models").item(at).key("scenes");
        for kind in model.scenes.keys() {
            let what = name(*kind);
            let message = match file.scenes.iter().find(|scene| scene.scene == *kind) {
                None => format!("there is no scene `{what}`: add it under `scenes:`, or remove this reply"),
                Some(scene) if scene.if_kept && model.outcome == Outcome::Lost => format!(
                    "the scene `{what}` is played only for a customer who is kept or won, and this model loses her: remove this reply"
                ),
                Some(_) => continue,
            };
            problems.push(spot.mistake_at_key(what, message));
        }
    }
}
