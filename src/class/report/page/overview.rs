//! The head and the foot of the page, the three things that a session comes to, troubles, and what
//! may be looked up.

use maud::{Markup, html};

use super::PageOptions;
use super::parts::Text;
use crate::class::report::{OutcomeTally, Report, Status};
use crate::wording::counted;

pub(super) fn header(report: &Report, options: &PageOptions) -> Markup {
    html! {
        header {
            p.soft { "Practising amends · " (report.as_of.strftime("%-d %B %Y, %H:%M")) }
            h1 { bdi { (Text(&report.class)) } @if let Some(person) = options.person { ": " bdi { (Text(&report.people[person].name)) } } }
            p.lead { (lead(report)) }
            @if report.is_anonymous { p.note { "Names were left out. The numbers stay the same from report to report." } }
        }
        @if options.person.is_none() {
            nav.top aria-label="On this page" {
                ul {
                    li { a href="#teach" { "What to teach next" } }
                    li { a href="#who" { "Who did what" } }
                    li { a href="#outcome" { "Three results" } }
                    li { a href="#steps" { "Marks by step" } }
                    li { a href="#faults" { "Faults" } }
                    li { a href="#progress" { "Progress" } }
                    li { a href="#agreement" { "Trainer and machine" } }
                    @if !report.troubles.is_empty() { li { a href="#troubles" { "Troubles" } } }
                    li { a href="#sessions" { "Sessions" } }
                }
            }
        }
    }
}

/// The class in two sentences.
fn lead(report: &Report) -> String {
    let finished = report.sessions.iter().filter(|session| session.is_finished).count();
    let mut told = format!(
        "{}, {}, {} finished.",
        counted(report.people.len(), "person", "people"),
        counted(report.sessions.len(), "session", "sessions"),
        finished
    );
    let cells = || report.people.iter().flat_map(|person| &person.cells);
    let all = cells().count();
    let done = cells().filter(|cell| matches!(cell.status, Status::Done | Status::Late(_))).count();
    if let Some(percent) = (done * 100).checked_div(all) {
        told += &format!(" Of what was assigned, {percent} percent is done.");
    }
    told
}

/// The process mark, the wording and the fate of the customer, side by side and never added up.
pub(super) fn three_things(report: &Report) -> Markup {
    let outcome = &report.outcome;
    html! {
        section id="outcome" aria-labelledby="h-outcome" {
            h2 id="h-outcome" { "Three results, not one" }
            @if outcome.sessions == 0 {
                p { "No session is finished yet." }
            } @else {
                p.soft {
                    "Doing the steps, choosing the words and keeping the customer are three things. A good mark can lose a customer, and a kept customer can hide a poor mark. From the latest finished session of each person and scenario: "
                    (outcome.sessions) "."
                }
                div.three { (done(outcome)) (worded(outcome)) (fates(outcome)) }
            }
        }
    }
}

fn done(outcome: &OutcomeTally) -> Markup {
    html! {
        div {
            h3 { "The steps: was it done?" }
            p.big { (outcome.process) small { " of 100, on average" } }
            p.note { "Apologize, review, fix, document: what was done, however it was worded. With what faults took off, the whole mark is " (outcome.mark) "." }
        }
    }
}

fn worded(outcome: &OutcomeTally) -> Markup {
    let a_session = outcome.faults as f64 / outcome.sessions.max(1) as f64;
    html! {
        div {
            h3 { "The wording: how was it said?" }
            p.big { (format!("{a_session:.1}")) small { " faults a session" } }
            p.note { (outcome.faults) " faults in all; " (outcome.faultless) " of " (counted(outcome.sessions, "session", "sessions")) " had none. Wording alone: " (outcome.wording) " of 100." }
        }
    }
}

fn fates(outcome: &OutcomeTally) -> Markup {
    html! {
        div {
            h3 { "The customer: did she stay?" }
            ul.fates {
                li { span.ok { "★ won: stays, and tells others" } b { (outcome.won) } }
                li { span { "○ kept: stays" } b { (outcome.kept) } }
                li { span.no { "✗ lost: does not come back" } b { (outcome.lost) } }
            }
        }
    }
}

pub(super) fn troubles(report: &Report) -> Markup {
    html! {
        @if !report.troubles.is_empty() {
            section id="troubles" aria-labelledby="h-troubles" {
                h2 id="h-troubles" { "Troubles" }
                p.soft { "What could not be used, and what a reader of the marks should know." }
                div.scroll {
                    table {
                        thead { tr { th scope="col" { "Where" } th scope="col" { "What, and what to do" } } }
                        tbody {
                            @for trouble in &report.troubles {
                                tr {
                                    td.wrap { (Text(&trouble.place)) @if trouble.sessions > 1 { small { (trouble.sessions) " sessions" } } }
                                    td.wrap { (Text(&trouble.message)) }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// What the replays lead to.
pub(super) fn reference(report: &Report) -> Markup {
    let mut rules: Vec<usize> = (0..report.rules.len()).collect();
    rules.sort_by_key(|&rule| (&report.rules[rule].family, &report.rules[rule].rule));
    html! {
        @if !rules.is_empty() {
            section id="rules" aria-labelledby="h-rules" {
                h2 id="h-rules" { "The faults, looked up" }
                dl.ref {
                    @for rule in rules {
                        @let card = &report.rules[rule];
                        dt id={ "r" (rule) } { (Text(&card.family.replace('-', " "))) ": " (Text(&card.rule)) }
                        dd { (Text(&card.why)) }
                        @for say in card.say.iter().take(2) { dd { "Say: “" (Text(say)) "”" } }
                        @if !card.source.is_empty() { dd.note { (Text(&card.source)) } }
                    }
                }
            }
        }
    }
}

pub(super) fn footer(report: &Report) -> Markup {
    html! {
        footer {
            p { (Text(&report.caution)) }
            p { "Made by amends " (env!("CARGO_PKG_VERSION")) " from the transcripts of the class. Nothing on this page is loaded from anywhere." }
        }
    }
}
