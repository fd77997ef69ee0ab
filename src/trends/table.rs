//! Files of records as tables: CSV, TSV, JSON Lines, JSON and YAML.

use std::borrow::Cow;
use std::path::Path;

use csv_core::{ReadRecordResult, ReaderBuilder};
use rustc_hash::FxHashMap;
use serde_json::{Map, Value};

use crate::wording::counted;
use crate::yaml::{self, Node, Tree};

/// Records as they stand: a name for each column, and the cells in the order of the columns.
#[derive(Debug, Default)]
pub(super) struct Table {
    pub(super) columns: Vec<String>,
    pub(super) rows: Vec<Row>,
    pub(super) remarks: Vec<String>,
}

/// A record.
#[derive(Debug)]
pub(super) struct Row {
    /// The line on which it begins.
    pub(super) line: u64,
    pub(super) cells: Vec<String>,
}

/// What a file is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Separated(u8),
    Json,
    JsonLines,
    Yaml,
}

impl Kind {
    fn of(path: &Path, text: &str) -> Self {
        let extension = path.extension().map(|own| own.to_string_lossy().to_ascii_lowercase());
        match extension.as_deref() {
            Some("tsv" | "tab") => Self::Separated(b'\t'),
            Some("yaml" | "yml") => Self::Yaml,
            Some("jsonl" | "ndjson") => Self::JsonLines,
            Some("csv") => Self::Separated(separator(text)),
            _ => match text.trim_start().as_bytes() {
                [b'[', ..] => Self::Json,
                [b'{', ..] => Self::JsonLines,
                [b'-', b' ', ..] => Self::Yaml,
                _ => Self::Separated(separator(text)),
            },
        }
    }
}

/// What separates the cells: spreadsheets of half of Europe write semicolons.
fn separator(text: &str) -> u8 {
    let head = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |mark: u8| head.bytes().filter(|byte| *byte == mark).count();
    let most = [b'|', b'\t', b';', b','].into_iter().max_by_key(|mark| count(*mark));
    most.filter(|mark| count(*mark) > 0).unwrap_or(b',')
}

/// Reads a file.
///
/// # Errors
/// Why it cannot be read: each mistake with its line, and what to do.
pub(super) fn read(path: &Path, text: &str) -> Result<Table, Vec<String>> {
    match Kind::of(path, text) {
        Kind::Separated(separator) => Ok(separated(text, separator)),
        Kind::Json => json(text),
        Kind::JsonLines => json_lines(text),
        Kind::Yaml => yaml(text),
    }
}

fn separated(text: &str, separator: u8) -> Table {
    let mut reader = ReaderBuilder::new().delimiter(separator).build();
    let (mut output, mut ends) = (vec![0; 4096], vec![0; 64]);
    let (mut input, mut filled, mut ended) = (text.as_bytes(), 0, 0);
    let (mut line, mut next, mut table) = (1, 1, Table::default());
    let (mut longer, mut first_longer) = (0_usize, 0);
    loop {
        if filled == 0 && ended == 0 {
            let blank = input.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
            next += lines(&input[..blank]);
            (line, input) = (next, &input[blank..]);
        }
        let (result, read, written, fields) =
            reader.read_record(input, &mut output[filled..], &mut ends[ended..]);
        next += lines(&input[..read]);
        (input, filled, ended) = (&input[read..], filled + written, ended + fields);
        match result {
            ReadRecordResult::InputEmpty => {}
            ReadRecordResult::OutputFull => output.resize(2 * output.len(), 0),
            ReadRecordResult::OutputEndsFull => ends.resize(2 * ends.len(), 0),
            ReadRecordResult::Record => {
                let cells = cells(&output, &ends[..ended]);
                (filled, ended) = (0, 0);
                if table.columns.is_empty() {
                    table.columns = cells;
                } else if cells.iter().any(|cell| !cell.trim().is_empty()) {
                    if cells.len() > table.columns.len() {
                        longer += 1;
                        first_longer = if longer == 1 { line } else { first_longer };
                    }
                    table.rows.push(Row { line, cells });
                }
            }
            ReadRecordResult::End => break,
        }
    }
    if longer > 0 {
        table.remarks.push(format!(
            "{} more cells than there are columns, the first in line {first_longer}: put texts with a comma in quotes",
            counted(longer, "record has", "records have")
        ));
    }
    if text.bytes().filter(|byte| *byte == b'"').count() % 2 == 1 {
        let last = table.rows.last().map_or(1, |row| row.line);
        table
            .remarks
            .push(format!("a quote is never closed; the record that begins in line {last} may hold several"));
    }
    table
}

