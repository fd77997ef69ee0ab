//! What there is to say about a class: computed once, without a clock and without a word of HTML, so
//! that every format says the same.
//!
//! ```text
//! Class  ->  Report  ->  page (HTML), csv, json, xapi
//! ```
//!
//! Three things stay apart everywhere: the process mark (were the steps done?), the wording faults
//! (what was said that costs goodwill?) and the fate of the customer (did she stay?).

mod csv;
mod faults;
mod json;
mod lessons;
mod names;
mod page;
mod people;
mod pieces;
mod sessions;
mod steps;
#[cfg(test)]
mod testing;
mod xapi;

use jiff::{Zoned, civil};
use uuid::Uuid;

use crate::coaching::Item;
use crate::scenario::{Outcome, Step};
use crate::score::StepMark;
use crate::transcript::Mode;

use super::{Agreement, Class};
use names::Names;

pub use page::PageOptions;
pub use pieces::{Piece, Tone};

/// What ids of sessions and statements are made from.
const NAMESPACE: Uuid = Uuid::from_u128(0x5f3c_76a4_2e0f_5d8b_9a51_0c61_6d65_6e64);

/// How a report is made.
#[derive(Debug, Clone)]
pub struct Options {
    /// The day and the time zone that it is made for.
    pub now: Zoned,
    /// Whether names are kept out.
    pub is_anonymous: bool,
}

/// Everything that there is to say about a class.
#[derive(Debug)]
pub struct Report {
    /// What the class is called.
    pub class: String,
    /// The moment of which it tells.
    pub as_of: Zoned,
    /// Whether names were kept out.
    pub is_anonymous: bool,
    /// Who belongs to the class.
    pub people: Vec<Trainee>,
    /// What was to be played.
    pub assignments: Vec<Assigned>,
    /// The scenarios that were played or assigned.
    pub cases: Vec<Case>,
    /// The sessions, person by person, each in the order of time.
    pub sessions: Vec<Played>,
    /// What the steps came to, in the latest finished session of each person and scenario.
    pub steps: Vec<StepTally>,
    /// The three things that a session comes to, in the same sessions.
    pub outcome: OutcomeTally,
    /// The families of faults, the one heard in most sessions first.
    pub faults: Vec<FaultTally>,
    /// How far trainer and machine agree, step by step.
    pub agreement: Vec<Agreement>,
    /// Who judged sessions, and how many.
    pub reviewers: Vec<(String, usize)>,
    /// What to teach next, the most costly first.
    pub lessons: Vec<Lesson>,
    /// The rules that were heard as faults in this class, for reference.
    pub rules: Vec<RuleCard>,
    /// What could not be used, and what a reader of the marks should know.
    pub troubles: Vec<Trouble>,
    /// What the marks cannot tell.
    pub caution: String,
}

/// Somebody of the class.
#[derive(Debug)]
pub struct Trainee {
    /// The name, or what stands for it.
    pub name: String,
    /// What tells the person from all others.
    pub id: String,
    /// A part of the class.
    pub group: Option<String>,
    /// What became of each assignment.
    pub cells: Vec<Cell>,
    /// The sessions: their places in [`Report::sessions`].
    pub sessions: Vec<usize>,
    /// From the first try to the last of the same scenarios; none without a second finished try.
    pub progress: Option<Progress>,
    /// The mean mark of the latest finished sessions, one a scenario.
    pub mark: Option<u8>,
}

/// What became of an assignment.
#[derive(Debug)]
pub struct Cell {
    /// How it stands.
    pub status: Status,
    /// How many times it was begun.
    pub tries: usize,
    /// The mark of the latest finished session.
    pub mark: Option<u8>,
    /// That session, or the one that is not finished: its place in [`Report::sessions`].
    pub session: Option<usize>,
}

/// How an assignment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// It was finished in time, or there was no time limit.
    Done,
    /// It was finished so many days after the day on which it was due.
    Late(i32),
    /// It was begun, and there is time left.
    Begun,
    /// It was not begun, and there is time left.
    Open,
    /// It was begun, not finished, and is due for so many days.
    BegunOverdue(i32),
    /// It was not begun, and is due for so many days.
    Overdue(i32),
}

/// From the first try to the last of the same scenarios.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// The mean mark of the first finished tries.
    pub first: u8,
    /// The mean mark of the last finished tries.
    pub last: u8,
    /// In how many scenarios there is a second try.
    pub scenarios: usize,
    /// How many finished tries they have, the first and the last included.
    pub tries: usize,
}

