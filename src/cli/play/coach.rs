//! The banner, and what the coach says.

use super::commands::ALL;
use super::conversation::{Conversation, LINES};
use super::wording::{self, STEPS, has_lines, number};
use crate::cli::screen::Ink;
use crate::scenario::Step;
use crate::session::{NoteKind, Place, Reaction};
use crate::text::Span;
use crate::transcript::Event;

impl Conversation<'_> {
    /// Where the trainee is, and what to do.
    pub(super) fn banner(&mut self) {
        let file = self.file();
        self.screen.heading(&file.title);
        self.screen.text(&format!("You are {}. It is {}.", file.you.role, file.you.place));
        self.screen.blank();
        self.screen.paragraphs(0, &file.scene);
        self.screen.blank();
        let how = if has_lines(Place::Encounter(Step::Apologize), file.channel) {
            format!("Write to {} in your own words. {}", file.customer.name, LINES)
        } else {
            format!("Answer {} in your own words, and press Enter.", file.customer.name)
        };
        self.screen.text(&how);
        self.screen.text(if self.is_coached() {
            ":file shows what you know, :hint helps, :help lists the rest, :quit leaves."
        } else {
            "This is an exam: the coach is silent until the end, and nothing can be taken back. :file shows what you \
             know, :help lists the rest, :quit leaves."
        });
        if self.editor.ends_at_interrupt() {
            self.screen.text(
                "Ctrl-C ends it at once. Your replies are kept: amends play --resume goes on with them.",
            );
        }
    }

    /// What the coach notes about a reply.
    pub(super) fn note(&mut self, reaction: &Reaction) {
        let text =
            self.replay.session().turns().last().and_then(|turn| turn.text.clone()).unwrap_or_default();
        let is_plain = self.screen.is_plain();
        let mut has_broken = false;
        for note in &reaction.notes {
            let (label, ink) = match note.kind {
                NoteKind::Worked => ("Worked:", Ink::Good),
                NoteKind::Broke => ("Broke:", Ink::Bad),
                NoteKind::Instead => ("Better:", Ink::Tip),
            };
            has_broken |= note.kind == NoteKind::Broke;
            let label = if is_plain { format!("Coach. {label}") } else { label.to_owned() };
            self.screen.labelled(2, &label, ink, &note.text);
            // In plain mode the words are quoted, unless the note has them already.
            let is_quoted = |span: Span| {
                is_plain && text.get(span.range()).is_some_and(|words| note.text.contains(words))
            };
            if note.kind == NoteKind::Broke
                && let Some(span) = note.span
                && !is_quoted(span)
            {
                self.screen.marked(4, &text, span, Ink::Bad);
            }
        }
        if let Some(change) = wording::change(reaction.before, reaction.after) {
            self.screen.indented(2, &change);
        }
        // A customer who goes is told of below.
        let has_stayed = !matches!((reaction.at, reaction.now), (Place::Encounter(_), Place::Scene(_)));
        if let (Some(before), Some(now)) = (reaction.at.step(), reaction.now.step())
            && number(now) > number(before)
            && has_stayed
        {
            let (_, name, _) = STEPS[number(now) - 1];
            self.screen.indented(2, &format!("You are now at step {} of 4: {name}.", number(now)));
        }
        if has_broken && has_stayed && !self.replay.is_over() {
            self.screen.indented(2, "Type :retry to say it differently, or go on.");
        }
        self.screen.blank();
    }

    pub(super) fn help(&mut self) {
        let is_plain = self.screen.is_plain();
        self.screen.text("Whatever you type is said to the customer, except lines that begin with a colon:");
        self.screen.rows(2, &ALL.rows());
        if !is_plain {
            self.screen.text("The beginning of a command is enough where it is the only one that begins so; Tab completes it.");
        }
    }

    pub(super) fn hint(&mut self) {
        let place = self.place();
        let given = if self.hints.0 == Some(place) { self.hints.1 } else { 0 };
        let session = self.replay.session();
        let (hint, given) = match session.hint(given) {
            Some(hint) => (Some(hint.to_owned()), given + 1),
            // The plainest hint again.
            None => (given.checked_sub(1).and_then(|last| session.hint(last)).map(str::to_owned), given),
        };
        let more = session.hint(given).is_some();
        self.hints = (Some(place), given);
        let Some(hint) = hint else {
            self.screen.text("There is no hint for this.");
            return;
        };
        self.keep(Event::Hint);
        self.screen.labelled(2, "Hint:", Ink::Tip, &hint);
        if more {
            self.screen.indented(2, "Ask again for a plainer one.");
        }
    }

    pub(super) fn steps(&mut self) {
        let here = if self.is_coached() { self.place().step() } else { None };
        for (step, name, about) in STEPS {
            let state = match here {
                Some(here) if step == here => " (you are here)",
                Some(here) if step < here => " (behind you)",
                _ => "",
            };
            self.screen.labelled(0, &format!("{}. {name}{state}:", number(step)), Ink::Strong, about);
        }
    }

    pub(super) fn goodwill(&mut self) {
        let feelings = self.replay.session().feelings();
        let name = &self.file().customer.name;
        let ready = self.file().mood.ready_below;
        let bar = |value: u8| "#".repeat(usize::from(value) / 5);
        if self.screen.is_plain() {
            self.screen.text(&format!(
                "Goodwill of {name}: {} of 100. Anger: {} of 100.",
                feelings.goodwill, feelings.anger
            ));
        } else {
            self.screen.text(&format!("{name}:"));
            let row = |what: &str, value: u8| (what.to_owned(), format!("{value:>3} of 100  {}", bar(value)));
            self.screen.rows(2, &[row("Goodwill", feelings.goodwill), row("Anger", feelings.anger)]);
        }
        if let Place::Encounter(Step::Apologize) = self.place() {
            self.screen.text(&format!(
                "A solution is not heard before the apology has reached {name} and anger is below {ready}."
            ));
        }
    }
}
