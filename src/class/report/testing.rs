//! Small classes that the formats and the model are tried on.

use std::path::PathBuf;
use std::sync::Arc;

use jiff::civil::date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use uuid::Uuid;

use super::pieces::{Piece, Tone};
use super::{
    Assigned, Case, Cell, EntryLine, Example, FateLine, FaultQuote, FaultTally, ItemTally, Lesson, Options,
    OutcomeTally, Played, Progress, Report, ReviewLine, RuleCard, Status, StepTally, Topic, Trainee, Trouble,
    TurnLine,
};
use crate::class::{Agreement, Assignment, Class, Person, attempt, ground};
use crate::coaching::Item;
use crate::embedded;
use crate::scenario::{Outcome, Scenario, Step};
use crate::score::{ItemMark, Loss, Quote, Spot, StepMark};
use crate::transcript::{Event, Header, Mode, Timed, Transcript};

/// What nobody may take at its word.
pub(super) const HOSTILE: &str = "<script>alert(1)</script> \"=1+1\" '&amp;' \u{1b}[31m \u{202e}evil\u{2066} 👩‍👧 <img src=x onerror=alert(2)>";

fn at(time: &str) -> Zoned {
    time.parse::<Timestamp>().unwrap().to_zoned(TimeZone::fixed(jiff::tz::offset(1)))
}

fn piece(text: &str, tone: Option<Tone>, ends: &[usize]) -> Piece {
    Piece { text: text.to_owned(), tone, ends: ends.to_vec() }
}

fn said() -> Vec<Piece> {
    vec![
        piece("I'm so sorry", Some(Tone::Good), &[1]),
        piece(", but ", None, &[]),
        piece("it's our policy", Some(Tone::Bad), &[2]),
        piece(&format!(" {HOSTILE}\nSecond line."), None, &[]),
    ]
}

fn entry(number: Option<usize>, tone: Tone, name: &str, rule: Option<usize>, by: (i16, i16)) -> EntryLine {
    let reason = format!("The reason for {name}.");
    EntryLine { number, tone, name: name.to_owned(), rule, goodwill: by.0, heat: by.1, reason }
}

fn quote(turn: usize, words: &str) -> Quote {
    Quote { turn, place: Spot::Step(Step::Apologize), words: words.to_owned() }
}

fn steps() -> Vec<StepMark> {
    let item = |item, what: &str, mark, of, missing: Option<&str>| ItemMark {
        item,
        what: what.to_owned(),
        mark,
        of,
        heard: None,
        missing: missing.map(str::to_owned),
    };
    vec![
        StepMark {
            step: Step::Apologize,
            name: "Apologize".to_owned(),
            mark: 12,
            of: 35,
            items: vec![
                item(Item::Apology, "apologizes in plain words", 20, 20, None),
                item(Item::Empathy, "sees what was lost", 0, 15, Some("Nothing was said about it.")),
            ],
            losses: vec![Loss {
                marks: 8,
                reason: "It takes the apology back.".to_owned(),
                quote: Some(quote(0, "it's our policy")),
            }],
        },
        StepMark {
            step: Step::Review,
            name: "Review".to_owned(),
            mark: 0,
            of: 0,
            items: Vec::new(),
            losses: Vec::new(),
        },
    ]
}

