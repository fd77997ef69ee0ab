//! The report for programs: one object with a version.
//!
//! A change that adds a key keeps the version; one that takes a key away or changes its meaning does
//! not. The README names the keys.

use serde_json::{Value, json};

use super::pieces::plain;
use super::steps::{fate, name};
use super::{Cell, Lesson, Played, Report, Status, Topic, Trainee};
use crate::report::safe_json::to_line;

/// The version of the envelope.
const VERSION: u32 = 1;

/// The report on one line.
pub(super) fn text(report: &Report) -> String {
    to_line(&value(report))
}

fn value(report: &Report) -> Value {
    json!({
        "version": VERSION,
        "tool": { "name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION") },
        "class": report.class,
        "as-of": report.as_of.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
        "anonymous": report.is_anonymous,
        "assignments": report.assignments.iter().map(|assigned| json!({
            "scenario": report.cases[assigned.case].name,
            "title": report.cases[assigned.case].title,
            "mode": assigned.mode,
            "due": assigned.due.map(|due| due.to_string()),
            "done": assigned.done,
            "late": assigned.late,
            "overdue": assigned.overdue,
        })).collect::<Vec<_>>(),
        "people": report.people.iter().map(|person| trainee(report, person)).collect::<Vec<_>>(),
        "outcome": outcome(report),
        "steps": report.steps.iter().map(|step| json!({
            "step": step.step,
            "name": step.name,
            "sessions": step.sessions,
            "percent": step.percent,
            "quarter": step.low,
            "three-quarters": step.high,
            "items": step.items.iter().map(|item| json!({
                "item": item.item,
                "what": item.what,
                "sessions": item.sessions,
                "percent": item.percent,
                "missing": item.missing,
                "cost": rounded(item.cost),
            })).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "faults": faults(report),
        "lessons": report.lessons.iter().map(|own| lesson(report, own)).collect::<Vec<_>>(),
        "agreement": report.agreement.iter().map(|row| json!({
            "step": row.step,
            "sessions": row.sessions,
            "percent": row.percent.map(rounded),
            "kappa": row.kappa.map(rounded),
            "weighted-kappa": row.weighted.map(rounded),
            "table": row.table,
        })).collect::<Vec<_>>(),
        "troubles": report.troubles.iter().map(|trouble| json!({
            "place": trouble.place,
            "message": trouble.message,
            "sessions": trouble.sessions,
        })).collect::<Vec<_>>(),
        "sessions": report.sessions.iter().map(|own| session(report, own)).collect::<Vec<_>>(),
        "caution": report.caution,
    })
}

fn trainee(report: &Report, person: &Trainee) -> Value {
    json!({
        "id": person.id,
        "name": person.name,
        "group": person.group,
        "assignments": person.cells.iter().map(|own| cell(report, own)).collect::<Vec<_>>(),
        "sessions": person.sessions.len(),
        "mark": person.mark,
        "progress": person.progress.map(|progress| json!({
            "first": progress.first,
            "last": progress.last,
            "scenarios": progress.scenarios,
            "tries": progress.tries,
        })),
    })
}

fn cell(report: &Report, cell: &Cell) -> Value {
    let (status, days) = match cell.status {
        Status::Done => ("done", None),
        Status::Late(days) => ("late", Some(days)),
        Status::Begun => ("begun", None),
        Status::Open => ("open", None),
        Status::BegunOverdue(days) => ("begun-overdue", Some(days)),
        Status::Overdue(days) => ("overdue", Some(days)),
    };
    json!({
        "status": status,
        "days": days,
        "tries": cell.tries,
        "mark": cell.mark,
        "session": cell.session.map(|session| report.sessions[session].id),
    })
}

fn outcome(report: &Report) -> Value {
    let outcome = &report.outcome;
    json!({
        "sessions": outcome.sessions,
        "mark": outcome.mark,
        "process": outcome.process,
        "wording": { "mark": outcome.wording, "faults": outcome.faults, "faultless": outcome.faultless },
        "customers": { "won": outcome.won, "kept": outcome.kept, "lost": outcome.lost },
    })
}

fn faults(report: &Report) -> Value {
    let tallies = report.faults.iter().map(|tally| {
        json!({
            "family": tally.family,
            "times": tally.times,
            "sessions": tally.sessions,
            "people": tally.people,
            "quotes": tally.quotes.iter().map(|quote| json!({
                "session": report.sessions[quote.session].id,
                "reply": quote.turn + 1,
                "words": plain(&quote.pieces),
                "why": quote.why,
                "say": quote.say,
            })).collect::<Vec<_>>(),
        })
    });
    tallies.collect()
}

fn lesson(report: &Report, lesson: &Lesson) -> Value {
    json!({
        "title": lesson.title,
        "item": match lesson.topic { Topic::Item(item) => Some(item), Topic::Fault => None },
        "reason": lesson.reason,
        "cost": rounded(lesson.cost),
        "scenario": lesson.case.map(|(case, _)| &report.cases[case].name),
        "drill": lesson.drill,
        "example": lesson.example.as_ref().map(|example| json!({
            "session": report.sessions[example.session].id,
            "reply": example.turn + 1,
            "words": plain(&example.said),
            "better": example.better.iter().map(|better| &better.words).collect::<Vec<_>>(),
        })),
    })
}

fn session(report: &Report, session: &Played) -> Value {
    let at = |time: &jiff::Zoned| time.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string();
    json!({
        "id": session.id,
        "person": report.people[session.person].id,
        "scenario": report.cases[session.case].name,
        "mode": session.mode,
        "assigned": session.assignment.is_some(),
        "try": session.number,
        "latest": session.is_latest,
        "file": session.file,
        "started": at(&session.started),
        "ended": at(&session.ended),
        "seconds": session.seconds(),
        "finished": session.is_finished,
        "days-late": session.days_late,
        "taken-back": session.taken_back,
        "mark": session.mark,
        "process": session.process,
        "wording": session.wording,
        "faults": session.faults,
        "customer": session.fate.as_ref().map(|own| json!({
            "outcome": fate(own.outcome),
            "goodwill": own.goodwill,
            "heat": own.heat,
        })),
        "steps": session.steps,
        "replies": session.turns.iter().map(|turn| json!({
            "place": turn.place,
            "text": turn.said.as_deref().map(plain),
            "entries": turn.entries.iter().map(|entry| json!({
                "name": entry.name,
                "rule": entry.rule.map(|rule| &report.rules[rule].rule),
                "goodwill": entry.goodwill,
                "heat": entry.heat,
                "reason": entry.reason,
            })).collect::<Vec<_>>(),
            "customer": turn.customer,
        })).collect::<Vec<_>>(),
        "curve": session.curve.iter().map(|(heat, will)| json!({ "heat": heat, "goodwill": will })).collect::<Vec<_>>(),
        "reviews": session.reviews.iter().map(|review| json!({
            "reviewer": review.reviewer,
            "marks": review.marks.iter().zip(&review.machine).map(|((step, own), machine)| json!({
                "step": name(*step).to_lowercase(),
                "trainer": own,
                "machine": machine,
            })).collect::<Vec<_>>(),
            "remark": review.remark,
            "blind": review.is_blind,
            "current": review.is_current,
        })).collect::<Vec<_>>(),
        "notes": session.notes,
    })
}

/// With two digits behind the point.
fn rounded(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}
