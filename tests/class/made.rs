//! A made class: people of varied skill who get better, with transcripts as `amends play` writes them.
//!
//! What they say is taken from the models of the scenarios, the good ones and the poor ones, so that
//! marks, faults and quotes are such as real ones are. The same numbers give the same class.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use amends::authoring::scenarios::read_file;
use amends::embedded;
use amends::scenario::schema::{Model, Quality};
use amends::scenario::{Scenario, ScenarioFile};
use amends::session::{Ground, Place};
use amends::transcript::{Event, Header, Mode, Replay, Timed, lexicon_hash, opening_lines, scenario_hash};
use jiff::{SignedDuration, Timestamp};
use rayon::prelude::*;

/// How many scenarios the class is to play.
const ASSIGNED: usize = 7;
/// Some of these names are none that a page or a table may take at their word.
const FIRST: [&str; 20] = [
    "Ann",
    "Bartosz",
    "Chidi",
    "Dilek",
    "Eun-ji",
    "Fatima",
    "Gáspár",
    "Héloïse",
    "Ines",
    "Jorge",
    "Katalin",
    "Lwazi",
    "Mei",
    "Nuala",
    "O'Brien",
    "Priya",
    "Quentin",
    "Rosa",
    "Šárka",
    "Tariq",
];
const LAST: [&str; 12] = [
    "Lee",
    "Okoro",
    "<b>Berg</b>",
    "de la Cruz",
    "=1+1",
    "Nguyen",
    "Ó Dálaigh",
    "Fox & Daughters",
    "\"Quote\" Roy",
    "Haddad 🌻",
    "Lindqvist",
    "@Sum(A1)",
];
/// When the first of them sits down.
const BEGINNING: &str = "2026-10-05T07:00:00Z";

