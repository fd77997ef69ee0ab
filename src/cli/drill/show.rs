//! What a sitting shows: the prompt, the mark, help.

use super::commands::ALL;
use super::sitting::Sitting;
use super::wording::{went, when};
use crate::cli::screen::{Ink, Screen};
use crate::drill::{DrillFile, Grade, Marked, NoteKind};
use crate::lexicon::Kind;
use crate::practice::{Deck, Showing};
use crate::wording::counted;

/// So many examples of a move are shown.
const EXAMPLES: usize = 3;

impl Sitting<'_> {
    pub(super) fn prompt(&mut self, showing: &Showing<'_>, number: usize, of: usize) {
        let Showing { drill, prompt } = showing;
        let screen = &mut self.screen;
        screen.heading(&format!("{number} of {of}: {}", drill.family));
        screen.text(&drill.task);
        screen.blank();
        if !prompt.scene.is_empty() {
            screen.labelled(0, "Scene:", Ink::Strong, &prompt.scene);
        }
        if !prompt.customer.is_empty() {
            screen.labelled(0, "Customer:", Ink::Strong, &prompt.customer);
        }
        if !prompt.canned.is_empty() {
            screen.labelled(0, "Put right:", Ink::Strong, &prompt.canned);
        }
    }

    /// The mark of an answer, and what to say about it.
    pub(super) fn mark(&mut self, showing: &Showing<'_>, answer: &str, marked: &Marked<'_>, grade: Grade) {
        self.screen.blank();
        let (verdict, ink) = match grade {
            Grade::Hard if marked.is_passed() && !marked.is_long => {
                ("Passed, with a hint: it counts a little less.", Ink::Good)
            }
            _ if marked.is_passed() => ("Passed.", Ink::Good),
            Grade::Again => ("Not yet.", Ink::Bad),
            _ => ("Nearly.", Ink::Tip),
        };
        self.screen.labelled(0, verdict, ink, "");
        let is_plain = self.screen.is_plain();
        for note in self.marker.notes(showing.drill, showing.prompt, answer, marked) {
            let (label, ink) = match note.kind {
                NoteKind::Worked => ("Worked:", Ink::Good),
                NoteKind::Broke => ("Broke:", Ink::Bad),
                NoteKind::Missing => ("Missing:", Ink::Bad),
                NoteKind::Better => ("Better:", Ink::Tip),
            };
            self.screen.labelled(2, label, ink, &note.text);
            // In plain mode the note quotes the words already.
            if let (NoteKind::Broke, Some(span), false) = (note.kind, note.span, is_plain) {
                self.screen.marked(4, answer, span, Ink::Bad);
            }
        }
    }

    pub(super) fn model(&mut self, showing: &Showing<'_>) {
        self.screen.blank();
        self.screen.labelled(0, "A good answer:", Ink::Tip, &showing.prompt.model);
    }

    pub(super) fn help(&mut self) {
        self.screen.text("Whatever you type is your answer, except lines that begin with a colon:");
        self.screen.rows(2, &ALL.rows());
    }

    /// What is drilled, and why.
    pub(super) fn why(&mut self, drill: &DrillFile) {
        let lexicon = &self.desk.ground.lexicon;
        let Some(family) = lexicon.family(&drill.family) else { return };
        self.screen.labelled(0, &format!("{}:", family.name), Ink::Strong, &family.about);
        let rules: Vec<_> = lexicon.rules.iter().filter(|rule| rule.family == family.name).collect();
        if let Some(rule) = rules.first() {
            self.screen.indented(2, &rule.why);
        }
        let (label, examples): (_, Vec<_>) = match family.kind {
            Kind::Move => ("It sounds like:", rules.iter().filter_map(|rule| rule.flags.first()).collect()),
            _ => ("Say instead:", rules.iter().filter_map(|rule| rule.say.first()).collect()),
        };
        for example in examples.into_iter().take(EXAMPLES) {
            self.screen.labelled(2, label, Ink::Tip, &format!("\"{example}\""));
        }
    }

    /// The last page: how it went, and when each family comes back.
    pub(super) fn summary(&mut self) {
        let graded: Vec<_> = self.tries.iter().filter(|one| one.first).collect();
        if graded.is_empty() {
            return;
        }
        let all = [self.desk.past.tries.as_slice(), &self.tries].concat();
        let deck = Deck::of(&all, &self.desk.now);
        let today = self.desk.now.date();
        let passed = graded.iter().filter(|one| one.grade > Grade::Hard).count();
        let mut rows: Vec<(String, String)> = Vec::new();
        for one in &graded {
            let Some(card) = deck.card(&one.family).filter(|_| !rows.iter().any(|row| row.0 == one.family))
            else {
                continue;
            };
            rows.push((one.family.clone(), format!("{}; next {}", went(card.grade), when(card.due, today))));
        }
        heading(&mut self.screen, passed, graded.len());
        self.screen.rows(2, &rows);
    }
}

fn heading(screen: &mut Screen, passed: usize, of: usize) {
    screen.heading(&format!("{passed} of {} passed", counted(of, "answer", "answers")));
}