fn played(person: usize, is_finished: bool) -> Played {
    Played {
        id: Uuid::from_u128(0x1234_5678 + person as u128),
        person,
        case: 0,
        assignment: Some(0),
        number: 1,
        is_latest: is_finished,
        file: Some("2026-11-20-100000-wet-sofa.jsonl".to_owned()),
        mode: Mode::Coach,
        started: at("2026-11-20T09:00:00Z"),
        ended: at("2026-11-20T09:07:05Z"),
        is_finished,
        days_late: is_finished.then_some(2),
        taken_back: 1,
        mark: 34,
        process: 57,
        wording: 80,
        faults: 1,
        fate: is_finished.then(|| FateLine {
            outcome: Outcome::Kept,
            goodwill: 55,
            heat: 30,
            text: "Ms. Fox stays.".to_owned(),
        }),
        steps: steps(),
        opening: vec!["\"My sofa is wet,\" she says.".to_owned()],
        turns: vec![
            TurnLine {
                place: "Apologize",
                said: Some(said()),
                entries: vec![
                    entry(Some(1), Tone::Good, "apology", None, (5, -10)),
                    entry(Some(2), Tone::Bad, "policy-shield", Some(0), (-8, 9)),
                    entry(None, Tone::Bad, "too-soon", None, (0, 3)),
                ],
                customer: vec!["A policy & a wet sofa.".to_owned(), "Well?".to_owned()],
            },
            TurnLine { place: "Note by hand", said: None, entries: Vec::new(), customer: Vec::new() },
        ],
        curve: vec![(70, 50), (62, 55), (62, 55)],
        practise: "Say it without the rule.".to_owned(),
        reviews: vec![ReviewLine {
            reviewer: "Kim <Trainer>".to_owned(),
            marks: vec![(Step::Apologize, 2)],
            machine: vec![Some(2)],
            remark: format!("=SUM(A1) {HOSTILE}"),
            is_blind: true,
            is_current: true,
        }],
        notes: vec!["The scenario was edited since.".to_owned()],
    }
}

fn trainee(name: &str, group: Option<&str>, status: Status, session: usize) -> Trainee {
    let is_done = matches!(status, Status::Late(_));
    Trainee {
        name: name.to_owned(),
        id: name.to_owned(),
        group: group.map(str::to_owned),
        cells: vec![Cell { status, tries: 1, mark: is_done.then_some(34), session: Some(session) }],
        sessions: vec![session],
        progress: is_done.then_some(Progress { first: 20, last: 34, scenarios: 1, tries: 2 }),
        mark: is_done.then_some(34),
    }
}

/// A report in which everything occurs once, made up, so that no format changes with the lexicon.
pub(super) fn report() -> Report {
    let example = Example {
        session: 0,
        turn: 0,
        customer: "My sofa is wet.".to_owned(),
        said: said(),
        ask: "What did it cost her?".to_owned(),
        better: vec![super::Better {
            words: "You sat in the wet all evening.".to_owned(),
            from: "Ann <Lee>".to_owned(),
            place: Some((0, 0)),
        }],
    };
    Report {
        class: "Autumn & <Winter>".to_owned(),
        as_of: at("2026-11-22T13:00:00Z"),
        is_anonymous: false,
        people: vec![
            trainee("Ann <Lee>", Some("Early"), Status::Late(2), 0),
            trainee("=1+1 \u{202e}Zoë 🌻", None, Status::BegunOverdue(4), 1),
        ],
        assignments: vec![Assigned {
            case: 0,
            mode: Mode::Exam,
            due: Some(date(2026, 11, 18)),
            done: 1,
            late: 1,
            overdue: 1,
        }],
        cases: vec![Case {
            name: "wet-sofa".to_owned(),
            title: "The wet sofa".to_owned(),
            trains: "Hearing what was lost.".to_owned(),
            customer: "Ms. Fox".to_owned(),
            scene: "A shop.".to_owned(),
            answers: Vec::new(),
        }],
        sessions: vec![played(0, true), played(1, false)],
        steps: vec![StepTally {
            step: Step::Apologize,
            name: "Apologize".to_owned(),
            sessions: 1,
            percent: 34,
            low: 34,
            high: 34,
            items: vec![ItemTally {
                item: Item::Empathy,
                what: "sees what was lost".to_owned(),
                sessions: 1,
                percent: 0,
                missing: 1,
                cost: 15.0,
            }],
        }],
        outcome: OutcomeTally {
            sessions: 1,
            mark: 34,
            process: 57,
            wording: 80,
            faults: 1,
            faultless: 0,
            won: 0,
            kept: 1,
            lost: 0,
        },
        faults: vec![FaultTally {
            family: "policy-shield".to_owned(),
            about: "A rule given as a reason.".to_owned(),
            times: 2,
            sessions: 2,
            people: 2,
            quotes: vec![FaultQuote {
                session: 0,
                turn: 0,
                pieces: said(),
                why: "A rule is no reason.".to_owned(),
                say: vec!["Here is what I can do.".to_owned()],
            }],
        }],
        agreement: vec![Agreement {
            step: Step::Apologize,
            sessions: 1,
            table: Default::default(),
            percent: Some(100.0),
            kappa: None,
            weighted: Some(-0.25),
        }],
        reviewers: vec![("Kim <Trainer>".to_owned(), 2)],
        lessons: vec![Lesson {
            topic: Topic::Item(Item::Empathy),
            title: "Name what the customer lost".to_owned(),
            reason: "Nothing of it was heard in 1 of 1 session, from 1 person.".to_owned(),
            cost: 15.0,
            example: Some(example),
            case: Some((0, 15.0)),
            drill: Some("empathy".to_owned()),
        }],
        rules: vec![RuleCard {
            rule: "our-policy".to_owned(),
            family: "policy-shield".to_owned(),
            why: "A rule is no reason.".to_owned(),
            say: vec!["Here is what I can do.".to_owned()],
            source: "A study".to_owned(),
        }],
        troubles: vec![Trouble {
            place: "sessions/<odd>.jsonl".to_owned(),
            message: "this is not a transcript of amends".to_owned(),
            sessions: 1,
        }],
        caution: "These marks measure wording, not sincerity.".to_owned(),
    }
}

