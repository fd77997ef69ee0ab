//! What the program says during a session, besides the customer and the coach.

use crate::cli::failure::reason;
use crate::scenario::{Channel, SceneKind, Step};
use crate::session::{Feelings, Place};
use crate::wording::capital;

/// How a channel is called.
pub(super) const fn channel(channel: Channel) -> &'static str {
    match channel {
        Channel::Counter => "face to face",
        Channel::Phone => "on the phone",
        Channel::Chat => "in a chat",
        Channel::Email => "by e-mail",
    }
}

/// The number of a step, from 1.
pub(super) const fn number(step: Step) -> usize {
    match step {
        Step::Apologize => 1,
        Step::Review => 2,
        Step::Fix => 3,
        Step::Document => 4,
    }
}

/// The four steps, and what each is done with.
pub(super) const STEPS: [(Step, &str, &str); 4] = [
    (
        Step::Apologize,
        "Apologize",
        "Take your time, take the customer's side, say what happened and whose failure it was. Go on when the \
         customer shows that it has reached them.",
    ),
    (
        Step::Review,
        "Review",
        "Go over it together: say back what happened, ask kindly what you still need to know, ask what would help.",
    ),
    (
        Step::Fix,
        "Fix and follow up",
        "Put it right, add something that makes it better than right, and say when you will be back in touch.",
    ),
    (
        Step::Document,
        "Document",
        "Check back, tell the team, write a note, and write down what happened so that it can be prevented.",
    ),
];

/// The heading of a scene.
pub(in crate::cli) const fn scene(kind: SceneKind) -> &'static str {
    match kind {
        SceneKind::CheckBack => "Checking back",
        SceneKind::Alert => "Telling the team",
        SceneKind::Note => "A note by hand",
        SceneKind::Deposition => "Writing it down",
    }
}

/// Whether a reply here may have several lines.
pub(super) const fn has_lines(place: Place, channel: Channel) -> bool {
    match place {
        Place::Encounter(_) | Place::Scene(SceneKind::CheckBack) => {
            matches!(channel, Channel::Chat | Channel::Email)
        }
        Place::Scene(SceneKind::Alert | SceneKind::Note | SceneKind::Deposition) => true,
        Place::Over(_) => false,
    }
}

/// `Anger fell from 72 to 60; goodwill rose from 45 to 51.`
pub(super) fn change(before: Feelings, after: Feelings) -> Option<String> {
    let one = |name: &str, before: u8, after: u8| match after.cmp(&before) {
        std::cmp::Ordering::Less => Some(format!("{name} fell from {before} to {after}")),
        std::cmp::Ordering::Greater => Some(format!("{name} rose from {before} to {after}")),
        std::cmp::Ordering::Equal => None,
    };
    let parts = [one("anger", before.anger, after.anger), one("goodwill", before.goodwill, after.goodwill)];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| capital(&parts.join("; ")) + ".")
}

/// That two windows write one session.
pub(in crate::cli) const APART: &str =
    "This goes on in another window, too. From here on what you say here is saved apart:";

/// That nothing is saved any more.
pub(super) fn unsaved(error: &std::io::Error) -> String {
    format!(
        "Your replies can no longer be saved: {}. You can play on; :save FILE keeps a copy elsewhere.",
        reason(error)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_told_in_words() {
        let feelings = |anger, goodwill| Feelings { anger, goodwill };
        let told = |before, after| change(before, after).unwrap_or_default();
        assert_eq!(
            told(feelings(72, 45), feelings(60, 51)),
            "Anger fell from 72 to 60; goodwill rose from 45 to 51."
        );
        assert_eq!(told(feelings(72, 45), feelings(72, 40)), "Goodwill fell from 45 to 40.");
        assert_eq!(told(feelings(72, 45), feelings(72, 45)), "");
    }
}
