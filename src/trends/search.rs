//! Everything that is looked at, and how likely each of it is by chance.

use statrs::distribution::{ContinuousCDF as _, Normal};

use super::attribute::Attribute;
use super::axis::{Along, Axes, FEWEST, Plane, Term};
use super::chance::{Fourfold, of_best_date, of_share};
use super::traffic::Traffic;

/// A pattern that could not be told from chance even at its clearest is not looked at.
const HOPELESS: f64 = 0.01;
/// A change of date lies so far inside: at the very ends there is nothing to compare with.
const MARGIN: f64 = 0.05;

/// What a group of records is compared with.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Against {
    /// Another property, with the odds ratio of the two in the traffic.
    Term(Term, f64),
    /// Its share of the traffic.
    Share(f64),
    /// The same share for each day of the week or each hour.
    Evenness(f64),
}

/// Something that may repeat.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    pub(super) term: Term,
    pub(super) against: Against,
    pub(super) counts: Fourfold,
    pub(super) expected: f64,
    /// How likely it is by chance.
    pub(super) chance: f64,
}

/// All planes of a weighted casebook.
pub(super) struct Planes {
    planes: Vec<Plane>,
}

impl Planes {
    /// Those whose two axes can tell something together.
    pub(super) fn of(axes: &Axes, traffic: Option<&Traffic>, weights: &[f64]) -> Self {
        let numbers = 0..axes.axes.len();
        let pairs = numbers.clone().flat_map(|one| (one + 1..numbers.end).map(move |other| (one, other)));
        let told = pairs.filter(|&(one, other)| match (axes.axes[one].along, axes.axes[other].along) {
            (Along::Of(one), Along::Of(other)) => {
                !one.goes_with(other) || traffic.is_some_and(|traffic| traffic.covers(one, other))
            }
            (Along::Of(one), Along::Dates) => one.has_runs(),
            (Along::Dates, _) => false,
        });
        let planes = told.map(|(one, other)| Plane::of(axes, one, other, weights)).collect();
        Self { planes }
    }

    fn plane(&self, one: Term, other: Term) -> Option<&Plane> {
        self.planes.iter().find(|plane| (plane.one, plane.other) == (one.axis, other.axis))
    }
}

/// The counts of a candidate with other weights.
pub(super) fn counted_again(
    candidate: &Candidate,
    axes: &Axes,
    planes: &Planes,
    weights: &[f64],
) -> Fourfold {
    match candidate.against {
        Against::Term(other, _) => planes
            .plane(candidate.term, other)
            .map_or(candidate.counts, |plane| plane.fourfold(candidate.term, other)),
        Against::Share(_) | Against::Evenness(_) => alone(candidate.term, axes, weights),
    }
}

/// How likely a candidate is by chance with these counts.
pub(super) fn chance_of(against: Against, counts: &Fourfold) -> f64 {
    match against {
        Against::Term(_, odds) => counts.chance(odds),
        Against::Share(share) | Against::Evenness(share) => of_share(counts.one, counts.all, share),
    }
}

/// How many records of a term there are among those of which it is known.
fn alone(term: Term, axes: &Axes, weights: &[f64]) -> Fourfold {
    let axis = axes.axis(term);
    let sum = |is: &dyn Fn(usize) -> bool| -> f64 {
        weights.iter().enumerate().filter(|(record, _)| is(*record)).map(|(_, weight)| weight).sum()
    };
    let (one, all) = (sum(&|record| axis.has(record, term)), sum(&|record| axis.is_known(record)));
    Fourfold { both: one, one, other: all, all }
}

/// Looks at everything.
pub(super) fn search(
    axes: &Axes,
    planes: &Planes,
    traffic: Option<&Traffic>,
    weights: &[f64],
) -> Vec<Candidate> {
    let mut found = Vec::new();
    for plane in &planes.planes {
        match axes.axes[plane.other].along {
            Along::Dates => runs(axes, plane, &mut found),
            Along::Of(_) => pairs(axes, plane, traffic, &mut found),
        }
    }
    for axis in &axes.axes {
        let Along::Of(attribute) = axis.along else { continue };
        for &term in &axis.terms {
            found.extend(single(axes, attribute, term, traffic, weights));
        }
    }
    found
}

