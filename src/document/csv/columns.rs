//! Which columns hold what: chosen by the user, else guessed by name, else by content.

use rustc_hash::FxHashMap;

use super::scan::{Row, Scan};
use crate::document::records::{self, Chosen, Name, NameKind};
use crate::document::{Fields, Options};

/// So many rows tell which columns look like prose.
const SAMPLE: usize = 100;

/// So many words on average make a column prose.
const PROSE_WORDS: usize = 5;

/// Which columns hold what.
pub(super) struct Columns {
    pub(super) has_header: bool,
    names: Vec<Name>,
    spelled: Vec<String>,
    /// The columns that may hold text, the best first.
    texts: Vec<usize>,
    is_guessed_by_name: bool,
    pub(super) fields: Fields,
}

impl Columns {
    pub(super) fn new(source: &str, separator: u8, options: &Options) -> Self {
        let sample: Vec<Row> = Scan::new(source.as_bytes(), separator).take(SAMPLE).collect();
        let spelled: Vec<String> = sample
            .first()
            .map(|row| row.cells.iter().map(|cell| records::spelled(&cell.block(source).text)).collect())
            .unwrap_or_default();
        let names: Vec<Name> = spelled.iter().map(|name| Name::new(name)).collect();
        let mut columns = Self {
            has_header: false,
            names,
            spelled,
            texts: Vec::new(),
            is_guessed_by_name: false,
            fields: Fields::for_choice(&options.fields),
        };
        columns.choose(&options.fields);
        if options.fields.is_empty() {
            columns.guess(source, &sample);
        }
        columns
    }

    /// Takes the columns that the user named, or whose number he gave.
    fn choose(&mut self, fields: &[String]) {
        let chosen = Chosen::new(fields);
        let mut has_named = false;
        for column in 0..self.names.len() {
            if let Some(choice) = chosen.meets(std::iter::once(self.names[column].plain.as_str())) {
                has_named = true;
                self.take(choice, column);
            }
        }
        for (choice, field) in fields.iter().enumerate() {
            let column = field.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
            if let Some(column) = column.filter(|&column| column < self.names.len()) {
                self.take(choice, column);
            }
        }
        self.has_header = has_named || self.looks_like_header();
        self.texts.sort_unstable();
        self.texts.dedup();
        if !fields.is_empty() {
            let names = self.spelled.iter().filter(|name| !name.is_empty());
            self.fields.names = names.take(Fields::MOST_NAMES).cloned().collect();
        }
    }

    fn take(&mut self, choice: usize, column: usize) {
        self.fields.found[choice] = true;
        self.texts.push(column);
    }

    /// Whether a name in the first row is known, and none is a sentence.
    fn looks_like_header(&self) -> bool {
        let is_sentence = |name: &String| records::has_words(name, PROSE_WORDS + 1);
        self.names.iter().any(|name| name.kind != NameKind::Other) && !self.spelled.iter().any(is_sentence)
    }

    fn guess(&mut self, source: &str, sample: &[Row]) {
        if self.has_header {
            self.texts = self.of_kind(NameKind::Text);
            if self.texts.is_empty() {
                self.texts = self.of_kind(NameKind::WeakText);
            }
        }
        self.is_guessed_by_name = !self.texts.is_empty();
        if self.texts.is_empty() {
            self.guess_by_content(source, sample);
        }
    }

    fn of_kind(&self, kind: NameKind) -> Vec<usize> {
        let mut columns: Vec<usize> =
            (0..self.names.len()).filter(|&column| self.names[column].kind == kind).collect();
        columns.sort_by_key(|&column| self.names[column].rank);
        columns
    }

    fn guess_by_content(&mut self, source: &str, sample: &[Row]) {
        let width = sample.iter().map(|row| row.cells.len()).max().unwrap_or_default();
        let is_prose = |column: usize, rows: &[Row]| {
            let cells =
                rows.iter().filter_map(|row| row.cells.get(column)).map(|cell| &source[cell.inner.range()]);
            let filled: Vec<&str> = cells.filter(|cell| !cell.trim().is_empty()).collect();
            let words: usize = filled.iter().map(|cell| cell.split_whitespace().count()).sum();
            !filled.is_empty() && words >= PROSE_WORDS * filled.len()
        };
        let later = sample.get(1..).unwrap_or_default();
        let first_is_prose = (0..width).any(|column| is_prose(column, &sample[..1]));
        self.has_header |= !first_is_prose && (0..width).any(|column| is_prose(column, later));
        let rows = if self.has_header { later } else { sample };
        let is_others = |column: usize| {
            self.has_header
                && self
                    .names
                    .get(column)
                    .is_some_and(|name| name.is_for_others || name.kind == NameKind::Role)
        };
        self.texts = (0..width).filter(|&column| is_prose(column, rows) && !is_others(column)).collect();
    }

    /// The columns of `row` to read: none if the record is the customer's, of two formats of one
    /// text the better that is filled.
    pub(super) fn texts_of(&self, source: &str, row: &Row) -> Vec<usize> {
        let text = |column: usize| row.cells.get(column).map_or("", |cell| source[cell.inner.range()].trim());
        let is_others = |(column, name): (usize, &Name)| name.is_others(text(column)) == Some(true);
        if self.has_header && self.names.iter().enumerate().any(is_others) {
            return Vec::new();
        }
        let filled = self.texts.iter().copied().filter(|&column| !text(column).is_empty());
        let mut columns: Vec<usize> = if self.is_guessed_by_name {
            let mut known: FxHashMap<&str, &str> = FxHashMap::default();
            let is_first = |&column: &usize| {
                let name = &self.names[column];
                *known.entry(&name.stem).or_insert(&name.plain) == name.plain
            };
            filled.filter(is_first).collect()
        } else {
            filled.collect()
        };
        columns.sort_unstable();
        columns
    }

    pub(super) fn label(&self, column: usize) -> String {
        match self.spelled.get(column) {
            Some(name) if self.has_header && !name.is_empty() => name.clone(),
            _ => format!("column {}", column + 1),
        }
    }
}