/// Writes a class of so many people, each with so many sessions, into the folder.
pub(crate) fn write(folder: &Path, people: usize, tries: usize, seed: u64) {
    let house = House::new();
    let sessions = folder.join("sessions");
    fs::create_dir_all(&sessions).unwrap();
    fs::write(folder.join("class.yaml"), house.class_yaml()).unwrap();
    fs::write(folder.join("roster.csv"), roster(people)).unwrap();
    (0..people).into_par_iter().for_each(|person| {
        let mut dice = Dice(seed ^ (person as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let skill = dice.below(70);
        let gain = dice.below(40);
        for number in 0..tries {
            let skill = skill + gain * number as u64 / tries.max(1) as u64;
            house.session(&sessions, person, number, skill, &mut dice);
        }
    });
}

/// The name of the person of this number.
#[must_use]
pub(crate) fn name(person: usize) -> String {
    let round = person / (FIRST.len() * LAST.len());
    let last = LAST[(person / FIRST.len() + person) % LAST.len()];
    let ending = if round == 0 { String::new() } else { format!(" {}", round + 1) };
    format!("{} {last}{ending}", FIRST[person % FIRST.len()])
}

fn roster(people: usize) -> String {
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let mut table = "name,group\n".to_owned();
    for person in 0..people {
        let group = ["Early shift", "Late shift"][person % 2];
        let _ = writeln!(table, "{},{group}", quoted(&name(person)));
    }
    table
}

struct House {
    ground: Ground,
    hash: String,
    scenarios: Vec<(ScenarioFile, Scenario)>,
}

impl House {
    fn new() -> Self {
        let ground = embedded::ground();
        let assigned = embedded::scenarios().iter().take(ASSIGNED);
        let scenarios = assigned.map(|(name, yaml)| {
            let file = read_file(name, (*yaml).to_owned()).unwrap();
            (file, Scenario::read(name, (*yaml).to_owned(), &ground.lexicon).unwrap())
        });
        let scenarios = scenarios.collect();
        let hash = lexicon_hash(&ground);
        Self { ground, hash, scenarios }
    }

    fn class_yaml(&self) -> String {
        let mut yaml = "class: Autumn intake\nassignments:\n".to_owned();
        for (number, (file, _)) in self.scenarios.iter().enumerate() {
            let mode = if number + 1 == self.scenarios.len() { "exam" } else { "coach" };
            let _ = writeln!(
                yaml,
                "  - scenario: {}\n    mode: {mode}\n    due: 2026-11-{:02}",
                file.scenario,
                2 + 3 * number
            );
        }
        yaml
    }

    /// Plays a session and writes it down.
    fn session(&self, folder: &Path, person: usize, number: usize, skill: u64, dice: &mut Dice) {
        let which = number % self.scenarios.len();
        let (file, scenario) = &self.scenarios[which];
        let begins = SignedDuration::from_hours(40 * number as i64 + dice.below(9) as i64)
            + SignedDuration::from_secs(dice.below(3600) as i64);
        let started = BEGINNING.parse::<Timestamp>().unwrap() + begins;
        let header = Header {
            program: env!("CARGO_PKG_VERSION").to_owned(),
            scenario: file.scenario.clone(),
            scenario_hash: scenario_hash(scenario.text()),
            lexicon_hash: self.hash.clone(),
            seed: dice.below(9999) as u32 + 1,
            mode: if which + 1 == self.scenarios.len() { Mode::Exam } else { Mode::Coach },
            trainee: Some(name(person)),
            started: started.to_string(),
        };
        let stage = self.ground.stage(scenario);
        let replay = Replay::new(&stage, header.seed.into());
        let mut play = Play { replay, file, at: started, text: opening_lines(&header, scenario.text()) };
        play.play(header.mode, skill, dice);
        let time = started.strftime("%Y-%m-%d-%H%M%S");
        let path = folder.join(format!("{time}-{}-{person:03}.jsonl", file.scenario));
        fs::write(path, play.text).unwrap();
    }
}

/// A session while it is played.
struct Play<'s> {
    replay: Replay<'s>,
    file: &'s ScenarioFile,
    at: Timestamp,
    text: String,
}

impl Play<'_> {
    fn keep(&mut self, event: Event, seconds: u64) {
        self.at += SignedDuration::from_secs(seconds as i64);
        self.text.push_str(&Timed { at: self.at.to_string(), event }.line());
    }

    fn play(&mut self, mode: Mode, skill: u64, dice: &mut Dice) {
        let says = self.replay.session().opening();
        self.keep(Event::Customer { says }, 0);
        let models = |good: bool| -> Vec<&Model> {
            let fits = |model: &&Model| (model.quality == Quality::Good) == good;
            self.file.models.iter().filter(fits).collect()
        };
        let (good, poor) = (models(true), models(false));
        let leaves = dice.below(25) == 0;
        for turn in 0..40 {
            if self.replay.is_over() {
                self.keep(Event::Finished, 1);
                return;
            }
            if leaves && turn > 3 {
                return;
            }
            let is_good = dice.below(100) < skill;
            let model = if is_good || poor.is_empty() { dice.pick(&good) } else { dice.pick(&poor) };
            let Some(text) = words(model, self.replay.session().place(), turn) else {
                let says = self.replay.skip().customer;
                self.keep(Event::Skip, 4);
                self.keep(Event::Customer { says }, 0);
                continue;
            };
            self.say(text, dice);
            let may_undo = mode == Mode::Coach && !is_good && dice.below(100) < 20;
            if may_undo && !self.replay.is_over() {
                self.keep(Event::Undo, 12);
                self.replay.back_to(self.replay.replies());
            }
        }
    }

    fn say(&mut self, text: &str, dice: &mut Dice) {
        self.keep(Event::Reply { text: text.to_owned() }, 15 + dice.below(80));
        let says = self.replay.say(text).customer;
        self.keep(Event::Customer { says }, 0);
    }
}

/// What a model says here; nothing where it has nothing to say.
fn words(model: &Model, place: Place, turn: usize) -> Option<&str> {
    match place {
        Place::Encounter(_) => model.replies.get(turn).or(model.replies.last()).map(String::as_str),
        Place::Scene(kind) => model.scenes.get(&kind).map(String::as_str),
        Place::Over(_) => None,
    }
}

/// Numbers that look like chance and are always the same.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }

    fn pick<'m>(&mut self, models: &[&'m Model]) -> &'m Model {
        models[self.below(models.len() as u64) as usize]
    }
}
