//! Records as numbers: each attribute an axis of codes, each pair of axes a table that answers for any
//! range of codes at once.

use jiff::civil::Date;

use super::attribute::Attribute;
use super::chance::Fourfold;
use super::{Casebook, Record, load};

/// The code of what is not known.
const MISSING: u16 = u16::MAX;
/// No axis has more values that are looked at: the most frequent.
const MOST_LEVELS: usize = 300;
/// A value of fewer records tells nothing.
pub(super) const FEWEST: usize = 5;

/// What the records of an axis differ by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Along {
    Of(Attribute),
    Dates,
}

/// Records with a code in a range, on an axis: an hour or two, a product, every day from one on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Term {
    /// The number of the axis.
    pub(super) axis: usize,
    pub(super) from: u16,
    /// The first code behind the range.
    pub(super) to: u16,
}

/// An axis with the code of each record.
#[derive(Debug)]
pub(super) struct Axis {
    pub(super) along: Along,
    pub(super) size: usize,
    codes: Vec<u16>,
    /// What is looked at.
    pub(super) terms: Vec<Term>,
    /// The codes that the casebook has for those of this axis, where they are others.
    originals: Vec<u16>,
}

impl Axis {
    fn of(casebook: &Casebook, attribute: Attribute, number: usize) -> Self {
        let codes: Vec<u16> = casebook
            .records
            .iter()
            .map(|record| record.codes[attribute as usize].unwrap_or(MISSING))
            .collect();
        let names = casebook.names(attribute);
        let along = Along::Of(attribute);
        let mut axis = Self { along, size: names.len(), codes, terms: Vec::new(), originals: Vec::new() };
        let is_banded = attribute == Attribute::Load && load::is_banded(names);
        if !is_banded && !matches!(attribute, Attribute::Hour | Attribute::Weekday) {
            axis.gather();
        }
        let counts = axis.counts();
        let looked_at = if axis.originals.is_empty() { axis.size } else { axis.originals.len() };
        let codes = (0..looked_at).filter(|code| counts[*code] >= FEWEST);
        axis.terms =
            codes.map(|code| Term { axis: number, from: code as u16, to: code as u16 + 1 }).collect();
        if attribute == Attribute::Hour {
            axis.terms.extend(two_hours(&counts, number));
        }
        if is_banded {
            axis.terms.extend(upward(&counts, number));
        }
        axis
    }

    /// Gives the values that are looked at the first codes, and all others one behind them: a casebook
    /// may have as many products as records.
    fn gather(&mut self) {
        let counts = self.counts();
        let mut kept: Vec<usize> = (0..self.size).filter(|code| counts[*code] >= FEWEST).collect();
        kept.sort_by_key(|code| std::cmp::Reverse(counts[*code]));
        kept.truncate(MOST_LEVELS);
        kept.sort_unstable();
        let mut new = vec![kept.len() as u16; self.size];
        kept.iter().enumerate().for_each(|(at, code)| new[*code] = at as u16);
        let known = self.codes.iter_mut().filter(|code| **code != MISSING);
        known.for_each(|code| *code = new[usize::from(*code)]);
        self.size = kept.len() + 1;
        self.originals = kept.into_iter().map(|code| code as u16).collect();
    }

    /// The codes that the casebook has for a term: the first, and the one behind the last.
    pub(super) fn originals(&self, term: Term) -> (u16, u16) {
        match self.originals.get(usize::from(term.from)) {
            Some(&code) => (code, code + 1),
            None => (term.from, term.to),
        }
    }

    fn of_dates(days: &[Date], records: &[Record], number: usize) -> Self {
        let code = |record: &Record| record.date.and_then(|date| days.binary_search(&date).ok());
        let codes = records.iter().map(|record| code(record).map_or(MISSING, |code| code as u16)).collect();
        // From each day on; the first is no change.
        let to = days.len() as u16;
        let terms = (1..to).map(|from| Term { axis: number, from, to }).collect();
        Self { along: Along::Dates, size: days.len(), codes, terms, originals: Vec::new() }
    }

    fn counts(&self) -> Vec<usize> {
        let mut counts = vec![0; self.size];
        self.codes.iter().filter(|code| **code != MISSING).for_each(|code| counts[usize::from(*code)] += 1);
        counts
    }

    /// Whether a record is among those of a term. Not known is no.
    pub(super) fn has(&self, record: usize, term: Term) -> bool {
        (term.from..term.to).contains(&self.codes[record])
    }

