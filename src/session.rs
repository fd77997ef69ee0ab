//! A running scenario: what one reply of the trainee causes. It is pure: no clock, no terminal, no file.
//!
//! [`Session::say`] takes the trainee's words and gives a [`Reaction`]: what was heard, the entries in
//! the customer's account, how angry she is now, what she says, and what a coach would note. The
//! same scenario, seed and replies always give the same reactions, so a transcript can be graded
//! again from its text alone.

use crate::coaching::Coaching;
use crate::lexicon::Lexicon;
use crate::matcher::{Hit, Matcher};
use crate::scenario::{Outcome, Scenario, SceneKind, Step};
use crate::text::Span;

/// What a session is played with. The matcher is that of the lexicon.
#[derive(Debug, Clone, Copy)]
pub struct Stage<'s> {
    /// The case. [`Scenario::blank`] is one without a script.
    pub scenario: &'s Scenario,
    /// What is heard.
    pub lexicon: &'s Lexicon,
    /// What hears it.
    pub matcher: &'s Matcher,
    /// What it does to the customer, and what the coach says about it.
    pub coaching: &'s Coaching,
}

/// A running scenario. A clone goes its own way: that is how a reply is taken back.
#[derive(Debug, Clone)]
pub struct Session<'s> {
    stage: Stage<'s>,
    seed: u64,
    turns: Vec<Turn>,
}

/// One reply and what it caused.
#[derive(Debug, Clone)]
pub struct Turn {
    /// What the trainee said; none where the encounter or the scene was skipped.
    pub text: Option<String>,
    /// What it caused.
    pub reaction: Reaction,
}

impl<'s> Session<'s> {
    /// A session that begins. The same seed gives the same customer, word for word.
    #[must_use]
    pub fn new(stage: &Stage<'s>, seed: u64) -> Self {
        Self { stage: *stage, seed, turns: Vec::new() }
    }

    /// What it is played with.
    #[must_use]
    pub const fn stage(&self) -> &Stage<'s> {
        &self.stage
    }

    /// The number that its lines are drawn by.
    #[must_use]
    pub const fn seed(&self) -> u64 {
        self.seed
    }

    /// The customer's first words, a paragraph each. None where nobody speaks first.
    #[must_use]
    pub fn opening(&self) -> Vec<String> {
        Vec::new()
    }

    /// The trainee says something. When it is over, nothing happens any more.
    pub fn say(&mut self, text: &str) -> Reaction {
        self.take(Some(text))
    }

    /// Ends the encounter, or the scene, as it stands.
    pub fn skip(&mut self) -> Reaction {
        self.take(None)
    }

    fn take(&mut self, text: Option<&str>) -> Reaction {
        let feelings = self.feelings();
        let reaction = Reaction {
            heard: Vec::new(),
            entries: Vec::new(),
            before: feelings,
            after: feelings,
            at: self.place(),
            now: self.place(),
            customer: Vec::new(),
            notes: Vec::new(),
        };
        self.turns.push(Turn { text: text.map(str::to_owned), reaction: reaction.clone() });
        reaction
    }

    /// Where it stands.
    #[must_use]
    pub fn place(&self) -> Place {
        Place::Encounter(Step::Apologize)
    }

    /// How the customer feels.
    #[must_use]
    pub fn feelings(&self) -> Feelings {
        Feelings {
            anger: self.stage.scenario.file.mood.anger,
            goodwill: self.stage.scenario.file.mood.goodwill,
        }
    }

    /// The hint of this number for where the session stands, the broadest first.
    #[must_use]
    pub fn hint(&self, _number: usize) -> Option<&str> {
        None
    }

    /// What the trainee sees now: the scene of the encounter, or the setting of what follows.
    #[must_use]
    pub fn setting(&self) -> &str {
        &self.stage.scenario.file.scene
    }

    /// Everything that was said so far, and what it caused.
    #[must_use]
    pub fn turns(&self) -> &[Turn] {
        &self.turns
    }
}

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
