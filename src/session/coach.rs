//! What a coach would note about a reply: what worked, what broke and why, and what to say instead
//! or next. At most one of each.

mod fill;
mod next;
mod say;

use crate::coaching::{Principle, StepTexts};
use crate::scenario::schema::ApologyNeed;
use crate::scenario::{Outcome, Step};
use crate::text::Span;

pub(crate) use fill::{Blanks, best as best_offer, clause_of, quoted};

use super::hearing::{Hearing, Said};
use super::report::{Broken, Report, Turning};
use super::scenes::Written;
use super::state::State;
use super::{Note, NoteKind, Stage};

/// At most so many notes are made on a reply.
const MOST_NOTES: usize = 3;

/// The notes on a reply to the customer.
pub(super) fn notes(
    stage: &Stage<'_>,
    state: &mut State,
    hearing: &Hearing<'_>,
    report: &Report<'_>,
    text: &str,
) -> Vec<Note> {
    let mut coach = Coach::new(stage, state, text, report.at);
    coach.blanks.scenario(stage, &coach.state.progress, report);
    if report.silent {
        coach.silence();
    } else if report.puzzled {
        coach.puzzled();
    } else {
        coach.worked(report);
        let broke = coach.broke(hearing, report);
        if !broke {
            coach.next(report);
        }
    }
    coach.notes.truncate(MOST_NOTES);
    coach.notes
}

/// The notes on a reply in a scene.
pub(super) fn scene_notes(
    stage: &Stage<'_>,
    state: &mut State,
    written: &Written<'_>,
    text: &str,
) -> Vec<Note> {
    let mut coach = Coach::new(stage, state, text, written.report.at);
    coach.blanks.scenario(stage, &coach.state.progress, &written.report);
    coach
        .blanks
        .set("needs", written.missing.iter().take(MOST_NEEDS).copied().collect::<Vec<_>>().join("; "));
    let texts = &stage.coaching.notes;
    if let Some(worst) = worst(&written.report) {
        coach.fault(worst);
        coach.instead_of(worst);
    }
    if !written.missing.is_empty() {
        coach.note(NoteKind::Instead, &texts.scene_missing, None);
    } else if written.report.faults.is_empty() {
        coach.note(NoteKind::Worked, texts.scene_good.of(written.scene as usize), None);
    }
    coach.notes.truncate(MOST_NOTES);
    coach.notes
}

/// So many needs are named at once.
const MOST_NEEDS: usize = 3;

struct Coach<'a, 's> {
    stage: &'a Stage<'s>,
    state: &'a mut State,
    text: &'a str,
    at: Step,
    blanks: Blanks,
    notes: Vec<Note>,
}

impl<'a, 's> Coach<'a, 's> {
    fn new(stage: &'a Stage<'s>, state: &'a mut State, text: &'a str, at: Step) -> Self {
        Self { stage, state, text, at, blanks: Blanks::default(), notes: Vec::new() }
    }

    /// Adds the best of the texts that can be filled.
    fn note(&mut self, kind: NoteKind, texts: &[String], span: Option<Span>) -> bool {
        let Some(text) = self.filled(&[texts]) else { return false };
        self.notes.push(Note { kind, text, span });
        true
    }

    fn filled(&mut self, lists: &[&[String]]) -> Option<String> {
        lists.iter().find_map(|texts| {
            let candidates = self.blanks.candidates(texts);
            let name = texts.first()?;
            self.state.notes.draw(name, &candidates).map(str::to_owned)
        })
    }

    fn by_step(&mut self, kind: NoteKind, texts: &StepTexts, step: Step, span: Option<Span>) -> bool {
        let Some(text) = self.filled(&texts.of(step as usize)) else { return false };
        self.notes.push(Note { kind, text, span });
        true
    }

    fn silence(&mut self) {
        let says = self.stage.coaching.of_principle(Principle::Silence).map(|rule| &rule.says);
        says.map(|says| self.note(NoteKind::Broke, says, None));
        self.note(NoteKind::Instead, &self.stage.coaching.notes.silence, None);
    }

