//! Progress for people.

use super::plot::{plot, shown};
use super::report::Report;
use crate::cli::drill::{went, when};
use crate::cli::failure::Failure;
use crate::cli::screen::{Ink, Screen};
use crate::drill::log::Try;
use crate::practice::{Cost, Played};
use crate::scenario::Outcome;
use crate::transcript::Mode;
use crate::wording::counted;

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
    let sessions = counted(report.sessions.len(), "session", "sessions");
    let drills = counted(report.tries.iter().filter(|one| one.first).count(), "drill", "drills");
    let days = counted(report.streak.days, "day", "days");
    screen.text(&format!("{sessions} and {drills} on {days}."));
    let longest = counted(report.streak.longest, "day", "days");
    let streak = match report.streak.current {
        0 => format!("No streak at the moment; the longest had {longest}."),
        days if days == report.streak.longest => {
            format!("Streak: {} in a row, the longest so far.", counted(days, "day", "days"))
        }
        days => format!("Streak: {} in a row; the longest had {longest}.", counted(days, "day", "days")),
    };
    screen.text(&streak);
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
        let left_out = marks.len() - shown(&marks, width);
        if left_out > 0 {
            screen.text(&format!("The newest on the right; {left_out} older ones are not shown."));
        }
        screen.blank();
    }
    let newest = report.sessions.iter().rev().take(SESSIONS);
    screen.labelled(0, "The newest first:", Ink::Strong, "");
    screen.rows(2, &newest.map(|one| row(one, report)).collect::<Vec<_>>());
}

fn row(one: &Played, report: &Report) -> (String, String) {
    let zone = report.now.time_zone();
    let day = one.started.map_or("some day".to_owned(), |at| at.to_zoned(zone.clone()).date().to_string());
    let mode = match one.mode {
        Mode::Coach => "",
        Mode::Exam => ", exam",
    };
    let end = if one.is_over { outcome(one.outcome) } else { "not at its end" };
    (day, format!("{:>3}  {}{mode} ({end})", one.mark, one.scenario))
}

const fn outcome(outcome: Option<Outcome>) -> &'static str {
    match outcome {
        Some(Outcome::Won) => "won",
        Some(Outcome::Kept) => "kept",
        Some(Outcome::Lost) => "lost",
        None => "over",
    }
}

fn costs(screen: &mut Screen, costs: &[Cost]) {
    let Some(dearest) = costs.first() else { return };
    screen.heading("What cost most in your sessions");
    let row = |cost: &Cost| {
        let times = counted(cost.times as usize, "time", "times");
        let told = format!("{} points, {times}", cost.points);
        let bar = "#".repeat((cost.points * BAR).div_ceil(dearest.points.max(1)) as usize);
        let text = if screen.is_plain() { told } else { format!("{bar} {told}") };
        (cost.family.clone(), text)
    };
    let rows: Vec<_> = costs.iter().take(COSTS).map(row).collect();
    screen.rows(2, &rows);
    screen.text(&format!("Drill the first with `amends drill {}`.", dearest.family));
}

fn due(screen: &mut Screen, report: &Report) {
    if report.cards.is_empty() {
        return;
    }
    let today = report.now.date();
    let (due, later): (Vec<_>, Vec<_>) = report.cards.iter().partition(|(_, card)| card.is_due(today));
    screen.heading("Drills");
    last(screen, &report.tries);
    let row = |(family, card): &&(String, crate::practice::Card)| {
        (family.clone(), format!("{}; {}", when(card.due, today), went(card.grade)))
    };
    if due.is_empty() {
        screen.text("Nothing is due today.");
    } else {
        screen.labelled(0, "Due today:", Ink::Strong, "");
        screen.rows(2, &due.iter().map(row).collect::<Vec<_>>());
    }
    if !later.is_empty() {
        screen.labelled(0, "Later:", Ink::Strong, "");
        screen.rows(2, &later.iter().map(row).collect::<Vec<_>>());
    }
}

/// How many of the newest drills went well, against those before.
fn last(screen: &mut Screen, tries: &[Try]) {
    const NEWEST: usize = 20;
    let first: Vec<&Try> = tries.iter().filter(|one| one.first).collect();
    let passed = |tries: &[&Try]| tries.iter().filter(|one| one.grade >= crate::drill::Grade::Good).count();
    let (before, newest) = first.split_at(first.len().saturating_sub(NEWEST));
    let told = format!("{} of the last {} passed", passed(newest), newest.len());
    screen.text(&if before.is_empty() {
        format!("{told}.")
    } else {
        format!("{told}; before that {} of {}.", passed(before), before.len())
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
