//! What a report consists of.

use jiff::{Zoned, civil};
use uuid::Uuid;

use super::{Piece, Tone};
use crate::coaching::Item;
use crate::scenario::{Outcome, Step};
use crate::score::StepMark;
use crate::transcript::Mode;

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
    /// The sessions: their places in [`Report::sessions`](super::Report::sessions).
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
    /// That session, or the one that is not finished: its place in [`Report::sessions`](super::Report::sessions).
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
    /// The scenario: its place in [`Report::cases`](super::Report::cases).
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
    /// Who: the place in [`Report::people`](super::Report::people).
    pub person: usize,
    /// The scenario: its place in [`Report::cases`](super::Report::cases).
    pub case: usize,
    /// What it was played for: the place in [`Report::assignments`](super::Report::assignments).
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
    /// The rule behind it, if it is a fault: its place in [`Report::rules`](super::Report::rules).
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
    /// The session: its place in [`Report::sessions`](super::Report::sessions).
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
    /// The scenario in which it costs most: its place in [`Report::cases`](super::Report::cases), and how many marks there.
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
    /// The session: its place in [`Report::sessions`](super::Report::sessions).
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
