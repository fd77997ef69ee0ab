//! What to teach next, and the faults that are heard most: both in the words of the class.

use maud::{Markup, html};

use super::parts::{Text, marks, words};
use crate::class::report::steps::{STEPS, name};
use crate::class::report::{Better, Example, FaultQuote, FaultTally, Lesson, Report, Topic};
use crate::wording::counted;

/// So many lessons are shown with an example.
const LARGE: usize = 3;
/// So many families of faults are shown with quotes.
const FAMILIES: usize = 8;

pub(super) fn section(report: &Report) -> Markup {
    html! {
        section id="teach" aria-labelledby="h-teach" {
            h2 id="h-teach" { "What to teach next" }
            @if report.lessons.is_empty() {
                p { @if report.outcome.sessions == 0 { "Nothing can be said before a session is finished." } @else { "Nothing was lost. Go on to harder scenarios." } }
            } @else {
                p.soft {
                    "Ranked by the marks that they cost a session, in the latest finished session of each person and scenario."
                    @if report.outcome.sessions < 5 { " With so few sessions this is a hint, no more." }
                }
                ol.lessons {
                    @for (rank, lesson) in report.lessons.iter().take(LARGE).enumerate() { (large(report, rank + 1, lesson)) }
                }
                (rest(report))
            }
        }
    }
}

fn large(report: &Report, rank: usize, lesson: &Lesson) -> Markup {
    html! {
        li.lesson {
            div {
                h3 { span.rank { (rank) } " " span { (Text(&lesson.title)) } }
                p { "It costs " b { (marks(lesson.cost)) } " of 100 a session" @if rank == 1 { ", more than anything else" } ". " (Text(&lesson.reason)) }
                p.train { (train(report, lesson)) }
            }
            @if let Some(example) = &lesson.example { (projector(report, example, lesson.topic)) }
        }
    }
}

/// Words to talk about. Whose they are is one link away, and not on the wall.
fn projector(report: &Report, example: &Example, topic: Topic) -> Markup {
    let is_fault = topic == Topic::Fault;
    // In a scene after the encounter something is told; she may not be there.
    let place = report.sessions[example.session].turns.get(example.turn).map(|turn| turn.place);
    let is_scene = place.is_some_and(|place| STEPS.iter().all(|step| name(*step) != place));
    html! {
        figure.show {
            @if !example.customer.is_empty() {
                p.who { @if is_scene { "Before that" } @else { "The customer" } }
                p.q { (Text(&shortened(&example.customer))) }
            }
            p.who { "The answer · " a href=(report.link_to(example.session, example.turn)) { "in its session" } }
            p.q.mine { (words(&example.said, |_| false)) }
            @if is_fault { p.ask { "What does she hear?" } } @else { p.ask { (Text(&example.ask)) } }
            details {
                summary { @if is_fault { "Why, and what to say instead" } @else { "Better words" } }
                @if is_fault { p { (Text(&example.ask)) } }
                ul.better { @for better in &example.better { (said_better(report, better)) } }
            }
        }
    }
}

fn said_better(report: &Report, better: &Better) -> Markup {
    html! {
        li {
            p.q { (Text(&better.words)) }
            p.who {
                "From "
                @match better.place {
                    Some((session, turn)) => a href=(report.link_to(session, turn)) { bdi { (Text(&better.from)) } },
                    None => (Text(&better.from)),
                }
            }
        }
    }
}

fn train(report: &Report, lesson: &Lesson) -> Markup {
    html! {
        "Train it: "
        @if let Some(family) = &lesson.drill {
            code { "amends drill " (Text(family)) }
            @if lesson.case.is_some() { ", or " }
        }
        @if let Some((case, cost)) = lesson.case {
            @let case = &report.cases[case];
            code { "amends play " (Text(&case.name)) }
            ", where it costs " (marks(cost)) " a session."
        }
    }
}

fn rest(report: &Report) -> Markup {
    html! {
        @if report.lessons.len() > LARGE {
            h3.then { "After that" }
            ol.more start=(LARGE + 1) {
                @for lesson in &report.lessons[LARGE..] {
                    li { b { (Text(&lesson.title)) } ": " (marks(lesson.cost)) " a session. " (Text(&lesson.reason)) }
                }
            }
        }
    }
}

/// The end of what was said, where it is long: that is what was answered.
fn shortened(text: &str) -> String {
    const MOST: usize = 320;
    let letters = text.chars().count();
    if letters <= MOST {
        return text.to_owned();
    }
    let rest: String = text.chars().skip(letters - MOST).collect();
    let from_word = rest.split_once(' ').map_or(rest.as_str(), |(_, rest)| rest);
    format!("… {from_word}")
}

/// The faults that are heard most.
pub(super) fn faults(report: &Report) -> Markup {
    html! {
        section id="faults" aria-labelledby="h-faults" {
            h2 id="h-faults" { "The faults heard most" }
            @if report.faults.is_empty() {
                p { "No fault was heard." }
            } @else {
                p.soft { "In all sessions, finished or not. The words are the class's own; whose they are is one link away." }
                ol.faults { @for tally in report.faults.iter().take(FAMILIES) { (family(report, tally)) } }
                @if report.faults.len() > FAMILIES {
                    p.note {
                        "Also heard: "
                        @for (at, tally) in report.faults[FAMILIES..].iter().enumerate() {
                            @if at > 0 { ", " }
                            (Text(&tally.family.replace('-', " "))) " (" (tally.sessions) ")"
                        }
                        ". In brackets, in how many sessions."
                    }
                }
            }
        }
    }
}

fn family(report: &Report, tally: &FaultTally) -> Markup {
    html! {
        li.fault {
            h3 { (Text(&tally.family.replace('-', " "))) }
            p.note {
                (counted(tally.times, "time", "times")) " in " (counted(tally.sessions, "session", "sessions"))
                ", from " (counted(tally.people, "person", "people")) ". " (Text(&tally.about))
            }
            ul { @for quote in &tally.quotes { (quoted(report, quote)) } }
        }
    }
}

fn quoted(report: &Report, quote: &FaultQuote) -> Markup {
    let session = &report.sessions[quote.session];
    html! {
        li {
            div {
                p.q { (words(&quote.pieces, |_| false)) }
                p.who {
                    a href=(report.link_to(quote.session, quote.turn)) {
                        (Text(&report.case_of(session).title)) ", reply " (quote.turn + 1)
                    }
                }
            }
            div.say {
                @if let Some(say) = quote.say.first() { p { b { "Better: " } "“" (Text(say)) "”" } }
                p.note { (Text(&quote.why)) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_long_speech_the_end_is_shown() {
        assert_eq!(shortened("short"), "short");
        let long = "word ".repeat(100) + "end";
        let shown = shortened(&long);
        assert!(shown.starts_with("… word") && shown.ends_with("end"), "{shown}");
        assert!(shown.chars().count() <= 322);
    }
}