/// Something that was to be played.
#[derive(Debug)]
pub struct Assigned {
    /// The scenario: its place in [`Report::cases`].
    pub case: usize,
    /// Whether the coach speaks up.
    pub mode: Mode,
    /// The last day on which it counts as in time.
    pub due: Option<civil::Date>,
    /// How many people have finished it.
    pub done: usize,
    /// How many of them late.
    pub late: usize,
    /// How many have it overdue.
    pub overdue: usize,
}

/// A scenario.
#[derive(Debug, Clone)]
pub struct Case {
    /// Its name.
    pub name: String,
    /// What people call it.
    pub title: String,
    /// What it trains.
    pub trains: String,
    /// The customer; empty where it was not played.
    pub customer: String,
    /// What has happened; empty where it was not played.
    pub scene: String,
    /// A good answer by step.
    pub answers: Vec<(Step, String)>,
}

/// A session.
#[derive(Debug)]
pub struct Played {
    /// What tells it from all others, now and in later reports.
    pub id: Uuid,
    /// Who: the place in [`Report::people`].
    pub person: usize,
    /// The scenario: its place in [`Report::cases`].
    pub case: usize,
    /// What it was played for: the place in [`Report::assignments`].
    pub assignment: Option<usize>,
    /// Which try of this person at this scenario; the first is 1.
    pub number: usize,
    /// Whether a later finished session of the same scenario is there.
    pub is_latest: bool,
    /// The file below `sessions`; none where names are kept out.
    pub file: Option<String>,
    /// Whether the coach spoke up.
    pub mode: Mode,
    /// When it began.
    pub started: Zoned,
    /// When the last thing in it happened.
    pub ended: Zoned,
    /// Whether it came to its end.
    pub is_finished: bool,
    /// How many days late it was finished; none where it was in time or not assigned.
    pub days_late: Option<i32>,
    /// How many replies were taken back.
    pub taken_back: usize,
    /// The mark, out of 100.
    pub mark: u8,
    /// The steps alone, out of 100.
    pub process: u8,
    /// The wording alone, out of 100.
    pub wording: u8,
    /// How many faults were heard.
    pub faults: usize,
    /// What became of the customer; none before the end.
    pub fate: Option<FateLine>,
    /// The marks by step and item.
    pub steps: Vec<StepMark>,
    /// The customer's first words, a paragraph each.
    pub opening: Vec<String>,
    /// What was said, turn by turn.
    pub turns: Vec<TurnLine>,
    /// Heat and goodwill, before anything was said and after each turn.
    pub curve: Vec<(u8, u8)>,
    /// One thing to practise next.
    pub practise: String,
    /// What the trainers thought of it.
    pub reviews: Vec<ReviewLine>,
    /// What a reader of the marks should know.
    pub notes: Vec<String>,
}

/// What became of a customer.
#[derive(Debug, Clone)]
pub struct FateLine {
    /// Won, kept or lost.
    pub outcome: Outcome,
    /// How much goodwill was left, out of 100.
    pub goodwill: u8,
    /// How angry she still was, out of 100.
    pub heat: u8,
    /// All of it in a sentence or two.
    pub text: String,
}

/// One reply, and what it caused.
#[derive(Debug)]
pub struct TurnLine {
    /// Where it was said: the step or the scene.
    pub place: &'static str,
    /// The reply; none where the encounter or the scene was skipped.
    pub said: Option<Vec<Piece>>,
    /// What was booked.
    pub entries: Vec<EntryLine>,
    /// What the customer answered, a paragraph each.
    pub customer: Vec<String>,
}

/// One deposit or withdrawal.
#[derive(Debug)]
pub struct EntryLine {
    /// The number at its words; none for something that is missing.
    pub number: Option<usize>,
    /// What it did, on the whole.
    pub tone: Tone,
    /// What it is called.
    pub name: String,
    /// The rule behind it, if it is a fault: its place in [`Report::rules`].
    pub rule: Option<usize>,
    /// What it did to her goodwill.
    pub goodwill: i16,
    /// What it did to her anger.
    pub heat: i16,
    /// Why, in one sentence.
    pub reason: String,
}

