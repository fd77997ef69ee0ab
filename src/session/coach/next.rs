//! What to say next: what is still missing in the step.

use crate::coaching::NextTexts;
use crate::lexicon::schema::Texts;
use crate::scenario::Step;
use crate::scenario::schema::{ApologyNeed, AtFault};

use super::super::progress::Progress;
use super::super::report::Report;
use super::super::{NoteKind, Place};
use super::Coach;

impl Coach<'_, '_> {
    /// Notes what is missing for the step that has been reached.
    pub(super) fn next(&mut self, report: &Report<'_>) {
        let texts = &self.stage.coaching.notes.next;
        let progress = &self.state.progress;
        let missing = match self.state.place {
            Place::Encounter(Step::Apologize) => Some(self.missing_in_apology(texts, progress, report)),
            Place::Encounter(Step::Review) => Some(self.missing_in_review(texts, progress)),
            Place::Encounter(_) => missing_in_fix(texts, progress, report),
            _ => None,
        };
        if let Some(missing) = missing {
            self.note(NoteKind::Instead, missing, None);
        }
    }

    fn missing_in_apology<'t>(
        &self,
        texts: &'t NextTexts,
        progress: &Progress,
        report: &Report<'_>,
    ) -> &'t Texts {
        let file = &self.stage.scenario.file;
        let takes_back = report.faults.iter().any(|broken| {
            self.stage.coaching.of_fault(broken.said.name).is_some_and(|fault| fault.takes_back)
        });
        let names_harms = file.harms.is_empty() || !progress.harms.is_empty();
        let has_responsibility = progress.credits.contains_key(&crate::coaching::Item::Responsibility);
        if file.apology != ApologyNeed::Needed {
            if names_harms { &texts.task } else { &texts.sympathy }
        } else if !progress.apologised {
            if takes_back { &texts.takes_back } else { &texts.apology }
        } else if !progress.sided {
            &texts.empathy
        } else if !names_harms {
            &texts.harm
        } else if !has_responsibility {
            if file.at_fault == AtFault::Yes { &texts.responsibility } else { &texts.task }
        } else {
            &texts.calmer
        }
    }

    fn missing_in_review<'t>(&self, texts: &'t NextTexts, progress: &Progress) -> &'t Texts {
        if progress.unasked(&self.stage.scenario.file).is_some() && progress.restated {
            &texts.check
        } else if !progress.restated {
            &texts.restate
        } else {
            &texts.needs
        }
    }
}

fn missing_in_fix<'t>(texts: &'t NextTexts, progress: &Progress, report: &Report<'_>) -> Option<&'t Texts> {
    let untimed = progress.followed_up
        && progress.credits.get(&crate::coaching::Item::FollowUp).is_some_and(|credit| credit.percent < 100);
    if progress.remedy.is_none() {
        Some(&texts.remedy)
    } else if progress.extra.is_none() {
        Some(&texts.extra)
    } else if !progress.followed_up {
        Some(&texts.follow_up)
    } else {
        (untimed && !report.ended).then_some(&texts.time)
    }
}