/// A session to be played: who, when it began, and what was said; finished if the customer went.
pub(super) struct Sat<'s> {
    pub(super) person: usize,
    pub(super) started: &'s str,
    pub(super) says: &'s [&'s str],
}

/// A class of these people, who played the first scenario that amends brings.
pub(super) fn class(people: &[&str], due: Option<jiff::civil::Date>, sat: &[Sat<'_>]) -> Class {
    let ground = ground(&[]).unwrap();
    let (name, yaml) = embedded::scenarios()[0];
    let scenario = Arc::new(Scenario::read(name, yaml.to_owned(), &ground.lexicon).unwrap());
    let attempts = sat.iter().enumerate().map(|(number, sat)| {
        let header = Header {
            scenario: name.to_owned(),
            seed: 7,
            trainee: Some(people[sat.person].to_owned()),
            started: sat.started.to_owned(),
            ..Header::sample()
        };
        let event = |event| Timed { at: sat.started.to_owned(), event };
        let mut events: Vec<Timed> =
            sat.says.iter().map(|text| event(Event::Reply { text: (*text).to_owned() })).collect();
        events.extend((0..6).map(|_| event(Event::Skip)));
        events.push(event(Event::Finished));
        let transcript = Transcript { header, scenario: yaml.to_owned(), events, whole: 0 };
        let started = sat.started.parse().unwrap();
        let file = format!("{}.jsonl", people[sat.person]);
        let mut attempt = attempt::graded(file, transcript, &scenario, &ground, started);
        attempt.person = sat.person;
        attempt.assignment = Some(0);
        attempt.number = number + 1;
        attempt
    });
    let attempts = attempts.collect();
    let person = |name: &&str| Person { id: (*name).to_owned(), name: (*name).to_owned(), group: None };
    Class {
        name: "Autumn".to_owned(),
        folder: PathBuf::from("autumn"),
        people: people.iter().map(person).collect(),
        assignments: vec![Assignment {
            scenario: name.to_owned(),
            title: scenario.file.title.clone(),
            mode: Mode::Coach,
            due,
        }],
        attempts,
        reviews: Vec::new(),
        troubles: Vec::new(),
        lexicon: ground.lexicon,
        coaching: ground.coaching,
    }
}

pub(super) fn options(is_anonymous: bool) -> Options {
    Options { now: at("2026-11-22T13:00:00Z"), is_anonymous }
}
