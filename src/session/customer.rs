//! What the customer says: the turning points, the cues, and her last words.

use crate::coaching::Principle;
use crate::scenario::schema::{Cue, Fit, Range};
use crate::scenario::{Outcome, Step};

use super::hearing::Hearing;
use super::report::{Report, Turning};
use super::state::State;
use super::{Place, Stage};

/// At most so many lines are said in one turn.
const MOST_LINES: usize = 2;

/// What the customer answers to a reply.
pub(super) fn answer(
    stage: &Stage<'_>,
    state: &mut State,
    hearing: &Hearing<'_>,
    report: &Report<'_>,
) -> Vec<String> {
    let mut speech = Speech { stage, state, lines: Vec::new() };
    if report.ended {
        speech.last_words(report);
    } else if report.silent {
        speech.moment("silence", &stage.scenario.file.moments.silence);
    } else if report.puzzled {
        speech.moment("puzzled", &stage.scenario.file.moments.puzzled);
    } else if report.recited {
        speech.moment("recited", &stage.scenario.file.moments.recited);
    } else {
        speech.reply(hearing, report);
    }
    speech.lines
}

struct Speech<'a, 's> {
    stage: &'a Stage<'s>,
    state: &'a mut State,
    lines: Vec<String>,
}

impl Speech<'_, '_> {
    fn moment(&mut self, name: &str, lines: &[String]) {
        let line = self.state.lines.draw(name, lines);
        self.lines.extend(line.map(str::to_owned));
    }

    fn last_words(&mut self, report: &Report<'_>) {
        let moments = &self.stage.scenario.file.moments;
        if report.reached(Turning::Fixed) && !self.state.progress.left {
            self.moment("fixed", &moments.fixed);
        }
        match self.state.progress.outcome {
            _ if self.state.progress.left => self.moment("leaves", &moments.leaves),
            Some(Outcome::Won) => self.moment("won", &moments.won),
            Some(Outcome::Kept) => self.moment("kept", &moments.kept),
            _ => self.moment("lost", &moments.lost),
        }
    }

    fn reply(&mut self, hearing: &Hearing<'_>, report: &Report<'_>) {
        let moments = &self.stage.scenario.file.moments;
        self.answers(report);
        self.cue(hearing, report);
        if self.lines.is_empty() && report.has(Principle::TooSoon) && !report.reached(Turning::Ready) {
            self.moment("too-soon", &moments.too_soon);
        } else if self.lines.is_empty() && report.again {
            self.moment("again", &moments.again);
        }
        // Where several turning points are reached at once, the last one says it all.
        let turning = report.turning.iter().max_by_key(|turning| match turning {
            Turning::Ready => 0,
            Turning::Agreed => 1,
            Turning::Fixed => 2,
        });
        if let Some(turning) = turning {
            self.lines.truncate(MOST_LINES - 1);
            match turning {
                Turning::Ready => self.moment("ready", &moments.ready),
                Turning::Agreed => self.moment("agreed", &moments.agreed),
                Turning::Fixed => self.moment("fixed", &moments.fixed),
            }
        }
        if self.lines.is_empty() {
            self.wait();
        }
        self.lines.truncate(MOST_LINES);
    }

    /// The answers to all checks that were asked, in one breath.
    fn answers(&mut self, report: &Report<'_>) {
        let mut answers: Vec<String> = Vec::new();
        for &number in &report.asked {
            let check = &self.stage.scenario.file.checks[number];
            let answer = self.state.lines.draw(&check.id, &check.answers);
            answers.extend(answer.map(str::to_owned));
        }
        if !answers.is_empty() {
            self.lines.push(answers.join(" "));
        }
    }

    fn cue(&mut self, hearing: &Hearing<'_>, report: &Report<'_>) {
        let cues = &self.stage.scenario.file.cues;
        let state = &*self.state;
        let is_due = |number: &usize| {
            let cue = &cues[*number];
            !(cue.once && state.cues.contains(number)) && self.fits(cue, hearing, report)
        };
        let Some(number) = (0..cues.len()).find(is_due) else { return };
        self.state.cues.insert(number);
        let cue = &cues[number];
        self.moment(&format!("cue {}", cue.id), &cue.says);
    }

    fn wait(&mut self) {
        let waits = &self.stage.scenario.file.moments.waits;
        match self.state.place {
            Place::Encounter(Step::Apologize) => self.moment("waits 1", &waits.apologize),
            Place::Encounter(Step::Review) => self.moment("waits 2", &waits.review),
            _ => self.moment("waits 3", &waits.fix),
        }
    }

    /// Whether a cue fits a reply. The state knows of earlier replies and of this one.
    fn fits(&self, cue: &Cue, hearing: &Hearing<'_>, report: &Report<'_>) -> bool {
        let offers = self.stage.scenario.file.remedies.iter().chain(&self.stage.scenario.file.extras);
        // To name what would please her is not to offer it; of what would not she has heard enough.
        let is_only_named = |name: &String| {
            let is_good = offers.clone().any(|offer| offer.id == *name && offer.fits > Fit::Poor);
            is_good && !report.offered.contains(&name.as_str())
        };
        let said_now = |name: &String| hearing.says(name) && !is_only_named(name);
        fits(cue, self.state, said_now, hearing, report.at)
    }
}

/// Whether a cue fits what is said now and was said before.
fn fits(
    cue: &Cue,
    state: &State,
    said_now: impl Fn(&String) -> bool,
    hearing: &Hearing<'_>,
    step: Step,
) -> bool {
    let when = &cue.when;
    let feelings = state.account.feelings();
    let times = |name: &String| state.said.get(name).copied().unwrap_or_default();
    let said_earlier = |name: &String| times(name) > usize::from(hearing.says(name));
    (when.heard.is_empty() || when.heard.iter().any(&said_now))
        && when.with.iter().all(&said_now)
        && !when.without.iter().any(|name| hearing.says(name))
        && (when.after.is_empty() || when.after.iter().any(said_earlier))
        && !when.before.iter().any(|name| times(name) > 0)
        && when.times.is_none_or(|least| when.heard.iter().any(|name| times(name) >= usize::from(least)))
        && (when.step.is_empty() || when.step.contains(&step))
        && holds(when.anger, feelings.anger)
        && holds(when.goodwill, feelings.goodwill)
}

fn holds(range: Option<Range>, value: u8) -> bool {
    range.is_none_or(|range| {
        range.above.is_none_or(|above| value > above) && range.below.is_none_or(|below| value < below)
    })
}
