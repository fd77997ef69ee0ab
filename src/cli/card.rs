//! A scorecard as a person reads it: the debrief.

use super::screen::{Ink, Screen};
use crate::score::{Fate, ItemMark, Moment, Quote, Scorecard, StepMark};

/// The debrief of a session with this customer.
pub(super) fn debrief(screen: &mut Screen, card: &Scorecard, customer: Option<&str>) {
    if let Some(fate) = &card.fate {
        screen.heading(&format!("What became of {}", customer.unwrap_or("the customer")));
        what_became(screen, fate);
    }
    marks(screen, card);
    moments(screen, "What did most good", &card.best, Ink::Good);
    moments(screen, "What did most harm", &card.worst, Ink::Bad);
    if !card.practise.is_empty() {
        screen.heading("Practise next");
        screen.text(&card.practise);
    }
    if let Some(weakest) = &card.weakest {
        screen.heading(&format!("A good answer for the step \"{}\"", weakest.name));
        screen.text(&weakest.answer);
    }
    if !card.caution.is_empty() {
        screen.blank();
        screen.text(&card.caution);
    }
}

fn what_became(screen: &mut Screen, fate: &Fate) {
    screen.text(&fate.text);
    screen.text(&format!("Goodwill at the end: {} of 100. Anger: {} of 100.", fate.goodwill, fate.anger));
}

/// The marks by step and item.
pub(super) fn marks(screen: &mut Screen, card: &Scorecard) {
    screen.heading(&format!("Your mark: {} of 100", card.mark));
    for step in card.steps.iter().filter(|step| step.of > 0) {
        of_step(screen, step);
    }
    screen.blank();
    screen.labelled(0, "Wording alone:", Ink::Strong, &format!("{} of 100.", card.wording.mark));
    screen.labelled(0, "The steps alone:", Ink::Strong, &format!("{} of 100.", card.process));
}

fn of_step(screen: &mut Screen, step: &StepMark) {
    screen.blank();
    screen.labelled(0, &format!("{}:", step.name), Ink::Strong, &format!("{} of {}", step.mark, step.of));
    let items: Vec<_> = step.items.iter().filter(|item| item.of > 0).map(row).collect();
    screen.rows(2, &items);
    for loss in &step.losses {
        let quote = loss.quote.as_ref().map_or(String::new(), |quote| format!(" (reply {})", quote.turn + 1));
        screen.labelled(
            2,
            &format!("Taken off, {}:", loss.marks),
            Ink::Bad,
            &format!("{}{quote}", loss.reason),
        );
    }
}

fn row(item: &ItemMark) -> (String, String) {
    let missing = item.missing.as_ref().map_or(String::new(), |missing| format!(". {missing}"));
    (item.what.clone(), format!("{} of {}{missing}", item.mark, item.of))
}

fn moments(screen: &mut Screen, heading: &str, moments: &[Moment], ink: Ink) {
    if moments.is_empty() {
        return;
    }
    screen.heading(heading);
    for moment in moments {
        let Quote { turn, words, .. } = &moment.quote;
        screen.labelled(0, &format!("Reply {}:", turn + 1), ink, &format!("\"{words}\""));
        screen.indented(2, &moment.reason);
    }
}
