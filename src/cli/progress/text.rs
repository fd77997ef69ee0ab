//! Progress for people.

use super::plot::{plot, shown};
use super::report::Report;
use crate::cli::drill::{went, when};
use crate::cli::failure::Failure;
use crate::cli::screen::{Ink, Screen};
use crate::drill::Grade;
use crate::drill::log::Try;
use crate::practice::{Card, Cost, Played, Streak};
use crate::scenario::Outcome;
use crate::transcript::Mode;
use crate::wording::{counted, listed};

/// So many of the newest sessions are listed.
const SESSIONS: usize = 10;
/// So many of the dearest families are listed.
const COSTS: usize = 6;
/// The longest bar.
const BAR: u32 = 20;

pub(super) fn show(mut screen: Screen, report: &Report) -> Result<(), Failure> {
    overview(&mut screen, report);
    sessions(&mut screen, report);
    costs(&mut screen, &report.costs);
    due(&mut screen, report);
    skipped(&mut screen, report);
    screen.show()
}

fn overview(screen: &mut Screen, report: &Report) {
    if report.sessions.is_empty() && report.tries.is_empty() {
        screen.text("Nothing has been practised yet. Begin with `amends drill`, or with `amends play`.");
        return;
    }
    let drills = report.tries.iter().filter(|one| one.first).count();
    let counts = [(report.sessions.len(), "session", "sessions"), (drills, "drill", "drills")];
    let told = counts.into_iter().filter(|(count, ..)| *count > 0);
    let told: Vec<String> = told.map(|(count, one, many)| counted(count, one, many)).collect();
    screen.text(&format!("{} on {}.", listed(&told, "and"), counted(report.streak.days, "day", "days")));
    screen.text(&streak(&report.streak));
}

fn streak(streak: &Streak) -> String {
    let longest = counted(streak.longest, "day", "days");
    match streak.current {
        0 => format!("No streak at the moment; the longest had {longest}."),
        days if days == streak.longest => format!("A streak of {longest}, the longest so far."),
        days => format!("A streak of {}; the longest had {longest}.", counted(days, "day", "days")),
    }
}

fn sessions(screen: &mut Screen, report: &Report) {
    if report.sessions.is_empty() {
        return;
    }
    screen.heading("Marks");
    let marks: Vec<u8> = report.sessions.iter().map(|one| one.mark).collect();
    if screen.is_plain() {
        let told: Vec<String> = marks.iter().map(u8::to_string).collect();
        screen.labelled(0, "Out of 100, the oldest first:", Ink::Plain, &told.join(", "));
    } else {
        let width = screen.width();
        plot(&marks, width).iter().for_each(|line| screen.whole(line));
        let older = match marks.len() - shown(&marks, width) {
            0 => String::new(),
            left_out => format!(" {left_out} older ones are not shown."),
        };
        screen.text(&format!("A column for each session, the newest on the right.{older}"));
    }
    if let Some(told) = trend(&marks) {
        screen.text(&told);
    }
    screen.blank();
    let newest = report.sessions.iter().rev().take(SESSIONS);
    screen.labelled(0, "The newest first:", Ink::Strong, "");
    screen.rows(2, &newest.map(|one| row(one, report)).collect::<Vec<_>>());
}

/// The first marks and the last on average, where there are enough of both.
fn trend(marks: &[u8]) -> Option<String> {
    const MOST: usize = 5;
    let count = (marks.len() / 2).min(MOST);
    let average = |marks: &[u8]| {
        let sum: usize = marks.iter().map(|mark| usize::from(*mark)).sum();
        (sum + marks.len() / 2) / marks.len().max(1)
    };
    let (first, last) = (marks.get(..count)?, marks.get(marks.len() - count..)?);
    (count >= 2).then(|| {
        format!(
            "On average {} in the first {count} sessions, and {} in the last {count}.",
            average(first),
            average(last)
        )
    })
}

fn row(one: &Played, report: &Report) -> (String, String) {
    let zone = report.now.time_zone();
    let day = one.started.map_or("some day".to_owned(), |at| at.to_zoned(zone.clone()).date().to_string());
    let mode = match one.mode {
        Mode::Coach => "",
        Mode::Exam => " in an exam",
    };
    let end = if one.is_over { outcome(one.outcome) } else { "left early" };
    (day, format!("{}: {} of 100{mode}; {end}", one.scenario, one.mark))
}

const fn outcome(outcome: Option<Outcome>) -> &'static str {
    match outcome {
        Some(Outcome::Won) => "the customer was won",
        Some(Outcome::Kept) => "the customer was kept",
        Some(Outcome::Lost) => "the customer was lost",
        None => "played to the end",
    }
}

fn costs(screen: &mut Screen, costs: &[Cost]) {
    let Some(dearest) = costs.first() else { return };
    screen.heading("What cost most in your sessions");
    let row = |cost: &Cost| {
        let times = if cost.times == 1 { "once".to_owned() } else { format!("{} times", cost.times) };
        let told = format!("{} points, heard {times}", cost.points);
        let bar = "#".repeat((cost.points * BAR).div_ceil(dearest.points.max(1)) as usize);
        let text = if screen.is_plain() { told } else { format!("{bar} {told}") };
        (cost.family.clone(), text)
    };
    let rows: Vec<_> = costs.iter().take(COSTS).map(row).collect();
    screen.text("A point is one of goodwill lost, or of anger raised; what you took back counts, too.");
    screen.rows(2, &rows);
    screen.text(&format!("Drill the first of them: amends drill {}", dearest.family));
}

fn due(screen: &mut Screen, report: &Report) {
    if report.cards.is_empty() {
        return;
    }
    let today = report.now.date();
    let (due, later): (Vec<_>, Vec<_>) = report.cards.iter().partition(|(_, card)| card.is_due(today));
    screen.heading("Drills");
    last(screen, &report.tries);
    let row = |(family, card): &&(String, Card)| {
        (family.clone(), format!("{}; the last: {}", when(card.due, today), went(card.grade)))
    };
    if due.is_empty() {
        screen.text("Nothing is due today.");
    }
    for (label, cards) in [("Due:", due), ("Due later:", later)] {
        if !cards.is_empty() {
            screen.labelled(0, label, Ink::Strong, "");
            screen.rows(2, &cards.iter().map(row).collect::<Vec<_>>());
        }
    }
}

/// How many of the newest drills went well, against those before.
fn last(screen: &mut Screen, tries: &[Try]) {
    const NEWEST: usize = 20;
    let first: Vec<&Try> = tries.iter().filter(|one| one.first).collect();
    let passed = |tries: &[&Try]| tries.iter().filter(|one| one.grade >= Grade::Good).count();
    let (before, newest) = first.split_at(first.len().saturating_sub(NEWEST));
    let (good, of) = (passed(newest), newest.len());
    screen.text(&if before.is_empty() {
        format!("{good} of {of} passed.")
    } else {
        format!("{good} of the last {of} passed; before that {} of {}.", passed(before), before.len())
    });
}

fn skipped(screen: &mut Screen, report: &Report) {
    if report.skipped.is_empty() {
        return;
    }
    screen.heading("Left out");
    for (path, why) in &report.skipped {
        screen.labelled(0, &format!("{path}:"), Ink::Strong, why);
    }
}
