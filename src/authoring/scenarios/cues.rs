//! Cues that can never be said.

use crate::authoring::problem::Problem;
use crate::authoring::spot::Spot;
use crate::lexicon::schema::Texts;
use crate::scenario::schema::{Cue, Range, When};
use crate::scenario::{ScenarioFile, Step};

use super::heard::Heard;
use super::names;

/// With so many cues above it, one is compared with the first of them only.
const MOST_COMPARED: usize = 500;

/// Every cue that can never be said, each with the first reason.
pub(super) fn check(file: &ScenarioFile, root: Spot<'_>, heard: &Heard<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (at, cue) in file.cues.iter().enumerate() {
        let spot = root.key("cues").item(at);
        let reach = Reach { file, heard, cue, when: spot.key("when") };
        let mut found = reach.alone();
        if found.is_empty() {
            let above = &file.cues[..at.min(MOST_COMPARED)];
            let earlier = above.iter().find(|earlier| takes_all_of(earlier, &cue.when, heard));
            found.extend(earlier.map(|earlier| reach.is_taken(spot, earlier)));
        }
        problems.extend(found);
    }
    problems
}

/// One cue, and what decides whether it is ever said.
struct Reach<'r> {
    file: &'r ScenarioFile,
    heard: &'r Heard<'r>,
    cue: &'r Cue,
    /// Where its condition stands.
    when: Spot<'r>,
}

impl Reach<'_> {
    /// What is wrong with the condition, whatever the other cues are.
    fn alone(&self) -> Vec<Problem> {
        let mut problems = self.nothing();
        problems.extend(self.unheard());
        problems.extend(self.contradiction());
        problems.extend(self.step());
        problems.extend(self.times());
        problems.extend(self.ranges());
        problems
    }

    fn never(&self, why: &str) -> String {
        format!("the cue `{}` is never said: {why}", self.cue.id)
    }

    fn nothing(&self) -> Vec<Problem> {
        let When { heard, with, without, after, before, times, step, anger, goodwill } = &self.cue.when;
        let names = [heard, with, without, after, before].iter().all(|names| names.is_empty());
        let is_free = names && times.is_none() && step.is_empty() && anger.is_none() && goodwill.is_none();
        let message = format!(
            "the cue `{}` always fits, so no cue below it is ever said: say when, with `heard:` or another key",
            self.cue.id
        );
        if is_free { vec![self.when.mistake(message)] } else { Vec::new() }
    }

    /// Names that no reply can make heard.
    fn unheard(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        for (key, names) in names::lists(&self.cue.when) {
            for (at, name) in names.iter().enumerate() {
                if let Some(why) = self.heard.never(name) {
                    problems.push(self.when.key(key).item(at).mistake(why));
                }
            }
        }
        problems
    }

    fn contradiction(&self) -> Option<Problem> {
        let When { heard, with, without, after, before, .. } = &self.cue.when;
        let barred = |name: &str| {
            let bars = |names: &Texts| names.iter().any(|other| self.heard.covers(other, name));
            if bars(without) { Some("without") } else { bars(before).then_some("before") }
        };
        let all_barred = |names: &Texts| {
            let first = names.first().and_then(|name| barred(name))?;
            names.iter().all(|name| barred(name).is_some()).then_some(first)
        };
        let found = all_barred(heard)
            .map(|bar| ("heard", bar))
            .or_else(|| with.iter().find_map(|name| barred(name)).map(|bar| ("with", bar)))
            .or_else(|| {
                let is_said = |name: &String| before.iter().any(|other| self.heard.covers(other, name));
                (!after.is_empty() && after.iter().all(is_said)).then_some(("after", "before"))
            });
        found.map(|(wants, bar)| {
            let why = format!("`{bar}` bars what `{wants}` asks for; take it out of one of the two");
            self.when.key(bar).mistake(self.never(&why))
        })
    }

    fn step(&self) -> Option<Problem> {
        let steps = &self.cue.when.step;
        let is_late = !steps.is_empty() && steps.iter().all(|step| *step == Step::Document);
        let why = "the customer has gone when it is written down; write apologize, review or fix";
        is_late.then(|| self.when.key("step").mistake(self.never(why)))
    }

    fn times(&self) -> Option<Problem> {
        let times = self.cue.when.times?;
        let patience = self.file.mood.patience;
        let spot = self.when.key("times");
        if self.cue.when.heard.is_empty() {
            return Some(spot.mistake("`times` counts what is `heard`: add `heard:`, or remove `times:`"));
        }
        let why = format!("the customer has had enough after {patience} replies; write a smaller number");
        (times > patience).then(|| spot.mistake(self.never(&why)))
    }

    fn ranges(&self) -> Vec<Problem> {
        let When { anger, goodwill, .. } = self.cue.when;
        let mut problems = Vec::new();
        for (key, range) in [("anger", anger), ("goodwill", goodwill)] {
            let Some(range) = range else { continue };
            let (low, high) = bounds(range);
            // At nothing she leaves, and her last words are said.
            let low = if key == "goodwill" { low.max(1) } else { low };
            if low > high {
                let why = format!("no {key} is in this range; write one from 0 to 100");
                problems.push(self.when.key(key).mistake(self.never(&why)));
            }
        }
        problems
    }

    fn is_taken(&self, spot: Spot<'_>, earlier: &Cue) -> Problem {
        let why = format!(
            "the cue `{}` above it fits whenever it does; put it above that one, or make that one more particular",
            earlier.id
        );
        spot.key("id").mistake(self.never(&why))
    }
}

