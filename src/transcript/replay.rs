//! A session that is played from what a transcript holds, with everything that was taken back.

use super::{Event, Timed};
use crate::session::{Place, Reaction, Session, Stage};

/// A session, and the way back in it.
#[derive(Debug, Clone)]
pub struct Replay<'s> {
    session: Session<'s>,
}

impl<'s> Replay<'s> {
    /// A session that begins.
    #[must_use]
    pub fn new(stage: &Stage<'s>, seed: u64) -> Self {
        Self { session: Session::new(stage, seed) }
    }

    /// A session as far as these events bring it.
    #[must_use]
    pub fn of(stage: &Stage<'s>, seed: u64, events: &[Timed]) -> Self {
        let mut replay = Self::new(stage, seed);
        events.iter().for_each(|timed| replay.apply(&timed.event));
        replay
    }

    /// Lets an event happen again.
    pub fn apply(&mut self, event: &Event) {
        match event {
            Event::Reply { text } => drop(self.say(text)),
            Event::Skip => drop(self.skip()),
            Event::Undo => self.back_to(self.replies()),
            Event::Retry { reply } => self.back_to(*reply),
            Event::Customer { .. } | Event::Hint | Event::Resumed { .. } | Event::Finished => {}
        }
    }

    /// The session as it stands.
    #[must_use]
    pub const fn session(&self) -> &Session<'s> {
        &self.session
    }

    /// The trainee says something.
    pub fn say(&mut self, text: &str) -> Reaction {
        self.session.say(text)
    }

    /// The encounter or the scene ends as it stands.
    pub fn skip(&mut self) -> Reaction {
        self.session.skip()
    }

    /// How many replies there are; what was skipped counts.
    #[must_use]
    pub fn replies(&self) -> usize {
        self.session.turns().len()
    }

    /// Goes back to before the reply of this number; the first is 1. Does nothing where there is none.
    pub fn back_to(&mut self, reply: usize) {
        if let Some(kept) = reply.checked_sub(1) {
            self.session.back_to(kept);
        }
    }

    /// Whether nothing more can be said.
    #[must_use]
    pub fn is_over(&self) -> bool {
        matches!(self.session.place(), Place::Over(_))
    }
}