/// What a trainer thought of a session.
#[derive(Debug)]
pub struct ReviewLine {
    /// Who.
    pub reviewer: String,
    /// The mark of each step, from 1 to 5.
    pub marks: Vec<(Step, u8)>,
    /// The machine's mark on that scale, in the same order.
    pub machine: Vec<Option<u8>>,
    /// The remark; empty if there is none.
    pub remark: String,
    /// Whether names and the machine's marks were hidden.
    pub is_blind: bool,
    /// Whether the session is still what was reviewed.
    pub is_current: bool,
}

/// What a step came to.
#[derive(Debug)]
pub struct StepTally {
    /// The step.
    pub step: Step,
    /// What it is called.
    pub name: String,
    /// In how many sessions it was asked for.
    pub sessions: usize,
    /// The mean mark in percent of what it could be.
    pub percent: u8,
    /// A quarter of the sessions had less than this, in percent.
    pub low: u8,
    /// A quarter of the sessions had more than this, in percent.
    pub high: u8,
    /// What it is made of.
    pub items: Vec<ItemTally>,
}

/// What one thing that a step asks for came to.
#[derive(Debug)]
pub struct ItemTally {
    /// Which.
    pub item: Item,
    /// What it is, in a few words.
    pub what: String,
    /// In how many sessions it was asked for.
    pub sessions: usize,
    /// The mean mark in percent of what it could be.
    pub percent: u8,
    /// In how many sessions nothing of it was heard.
    pub missing: usize,
    /// How many of 100 marks it cost a session.
    pub cost: f64,
}

/// The three things that a session comes to, over several sessions. They are never mixed.
#[derive(Debug, Default)]
pub struct OutcomeTally {
    /// How many sessions.
    pub sessions: usize,
    /// The mean mark.
    pub mark: u8,
    /// The mean of the steps alone.
    pub process: u8,
    /// The mean of the wording alone.
    pub wording: u8,
    /// How many faults were heard.
    pub faults: usize,
    /// In how many sessions none was heard.
    pub faultless: usize,
    /// How many customers stay, and will tell others.
    pub won: usize,
    /// How many stay.
    pub kept: usize,
    /// How many are lost.
    pub lost: usize,
}

/// How often a family of faults was heard.
#[derive(Debug)]
pub struct FaultTally {
    /// The family.
    pub family: String,
    /// What it is, in one sentence.
    pub about: String,
    /// How often.
    pub times: usize,
    /// In how many sessions.
    pub sessions: usize,
    /// From how many people.
    pub people: usize,
    /// Real words, each another rule or another person.
    pub quotes: Vec<FaultQuote>,
}

/// A fault in the words of a trainee.
#[derive(Debug, Clone)]
pub struct FaultQuote {
    /// The session: its place in [`Report::sessions`].
    pub session: usize,
    /// The turn in it; the first is 0.
    pub turn: usize,
    /// The sentence, cut at the words.
    pub pieces: Vec<Piece>,
    /// Why it matters.
    pub why: String,
    /// What to say instead.
    pub say: Vec<String>,
}

/// Something to teach.
#[derive(Debug)]
pub struct Lesson {
    /// What it is about.
    pub topic: Topic,
    /// What to teach, as a heading.
    pub title: String,
    /// Why it comes first, or second: with figures.
    pub reason: String,
    /// How many of 100 marks it costs a session.
    pub cost: f64,
    /// Words to put on the projector.
    pub example: Option<Example>,
    /// The scenario in which it costs most: its place in [`Report::cases`], and how many marks there.
    pub case: Option<(usize, f64)>,
    /// The family to drill.
    pub drill: Option<String>,
}

/// What a lesson is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// Something that a step asks for and was not heard.
    Item(Item),
    /// Wording that costs.
    Fault,
}

/// Words to put on the projector.
#[derive(Debug)]
pub struct Example {
    /// The session: its place in [`Report::sessions`].
    pub session: usize,
    /// The turn in it; the first is 0.
    pub turn: usize,
    /// What the customer had said.
    pub customer: String,
    /// What the trainee said.
    pub said: Vec<Piece>,
    /// What to ask the class.
    pub ask: String,
    /// What could be said instead.
    pub better: Vec<Better>,
}

/// What could be said instead.
#[derive(Debug)]
pub struct Better {
    /// The words.
    pub words: String,
    /// Where they are from: somebody of the class, the lexicon, the scenario.
    pub from: String,
    /// The session and the turn, where they are from the class.
    pub place: Option<(usize, usize)>,
}

