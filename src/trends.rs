//! What repeats in a casebook of failures: by hour, weekday, product, place, person on duty and load.
//!
//! ```text
//! files     Reader       ->  Casebook: records, each value with a number, remarks on what was odd
//! sessions  Depositions  ->  the same, from what trainees wrote down
//! casebook  find         ->  Trends: findings, the surest first, with counts and the chance of each
//! ```
//!
//! A casebook of failures has no denominator: it does not say how many customers were content. So a
//! value that stands often says nothing by itself. What can be told without one is that two values stand
//! together more often than either alone explains (Fisher's exact test: every way in which the cells could
//! have been shuffled, counted instead of drawn), and that a share has risen from
//! one date on. Single values are tested only against the traffic, where it is given; days of the week
//! also against evenness, which is never more than a hint. Whoever looks at many things finds some by
//! chance; the chances are corrected for that (Benjamini and Hochberg 1995).
//!
//! What a finding explains is not told again: its records are weighed down to what chance would leave,
//! and all others are tested once more.

mod attribute;
mod axis;
mod chance;
mod columns;
mod dates;
mod load;
mod mark;
mod read;
mod search;
mod select;
mod sessions;
mod table;
mod tell;
mod traffic;
mod values;
mod vocabulary;

#[cfg(test)]
mod tests;

use std::path::Path;

use jiff::civil::{Date, Time};

pub use attribute::Attribute;
pub use columns::{FIELD_NAMES, FieldChoice};
pub use dates::{DayOrder, spelled};
pub use read::{Reader, Ways};
pub use select::{FEWEST_RECORDS, find};
pub use sessions::{Case, Depositions};
pub use tell::{grouped, short};
pub use traffic::Traffic;

use crate::document::decode;

/// Records of failures, as they were read.
#[derive(Debug, Default)]
pub struct Casebook {
    /// The records, in the order of the files.
    pub records: Vec<Record>,
    /// The files, and what their columns were taken for.
    pub sources: Vec<Source>,
    /// What the reader should know about how they were read.
    pub remarks: Vec<String>,
    /// The values of each attribute, by their codes.
    names: [Vec<String>; Attribute::ALL.len()],
}

/// A failure.
#[derive(Debug, Clone)]
pub struct Record {
    /// The number of its file.
    pub source: u32,
    /// The line on which it begins.
    pub line: u64,
    /// The day.
    pub date: Option<Date>,
    /// The time of day.
    pub time: Option<Time>,
    /// The code of its value of each attribute, by the attribute's number.
    codes: [Option<u16>; Attribute::ALL.len()],
    /// How busy it was, as it was written.
    pub load: Box<str>,
    /// The circumstances, in somebody's words.
    pub words: Box<str>,
}

/// A file of records.
#[derive(Debug, Clone)]
pub struct Source {
    /// Its path.
    pub name: String,
    /// What was read, and the name of the column that held it.
    pub used: Vec<(&'static str, String)>,
    /// The columns that were not used.
    pub others: Vec<String>,
}

impl Casebook {
    /// The values of an attribute, by their codes.
    #[must_use]
    pub fn names(&self, attribute: Attribute) -> &[String] {
        &self.names[attribute as usize]
    }

    /// A record's value of an attribute.
    #[must_use]
    pub fn value(&self, record: &Record, attribute: Attribute) -> Option<&str> {
        let code = record.codes[attribute as usize]?;
        self.names(attribute).get(usize::from(code)).map(String::as_str)
    }

    /// How many records have each value of an attribute, in its own order or the most frequent first, and
    /// how many have none.
    #[must_use]
    pub fn counts(&self, attribute: Attribute) -> (Vec<(&str, usize)>, usize) {
        let mut counts: Vec<(&str, usize)> =
            self.names(attribute).iter().map(|name| (name.as_str(), 0)).collect();
        let mut missing = 0;
        for record in &self.records {
            match record.codes[attribute as usize].and_then(|code| counts.get_mut(usize::from(code))) {
                Some((_, count)) => *count += 1,
                None => missing += 1,
            }
        }
        counts.retain(|(_, count)| *count > 0);
        if !matches!(attribute, Attribute::Hour | Attribute::Weekday | Attribute::Load) {
            counts.sort_by(|one, other| other.1.cmp(&one.1).then(one.0.cmp(other.0)));
        }
        (counts, missing)
    }

    /// The first and the last day.
    #[must_use]
    pub fn span(&self) -> Option<(Date, Date)> {
        let days = self.records.iter().filter_map(|record| record.date);
        Some((days.clone().min()?, days.max()?))
    }

    /// Reads how many customers there were, with the values of this casebook.
    ///
    /// # Errors
    /// Why it cannot be used, and what to do.
    pub fn traffic(&self, path: &Path, bytes: &[u8]) -> Result<Traffic, Vec<String>> {
        let decoded = decode(bytes).map_err(|note| vec![note.text])?;
        let table = table::read(path, &decoded.text)?;
        Traffic::of(&table, self).map_err(|why| vec![why])
    }
}

/// How sure a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sureness {
    /// Of a thousand such findings one would be chance.
    Certain,
    /// Of twenty such findings one would be chance.
    Likely,
    /// Of five such findings one would be chance: more records would tell.
    Hint,
}

impl Sureness {
    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Certain => "certain",
            Self::Likely => "likely",
            Self::Hint => "hint",
        }
    }

    /// The largest q-value with this name.
    const fn most(self) -> f64 {
        match self {
            Self::Certain => 0.001,
            Self::Likely => 0.05,
            Self::Hint => 0.2,
        }
    }

    fn of(q: f64) -> Option<Self> {
        [Self::Certain, Self::Likely, Self::Hint].into_iter().find(|sureness| q <= sureness.most())
    }
}

/// What was found.
#[derive(Debug, Default)]
pub struct Trends {
    /// How many things were looked at.
    pub looked_at: usize,
    /// What repeats: the surest first, and among those the one that explains most records.
    pub findings: Vec<Finding>,
    /// How many records of a pair of values, each of which a fifth of all records has, there must be at
    /// least to be told from chance, and how many would be expected.
    pub least: Option<(usize, usize)>,
}

/// Something that repeats.
#[derive(Debug, Clone)]
pub struct Finding {
    /// How sure it is.
    pub sureness: Sureness,
    /// What it is, in a few words: `Kettle K2, on Thursdays`.
    pub title: String,
    /// What was counted, in one sentence or two.
    pub counts: String,
    /// How likely it is by chance, in words.
    pub by_chance: String,
    /// What else marks these records.
    pub marks: Vec<String>,
    /// Words of the circumstances that stand here more often than elsewhere.
    pub words: Vec<String>,
    /// What to keep in mind.
    pub caution: Option<String>,
    /// What to ask next.
    pub ask: String,
    /// What it is about: `product`, `Kettle K2`. The parts of the pattern, and then its marks.
    pub parts: Vec<Part>,
    /// How many records have all parts.
    pub both: usize,
    /// How many have the first part.
    pub of: usize,
    /// How many of these would have all, by chance.
    pub expected: f64,
    /// The chance, corrected for looking at many.
    pub q: f64,
    /// Where the records stand: the number of the file and the line.
    pub records: Vec<(u32, u64)>,
    /// Smaller findings that this one explains.
    pub explains: Vec<String>,
    /// About how many more records would make a hint likely.
    pub more: Option<usize>,
}

/// A value that belongs to a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The attribute, or `since`.
    pub by: &'static str,
    /// The value.
    pub value: String,
    /// Whether it is a part of the pattern itself, and no mark of its records.
    pub is_own: bool,
}
