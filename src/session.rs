//! A running scenario: what one reply of the trainee causes. It is pure: no clock, no terminal, no file.
//!
//! [`Session::say`] takes the trainee's words and gives a [`Reaction`]: what was heard, the entries in
//! the customer's account, how angry she is now, what she says, and what a coach would note. The
//! same scenario, seed and replies always give the same reactions, so a transcript can be graded
//! again from its text alone.

mod account;
mod coach;
mod customer;
mod encounter;
mod ground;
mod hearing;
mod lines;
mod progress;
mod report;
mod scenes;
mod state;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use crate::coaching::Coaching;
use crate::lexicon::Lexicon;
use crate::lint::{Linter, Policy};
use crate::matcher::{Hit, Matcher};
use crate::scenario::{Channel, Outcome, Scenario, SceneKind, Step};
use crate::text::Span;

pub(crate) use coach::{Blanks, best_offer, clause_of, quoted};
use encounter::Reading;
pub use ground::Ground;
use hearing::Hearing;
use lines::Lines;
pub(crate) use progress::{Cause, Fault};
use report::Report;
pub(crate) use state::State;

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
    linter: Arc<Linter<'s>>,
    seed: u64,
    state: State,
    turns: Vec<Turn>,
    /// What was remembered before each turn: listening again would take a hundred times as long.
    before: Vec<State>,
}

