//! What to teach next: what costs the class most marks, with an example to put on the projector.
//!
//! Only the latest finished session of each person and scenario counts: what somebody has learnt since
//! need not be taught. A lesson is one thing that a step asks for, one family of faults, or one
//! principle. All are measured alike, in marks out of 100 that they cost a session.

mod words;

use std::collections::{BTreeMap, BTreeSet};

use super::faults::{HeardFault, heard_in};
use super::pieces::cut;
use super::{Better, Case, Example, Lesson, Maker, Order, Piece, Played, Topic};
use crate::class::Attempt;
use crate::coaching::{Item, Principle};
use crate::lexicon::Kind;
use crate::scenario::{Outcome, Step};
use crate::score::{ItemMark, Loss, Quote, scene_of};
use crate::session::{Place, quoted};
use crate::wording::counted;

/// So many lessons are worked out.
const MOST: usize = 8;
/// A longer reply is no example, in characters.
const LONGEST: usize = 420;
/// With fewer sessions on one side, customers are not compared.
const FEWEST: usize = 4;

/// What lessons are drawn from.
pub(super) struct Ground<'g, 'c> {
    pub(super) maker: &'g Maker<'c>,
    pub(super) order: &'g Order,
    pub(super) cases: &'g [Case],
    pub(super) sessions: &'g [Played],
}

/// What something costs the class.
#[derive(Default)]
struct Cost {
    marks: u32,
    /// The sessions in which it cost anything.
    sessions: BTreeSet<usize>,
    /// The sessions in which all of it was missing.
    missing: BTreeSet<usize>,
    people: BTreeSet<usize>,
    /// By scenario.
    cases: BTreeMap<usize, u32>,
    /// The most costly words: marks, session, turn.
    worst: Option<(u8, usize, Quote)>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Subject {
    Item(Item),
    Family(String),
    Principle(Principle),
}

/// The lessons, the most costly first.
pub(super) fn ranked(ground: &Ground<'_, '_>) -> Vec<Lesson> {
    let mut costs: BTreeMap<Subject, Cost> = BTreeMap::new();
    for (session, played) in ground.latest() {
        let attempt = ground.attempt(session);
        for step in &attempt.card.steps {
            for item in step.items.iter().filter(|item| was_reached(attempt, item.item)) {
                let cost = costs.entry(Subject::Item(item.item)).or_default();
                cost.add(item.of - item.mark, session, played);
                if item.mark == 0 && item.of > 0 {
                    cost.missing.insert(session);
                }
            }
            for loss in &step.losses {
                if let Some(subject) = ground.subject(attempt, loss) {
                    let cost = costs.entry(subject).or_default();
                    cost.add(loss.marks, session, played);
                    cost.quote(loss, session);
                }
            }
        }
    }
    let mut costs: Vec<(Subject, Cost)> = costs.into_iter().filter(|(_, cost)| cost.marks > 0).collect();
    costs.sort_by_key(|(_, cost)| std::cmp::Reverse((cost.marks, cost.sessions.len())));
    costs.truncate(MOST);
    costs.iter().map(|(subject, cost)| ground.lesson(subject, cost)).collect()
}

impl Cost {
    fn add(&mut self, marks: u8, session: usize, played: &Played) {
        if marks == 0 {
            return;
        }
        self.marks += u32::from(marks);
        self.sessions.insert(session);
        self.people.insert(played.person);
        *self.cases.entry(played.case).or_default() += u32::from(marks);
    }

    fn quote(&mut self, loss: &Loss, session: usize) {
        let Some(quote) = &loss.quote else { return };
        if self.worst.as_ref().is_none_or(|(marks, ..)| *marks < loss.marks) {
            self.worst = Some((loss.marks, session, quote.clone()));
        }
    }
}

impl Ground<'_, '_> {
    fn latest(&self) -> impl Iterator<Item = (usize, &Played)> {
        self.sessions.iter().enumerate().filter(|(_, session)| session.is_latest)
    }

    fn attempt(&self, session: usize) -> &Attempt {
        &self.maker.class.attempts[self.order.attempts[session]]
    }

    /// What marks were lost for.
    fn subject(&self, attempt: &Attempt, loss: &Loss) -> Option<Subject> {
        let rules = &self.maker.class.lexicon.rules;
        if let Some(rule) = rules.iter().find(|rule| rule.kind == Kind::Fault && rule.why == loss.reason) {
            return Some(Subject::Family(rule.family.clone()));
        }
        let principles = &self.maker.class.coaching.principles;
        if let Some(rule) = principles.iter().find(|rule| rule.reason == loss.reason) {
            return Some(Subject::Principle(rule.principle));
        }
        // What a whole step lost for one phrase is put down to that phrase.
        let quote = loss.quote.as_ref()?;
        let fault = self.fault_at(attempt, quote)?;
        Some(Subject::Family(rules[fault.rule as usize].family.clone()))
    }

