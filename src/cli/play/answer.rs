//! What the customer answers, and where that leads.

use super::conversation::{Conversation, LINES, over};
use super::wording::{self, has_lines};
use crate::cli::card;
use crate::cli::screen::Ink;
use crate::scenario::{Channel, SceneKind};
use crate::score::Scorecard;
use crate::session::{Place, Reaction};
use crate::transcript::Event;

impl Conversation<'_> {
    /// The answer, and what comes next.
    pub(super) fn answer(&mut self, reaction: &Reaction) {
        match reaction.at {
            Place::Scene(_) => {
                for line in &reaction.customer {
                    self.screen.paragraphs(0, line);
                }
            }
            _ => self.speak(&reaction.customer),
        }
        if reaction.now == reaction.at {
            return;
        }
        if matches!(reaction.at, Place::Encounter(_)) && !matches!(reaction.now, Place::Encounter(_)) {
            self.parting();
        }
        if let Place::Scene(kind) = reaction.now {
            self.scene(kind);
        }
    }

    /// The customer has gone.
    pub(super) fn parting(&mut self) {
        let name = &self.file().customer.name;
        let told = if self.is_coached() && self.replay.session().feelings().goodwill == 0 {
            format!(
                "You have lost {name}. :why tells what the last reply did, :retry takes it back, :retry 1 begins again; \
                 or go on with what is left to do."
            )
        } else {
            format!("The conversation with {name} is over. Now for what follows.")
        };
        self.screen.blank();
        self.screen.text(&told);
    }

    pub(super) fn scene(&mut self, kind: SceneKind) {
        self.screen.heading(wording::scene(kind));
        let setting = self.replay.session().setting().to_owned();
        self.screen.paragraphs(0, &setting);
        if has_lines(Place::Scene(kind), self.file().channel) {
            self.screen.text(LINES);
        }
    }

    /// The customer speaks, or writes.
    pub(super) fn speak(&mut self, says: &[String]) {
        let name = &self.file().customer.name;
        let lines: Vec<&str> =
            says.iter().flat_map(|says| says.lines()).filter(|line| !line.trim().is_empty()).collect();
        match (lines.as_slice(), self.file().channel) {
            ([], _) => {}
            (lines, Channel::Email) => {
                self.screen.labelled(0, &format!("{name} writes:"), Ink::Strong, "");
                lines.iter().for_each(|line| self.screen.indented(2, line));
            }
            ([first, others @ ..], _) => {
                self.screen.labelled(0, &format!("{name}:"), Ink::Strong, first);
                others.iter().for_each(|line| self.screen.indented(2, line));
            }
        }
    }

    /// The end of the session, as it stands.
    pub(super) fn finish(&mut self) {
        self.keep(Event::Finished);
        self.debrief();
        self.screen.blank();
        self.screen.text(over(self.is_coached()));
    }

    pub(super) fn debrief(&mut self) {
        let card = Scorecard::of(self.replay.session());
        let customer = &self.file().customer.name;
        card::debrief(&mut self.screen, &card, Some(customer));
    }
}