/// A rule, for reference.
#[derive(Debug)]
pub struct RuleCard {
    /// Its id.
    pub rule: String,
    /// Its family.
    pub family: String,
    /// Why it matters.
    pub why: String,
    /// What to say instead.
    pub say: Vec<String>,
    /// What it rests on.
    pub source: String,
}

/// Something that could not be used, or that a reader of the marks should know.
#[derive(Debug)]
pub struct Trouble {
    /// Where.
    pub place: String,
    /// What is wrong, and what to do.
    pub message: String,
    /// How many sessions it is about.
    pub sessions: usize,
}

impl Report {
    /// Everything that there is to say about `class`.
    #[must_use]
    pub fn of(class: &Class, options: &Options) -> Self {
        let names = Names::of(class, options.is_anonymous);
        let coaching = &class.coaching;
        let maker = Maker { class, names: &names, options };
        let rules = faults::rules(class);
        let order = maker.order();
        let cases = maker.cases();
        let sessions = maker.sessions(&order, &cases, &rules);
        let people = maker.people(&order, &sessions);
        let assignments = maker.assignments(&people, &cases);
        let latest: Vec<&Played> = sessions.iter().filter(|session| session.is_latest).collect();
        let steps = steps::tallies(&latest);
        let outcome = steps::outcome(&latest);
        let faults = faults::tallies(&maker, &order);
        let lessons = lessons::ranked(&lessons::Ground {
            maker: &maker,
            order: &order,
            cases: &cases,
            sessions: &sessions,
        });
        Self {
            class: names.hide(&class.name).into_owned(),
            as_of: options.now.clone(),
            is_anonymous: options.is_anonymous,
            outcome,
            agreement: super::agreement(class),
            reviewers: maker.reviewers(),
            troubles: maker.troubles(),
            caution: coaching.debrief.caution.clone(),
            rules: faults::cards(class, &rules),
            people,
            assignments,
            cases,
            sessions,
            steps,
            faults,
            lessons,
        }
    }

    /// The page. Without a word of script, and without anything that is fetched.
    #[must_use]
    pub fn page(&self, options: &PageOptions) -> String {
        page::page(self, options)
    }

    /// A row for each session, for spreadsheets (RFC 4180).
    #[must_use]
    pub fn csv(&self) -> String {
        csv::rows(self)
    }

    /// One object with a version, for programs.
    #[must_use]
    pub fn json(&self) -> String {
        json::text(self)
    }

    /// A statement of xAPI 1.0.3 for each session, as one array. `base` begins all names: a URN such as
    /// `urn:amends`, or the address of a folder.
    #[must_use]
    pub fn xapi(&self, base: &str) -> String {
        xapi::text(self, base)
    }
}

/// What every part of a report is made from.
struct Maker<'c> {
    class: &'c Class,
    names: &'c Names,
    options: &'c Options,
}

impl Maker<'_> {
    /// What a person of the report is called.
    fn shown_name(&self, order: &Order, person: usize) -> String {
        self.names.name(order.people[person]).to_owned()
    }

    /// The places of the attempts in the class, in the order of the report: person by person. Where
    /// names are kept out, not in the order of the roster.
    fn order(&self) -> Order {
        let mut people: Vec<usize> = (0..self.class.people.len()).collect();
        if self.options.is_anonymous {
            people.sort_by_key(|&person| self.names.id(person));
        }
        let mut attempts: Vec<usize> = (0..self.class.attempts.len()).collect();
        let mut rank = vec![0; people.len()];
        people.iter().enumerate().for_each(|(at, &person)| rank[person] = at);
        attempts.sort_by_key(|&attempt| rank[self.class.attempts[attempt].person]);
        Order { people, attempts, rank }
    }
}

/// In which order people and sessions come.
struct Order {
    /// Places in the class.
    people: Vec<usize>,
    /// Places in the class.
    attempts: Vec<usize>,
    /// The place in the report of each person of the class.
    rank: Vec<usize>,
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::testing::{HOSTILE, Sat, class, options, report};
    use super::*;

    const POOR: &[&str] =
        &["It's our policy. Did you plug it in?", "You'll need to ask a manager.", "Calm down."];
    const BETTER: &[&str] = &[
        "I'm so sorry. You carried that box all the way back, and your boys were watching. That is our fault.",
        "I understand. What would help you most tonight?",
    ];

