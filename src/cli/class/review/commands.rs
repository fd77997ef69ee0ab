//! The commands of a sitting in which sessions are marked.

use crate::cli::commands::{Commands, Entry, entry};

/// Something that a reviewer wants, other than to give a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Command {
    Help,
    Again,
    Back,
    Skip,
    Quit,
}

/// All of them.
pub(super) const COMMANDS: Commands<Command> = Commands {
    entries: &ENTRIES,
    bare: &[("quit", "quit"), ("exit", "quit"), ("help", "help"), ("skip", "skip"), ("back", "back")],
    others: &[("exit", "quit"), ("?", "help"), ("next", "skip"), ("undo", "back")],
};

const ENTRIES: [Entry<Command>; 5] = [
    entry("help", "", "this list, and what the marks mean", |_| Some(Command::Help)),
    entry("again", "", "shows the session again", |_| Some(Command::Again)),
    entry("back", "", "asks the question before again", |_| Some(Command::Back)),
    entry("skip", "", "leaves this session for another time", |_| Some(Command::Skip)),
    entry("quit", "", "leaves; what you have marked is kept", |_| Some(Command::Quit)),
];
