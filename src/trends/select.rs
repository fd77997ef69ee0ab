//! From everything that was looked at to the few things that are told.

use super::attribute::Attribute;
use super::axis::{Axes, FEWEST, Term};
use super::chance::{Discovery, Fourfold};
use super::mark::{Mark, marks};
use super::search::{Against, Candidate, Planes, chance_of, counted_again, search};
use super::tell;
use super::traffic::Traffic;
use super::vocabulary::Vocabulary;
use super::{Casebook, Finding, Sureness, Trends};

/// With fewer records nothing is tested.
pub const FEWEST_RECORDS: usize = 30;
/// So many findings are told at most.
const MOST: usize = 10;
/// Smaller excesses are not worth a question.
const LEAST_RATIO: f64 = 1.25;
/// So many smaller findings are named with the one that explains them.
const NAMED: usize = 3;

/// Finds what repeats.
#[must_use]
pub fn find(casebook: &Casebook, traffic: Option<&Traffic>) -> Trends {
    if casebook.records.len() < FEWEST_RECORDS {
        return Trends::default();
    }
    let axes = Axes::of(casebook);
    let weights = vec![1.0; axes.records];
    let planes = Planes::of(&axes, traffic, &weights);
    let candidates = search(&axes, &planes, traffic, &weights);
    let discovery = Discovery::of(candidates.iter().map(|candidate| candidate.chance).collect());
    let selection = Selection { casebook, axes: &axes, traffic, discovery: &discovery };
    drop(planes);
    let picked = selection.pick(candidates, weights);
    let mut vocabulary = Vocabulary::default();
    let mut findings: Vec<Finding> =
        picked.into_iter().map(|picked| selection.finding(picked, &mut vocabulary)).collect();
    findings.sort_by(|one, other| {
        let excess = |finding: &Finding| finding.both as f64 - finding.expected;
        one.sureness.cmp(&other.sureness).then(excess(other).total_cmp(&excess(one)))
    });
    Trends { looked_at: discovery.looked_at(), findings, least: least(casebook.records.len(), &discovery) }
}

struct Selection<'c> {
    casebook: &'c Casebook,
    axes: &'c Axes,
    traffic: Option<&'c Traffic>,
    discovery: &'c Discovery,
}

/// A candidate that is told.
struct Picked {
    candidate: Candidate,
    q: f64,
    sureness: Sureness,
    explains: Vec<Candidate>,
    /// The chance that would make it likely.
    limit: f64,
}

/// A candidate that may still be told.
struct Open {
    candidate: Candidate,
    /// How likely what is left of it is by chance.
    chance: f64,
    is_explained: bool,
}

impl Open {
    const fn new(candidate: Candidate) -> Self {
        Self { candidate, chance: candidate.chance, is_explained: false }
    }

    /// Measures it again, by what is left of its records.
    fn weigh(&mut self, counts: Fourfold) {
        let is_some = counts.both.round() >= FEWEST as f64;
        let chance = if is_some { chance_of(self.candidate.against, &counts) } else { 1.0 };
        self.chance = chance.max(self.candidate.chance);
    }

    /// Whether little is left of what was unlikely about it.
    fn has_faded(&self) -> bool {
        const LITTLE: f64 = 0.4;
        self.chance.ln() > LITTLE * self.candidate.chance.ln()
    }

    /// The least likely first; at the same chance always the same.
    fn order(&self, other: &Self) -> std::cmp::Ordering {
        let rest = |own: &Self| (own.candidate.term.axis, own.candidate.term.from, own.candidate.term.to);
        self.chance.total_cmp(&other.chance).then(rest(self).cmp(&rest(other)))
    }
}

