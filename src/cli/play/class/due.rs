//! What somebody is to play next.

use super::{Session, Trainee};
use crate::cli::failure::Failure;
use crate::cli::play::Args;
use crate::report::escape::escaped;
use crate::transcript::Mode;

/// What somebody is to play next.
pub(super) enum Task<'t> {
    /// A session that was begun.
    GoOn(&'t Session),
    /// A scenario from its beginning.
    Begin(String, Mode),
    /// Everything is done.
    Nothing,
}

impl Trainee<'_> {
    /// What is named, or else what was begun, or else what is due next.
    pub(super) fn task(&self, args: &Args) -> Result<Task<'_>, Failure> {
        let named = args.scenario.as_deref();
        if let Some(name) = named {
            self.knows(name)?;
        }
        let is_wanted = |session: &&Session| named.is_none_or(|name| name == session.header.scenario);
        let begun = self.sessions.iter().rev().filter(|session| !session.is_done).find(is_wanted);
        if let Some(session) = begun.filter(|_| !args.again) {
            return Ok(Task::GoOn(session));
        }
        Ok(match named {
            Some(name) => Task::Begin(name.to_owned(), self.mode(name)),
            None => match self.next() {
                Some((name, mode)) => Task::Begin(name, mode),
                None => Task::Nothing,
            },
        })
    }

    /// Refuses names that no scenario has.
    fn knows(&self, name: &str) -> Result<(), Failure> {
        if self.plan.scenario(name).is_some() {
            return Ok(());
        }
        let name = escaped(name);
        Err(match self.plan.nearest_scenario(&name.to_string()) {
            Some(meant) => {
                Failure::new(format_args!("there is no scenario {name}: did you mean `{}`?", escaped(meant)))
            }
            None => Failure::new(format_args!(
                "there is no scenario {name} in this class: leave the name out, and you get what is due next"
            )),
        })
    }

    /// How often they brought this to its end.
    fn times(&self, name: &str, mode: Mode) -> usize {
        let is_it = |session: &&Session| session.header.scenario == name && session.header.mode == mode;
        self.sessions.iter().filter(|session| session.is_done).filter(is_it).count()
    }

    /// What is due next: of what is not done, the earliest day, and the first of the list.
    fn next(&self) -> Option<(String, Mode)> {
        let open = self.plan.assignments.iter().filter(|own| self.times(&own.scenario, own.mode) == 0);
        let next = open.min_by_key(|own| (own.due.is_none(), own.due));
        next.map(|own| (own.scenario.clone(), own.mode))
    }

    /// The mode in which a scenario is assigned: where it is in both, the one that is not done.
    fn mode(&self, name: &str) -> Mode {
        let assigned = || self.plan.assignments.iter().filter(|own| own.scenario == name);
        let open = assigned().find(|own| self.times(name, own.mode) == 0);
        open.or_else(|| assigned().next_back()).map_or(Mode::Coach, |own| own.mode)
    }
}
