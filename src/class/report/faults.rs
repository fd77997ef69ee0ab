//! The faults that a class is heard with most, in its own words.

use std::collections::{BTreeMap, BTreeSet};

use super::pieces::{Heard, Tone, cut};
use super::{FaultQuote, FaultTally, Maker, Order, Piece, RuleCard};
use crate::class::{Attempt, Class};
use crate::lexicon::Kind;
use crate::lint::sentence_of;
use crate::session::{Entry, Turn};
use crate::text::Span;

/// So many quotes of a family are shown.
const QUOTES: usize = 3;
/// A longer sentence is shown only as far as its words, in bytes.
const LONGEST: usize = 240;

/// The place of a fault's rule in the report, by its number in the lexicon.
pub(super) type RuleNumbers = BTreeMap<u32, usize>;

/// The rules that were heard as faults.
pub(super) fn rules(class: &Class) -> RuleNumbers {
    let mut heard: BTreeSet<u32> = BTreeSet::new();
    for attempt in &class.attempts {
        heard.extend(heard_in(class, attempt).map(|fault| fault.rule));
    }
    heard.into_iter().enumerate().map(|(at, rule)| (rule, at)).collect()
}

/// What a reader may look up about them.
pub(super) fn cards(class: &Class, rules: &RuleNumbers) -> Vec<RuleCard> {
    let card = |rule: &u32| {
        let rule = &class.lexicon.rules[*rule as usize];
        RuleCard {
            rule: rule.id.clone(),
            family: rule.family.clone(),
            why: rule.why.clone(),
            say: rule.say.clone(),
            source: rule.source.clone(),
        }
    };
    rules.keys().map(card).collect()
}

/// A fault in a session.
#[derive(Debug, Clone, Copy)]
pub(super) struct HeardFault {
    /// The number of the rule in the lexicon.
    pub(super) rule: u32,
    /// The turn; the first is 0.
    pub(super) turn: usize,
    /// The words.
    pub(super) span: Span,
}

/// The faults of a session, in its order.
pub(super) fn heard_in<'a>(class: &'a Class, attempt: &'a Attempt) -> impl Iterator<Item = HeardFault> + 'a {
    let turns = attempt.turns.iter().enumerate();
    turns.flat_map(move |(turn, said)| {
        let faults = said.reaction.entries.iter().filter_map(move |entry| {
            let rule = fault_of(class, said, entry)?;
            Some(HeardFault { rule, turn, span: entry.span? })
        });
        faults.collect::<Vec<_>>()
    })
}

/// The fault behind an entry. A question that came too soon is booked as that, and is a fault as well.
pub(super) fn fault_of(class: &Class, turn: &Turn, entry: &Entry) -> Option<u32> {
    let is_fault = |rule: &u32| class.lexicon.rules[*rule as usize].kind == Kind::Fault;
    if entry.goodwill - entry.anger >= 0 {
        return None;
    }
    let hurried = || {
        let is_meant = entry.name == "hurried-check";
        let mut hits = turn.reaction.heard.iter().filter(|hit| is_meant && Some(hit.span) == entry.span);
        hits.find(|hit| is_fault(&hit.rule)).map(|hit| hit.rule)
    };
    entry.rule.filter(is_fault).or_else(hurried)
}

/// The families, the one heard in most sessions first.
pub(super) fn tallies(maker: &Maker<'_>, order: &Order) -> Vec<FaultTally> {
    let class = maker.class;
    let mut tallies: BTreeMap<&str, Counted> = BTreeMap::new();
    for (session, &at) in order.attempts.iter().enumerate() {
        let attempt = &class.attempts[at];
        for fault in heard_in(class, attempt) {
            let family = class.lexicon.rules[fault.rule as usize].family.as_str();
            let tally = tallies.entry(family).or_default();
            tally.times += 1;
            tally.sessions.insert(session);
            tally.people.insert(attempt.person);
            tally.all.push((session, at, fault));
        }
    }
    let mut tallies: Vec<FaultTally> =
        tallies.into_iter().map(|(family, counted)| counted.tally(maker, family)).collect();
    tallies.sort_by_key(|tally| std::cmp::Reverse((tally.sessions, tally.times)));
    tallies
}

#[derive(Default)]
struct Counted {
    times: usize,
    sessions: BTreeSet<usize>,
    people: BTreeSet<usize>,
    /// Session of the report, attempt of the class, fault.
    all: Vec<(usize, usize, HeardFault)>,
}

impl Counted {
    fn tally(self, maker: &Maker<'_>, family: &str) -> FaultTally {
        let about = maker.class.lexicon.family(family).map_or("", |family| family.about.as_str());
        FaultTally {
            family: family.to_owned(),
            about: about.to_owned(),
            times: self.times,
            sessions: self.sessions.len(),
            people: self.people.len(),
            quotes: self.quotes(maker),
        }
    }

    /// The rules heard most often first, then other people, never the same words twice.
    fn quotes(&self, maker: &Maker<'_>) -> Vec<FaultQuote> {
        let attempts = &maker.class.attempts;
        let mut often: BTreeMap<u32, usize> = BTreeMap::new();
        self.all.iter().for_each(|(_, _, fault)| *often.entry(fault.rule).or_default() += 1);
        let (mut rules, mut people, mut words) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
        let mut quotes = Vec::new();
        while quotes.len() < QUOTES {
            let fresh =
                self.all.iter().filter(|(_, at, fault)| !words.contains(&said(&attempts[*at], fault)));
            let best = fresh.max_by_key(|(session, at, fault)| {
                let is_new_person = !people.contains(&attempts[*at].person);
                let is_new_rule = !rules.contains(&fault.rule);
                (is_new_rule, is_new_person, often[&fault.rule], std::cmp::Reverse((*session, fault.turn)))
            });
            let Some(&(session, at, fault)) = best else { break };
            rules.insert(fault.rule);
            people.insert(attempts[at].person);
            words.insert(said(&attempts[at], &fault));
            quotes.push(maker.fault_quote(session, at, &fault));
        }
        quotes
    }
}

/// The words of a fault, as they are told apart.
fn said(attempt: &Attempt, fault: &HeardFault) -> String {
    let text = attempt.turns[fault.turn].text.as_deref().unwrap_or_default();
    sentence(text, fault.span).to_lowercase()
}

fn sentence(text: &str, span: Span) -> &str {
    &text[shown_span(text, span).range()]
}

/// The sentence around the words; the words alone, where it is long.
fn shown_span(text: &str, span: Span) -> Span {
    let sentence = sentence_of(text, span);
    if sentence.end - sentence.start > LONGEST { span } else { sentence }
}

impl Maker<'_> {
    /// A fault in its sentence, with why and what to say instead.
    pub(super) fn fault_quote(&self, session: usize, attempt: usize, fault: &HeardFault) -> FaultQuote {
        let rule = &self.class.lexicon.rules[fault.rule as usize];
        FaultQuote {
            session,
            turn: fault.turn,
            pieces: self.sentence(attempt, fault.turn, fault.span),
            why: rule.why.clone(),
            say: rule.say.clone(),
        }
    }

    /// The sentence around the words of a fault, cut at them.
    pub(super) fn sentence(&self, attempt: usize, turn: usize, span: Span) -> Vec<Piece> {
        let text = self.class.attempts[attempt].turns[turn].text.as_deref().unwrap_or_default();
        let shown = shown_span(text, span);
        let own = Span::new(span.start - shown.start, span.end - shown.start);
        let text = &text[shown.range()];
        cut(text, &[Heard { span: own, tone: Tone::Bad, number: None }], &self.names.found(text))
    }
}
