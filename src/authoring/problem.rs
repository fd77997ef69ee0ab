//! What is wrong with a file of an author, where, and what to do about it.

use std::fmt;

use rustc_hash::FxHashMap;

use super::spot::Spot;
use crate::report::escape::escaped;
use crate::text::Position;
use crate::yaml::Mistake;

/// Whether a file can be used in spite of a problem.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// It cannot.
    Mistake,
    /// It can, but its author probably wants something else.
    Warning,
}

/// A problem of a lexicon or a scenario. It displays as `path:line:column: message`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file.
    pub path: String,
    /// The place in it, where there is one.
    pub position: Option<Position>,
    /// How bad it is.
    pub level: Level,
    /// What is wrong and what to do.
    pub message: String,
    /// More of the same kind, for those who ask.
    pub details: Vec<String>,
}

impl Problem {
    /// A mistake of a file as a whole, or at its place.
    pub(crate) fn of_file(path: &str, mistake: Mistake) -> Self {
        let Mistake { position, message } = mistake;
        Self { path: path.to_owned(), position, level: Level::Mistake, message, details: Vec::new() }
    }

    /// Orders problems by file and place.
    pub(super) fn order(&self) -> (&str, Option<Position>, Level, &str) {
        (&self.path, self.position, self.level, &self.message)
    }
}

/// The places where mistakes stand, to be looked up.
pub(super) struct Troubled(FxHashMap<String, Vec<Position>>);

impl Troubled {
    pub(super) fn new(problems: &[Problem]) -> Self {
        let mut places: FxHashMap<String, Vec<Position>> = FxHashMap::default();
        for problem in problems.iter().filter(|problem| problem.level == Level::Mistake) {
            places.entry(problem.path.clone()).or_default().extend(problem.position);
        }
        places.values_mut().for_each(|positions| positions.sort_unstable());
        Self(places)
    }

    /// Whether a mistake hinders a rule from hearing what it should.
    pub(super) fn hinders(&self, rule: Spot<'_>) -> bool {
        const HEARS: [&str; 6] = ["id", "off", "phrases", "unless", "only", "negated"];
        HEARS.iter().any(|key| {
            let is_lost = rule.has_lost(key) || rule.root().has_lost(key);
            is_lost || (rule.has(key) && self.holds(rule.key(key)))
        })
    }

    /// Whether a mistake stands within what stands at the spot.
    pub(super) fn holds(&self, spot: Spot<'_>) -> bool {
        let (Some((start, end)), Some(places)) = (spot.bounds(), self.0.get(spot.path)) else {
            return false;
        };
        let first = places.partition_point(|place| *place < start);
        places.get(first).is_some_and(|place| *place < end)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", escaped(&self.path))?;
        if let Some(Position { line, column }) = self.position {
            write!(f, "{line}:{column}:")?;
        }
        if self.level == Level::Warning {
            write!(f, " warning:")?;
        }
        write!(f, " {}", escaped(&self.message))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_shows_the_place_first_and_no_control_character() {
        let mut problem = Problem {
            path: "a\u{1b}.yaml".to_owned(),
            position: Some(Position { line: 3, column: 5 }),
            level: Level::Mistake,
            message: "there is no key `\u{7}`".to_owned(),
            details: Vec::new(),
        };
        assert_eq!(problem.to_string(), r"a\u{1b}.yaml:3:5: there is no key `\u{7}`");
        problem.level = Level::Warning;
        problem.position = None;
        assert_eq!(problem.to_string(), r"a\u{1b}.yaml: warning: there is no key `\u{7}`");
    }
}
