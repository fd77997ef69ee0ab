//! What the coach and the debrief say.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::lexicon::schema::Texts;

/// Texts by step; where a step has none, those for `any`.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct StepTexts {
    /// While the apology has not reached her.
    pub apologize: Texts,
    /// While it is gone over.
    pub review: Texts,
    /// While it is put right.
    pub fix: Texts,
    /// In what is written afterwards.
    pub document: Texts,
    /// In every other step.
    pub any: Texts,
}

impl StepTexts {
    /// The texts for the step of this number, from 0; where it has none, those for any.
    #[must_use]
    pub fn of(&self, step: usize) -> [&[String]; 2] {
        let own = match step {
            0 => &self.apologize,
            1 => &self.review,
            2 => &self.fix,
            _ => &self.document,
        };
        [own, &self.any]
    }
}

/// What the coach says. Blanks in braces are filled from the reply and the scenario.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct NoteTexts {
    /// A move worked.
    pub worked: Texts,
    /// A harm was named.
    pub named_harm: Texts,
    /// She is ready: the step is passed.
    pub ready: Texts,
    /// It has been gone over.
    pub agreed: Texts,
    /// She takes the remedy.
    pub fixed: Texts,
    /// The extra delights her.
    pub delights: Texts,
    /// It is over, and she is won.
    pub won: Texts,
    /// A fault was heard.
    pub fault: Texts,
    /// A softer wording from the lexicon.
    pub say: Texts,
    /// What is still missing, by what it is.
    pub next: NextTexts,
    /// A scene: it holds all that it needs.
    pub scene_good: SceneTexts,
    /// A scene: what is missing.
    pub scene_missing: Texts,
    /// Nothing was recognised, by step.
    pub puzzled: StepTexts,
    /// Nothing was said.
    pub silence: Texts,
}

/// Sentences by scene.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct SceneTexts {
    /// The customer was called or written to.
    pub check_back: Texts,
    /// The team was told.
    pub alert: Texts,
    /// The note was written.
    pub note: Texts,
    /// The deposition was written.
    pub deposition: Texts,
}

impl SceneTexts {
    /// The sentences of a scene, in the order of the scenes.
    #[must_use]
    pub fn of(&self, scene: usize) -> &Texts {
        [&self.check_back, &self.alert, &self.note, &self.deposition][scene.min(3)]
    }
}

/// What is still missing.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct NextTexts {
    /// An apology.
    pub apology: Texts,
    /// An apology was said, and something takes it back.
    pub takes_back: Texts,
    /// Empathy.
    pub empathy: Texts,
    /// The harm.
    pub harm: Texts,
    /// Responsibility, where the company is at fault.
    pub responsibility: Texts,
    /// The task, where it is not, or nobody knows.
    pub task: Texts,
    /// All is said, and she is still angry.
    pub calmer: Texts,
    /// Sympathy, where no apology is needed.
    pub sympathy: Texts,
    /// Saying it back.
    pub restate: Texts,
    /// A needed question.
    pub check: Texts,
    /// Asking what would help.
    pub needs: Texts,
    /// A remedy.
    pub remedy: Texts,
    /// Something extra.
    pub extra: Texts,
    /// A promise with a time.
    pub follow_up: Texts,
    /// A time for the promise.
    pub time: Texts,
}

/// What the debrief says.
#[derive(Debug, Clone, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Debrief {
    /// She is won.
    pub won: Texts,
    /// She stays.
    pub kept: Texts,
    /// She is lost.
    pub lost: Texts,
    /// She walked out.
    pub left: Texts,
    /// Why step 1 is halved.
    pub banned_in_apology: Texts,
    /// Why step 2 is frozen.
    pub frozen: Texts,
    /// Why step 2 is cut, though it was repaired.
    pub repaired: Texts,
    /// Why a scene counts for nothing that was not played, because she is lost.
    pub not_reached: Texts,
    /// What to practise where nothing was lost.
    pub nothing_lost: Texts,
    /// What to practise where a fault cost most.
    pub practise_fault: Texts,
    /// What these marks cannot tell.
    pub caution: String,
}
