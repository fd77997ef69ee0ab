//! From an attempt to what the report says about it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rayon::prelude::*;
use uuid::Uuid;

use super::faults::{RuleNumbers, fault_of, heard_in};
use super::pieces::{Heard, Tone, cut};
use super::{
    Case, EntryLine, FateLine, Maker, NAMESPACE, Order, Piece, Played, ReviewLine, Trouble, TurnLine,
};
use crate::class::{self, Attempt, Review, TroubleKind, band};
use crate::lexicon::Kind;
use crate::scenario::{SceneKind, Step};
use crate::score::{Quote, StepMark};
use crate::session::{Entry, Place, Turn};

impl Maker<'_> {
    /// The scenarios that were played or assigned, in the order of the assignments.
    pub(super) fn cases(&self) -> Vec<Case> {
        let mut cases: Vec<Case> = Vec::new();
        for assignment in &self.class.assignments {
            if cases.iter().all(|case| case.name != assignment.scenario) {
                cases.push(Case {
                    name: assignment.scenario.clone(),
                    title: assignment.title.clone(),
                    trains: String::new(),
                    customer: String::new(),
                    scene: String::new(),
                    answers: Vec::new(),
                });
            }
        }
        for attempt in &self.class.attempts {
            let file = &attempt.scenario.file;
            let answers = &file.answers;
            let played = Case {
                name: attempt.transcript.header.scenario.clone(),
                title: file.title.clone(),
                trains: file.trains.clone(),
                customer: file.customer.name.clone(),
                scene: file.scene.trim().to_owned(),
                answers: vec![
                    (Step::Apologize, answers.apologize.trim().to_owned()),
                    (Step::Review, answers.review.trim().to_owned()),
                    (Step::Fix, answers.fix.trim().to_owned()),
                    (Step::Document, answers.document.trim().to_owned()),
                ],
            };
            match cases.iter_mut().find(|case| case.name == played.name) {
                Some(case) if case.customer.is_empty() => *case = played,
                Some(_) => {}
                None => cases.push(played),
            }
        }
        cases
    }

    /// The sessions in their order.
    pub(super) fn sessions(&self, order: &Order, cases: &[Case], rules: &RuleNumbers) -> Vec<Played> {
        let latest = self.latest();
        let reviews = self.reviews();
        let notes = self.notes();
        let played = |&at: &usize| {
            let attempt = &self.class.attempts[at];
            let reviews = reviews.get(&at).map_or(&[][..], Vec::as_slice);
            let mut played = self.played(attempt, rules, reviews);
            played.person = order.rank[attempt.person];
            played.is_latest = latest.get(&key(attempt)) == Some(&at);
            let name = &attempt.transcript.header.scenario;
            played.case = cases.iter().position(|case| case.name == *name).unwrap_or_default();
            played.notes.extend(notes.get(attempt.file.as_str()).into_iter().flatten().cloned());
            played
        };
        order.attempts.par_iter().map(played).collect()
    }

    /// The latest finished session of each person and scenario.
    fn latest(&self) -> BTreeMap<(usize, &str), usize> {
        let attempts = self.class.attempts.iter().enumerate();
        attempts
            .filter(|(_, attempt)| attempt.is_finished())
            .map(|(at, attempt)| (key(attempt), at))
            .collect()
    }

    /// The last judgement of each reviewer, by session.
    fn reviews(&self) -> BTreeMap<usize, Vec<&Review>> {
        let mut reviews: BTreeMap<usize, Vec<&Review>> = BTreeMap::new();
        for review in &self.class.reviews {
            let known = reviews.entry(review.attempt).or_default();
            known.retain(|other| other.reviewer != review.reviewer);
            known.push(review);
        }
        reviews
    }

    /// What is said of single sessions, by file.
    fn notes(&self) -> BTreeMap<&str, Vec<String>> {
        let mut notes: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for trouble in &self.class.troubles {
            for file in &trouble.files {
                notes.entry(file).or_default().push(self.trouble(trouble));
            }
        }
        notes
    }

    /// `text` without the names that are to be kept out.
    pub(super) fn hidden(&self, text: &str) -> String {
        self.names.hide(text).into_owned()
    }

    fn played(&self, attempt: &Attempt, rules: &RuleNumbers, reviews: &[&Review]) -> Played {
        let header = &attempt.transcript.header;
        let zone = self.options.now.time_zone();
        let at = |time: Timestamp| time.to_zoned(zone.clone());
        let card = &attempt.card;
        let curve =
            std::iter::once(attempt.begun).chain(attempt.turns.iter().map(|turn| turn.reaction.after));
        let fate = card.fate.as_ref().filter(|_| attempt.is_finished());
        Played {
            id: self.id(attempt),
            person: 0,
            case: 0,
            assignment: attempt.assignment,
            number: attempt.number,
            is_latest: false,
            file: (!self.options.is_anonymous).then(|| attempt.file.clone()),
            mode: header.mode,
            started: at(attempt.started),
            ended: at(attempt.ended),
            is_finished: attempt.is_finished(),
            days_late: self.days_late(attempt),
            taken_back: attempt.taken_back,
            mark: card.mark,
            process: card.process,
            wording: card.wording.mark,
            faults: heard_in(self.class, attempt).count(),
            fate: fate.map(|fate| FateLine {
                outcome: fate.outcome,
                goodwill: fate.goodwill,
                heat: fate.anger,
                text: fate.text.clone(),
            }),
            steps: card.steps.iter().map(|step| self.step(step)).collect(),
            opening: attempt.opening.clone(),
            turns: attempt.turns.iter().map(|turn| self.turn(turn, rules)).collect(),
            curve: curve.map(|feelings| (feelings.anger, feelings.goodwill)).collect(),
            practise: self.hidden(&card.practise),
            reviews: reviews.iter().map(|review| self.review(review, attempt)).collect(),
            notes: Vec::new(),
        }
    }

    /// The same in every report of the same kind. With names kept out it is another one, made without them.
    fn id(&self, attempt: &Attempt) -> Uuid {
        let header = &attempt.transcript.header;
        let parts = [
            self.class.name.as_str(),
            self.names.id(attempt.person),
            header.scenario.as_str(),
            header.started.as_str(),
            &header.seed.to_string(),
        ];
        Uuid::new_v5(&NAMESPACE, parts.join("\n").as_bytes())
    }

    fn days_late(&self, attempt: &Attempt) -> Option<i32> {
        let due = self.class.assignments[attempt.assignment?].due?;
        let ended = attempt.ended.to_zoned(self.options.now.time_zone().clone()).date();
        let days = ended.since(due).ok()?.get_days();
        (attempt.is_finished() && days > 0).then_some(days)
    }

    /// The marks of a step, without names.
    fn step(&self, step: &StepMark) -> StepMark {
        let mut step = step.clone();
        let hide = |quote: &mut Option<Quote>| {
            if let Some(quote) = quote {
                quote.words = self.hidden(&quote.words);
            }
        };
        for item in &mut step.items {
            hide(&mut item.heard);
            item.missing = item.missing.take().map(|missing| self.hidden(&missing));
        }
        for loss in &mut step.losses {
            hide(&mut loss.quote);
            loss.reason = self.hidden(&loss.reason);
        }
        step
    }

    fn turn(&self, turn: &Turn, rules: &RuleNumbers) -> TurnLine {
        let reaction = &turn.reaction;
        let mut entries: Vec<&Entry> = reaction.entries.iter().collect();
        entries.sort_by_key(|entry| entry.span.map_or((usize::MAX, 0), |span| (span.start, span.end)));
        let lines = entries.iter().enumerate().map(|(at, entry)| EntryLine {
            number: entry.span.map(|_| at + 1),
            tone: tone(entry),
            name: entry.name.clone(),
            rule: fault_of(self.class, turn, entry).and_then(|rule| rules.get(&rule).copied()),
            goodwill: entry.goodwill,
            heat: entry.anger,
            reason: self.hidden(&entry.reason),
        });
        TurnLine {
            place: place(reaction.at),
            said: turn.text.as_deref().map(|text| self.pieces(text, turn, &entries)),
            entries: lines.collect(),
            customer: reaction.customer.clone(),
        }
    }

    fn pieces(&self, text: &str, turn: &Turn, entries: &[&Entry]) -> Vec<Piece> {
        let booked = entries.iter().enumerate().filter_map(|(at, entry)| {
            Some(Heard { span: entry.span?, tone: tone(entry), number: Some(at + 1) })
        });
        let mut heard: Vec<Heard> = booked.collect();
        for hit in &turn.reaction.heard {
            let rule = &self.class.lexicon.rules[hit.rule as usize];
            if rule.kind == Kind::Move && heard.iter().all(|other| !other.span.overlaps(hit.span)) {
                heard.push(Heard { span: hit.span, tone: Tone::Plain, number: None });
            }
        }
        cut(text, &heard, &self.names.found(text))
    }

    fn review(&self, review: &Review, attempt: &Attempt) -> ReviewLine {
        let steps = &attempt.card.steps;
        let machine = |step: Step| steps.iter().find(|mark| mark.step == step).and_then(band);
        ReviewLine {
            reviewer: self.names.reviewer(&review.reviewer),
            machine: review.marks.iter().map(|(step, _)| machine(*step)).collect(),
            marks: review.marks.clone(),
            remark: self.hidden(&review.remark),
            is_blind: review.is_blind,
            is_current: review.is_current,
        }
    }

    /// Who judged, and how many sessions.
    pub(super) fn reviewers(&self) -> Vec<(String, usize)> {
        let mut counts: Vec<(String, usize)> = Vec::new();
        for review in self.reviews().values().flatten() {
            let name = self.names.reviewer(&review.reviewer);
            match counts.iter_mut().find(|(known, _)| *known == name) {
                Some((_, count)) => *count += 1,
                None => counts.push((name, 1)),
            }
        }
        counts
    }

    pub(super) fn troubles(&self) -> Vec<Trouble> {
        let troubles = self.class.troubles.iter().map(|trouble| Trouble {
            place: match self.options.is_anonymous {
                true => without_file(&trouble.place),
                false => trouble.place.clone(),
            },
            message: self.trouble(trouble),
            sessions: trouble.files.len(),
        });
        troubles.collect()
    }
}

