//! What a trainer wrote down for a class: settings, roster, scenarios and lexicon of its own.

use std::path::{Path, PathBuf};

use super::roster::{Roster, folded};
use super::settings::{Settings, day};
use super::{Assignment, Person, TroubleKind};
use crate::authoring::{Problem, scenarios};
use crate::nearest::nearest;
use crate::scenario::ScenarioFile;
use crate::transcript::Header;
use crate::{embedded, yaml};

/// The folder of a class's own lexicon, unless class.yaml names others.
pub const LEXICON: &str = "lexicon";
/// The folder of a class's own scenarios.
pub const SCENARIOS: &str = "scenarios";

/// What is wrong with a plan that can be used all the same.
pub type Doubts = Vec<(TroubleKind, Problem)>;

/// What a trainer wrote down for a class.
#[derive(Debug)]
pub struct Plan {
    /// What the class is called.
    pub name: String,
    /// Its folder.
    pub folder: PathBuf,
    /// Who belongs to it.
    pub people: Vec<Person>,
    /// What is to be played.
    pub assignments: Vec<Assignment>,
    /// Folders with a lexicon of its own.
    pub layers: Vec<PathBuf>,
    /// The scenarios of its own.
    pub scenarios: Vec<Own>,
}

/// A scenario of a class's own, not yet checked.
#[derive(Debug, Clone)]
pub struct Own {
    /// Its name.
    pub name: String,
    /// Its file.
    pub path: PathBuf,
    /// What the file says.
    pub yaml: String,
}

/// Whose name was given.
#[derive(Debug, PartialEq, Eq)]
pub enum Who<'p> {
    /// That of one person: the place on the roster.
    One(usize),
    /// That of several: their ids tell them from each other.
    Several(Vec<&'p Person>),
    /// That of nobody; perhaps somebody with this name was meant.
    Nobody(Option<&'p str>),
}

impl Plan {
    /// Reads what a trainer wrote, with everything that is wrong with it.
    ///
    /// # Errors
    /// When class.yaml or the roster is not there, or cannot be read as what it is.
    pub fn read(folder: &Path) -> Result<(Self, Doubts), Vec<Problem>> {
        let settings = Settings::read(folder);
        let roster = Roster::of_class(folder);
        let (settings, roster) = match (settings, roster) {
            (Ok(settings), Ok(roster)) => (settings, roster),
            // Without class.yaml the folder is no class at all: a missing roster is no news.
            (Err(problems), Err(_)) if !folder.join(super::settings::CLASS_FILE).exists() => {
                return Err(problems);
            }
            (settings, roster) => {
                return Err([settings.err(), roster.err()].into_iter().flatten().flatten().collect());
            }
        };
        let mut problems = roster.problems;
        let mut told = |problem| problems.push((TroubleKind::Settings, problem));
        let (scenarios, wrong) = own_scenarios(&folder.join(SCENARIOS));
        wrong.into_iter().for_each(&mut told);
        let plan = Self {
            name: settings.file.class.trim().to_owned(),
            folder: folder.to_owned(),
            people: roster.people,
            assignments: assignments(&settings, &scenarios, &mut told),
            layers: layers(folder, &settings, &mut told),
            scenarios,
        };
        Ok((plan, problems))
    }

    /// Whose name or id this is.
    #[must_use]
    pub fn who(&self, name: &str) -> Who<'_> {
        let wanted = folded(name);
        let by_id = self.people.iter().position(|person| folded(&person.id) == wanted);
        if let Some(person) = by_id {
            return Who::One(person);
        }
        let named = self.people.iter().enumerate().filter(|(_, person)| folded(&person.name) == wanted);
        let named: Vec<_> = named.collect();
        match named.as_slice() {
            [] => Who::Nobody(self.meant(&wanted)),
            [(person, _)] => Who::One(*person),
            _ => Who::Several(named.into_iter().map(|(_, person)| person).collect()),
        }
    }

    /// The name that was meant: the nearest, or the only one with such a first or last name.
    fn meant(&self, wanted: &str) -> Option<&str> {
        let names = || self.people.iter().map(|person| person.name.as_str());
        let shares = |name: &&str| folded(name).split(' ').any(|part| part == wanted);
        let mut sharing = names().filter(shares);
        match (sharing.next(), sharing.next()) {
            (Some(name), None) => Some(name),
            _ => nearest(wanted, names()),
        }
    }

    /// What transcripts call a person: the name, where nobody else has it, or else the id.
    #[must_use]
    pub fn signature(&self, person: usize) -> &str {
        let person = &self.people[person];
        match self.who(&person.name) {
            Who::One(found) if self.people[found] == *person => &person.name,
            _ => &person.id,
        }
    }

    /// What a session was played for, by scenario and mode.
    #[must_use]
    pub fn assignment(&self, header: &Header) -> Option<usize> {
        self.assignments.iter().position(|own| own.scenario == header.scenario && own.mode == header.mode)
    }

    /// The YAML of the scenario of this name, and how to name it in messages: one of the class's own,
    /// or else one that amends brings.
    #[must_use]
    pub fn scenario(&self, name: &str) -> Option<(String, &str)> {
        let own = self.scenarios.iter().find(|own| own.name == name);
        let own = own.map(|own| (own.path.to_string_lossy().into_owned(), own.yaml.as_str()));
        own.or_else(|| {
            let (name, yaml) = embedded::scenarios().iter().find(|(brought, _)| *brought == name)?;
            Some(((*name).to_owned(), *yaml))
        })
    }

    /// The name of a scenario that was meant by a wrong one.
    #[must_use]
    pub fn nearest_scenario(&self, name: &str) -> Option<&str> {
        nearest(name, names(&self.scenarios))
    }
}

