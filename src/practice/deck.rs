//! How well each family is remembered, and when it is due.

use std::collections::BTreeMap;

use fsrs::{FSRS, FSRS6_DEFAULT_DECAY, ItemState, MemoryState, current_retrievability};
use jiff::Zoned;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::drill::Grade;
use crate::drill::log::Try;

/// A family is due on the day on which it would still be remembered with this chance.
const RETENTION: f32 = 0.9;
/// Nothing is put off for longer than this many days.
const LONGEST: i64 = 365;

/// What is known of how well a family is remembered.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    memory: MemoryState,
    /// The day of the last drill that counts.
    pub last: Date,
    /// The day on which it is due.
    pub due: Date,
    /// How many drills count.
    pub drills: usize,
    /// The grade of the last of them.
    pub grade: Grade,
}

/// The families that have been drilled.
#[derive(Debug, Clone, Default)]
pub struct Deck(BTreeMap<String, Card>);

impl Deck {
    /// What the tries amount to. A time ahead of the clock counts as now: some clock was wrong.
    #[must_use]
    pub fn of(tries: &[Try], now: &Zoned) -> Self {
        let fsrs = FSRS::default();
        let mut first: Vec<&Try> = tries.iter().filter(|one| one.first).collect();
        first.sort_by_key(|one| one.at);
        let mut deck = Self::default();
        for one in first {
            let day = day_of(one, now);
            let card = deck.0.get(&one.family);
            if let Some(card) = drilled(&fsrs, card, one.grade, day) {
                deck.0.insert(one.family.clone(), card);
            }
        }
        deck
    }

    /// The card of a family that has been drilled.
    #[must_use]
    pub fn card(&self, family: &str) -> Option<&Card> {
        self.0.get(family)
    }

    /// The families that have been drilled, by name.
    pub fn cards(&self) -> impl Iterator<Item = (&str, &Card)> {
        self.0.iter().map(|(family, card)| (family.as_str(), card))
    }
}

impl Card {
    /// Whether it is due today.
    #[must_use]
    pub fn is_due(&self, today: Date) -> bool {
        self.due <= today
    }

    /// The chance that it is remembered today.
    #[must_use]
    pub fn chance(&self, today: Date) -> f32 {
        current_retrievability(self.memory, days(self.last, today) as f32, FSRS6_DEFAULT_DECAY)
    }
}

fn day_of(one: &Try, now: &Zoned) -> Date {
    let zone: &TimeZone = now.time_zone();
    one.at.min(now.timestamp()).to_zoned(zone.clone()).date()
}

/// The card after a drill; none if the model cannot say.
fn drilled(fsrs: &FSRS, card: Option<&Card>, grade: Grade, day: Date) -> Option<Card> {
    let elapsed = card.map_or(0, |card| days(card.last, day));
    let states = fsrs.next_states(card.map(|card| card.memory), RETENTION, elapsed).ok()?;
    let (ItemState { memory, interval }, soonest) = match grade {
        Grade::Again => (states.again, 0),
        Grade::Hard => (states.hard, 1),
        Grade::Good => (states.good, 1),
        Grade::Easy => (states.easy, 1),
    };
    let wait = (f64::from(interval).round() as i64).clamp(soonest, LONGEST);
    let due = day.saturating_add(jiff::Span::new().days(wait));
    Some(Card { memory, last: day, due, drills: card.map_or(0, |card| card.drills) + 1, grade })
}

/// The days from one to the other; none if a clock went back.
fn days(from: Date, to: Date) -> u32 {
    let days = from.until(to).map_or(0, |span| span.get_days());
    u32::try_from(days).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tried(at: &str, family: &str, grade: Grade) -> Try {
        Try {
            at: at.parse().unwrap(),
            family: family.to_owned(),
            prompt: String::new(),
            answer: String::new(),
            heard: Vec::new(),
            grade,
            first: true,
        }
    }

    fn now() -> Zoned {
        "2026-11-22T10:00:00+01:00[Europe/Berlin]".parse().unwrap()
    }

    fn due(tries: &[Try]) -> String {
        Deck::of(tries, &now()).card("fix").unwrap().due.to_string()
    }

    #[test]
    fn what_went_well_comes_back_later() {
        let after = |grade| due(&[tried("2026-11-22T08:00:00Z", "fix", grade)]);
        assert_eq!(after(Grade::Again), "2026-11-22");
        assert_eq!(after(Grade::Hard), "2026-11-23");
        assert_eq!(after(Grade::Good), "2026-11-24");
        assert_eq!(after(Grade::Easy), "2026-11-30");
        let again = [
            tried("2026-11-18T08:00:00Z", "fix", Grade::Good),
            tried("2026-11-21T08:00:00Z", "fix", Grade::Good),
        ];
        assert!(due(&again).as_str() > "2026-11-27", "{}", due(&again));
    }

    #[test]
    fn only_first_tries_count() {
        let mut second = tried("2026-11-22T08:01:00Z", "fix", Grade::Easy);
        second.first = false;
        let deck = Deck::of(&[tried("2026-11-22T08:00:00Z", "fix", Grade::Again), second], &now());
        assert_eq!(deck.card("fix").unwrap().drills, 1);
        assert!(deck.card("fix").unwrap().is_due(now().date()));
    }

    #[test]
    fn days_are_those_of_the_place() {
        // Half past eleven in the evening of the 21st in London is the 22nd in Berlin.
        assert_eq!(due(&[tried("2026-11-21T23:30:00Z", "fix", Grade::Hard)]), "2026-11-23");
    }

    #[test]
    fn a_clock_that_jumps_does_no_harm() {
        assert_eq!(due(&[tried("2099-01-01T00:00:00Z", "fix", Grade::Good)]), "2026-11-24");
        let jumped = [
            tried("1970-01-01T00:00:00Z", "fix", Grade::Good),
            tried("2026-11-22T08:00:00Z", "fix", Grade::Good),
        ];
        assert!(due(&jumped).as_str() <= "2027-11-22", "{}", due(&jumped));
    }

    #[test]
    fn the_chance_falls_with_the_days() {
        let deck = Deck::of(&[tried("2026-11-22T08:00:00Z", "fix", Grade::Good)], &now());
        let card = deck.card("fix").unwrap();
        let chance = |day: &str| card.chance(day.parse().unwrap());
        assert!(chance("2026-11-22") > 0.99);
        assert!(chance("2026-11-30") < chance("2026-11-24"));
    }
}
