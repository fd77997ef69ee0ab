//! From tables and sessions to a casebook.

use std::path::Path;

use jiff::civil::{Date, Time};
use rustc_hash::{FxHashMap, FxHashSet};

use super::attribute::Attribute;
use super::columns::{Columns, FieldChoice, Role};
use super::dates::{self, DayOrder, Reading};
use super::load::Loads;
use super::table::{self, Table};
use super::values::Values;
use super::{Casebook, Record, Source};
use crate::document::decode;
use crate::scenario::casebook::Weekday;
use crate::wording::{counted, listed};

/// How files are read.
#[derive(Debug, Clone)]
pub struct Ways {
    /// Columns that the user named.
    pub fields: Vec<FieldChoice>,
    /// The order of day and month, where the user said it.
    pub dates: Option<DayOrder>,
    /// Dates after this day are mistakes.
    pub today: Date,
}

/// Records on their way into a casebook.
#[derive(Debug)]
pub struct Reader {
    how: Ways,
    sources: Vec<Source>,
    raws: Vec<Raw>,
    remarks: Vec<String>,
    dates: Troubled,
    times: Troubled,
}

/// A record as it stands.
#[derive(Debug, Default)]
pub(super) struct Raw {
    pub(super) source: u32,
    pub(super) line: u64,
    pub(super) date: Option<Reading>,
    pub(super) time: Option<Time>,
    pub(super) weekday: Option<Weekday>,
    /// Product, supplier, place, person, load and failure, by the number of the attribute.
    pub(super) texts: [Option<Box<str>>; Attribute::ALL.len()],
    pub(super) words: Box<str>,
}

/// Cells that could not be read: how many, and the first.
#[derive(Debug, Default)]
struct Troubled {
    count: usize,
    first: String,
}

impl Troubled {
    fn add(&mut self, source: &str, line: u64, cell: &str) {
        self.count += 1;
        if self.count == 1 {
            let cell: String = cell.chars().take(40).collect();
            self.first = format!("`{cell}` in line {line} of {source}");
        }
    }

    fn tell(&self, what: &str) -> Option<String> {
        (self.count > 0).then(|| {
            format!(
                "{} could not be read and {} left out, the first {}",
                counted(self.count, what, &format!("{what}s")),
                if self.count == 1 { "was" } else { "were" },
                self.first
            )
        })
    }
}

impl Reader {
    /// A reader that has read nothing yet.
    #[must_use]
    pub fn new(how: Ways) -> Self {
        let (dates, times) = <(Troubled, Troubled)>::default();
        Self { how, sources: Vec::new(), raws: Vec::new(), remarks: Vec::new(), dates, times }
    }

    /// Reads the records of a file.
    ///
    /// # Errors
    /// Why they cannot be read, and what to do: a sentence or more.
    pub fn file(&mut self, path: &Path, bytes: &[u8]) -> Result<(), Vec<String>> {
        let decoded = decode(bytes).map_err(|note| vec![note.text])?;
        let table = table::read(path, &decoded.text)?;
        let name = path.to_string_lossy().into_owned();
        self.remarks.extend(decoded.note.map(|note| format!("{name}: {}", note.text.trim_end_matches('.'))));
        self.table(&name, &table).map_err(|why| vec![why])
    }

    pub(super) fn table(&mut self, name: &str, table: &Table) -> Result<(), String> {
        let columns = Columns::of(table, &self.how.fields, false)?;
        if table.rows.is_empty() {
            return Err("there are no records in it: write a line with the names of the columns, and then a line for each record".to_owned());
        }
        let is_told = |(role, _): &&(Role, usize)| !matches!(role, Role::Words | Role::Count);
        if columns.used.iter().filter(is_told).count() == 0 {
            let names: Vec<&str> = table.columns.iter().map(String::as_str).collect();
            return Err(format!(
                "no column says when, where, what or who; there are {}. Name them: --field date=… --field place=…",
                listed(&names, "and")
            ));
        }
        self.remarks.extend(table.remarks.iter().map(|remark| format!("{name}: {remark}")));
        let source = self.source(name);
        self.sources[source as usize].used = columns
            .used
            .iter()
            .map(|(role, column)| (role_name(*role), table.columns[*column].trim().to_owned()))
            .collect();
        self.sources[source as usize].others.clone_from(&columns.others);
        for row in &table.rows {
            let raw = self.raw(name, source, row.line, &row.cells, &columns);
            self.raws.push(raw);
        }
        Ok(())
    }

    pub(super) fn source(&mut self, name: &str) -> u32 {
        self.sources.push(Source { name: name.to_owned(), used: Vec::new(), others: Vec::new() });
        self.sources.len() as u32 - 1
    }

    pub(super) fn push(&mut self, raw: Raw) {
        self.raws.push(raw);
    }

    pub(super) fn remark(&mut self, remark: String) {
        self.remarks.push(remark);
    }

