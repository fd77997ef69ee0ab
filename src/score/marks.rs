//! Marks by step and item: what was done, what it was worth, and what was taken off.

use crate::coaching::{Item, ItemRule, StepRule};
use crate::lexicon::Severity;
use crate::scenario::schema::ApologyNeed;
use crate::scenario::{Outcome, SceneKind, Step};
use crate::session::{Blanks, Cause, Fault, Session, clause_of, quoted};
use crate::text::Span;

use super::{FaultMark, ItemMark, Loss, Quote, Scorecard, Spot, StepMark, Weakest, Wording, fate, moments};

/// Gives the marks of a session.
pub(super) struct Marker<'c, 's> {
    pub(super) session: &'c Session<'s>,
    blanks: Blanks,
}

impl<'c, 's> Marker<'c, 's> {
    pub(super) fn new(session: &'c Session<'s>) -> Self {
        let mut blanks = Blanks::default();
        blanks.debrief(session.stage(), &session.state().progress);
        Self { session, blanks }
    }

    pub(super) fn card(mut self) -> Scorecard {
        let steps: Vec<StepMark> =
            [Step::Apologize, Step::Review, Step::Fix, Step::Document].map(|step| self.step(step)).into();
        let of: u32 = steps.iter().map(|step| u32::from(step.of)).sum();
        let marks: u32 = steps.iter().map(|step| u32::from(step.mark)).sum();
        let process: u32 = steps.iter().map(|step| self.process(step)).sum();
        Scorecard {
            mark: percent(marks, of),
            process: percent(process, of),
            wording: self.wording(),
            fate: fate::of(self.session, &mut self.blanks),
            best: moments::best(self.session),
            worst: moments::worst(self.session),
            practise: self.practise(&steps),
            weakest: self.weakest(&steps),
            caution: self.session.stage().coaching.debrief.caution.clone(),
            steps,
        }
    }

    fn step(&mut self, step: Step) -> StepMark {
        let rule = self.step_rule(step);
        let (name, of) = (rule.name.clone(), rule.of);
        let items = self.items(step, of);
        let of = if items.is_empty() { 0 } else { of };
        let earned: u8 = items.iter().map(|item| item.mark).sum();
        let bonus = self.bonus(step);
        let mut left = (earned + bonus).min(of);
        let mut losses = Vec::new();
        for loss in [self.cap(step, left)].into_iter().flatten() {
            left = left.saturating_sub(loss.marks);
            losses.push(loss);
        }
        for loss in self.faults(step) {
            left = left.saturating_sub(loss.marks);
            losses.push(loss);
        }
        StepMark { step, name, mark: left, of, items, losses }
    }

    /// The steps alone: an early question is one of order, the rest of the losses is wording.
    fn process(&self, step: &StepMark) -> u32 {
        let earned: u8 = step.items.iter().map(|item| item.mark).sum();
        let frozen = if step.step == Step::Review { self.frozen_percent() } else { 100 };
        u32::from(earned.min(step.of)) * u32::from(frozen) / 100
    }

