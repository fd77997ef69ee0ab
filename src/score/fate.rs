//! What became of the customer, in money over years against what the extra cost.

use crate::scenario::Outcome;
use crate::session::{Blanks, Place, Session, best_offer};

use super::Fate;

/// What became of her; nothing without a scenario.
pub(super) fn of(session: &Session<'_>, blanks: &mut Blanks) -> Option<Fate> {
    let (stage, state) = (session.stage(), session.state());
    let file = &stage.scenario.file;
    if stage.scenario.is_blank() {
        return None;
    }
    let feelings = session.feelings();
    let progress = &state.progress;
    let so_far = progress.outcome.unwrap_or_else(|| progress.fate(feelings.goodwill, stage.coaching));
    let outcome = if let Place::Over(outcome) = session.place() { outcome } else { so_far };
    let cost = |offered: Option<usize>, offers: &[crate::scenario::schema::Offer]| {
        offered.and_then(|number| offers.get(number)).map_or(0, |offer| offer.cost)
    };
    let remedy_cost = cost(progress.remedy.and_then(|remedy| remedy.number), &file.remedies);
    let extra_cost = cost(progress.extra.and_then(|extra| extra.number), &file.extras);
    let lifetime = u64::from(file.worth.a_year) * u64::from(file.worth.years);
    let money = |amount: u64| format!("{}{}", file.worth.currency, grouped(amount));
    if lifetime > 0 {
        blanks.set("lifetime", money(lifetime));
        blanks.set("years", years(file.worth.years));
    }
    let extra = if extra_cost == 0 { "nothing".to_owned() } else { money(extra_cost.into()) };
    blanks.set("extra-cost", extra);
    let untried = best_offer(&file.extras).filter(|_| progress.extra.is_none());
    blanks.set("best-extra-cost", untried.map_or(String::new(), |offer| money(offer.cost.into())));
    let debrief = &stage.coaching.debrief;
    let texts = match outcome {
        Outcome::Won => &debrief.won,
        Outcome::Kept => &debrief.kept,
        Outcome::Lost if progress.left => &debrief.left,
        Outcome::Lost => &debrief.lost,
    };
    Some(Fate {
        outcome,
        goodwill: feelings.goodwill,
        anger: feelings.anger,
        currency: file.worth.currency.clone(),
        a_year: file.worth.a_year,
        years: file.worth.years,
        lifetime,
        remedy_cost,
        extra_cost,
        text: blanks.candidates(texts).into_iter().next().unwrap_or_default(),
    })
}

fn years(years: u32) -> String {
    if years == 1 { "one year".to_owned() } else { format!("{years} years") }
}

/// With a comma after every three digits.
fn grouped(amount: u64) -> String {
    let digits = amount.to_string();
    let mut grouped = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_grouped_by_three() {
        assert_eq!([7, 999, 1_000, 12_345_678].map(grouped), ["7", "999", "1,000", "12,345,678"]);
    }
}
