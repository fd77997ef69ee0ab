//! Which column holds what: named by the user, else guessed by its name.

use super::attribute::Attribute;
use super::table::Table;
use crate::nearest::nearest;
use crate::wording::listed;

/// What a column may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Role {
    /// The date, with the time or without.
    Date,
    /// The time of day.
    Time,
    /// What records are compared by.
    Of(Attribute),
    /// The circumstances in free text.
    Words,
    /// How many: only in a file of traffic.
    Count,
}

impl Role {
    pub(super) fn named(name: &str) -> Option<Self> {
        match plain(name).as_str() {
            "date" => Some(Self::Date),
            "time" | "hour" => Some(Self::Time),
            "words" | "circumstances" => Some(Self::Words),
            "count" => Some(Self::Count),
            plain => Attribute::ALL.into_iter().find(|own| own.name() == plain).map(Self::Of),
        }
    }
}

/// The names by which a role may be called with `--field`.
pub const FIELD_NAMES: [&str; 10] =
    ["date", "time", "weekday", "product", "supplier", "place", "person", "load", "failure", "words"];

/// The usual names of columns, without spaces and marks.
const SYNONYMS: [(Role, &[&str]); 11] = [
    (
        Role::Date,
        &[
            "date",
            "datetime",
            "timestamp",
            "when",
            "created",
            "createdat",
            "reported",
            "happened",
            "occurred",
            "dateofincident",
            "incidentdate",
            "received",
            "opened",
        ],
    ),
    (Role::Time, &["time", "timeofday", "hour", "clock", "oclock"]),
    (Role::Of(Attribute::Weekday), &["weekday", "dayofweek", "dow", "day"]),
    (
        Role::Of(Attribute::Product),
        &["product", "item", "article", "model", "service", "goods", "sku", "producttype", "dish"],
    ),
    (
        Role::Of(Attribute::Supplier),
        &["supplier", "batch", "lot", "vendor", "manufacturer", "maker", "brand", "delivery", "consignment"],
    ),
    (
        Role::Of(Attribute::Place),
        &[
            "place",
            "store",
            "shop",
            "branch",
            "location",
            "site",
            "where",
            "franchise",
            "region",
            "counter",
            "desk",
            "department",
            "station",
            "room",
        ],
    ),
    (
        Role::Of(Attribute::Person),
        &[
            "person",
            "clerk",
            "onduty",
            "staff",
            "agent",
            "employee",
            "cashier",
            "handledby",
            "servedby",
            "who",
            "waiter",
            "seller",
            "rep",
            "operator",
            "technician",
            "assignee",
            "duty",
        ],
    ),
    (
        Role::Of(Attribute::Load),
        &[
            "load",
            "busy",
            "howbusy",
            "queue",
            "queuelength",
            "occupancy",
            "capacity",
            "waiting",
            "crowd",
            "inline",
        ],
    ),
    (
        Role::Of(Attribute::Failure),
        &[
            "failure",
            "kind",
            "kindoffailure",
            "whatwentwrong",
            "wentwrong",
            "problem",
            "issue",
            "issuetype",
            "fault",
            "category",
            "reason",
            "complaint",
            "defect",
            "type",
        ],
    ),
    (
        Role::Words,
        &[
            "circumstances",
            "words",
            "notes",
            "note",
            "description",
            "details",
            "text",
            "comment",
            "comments",
            "remarks",
            "story",
            "whathappened",
            "deposition",
            "message",
            "inyourwords",
        ],
    ),
    (
        Role::Count,
        &[
            "count",
            "customers",
            "visits",
            "visitors",
            "sales",
            "orders",
            "traffic",
            "tickets",
            "served",
            "calls",
            "number",
            "n",
        ],
    ),
];

/// A column that the user named: `--field place=Filiale`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChoice {
    pub(super) role: Role,
    column: String,
}

impl std::str::FromStr for FieldChoice {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, column) =
            text.split_once('=').ok_or("write it as name=column, for example place=Branch")?;
        let role = Role::named(name).filter(|role| *role != Role::Count);
        let role =
            role.ok_or_else(|| format!("`{}` is none of {}", name.trim(), listed(&FIELD_NAMES, "and")))?;
        Ok(Self { role, column: column.trim().to_owned() })
    }
}

/// A name without case, spaces and marks.
fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The columns of a table with what they hold, and the names of those that were not used.
#[derive(Debug, Default)]
pub(super) struct Columns {
    pub(super) used: Vec<(Role, usize)>,
    pub(super) others: Vec<String>,
}