fn pairs(axes: &Axes, plane: &Plane, traffic: Option<&Traffic>, found: &mut Vec<Candidate>) {
    for &term in &axes.axes[plane.one].terms {
        for &other in &axes.axes[plane.other].terms {
            let counts = plane.fourfold(term, other);
            let Fourfold { one, other: second, all, .. } = counts;
            let is_some = |count: f64| count >= FEWEST as f64 && count < all;
            if !is_some(one) || !is_some(second) {
                continue;
            }
            let odds = match (traffic, axes.attribute(term), axes.attribute(other)) {
                (Some(traffic), Some(first), Some(last)) => traffic.odds(
                    (first, axes.axis(term).originals(term)),
                    (last, axes.axis(other).originals(other)),
                ),
                _ => 1.0,
            };
            let clearest = Fourfold { both: one.min(second), ..counts };
            if clearest.chance(odds) > HOPELESS {
                continue;
            }
            let (expected, chance) = (counts.expected(odds), counts.chance(odds));
            found.push(Candidate { term, against: Against::Term(other, odds), counts, expected, chance });
        }
    }
}

/// For each value the date from which on it has risen most.
fn runs(axes: &Axes, plane: &Plane, found: &mut Vec<Candidate>) {
    for &term in &axes.axes[plane.one].terms {
        let dates = &axes.axes[plane.other].terms;
        let tables = dates.iter().map(|&since| (since, plane.fourfold(term, since)));
        let inside: Vec<(Term, Fourfold)> = tables
            .filter(|(_, counts)| (MARGIN..=1.0 - MARGIN).contains(&(counts.other / counts.all)))
            .collect();
        let part = |counts: &Fourfold| 1.0 - counts.other / counts.all;
        let (Some(first), Some(last)) = (inside.first(), inside.last()) else { continue };
        let (from, to) = (part(&first.1), part(&last.1));
        let best = inside.iter().max_by(|one, other| rise(&one.1).total_cmp(&rise(&other.1)));
        let Some(&(since, counts)) = best else { continue };
        if counts.one < FEWEST as f64 {
            continue;
        }
        let chance =
            if to > from { of_best_date(root(counts.chance(1.0)), from, to) } else { counts.chance(1.0) };
        let (against, expected) = (Against::Term(since, 1.0), counts.expected(1.0));
        found.push(Candidate { term, against, counts, expected, chance });
    }
}

/// How far a count is above what is expected, in standard deviations.
fn rise(counts: &Fourfold) -> f64 {
    let Fourfold { both, one, other, all } = *counts;
    let variance = one * other * (all - one) * (all - other) / (all * all * (all - 1.0).max(1.0));
    if variance <= 0.0 { 0.0 } else { (both - counts.expected(1.0)) / variance.sqrt() }
}

/// The standard deviations that belong to an exact chance.
fn root(chance: f64) -> f64 {
    -Normal::standard().inverse_cdf(chance.clamp(1e-300, 0.5))
}

fn single(
    axes: &Axes,
    attribute: Attribute,
    term: Term,
    traffic: Option<&Traffic>,
    weights: &[f64],
) -> Option<Candidate> {
    let against = match traffic.and_then(|traffic| traffic.share(attribute, axes.axis(term).originals(term)))
    {
        Some(share) => Against::Share(share),
        None => Against::Evenness(even_share(axes, attribute, term)?),
    };
    let (Against::Share(share) | Against::Evenness(share)) = against else { return None };
    let counts = alone(term, axes, weights);
    let (expected, chance) = (share * counts.all, chance_of(against, &counts));
    Some(Candidate { term, against, counts, expected, chance })
}

/// What part of the records a day would have if all days on which anything happens were alike. Hours are
/// never alike, and neither are products, people and places.
fn even_share(axes: &Axes, attribute: Attribute, term: Term) -> Option<f64> {
    const FEWEST_DAYS: usize = 5;
    let days = axes.axis(term).terms.len();
    (attribute == Attribute::Weekday && days >= FEWEST_DAYS).then(|| 1.0 / days as f64)
}