    fn fault_at(&self, attempt: &Attempt, quote: &Quote) -> Option<HeardFault> {
        let text = attempt.turns.get(quote.turn)?.text.as_deref()?;
        heard_in(self.maker.class, attempt)
            .find(|fault| fault.turn == quote.turn && quoted(text, fault.span) == quote.words)
    }

    fn lesson(&self, subject: &Subject, cost: &Cost) -> Lesson {
        let all = self.latest().count();
        let a_session = f64::from(cost.marks) / all.max(1) as f64;
        let (topic, title, drill, example) = match subject {
            Subject::Item(item) => {
                let words = words::of_item(*item);
                let example = self.item_example(*item, cost, words.ask);
                (Topic::Item(*item), words.title.to_owned(), words.drill.map(str::to_owned), example)
            }
            Subject::Family(family) => {
                let title = format!("Drop the {}", family.replace('-', " "));
                (Topic::Fault, title, Some(family.clone()), self.fault_example(cost))
            }
            Subject::Principle(principle) => {
                let words = words::of_principle(*principle);
                let example = self.principle_example(cost, words.ask);
                (Topic::Fault, words.title.to_owned(), words.drill.map(str::to_owned), example)
            }
        };
        Lesson {
            topic,
            title,
            reason: self.reason(subject, cost, all),
            cost: a_session,
            example,
            case: self.dearest_case(cost),
            drill,
        }
    }

    /// Why it is worth an hour: how many lack it, and what became of the customers.
    fn reason(&self, subject: &Subject, cost: &Cost, all: usize) -> String {
        let sessions = |count: usize| format!("{count} of {}", counted(all, "session", "sessions"));
        let people = counted(cost.people.len(), "person", "people");
        let mut reason = match subject {
            Subject::Item(_) => {
                let (none, short) = (cost.missing.len(), cost.sessions.len() - cost.missing.len());
                match (none, short) {
                    (0, _) => format!("Too little of it was heard in {}, from {people}.", sessions(short)),
                    (_, 0) => format!("Nothing of it was heard in {}, from {people}.", sessions(none)),
                    _ => format!(
                        "Nothing of it was heard in {}, too little in {short} more, from {people}.",
                        sessions(none)
                    ),
                }
            }
            _ => format!("It was heard in {}, from {people}.", sessions(cost.sessions.len())),
        };
        // What ends an encounter badly, or comes only after a good one, would prove itself.
        let is_cause =
            !matches!(subject, Subject::Item(item) if *item == Item::Remedy || scene_of(*item).is_some());
        if let Some(fates) = self.fates(cost).filter(|_| is_cause) {
            reason.push(' ');
            reason.push_str(&fates);
        }
        reason
    }

    /// What became of the customers with it and without it. Counts, not a proof.
    fn fates(&self, cost: &Cost) -> Option<String> {
        let lost = |is_with: bool| {
            let sessions = self.latest().filter(|(at, _)| cost.sessions.contains(at) == is_with);
            let fates: Vec<Outcome> =
                sessions.filter_map(|(_, session)| Some(session.fate.as_ref()?.outcome)).collect();
            (fates.iter().filter(|outcome| **outcome == Outcome::Lost).count(), fates.len())
        };
        let ((lost_with, with), (lost_without, without)) = (lost(true), lost(false));
        let is_telling = lost_with * without > lost_without * with;
        (with >= FEWEST && without >= FEWEST && is_telling).then(|| {
            format!(
                "Where it cost marks, {lost_with} of {with} customers were lost; elsewhere {lost_without} of {without}."
            )
        })
    }

    /// The scenario in which it costs most a session.
    fn dearest_case(&self, cost: &Cost) -> Option<(usize, f64)> {
        let played = |case: usize| self.latest().filter(|(_, session)| session.case == case).count().max(1);
        let a_session = |(&case, &marks): (&usize, &u32)| (case, f64::from(marks) / played(case) as f64);
        cost.cases
            .iter()
            .map(a_session)
            .max_by(|one, other| one.1.total_cmp(&other.1).then(other.0.cmp(&one.0)))
    }

    fn fault_example(&self, cost: &Cost) -> Option<Example> {
        let (_, session, quote) = cost.worst.as_ref()?;
        let attempt = self.attempt(*session);
        let fault = self.fault_at(attempt, quote)?;
        let rule = &self.maker.class.lexicon.rules[fault.rule as usize];
        let better = rule.say.iter().take(2).map(|say| Better {
            words: say.clone(),
            from: "the lexicon".to_owned(),
            place: None,
        });
        Some(Example {
            session: *session,
            turn: fault.turn,
            customer: self.customer_before(attempt, fault.turn),
            said: self.maker.sentence(self.order.attempts[*session], fault.turn, fault.span),
            ask: rule.why.clone(),
            better: better.collect(),
        })
    }

