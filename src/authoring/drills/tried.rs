//! What shows only when the prompts are tried.

use super::draft::Draft;
use crate::authoring::problem::Problem;
use crate::authoring::spot::Spot;
use crate::drill::{DrillFile, Marker, NoteKind, Prompt};

/// Bad words that are not heard, and models that do not pass.
pub(super) fn check(draft: &Draft, marker: &Marker<'_>) -> Vec<Problem> {
    let Some(file) = &draft.file else { return Vec::new() };
    let prompts = draft.prompts();
    prompts
        .flat_map(|(prompt, spot)| [canned(file, prompt, spot, marker), model(file, prompt, spot, marker)])
        .flatten()
        .collect()
}

fn canned(file: &DrillFile, prompt: &Prompt, spot: Spot<'_>, marker: &Marker<'_>) -> Option<Problem> {
    let is_deaf = !prompt.canned.is_empty() && !marker.mark(file, prompt, &prompt.canned).is_again;
    let message = format!(
        "`{}` is not heard in the words to put right of `{}`: word them as the lexicon hears them",
        file.family, prompt.id
    );
    is_deaf.then(|| spot.key("canned").mistake(message))
}

fn model(file: &DrillFile, prompt: &Prompt, spot: Spot<'_>, marker: &Marker<'_>) -> Option<Problem> {
    let marked = marker.mark(file, prompt, &prompt.model);
    if marked.is_passed() {
        return None;
    }
    let notes = marker.notes(file, prompt, &prompt.model, &marked);
    let why = notes.iter().find(|note| matches!(note.kind, NoteKind::Broke | NoteKind::Missing));
    let why = why.map_or(String::new(), |note| format!(" {}", note.text.trim_end_matches('.')));
    Some(spot.key("model").mistake(format!("the model of `{}` does not pass.{why}", prompt.id)))
}