impl Columns {
    /// Finds out what the columns hold.
    ///
    /// # Errors
    /// When the user named a column that is not there.
    pub(super) fn of(table: &Table, choices: &[FieldChoice], takes_counts: bool) -> Result<Self, String> {
        let mut roles: Vec<Option<Role>> = vec![None; table.columns.len()];
        for choice in choices {
            roles[chosen(table, choice)?] = Some(choice.role);
        }
        let is_taken = |roles: &[Option<Role>], role: Role| roles.contains(&Some(role));
        // Whole names come before names of which one word fits: `store name` is a place if nothing else is.
        for fits in [fits_whole, fits_partly] {
            for (role, names) in SYNONYMS {
                if role == Role::Count && !takes_counts || is_taken(&roles, role) {
                    continue;
                }
                let found = names.iter().find_map(|name| {
                    (0..roles.len())
                        .find(|column| roles[*column].is_none() && fits(&table.columns[*column], name))
                });
                if let Some(column) = found {
                    roles[column] = Some(role);
                }
            }
        }
        retell(table, &mut roles, choices);
        let mut columns = Self::default();
        for (column, role) in roles.into_iter().enumerate() {
            match role {
                Some(role) => columns.used.push((role, column)),
                None => columns.others.push(table.columns[column].clone()),
            }
        }
        columns.others.retain(|name| {
            !matches!(
                plain(name).as_str(),
                "" | "id" | "no" | "nr" | "number" | "row" | "record" | "ticket" | "case"
            )
        });
        Ok(columns)
    }

    /// The cell that holds this.
    pub(super) fn cell<'t>(&self, cells: &'t [String], role: Role) -> Option<&'t str> {
        let (_, column) = self.used.iter().find(|(own, _)| *own == role)?;
        cells.get(*column).map(|cell| cell.trim()).filter(|cell| !is_blank(cell))
    }
}

fn chosen(table: &Table, choice: &FieldChoice) -> Result<usize, String> {
    let wanted = plain(&choice.column);
    table.columns.iter().position(|own| plain(own) == wanted).ok_or_else(|| {
        let names: Vec<&str> = table.columns.iter().map(|name| name.trim()).collect();
        match nearest(&choice.column, names.iter().copied()) {
            Some(meant) => format!("there is no column `{}`: write `{meant}`", choice.column),
            None => format!("there is no column `{}`; there are {}", choice.column, listed(&names, "and")),
        }
    })
}

fn fits_whole(column: &str, name: &str) -> bool {
    plain(column) == name
}

fn fits_partly(column: &str, name: &str) -> bool {
    let words = column.split(|c: char| !c.is_alphanumeric());
    name.len() > 1 && words.filter(|word| !word.is_empty()).any(|word| word.eq_ignore_ascii_case(name))
}

/// What was guessed to be a kind of failure may be the story of it.
fn retell(table: &Table, roles: &mut [Option<Role>], choices: &[FieldChoice]) {
    const WORDY: usize = 6;
    let failure = Role::Of(Attribute::Failure);
    if roles.contains(&Some(Role::Words)) || choices.iter().any(|choice| choice.role == failure) {
        return;
    }
    let Some(column) = roles.iter().position(|role| *role == Some(failure)) else { return };
    let cells = table.rows.iter().take(200).filter_map(|row| row.cells.get(column));
    let filled: Vec<usize> =
        cells.filter(|cell| !is_blank(cell)).map(|cell| cell.split_whitespace().count()).collect();
    if filled.iter().sum::<usize>() > WORDY * filled.len() {
        roles[column] = Some(Role::Words);
    }
}

/// Whether a cell says that nothing is known.
pub(super) fn is_blank(cell: &str) -> bool {
    let cell = cell.trim();
    cell.chars().all(|c| matches!(c, '-' | '?' | '.' | '–' | '—' | '_' | '/'))
        || ["n/a", "na", "none", "null", "unknown", "nan", "not known", "n.a."]
            .iter()
            .any(|name| cell.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roles(columns: &[&str], choices: &[&str]) -> Result<String, String> {
        let table =
            Table { columns: columns.iter().map(|&name| name.to_owned()).collect(), ..Table::default() };
        let choices: Vec<FieldChoice> = choices.iter().map(|text| text.parse().unwrap()).collect();
        let columns = Columns::of(&table, &choices, false)?;
        let used = columns.used.iter().map(|(role, column)| format!("{}={role:?}", table.columns[*column]));
        Ok(used.collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn the_usual_names_are_understood() {
        assert_eq!(
            roles(
                &["No", "Date", "Time of day", "Store name", "Clerk", "Queue", "What went wrong", "Notes"],
                &[]
            )
            .unwrap(),
            "Date=Date Time of day=Time Store name=Of(Place) Clerk=Of(Person) Queue=Of(Load) What went wrong=Of(Failure) Notes=Words"
        );
    }

    #[test]
    fn the_user_may_name_columns() {
        assert_eq!(
            roles(&["Tag", "Filiale", "Store"], &["place=filiale", "date=Tag"]).unwrap(),
            "Tag=Date Filiale=Of(Place)"
        );
        assert_eq!(
            roles(&["Date", "Store"], &["place=Stroe"]).unwrap_err(),
            "there is no column `Stroe`: write `Store`"
        );
        assert!("colour=x".parse::<FieldChoice>().unwrap_err().starts_with("`colour` is none of date, time"));
        assert!("colour".parse::<FieldChoice>().is_err());
    }

    #[test]
    fn blanks_are_no_values() {
        for blank in ["", " ", "-", "?", "??", "n/a", "N/A", "Unknown", "—"] {
            assert!(is_blank(blank), "{blank}");
        }
        assert!(!is_blank("Nora") && !is_blank("0"));
    }
}
