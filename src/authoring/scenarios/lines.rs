//! Every list of lines in a scenario.

use crate::authoring::spot::Spot;
use crate::lexicon::schema::Texts;
use crate::scenario::ScenarioFile;

/// Lines of which one is said.
pub(super) struct Lines<'f> {
    /// Whose lines they are, to begin a sentence with.
    pub(super) what: String,
    pub(super) texts: &'f Texts,
    pub(super) spot: Spot<'f>,
}

/// Every list of lines from which the customer must be able to choose.
pub(super) fn all<'f>(file: &'f ScenarioFile, root: Spot<'f>) -> Vec<Lines<'f>> {
    let mut all = Vec::new();
    let moments = root.key("moments");
    for (key, texts) in moments_of(file) {
        all.push(Lines { what: format!("the moment `{key}`"), texts, spot: moments.key(key) });
    }
    let waits = &file.moments.waits;
    for (key, texts) in [("apologize", &waits.apologize), ("review", &waits.review), ("fix", &waits.fix)] {
        let spot = moments.key("waits").key(key);
        all.push(Lines { what: format!("the moment `waits: {key}`"), texts, spot });
    }
    for (at, check) in file.checks.iter().enumerate() {
        let spot = root.key("checks").item(at).key("answers");
        all.push(Lines { what: format!("the check `{}`", check.id), texts: &check.answers, spot });
    }
    for (at, cue) in file.cues.iter().enumerate() {
        let spot = root.key("cues").item(at).key("says");
        all.push(Lines { what: format!("the cue `{}`", cue.id), texts: &cue.says, spot });
    }
    all
}

fn moments_of(file: &ScenarioFile) -> [(&'static str, &Texts); 13] {
    let moments = &file.moments;
    [
        ("opens", &moments.opens),
        ("ready", &moments.ready),
        ("agreed", &moments.agreed),
        ("fixed", &moments.fixed),
        ("too-soon", &moments.too_soon),
        ("again", &moments.again),
        ("recited", &moments.recited),
        ("puzzled", &moments.puzzled),
        ("silence", &moments.silence),
        ("won", &moments.won),
        ("kept", &moments.kept),
        ("lost", &moments.lost),
        ("leaves", &moments.leaves),
    ]
}

/// What is answered in the scenes; there nobody need answer.
pub(super) fn of_scenes<'f>(file: &'f ScenarioFile, root: Spot<'f>) -> Vec<Lines<'f>> {
    let mut all = Vec::new();
    for (at, scene) in file.scenes.iter().enumerate() {
        for (key, texts) in [("good", &scene.good), ("weak", &scene.weak)] {
            let what =
                format!("the answer to a {key} reply in the scene `{}`", super::scenes::name(scene.scene));
            all.push(Lines { what, texts, spot: root.key("scenes").item(at).key(key) });
        }
    }
    all
}