    fn raw(&mut self, name: &str, source: u32, line: u64, cells: &[String], columns: &Columns) -> Raw {
        let mut raw = Raw { source, line, ..Raw::default() };
        if let Some(cell) = columns.cell(cells, Role::Date) {
            match dates::date(cell) {
                Some((date, time)) => (raw.date, raw.time) = (Some(date), time),
                None => match dates::weekday(cell) {
                    Some(day) => raw.weekday = Some(day),
                    None => self.dates.add(name, line, cell),
                },
            }
        }
        if let Some(cell) = columns.cell(cells, Role::Time) {
            match dates::time(cell) {
                Some(time) => raw.time = Some(time),
                None => self.times.add(name, line, cell),
            }
        }
        for attribute in Attribute::ALL {
            let Some(cell) = columns.cell(cells, Role::Of(attribute)) else { continue };
            match attribute {
                Attribute::Weekday => match dates::weekday(cell) {
                    Some(day) => raw.weekday = Some(day),
                    // A column called `day` may hold dates.
                    None => match dates::date(cell) {
                        Some((date, time)) => {
                            raw.date = raw.date.or(Some(date));
                            raw.time = raw.time.or(time);
                        }
                        None => self.dates.add(name, line, cell),
                    },
                },
                _ => raw.texts[attribute as usize] = Some(cell.into()),
            }
        }
        raw.words = columns.cell(cells, Role::Words).unwrap_or_default().into();
        raw
    }

    /// The casebook of all that was read.
    #[must_use]
    pub fn finish(self) -> Casebook {
        let Self { how, sources, raws, mut remarks, dates, times } = self;
        remarks.extend([dates.tell("date"), times.tell("time")].into_iter().flatten());
        let order = day_order(&how, &raws, &mut remarks);
        let days = days(&raws, order, how.today, &mut remarks);
        let mut casebook = Casebook { sources, ..Casebook::default() };
        casebook.names[Attribute::Hour as usize] = (0..24).map(|hour| format!("{hour:02}:00")).collect();
        casebook.names[Attribute::Weekday as usize] =
            Weekday::ALL.into_iter().map(|day| day.name().to_owned()).collect();
        casebook.records = raws.iter().zip(&days).map(|(raw, day)| record(raw, *day)).collect();
        disagreements(&raws, &days, &mut remarks);
        for attribute in Attribute::ALL {
            match attribute {
                Attribute::Hour | Attribute::Weekday => {}
                Attribute::Load => loads(&mut casebook, &raws),
                _ => texts(&mut casebook, &raws, attribute, &mut remarks),
            }
        }
        once(&mut casebook, &mut remarks);
        casebook.remarks = remarks;
        casebook
    }
}

const fn role_name(role: Role) -> &'static str {
    match role {
        Role::Date => "date",
        Role::Time => "time",
        Role::Of(attribute) => attribute.name(),
        Role::Words => "words",
        Role::Count => "count",
    }
}

/// In which order day and month stand, and what the reader should know about it.
fn day_order(how: &Ways, raws: &[Raw], remarks: &mut Vec<String>) -> DayOrder {
    let mut either =
        raws.iter().filter_map(|raw| raw.date).filter(|date| matches!(date, Reading::Either(..)));
    let Some(Reading::Either(one, two, year)) = either.clone().find(|date| date.proves().is_none()) else {
        let first = either.find_map(Reading::proves);
        return how.dates.or(first).unwrap_or(DayOrder::Dmy);
    };
    let proofs: Vec<DayOrder> = either.filter_map(Reading::proves).collect();
    let of = |order: DayOrder| proofs.iter().filter(|own| **own == order).count();
    let (day_first, month_first) = (of(DayOrder::Dmy), of(DayOrder::Mdy));
    let order = how.dates.unwrap_or(if month_first > day_first { DayOrder::Mdy } else { DayOrder::Dmy });
    if how.dates.is_some() {
        return order;
    }
    let example = format!("{one}/{two}/{year}");
    let (read, other, flag) = match order {
        DayOrder::Dmy => ("the day first", "the month stands first", "mdy"),
        DayOrder::Mdy => ("the month first", "the day stands first", "dmy"),
    };
    let why = match (day_first, month_first) {
        (0, 0) => "no date tells which".to_owned(),
        (_, 0) | (0, _) => return order,
        _ => format!("{day_first} dates can only have the day first and {month_first} only the month"),
    };
    let day = Reading::Either(one, two, year).day(order).map(dates::spelled).unwrap_or_default();
    remarks.push(format!(
        "dates such as {example} were read with {read}, as {day}: {why}. Where {other}, add --dates {flag}"
    ));
    order
}

