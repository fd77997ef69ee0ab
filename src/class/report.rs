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
mod model;
mod names;
mod page;
mod people;
mod pieces;
mod sessions;
mod steps;
#[cfg(test)]
mod testing;
mod xapi;

use jiff::Zoned;
use uuid::Uuid;

use super::{Agreement, Class};
use names::Names;

pub use model::{
    Assigned, Better, Case, Cell, EntryLine, Example, FateLine, FaultQuote, FaultTally, ItemTally, Lesson,
    OutcomeTally, Played, Progress, ReviewLine, RuleCard, Status, StepTally, Topic, Trainee, Trouble,
    TurnLine,
};
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
mod tests;