    fn formats(report: &Report) -> [String; 4] {
        let page = report.page(&PageOptions::default());
        [page, report.csv(), report.json(), report.xapi("urn:amends")]
    }

    #[test]
    fn every_format_stays_as_it_is() {
        let [page, csv, json, xapi] = formats(&report());
        let (before, style) = page.split_once("<style>").unwrap();
        let (_, after) = style.split_once("</style>").unwrap();
        let page = format!("{before}{after}").replace('<', "\n<");
        insta::assert_snapshot!("page", page);
        insta::assert_snapshot!("csv", csv);
        let pretty = |json: &str| {
            let value: serde_json::Value = serde_json::from_str(json).unwrap();
            serde_json::to_string_pretty(&value).unwrap()
        };
        insta::assert_snapshot!("json", pretty(&json));
        insta::assert_snapshot!("xapi", pretty(&xapi));
    }

    #[test]
    fn what_people_write_comes_out_as_text() {
        let report = report();
        for format in formats(&report) {
            let is_hidden =
                |c: char| (c.is_control() && !matches!(c, '\n' | '\r')) || c == '\u{202e}' || c == '\u{2066}';
            assert!(!format.contains(is_hidden), "{format}");
        }
        let page = report.page(&PageOptions::default());
        for markup in
            ["<script", "<img", "<odd", "<Lee", "<Winter", "<Trainer", "javascript:", "http://", "https://"]
        {
            assert!(!page.contains(markup), "{markup}");
        }
        assert!(page.contains("&lt;script&gt;") && page.contains(r"\u{202e}evil") && page.contains("👩‍👧"));
        let json: serde_json::Value = serde_json::from_str(&report.json()).unwrap();
        let text = json["sessions"][0]["replies"][0]["text"].as_str().unwrap();
        assert!(text.contains(HOSTILE), "{text}");
    }

    #[test]
    fn lateness_is_told_by_the_first_that_was_finished() {
        let sat = [
            Sat { person: 0, started: "2026-11-18T10:00:00Z", says: POOR },
            Sat { person: 0, started: "2026-11-21T10:00:00Z", says: BETTER },
            // Half past eleven in Greenwich is half past midnight of the next day here.
            Sat { person: 1, started: "2026-11-18T23:30:00Z", says: POOR },
        ];
        let class = class(&["Ann", "Bo", "Cy"], Some(date(2026, 11, 18)), &sat);
        let report = Report::of(&class, &options(false));
        let status: Vec<Status> = report.people.iter().map(|person| person.cells[0].status).collect();
        assert_eq!(status, [Status::Done, Status::Late(1), Status::Overdue(4)]);
        let assigned = &report.assignments[0];
        assert_eq!((assigned.done, assigned.late, assigned.overdue), (2, 1, 1));
    }

    #[test]
    fn the_latest_session_counts_and_the_first_is_compared_with_it() {
        let sat = [
            Sat { person: 0, started: "2026-11-18T10:00:00Z", says: POOR },
            Sat { person: 0, started: "2026-11-21T10:00:00Z", says: BETTER },
        ];
        let report = Report::of(&class(&["Ann"], None, &sat), &options(false));
        let [first, last] = report.sessions.as_slice() else { panic!("{}", report.sessions.len()) };
        assert_eq!((first.is_latest, last.is_latest), (false, true));
        assert!(first.mark < last.mark, "{} {}", first.mark, last.mark);
        let progress = report.people[0].progress.unwrap();
        assert_eq!((progress.first, progress.last, progress.tries), (first.mark, last.mark, 2));
        assert_eq!((report.outcome.sessions, report.people[0].mark), (1, Some(last.mark)));
        assert_eq!(first.curve.len(), first.turns.len() + 1);
    }

    #[test]
    fn the_most_costly_is_taught_first_with_words_of_the_class() {
        let sat = [
            Sat { person: 0, started: "2026-11-18T10:00:00Z", says: POOR },
            Sat { person: 1, started: "2026-11-19T10:00:00Z", says: POOR },
        ];
        let report = Report::of(&class(&["Ann", "Bo"], None, &sat), &options(false));
        assert!(report.lessons.windows(2).all(|pair| pair[0].cost >= pair[1].cost));
        let lesson = report.lessons.iter().find(|lesson| lesson.example.is_some()).unwrap();
        let words: String =
            lesson.example.as_ref().unwrap().said.iter().map(|piece| piece.text.as_str()).collect();
        assert!(POOR.iter().any(|said| said.contains(words.trim())), "{words}");
        let families: Vec<&str> = report.faults.iter().map(|tally| tally.family.as_str()).collect();
        assert!(families.contains(&"policy-shield") && families.contains(&"manager-wall"), "{families:?}");
        let quotes = report.faults.iter().flat_map(|tally| &tally.quotes);
        assert!(quotes.clone().count() > 0 && quotes.clone().all(|quote| !quote.say.is_empty()));
    }

