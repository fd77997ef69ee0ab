//! The tables: who did what, marks by step, progress, and the agreement of trainer and machine.

use maud::{Markup, html};

use super::curve;
use super::parts::{Text, marks, signed};
use crate::class::report::{Assigned, Cell, Report, Status, StepTally, Trainee, steps as names};
use crate::class::{Agreement, BANDS};
use crate::transcript::Mode;
use crate::wording::{counted, listed};

pub(super) fn who_did_what(report: &Report) -> Markup {
    html! {
        section id="who" aria-labelledby="h-who" {
            h2 id="h-who" { "Who did what" }
            @if report.assignments.is_empty() {
                p { "Nothing is assigned. Write the scenarios into class.yaml." }
            }
            @if report.people.is_empty() {
                p { "There is nobody on the roster yet." }
            } @else {
                div.scroll tabindex="0" role="region" aria-label="Table: who did what" {
                    table.grid {
                        caption { "The mark is that of the latest finished session. ✓ finished, … begun, – not begun, ! overdue for so many days." }
                        thead { tr {
                            th scope="col" { "Person" }
                            @for assigned in &report.assignments { (column(report, assigned)) }
                            th.n scope="col" { "Sessions" }
                        } }
                        tbody { @for (at, person) in report.people.iter().enumerate() { (person_row(at, person)) } }
                    }
                }
            }
        }
    }
}

fn column(report: &Report, assigned: &Assigned) -> Markup {
    html! {
        th scope="col" {
            (Text(&report.cases[assigned.case].title))
            small {
                @if assigned.mode == Mode::Exam { "Exam" }
                @if let Some(due) = assigned.due { @if assigned.mode == Mode::Exam { ", " } "due " (due.strftime("%-d %b")) }
            }
            small { (assigned.done) " of " (report.people.len()) " done" }
            @if assigned.overdue > 0 { small.no { (assigned.overdue) " overdue" } }
        }
    }
}

fn person_row(at: usize, person: &Trainee) -> Markup {
    html! {
        tr {
            th scope="row" {
                a href={ "#p" (at) } { bdi { (Text(&person.name)) } }
                @if let Some(group) = &person.group { small { (Text(group)) } }
            }
            @for cell in &person.cells { td { (state(cell)) } }
            td.n { (person.sessions.len()) }
        }
    }
}

fn state(cell: &Cell) -> Markup {
    let days = |days: i32| counted(days as usize, "day", "days");
    let (class, sign) = match cell.status {
        Status::Done | Status::Late(_) => ("ok", "✓".to_owned()),
        Status::Begun => ("wait", "… begun".to_owned()),
        Status::Open => ("wait", "–".to_owned()),
        Status::BegunOverdue(over) => ("no", format!("! begun, {}", days(over))),
        Status::Overdue(over) => ("no", format!("! {}", days(over))),
    };
    let tries = (cell.tries > 1).then(|| format!("{} tries", cell.tries));
    let late = if let Status::Late(late) = cell.status { Some(format!("{} late", days(late))) } else { None };
    let small: Vec<String> = tries.into_iter().chain(late).collect();
    html! {
        span class=(class) { (sign) }
        @if let Some(mark) = cell.mark {
            " "
            @match cell.session { Some(session) => a href={ "#s" (session) } { (mark) }, None => (mark) }
        }
        @if !small.is_empty() { small { (small.join(", ")) } }
    }
}

pub(super) fn steps(report: &Report) -> Markup {
    html! {
        section id="steps" aria-labelledby="h-steps" {
            h2 id="h-steps" { "Marks by step" }
            @if report.outcome.sessions == 0 {
                p { "No session is finished yet." }
            } @else {
                p.soft { "How much of its marks each step got, on average. The bracket holds the middle half of the sessions." }
                div.scroll {
                    table {
                        thead { tr { th scope="col" { "Step" } th.n scope="col" { "Percent" } th scope="col" style="width:45%" { "0 to 100" } th.n scope="col" { "Sessions" } } }
                        tbody { @for step in &report.steps { (step_row(step)) } }
                    }
                }
                h3 { "What the steps are made of" }
                div.scroll tabindex="0" role="region" aria-label="What the steps are made of" {
                    table {
                        thead { tr { th scope="col" { "Asked for" } th.n scope="col" { "Percent" } th.n scope="col" { "Not heard" } th.n scope="col" { "Costs a session" } } }
                        @for step in &report.steps { (items(step)) }
                    }
                }
            }
        }
    }
}

fn step_row(step: &StepTally) -> Markup {
    html! {
        tr {
            th scope="row" { (Text(&step.name)) }
            @if step.sessions == 0 {
                td.n { "–" } td { "never asked for" }
            } @else {
                td.n { b { (step.percent) } } td { (curve::bar(step.percent, Some((step.low, step.high)))) }
            }
            td.n { (step.sessions) }
        }
    }
}

fn items(step: &StepTally) -> Markup {
    html! {
        @if !step.items.is_empty() {
            tbody {
                tr { th scope="rowgroup" colspan="4" { b { (Text(&step.name)) } } }
                @for item in &step.items {
                    tr {
                        th scope="row" { (Text(&item.what)) }
                        td.n { (item.percent) }
                        td.n { (item.missing) " of " (item.sessions) }
                        td.n { (marks(item.cost)) }
                    }
                }
            }
        }
    }
}