/// The day of each record. Days that have not come yet, or are far from all others, are mistakes of a clock.
fn days(raws: &[Raw], order: DayOrder, today: Date, remarks: &mut Vec<String>) -> Vec<Option<Date>> {
    const YEARS: i16 = 20;
    let mut days: Vec<Option<Date>> = raws
        .iter()
        .map(|raw| {
            raw.date.and_then(|date| date.day(order).or_else(|| date.proves().and_then(|own| date.day(own))))
        })
        .collect();
    let mut known: Vec<Date> = days.iter().flatten().copied().collect();
    known.sort_unstable();
    let Some(&middle) = known.get(known.len() / 2) else { return days };
    let (mut count, mut first) = (0, None);
    for (day, raw) in days.iter_mut().zip(raws) {
        let Some(own) = *day else { continue };
        // A clock may be a day ahead, on the other side of the date line.
        let is_ahead = own > today.tomorrow().unwrap_or(today) && middle <= today;
        if is_ahead || (own.year() - middle.year()).abs() > YEARS {
            count += 1;
            first.get_or_insert((own, raw.line));
            *day = None;
        }
    }
    if let Some((day, line)) = first {
        let what = if count == 1 { "date is" } else { "dates are" };
        remarks.push(format!("{count} {what} in the future or far from all others, the first {day} in line {line}; the clock was wrong, and they were left out"));
    }
    days
}

fn record(raw: &Raw, date: Option<Date>) -> Record {
    let mut record = Record {
        source: raw.source,
        line: raw.line,
        date,
        time: raw.time,
        codes: [None; Attribute::ALL.len()],
        load: raw.texts[Attribute::Load as usize].clone().unwrap_or_default(),
        words: raw.words.clone(),
    };
    record.codes[Attribute::Hour as usize] = raw.time.map(|time| time.hour() as u16);
    let weekday = date.map(dates::weekday_of).or(raw.weekday);
    record.codes[Attribute::Weekday as usize] = weekday.map(|day| day as u16);
    record
}

fn disagreements(raws: &[Raw], days: &[Option<Date>], remarks: &mut Vec<String>) {
    let disagrees = |(raw, day): &(&Raw, &Option<Date>)| {
        raw.weekday.zip(**day).is_some_and(|(weekday, day)| weekday != dates::weekday_of(day))
    };
    let mut all = raws.iter().zip(days).filter(disagrees);
    if let Some((raw, _)) = all.next() {
        let count = 1 + all.count();
        remarks.push(format!(
            "{} {} another weekday than the date has, the first in line {}; the date was believed",
            counted(count, "record", "records"),
            if count == 1 { "has" } else { "have" },
            raw.line
        ));
    }
}

/// Gives the values of an attribute their numbers, each odd spelling that of the usual one.
fn texts(casebook: &mut Casebook, raws: &[Raw], attribute: Attribute, remarks: &mut Vec<String>) {
    let mut values = Values::default();
    let at = attribute as usize;
    let numbers: Vec<Option<usize>> =
        raws.iter().map(|raw| raw.texts[at].as_deref().and_then(|text| values.add(text))).collect();
    let usual = values.usual();
    let odd: Vec<String> = (0..values.len())
        .filter(|&number| usual[number] != number)
        .map(|number| format!("`{}` as {}", values.name(number), values.name(usual[number])))
        .collect();
    if !odd.is_empty() {
        const SHOWN: usize = 4;
        let more = odd.len().saturating_sub(SHOWN);
        let shown = odd[..odd.len().min(SHOWN)].join(", ");
        let more = if more > 0 { format!(", and {more} more") } else { String::new() };
        remarks
            .push(format!("odd spellings of {} were read as the usual one: {shown}{more}", attribute.name()));
    }
    let mut codes: FxHashMap<usize, u16> = FxHashMap::default();
    for (record, number) in casebook.records.iter_mut().zip(numbers) {
        let Some(number) = number.map(|number| usual[number]) else { continue };
        let names = &mut casebook.names[at];
        let code = *codes.entry(number).or_insert_with(|| {
            names.push(values.name(number).to_owned());
            names.len() as u16 - 1
        });
        record.codes[at] = Some(code);
    }
}

fn loads(casebook: &mut Casebook, raws: &[Raw]) {
    let at = Attribute::Load as usize;
    let cells = || raws.iter().map(|raw| raw.texts[at].as_deref());
    let loads = Loads::of(cells().flatten());
    casebook.names[at].clone_from(&loads.names);
    for (record, cell) in casebook.records.iter_mut().zip(cells()) {
        record.codes[at] = cell.and_then(|cell| loads.code(cell));
    }
}

/// A record that stands twice counts once: same day, same hour or same words, and the same in all else.
fn once(casebook: &mut Casebook, remarks: &mut Vec<String>) {
    let mut seen = FxHashSet::default();
    let mut lines: Vec<u64> = Vec::new();
    casebook.records.retain(|record| {
        let Record { date, time, codes, words, line, .. } = record;
        let tells = date.is_some() && (time.is_some() || words.split_whitespace().nth(2).is_some());
        let is_new = !tells || seen.insert((*date, *time, *codes, words.clone()));
        if !is_new {
            lines.push(*line);
        }
        is_new
    });
    if let Some(first) = lines.first() {
        let (count, what) = (lines.len(), if lines.len() == 1 { "stands" } else { "stand" });
        remarks.push(format!(
            "{} {what} twice and {} counted once, the first in line {first}",
            counted(count, "record", "records"),
            if count == 1 { "was" } else { "were" }
        ));
    }
}