/// How many lines end in these bytes.
fn lines(bytes: &[u8]) -> u64 {
    memchr::memchr_iter(b'\n', bytes).count() as u64
}

fn cells(output: &[u8], ends: &[usize]) -> Vec<String> {
    let starts = std::iter::once(0).chain(ends.iter().copied());
    // The cells are cut at ASCII characters out of UTF-8.
    starts.zip(ends).map(|(start, &end)| String::from_utf8_lossy(&output[start..end]).into_owned()).collect()
}

fn json(text: &str) -> Result<Table, Vec<String>> {
    let records: Vec<Map<String, Value>> = serde_json::from_str(text).map_err(|error| {
        vec![format!("line {}: this is not a list of JSON objects ({})", error.line(), plain(&error))]
    })?;
    let mut gathered = Gathered::default();
    for (number, record) in records.into_iter().enumerate() {
        gathered.object(number as u64 + 1, &record);
    }
    Ok(gathered.table)
}

fn json_lines(text: &str) -> Result<Table, Vec<String>> {
    let mut gathered = Gathered::default();
    let mut mistakes = Vec::new();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        match serde_json::from_str::<Map<String, Value>>(line) {
            Ok(record) => gathered.object(number as u64 + 1, &record),
            Err(error) => mistakes.push(format!(
                "line {}: this is not a JSON object ({}); write one record a line",
                number + 1,
                plain(&error)
            )),
        }
    }
    if mistakes.is_empty() || !gathered.table.rows.is_empty() {
        gathered.table.remarks = few(mistakes);
        return Ok(gathered.table);
    }
    Err(few(mistakes))
}

/// The first mistakes, and how many more there are.
fn few(mut mistakes: Vec<String>) -> Vec<String> {
    const SHOWN: usize = 3;
    let more = mistakes.len().saturating_sub(SHOWN);
    mistakes.truncate(SHOWN);
    if more > 0 {
        mistakes.push(format!("and {more} more such lines"));
    }
    mistakes
}

fn plain(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or_default().to_owned()
}

fn yaml(text: &str) -> Result<Table, Vec<String>> {
    let (tree, mistakes) = Tree::read(text.to_owned());
    let told = |mistake: &yaml::Mistake| match mistake.position {
        Some(at) => format!("{}:{}: {}", at.line, at.column, mistake.message),
        None => mistake.message.clone(),
    };
    let Some(tree) = tree.filter(|_| mistakes.is_empty()) else {
        return Err(mistakes.iter().map(told).collect());
    };
    let Some(items) = list(tree.root()) else {
        return Err(vec!["1:1: a list of records was expected here: begin each with a dash".to_owned()]);
    };
    let mut gathered = Gathered::default();
    for item in items {
        let at = tree.position(item.span.start);
        let yaml::Value::Map(entries) = &item.value else {
            let what = "a record was expected here: write `date: 2026-03-04` and so on, a line each";
            return Err(vec![format!("{}:{}: {what}", at.line, at.column)]);
        };
        let cells = entries.iter().map(|entry| (entry.key.as_str(), Cow::from(text_of(&entry.value))));
        gathered.record(at.line as u64, cells);
    }
    Ok(gathered.table)
}

/// The list itself, or the only list behind a key.
fn list(node: &Node) -> Option<&[Node]> {
    match &node.value {
        yaml::Value::List(items) => Some(items),
        yaml::Value::Map(entries) => entries.iter().find_map(|entry| match &entry.value.value {
            yaml::Value::List(items) => Some(items.as_slice()),
            _ => None,
        }),
        yaml::Value::Scalar(_) => None,
    }
}

fn text_of(node: &Node) -> String {
    match &node.value {
        yaml::Value::Scalar(scalar) => scalar.text.clone(),
        yaml::Value::List(items) => items.iter().map(text_of).collect::<Vec<_>>().join(", "),
        yaml::Value::Map(_) => String::new(),
    }
}

/// Records of which each may have other names.
#[derive(Default)]
struct Gathered {
    table: Table,
    known: FxHashMap<String, usize>,
}

