//! `:why`: every entry of a reply, with its words, its rule and what that rests on.

use super::conversation::Conversation;
use crate::cli::screen::Ink;
use crate::session::{Entry, Feelings, Turn};

impl Conversation<'_> {
    pub(super) fn why(&mut self, number: Option<usize>) {
        let replies = self.replay.replies();
        let number = number.unwrap_or(replies);
        let turn = number.checked_sub(1).and_then(|at| self.replay.session().turns().get(at));
        let Some(turn) = turn.cloned() else {
            self.screen.text(&match replies {
                0 => "You have not said anything yet.".to_owned(),
                1 => format!("There is one reply so far, and none with the number {number}."),
                _ => format!("There are {replies} replies so far, and none with the number {number}."),
            });
            return;
        };
        self.account(number, &turn);
    }

    fn account(&mut self, number: usize, turn: &Turn) {
        let Some(text) = &turn.text else {
            self.screen.text(&format!("Reply {number} was skipped."));
            return;
        };
        self.screen.labelled(0, &format!("Reply {number}:"), Ink::Strong, text);
        for entry in &turn.reaction.entries {
            self.screen.blank();
            self.entry(entry, text);
        }
        if turn.reaction.entries.is_empty() {
            self.screen.text("Nothing in it earned or cost anything.");
        }
        self.screen.blank();
        let Feelings { anger, goodwill } = turn.reaction.before;
        let after = turn.reaction.after;
        self.screen.text(&format!(
            "Before: goodwill {goodwill}, anger {anger}. After: goodwill {}, anger {}.",
            after.goodwill, after.anger
        ));
    }

    fn entry(&mut self, entry: &Entry, text: &str) {
        let rules = &self.replay.session().stage().lexicon.rules;
        let rule = entry.rule.and_then(|rule| rules.get(rule as usize));
        let name = match rule {
            Some(rule) if rule.id != entry.name => format!("{} ({})", rule.id, entry.name),
            _ => entry.name.clone(),
        };
        let ink = match entry.goodwill - entry.anger {
            0 => Ink::Strong,
            worth if worth > 0 => Ink::Good,
            _ => Ink::Bad,
        };
        self.screen.labelled(2, &format!("{name}:"), ink, &effect(entry));
        if let Some(span) = entry.span {
            self.screen.marked(4, text, span, ink);
        }
        self.screen.indented(4, &entry.reason);
        if let Some(rule) = rule.filter(|rule| !rule.source.is_empty()) {
            self.screen.indented(4, &format!("Source: {}", rule.source));
        }
    }
}

/// `goodwill rises by 6, anger falls by 8`
fn effect(entry: &Entry) -> String {
    let told = |what: &str, by: i16| match by {
        0 => None,
        1.. => Some(format!("{what} rises by {by}")),
        _ => Some(format!("{what} falls by {}", by.unsigned_abs())),
    };
    let parts = [told("goodwill", entry.goodwill), told("anger", entry.anger)];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { "no effect".to_owned() } else { parts.join(", ") }
}
