//! Steps that cannot be passed.

use crate::authoring::problem::Problem;
use crate::authoring::spot::Spot;
use crate::lexicon::Lexicon;
use crate::scenario::schema::{ApologyNeed, Fit, Offer};
use crate::scenario::{Channel, ScenarioFile};

/// In fewer replies nobody goes through the three steps with a customer.
const FEWEST_REPLIES: u8 = 3;

/// Everything that keeps a step from being passed, or from being worth playing.
pub(super) fn check(file: &ScenarioFile, root: Spot<'_>, lexicon: &Lexicon) -> Vec<Problem> {
    let mut problems = Vec::new();
    mood(file, root, &mut problems);
    offers(file, root, &mut problems);
    families(file, root, lexicon, &mut problems);
    if file.worth.a_year == 0 || file.worth.years == 0 {
        problems.push(root.key("worth").warning(
            "this customer is worth nothing: write what she spends in a year, and for how many years",
        ));
    }
    problems
}

fn mood(file: &ScenarioFile, root: Spot<'_>, problems: &mut Vec<Problem>) {
    let (mood, spot) = (file.mood, root.key("mood"));
    if mood.anger < mood.ready_below {
        let message = format!(
            "the customer comes in calmer than `ready-below`, so her anger keeps nothing from being heard: write {} or less",
            mood.anger
        );
        problems.push(spot.mistake_at_key("ready-below", message));
    }
    if mood.patience < FEWEST_REPLIES && file.channel != Channel::Email {
        let message =
            format!("the step `fix` cannot be passed in so few replies: write {FEWEST_REPLIES} or more");
        problems.push(spot.mistake_at_key("patience", message));
    }
}

fn offers(file: &ScenarioFile, root: Spot<'_>, problems: &mut Vec<Problem>) {
    let budget = file.authority.budget;
    for (key, offers) in [("remedies", &file.remedies), ("extras", &file.extras)] {
        if offers.iter().all(|offer| offer.fits == Fit::Poor) {
            let message = format!(
                "nothing under `{key}` fits the customer, so the step `fix` cannot be passed well: add one with `fits: good`"
            );
            problems.push(root.mistake_at_key(key, message));
        }
    }
    let too_dear = |offer: &Offer| offer.cost > budget;
    for (at, offer) in file.extras.iter().enumerate().filter(|(_, offer)| too_dear(offer)) {
        let message = format!(
            "the extra `{}` costs {}, and the budget is {budget}: raise the one, or lower the other",
            offer.id, offer.cost
        );
        problems.push(root.key("extras").item(at).key("cost").mistake(message));
    }
}

/// A lexicon that cannot hear what a step is about.
fn families(file: &ScenarioFile, root: Spot<'_>, lexicon: &Lexicon, problems: &mut Vec<Problem>) {
    let apology = if file.apology == ApologyNeed::Needed { "apology" } else { "empathy" };
    let needed = [("apologize", apology), ("review", "restate"), ("fix", "fix"), ("fix", "follow-up")];
    for (step, name) in needed {
        if !lexicon.rules.iter().any(|rule| rule.family == name) {
            let message = format!(
                "the step `{step}` cannot be passed with this lexicon, which has no rule of the family `{name}`: add it, or use the lexicon that amends brings"
            );
            problems.push(root.key("scenario").mistake(message));
        }
    }
}