    #[test]
    fn without_names_no_format_holds_a_name() {
        let says: &[&str] = &[
            "I'm Quirinia Okonkwo-Strand, and QUIRINIA is sorry. My colleague Wilhelmina said it's our policy.",
            "Ask for okonkwo or quirinia.okonkwo-strand@example.org. I will see to it.",
        ];
        let sat = [Sat { person: 0, started: "2026-11-18T10:00:00Z", says }];
        let people = ["Quirinia Okonkwo-Strand", "Wilhelmina van Will"];
        let mut class = class(&people, None, &sat);
        class.troubles.push(crate::class::Trouble {
            kind: crate::class::TroubleKind::Stranger,
            place: "sessions/2026-quirinia.jsonl".to_owned(),
            message: "Quirinia and Zebulon are not on the roster".to_owned(),
            files: vec!["Quirinia Okonkwo-Strand.jsonl".to_owned()],
        });
        let named = Report::of(&class, &options(false));
        assert!(named.page(&PageOptions::default()).contains("Quirinia"));
        let report = Report::of(&class, &options(true));
        for format in formats(&report) {
            let lower = format.to_lowercase();
            for name in ["quirinia", "okonkwo", "strand", "wilhelmina", "zebulon"] {
                assert!(!lower.contains(name), "{name}: {format}");
            }
            assert!(lower.contains("trainee"), "{format}");
        }
        let page = report.page(&PageOptions::default());
        assert!(page.contains("I will see to it"), "an everyday word is no name");
        let again = Report::of(&class, &options(true));
        assert_eq!(report.people[0].name, again.people[0].name);
        // Somebody who joins changes nobody's number.
        let numbers =
            |report: &Report| report.people.iter().map(|person| person.name.clone()).collect::<Vec<_>>();
        class.people.push(crate::class::Person { id: "Abe".to_owned(), name: "Abe".to_owned(), group: None });
        let joined = numbers(&Report::of(&class, &options(true)));
        assert!(numbers(&report).iter().all(|name| joined.contains(name)), "{joined:?}");
    }

    #[test]
    fn an_empty_class_has_a_report() {
        let report = Report::of(&class(&[], None, &[]), &options(false));
        let [page, csv, json, xapi] = formats(&report);
        assert!(page.contains("There is nobody on the roster yet."));
        assert_eq!((csv.lines().count(), xapi.as_str()), (1, "[]\n"));
        assert!(serde_json::from_str::<serde_json::Value>(&json).is_ok());
        let idle = Report::of(&class(&["Ann"], Some(date(2026, 11, 30)), &[]), &options(true));
        assert_eq!(idle.people[0].cells[0].status, Status::Open);
        assert!(idle.page(&PageOptions::default()).contains("No session is finished yet."));
    }

    #[test]
    fn what_does_not_fit_is_left_out_and_told() {
        let report = report();
        let whole = report.page(&PageOptions::default());
        assert!(!whole.contains("To keep this page light"));
        let light = report.page(&PageOptions { person: None, limit: 1000 });
        assert!(light.contains("of 2 sessions 2 show no replay"), "{light}");
        assert!(light.contains("amends class report DIR --person NAME") && light.len() < whole.len());
        let own = report.page(&PageOptions { person: Some(1), limit: usize::MAX });
        assert!(own.contains("Zoë") && !own.contains("id=s0>") && own.contains("open>"), "{own}");
    }

    #[test]
    fn statements_are_the_same_for_the_same_sessions() {
        let ids = |report: &Report| -> Vec<String> {
            let all: Vec<serde_json::Value> = serde_json::from_str(&report.xapi("urn:x")).unwrap();
            all.iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
        };
        let mut made = report();
        let before = ids(&made);
        assert_eq!(before, ids(&report()));
        assert_ne!(before[0], before[1]);
        made.sessions[0].mark += 1;
        let after = ids(&made);
        assert!(after[0] != before[0] && after[1] == before[1]);
    }
}