fn names(own: &[Own]) -> impl Iterator<Item = &str> {
    own.iter().map(|own| own.name.as_str()).chain(embedded::scenarios().iter().map(|(name, _)| *name))
}

/// The scenarios in a folder. Of those that cannot be read, every mistake.
fn own_scenarios(folder: &Path) -> (Vec<Own>, Vec<Problem>) {
    let (mut own, mut problems) = (Vec::new(), Vec::new());
    if !folder.is_dir() {
        return (own, problems);
    }
    let paths = match scenarios::files(folder) {
        Ok(paths) => paths,
        Err(found) => return (own, found),
    };
    for path in paths {
        let shown = path.to_string_lossy().into_owned();
        match yaml::read_text(&path) {
            Ok(yaml) => match scenarios::read_file(&shown, yaml.clone()) {
                Ok(file) => own.push(Own { name: file.scenario, path, yaml }),
                Err(found) => problems.extend(found),
            },
            Err(mistake) => problems.push(Problem::of_file(&shown, mistake)),
        }
    }
    (own, problems)
}

fn assignments(settings: &Settings, own: &[Own], told: &mut impl FnMut(Problem)) -> Vec<Assignment> {
    let mut assignments: Vec<Assignment> = Vec::new();
    for (number, entry) in settings.file.assignments.iter().enumerate() {
        let due = entry.due.as_deref().map(day).transpose().unwrap_or_else(|message| {
            told(settings.mistake(number, "due", message));
            None
        });
        let Some(file) = scenario_file(&entry.scenario, own) else {
            let remedy = match nearest(&entry.scenario, names(own)) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => "`amends scenarios` lists them; your own belong into the folder scenarios".to_owned(),
            };
            let message = format!("there is no scenario `{}`: {remedy}", entry.scenario);
            told(settings.mistake(number, "scenario", message));
            continue;
        };
        let is_same = |other: &Assignment| other.scenario == entry.scenario && other.mode == entry.mode;
        if assignments.iter().any(is_same) {
            let message =
                format!("`{}` is assigned in this mode already: keep one of the two", entry.scenario);
            told(settings.mistake(number, "scenario", message));
            continue;
        }
        let title = file.title;
        assignments.push(Assignment { scenario: entry.scenario.clone(), title, mode: entry.mode, due });
    }
    assignments
}

fn scenario_file(name: &str, own: &[Own]) -> Option<ScenarioFile> {
    let yaml = own.iter().find(|own| own.name == name).map(|own| own.yaml.as_str()).or_else(|| {
        let mut brought = embedded::scenarios().iter();
        brought.find(|(brought, _)| *brought == name).map(|(_, yaml)| *yaml)
    })?;
    scenarios::read_file(name, yaml.to_owned()).ok()
}

fn layers(folder: &Path, settings: &Settings, told: &mut impl FnMut(Problem)) -> Vec<PathBuf> {
    let Some(named) = &settings.file.lexicon else {
        let usual = folder.join(LEXICON);
        return usual.is_dir().then_some(usual).into_iter().collect();
    };
    let mut layers = Vec::new();
    for (number, path) in named.iter().enumerate() {
        let layer = folder.join(path);
        if layer.exists() {
            layers.push(layer);
        } else {
            let message = format!(
                "there is no folder `{}` beside class.yaml: make it, or take the line out",
                path.display()
            );
            told(settings.lexicon_mistake(number, message));
        }
    }
    layers
}
