//! `amends drill --list`.

use super::desk::Desk;
use super::wording::{went, when};
use crate::cli::failure::Failure;
use crate::cli::screen::{Ink, Screen};
use crate::practice::Card;
use crate::wording::counted;

/// Lists the families: those that were drilled by the day on which they are due, then the new ones in
/// the order in which they come.
pub(super) fn show(mut screen: Screen, desk: &Desk) -> Result<(), Failure> {
    let today = desk.now.date();
    let order = desk.order();
    let mut known: Vec<(&str, &Card)> =
        order.iter().filter_map(|name| Some((*name, desk.deck.card(name)?))).collect();
    known.sort_by_key(|(name, card)| (card.due, *name));
    let new: Vec<&str> = order.into_iter().filter(|name| desk.deck.card(name).is_none()).collect();
    if !known.is_empty() {
        screen.labelled(0, "Drilled so far:", Ink::Strong, "");
        let row = |(name, card): &(&str, &Card)| {
            let (when, times, went) = (when(card.due, today), times(card.drills), went(card.grade));
            let told = format!("due {when}; drilled {times}, the last: {went}");
            ((*name).to_owned(), told)
        };
        screen.rows(2, &known.iter().map(row).collect::<Vec<_>>());
        screen.blank();
    }
    if !new.is_empty() {
        screen.labelled(0, "New, in the order in which they come:", Ink::Strong, "");
        let row = |name: &&str| ((*name).to_owned(), task(desk, name));
        screen.rows(2, &new.iter().map(row).collect::<Vec<_>>());
        screen.blank();
    }
    let prompts = desk.drills.files().iter().map(|file| file.prompts.len()).sum();
    let families = counted(desk.drills.files().len(), "family", "families");
    screen.text(&format!("{} for {families}.", counted(prompts, "prompt", "prompts")));
    screen.show()
}

/// `once`, `2 times`
fn times(drills: usize) -> String {
    if drills == 1 { "once".to_owned() } else { format!("{drills} times") }
}

fn task(desk: &Desk, name: &str) -> String {
    desk.drills.of(name).map_or(String::new(), |file| file.task.clone())
}