/// A scene that is over.
#[derive(Debug, Clone)]
pub(crate) struct SceneRecord {
    pub(crate) scene: SceneKind,
    /// What was missing, as the coach would say it.
    pub(crate) missing: Vec<String>,
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
        let linter = Linter::new(stage.lexicon, Policy::new(stage.lexicon));
        let state = State::new(&stage.scenario.file, seed);
        Self { stage: *stage, linter: Arc::new(linter), seed, state, turns: Vec::new(), before: Vec::new() }
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
        let line = Lines::new(self.seed).draw("opens", &self.stage.scenario.file.moments.opens);
        line.map(str::to_owned).into_iter().collect()
    }

    /// The trainee says something. When it is over, nothing happens any more.
    pub fn say(&mut self, text: &str) -> Reaction {
        let mut reaction = self.unmoved();
        let before = self.state.clone();
        match self.state.place {
            Place::Encounter(step) => self.say_to_customer(text, step, &mut reaction),
            Place::Scene(scene) => self.write(text, scene, &mut reaction),
            Place::Over(_) => return reaction,
        }
        self.finish(Some(text), reaction, before)
    }

    /// Ends the encounter, or the scene, as it stands.
    pub fn skip(&mut self) -> Reaction {
        let mut reaction = self.unmoved();
        let before = self.state.clone();
        match self.state.place {
            Place::Encounter(step) => {
                let mut report = Report::new(step);
                report.ended = true;
                self.end_encounter();
                let hearing = Hearing::default();
                reaction.customer = customer::answer(&self.stage, &mut self.state, &hearing, &report);
            }
            Place::Scene(_) => self.end_scene(),
            Place::Over(_) => return reaction,
        }
        self.finish(None, reaction, before)
    }

    /// Takes back all turns but the first so many.
    pub fn back_to(&mut self, kept: usize) {
        if let Some(before) = self.before.get(kept) {
            self.state = before.clone();
            self.turns.truncate(kept);
            self.before.truncate(kept);
        }
    }

    /// Where it stands.
    #[must_use]
    pub const fn place(&self) -> Place {
        self.state.place
    }

    /// How the customer feels.
    #[must_use]
    pub const fn feelings(&self) -> Feelings {
        self.state.account.feelings()
    }

    /// The hint of this number for where the session stands, the broadest first.
    #[must_use]
    pub fn hint(&self, number: usize) -> Option<&'s str> {
        let hints = &self.stage.scenario.file.hints;
        let hints = match self.state.place {
            Place::Encounter(Step::Apologize) => &hints.apologize,
            Place::Encounter(Step::Review) => &hints.review,
            Place::Encounter(Step::Fix) | Place::Scene(SceneKind::CheckBack) => &hints.fix,
            Place::Encounter(Step::Document) | Place::Scene(_) => &hints.document,
            Place::Over(_) => return None,
        };
        hints.get(number).map(String::as_str)
    }

    /// What the trainee sees now: the scene of the encounter, or the setting of what follows. When
    /// it is over, nothing.
    #[must_use]
    pub fn setting(&self) -> &'s str {
        let file = &self.stage.scenario.file;
        match self.state.place {
            Place::Encounter(_) => &file.scene,
            Place::Scene(_) => &file.scenes[self.state.scene].setting,
            Place::Over(_) => "",
        }
    }

    /// Everything that was said so far, and what it caused.
    #[must_use]
    pub fn turns(&self) -> &[Turn] {
        &self.turns
    }

    pub(crate) const fn state(&self) -> &State {
        &self.state
    }

    fn unmoved(&self) -> Reaction {
        let (feelings, place) = (self.feelings(), self.place());
        Reaction {
            heard: Vec::new(),
            entries: Vec::new(),
            before: feelings,
            after: feelings,
            at: place,
            now: place,
            customer: Vec::new(),
            notes: Vec::new(),
        }
    }

    fn finish(&mut self, text: Option<&str>, mut reaction: Reaction, before: State) -> Reaction {
        self.before.push(before);
        reaction.after = self.feelings();
        reaction.now = self.place();
        self.turns.push(Turn { text: text.map(str::to_owned), reaction: reaction.clone() });
        reaction
    }

    fn listen(&mut self, text: &str, words: usize) -> Hearing<'s> {
        Hearing::of(&self.stage, &self.linter, text, words, &mut self.state.before)
    }

    fn say_to_customer(&mut self, text: &str, step: Step, reaction: &mut Reaction) {
        let words = &self.stage.coaching.listening.words;
        let words = match self.stage.scenario.file.channel {
            Channel::Counter => words.counter,
            Channel::Phone => words.phone,
            Channel::Chat => words.chat,
            Channel::Email => words.email,
        };
        let hearing = self.listen(text, words);
        let turn = (self.turns.len(), step);
        let heard = &text[..hearing.cut.unwrap_or(text.len())];
        let reading = Reading::new(&self.stage, &mut self.state, &hearing, heard, turn);
        let (mut report, step) = reading.read();
        self.state.place = Place::Encounter(step);
        report.ended = self.is_ended(asks_last(heard) || report.asks_in_writing);
        if report.ended {
            self.end_encounter();
        }
        reaction.customer = customer::answer(&self.stage, &mut self.state, &hearing, &report);
        reaction.notes = coach::notes(&self.stage, &mut self.state, &hearing, &report, text);
        reaction.heard = hearing.hits;
        reaction.entries = report.entries;
    }

    /// Whether the encounter is over. Who has just asked something is answered first.
    fn is_ended(&mut self, asks: bool) -> bool {
        let feelings = self.feelings();
        let progress = &mut self.state.progress;
        progress.left = feelings.goodwill == 0;
        let waited = progress.replies - progress.remedy_reply;
        progress.left
            || (progress.is_complete() && !asks)
            || (progress.remedy.is_some() && waited >= self.stage.coaching.listening.fix_replies)
            || progress.replies >= usize::from(self.stage.scenario.file.mood.patience)
    }

    fn end_encounter(&mut self) {
        let goodwill = self.feelings().goodwill;
        let outcome = self.state.progress.fate(goodwill, self.stage.coaching);
        self.state.progress.outcome = Some(outcome);
        self.state.go_to_scene(&self.stage.scenario.file.scenes, 0, outcome);
    }

    fn write(&mut self, text: &str, scene: SceneKind, reaction: &mut Reaction) {
        let hearing = self.listen(text, self.stage.coaching.listening.words.scene);
        let turn = self.turns.len();
        let written = scenes::read(&self.stage, &mut self.state, &hearing, text, turn);
        let file = &self.stage.scenario.file.scenes[self.state.scene];
        let (name, lines) = if written.good { ("good", &file.good) } else { ("weak", &file.weak) };
        let line = self.state.lines.draw(&format!("{name} {scene:?}"), lines);
        reaction.customer = line.map(str::to_owned).into_iter().collect();
        reaction.notes = coach::scene_notes(&self.stage, &mut self.state, &written, text);
        reaction.heard = hearing.hits;
        reaction.entries = written.report.entries;
        self.end_scene();
    }

    fn end_scene(&mut self) {
        let outcome = self.state.progress.outcome.unwrap_or(Outcome::Lost);
        let next = self.state.scene + 1;
        self.state.go_to_scene(&self.stage.scenario.file.scenes, next, outcome);
        if let Place::Over(outcome) = self.state.place {
            let outcome = scenes::final_outcome(&self.stage, &self.state, outcome);
            self.state.place = Place::Over(outcome);
        }
    }
}

/// Whether a reply ends with a question.
fn asks_last(reply: &str) -> bool {
    reply.trim_end().ends_with('?')
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

impl Place {
    /// The step that it belongs to; none when it is over.
    #[must_use]
    pub const fn step(self) -> Option<Step> {
        match self {
            Self::Encounter(step) => Some(step),
            Self::Scene(SceneKind::CheckBack) => Some(Step::Fix),
            Self::Scene(_) => Some(Step::Document),
            Self::Over(_) => None,
        }
    }
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