    pub(super) fn is_known(&self, record: usize) -> bool {
        self.codes[record] != MISSING
    }

    pub(super) fn code(&self, record: usize) -> Option<usize> {
        Some(self.codes[record]).filter(|code| *code != MISSING).map(usize::from)
    }
}

/// Bands of two hours of which each has records.
fn two_hours(counts: &[usize], number: usize) -> Vec<Term> {
    let bands = counts.windows(2).enumerate().filter(|(_, pair)| pair[0] > 0 && pair[1] > 0);
    let bands = bands.filter(|(_, pair)| pair[0] + pair[1] >= FEWEST);
    bands.map(|(hour, _)| Term { axis: number, from: hour as u16, to: hour as u16 + 2 }).collect()
}

/// From each band of numbers up, but the lowest and the highest alone.
fn upward(counts: &[usize], number: usize) -> Vec<Term> {
    let to = counts.len() as u16;
    let starts =
        (1..to.saturating_sub(1)).filter(|from| counts[usize::from(*from)..].iter().sum::<usize>() >= FEWEST);
    starts.map(|from| Term { axis: number, from, to }).collect()
}

/// All axes of a casebook that hold anything.
#[derive(Debug)]
pub(super) struct Axes {
    pub(super) axes: Vec<Axis>,
    pub(super) days: Vec<Date>,
    pub(super) records: usize,
}

impl Axes {
    pub(super) fn of(casebook: &Casebook) -> Self {
        let mut axes = Vec::new();
        for attribute in Attribute::ALL {
            let axis = Axis::of(casebook, attribute, axes.len());
            if !axis.terms.is_empty() {
                axes.push(axis);
            }
        }
        let mut days: Vec<Date> = casebook.records.iter().filter_map(|record| record.date).collect();
        days.sort_unstable();
        days.dedup();
        days.truncate(usize::from(MISSING) - 1);
        if days.len() > 1 {
            axes.push(Axis::of_dates(&days, &casebook.records, axes.len()));
        }
        Self { axes, days, records: casebook.records.len() }
    }

    pub(super) fn axis(&self, term: Term) -> &Axis {
        &self.axes[term.axis]
    }

    pub(super) fn attribute(&self, term: Term) -> Option<Attribute> {
        match self.axis(term).along {
            Along::Of(attribute) => Some(attribute),
            Along::Dates => None,
        }
    }

    pub(super) fn has(&self, record: usize, term: Term) -> bool {
        self.axis(term).has(record, term)
    }
}

/// Two axes: the weight of all records below each pair of codes.
#[derive(Debug)]
pub(super) struct Plane {
    pub(super) one: usize,
    pub(super) other: usize,
    width: usize,
    sums: Vec<f64>,
}

impl Plane {
    pub(super) fn of(axes: &Axes, one: usize, other: usize, weights: &[f64]) -> Self {
        let (first, second) = (&axes.axes[one], &axes.axes[other]);
        let width = second.size + 1;
        let mut sums = vec![0.0; (first.size + 1) * width];
        for (record, weight) in weights.iter().enumerate() {
            if let (Some(row), Some(column)) = (first.code(record), second.code(record)) {
                sums[(row + 1) * width + column + 1] += weight;
            }
        }
        for row in 1..=first.size {
            for column in 1..width {
                let at = row * width + column;
                sums[at] += sums[at - 1] + sums[at - width] - sums[at - width - 1];
            }
        }
        Self { one, other, width, sums }
    }

    fn sum(&self, rows: (u16, u16), columns: (u16, u16)) -> f64 {
        let at = |row: u16, column: u16| self.sums[usize::from(row) * self.width + usize::from(column)];
        at(rows.1, columns.1) - at(rows.0, columns.1) - at(rows.1, columns.0) + at(rows.0, columns.0)
    }

    /// The table of a term on the first axis and one on the second.
    pub(super) fn fourfold(&self, one: Term, other: Term) -> Fourfold {
        let height = (self.sums.len() / self.width - 1) as u16;
        let all_columns = (0, (self.width - 1) as u16);
        let all_rows = (0, height);
        let (rows, columns) = ((one.from, one.to), (other.from, other.to));
        Fourfold {
            both: self.sum(rows, columns),
            one: self.sum(rows, all_columns),
            other: self.sum(all_rows, columns),
            all: self.sum(all_rows, all_columns),
        }
    }
}