    fn step_rule(&self, step: Step) -> &'s StepRule {
        let steps = &self.session.stage().coaching.steps;
        match step {
            Step::Apologize => &steps.apologize,
            Step::Review => &steps.review,
            Step::Fix => &steps.fix,
            Step::Document => &steps.document,
        }
    }

    /// The items of a step that this scenario knows, out of all of the step's marks together.
    fn items(&mut self, step: Step, of: u8) -> Vec<ItemMark> {
        let stage = self.session.stage();
        let need = stage.scenario.file.apology;
        let scenes = &stage.scenario.file.scenes;
        let is_asked = |rule: &&ItemRule| {
            let scene = scene_of(rule.item);
            scene.is_none_or(|kind| scenes.iter().any(|scene| scene.scene == kind)) && marks(rule, need) > 0
        };
        let rules: Vec<&ItemRule> =
            stage.coaching.items.iter().filter(|rule| step_of(rule.item) == step).filter(is_asked).collect();
        let all: u32 = rules.iter().map(|rule| u32::from(marks(rule, need))).sum();
        let mut before = 0;
        let share = |marks: u32| (marks * u32::from(of) * 2 + all) / (all * 2).max(1);
        let mut items = Vec::new();
        for rule in rules {
            let after = before + u32::from(marks(rule, need));
            items.push(self.item(rule, (share(after) - share(before)) as u8));
            before = after;
        }
        items
    }

    fn item(&mut self, rule: &ItemRule, of: u8) -> ItemMark {
        let progress = &self.session.state().progress;
        let credit = progress.credits.get(&rule.item);
        let percent = credit.map_or(0, |credit| credit.percent);
        let mark = ((u32::from(of) * u32::from(percent) + 50) / 100) as u8;
        let heard = credit
            .filter(|credit| credit.percent > 0)
            .and_then(|credit| thought(self.session, credit.turn, credit.span));
        self.set_needs(rule.item);
        let debrief = &self.session.stage().coaching.debrief;
        let is_lost = progress.outcome == Some(Outcome::Lost);
        let texts = match (percent, credit) {
            (100, _) => None,
            (0, None) if is_lost && scene_of(rule.item).is_some() => Some(&debrief.not_reached),
            (0, _) => Some(&rule.missing),
            (_, Some(credit)) if credit.late && !rule.late.is_empty() => Some(&rule.late),
            _ => Some(&rule.partly),
        };
        let missing =
            texts.filter(|_| mark < of).and_then(|texts| self.blanks.candidates(texts).into_iter().next());
        ItemMark { item: rule.item, what: rule.what.clone(), mark, of, heard, missing }
    }

    /// What a scene still needed.
    fn set_needs(&mut self, item: Item) {
        let scenes = &self.session.state().scenes;
        let record = scenes.iter().find(|record| scene_of(item) == Some(record.scene));
        let missing = record.map_or(String::new(), |record| record.missing.join("; "));
        self.blanks.set("needs", missing);
    }

    fn bonus(&self, step: Step) -> u8 {
        let asked = self.session.state().progress.forgiveness && step == Step::Apologize;
        if asked { self.session.stage().coaching.caps.forgiveness } else { 0 }
    }

    /// What a banned phrase leaves of step 1, and an early question of step 2.
    fn cap(&mut self, step: Step, left: u8) -> Option<Loss> {
        let stage = self.session.stage();
        let (debrief, caps) = (&stage.coaching.debrief, &stage.coaching.caps);
        let (percent, texts, turn, span) = match step {
            Step::Apologize => {
                let banned = self.banned()?;
                let percent = if banned.repaired { caps.repaired_apology } else { caps.banned_in_apology };
                (percent, &debrief.banned_in_apology, banned.turn, banned.span)
            }
            Step::Review => {
                let frozen = self.session.state().progress.frozen?;
                let texts = if frozen.repaired { &debrief.repaired } else { &debrief.frozen };
                (self.frozen_percent(), texts, frozen.turn, Some(frozen.span))
            }
            Step::Fix | Step::Document => return None,
        };
        let kept = (u32::from(left) * u32::from(percent) / 100) as u8;
        let quote = quote(self.session, turn, span);
        self.blanks.set("words", words(self.session, turn, span));
        let reason = self.blanks.candidates(texts).into_iter().next().unwrap_or_default();
        (kept < left).then_some(Loss { marks: left - kept, reason, quote })
    }

    fn frozen_percent(&self) -> u8 {
        match self.session.state().progress.frozen {
            None => 100,
            Some(frozen) if frozen.repaired => self.session.stage().coaching.caps.repaired_review,
            Some(_) => 0,
        }
    }

    /// A fault of the worst sort in step 1, one that was not repaired before one that was.
    fn banned(&self) -> Option<Fault> {
        let banned = self.session.state().progress.faults.iter().filter(|fault| {
            let worst = matches!(fault.cause, Cause::Rule { severity: Severity::Error, freezes: false, .. });
            worst && fault.step == Step::Apologize
        });
        banned.min_by_key(|fault| fault.repaired).copied()
    }

    /// What the faults of a step take off it.
    fn faults(&self, step: Step) -> Vec<Loss> {
        let stage = self.session.stage();
        let of_step = self.session.state().progress.faults.iter().filter(|fault| fault.step == step);
        let loss = |fault: &Fault| {
            let (marks, reason) = match fault.cause {
                Cause::Rule { rule, severity, .. } => {
                    let why = &stage.lexicon.rules[rule as usize].why;
                    (stage.coaching.severities.of(severity).marks, why.as_str())
                }
                Cause::Principle(principle) => {
                    let rule = stage.coaching.of_principle(principle)?;
                    (rule.marks, rule.reason.as_str())
                }
            };
            let percent = if fault.repaired { stage.coaching.caps.repaired_fault } else { 100 };
            let marks = (u32::from(marks) * u32::from(percent)).div_ceil(100) as u8;
            let quote = quote(self.session, fault.turn, fault.span);
            (marks > 0).then(|| Loss { marks, reason: reason.to_owned(), quote })
        };
        of_step.filter_map(loss).collect()
    }

    fn wording(&self) -> Wording {
        let stage = self.session.stage();
        let mut mark = 100_u8;
        let mut faults: Vec<(Severity, FaultMark)> = Vec::new();
        for fault in &self.session.state().progress.faults {
            let Cause::Rule { rule, severity, .. } = fault.cause else { continue };
            mark = mark.saturating_sub(stage.coaching.severities.of(severity).wording);
            let rule = &stage.lexicon.rules[rule as usize];
            if let Some((_, known)) = faults.iter_mut().find(|(_, known)| known.rule == rule.id) {
                known.times += 1;
            } else if let Some(quote) = quote(self.session, fault.turn, fault.span) {
                let (rule, family, why) = (rule.id.clone(), rule.family.clone(), rule.why.clone());
                faults.push((severity, FaultMark { rule, family, times: 1, why, quote }));
            }
        }
        faults
            .sort_by_key(|(severity, fault)| (std::cmp::Reverse(*severity), std::cmp::Reverse(fault.times)));
        Wording { mark, faults: faults.into_iter().map(|(_, fault)| fault).collect() }
    }

    /// The item or the fault that lost most.
    fn practise(&mut self, steps: &[StepMark]) -> String {
        let coaching = self.session.stage().coaching;
        let items = steps.iter().flat_map(|step| &step.items);
        let item = items.rev().max_by_key(|item| item.of - item.mark).filter(|item| item.mark < item.of);
        let losses = steps.iter().flat_map(|step| &step.losses);
        let fault = losses.rev().max_by_key(|loss| loss.marks).filter(|loss| loss.quote.is_some());
        let texts = match (item, fault) {
            (item, Some(fault)) if item.is_none_or(|item| fault.marks > item.of - item.mark) => {
                let words = fault.quote.as_ref().map_or("", |quote| quote.words.as_str());
                self.blanks.set("words", words);
                self.blanks.set("why", self.why(fault));
                &coaching.debrief.practise_fault
            }
            (Some(item), _) => match coaching.of_item(item.item) {
                Some(rule) => &rule.practise,
                None => &coaching.debrief.nothing_lost,
            },
            (None, _) => &coaching.debrief.nothing_lost,
        };
        self.blanks.candidates(texts).into_iter().next().unwrap_or_default()
    }

    /// Why the rule behind a loss matters; a cap tells only what it did.
    fn why(&self, loss: &Loss) -> String {
        let wording = self.wording();
        let known = wording.faults.iter().find(|fault| Some(&fault.quote) == loss.quote.as_ref());
        known.map_or_else(|| loss.reason.clone(), |fault| fault.why.clone())
    }

    fn weakest(&self, steps: &[StepMark]) -> Option<Weakest> {
        let lost = |step: &&StepMark| step.of - step.mark;
        let weakest = steps.iter().rev().max_by_key(lost).filter(|step| lost(step) > 0)?;
        let answers = &self.session.stage().scenario.file.answers;
        let answer = match weakest.step {
            Step::Apologize => &answers.apologize,
            Step::Review => &answers.review,
            Step::Fix => &answers.fix,
            Step::Document => &answers.document,
        };
        let Weakest { step, name, answer } =
            Weakest { step: weakest.step, name: weakest.name.clone(), answer: answer.trim().to_owned() };
        (!answer.is_empty()).then_some(Weakest { step, name, answer })
    }
}