    fn puzzled(&mut self) {
        let texts = &self.stage.coaching.notes;
        if self.at == Step::Apologize && self.stage.scenario.file.apology != ApologyNeed::Needed {
            self.note(NoteKind::Instead, &texts.puzzled.any, None);
            self.note(NoteKind::Instead, &texts.next.sympathy, None);
        } else {
            self.by_step(NoteKind::Instead, &texts.puzzled, self.at, None);
        }
    }

    /// What worked best: a turning point, a harm that was named, or the best deposit.
    fn worked(&mut self, report: &Report<'_>) {
        let texts = &self.stage.coaching.notes;
        let best = report.worked.iter().max_by_key(|(worth, _)| *worth).map(|(_, said)| *said);
        let span = report.named.map(|(_, span)| span).or(best.map(|said| said.span));
        if report.ended && self.state.progress.outcome == Some(Outcome::Won) {
            self.note(NoteKind::Worked, &texts.won, None);
        } else if report.delights.is_some() {
            self.note(NoteKind::Worked, &texts.delights, None);
        } else if report.reached(Turning::Ready) {
            self.note(NoteKind::Worked, &texts.ready, span);
        } else if report.reached(Turning::Fixed) && !report.has(Principle::PoorFit) {
            self.note(NoteKind::Worked, &texts.fixed, span);
        } else if report.has(Principle::Repaired) {
            let says = self.stage.coaching.of_principle(Principle::Repaired).map(|rule| &rule.says);
            says.map(|says| self.note(NoteKind::Worked, says, span));
        } else if let Some(breach) =
            report.principles.iter().find(|breach| breach.principle == Principle::Care)
        {
            if let Some(span) = breach.span {
                self.blanks.words(self.text, clause_of(self.text, span));
            }
            let says = self.stage.coaching.of_principle(Principle::Care).map(|rule| &rule.says);
            says.map(|says| self.note(NoteKind::Worked, says, breach.span));
        } else if let Some((_, span)) = report.named {
            self.note(NoteKind::Worked, &texts.named_harm, Some(span));
        } else if let Some(said) = best {
            self.deposit(&said);
        }
    }

    fn deposit(&mut self, said: &Said<'_>) {
        // What only the scenario hears is cut where its phrase ends, not where a thought does.
        let span = if said.rule.is_some() { said.span } else { clause_of(self.text, said.span) };
        self.blanks.words(self.text, span);
        let rule = said.rule.map(|rule| &self.stage.lexicon.rules[rule as usize]);
        self.blanks.set("why", rule.map_or("", |rule| rule.why.as_str()));
        let own = self.stage.coaching.of_move(said.name).map(|rule| &rule.worked);
        let has_own = own.is_some_and(|own| self.note(NoteKind::Worked, own, Some(said.span)));
        if !has_own {
            self.note(NoteKind::Worked, &self.stage.coaching.notes.worked, Some(said.span));
        }
    }

    /// What broke, and what to say instead; nothing where nothing did.
    fn broke(&mut self, hearing: &Hearing<'_>, report: &Report<'_>) -> bool {
        let fault = worst(report);
        let principle = self.worst_principle(report);
        match (principle, fault) {
            (Some(principle), fault) if fault.is_none_or(|fault| rank(principle) >= rank_of(fault)) => {
                self.principle(principle, hearing, report)
            }
            (_, Some(fault)) => {
                self.fault(fault);
                self.instead_of(fault);
                true
            }
            _ => false,
        }
    }

    fn worst_principle(&self, report: &Report<'_>) -> Option<Principle> {
        let mut breaches = report.principles.iter().map(|breach| breach.principle);
        // Words that wear thin are mentioned only where nothing else was said.
        let counts =
            |principle: &Principle| rank(*principle) > 0 && (*principle != Principle::Again || report.again);
        breaches.by_ref().filter(counts).max_by_key(|principle| rank(*principle))
    }

