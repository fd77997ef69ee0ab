//! A class that is taught with scenarios: a folder that a trainer shares.
//!
//! ```text
//! class.yaml                what is to be played, in which mode, by when
//! roster.csv, roster.yaml   who belongs to the class
//! sessions/*.jsonl          the transcripts, as `amends play --class` records them
//! reviews/*.jsonl           the trainer's own marks and remarks, beside the machine's
//! lexicon/, scenarios/      the class's own, if it has any
//! ```
//!
//! [`read()`] takes all of it in: every transcript is played again and graded, with the lexicon of the
//! class and against the scenario that it holds. What cannot be used is no reason to stop: it becomes
//! a [`Trouble`], which says what to do.

mod agreement;
mod attempt;
mod ground;
mod plan;
mod read;
pub mod report;
mod review;
mod roster;
mod settings;
mod troubles;

use std::path::PathBuf;
use std::sync::Arc;

use jiff::{Timestamp, civil};

use crate::coaching::Coaching;
use crate::lexicon::Lexicon;
use crate::scenario::{Scenario, Step};
use crate::score::Scorecard;
use crate::session::{Feelings, Place, Turn};
use crate::transcript::{Mode, Transcript};

pub use agreement::{Agreement, BANDS, agreement, band};
pub use ground::ground;
pub use plan::{Doubts, LEXICON, Own, Plan, SCENARIOS, Who};
pub use read::{SESSIONS, read};
pub use review::{Judgement, Marks, REVIEWS, Sitting, heard};
pub use roster::{PersonEntry, ROSTER_FILES, RosterFile, problems as read_roster};
pub use settings::{AssignmentEntry, CLASS_FILE, ClassFile, day};

/// A class, with everything that its folder holds.
#[derive(Debug)]
pub struct Class {
    /// What it is called.
    pub name: String,
    /// Its folder.
    pub folder: PathBuf,
    /// Who belongs to it, in the order of the roster.
    pub people: Vec<Person>,
    /// What is to be played, in the order of class.yaml.
    pub assignments: Vec<Assignment>,
    /// The sessions of its people, by the time at which they began.
    pub attempts: Vec<Attempt>,
    /// The trainer's judgements, by the time at which they were given. The last of one reviewer about
    /// a session counts.
    pub reviews: Vec<Review>,
    /// What could not be used, and what a reader of the marks should know.
    pub troubles: Vec<Trouble>,
    /// The lexicon that everything was graded with. Hits and entries name its rules by number.
    pub lexicon: Lexicon,
    /// The coaching that goes with it.
    pub coaching: Coaching,
}

/// Somebody on the roster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// What tells the person from everybody else of the class: the name, where the roster gives no id.
    pub id: String,
    /// The name.
    pub name: String,
    /// A part of the class, such as a shift or a shop.
    pub group: Option<String>,
}

/// A scenario that everybody is to play.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assignment {
    /// The name of the scenario.
    pub scenario: String,
    /// What the scenario is called for people; its name if it cannot be read.
    pub title: String,
    /// Whether the coach speaks up.
    pub mode: Mode,
    /// The last day on which it counts as played in time.
    pub due: Option<civil::Date>,
}

/// A session of somebody on the roster, played again and graded.
#[derive(Debug, Clone)]
pub struct Attempt {
    /// Who: the place in [`Class::people`].
    pub person: usize,
    /// What it was played for, by scenario and mode: the place in [`Class::assignments`].
    pub assignment: Option<usize>,
    /// How many times this person had begun this scenario, this time included. The first is 1.
    pub number: usize,
    /// The name of the file below `sessions`: what reviews call the session.
    pub file: String,
    /// The record.
    pub transcript: Transcript,
    /// The scenario as it was played.
    pub scenario: Arc<Scenario>,
    /// What was said and what it caused, without what was taken back.
    pub turns: Vec<Turn>,
    /// The customer's first words, a paragraph each.
    pub opening: Vec<String>,
    /// How the customer felt before anything was said.
    pub begun: Feelings,
    /// Where it stands.
    pub place: Place,
    /// The marks.
    pub card: Scorecard,
    /// When it began.
    pub started: Timestamp,
    /// When the last thing in it happened.
    pub ended: Timestamp,
    /// How many replies were taken back.
    pub taken_back: usize,
}

/// What a trainer thinks of a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// Who says so.
    pub reviewer: String,
    /// The session: the place in [`Class::attempts`].
    pub attempt: usize,
    /// When it was said.
    pub at: Timestamp,
    /// Whether names and the machine's marks were hidden.
    pub is_blind: bool,
    /// The mark of each step, from 1 to 5. Steps that were left out are not here.
    pub marks: Vec<(Step, u8)>,
    /// The trainer's remark; empty if there is none.
    pub remark: String,
    /// Whether the session is still what was reviewed. One that went on since is another one, and
    /// [`agreement()`] leaves the review out.
    pub is_current: bool,
}

/// Something in the folder that could not be used, or that a reader of the marks should know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// What sort of trouble it is.
    pub kind: TroubleKind,
    /// Where: a file of the class's folder, with line and column where there are any. Empty for
    /// several files.
    pub place: String,
    /// What is wrong, and what to do: one or two sentences.
    pub message: String,
    /// The sessions that it is about, by the names of their files.
    pub files: Vec<String>,
}

/// What sort of trouble it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TroubleKind {
    /// The roster or class.yaml says something that cannot be followed.
    Settings,
    /// Somebody stands on the roster twice.
    Double,
    /// A session of somebody who is not on the roster.
    Stranger,
    /// A session under a name that two people have.
    Ambiguous,
    /// A file that is no transcript or review, or not whole.
    Unreadable,
    /// A transcript of a newer amends.
    Newer,
    /// It was played with an older amends or another lexicon.
    Older,
    /// The scenario was edited since.
    Edited,
    /// A clock went back or ahead.
    Clock,
    /// Something may not be read or written.
    Access,
}