pub(super) fn progress(report: &Report) -> Markup {
    let mut people: Vec<(usize, &Trainee)> =
        report.people.iter().enumerate().filter(|(_, person)| person.progress.is_some()).collect();
    let gain = |person: &Trainee| {
        person.progress.map_or(0, |progress| i32::from(progress.last) - i32::from(progress.first))
    };
    people.sort_by_key(|(_, person)| std::cmp::Reverse(gain(person)));
    let count =
        |is_meant: fn(i32) -> bool| people.iter().filter(|(_, person)| is_meant(gain(person))).count();
    let (up, same, down) = (count(|by| by > 0), count(|by| by == 0), count(|by| by < 0));
    html! {
        section id="progress" aria-labelledby="h-progress" {
            h2 id="h-progress" { "From the first try to the last" }
            @if people.is_empty() {
                p { "Nobody has finished the same scenario twice yet. The second try is where most is learnt." }
            } @else {
                p {
                    "Of " (counted(people.len(), "person", "people")) " with a second try, " b { (up) } " did better, "
                    (same) " the same, " (down) " worse. Only tries of the same scenario are compared."
                }
                div.scroll tabindex="0" role="region" aria-label="Table: first and last tries" {
                    table {
                        caption { "The open ring is the first try, the full one the last; a broken line goes down." }
                        thead { tr {
                            th scope="col" { "Person" } th.n scope="col" { "First" } th.n scope="col" { "Last" }
                            th.n scope="col" { "Change" } th scope="col" style="width:34%" { "0 to 100" } th.n scope="col" { "Tries" }
                        } }
                        tbody { @for (at, person) in &people { (progress_row(*at, person)) } }
                    }
                }
            }
        }
    }
}

fn progress_row(at: usize, person: &Trainee) -> Markup {
    html! {
        @if let Some(progress) = person.progress {
            tr {
                th scope="row" { a href={ "#p" (at) } { bdi { (Text(&person.name)) } } }
                td.n { (progress.first) }
                td.n { (progress.last) }
                td.n { (signed(i32::from(progress.last) - i32::from(progress.first))) }
                td { (curve::progress(progress)) }
                td.n { (progress.tries) small { "in " (counted(progress.scenarios, "scenario", "scenarios")) } }
            }
        }
    }
}

pub(super) fn agreement(report: &Report) -> Markup {
    html! {
        section id="agreement" aria-labelledby="h-agreement" {
            h2 id="h-agreement" { "Trainer and machine" }
            @if report.reviewers.is_empty() {
                p { "No trainer has judged a session yet. " code { "amends class review DIR" } " goes through them; your marks stand beside the machine's, never over them." }
            } @else {
                p {
                    "How far the trainer's marks, from 1 to 5, and the machine's agree. Judged by "
                    (Text(&listed(&reviewers(report), "and"))) "."
                }
                div.scroll tabindex="0" role="region" aria-label="Table: trainer and machine" {
                    table {
                        caption { "Kappa takes off what two who mark by chance would agree on: 0 is chance, 1 is always. The weighted one forgives neighbouring marks." }
                        thead { tr {
                            th scope="col" { "Step" } th.n scope="col" { "Sessions" } th.n scope="col" { "Same mark" }
                            th.n scope="col" { "Kappa" } th.n scope="col" { "Weighted" } th scope="col" { "The trainer gives" }
                        } }
                        tbody { @for row in &report.agreement { (agreement_row(row)) } }
                    }
                }
                p.note { "Where kappa is low, read a few of these sessions together before you trust either mark." }
            }
        }
    }
}

fn reviewers(report: &Report) -> Vec<String> {
    let told =
        |(name, count): &(String, usize)| format!("{name} ({})", counted(*count, "session", "sessions"));
    report.reviewers.iter().map(told).collect()
}

fn agreement_row(row: &Agreement) -> Markup {
    let kappa = |kappa: Option<f64>| {
        kappa.map_or_else(|| "not defined".to_owned(), |kappa| format!("{kappa:.2}").replace('-', "−"))
    };
    html! {
        tr {
            th scope="row" { (names::name(row.step)) }
            td.n { (row.sessions) }
            td.n { @match row.percent { Some(percent) => { (format!("{percent:.0}")) " %" }, None => "–" } }
            td.n { (kappa(row.kappa)) }
            td.n { (kappa(row.weighted)) }
            td { (leaning(row)) }
        }
    }
}

/// Whether the trainer is kinder or sterner.
fn leaning(row: &Agreement) -> String {
    let cells = (0..BANDS).flat_map(|own| (0..BANDS).map(move |machine| (own, machine)));
    let sum: i64 =
        cells.map(|(own, machine)| (own as i64 - machine as i64) * row.table[own][machine] as i64).sum();
    if row.sessions == 0 {
        return "–".to_owned();
    }
    let mean = sum as f64 / row.sessions as f64;
    match mean {
        mean if mean > 0.25 => format!("{mean:.1} more"),
        mean if mean < -0.25 => format!("{:.1} less", -mean),
        _ => "about the same".to_owned(),
    }
}
