//! What else marks the records of a finding: most are from one place, or from one date on.

use super::attribute::Attribute;
use super::axis::{Along, Axes, FEWEST, Term};
use super::chance::Fourfold;

/// Something that most records of a finding share, and those beside them do not.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mark {
    pub(super) term: Term,
    /// How many have it.
    pub(super) both: usize,
    /// Of how many.
    pub(super) of: usize,
    /// How many would, if they were as the records beside them.
    pub(super) expected: f64,
    chance: f64,
}

/// The chance that a mark may have, corrected for all values that are tried.
const LIMIT: f64 = 0.01;
/// Neighbouring dates say nearly the same: all of them are worth about so many tries.
const DATES: f64 = 25.0;
/// Most of the records have it.
const MOST: f64 = 0.5;
/// So many marks are told.
const TOLD: usize = 3;

/// The marks of the records with both terms, against those that have only one of them.
pub(super) fn marks(axes: &Axes, one: Term, other: Option<Term>) -> Vec<Mark> {
    let groups: Vec<Group> = (0..axes.records).map(|record| Group::of(axes, record, one, other)).collect();
    let own = [Some(one.axis), other.map(|other| other.axis)];
    let mut found: Vec<Mark> = Vec::new();
    for (number, axis) in axes.axes.iter().enumerate() {
        if own.contains(&Some(number)) || is_of_the_house(axes, axis.along, [Some(one), other]) {
            continue;
        }
        let tries = if axis.along == Along::Dates { DATES } else { axis.terms.len() as f64 };
        let marks = axis.terms.iter().filter_map(|&term| mark(axes, &groups, term));
        let best = marks.min_by(|first, second| first.chance.total_cmp(&second.chance));
        found.extend(best.filter(|mark| mark.chance * tries <= LIMIT));
    }
    found.sort_by(|first, second| first.chance.total_cmp(&second.chance));
    found.truncate(TOLD);
    found
}

/// Where a record stands with regard to a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Group {
    Inside,
    /// It has the first term, or the second.
    Beside(usize),
    Outside,
}

impl Group {
    fn of(axes: &Axes, record: usize, one: Term, other: Option<Term>) -> Self {
        let is_known = |term: Term| axes.axis(term).is_known(record);
        let Some(other) = other else {
            return if axes.has(record, one) { Self::Inside } else { Self::Beside(0) };
        };
        match (axes.has(record, one), axes.has(record, other)) {
            (true, true) => Self::Inside,
            (true, false) if is_known(other) => Self::Beside(0),
            (false, true) if is_known(one) => Self::Beside(1),
            _ => Self::Outside,
        }
    }
}

/// A supplier goes with its products and with the places that it delivers to.
fn is_of_the_house(axes: &Axes, along: Along, own: [Option<Term>; 2]) -> bool {
    let Along::Of(attribute @ Attribute::Supplier) = along else { return false };
    own.into_iter().flatten().filter_map(|term| axes.attribute(term)).any(|own| own.goes_with(attribute))
}

fn mark(axes: &Axes, groups: &[Group], term: Term) -> Option<Mark> {
    // With the term, and all: inside, beside the one, beside the other.
    let mut counts = [[0.0_f64; 2]; 3];
    let axis = axes.axis(term);
    for (record, group) in groups.iter().enumerate() {
        let at = match group {
            Group::Inside => 0,
            Group::Beside(which) => 1 + which,
            Group::Outside => continue,
        };
        if axis.is_known(record) {
            counts[at][0] += f64::from(u8::from(axis.has(record, term)));
            counts[at][1] += 1.0;
        }
    }
    let [inside, one, other] = counts;
    if inside[0] < FEWEST as f64 || inside[0] < MOST * inside[1] {
        return None;
    }
    let chance = |beside: [f64; 2]| {
        let table = Fourfold {
            both: inside[0],
            one: inside[1],
            other: inside[0] + beside[0],
            all: inside[1] + beside[1],
        };
        if beside[1] > 0.0 { table.chance(1.0) } else { 0.0 }
    };
    let beside = [one[0] + other[0], one[1] + other[1]];
    if beside[1] <= 0.0 {
        return None;
    }
    Some(Mark {
        term,
        both: inside[0] as usize,
        of: inside[1] as usize,
        expected: inside[1] * beside[0] / beside[1],
        chance: chance(one).max(chance(other)),
    })
}