    fn principle(&mut self, principle: Principle, hearing: &Hearing<'_>, report: &Report<'_>) -> bool {
        let Some(breach) = report.principles.iter().find(|breach| breach.principle == principle) else {
            return false;
        };
        if let Some(span) = breach.span {
            self.blanks.words(self.text, clause_of(self.text, span));
        }
        if let (Principle::OnFile, Some(number)) = (principle, breach.number) {
            self.blanks.set("on-file", &self.stage.scenario.file.file[number].says);
        }
        let early = report.faults.iter().find(|broken| broken.early == Some(principle));
        match early {
            Some(broken) => {
                self.why(broken);
                self.blanks.words(self.text, broken.said.span);
            }
            // Else the reason of an earlier note would stand here.
            None => self.blanks.set("why", ""),
        }
        let Some(rule) = self.stage.coaching.of_principle(principle) else { return false };
        let file = &self.stage.scenario.file;
        let is_calm = self.state.account.feelings().anger < file.mood.ready_below
            || file.apology != ApologyNeed::Needed;
        let said = is_calm && self.note(NoteKind::Broke, &rule.calm, breach.span);
        if !said && !self.note(NoteKind::Broke, &rule.says, breach.span) {
            return false;
        }
        match early {
            Some(broken) => self.instead_of(broken),
            None if rule.instead.is_empty() => self.next(report),
            None => {
                self.note(NoteKind::Instead, &rule.instead, None);
            }
        }
        let _ = hearing;
        true
    }

    fn fault(&mut self, broken: &Broken<'_>) {
        if broken.tolerated {
            return;
        }
        self.blanks.words(self.text, broken.said.span);
        self.why(broken);
        self.note(NoteKind::Broke, &self.stage.coaching.notes.fault, Some(broken.said.span));
    }

    fn why(&mut self, broken: &Broken<'_>) {
        let rule = broken.said.rule.map(|rule| &self.stage.lexicon.rules[rule as usize]);
        self.blanks.set("why", rule.map_or("", |rule| rule.why.as_str()));
    }

    fn instead_of(&mut self, broken: &Broken<'_>) {
        let say = broken.said.rule.and_then(|rule| {
            say::best(self.stage, &self.stage.lexicon.rules[rule as usize].say, broken.step)
        });
        self.blanks.set("say", say.unwrap_or_default());
        let own = self.stage.coaching.of_fault(broken.said.name).map(|fault| &fault.instead);
        // Where no apology is needed, none is asked for before a question.
        let is_needed = self.stage.scenario.file.apology == ApologyNeed::Needed;
        let asks = self.stage.coaching.of_fault(broken.said.name).is_some_and(|fault| fault.freezes);
        let step = if asks && !is_needed { broken.step.max(Step::Review) } else { broken.step };
        let has_own = own.is_some_and(|own| self.by_step(NoteKind::Instead, own, step, None));
        if !has_own {
            self.note(NoteKind::Instead, &self.stage.coaching.notes.say, None);
        }
    }
}

/// The fault that a coach would name, the worst and the first of several.
fn worst<'r, 's>(report: &'r Report<'s>) -> Option<&'r Broken<'s>> {
    let not_borne = report.faults.iter().filter(|broken| !broken.tolerated);
    let first_of_worst = not_borne.rev().max_by_key(|broken| broken.severity);
    first_of_worst.or_else(|| report.faults.first())
}

/// How bad a fault is, beside the principles.
const fn rank_of(broken: &Broken<'_>) -> u8 {
    if broken.tolerated {
        return 1;
    }
    match (broken.early, broken.severity) {
        (Some(Principle::EarlyCheck), _) => 8,
        (_, crate::lexicon::Severity::Error) => 7,
        (_, crate::lexicon::Severity::Warning) => 5,
        (_, crate::lexicon::Severity::Advice) => 2,
    }
}

/// How bad a principle is, beside the faults. Nothing: it is no fault.
const fn rank(principle: Principle) -> u8 {
    match principle {
        Principle::Recited => 9,
        Principle::EarlyCheck => 8,
        Principle::OnFile => 6,
        Principle::TooSoon | Principle::HurriedCheck | Principle::SelfBlame => 4,
        Principle::TooLong | Principle::OverApologised | Principle::ApologyUnneeded => 3,
        Principle::PoorFit | Principle::Again => 2,
        Principle::Repaired
        | Principle::Care
        | Principle::NamedHarm
        | Principle::Delights
        | Principle::Silence
        | Principle::Cooling
        | Principle::Puzzled => 0,
    }
}
