//! How many customers there were: the denominator that a casebook of failures does not have.

use super::attribute::Attribute;
use super::columns::{Columns, Role};
use super::table::Table;
use super::{Casebook, dates};
use crate::wording::listed;

/// Counts of customers, visits or sales by what the records are compared by.
#[derive(Debug, Default)]
pub struct Traffic {
    groups: Vec<Group>,
    /// What the reader should know.
    pub remarks: Vec<String>,
}

/// Codes of a casebook: the first, and the one behind the last.
type Codes = (u16, u16);

/// Rows that tell of the same attributes.
#[derive(Debug)]
struct Group {
    attributes: Vec<Attribute>,
    /// The codes in the order of the attributes, and how many.
    rows: Vec<(Vec<Option<u16>>, f64)>,
}

impl Traffic {
    pub(super) fn of(table: &Table, casebook: &Casebook) -> Result<Self, String> {
        let columns = Columns::of(table, &[], true)?;
        let has = |role: Role| columns.used.iter().any(|(own, _)| *own == role);
        let told = |(role, _): &&(Role, usize)| matches!(role, Role::Of(_) | Role::Time | Role::Date);
        if !has(Role::Count) || columns.used.iter().filter(told).count() == 0 {
            return Err("a file of traffic has a column with a count (count, customers, sales) and at least one of hour, weekday, date, product, place, person and load".to_owned());
        }
        let mut traffic = Self::default();
        let mut unread = 0;
        for row in &table.rows {
            let count = columns
                .cell(&row.cells, Role::Count)
                .and_then(|cell| cell.replace([' ', ','], "").parse::<f64>().ok());
            match count.filter(|count| count.is_finite() && *count >= 0.0) {
                Some(count) => traffic.row(casebook, &columns, &row.cells, count),
                None => unread += 1,
            }
        }
        if unread > 0 {
            traffic.remarks.push(format!("{unread} rows of the traffic have no count and were left out"));
        }
        traffic.groups.retain(|group| group.rows.iter().map(|(_, count)| count).sum::<f64>() > 0.0);
        if traffic.groups.is_empty() {
            return Err("there are no counts in it: write a row for each hour, weekday or place, with how many customers came".to_owned());
        }
        Ok(traffic)
    }

    fn row(&mut self, casebook: &Casebook, columns: &Columns, cells: &[String], count: f64) {
        let told: Vec<(Attribute, Option<u16>)> = Attribute::ALL
            .into_iter()
            .filter_map(|attribute| Some((attribute, code(casebook, columns, cells, attribute)?)))
            .collect();
        if told.is_empty() {
            return;
        }
        let (attributes, codes): (Vec<Attribute>, Vec<Option<u16>>) = told.into_iter().unzip();
        match self.groups.iter_mut().find(|group| group.attributes == attributes) {
            Some(group) => group.rows.push((codes, count)),
            None => self.groups.push(Group { attributes, rows: vec![(codes, count)] }),
        }
    }

    /// Whether some rows tell of both.
    pub(super) fn covers(&self, one: Attribute, other: Attribute) -> bool {
        self.group(&[one, other]).is_some()
    }

    /// What the counts are by, in words.
    #[must_use]
    pub fn told(&self) -> String {
        let groups: Vec<String> = self
            .groups
            .iter()
            .map(|group| listed(&group.attributes.iter().map(|own| own.name()).collect::<Vec<_>>(), "and"))
            .collect();
        listed(&groups, "and by")
    }

    /// The group that tells of all these and as little else as possible.
    fn group(&self, attributes: &[Attribute]) -> Option<&Group> {
        let fits = |group: &&Group| attributes.iter().all(|own| group.attributes.contains(own));
        self.groups.iter().filter(fits).min_by_key(|group| group.attributes.len())
    }

    /// The part of all customers that comes to a range of codes, if that is known.
    pub(super) fn share(&self, attribute: Attribute, codes: Codes) -> Option<f64> {
        let group = self.group(&[attribute])?;
        let share = group.sum(&[(attribute, codes)]) / group.sum(&[]);
        (share > 0.0 && share < 1.0).then_some(share)
    }

    /// How much more often two ranges come together among customers than apart.
    pub(super) fn odds(&self, one: (Attribute, Codes), other: (Attribute, Codes)) -> f64 {
        let Some(group) = self.group(&[one.0, other.0]) else { return 1.0 };
        let (both, first, second, all) =
            (group.sum(&[one, other]), group.sum(&[one]), group.sum(&[other]), group.sum(&[]));
        let odds = both * (all - first - second + both) / ((first - both) * (second - both));
        if odds.is_finite() && odds > 0.0 { odds } else { 1.0 }
    }
}

impl Group {
    fn sum(&self, terms: &[(Attribute, Codes)]) -> f64 {
        let is_met = |codes: &[Option<u16>], (attribute, range): &(Attribute, Codes)| {
            let at = self.attributes.iter().position(|own| own == attribute);
            at.and_then(|at| codes[at]).is_some_and(|code| (range.0..range.1).contains(&code))
        };
        let fits = |(codes, _): &&(Vec<Option<u16>>, f64)| terms.iter().all(|term| is_met(codes, term));
        self.rows.iter().filter(fits).map(|(_, count)| count).sum()
    }
}

/// The code of a cell; none inside for a value that no record has. None where nothing stands.
fn code(
    casebook: &Casebook,
    columns: &Columns,
    cells: &[String],
    attribute: Attribute,
) -> Option<Option<u16>> {
    let day = || {
        let (date, _) = dates::date(columns.cell(cells, Role::Date)?)?;
        date.day(dates::DayOrder::Dmy).map(dates::weekday_of)
    };
    match attribute {
        Attribute::Hour => {
            let cell = columns.cell(cells, Role::Time)?;
            let cell = cell.split(['-', '–']).next().unwrap_or(cell);
            dates::time(cell).map(|time| Some(time.hour() as u16))
        }
        Attribute::Weekday => {
            let cell = columns.cell(cells, Role::Of(attribute)).and_then(dates::weekday);
            cell.or_else(day).map(|day| Some(day as u16))
        }
        _ => {
            let cell = columns.cell(cells, Role::Of(attribute))?.to_lowercase();
            let names = casebook.names(attribute);
            Some(names.iter().position(|name| name.to_lowercase() == cell).map(|code| code as u16))
        }
    }
}

impl Traffic {
    /// How many of so many records would have this value, if they came as the customers do.
    #[must_use]
    pub fn expected(
        &self,
        casebook: &Casebook,
        attribute: Attribute,
        value: &str,
        records: usize,
    ) -> Option<f64> {
        let code = casebook.names(attribute).iter().position(|name| name == value)? as u16;
        let share = self.share(attribute, (code, code + 1))?;
        Some(share * records as f64)
    }
}
