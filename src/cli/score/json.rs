//! The marks for programs: an envelope with a version.
//!
//! A change that adds a key keeps the version; one that takes a key away or changes its meaning does not.

use serde_json::{Value, json};

use super::compare::{Change, changes};
use super::grade::{Graded, Session};

const VERSION: u32 = 1;

/// All sessions, and what changes where two lexicons were compared.
pub(super) fn value(sessions: &[Session], before: Option<&[Session]>) -> Value {
    let mut value = json!({
        "version": VERSION,
        "tool": { "name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION") },
        "sessions": sessions.iter().map(session).collect::<Vec<_>>(),
    });
    if let Some(before) = before {
        value["changed"] = changes(before, sessions).iter().map(changed).collect();
    }
    value
}

fn session(session: &Session) -> Value {
    match &session.graded {
        Ok(graded) => of_graded(&session.path, graded),
        Err(why) => json!({ "file": session.path, "error": why }),
    }
}

fn of_graded(path: &str, graded: &Graded) -> Value {
    let header = graded.header.as_ref();
    json!({
        "file": path,
        "scenario": graded.scenario,
        "trainee": header.and_then(|header| header.trainee.as_deref()),
        "mode": header.map(|header| header.mode),
        "seed": header.map(|header| header.seed),
        "started": header.map(|header| header.started.as_str()),
        "replies": graded.replies,
        "finished": graded.is_over,
        "remarks": graded.remarks,
        "card": graded.card,
    })
}

fn changed(change: &Change<'_>) -> Value {
    let steps = change
        .steps
        .iter()
        .map(|(step, before, after)| json!({ "step": step, "before": before, "after": after }));
    json!({
        "file": change.path,
        "before": change.before,
        "after": change.after,
        "steps": steps.collect::<Vec<_>>(),
        "wording": change.wording.map(|(before, after)| json!({ "before": before, "after": after })),
        "other-outcome": change.has_other_outcome,
    })
}
