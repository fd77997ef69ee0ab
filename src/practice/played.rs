//! Sessions played again from their transcripts: their marks, and what cost most in them.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use rayon::prelude::*;

use super::past::{Skipped, Why};
use crate::authoring;
use crate::lexicon::{Kind, Lexicon};
use crate::scenario::{Outcome, Scenario};
use crate::score::Scorecard;
use crate::session::{Ground, Reaction};
use crate::transcript::{Event, Mode, Replay, Transcript};

/// A session, and how it went.
#[derive(Debug, Clone)]
pub struct Played {
    /// The file.
    pub path: PathBuf,
    /// The name of the scenario.
    pub scenario: String,
    /// What the scenario calls itself.
    pub title: String,
    /// Whether the coach spoke up.
    pub mode: Mode,
    /// When it began; none if the file says nothing that is a time.
    pub started: Option<Timestamp>,
    /// The mark, out of 100.
    pub mark: u8,
    /// Wording alone, out of 100.
    pub wording: u8,
    /// The steps alone, out of 100.
    pub process: u8,
    /// What became of the customer.
    pub outcome: Option<Outcome>,
    /// How many replies there are.
    pub replies: usize,
    /// Whether it came to its end.
    pub is_over: bool,
    /// What the faults in it cost, with what was taken back.
    pub costs: Vec<Cost>,
}

/// What a family of faults has cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cost {
    /// The family.
    pub family: String,
    /// Goodwill lost and anger raised, together.
    pub points: u32,
    /// How often it was heard.
    pub times: u32,
}

/// Plays sessions again, by the names of their files. A scenario is read once, however often it was
/// played.
#[must_use]
pub fn play(ground: &Ground, transcripts: &[(PathBuf, Transcript)]) -> (Vec<Played>, Vec<Skipped>) {
    let all: Vec<&Transcript> = transcripts.iter().map(|(_, transcript)| transcript).collect();
    let scenarios = authoring::played::scenarios(&all, &ground.lexicon);
    let play = |((path, transcript), scenario): (&(PathBuf, Transcript), Result<Arc<Scenario>, String>)| {
        let scenario = scenario.map_err(|first| Skipped {
            path: path.clone(),
            why: Why::Text(format!("its scenario cannot be played with this lexicon: {first}")),
        })?;
        Ok(again(ground, path, transcript, &scenario))
    };
    let all: Vec<Result<Played, Skipped>> = transcripts.par_iter().zip(scenarios).map(play).collect();
    let mut skipped = Vec::new();
    let keep = |one: Result<Played, Skipped>| one.map_err(|why| skipped.push(why)).ok();
    (all.into_iter().filter_map(keep).collect(), skipped)
}

fn again(ground: &Ground, path: &Path, transcript: &Transcript, scenario: &Scenario) -> Played {
    let stage = ground.stage(scenario);
    let header = &transcript.header;
    let mut replay = Replay::new(&stage, header.seed.into());
    let mut costs = Vec::new();
    for timed in &transcript.events {
        match &timed.event {
            // What was taken back later was said all the same.
            Event::Reply { text } => book(&ground.lexicon, &replay.say(text), &mut costs),
            event => replay.apply(event),
        }
    }
    let card = Scorecard::of(replay.session());
    Played {
        path: path.to_owned(),
        scenario: header.scenario.clone(),
        title: scenario.file.title.clone(),
        mode: header.mode,
        started: header.started.parse().ok(),
        mark: card.mark,
        wording: card.wording.mark,
        process: card.process,
        outcome: card.fate.map(|fate| fate.outcome),
        replies: replay.replies(),
        is_over: replay.is_over(),
        costs,
    }
}

fn book(lexicon: &Lexicon, reaction: &Reaction, costs: &mut Vec<Cost>) {
    for entry in &reaction.entries {
        let rule = entry.rule.and_then(|rule| lexicon.rules.get(rule as usize));
        let lost =
            u32::from(entry.goodwill.min(0).unsigned_abs()) + u32::from(entry.anger.max(0).unsigned_abs());
        if let Some(rule) = rule.filter(|rule| rule.kind == Kind::Fault && lost > 0) {
            add(costs, &rule.family, lost, 1);
        }
    }
}

/// What each family of faults has cost in all sessions, the dearest first.
#[must_use]
pub fn costs(played: &[Played]) -> Vec<Cost> {
    let mut all = Vec::new();
    for cost in played.iter().flat_map(|one| &one.costs) {
        add(&mut all, &cost.family, cost.points, cost.times);
    }
    all.sort_by(|one, other| other.points.cmp(&one.points).then_with(|| one.family.cmp(&other.family)));
    all
}

fn add(costs: &mut Vec<Cost>, family: &str, points: u32, times: u32) {
    match costs.iter_mut().find(|cost| cost.family == family) {
        Some(cost) => {
            cost.points += points;
            cost.times += times;
        }
        None => costs.push(Cost { family: family.to_owned(), points, times }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transcript::{Header, Timed};

    fn transcript(yaml: &str, replies: &[&str]) -> (PathBuf, Transcript) {
        let header = Header { scenario: "promised-friday".to_owned(), ..Header::sample() };
        let timed = |event| Timed { at: String::new(), event };
        let mut events: Vec<Timed> =
            replies.iter().map(|text| timed(Event::Reply { text: (*text).to_owned() })).collect();
        events.push(timed(Event::Undo));
        (PathBuf::from("a.jsonl"), Transcript { header, scenario: yaml.to_owned(), events, whole: 0 })
    }

    #[test]
    fn sessions_are_graded_and_what_was_taken_back_has_cost_something() {
        let ground = crate::embedded::ground();
        let yaml = crate::scenario::template(crate::scenario::TEMPLATE_NAME);
        let bad = transcript(&yaml, &["I am so sorry, that is our mistake.", "It's our policy."]);
        let broken = transcript("scenario: no\n", &[]);
        let (played, skipped) = play(&ground, &[bad, broken]);
        assert_eq!((played.len(), skipped.len()), (1, 1));
        assert_eq!(played[0].replies, 1);
        let costs = costs(&played);
        assert_eq!((costs[0].family.as_str(), costs[0].times), ("policy-shield", 1));
    }
}
