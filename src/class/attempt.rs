//! From a transcript to an [`Attempt`]: played again and graded.

use std::sync::Arc;

use jiff::Timestamp;

use super::Attempt;
use crate::scenario::Scenario;
use crate::score::Scorecard;
use crate::session::{Ground, Session};
use crate::transcript::{Event, Replay, Timed, Transcript};

/// The attempt that a transcript records. Who it is, and what it was played for, is told later.
pub(super) fn graded(
    file: String,
    transcript: Transcript,
    scenario: &Arc<Scenario>,
    ground: &Ground,
    started: Timestamp,
) -> Attempt {
    let stage = ground.stage(scenario);
    let events = so_far(&transcript.events);
    let replay = Replay::of(&stage, transcript.header.seed.into(), events);
    let session: &Session<'_> = replay.session();
    let begun = session.turns().first().map_or(session.feelings(), |turn| turn.reaction.before);
    let mut moments = transcript.events.iter().filter_map(|timed| timed.at.parse().ok());
    let ended: Timestamp = moments.next_back().unwrap_or(started).max(started);
    let said = events.iter().filter(|timed| matches!(timed.event, Event::Reply { .. })).count();
    let kept = session.turns().iter().filter(|turn| turn.text.is_some()).count();
    Attempt {
        person: 0,
        assignment: None,
        number: 0,
        file,
        scenario: Arc::clone(scenario),
        turns: session.turns().to_vec(),
        opening: session.opening(),
        begun,
        place: session.place(),
        card: Scorecard::of(session),
        ended,
        started,
        taken_back: said.saturating_sub(kept),
        transcript,
    }
}

/// What counts: everything up to the last time that the session came to its end. Whoever tries a turn
/// again afterwards, and leaves in the middle of it, has still brought it to its end.
fn so_far(events: &[Timed]) -> &[Timed] {
    let end = events.iter().rposition(|timed| timed.event == Event::Finished);
    end.map_or(events, |end| &events[..=end])
}

impl Attempt {
    /// Whether it came to its end.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.transcript.events.iter().any(|timed| timed.event == Event::Finished)
    }
}
