//! What somebody has practised, and what to practise next. Everything is computed from transcripts and
//! the drill log; "now" and the time zone are told, so that the same files give the same answer.
//!
//! How well a family of the lexicon is remembered is the business of FSRS, a model of memory: after
//! each drill it says on which day that family is best drilled again.

mod deck;
mod order;
mod past;
mod played;
mod sitting;
mod streak;

pub use deck::{Card, Deck};
pub use order::order;
pub use past::{DRILLS, Past, SESSIONS, Skipped, Why};
pub use played::{Cost, Played, costs, play};
pub use sitting::{Showing, Wish, sitting};
pub use streak::Streak;
