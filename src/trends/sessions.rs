//! Depositions that trainees wrote, as records of a casebook.
//!
//! A scenario is one case, however often it is played: forty depositions of one dead screen tell of one
//! dead screen. So the casebook gets a record for each case, and into it comes only what at least one
//! trainee wrote down. What the depositions leave out is a table of its own.

use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::Attribute;
use super::dates;
use super::read::{Raw, Reader};
use crate::authoring;
use crate::coaching::Coaching;
use crate::lexicon::Lexicon;
use crate::matcher::Matcher;
use crate::scenario::casebook::{Casebook as Setting, Load, Weekday};
use crate::scenario::{MentionKind, Scenario, SceneKind};
use crate::session::{Place, Stage};
use crate::transcript::{Replay, Transcript};

/// What the depositions of many sessions hold.
#[derive(Debug, Default)]
pub struct Depositions {
    /// The cases that they are about, by name.
    pub cases: Vec<Case>,
    /// How many sessions were read that came to a deposition.
    pub sessions: usize,
    /// What could not be used, a sentence each.
    pub troubles: Vec<String>,
}

/// A scenario, with what was written down about it.
#[derive(Debug)]
pub struct Case {
    /// The name of the scenario.
    pub scenario: String,
    /// How many depositions there are.
    pub depositions: usize,
    /// What a deposition must hold, and how many hold it.
    pub facts: Vec<(String, usize)>,
    setting: Option<Setting>,
    /// The ids of the facts that somebody wrote down.
    written: Vec<String>,
    /// The longest deposition.
    words: String,
}

impl Depositions {
    /// Reads transcripts: each its name and its bytes.
    #[must_use]
    pub fn read(
        transcripts: &[(String, Vec<u8>)],
        lexicon: &Lexicon,
        matcher: &Matcher,
        coaching: &Coaching,
    ) -> Self {
        let mut depositions = Self::default();
        let mut by_scenario: FxHashMap<String, Vec<Transcript>> = FxHashMap::default();
        for (name, bytes) in transcripts {
            match Transcript::read(bytes) {
                Ok(transcript) => {
                    let key = format!("{} {}", transcript.header.scenario, transcript.scenario);
                    by_scenario.entry(key).or_default().push(transcript);
                }
                Err(why) => depositions.troubles.push(format!("{name}: {why}")),
            }
        }
        let mut played: Vec<_> = by_scenario.into_values().collect();
        played.sort_by(|one, other| first_of(one).cmp(&first_of(other)));
        let one_of_each: Vec<&Transcript> = played.iter().map(|sessions| &sessions[0]).collect();
        let scenarios = authoring::played::scenarios(&one_of_each, lexicon);
        for (sessions, scenario) in played.iter().zip(scenarios) {
            let scenario = match scenario {
                Ok(scenario) => scenario,
                Err(first) => {
                    let name = &sessions[0].header.scenario;
                    let why = format!("the scenario {name} cannot be played with this lexicon: {first}");
                    depositions.troubles.push(why);
                    continue;
                }
            };
            let stage = Stage { scenario: &scenario, lexicon, matcher, coaching };
            let texts: Vec<Option<String>> =
                sessions.par_iter().map(|transcript| deposition(&stage, transcript)).collect();
            depositions.add(&scenario, texts.into_iter().flatten().collect());
        }
        depositions
    }

    /// A scenario that was edited between sessions is still one case.
    fn add(&mut self, scenario: &Scenario, texts: Vec<String>) {
        if texts.is_empty() {
            return;
        }
        self.sessions += texts.len();
        let name = &scenario.file.scenario;
        let at = self.cases.iter().position(|case| case.scenario == *name).unwrap_or_else(|| {
            self.cases.push(Case {
                scenario: name.clone(),
                depositions: 0,
                facts: Vec::new(),
                setting: None,
                written: Vec::new(),
                words: String::new(),
            });
            self.cases.len() - 1
        });
        let case = &mut self.cases[at];
        case.setting.clone_from(&scenario.file.casebook);
        for text in texts {
            case.add(scenario, text);
        }
    }

    /// Hands the cases on as records.
    pub fn hand_on(&self, reader: &mut Reader) {
        for case in &self.cases {
            let source = reader.source(&case.scenario);
            match &case.setting {
                Some(setting) => reader.push(case.record(setting, source)),
                None => reader.remark(format!("the scenario {} does not say when, where and what (`casebook:`); it is not among the records", case.scenario)),
            }
        }
    }
}

fn first_of(sessions: &[Transcript]) -> Option<(&str, &str)> {
    sessions.iter().map(|own| (own.header.scenario.as_str(), own.header.started.as_str())).min()
}

/// What was written in the scene of the deposition, if it came to that.
fn deposition(stage: &Stage<'_>, transcript: &Transcript) -> Option<String> {
    let replay = Replay::of(stage, transcript.header.seed.into(), &transcript.events);
    let turns = replay.session().turns().iter();
    let mut written = turns.filter(|turn| turn.reaction.at == Place::Scene(SceneKind::Deposition));
    written.next_back().and_then(|turn| turn.text.clone())
}

impl Case {
    fn add(&mut self, scenario: &Scenario, text: String) {
        let heard = scenario.hear(&text);
        self.depositions += 1;
        for fact in &scenario.file.facts {
            let is_told = heard.iter().any(|hit| hit.kind == MentionKind::Fact && hit.topic == fact.id);
            let at = self.facts.iter().position(|(what, _)| *what == fact.what).unwrap_or_else(|| {
                self.facts.push((fact.what.clone(), 0));
                self.facts.len() - 1
            });
            self.facts[at].1 += usize::from(is_told);
            if is_told && !self.written.contains(&fact.id) {
                self.written.push(fact.id.clone());
            }
        }
        if text.len() > self.words.len() {
            self.words = text;
        }
    }

    fn record(&self, setting: &Setting, source: u32) -> Raw {
        let is_told = |fact: &Option<String>| fact.as_ref().is_none_or(|fact| self.written.contains(fact));
        let told_by = &setting.told_by;
        let mut raw = Raw { source, line: 1, words: self.words.as_str().into(), ..Raw::default() };
        let load = setting.load.map(Load::name).map(str::to_owned);
        let texts = [
            (Attribute::Product, &setting.product, &told_by.product),
            (Attribute::Place, &setting.place, &told_by.place),
            (Attribute::Person, &setting.on_duty, &told_by.on_duty),
            (Attribute::Load, &load, &told_by.load),
            (Attribute::Failure, &setting.failure, &told_by.failure),
        ];
        for (attribute, value, fact) in texts {
            raw.texts[attribute as usize] = value.as_deref().filter(|_| is_told(fact)).map(Into::into);
        }
        raw.weekday = setting.weekday.filter(|_: &Weekday| is_told(&told_by.weekday));
        raw.time = setting.time.as_deref().filter(|_| is_told(&told_by.time)).and_then(dates::time);
        raw
    }

    /// What most depositions leave out: a sentence, if there is anything.
    #[must_use]
    pub fn left_out(&self) -> Vec<String> {
        let few = self.facts.iter().filter(|(_, count)| 2 * count < self.depositions);
        few.map(|(what, count)| format!("{what} (said in {count} of {})", self.depositions)).collect()
    }
}
