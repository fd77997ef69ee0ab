//! Everything that `amends progress` tells.

use jiff::{Timestamp, Zoned};

use super::Args;
use crate::cli::failure::{Failure, reason};
use crate::cli::{clock, own};
use crate::drill::log::Try;
use crate::practice::{self, Card, Cost, Deck, Past, Played, Skipped, Streak, Why};
use crate::report::escape::escaped;

/// Everything that is told.
pub(super) struct Report {
    pub(super) now: Zoned,
    /// The sessions in which something was said, by time.
    pub(super) sessions: Vec<Played>,
    pub(super) tries: Vec<Try>,
    /// What each family of faults cost, the dearest first.
    pub(super) costs: Vec<Cost>,
    pub(super) streak: Streak,
    /// The families that were drilled, by the day on which they are due.
    pub(super) cards: Vec<(String, Card)>,
    /// The files that could not be used, and why.
    pub(super) skipped: Vec<(String, String)>,
}

impl Report {
    pub(super) fn make(args: &Args) -> Result<Self, Failure> {
        let Some(folder) = args.folder.clone().or_else(own::folder) else {
            return Err(Failure::new("this system names no folder for practice: use --folder DIR"));
        };
        if args.folder.is_some() && !folder.is_dir() {
            return Err(Failure::at(&folder, "there is no such folder"));
        }
        let ground = args.setup.ground_here()?;
        let Past { transcripts, tries, mut skipped } = Past::read(&folder);
        let (mut sessions, unplayed) = practice::play(&ground, &transcripts);
        skipped.extend(unplayed);
        sessions.retain(|one| one.replies > 0);
        sessions.sort_by(|one, other| (one.started, &one.path).cmp(&(other.started, &other.path)));
        let now = clock::now();
        let times = sessions.iter().filter_map(|one| one.started).chain(tries.iter().map(|one| one.at));
        let deck = Deck::of(&tries, &now);
        let mut cards: Vec<_> =
            deck.cards().map(|(family, card)| (family.to_owned(), card.clone())).collect();
        cards.sort_by(|one, other| (one.1.due, &one.0).cmp(&(other.1.due, &other.0)));
        Ok(Self {
            streak: Streak::of(times.collect::<Vec<Timestamp>>(), &now),
            costs: practice::costs(&sessions),
            now,
            sessions,
            tries,
            cards,
            skipped: skipped.iter().map(told).collect(),
        })
    }
}

fn told(one: &Skipped) -> (String, String) {
    let why = match &one.why {
        Why::Io(error) => reason(error),
        Why::Text(text) => escaped(text).to_string(),
    };
    (escaped(&one.path.to_string_lossy()).to_string(), why)
}
