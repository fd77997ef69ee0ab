//! Everything that a sitting needs: the drills, what marks them, and what was practised before.

use std::path::PathBuf;

use jiff::Zoned;

use super::Args;
use crate::authoring::Problem;
use crate::cli::failure::Failure;
use crate::cli::{clock, own};
use crate::drill::{Drills, Marker};
use crate::nearest::nearest;
use crate::practice::{self, Cost, Deck, Past, Showing, Wish};
use crate::report::escape::escaped;
use crate::session::Ground;

/// So many of the newest sessions decide what is drilled next.
const SESSIONS: usize = 40;

/// Everything that a sitting needs.
pub(super) struct Desk {
    pub(super) now: Zoned,
    pub(super) past: Past,
    pub(super) deck: Deck,
    pub(super) drills: Drills,
    /// The folder of practice, where there is one.
    pub(super) folder: Option<PathBuf>,
    pub(super) ground: Ground,
    /// What the faults in the newest sessions cost.
    costs: Vec<Cost>,
}

impl Desk {
    pub(super) fn open(args: &Args) -> Result<Self, Failure> {
        let now = clock::now();
        let layers = args.setup.layers_here()?;
        let ground = layers.ground()?;
        let drills = Drills::load(&layers.paths, layers.with_embedded, &ground.lexicon)
            .map_err(|problems: Vec<Problem>| Failure::problems("the drills cannot be used", &problems))?;
        if drills.files().is_empty() {
            return Err(Failure::new("this lexicon has no drills: write some into its folder `drills`"));
        }
        let folder = args.folder.clone().or_else(own::folder);
        let past = folder.as_deref().map(Past::read).unwrap_or_default();
        let deck = Deck::of(&past.tries, &now);
        let mut desk = Self { now, past, deck, drills, folder, ground, costs: Vec::new() };
        if args.families.is_empty() {
            desk.costs = desk.costs_of_sessions();
        }
        Ok(desk)
    }

    pub(super) fn marker(&self) -> Marker<'_> {
        Marker::new(&self.ground)
    }

    /// All families, in the order in which they are brought in.
    pub(super) fn order(&self) -> Vec<&str> {
        practice::order(&self.drills, &self.ground.lexicon, &self.ground.coaching, &self.costs)
    }

    /// The prompts of a sitting.
    pub(super) fn showings(&self, args: &Args) -> Result<Vec<Showing<'_>>, Failure> {
        let families: Vec<&str> = args.families.iter().map(String::as_str).collect();
        families.iter().try_for_each(|name| self.know(name))?;
        let seed = args.seed.unwrap_or_else(|| self.now.timestamp().as_second().unsigned_abs());
        let wish = Wish { families: &families, count: args.count.into(), seed };
        let order = self.order();
        Ok(practice::sitting(&self.drills, &self.past.tries, &self.deck, &order, self.now.date(), wish))
    }

    /// Refuses a name of which there are no drills.
    fn know(&self, name: &str) -> Result<(), Failure> {
        if self.drills.of(name).is_some() {
            return Ok(());
        }
        let families = self.drills.files().iter().map(|file| file.family.as_str());
        let name = escaped(name);
        Err(match nearest(&name.to_string(), families) {
            Some(meant) => {
                Failure::new(format_args!("there are no drills for {name}: did you mean `{meant}`?"))
            }
            None => {
                Failure::new(format_args!("there are no drills for {name}: `amends drill --list` lists them"))
            }
        })
    }

    fn costs_of_sessions(&self) -> Vec<Cost> {
        let mut sessions: Vec<_> = self.past.transcripts.iter().collect();
        sessions.sort_by(|one, other| other.1.header.started.cmp(&one.1.header.started));
        let newest: Vec<_> = sessions.into_iter().take(SESSIONS).cloned().collect();
        practice::costs(&practice::play(&self.ground, &newest).0)
    }
}
