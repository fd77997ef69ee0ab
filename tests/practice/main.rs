//! Eight people or more at each desk, typed as different people would: marks must order them, and what
//! a reader calls a move must be heard. Together the scenarios must exercise every family.

#![allow(clippy::unwrap_used)]

mod families;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;

use amends::embedded;
use amends::lexicon::Kind;
use amends::scenario::{MentionKind, Scenario, SceneKind};
use amends::score::Scorecard;
use amends::session::{Ground, Place, Session};
use serde::Deserialize;

#[derive(Deserialize)]
struct Person {
    name: String,
    temperament: Temperament,
    replies: Vec<Reply>,
    #[serde(default)]
    scenes: BTreeMap<SceneKind, String>,
}

#[derive(Deserialize)]
struct Reply {
    says: String,
    #[serde(default)]
    moves: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Temperament {
    Hostile,
    Careless,
    Decent,
    Excellent,
}

/// What became of one person.
struct Played {
    scenario: String,
    name: String,
    temperament: Temperament,
    card: Scorecard,
    /// The moves that a reader would call heard: the family, the reply, whether it was.
    moves: Vec<(String, String, bool)>,
}

/// What all play with.
struct House {
    ground: Ground,
}

impl House {
    fn open() -> Self {
        Self { ground: embedded::ground() }
    }

    fn scenarios(&self) -> Vec<Scenario> {
        let all = embedded::scenarios().iter();
        all.map(|(name, text)| Scenario::read(name, (*text).to_owned(), &self.ground.lexicon).unwrap())
            .collect()
    }

    fn play_all(&self) -> Vec<Played> {
        let scenarios = self.scenarios();
        let everybody = scenarios.iter().map(|scenario| (scenario, people(&scenario.file.scenario)));
        everybody
            .flat_map(|(scenario, people)| {
                people.iter().map(|person| self.play(scenario, person)).collect::<Vec<_>>()
            })
            .collect()
    }

    fn play(&self, scenario: &Scenario, person: &Person) -> Played {
        let stage = self.ground.stage(scenario);
        let mut session = Session::new(&stage, 1);
        let mut moves = Vec::new();
        for reply in &person.replies {
            if !matches!(session.place(), Place::Encounter(_)) {
                break;
            }
            let reaction = session.say(&reply.says);
            let mentions = scenario.hear(&reply.says);
            let heard = |family: &str| {
                let mut rules =
                    reaction.heard.iter().map(|hit| &self.ground.lexicon.rules[hit.rule as usize]);
                let mut entries = reaction.entries.iter();
                rules.any(|rule| rule.family == family && rule.kind == Kind::Move)
                    || mentions.iter().any(|hit| family_of(hit.kind) == Some(family))
                    || entries.any(|entry| {
                        entry.name == family || (family == "empathy" && entry.name == "named-harm")
                    })
            };
            let said = reply.moves.iter().map(|family| (family.clone(), reply.says.clone(), heard(family)));
            moves.extend(said);
        }
        if matches!(session.place(), Place::Encounter(_)) {
            session.skip();
        }
        while let Place::Scene(scene) = session.place() {
            match person.scenes.get(&scene) {
                Some(text) => session.say(text),
                None => session.skip(),
            };
        }
        Played {
            scenario: scenario.file.scenario.clone(),
            name: person.name.clone(),
            temperament: person.temperament,
            card: Scorecard::of(&session),
            moves,
        }
    }
}

/// Those who practise a scenario.
fn people(scenario: &str) -> Vec<Person> {
    let path = format!("{}/tests/practice/{scenario}.yaml", env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    serde_yaml::from_str(&text).unwrap()
}

/// The move that it is to mention something of the scenario: the scenario's own ear hears it.
const fn family_of(kind: MentionKind) -> Option<&'static str> {
    match kind {
        MentionKind::Remedy => Some("fix"),
        MentionKind::Extra => Some("extra"),
        _ => None,
    }
}

/// The marks of all, for whoever has to find out why.
fn table(played: &[Played]) -> String {
    let mut lines = String::new();
    for one in played {
        let steps: Vec<String> =
            one.card.steps.iter().map(|step| format!("{:2}/{}", step.mark, step.of)).collect();
        let fate = one.card.fate.as_ref().map(|fate| fate.outcome);
        writeln!(
            lines,
            "{:18} {:10} {:10} {:3}  {}  wording {:3} process {:3} {fate:?}",
            one.scenario,
            format!("{:?}", one.temperament),
            one.name,
            one.card.mark,
            steps.join(" "),
            one.card.wording.mark,
            one.card.process
        )
        .unwrap();
    }
    lines
}

#[test]
fn marks_order_people_as_a_coach_would() {
    let played = House::open().play_all();
    let (mut pairs, mut wrong) = (0, Vec::new());
    for one in &played {
        for other in &played {
            if one.scenario == other.scenario && one.temperament > other.temperament {
                pairs += 1;
                if one.card.mark <= other.card.mark {
                    wrong.push(format!("{} {} <= {}", one.scenario, one.name, other.name));
                }
            }
        }
    }
    let told = format!("{}\n{}", table(&played), wrong.join("\n"));
    assert!(pairs > 0 && wrong.len() * 20 <= pairs, "{} of {pairs} pairs are wrong\n{told}", wrong.len());
    let marks = |temperament| -> Vec<u8> {
        played.iter().filter(|one| one.temperament == temperament).map(|one| one.card.mark).collect()
    };
    let excellent = marks(Temperament::Excellent);
    let low = excellent.iter().filter(|mark| **mark < 75).count();
    let lowest = excellent.iter().min().unwrap();
    assert!(low * 20 <= excellent.len() && *lowest >= 65, "{low} excellent ones under 75\n{told}");
    assert!(marks(Temperament::Hostile).iter().all(|mark| *mark < 10), "a hostile one is paid\n{told}");
    let careless = marks(Temperament::Careless);
    let mean = careless.iter().map(|mark| usize::from(*mark)).sum::<usize>() / careless.len();
    assert!((15..=40).contains(&mean), "careless ones get {mean} on average\n{told}");
}

#[test]
fn what_a_reader_calls_a_move_is_heard() {
    let played = House::open().play_all();
    let moves: Vec<_> = played.iter().flat_map(|one| &one.moves).collect();
    let missed: Vec<_> = moves.iter().filter(|(_, _, heard)| !heard).collect();
    let lines: Vec<String> = missed.iter().map(|(family, says, _)| format!("- {family}: {says}")).collect();
    let told = lines.join("\n");
    if let Ok(path) = std::env::var("AMENDS_MISSES") {
        fs::write(path, format!("{}\n\n{told}\n", table(&played))).unwrap();
    }
    assert!(missed.len() * 10 <= moves.len(), "{} of {} moves are missed\n{told}", missed.len(), moves.len());
}
