//! The scenes after the encounter: one reply each, measured by what it should hold.

use crate::coaching::{Item, Principle};
use crate::scenario::schema::Scene;
use crate::scenario::{MentionKind, Outcome, SceneKind, Step};

use super::hearing::{Due, Hearing, Sense};
use super::progress::{Cause, Credit, Fault};
use super::report::{Broken, Report};
use super::state::State;
use super::{Entry, SceneRecord, Stage};

/// What a reply in a scene came to.
#[derive(Debug)]
pub(super) struct Written<'s> {
    pub(super) report: Report<'s>,
    /// What is still missing, as the coach would say it.
    pub(super) missing: Vec<&'s str>,
    pub(super) good: bool,
    pub(super) scene: SceneKind,
}

/// The marks that a scene is for.
const fn item(scene: SceneKind) -> Item {
    match scene {
        SceneKind::CheckBack => Item::CheckBack,
        SceneKind::Alert => Item::Alert,
        SceneKind::Note => Item::Note,
        SceneKind::Deposition => Item::Deposition,
    }
}

/// Whether the customer reads or hears it.
pub(super) const fn reaches_customer(scene: SceneKind) -> bool {
    matches!(scene, SceneKind::CheckBack | SceneKind::Note)
}

/// Reads a reply in a scene into the state.
pub(super) fn read<'s>(
    stage: &Stage<'s>,
    state: &mut State,
    hearing: &Hearing<'s>,
    text: &str,
    turn: usize,
) -> Written<'s> {
    let scene: &'s Scene = &stage.scenario.file.scenes[state.scene];
    let mut report =
        Report::new(if scene.scene == SceneKind::CheckBack { Step::Fix } else { Step::Document });
    report.silent = text.trim().is_empty();
    if report.silent {
        let reason = stage.coaching.of_principle(Principle::Silence).map_or("", |rule| &rule.reason);
        report.entries.push(entry(Principle::Silence.name(), reason));
    }
    let (met, missing) = needs(stage, scene, hearing);
    let all = met + missing.len();
    let percent = if report.silent || all == 0 { 0 } else { (100 * met / all) as u8 };
    let percent = if all == 0 && !hearing.is_empty() { 100 } else { percent };
    state.progress.credit(item(scene.scene), Credit { percent, turn, span: None, late: false });
    if reaches_customer(scene.scene) {
        faults(stage, state, hearing, turn, &mut report);
    }
    for name in &hearing.names {
        *state.said.entry((*name).to_owned()).or_default() += 1;
    }
    let good = percent >= stage.coaching.thresholds.good_scene && report.faults.is_empty();
    let needs = missing.iter().map(|what| (*what).to_owned()).collect();
    state.scenes.push(SceneRecord { scene: scene.scene, missing: needs });
    Written { report, missing, good, scene: scene.scene }
}

/// How many needs are met, and which are not.
fn needs<'s>(stage: &Stage<'s>, scene: &'s Scene, hearing: &Hearing<'s>) -> (usize, Vec<&'s str>) {
    let of_scene = scene.needs.iter().map(|need| {
        let met = need.any.iter().any(|name| hearing.says(name));
        (met, need.what.as_str())
    });
    let facts = if scene.scene == SceneKind::Deposition { &stage.scenario.file.facts[..] } else { &[] };
    let heard: Vec<usize> = hearing.mentions(MentionKind::Fact).map(|(number, _)| number).collect();
    let of_facts =
        facts.iter().enumerate().map(|(number, fact)| (heard.contains(&number), fact.what.as_str()));
    let all: Vec<(bool, &str)> = of_scene.chain(of_facts).collect();
    let met = all.iter().filter(|(met, _)| *met).count();
    (met, all.into_iter().filter(|(met, _)| !met).map(|(_, what)| what).collect())
}

/// What the customer reads is measured by its wording, too.
fn faults<'s>(
    stage: &Stage<'s>,
    state: &mut State,
    hearing: &Hearing<'s>,
    turn: usize,
    report: &mut Report<'s>,
) {
    let mut rules = Vec::new();
    for said in &hearing.said {
        let (Sense::Fault(severity, Due::Yes), Some(rule)) = (said.sense, said.rule) else { continue };
        let tolerated = stage.coaching.of_fault(said.name).is_some_and(|fault| fault.tolerated);
        if tolerated || rules.contains(&rule) {
            continue;
        }
        rules.push(rule);
        let effect = stage.coaching.severities.of(severity).effect;
        let entry = Entry {
            goodwill: effect.goodwill,
            anger: effect.anger,
            span: Some(said.span),
            rule: Some(rule),
            ..entry(said.name, &stage.lexicon.rules[rule as usize].why)
        };
        state.account.book(&entry);
        report.entries.push(entry);
        let step = report.at;
        report.faults.push(Broken { said: *said, severity, step, early: None, tolerated: false });
        let cause = Cause::Rule { rule, severity, freezes: true };
        let fault = Fault { cause, turn, span: Some(said.span), step, repaired: false };
        state.progress.faults.push(fault);
    }
}

fn entry(name: &str, reason: &str) -> Entry {
    Entry { goodwill: 0, anger: 0, span: None, rule: None, name: name.to_owned(), reason: reason.to_owned() }
}

/// What becomes of her in the end: what she reads afterwards can still lose some of it.
pub(super) fn final_outcome(stage: &Stage<'_>, state: &State, outcome: Outcome) -> Outcome {
    let goodwill = state.account.feelings().goodwill;
    outcome.min(state.progress.fate(goodwill, stage.coaching))
}
