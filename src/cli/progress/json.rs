//! Progress for programs: an envelope with a version.
//!
//! A change that adds a key keeps the version; one that takes a key away or changes its meaning does not.

use serde_json::{Value, json};

use super::report::Report;
use crate::practice::{Card, Cost, Played};

const VERSION: u32 = 1;

pub(super) fn value(report: &Report) -> Value {
    let today = report.now.date();
    json!({
        "version": VERSION,
        "tool": { "name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION") },
        "today": today.to_string(),
        "streak": report.streak,
        "sessions": report.sessions.iter().map(session).collect::<Vec<_>>(),
        "costs": report.costs.iter().map(cost).collect::<Vec<_>>(),
        "drills": {
            "tries": report.tries.len(),
            "graded": report.tries.iter().filter(|one| one.first).count(),
            "families": report.cards.iter().map(|(family, card)| drilled(family, card, today)).collect::<Vec<_>>(),
        },
        "skipped": report.skipped.iter().map(|(path, why)| json!({ "file": path, "error": why })).collect::<Vec<_>>(),
    })
}

fn session(one: &Played) -> Value {
    json!({
        "file": one.path.to_string_lossy(),
        "scenario": one.scenario,
        "mode": one.mode,
        "started": one.started.map(|at| at.to_string()),
        "replies": one.replies,
        "finished": one.is_over,
        "mark": one.mark,
        "wording": one.wording,
        "process": one.process,
        "outcome": one.outcome,
    })
}

fn cost(cost: &Cost) -> Value {
    json!({ "family": cost.family, "points": cost.points, "times": cost.times })
}

fn drilled(family: &str, card: &Card, today: jiff::civil::Date) -> Value {
    json!({
        "family": family,
        "drills": card.drills,
        "last": card.last.to_string(),
        "grade": card.grade,
        "due": card.due.to_string(),
        "is-due": card.is_due(today),
    })
}
