//! A session, turn by turn, as a reviewer reads it.

use jiff::tz::TimeZone;

use super::sitting::Sitting;
use crate::class::{Attempt, band};
use crate::cli::play::scene_name;
use crate::cli::screen::Ink;
use crate::session::Place;
use crate::transcript::Mode;
use crate::wording::counted;

/// What stands for a name that is hidden.
const HIDDEN: &str = "(name)";

impl Sitting<'_> {
    /// Which session it is, and everything that was said in it.
    pub(super) fn session(&mut self, number: usize, zone: &TimeZone) {
        let attempt = &self.class.attempts[number];
        let file = &attempt.scenario.file;
        if self.args.blind {
            self.screen.text(&file.title);
        } else {
            let person = &self.class.people[attempt.person].name;
            let day = attempt.started.to_zoned(zone.clone()).strftime("%-d %B %Y").to_string();
            let mode = if attempt.transcript.header.mode == Mode::Exam { "exam" } else { "with the coach" };
            let told = format!("{}, {mode}, {day}, try {}.", file.title, attempt.number);
            self.screen.labelled(0, &format!("{person}:"), Ink::Strong, &told);
        }
        self.screen.blank();
        self.screen.paragraphs(2, &file.scene);
        self.screen.blank();
        self.said(attempt);
        self.screen.blank();
        if attempt.taken_back > 0 {
            let replies = counted(attempt.taken_back, "reply was", "replies were");
            self.screen.text(&format!("({replies} taken back on the way.)"));
            self.screen.blank();
        }
    }

    fn said(&mut self, attempt: &Attempt) {
        let customer = format!("{}:", attempt.scenario.file.customer.name);
        self.speech(&customer, &attempt.opening);
        let mut place = None;
        for turn in &attempt.turns {
            let at = turn.reaction.at;
            if let (Place::Scene(kind), true) = (at, place != Some(at)) {
                self.screen.heading(scene_name(kind));
            } else {
                self.screen.blank();
            }
            place = Some(at);
            match &turn.text {
                Some(text) => {
                    let text = self.hidden(attempt, text);
                    self.speech("Trainee:", &[text]);
                }
                None => self.screen.text("(Left as it was.)"),
            }
            // After the encounter it is the scenario that speaks.
            let label = if matches!(at, Place::Scene(_)) { "" } else { customer.as_str() };
            self.speech(label, &turn.reaction.customer);
        }
    }

    /// What somebody says: their name once, and further lines set in.
    fn speech(&mut self, label: &str, says: &[String]) {
        let mut lines = says.iter().flat_map(|says| says.lines()).filter(|line| !line.trim().is_empty());
        let Some(first) = lines.next() else { return };
        self.screen.labelled(0, label, Ink::Strong, first);
        lines.for_each(|line| self.screen.indented(if label.is_empty() { 0 } else { 2 }, line));
    }

    /// The text without the trainee's own name, where names are hidden.
    fn hidden(&self, attempt: &Attempt, text: &str) -> String {
        if !self.args.blind {
            return text.to_owned();
        }
        let name = &self.class.people[attempt.person].name;
        let mut text = replaced(text, name);
        // Short parts are words of other kinds more often than names: de, la, Li.
        for part in name.split_whitespace().filter(|part| part.chars().count() > 2) {
            text = replaced(&text, part);
        }
        text
    }

    /// What became of the customer, and what the machine gave, on the same scale.
    pub(super) fn machine(&mut self, number: usize) {
        let card = &self.class.attempts[number].card;
        self.screen.blank();
        if let Some(fate) = &card.fate {
            self.screen.text(&fate.text);
        }
        let steps = card.steps.iter().filter_map(|step| {
            band(step).map(|mark| format!("{} {mark} ({} of {})", step.name, step.mark, step.of))
        });
        let told = format!("{}.", steps.collect::<Vec<_>>().join("; "));
        self.screen.labelled(0, "The machine:", Ink::Strong, &told);
    }
}

/// `text` with a word, or several, hidden wherever they stand by themselves.
fn replaced(text: &str, words: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(words) {
        let (before, found) = rest.split_at(at);
        let after = &found[words.len()..];
        let is_apart = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        shown.push_str(before);
        let is_word = is_apart(shown.chars().last()) && is_apart(after.chars().next());
        shown.push_str(if is_word { HIDDEN } else { words });
        rest = after;
    }
    shown.push_str(rest);
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_hidden_where_they_are_words() {
        assert_eq!(replaced("It's Ann, Annie. Ann", "Ann"), "It's (name), Annie. (name)");
        assert_eq!(replaced("Šárka Šárkas", "Šárka"), "(name) Šárkas");
        assert_eq!(replaced("", "Ann"), "");
    }
}