    fn principle_example(&self, cost: &Cost, ask: &str) -> Option<Example> {
        let (_, session, quote) = cost.worst.as_ref()?;
        let attempt = self.attempt(*session);
        let said = self.reply(*session, quote.turn)?;
        let step = attempt.turns[quote.turn].reaction.at.step()?;
        Some(Example {
            session: *session,
            turn: quote.turn,
            customer: self.customer_before(attempt, quote.turn),
            said,
            ask: ask.to_owned(),
            better: self.model_answer(*session, step).into_iter().collect(),
        })
    }

    /// A reply that lacks it, and one of the class that has it.
    fn item_example(&self, item: Item, cost: &Cost, ask: &str) -> Option<Example> {
        let lacking = if cost.missing.is_empty() { &cost.sessions } else { &cost.missing };
        // The poorest: what a good session lacks may be a mistake of the ear.
        let mut lacking: Vec<usize> = lacking.iter().copied().collect();
        lacking.sort_by_key(|&session| self.sessions[session].mark);
        let (session, turn) = lacking.into_iter().find_map(|session| {
            let turn = self.turn_for(self.attempt(session), item)?;
            Some((session, turn))
        })?;
        let attempt = self.attempt(session);
        let step = attempt.card.steps.iter().find(|step| step.items.iter().any(|own| own.item == item))?.step;
        let from_class = self.best_words(item, self.sessions[session].case, session);
        let model = self.model_answer(session, step);
        Some(Example {
            session,
            turn,
            customer: self.customer_before(attempt, turn),
            said: self.reply(session, turn)?,
            ask: ask.to_owned(),
            better: from_class.into_iter().chain(model).collect(),
        })
    }

    /// The first reply in which the item could have been heard, if it is short enough to be shown.
    fn turn_for(&self, attempt: &Attempt, item: Item) -> Option<usize> {
        let step = attempt.card.steps.iter().find(|step| step.items.iter().any(|own| own.item == item))?.step;
        let place = scene_of(item).map_or(Place::Encounter(step), Place::Scene);
        let at = attempt.turns.iter().position(|turn| turn.reaction.at == place)?;
        let text = attempt.turns[at].text.as_deref()?;
        (1..=LONGEST).contains(&text.chars().count()).then_some(at)
    }

    /// Words of somebody else in the class that had all of it, in the same scenario if there are any.
    fn best_words(&self, item: Item, case: usize, not: usize) -> Option<Better> {
        let person = self.sessions[not].person;
        let words = self.latest().filter(|(_, played)| played.person != person).filter_map(|(at, played)| {
            let items = played.steps.iter().flat_map(|step| &step.items);
            let full = |own: &&ItemMark| own.item == item && own.mark == own.of && own.of > 0;
            let heard = items.filter(full).find_map(|own| own.heard.as_ref())?;
            Some((played.case == case, heard.words.split_whitespace().count(), at, played, heard))
        });
        let (.., at, played, heard) =
            words.max_by_key(|(same, count, at, ..)| (*same, (*count).min(14), std::cmp::Reverse(*at)))?;
        Some(Better {
            words: heard.words.clone(),
            from: self.maker.shown_name(self.order, played.person),
            place: Some((at, heard.turn)),
        })
    }

    fn model_answer(&self, session: usize, step: Step) -> Option<Better> {
        let case = &self.cases[self.sessions[session].case];
        let (_, words) = case.answers.iter().find(|(own, words)| *own == step && !words.is_empty())?;
        Some(Better { words: words.clone(), from: "the scenario".to_owned(), place: None })
    }

    /// What the customer had said before a turn.
    fn customer_before(&self, attempt: &Attempt, turn: usize) -> String {
        let before = attempt.turns[..turn].iter().rev().map(|turn| &turn.reaction.customer);
        let said = before.chain([&attempt.opening]).find(|said| !said.is_empty());
        said.map_or(String::new(), |said| said.join(" "))
    }

    fn reply(&self, session: usize, turn: usize) -> Option<Vec<Piece>> {
        let text = self.attempt(session).turns.get(turn)?.text.as_deref()?;
        Some(cut(text, &[], &self.maker.names.found(text)))
    }
}

/// Whether the session came to where the item is asked for. Scenes are not, where the customer was lost.
fn was_reached(attempt: &Attempt, item: Item) -> bool {
    let place = scene_of(item).map(Place::Scene);
    place.is_none_or(|place| attempt.turns.iter().any(|turn| turn.reaction.at == place))
}
