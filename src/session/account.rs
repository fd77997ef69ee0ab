//! The customer's account: deposits, withdrawals, repetition, and what can be repaired.

use std::collections::BTreeMap;

use crate::coaching::{Effect, PrincipleRule};

use super::{Entry, Feelings};

/// How she feels, and what she remembers of it.
#[derive(Debug, Clone)]
pub(super) struct Account {
    feelings: Feelings,
    /// In how many earlier replies each family was booked.
    booked: BTreeMap<String, usize>,
    /// What earlier replies took away and nobody has repaired.
    debt: Effect,
    repairs: u32,
}

impl Account {
    pub(super) const fn new(feelings: Feelings) -> Self {
        Self { feelings, booked: BTreeMap::new(), debt: Effect { goodwill: 0, anger: 0 }, repairs: 0 }
    }

    pub(super) const fn feelings(&self) -> Feelings {
        self.feelings
    }

    /// Books an entry. Both accounts stay within 0 and 100.
    pub(super) fn book(&mut self, entry: &Entry) {
        let moved = |value: u8, by: i16| (i16::from(value) + by).clamp(0, 100) as u8;
        self.feelings.goodwill = moved(self.feelings.goodwill, entry.goodwill);
        self.feelings.anger = moved(self.feelings.anger, entry.anger);
    }

    /// What is left of a family's effect, given how often it has been heard in earlier replies.
    pub(super) fn repeated(&self, family: &str, repeats: &[i16]) -> i16 {
        let before = self.booked.get(family).copied().unwrap_or_default();
        repeats.get(before).or(repeats.last()).copied().unwrap_or(100)
    }

    /// Remembers what a reply was about, once it is over.
    pub(super) fn remember<'n>(&mut self, families: impl Iterator<Item = &'n str>) {
        families.for_each(|family| *self.booked.entry(family.to_owned()).or_default() += 1);
    }

    /// Remembers what a reply took away.
    pub(super) fn owe(&mut self, effect: Effect) {
        self.debt.goodwill += effect.goodwill.min(0);
        self.debt.anger += effect.anger.max(0);
    }

    /// What an apology or responsibility earns back of earlier losses: a part, and half of it the
    /// next time.
    pub(super) fn repair(&mut self, rule: Option<&PrincipleRule>) -> Option<Effect> {
        let debt = std::mem::take(&mut self.debt);
        let percent = rule.map_or(0, |rule| rule.percent) >> self.repairs.min(7);
        let back = scaled(debt, percent);
        if back == Effect::default() {
            return None;
        }
        self.repairs += 1;
        Some(Effect { goodwill: -back.goodwill, anger: -back.anger })
    }
}

/// So many percent of an effect, rounded away from nothing.
pub(super) fn scaled(effect: Effect, percent: i16) -> Effect {
    let part = |value: i16| {
        let product = i32::from(value) * i32::from(percent);
        let rounded = (product.abs() + 50) / 100;
        (rounded * product.signum()) as i16
    };
    Effect { goodwill: part(effect.goodwill), anger: part(effect.anger) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn effects_scale_to_both_sides() {
        let effect = Effect { goodwill: 5, anger: -10 };
        assert_eq!(scaled(effect, 50), Effect { goodwill: 3, anger: -5 });
        assert_eq!(scaled(effect, -40), Effect { goodwill: -2, anger: 4 });
        assert_eq!(scaled(effect, 0), Effect::default());
    }

    #[test]
    fn an_account_stays_within_its_bounds() {
        let mut account = Account::new(Feelings { anger: 95, goodwill: 3 });
        let entry = Entry {
            goodwill: -20,
            anger: 20,
            span: None,
            rule: None,
            name: String::new(),
            reason: String::new(),
        };
        account.book(&entry);
        assert_eq!(account.feelings(), Feelings { anger: 100, goodwill: 0 });
    }
}
