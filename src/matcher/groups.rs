//! Which families a caller can do without, and when they must be heard all the same.

use std::ops::Range;

use super::judge::{reach_of, referred};
use super::{Condition, FamilyCode, RuleCode};
use crate::lexicon::schema::Scope;
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

impl Wanted {
    /// The groups that it asks for.
    pub(super) const fn groups(self) -> Range<usize> {
        match self {
            Self::Faults => 0..ORDER as usize,
            Self::Order => 0..FROM_AFAR,
            Self::Everything => 0..GROUPS,
        }
    }
}

/// So many groups of families are heard by themselves: what [`Wanted::Faults`] asks for, what
/// [`Wanted::Order`] adds, then the others.
pub(super) const GROUPS: usize = 4;
/// What is reported only while something has not been heard, and what that is.
pub(super) const ORDER: u32 = 1;
/// Those on which a hit anywhere in the message may depend; the last group is asked about only near
/// a hit.
const FROM_AFAR: usize = 2;

/// For each family, its group.
pub(super) fn groups(lexicon: &Lexicon, rules: &[RuleCode], conditions: &[Condition]) -> Vec<u32> {
    let of = |family: &str, id: &str| {
        let reported = |names: &[String]| names.iter().any(|name| name == family || name == id);
        let own = lexicon.rules.iter().filter(|rule| rule.id == id && rule.kind != Kind::Move);
        let others = lexicon.rules.iter().filter(|rule| reported(&rule.reports));
        let group = |is_bound: bool| if is_bound { ORDER } else { 0 };
        own.chain(others).map(|rule| group(!rule.before.is_empty())).min()
    };
    let far = conditions.iter().filter(|condition| condition.scope == Scope::Message);
    let asked_for_from_afar: Vec<u32> = far.flat_map(|condition| referred(condition, rules)).collect();
    let of_family = |number: u32, family: &str| {
        let rules = lexicon.rules.iter().filter(|rule| rule.family == family);
        let wanted = rules.filter_map(|rule| of(family, &rule.id)).min();
        let further = if asked_for_from_afar.contains(&number) { FROM_AFAR } else { GROUPS - 1 };
        wanted.unwrap_or(further as u32)
    };
    (0..).zip(&lexicon.families).map(|(number, family)| of_family(number, &family.name)).collect()
}

/// For each group, how many sentences around a hit it must be heard in; nothing if the hit does not
/// depend on it.
pub(super) type Reaches = [Option<u32>; GROUPS];

/// For each family, how far around a hit the groups other than those that were `heard` must be heard
/// for its conditions. `ranks` orders the families.
pub(super) fn asks(
    families: &[FamilyCode],
    rules: &[RuleCode],
    conditions: &[Condition],
    ranks: &[u32],
    groups: &[u32],
    heard: Wanted,
) -> Vec<Reaches> {
    let mut asks = vec![Reaches::default(); families.len()];
    let mut order: Vec<usize> = (0..families.len()).collect();
    order.sort_by_key(|&family| ranks[family]);
    for family in order {
        let own = rules.iter().filter(|rule| rule.family as usize == family);
        let own = own.flat_map(|rule| rule.unless.iter().chain(&rule.only));
        let all = families[family].unless.iter().chain(&families[family].only).chain(own);
        let mut reaches = Reaches::default();
        for condition in all.map(|&number| &conditions[number as usize]) {
            let reach = reach_of(condition.scope) as u32;
            for other in referred(condition, rules) {
                let group = groups[other as usize] as usize;
                if heard.groups().contains(&group) {
                    continue;
                }
                reaches[group] = reaches[group].max(Some(reach));
                let further = reaches.iter_mut().zip(asks[other as usize]);
                further.for_each(|(reaches, further)| {
                    *reaches = (*reaches).max(further.map(|further| reach + further))
                });
            }
        }
        asks[family] = reaches;
    }
    asks
}
