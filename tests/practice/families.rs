//! Together the scenarios exercise every family of the lexicon, each trains something of its own, and
//! enough of them are written.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

use amends::lexicon::Kind;
use amends::scenario::schema::Cue;
use amends::scenario::{Channel, Scenario};
use amends::session::{Place, Session};

use super::{House, family_of, people};

/// What a scenario does with a family.
#[derive(Clone, Copy, Default)]
struct Use {
    /// It is heard in what its models or those who practise it say.
    heard: bool,
    /// The customer has an answer to it.
    answered: bool,
}

/// The families, each with the scenarios that exercise it.
type Table = BTreeMap<String, BTreeMap<String, Use>>;

impl House {
    fn table(&self, scenarios: &[Scenario]) -> Table {
        // What is only ever missing, or wrong with notes in a text, nobody says.
        let spoken = self.ground.lexicon.families.iter().filter(|family| family.kind != Kind::Check);
        let mut table: Table = spoken.map(|family| (family.name.clone(), BTreeMap::new())).collect();
        for scenario in scenarios {
            for family in self.heard_in(scenario) {
                use_of(&mut table, &family, scenario, |entry| entry.heard = true);
            }
            for name in scenario.file.cues.iter().flat_map(names_of) {
                let rule = self.ground.lexicon.rules.iter().find(|rule| rule.id == name);
                let family = rule.map_or(name, |rule| &rule.family);
                use_of(&mut table, family, scenario, |entry| entry.answered = true);
            }
        }
        table
    }

    /// The families that are heard in all that is said to this customer.
    fn heard_in(&self, scenario: &Scenario) -> BTreeSet<String> {
        let models = scenario.file.models.iter().map(|model| model.replies.clone());
        let people = people(&scenario.file.scenario).into_iter();
        let people = people.map(|person| person.replies.into_iter().map(|reply| reply.says).collect());
        models.chain(people).flat_map(|replies: Vec<String>| self.heard(scenario, &replies)).collect()
    }

    fn heard(&self, scenario: &Scenario, replies: &[String]) -> BTreeSet<String> {
        let mut session = Session::new(&self.ground.stage(scenario), 1);
        let mut heard = BTreeSet::new();
        for reply in replies {
            if !matches!(session.place(), Place::Encounter(_)) {
                break;
            }
            let reaction = session.say(reply);
            heard.extend(
                reaction.heard.iter().map(|hit| self.ground.lexicon.rules[hit.rule as usize].family.clone()),
            );
            heard.extend(reaction.entries.iter().map(|entry| entry.name.clone()));
            let mentions = scenario.hear(reply);
            heard.extend(mentions.iter().filter_map(|hit| family_of(hit.kind)).map(str::to_owned));
        }
        heard
    }
}

/// Every name that a cue listens for.
fn names_of(cue: &Cue) -> impl Iterator<Item = &str> {
    let when = &cue.when;
    [&when.heard, &when.with, &when.after].into_iter().flat_map(|names| names.iter().map(String::as_str))
}

fn use_of(table: &mut Table, family: &str, scenario: &Scenario, set: impl Fn(&mut Use)) {
    if let Some(scenarios) = table.get_mut(family) {
        set(scenarios.entry(scenario.file.scenario.clone()).or_default());
    }
}

/// What is wrong with a table, family by family.
fn missing(table: &Table) -> Vec<String> {
    let mut problems = Vec::new();
    for (family, scenarios) in table {
        if !scenarios.values().any(|entry| entry.heard) {
            problems.push(format!("nobody in any scenario says anything of the family `{family}`"));
        }
    }
    problems
}

#[test]
fn together_they_exercise_every_family() {
    let house = House::open();
    let table = house.table(&house.scenarios());
    let problems = missing(&table);
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    let mut lines = String::from("family: scenarios (* the customer answers to it as well)\n");
    for (family, scenarios) in &table {
        let heard = scenarios.iter().filter(|(_, entry)| entry.heard);
        let names = heard.map(|(name, entry)| format!("{name}{}", if entry.answered { "*" } else { "" }));
        writeln!(lines, "{family}: {}", names.collect::<Vec<_>>().join(" ")).unwrap();
    }
    insta::assert_snapshot!(lines);
}

#[test]
fn a_family_that_is_left_out_is_named() {
    let house = House::open();
    let mut table = house.table(&house.scenarios());
    table.insert("sofa-talk".to_owned(), BTreeMap::new());
    let told = missing(&table).join("\n");
    assert!(told.contains("of the family `sofa-talk`"), "{told}");
}

#[test]
fn each_trains_something_that_no_other_does() {
    let scenarios = House::open().scenarios();
    let words = |scenario: &Scenario| -> BTreeSet<String> {
        let words = scenario.file.trains.split(|letter: char| !letter.is_alphabetic());
        words.filter(|word| word.len() > 3).map(str::to_lowercase).collect()
    };
    for (at, one) in scenarios.iter().enumerate() {
        let trains = words(one);
        assert!(trains.len() >= 3, "`{}` hardly says what it trains", one.file.scenario);
        for other in &scenarios[..at] {
            let same: Vec<String> = words(other).intersection(&trains).cloned().collect();
            assert!(
                same.len() * 2 < trains.len(),
                "`{}` and `{}` seem to train the same: {}",
                one.file.scenario,
                other.file.scenario,
                same.join(", ")
            );
        }
    }
}

#[test]
fn at_least_four_are_written() {
    let scenarios = House::open().scenarios();
    let is_written = |scenario: &&Scenario| matches!(scenario.file.channel, Channel::Email | Channel::Chat);
    assert!(scenarios.iter().filter(is_written).count() >= 4);
}