impl Gathered {
    fn object(&mut self, line: u64, object: &Map<String, Value>) {
        let cells = object.iter().map(|(name, value)| {
            let text = match value {
                Value::String(text) => Cow::from(text),
                Value::Null | Value::Object(_) => Cow::from(""),
                Value::Array(items) => {
                    Cow::from(items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(", "))
                }
                other => Cow::from(other.to_string()),
            };
            (name.as_str(), text)
        });
        self.record(line, cells);
    }

    fn record<'v>(&mut self, line: u64, values: impl Iterator<Item = (&'v str, Cow<'v, str>)>) {
        let mut cells = vec![String::new(); self.table.columns.len()];
        for (name, value) in values {
            let column = self.known.get(name).copied().unwrap_or_else(|| {
                self.known.insert(name.to_owned(), self.table.columns.len());
                self.table.columns.push(name.to_owned());
                cells.push(String::new());
                self.table.columns.len() - 1
            });
            cells[column] = value.into_owned();
        }
        self.table.rows.push(Row { line, cells });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(name: &str, text: &str) -> String {
        match read(Path::new(name), text) {
            Ok(table) => {
                let rows = table.rows.iter().map(|row| format!("{}: {}", row.line, row.cells.join("|")));
                let head = std::iter::once(table.columns.join("|"));
                head.chain(rows)
                    .chain(table.remarks.iter().map(|remark| format!("! {remark}")))
                    .collect::<Vec<_>>()
                    .join("\n")
            }
            Err(mistakes) => mistakes.join("\n"),
        }
    }

    #[test]
    fn the_same_records_are_read_from_every_kind() {
        let expected = "date|store\n2: 2026-03-04|Bay\n3: 2026-03-05|Mill, old";
        assert_eq!(shown("a.csv", "date,store\n2026-03-04,Bay\n2026-03-05,\"Mill, old\"\n"), expected);
        assert_eq!(shown("a.csv", "date;store\r\n2026-03-04;Bay\r\n2026-03-05;Mill, old"), expected);
        assert_eq!(shown("a.tsv", "date\tstore\n2026-03-04\tBay\n2026-03-05\tMill, old\n"), expected);
        let lines = "\n{\"date\":\"2026-03-04\",\"store\":\"Bay\"}\n{\"store\":\"Mill, old\",\"date\":\"2026-03-05\"}\n";
        assert_eq!(shown("a.jsonl", lines), expected);
        let yaml = "\n- date: 2026-03-04\n  store: Bay\n- {store: 'Mill, old', date: 2026-03-05}\n";
        assert_eq!(shown("a.yaml", yaml), expected.replace("3: ", "4: "));
        let json =
            "[{\"date\":\"2026-03-04\",\"store\":\"Bay\"},{\"store\":\"Mill, old\",\"date\":\"2026-03-05\"}]";
        assert_eq!(shown("a.json", json), expected.replace("2: ", "1: ").replace("3: ", "2: "));
    }

    #[test]
    fn mistakes_say_where_they_are() {
        insta::assert_snapshot!(
            ["a.yaml|- date: [\n", "a.yaml|date: x\n", "a.yaml|- just a text\n", "a.jsonl|{\"a\":\n", "a.json|[1]", "a.jsonl|{\"a\":1}\n{]\n", "a.csv|a,b\n1,2,3\n\"4,5\n6,7\n"]
                .map(|case| {
                    let (name, text) = case.split_once('|').unwrap();
                    shown(name, text)
                })
                .join("\n---\n"),
            @r"
        2:1: a value is missing here: write one, or remove the sign before it
        ---
        1:1: a list of records was expected here: begin each with a dash
        ---
        1:3: a record was expected here: write `date: 2026-03-04` and so on, a line each
        ---
        line 1: this is not a JSON object (EOF while parsing a value); write one record a line
        ---
        line 1: this is not a list of JSON objects (invalid type: integer `1`, expected a map)
        ---
        a
        1: 1
        ! line 2: this is not a JSON object (key must be a string); write one record a line
        ---
        a|b
        2: 1|2|3
        3: 4,5
        6,7

        ! 1 record has more cells than there are columns, the first in line 2: put texts with a comma in quotes
        ! a quote is never closed; the record that begins in line 3 may hold several
        "
        );
    }
}