impl Maker<'_> {
    /// What is wrong. Who is not on the roster has a name that nobody here knows.
    fn trouble(&self, trouble: &class::Trouble) -> String {
        let names_somebody = match trouble.kind {
            TroubleKind::Stranger => Some("a session of somebody who is not on the roster"),
            TroubleKind::Ambiguous => Some("a session under a name that two people have"),
            TroubleKind::Double => Some("somebody stands on the roster twice"),
            _ => None,
        };
        match names_somebody.filter(|_| self.options.is_anonymous) {
            Some(what) => format!("{what}; the report with names says who"),
            None => self.hidden(&trouble.message),
        }
    }
}

/// The folder of a place: the file might tell a name.
fn without_file(place: &str) -> String {
    place.rsplit_once(['/', '\\']).map_or(place, |(folder, _)| folder).to_owned()
}

fn key(attempt: &Attempt) -> (usize, &str) {
    (attempt.person, attempt.transcript.header.scenario.as_str())
}

fn tone(entry: &Entry) -> Tone {
    match entry.goodwill - entry.anger {
        0 => Tone::Plain,
        1.. => Tone::Good,
        _ => Tone::Bad,
    }
}

fn place(place: Place) -> &'static str {
    match place {
        Place::Encounter(step) => super::steps::name(step),
        Place::Scene(SceneKind::CheckBack) => "Check back",
        Place::Scene(SceneKind::Alert) => "Alert the team",
        Place::Scene(SceneKind::Note) => "Note by hand",
        Place::Scene(SceneKind::Deposition) => "Deposition",
        Place::Over(_) => "Over",
    }
}
