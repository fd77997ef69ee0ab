//! A running scenario: what one reply of the trainee causes. It is pure: no clock, no terminal, no file.
//!
//! [`Session::say`] takes the trainee's words and gives a [`Reaction`]: what was heard, the entries in
//! the customer's account, how angry she is now, what she says, and what a coach would note. The
//! same scenario, seed and replies always give the same reactions, so a transcript can be graded
//! again from its text alone.

use crate::matcher::Hit;
use crate::scenario::{Outcome, SceneKind, Step};
use crate::text::Span;

/// What one reply caused.
#[derive(Debug, Clone)]
pub struct Reaction {
    /// Every rule of the lexicon that was heard, by place.
    pub heard: Vec<Hit>,
    /// What was booked, in the order of the reply.
    pub entries: Vec<Entry>,
    /// How the customer felt before the reply.
    pub before: Feelings,
    /// How she feels now.
    pub after: Feelings,
    /// Where the session stood when the reply was said.
    pub at: Place,
    /// Where it stands now.
    pub now: Place,
    /// What the customer says, a paragraph each; nothing when nobody answers.
    pub customer: Vec<String>,
    /// What a coach would note: at most three.
    pub notes: Vec<Note>,
}

/// The customer's account, each out of 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Feelings {
    /// The heat that must fall before a fix is heard.
    pub anger: u8,
    /// What deposits fill and withdrawals empty. At nothing she leaves.
    pub goodwill: u8,
}

/// Where a session stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// With the customer, at this step.
    Encounter(Step),
    /// In a scene after it.
    Scene(SceneKind),
    /// It is over.
    Over(Outcome),
}

/// One deposit or withdrawal.
#[derive(Debug, Clone)]
pub struct Entry {
    /// What it does to her goodwill: positive for a deposit.
    pub goodwill: i16,
    /// What it does to her anger.
    pub anger: i16,
    /// The words behind it, as bytes of the reply; none for something that is missing.
    pub span: Option<Span>,
    /// The rule behind it: its place in the lexicon's rules.
    pub rule: Option<u32>,
    /// What it is called: a family, an id of the scenario, or a principle such as `too-soon`.
    pub name: String,
    /// Why it was booked, in one sentence.
    pub reason: String,
}

/// What a coach would note about a reply.
#[derive(Debug, Clone)]
pub struct Note {
    /// What sort of note it is.
    pub kind: NoteKind,
    /// The note: one or two short sentences.
    pub text: String,
    /// The words that it is about, as bytes of the reply.
    pub span: Option<Span>,
}

/// What sort of note it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoteKind {
    /// What worked, and why.
    Worked,
    /// What broke, and why.
    Broke,
    /// What to say instead, or next.
    Instead,
}