/// The least and the most that a range lets through.
fn bounds(range: Range) -> (i16, i16) {
    let low = range.above.map_or(0, |above| i16::from(above) + 1);
    let high = range.below.map_or(100, |below| i16::from(below) - 1);
    (low, high.min(100))
}

/// Whether a cue fits in every reply that a condition fits. What is said but once leaves the reply
/// to others the second time.
fn takes_all_of(earlier: &Cue, when: &When, heard: &Heard<'_>) -> bool {
    let wide = &earlier.when;
    let covered = |name: &str, by: &Texts| by.iter().any(|other| heard.covers(other, name));
    let is_said = |name: &String| {
        let in_with = when.with.iter().any(|said| heard.covers(name, said));
        in_with || !when.heard.is_empty() && when.heard.iter().all(|said| heard.covers(name, said))
    };
    let heard_holds = wide.heard.is_empty()
        || !when.heard.is_empty() && when.heard.iter().all(|name| covered(name, &wide.heard))
        || when.with.iter().any(|name| covered(name, &wide.heard));
    let unsaid = |name: &String, also: &Texts| covered(name, &when.before) || covered(name, also);
    let times_hold = wide.times.is_none_or(|times| {
        times <= 1 || wide.heard == when.heard && when.times.is_some_and(|own| own >= times)
    });
    let after_holds = wide.after.is_empty()
        || !when.after.is_empty() && when.after.iter().all(|name| covered(name, &wide.after));
    !earlier.once
        && heard_holds
        && times_hold
        && after_holds
        && wide.with.iter().all(is_said)
        && wide.without.iter().all(|name| unsaid(name, &when.without))
        && wide.before.iter().all(|name| covered(name, &when.before))
        && holds_steps(&wide.step, &when.step)
        && holds_range(wide.anger, when.anger)
        && holds_range(wide.goodwill, when.goodwill)
}

fn holds_steps(wide: &[Step], narrow: &[Step]) -> bool {
    const SPOKEN: [Step; 3] = [Step::Apologize, Step::Review, Step::Fix];
    let narrow = if narrow.is_empty() { &SPOKEN } else { narrow };
    wide.is_empty() || narrow.iter().all(|step| wide.contains(step))
}

fn holds_range(wide: Option<Range>, narrow: Option<Range>) -> bool {
    let (low, high) = bounds(wide.unwrap_or_default());
    let (own_low, own_high) = bounds(narrow.unwrap_or_default());
    low <= own_low && own_high <= high
}
