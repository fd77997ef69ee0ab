//! The marks for people: one session in full, several in a line or two each.

use super::Args;
use super::compare::{Change, changes};
use super::grade::{Graded, Session};
use crate::cli::card;
use crate::cli::failure::Failure;
use crate::cli::screen::{Ink, Screen};
use crate::report::escape::escaped;
use crate::wording::counted;

pub(super) fn show(args: &Args, sessions: &[Session], before: Option<&[Session]>) -> Result<(), Failure> {
    let mut screen = Screen::open(args.plain, args.color)?;
    match (sessions, before) {
        (_, Some(before)) => compared(&mut screen, sessions, before),
        ([Session { path, graded: Ok(graded) }], None) => {
            about(&mut screen, path, graded);
            card::debrief(&mut screen, &graded.card, graded.customer.as_deref());
        }
        (sessions, None) => sessions.iter().for_each(|session| brief(&mut screen, session)),
    }
    screen.show()
}

/// What a file holds.
fn about(screen: &mut Screen, path: &str, graded: &Graded) {
    let replies = counted(graded.replies, "reply", "replies");
    let mut parts = vec![match &graded.scenario {
        Some(scenario) => escaped(scenario).to_string(),
        None => "a chat".to_owned(),
    }];
    if let Some(header) = &graded.header {
        parts.extend(header.trainee.as_deref().map(|name| escaped(name).to_string()));
        parts.push(format!("{:?} mode", header.mode).to_lowercase());
        parts.push(format!("seed {}", header.seed));
        parts.push(escaped(&header.started).to_string());
    }
    parts.push(replies);
    if graded.scenario.is_some() && !graded.is_over {
        parts.push("not over".to_owned());
    }
    screen.labelled(0, &format!("{path}:"), Ink::Strong, &format!("{}.", parts.join(", ")));
    for remark in &graded.remarks {
        screen.labelled(2, "Note:", Ink::Tip, &format!("{remark}."));
    }
}

/// A session among several.
fn brief(screen: &mut Screen, session: &Session) {
    let graded = match &session.graded {
        Ok(graded) => graded,
        Err(why) => {
            screen.labelled(0, &format!("{}:", session.path), Ink::Bad, &format!("not graded: {why}."));
            return;
        }
    };
    about(screen, &session.path, graded);
    let steps = graded.card.steps.iter().filter(|step| step.of > 0);
    let steps: Vec<String> =
        steps.map(|step| format!("{} {} of {}", step.name, step.mark, step.of)).collect();
    screen.labelled(
        2,
        &format!("{} of 100:", graded.card.mark),
        Ink::Strong,
        &format!("{}; wording {}.", steps.join(", "), graded.card.wording.mark),
    );
    if let Some(fate) = &graded.card.fate {
        screen.indented(2, &fate.text);
    }
}

fn compared(screen: &mut Screen, sessions: &[Session], before: &[Session]) {
    for session in sessions {
        if let Err(why) = &session.graded {
            screen.labelled(0, &format!("{}:", session.path), Ink::Bad, &format!("not graded: {why}."));
        }
    }
    let changes = changes(before, sessions);
    for change in &changes {
        screen.labelled(0, &format!("{}:", change.path), Ink::Strong, &told(change));
    }
    let all = sessions.iter().filter(|session| session.graded.is_ok()).count();
    screen.blank();
    screen.text(&match changes.len() {
        0 => format!("No marks change under this lexicon; {all} graded."),
        changed => format!("The marks of {changed} of {all} change under this lexicon."),
    });
}

fn told(change: &Change<'_>) -> String {
    let mut parts = vec![match change.before == change.after {
        true => format!("{} as before", change.after),
        false => format!("{}, before {}", change.after, change.before),
    }];
    let steps = change.steps.iter();
    parts.extend(steps.map(|(name, before, after)| format!("{name} {after}, before {before}")));
    parts.extend(change.wording.map(|(before, after)| format!("wording {after}, before {before}")));
    if change.has_other_outcome {
        parts.push("the customer ends differently".to_owned());
    }
    format!("{}.", parts.join("; "))
}
