//! The roster: who belongs to the class, as YAML or as a table.

use std::path::{Path, PathBuf};

use rustc_hash::FxHashMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Person, TroubleKind};
use crate::authoring::Problem;
use crate::document::{Table, table};
use crate::nearest::nearest;
use crate::text::{Lines, Position};
use crate::yaml::shape::Shape;
use crate::yaml::{Mistake, Tree, read_text};

/// The names that a roster may have.
pub const ROSTER_FILES: [&str; 3] = ["roster.csv", "roster.yaml", "roster.yml"];
/// The columns of a table, and the keys of a person.
const COLUMNS: [&str; 3] = ["name", "id", "group"];

/// Who belongs to a class, as YAML.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct RosterFile {
    /// Everybody, in the order of the report.
    pub people: Vec<PersonEntry>,
}

/// Somebody on the roster.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct PersonEntry {
    /// The name.
    pub name: String,
    /// What tells people of one name from each other. Needed only for those.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// A part of the class, such as a shift or a shop.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
}

/// What a roster says, as far as it can be used.
#[derive(Debug, Default)]
pub(super) struct Roster {
    pub(super) people: Vec<Person>,
    pub(super) problems: Vec<(TroubleKind, Problem)>,
}

/// A row and where it stands.
type Row = (PersonEntry, Option<Position>);

/// Everything that is wrong with a roster.
#[must_use]
pub fn problems(path: &Path) -> Vec<Problem> {
    match Roster::read(path) {
        Ok(roster) => roster.problems.into_iter().map(|(_, problem)| problem).collect(),
        Err(problems) => problems,
    }
}

impl Roster {
    /// Reads the roster of a class.
    pub(super) fn of_class(folder: &Path) -> Result<Self, Vec<Problem>> {
        let found: Vec<PathBuf> =
            ROSTER_FILES.iter().map(|name| folder.join(name)).filter(|path| path.exists()).collect();
        match found.as_slice() {
            [] => Err(vec![problem(
                &folder.join(ROSTER_FILES[0]).to_string_lossy(),
                None,
                "there is no roster: write one with a line `name` and a name on each line after it"
                    .to_owned(),
            )]),
            [path] => Self::read(path),
            [first, second, ..] => Err(vec![problem(
                &second.to_string_lossy(),
                None,
                format!("there is a second roster, {}: keep one of the two", file_name(first)),
            )]),
        }
    }

    /// Reads a roster.
    pub(super) fn read(path: &Path) -> Result<Self, Vec<Problem>> {
        let shown = path.to_string_lossy().into_owned();
        let refused = |mistake| vec![Problem::of_file(&shown, mistake)];
        let text = read_text(path).map_err(refused)?;
        let is_table = path.extension().is_none_or(|ending| ending != "yaml" && ending != "yml");
        let rows = if is_table { rows(&shown, &text)? } else { yaml(&shown, text)? };
        Ok(Self::of_rows(&shown, rows))
    }

    fn of_rows(path: &str, rows: Vec<Row>) -> Self {
        let mut roster = Self::default();
        let mut known: FxHashMap<String, Position> = FxHashMap::default();
        let nowhere = Position { line: 1, column: 1 };
        for (entry, position) in rows {
            let Some(person) = person(entry) else {
                let message = "there is no name here: write one, or take the line out".to_owned();
                roster.problems.push((TroubleKind::Settings, problem(path, position, message)));
                continue;
            };
            match known.get(&folded(&person.id)) {
                Some(first) => {
                    let message = double(&person, first.line);
                    roster.problems.push((TroubleKind::Double, problem(path, position, message)));
                }
                None => {
                    known.insert(folded(&person.id), position.unwrap_or(nowhere));
                    roster.people.push(person);
                }
            }
        }
        if roster.people.is_empty() {
            let message = "nobody stands on the roster yet: write a name on each line".to_owned();
            roster.problems.push((TroubleKind::Settings, problem(path, None, message)));
        }
        roster
    }
}