impl Selection<'_> {
    /// The clearest candidate, then the clearest of what it does not explain, and so on. What has been
    /// explained no longer counts as found: each is measured against what is left.
    fn pick(&self, candidates: Vec<Candidate>, mut weights: Vec<f64>) -> Vec<Picked> {
        let mut open: Vec<Open> = candidates.into_iter().map(Open::new).collect();
        let mut picked: Vec<Picked> = Vec::new();
        while picked.len() < MOST {
            let discovery = Discovery::of(open.iter().map(|own| own.chance).collect());
            let worth =
                open.iter().enumerate().filter(|(_, own)| !own.is_explained && is_worth(&own.candidate));
            let Some((at, _)) = worth.min_by(|(_, one), (_, other)| one.order(other)) else { break };
            let Open { candidate, chance, .. } = open.remove(at);
            let q = discovery.q(chance);
            let Some(sureness) = self.sureness(&candidate, q) else { break };
            self.explain(&candidate, &mut weights);
            let planes = Planes::of(self.axes, self.traffic, &weights);
            let limit = discovery.limit(Sureness::Likely.most());
            let mut explains = Vec::new();
            for own in &mut open {
                own.weigh(counted_again(&own.candidate, self.axes, &planes, &weights));
                if !own.is_explained && own.candidate.chance <= limit && own.has_faded() {
                    own.is_explained = true;
                    explains.push(own.candidate);
                }
            }
            explains.retain(is_worth);
            picked.push(Picked { candidate, q, sureness, explains, limit });
        }
        picked
    }

    fn sureness(&self, candidate: &Candidate, q: f64) -> Option<Sureness> {
        let sureness = Sureness::of(q)?;
        Some(if self.is_weak(candidate) { Sureness::Hint } else { sureness })
    }

    /// Whether a finding has a plain reason that the casebook cannot rule out.
    fn is_weak(&self, candidate: &Candidate) -> bool {
        match candidate.against {
            Against::Evenness(_) => true,
            Against::Share(_) => false,
            // What is new in the house stands nowhere before.
            Against::Term(other, _) => {
                self.axes.attribute(other).is_none()
                    && candidate.counts.both >= candidate.counts.one
                    && self.axes.attribute(candidate.term) != Some(Attribute::Failure)
            }
        }
    }

    /// Weighs the records of a finding down to what chance would leave.
    fn explain(&self, candidate: &Candidate, weights: &mut [f64]) {
        let counts = self.weighted(candidate, weights);
        let left = match candidate.against {
            Against::Term(_, odds) => counts.left_by_chance(odds) / counts.both,
            Against::Share(share) | Against::Evenness(share) => {
                share * (counts.all - counts.one) / ((1.0 - share) * counts.one)
            }
        };
        let left = if left.is_finite() { left.clamp(0.0, 1.0) } else { 0.0 };
        for (record, weight) in weights.iter_mut().enumerate() {
            if self.is_in(candidate, record) {
                *weight *= left;
            }
        }
    }

    fn weighted(&self, candidate: &Candidate, weights: &[f64]) -> Fourfold {
        let mut counts = Fourfold { both: 0.0, one: 0.0, other: 0.0, all: 0.0 };
        let (first, second) = (candidate.term, other(candidate));
        for (record, weight) in weights.iter().enumerate() {
            let is_known = |term: Term| self.axes.axis(term).is_known(record);
            if !is_known(first) || !second.is_none_or(is_known) {
                continue;
            }
            let one = self.axes.has(record, first);
            let other = second.is_none_or(|term| self.axes.has(record, term));
            counts.all += weight;
            counts.one += if one { *weight } else { 0.0 };
            counts.other += if other { *weight } else { 0.0 };
            counts.both += if one && other { *weight } else { 0.0 };
        }
        counts
    }

    fn is_in(&self, candidate: &Candidate, record: usize) -> bool {
        self.axes.has(record, candidate.term)
            && other(candidate).is_none_or(|term| self.axes.has(record, term))
    }

    fn finding(&self, picked: Picked, vocabulary: &mut Vocabulary) -> Finding {
        let Picked { candidate, q, sureness, explains, limit } = picked;
        let inside: Vec<usize> =
            (0..self.axes.records).filter(|&record| self.is_in(&candidate, record)).collect();
        let marks: Vec<Mark> = match candidate.against {
            Against::Evenness(_) => Vec::new(),
            _ => marks(self.axes, candidate.term, other(&candidate)),
        };
        let namer = tell::Namer { casebook: self.casebook, axes: self.axes };
        let mut told: Vec<Term> = vec![candidate.term];
        told.extend(other(&candidate));
        told.extend(marks.iter().map(|mark| mark.term));
        let known: Vec<String> = told.iter().map(|&term| namer.name(term)).collect();
        let mut explained: Vec<&Candidate> = explains.iter().collect();
        explained.sort_by(|one, other| one.chance.total_cmp(&other.chance));
        Finding {
            sureness,
            title: namer.title(&candidate),
            counts: namer.counts(&candidate),
            by_chance: tell::by_chance(q, self.discovery.looked_at()),
            marks: marks.iter().map(|mark| namer.mark(mark)).collect(),
            words: vocabulary.of(self.casebook, &inside, &known),
            caution: namer.caution(&candidate, &marks, self.traffic),
            ask: namer.ask(&candidate, &marks),
            parts: namer.parts(&candidate, &marks),
            both: inside.len(),
            of: candidate.counts.one.round() as usize,
            expected: candidate.expected,
            q,
            records: inside
                .iter()
                .map(|&record| (self.casebook.records[record].source, self.casebook.records[record].line))
                .collect(),
            explains: explained.iter().take(NAMED).map(|candidate| namer.title(candidate)).collect(),
            more: (sureness == Sureness::Hint && !self.is_weak(&candidate))
                .then(|| more(self.casebook.records.len(), candidate.chance, limit)),
        }
    }
}

fn other(candidate: &Candidate) -> Option<Term> {
    match candidate.against {
        Against::Term(term, _) => Some(term),
        Against::Share(_) | Against::Evenness(_) => None,
    }
}

/// Whether an excess is large enough to be worth a question.
fn is_worth(candidate: &Candidate) -> bool {
    let both = candidate.counts.both;
    both >= FEWEST as f64 && both >= LEAST_RATIO * candidate.expected
}

/// How many more records like these would bring a chance below the limit: it falls with each in the same
/// proportion.
fn more(records: usize, chance: f64, limit: f64) -> usize {
    let times = limit.ln() / chance.ln();
    let more = records as f64 * (times - 1.0).max(0.05);
    (more / 10.0).ceil() as usize * 10
}

/// What a pair of values must come to before it is likely, where each is that of a fifth of all records.
fn least(records: usize, discovery: &Discovery) -> Option<(usize, usize)> {
    let fifth = (records as f64 / 5.0).round();
    let limit = Sureness::Likely.most() / discovery.looked_at().max(1) as f64;
    let counts = |both: usize| Fourfold { both: both as f64, one: fifth, other: fifth, all: records as f64 };
    let least = (FEWEST..=fifth as usize).find(|&both| counts(both).chance(1.0) <= limit)?;
    Some((least, counts(0).expected(1.0).round() as usize))
}