/// Words of a turn, whole where they are few.
pub(super) fn quote(session: &Session<'_>, turn: usize, span: Option<Span>) -> Option<Quote> {
    let place = Spot::from(session.turns().get(turn)?.reaction.at);
    let words = words(session, turn, span);
    (!words.is_empty()).then_some(Quote { turn, place, words })
}

/// The same for the clause around the words: what earns a mark is a thought.
fn thought(session: &Session<'_>, turn: usize, span: Option<Span>) -> Option<Quote> {
    let text = session.turns().get(turn)?.text.as_deref()?;
    quote(session, turn, span.map(|span| clause_of(text, span)))
}

fn words(session: &Session<'_>, turn: usize, span: Option<Span>) -> String {
    let text = session.turns().get(turn).and_then(|turn| turn.text.as_deref()).unwrap_or_default();
    quoted(text, span.unwrap_or(Span::new(0, text.len())))
}

/// The step that an item belongs to.
const fn step_of(item: Item) -> Step {
    match item {
        Item::Responsibility | Item::Empathy | Item::Apology | Item::Unhurried | Item::Specific => {
            Step::Apologize
        }
        Item::Restate | Item::Checks => Step::Review,
        Item::Remedy | Item::Extra | Item::FollowUp | Item::CheckBack => Step::Fix,
        Item::Alert | Item::Note | Item::Deposition => Step::Document,
    }
}

/// The scene in which an item is asked for; none for what belongs to the encounter.
pub(crate) const fn scene_of(item: Item) -> Option<SceneKind> {
    match item {
        Item::CheckBack => Some(SceneKind::CheckBack),
        Item::Alert => Some(SceneKind::Alert),
        Item::Note => Some(SceneKind::Note),
        Item::Deposition => Some(SceneKind::Deposition),
        _ => None,
    }
}

fn marks(rule: &ItemRule, need: ApologyNeed) -> u8 {
    match need {
        ApologyNeed::Needed => rule.marks,
        ApologyNeed::Sympathy => rule.sympathy.unwrap_or(rule.marks),
        ApologyNeed::Unneeded => rule.unneeded.unwrap_or(rule.marks),
    }
}

/// So many marks in percent, rounded.
pub(crate) fn percent(marks: u32, of: u32) -> u8 {
    if of == 0 { 0 } else { ((marks * 200 + of) / (of * 2)).min(100) as u8 }
}