/// The row as a person; nobody without a name.
fn person(entry: PersonEntry) -> Option<Person> {
    let tidy = |text: String| {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        (!text.is_empty()).then_some(text)
    };
    let name = tidy(entry.name)?;
    let id = entry.id.and_then(tidy).unwrap_or_else(|| name.clone());
    Some(Person { id, name, group: entry.group.and_then(tidy) })
}

fn double(person: &Person, first: usize) -> String {
    if person.id == person.name {
        format!(
            "{} stands on the roster in line {first}, too: take one of the two out, or give two people of one name \
             an id each",
            person.name
        )
    } else {
        format!(
            "the id {} belongs to the person in line {first}: give everybody an id of their own",
            person.id
        )
    }
}

/// A name as it is compared: however it is spaced and capitalised.
pub(super) fn folded(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

fn problem(path: &str, position: Option<Position>, message: String) -> Problem {
    Problem::of_file(path, Mistake { position, message })
}

fn file_name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn yaml(path: &str, text: String) -> Result<Vec<Row>, Vec<Problem>> {
    let refused = |mistakes: Vec<Mistake>| -> Vec<Problem> {
        mistakes.into_iter().map(|mistake| Problem::of_file(path, mistake)).collect()
    };
    let (tree, mut mistakes) = Tree::read(text);
    if let Some(tree) = &tree {
        mistakes.extend(Shape::of::<RosterFile>().check(tree));
    }
    let tree = match tree {
        Some(tree) if mistakes.is_empty() => tree,
        _ => return Err(refused(mistakes)),
    };
    let file: RosterFile = tree.decode().map_err(|mistake| refused(vec![mistake]))?;
    let list = tree.root().get("people");
    let place = |number| list.and_then(|list| list.item(number)).map(|node| tree.position(node.span.start));
    let rows = file.people.into_iter().enumerate();
    Ok(rows.map(|(number, entry)| (entry, place(number))).collect())
}

/// The rows of a table. Its first row names the columns.
fn rows(path: &str, text: &str) -> Result<Vec<Row>, Vec<Problem>> {
    let lines = Lines::new(text);
    let Table { rows, unclosed } = table(text);
    let refused = |at: Option<usize>, message: String| {
        Err(vec![problem(path, at.map(|at| lines.position(text, at)), message)])
    };
    if let Some(at) = unclosed {
        return refused(Some(at), "the quote that opens here is never closed: close it".to_owned());
    }
    let mut rows = rows.into_iter().filter(|row| !is_blank(row));
    let Some(header) = rows.next() else {
        let message = "the roster is empty: write `name` on the first line, and a name on each line after it";
        return refused(None, message.to_owned());
    };
    let columns = match columns(&header) {
        Ok(columns) => columns,
        Err(message) => return refused(header.first().map(|(at, _)| *at), message),
    };
    let rows = rows.map(|row| {
        let cell = |column: &str| {
            let place = columns.iter().position(|own| own == column)?;
            row.get(place).map(|(_, text)| text.clone())
        };
        let entry =
            PersonEntry { name: cell("name").unwrap_or_default(), id: cell("id"), group: cell("group") };
        (entry, row.first().map(|(at, _)| lines.position(text, *at)))
    });
    Ok(rows.collect())
}

/// Whether a row says nothing: it is empty, or a comment.
fn is_blank(row: &[(usize, String)]) -> bool {
    let is_comment = row.first().is_some_and(|(_, text)| text.starts_with('#'));
    is_comment || row.iter().all(|(_, text)| text.is_empty())
}

/// The names of the columns, or what is wrong with them.
fn columns(header: &[(usize, String)]) -> Result<Vec<String>, String> {
    let names: Vec<String> = header.iter().map(|(_, name)| folded(name)).collect();
    if let Some(twice) = COLUMNS.iter().find(|name| names.iter().filter(|own| own == name).count() > 1) {
        return Err(format!("two columns are called `{twice}`: keep one of the two"));
    }
    if names.iter().any(|name| name == "name") {
        return Ok(names);
    }
    let meant = names.iter().find(|own| nearest(own, ["name"]).is_some());
    Err(match meant {
        Some(meant) => format!("no column is called `name`: is it the one called `{meant}`?"),
        None => "the first line must name the columns: `name`, and if you like `id` and `group`".to_owned(),
    })
}
