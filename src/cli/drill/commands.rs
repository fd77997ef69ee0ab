//! What the program does for somebody who drills.

use crate::cli::commands::{Commands, entry};

/// Something that the program does for somebody who drills.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Command {
    Help,
    Hint,
    Why,
    Skip,
    Quit,
}

pub(super) const ALL: Commands<Command> = Commands {
    entries: &[
        entry("help", "", "List these commands", |_| Some(Command::Help)),
        entry("hint", "", "Get an example; the answer then counts a little less", |_| Some(Command::Hint)),
        entry("why", "", "See what is drilled here, and why it matters", |_| Some(Command::Why)),
        entry("skip", "", "Go on to the next; this one is not counted", |_| Some(Command::Skip)),
        entry("quit", "", "Leave; what you answered is saved", |_| Some(Command::Quit)),
    ],
    bare: &[
        ("help", "help"),
        ("?", "help"),
        ("hint", "hint"),
        ("skip", "skip"),
        ("next", "skip"),
        ("quit", "quit"),
        ("exit", "quit"),
        ("q", "quit"),
    ],
    others: &[("next", "skip"), ("exit", "quit"), ("leave", "quit"), ("bye", "quit"), ("?", "help")],
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found_by_itself() {
        for name in ALL.names() {
            assert_eq!(ALL.find(name).unwrap().name, name);
        }
        for (_, name) in ALL.bare.iter().chain(ALL.others) {
            assert!(ALL.names().contains(name), "{name}");
        }
    }
}
