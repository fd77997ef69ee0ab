//! Which families a caller can do without, and when they must be heard all the same.

use super::judge::{reach_of, referred};
use super::{Condition, FamilyCode, RuleCode};
use crate::lexicon::{Kind, Lexicon};

/// What a caller wants to hear. Everything that it asks for is heard as if all were; of other
/// families only so much as that depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// What may be reported whatever was heard before.
    Faults,
    /// Also what is reported only while something has not been heard, and what that is.
    Order,
    /// Faults and moves.
    Everything,
}

/// So many groups are heard by themselves: one for each [`Wanted`].
pub(super) const GROUPS: usize = 3;

/// For each family, its group: with what it is wanted.
pub(super) fn groups(lexicon: &Lexicon) -> Vec<u32> {
    let of = |family: &str, id: &str| {
        let reported = |names: &[String]| names.iter().any(|name| name == family || name == id);
        let own = lexicon.rules.iter().filter(|rule| rule.id == id && rule.kind != Kind::Move);
        let others = lexicon.rules.iter().filter(|rule| reported(&rule.reports));
        let group = |is_bound: bool| if is_bound { Wanted::Order } else { Wanted::Faults };
        own.chain(others).map(|rule| group(!rule.before.is_empty()) as u32).min()
    };
    let of_family = |family: &str| {
        let rules = lexicon.rules.iter().filter(|rule| rule.family == family);
        rules.filter_map(|rule| of(family, &rule.id)).min().unwrap_or(Wanted::Everything as u32)
    };
    lexicon.families.iter().map(|family| of_family(&family.name)).collect()
}

/// For each family, how many sentences around a hit those of later groups than `heard` must be heard
/// in for its conditions; nothing if it does not ask for them. `ranks` orders the families.
pub(super) fn asks(
    families: &[FamilyCode],
    rules: &[RuleCode],
    conditions: &[Condition],
    ranks: &[u32],
    groups: &[u32],
    heard: Wanted,
) -> Vec<Option<u32>> {
    let mut asks = vec![None; families.len()];
    let mut order: Vec<usize> = (0..families.len()).collect();
    order.sort_by_key(|&family| ranks[family]);
    for family in order {
        let own = rules.iter().filter(|rule| rule.family as usize == family);
        let own = own.flat_map(|rule| rule.unless.iter().chain(&rule.only));
        let all = families[family].unless.iter().chain(&families[family].only).chain(own);
        let reach = all.flat_map(|&number| {
            let condition = &conditions[number as usize];
            let later = referred(condition, rules).into_iter();
            let later = later.filter(|&other| groups[other as usize] > heard as u32);
            let asks = &asks;
            later.map(move |other| {
                let further: Option<u32> = asks[other as usize];
                reach_of(condition.scope) as u32 + further.unwrap_or_default()
            })
        });
        asks[family] = reach.max();
    }
    asks
}
