//! What the program does for the trainee during a session.

use crate::cli::commands::{Commands, entry};

/// Something that the program does for the trainee.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Command {
    Help,
    Hint,
    /// With the number of the reply, where one was given.
    Why(Option<usize>),
    Undo,
    /// With the number of the reply, where one was given.
    Retry(Option<usize>),
    File,
    LookUp(String),
    Steps,
    Goodwill,
    Skip,
    /// With the file to write, where one was given.
    Save(Option<String>),
    Debrief,
    Quit,
}

/// All commands, in the order of the help.
pub(super) const ALL: Commands<Command> = Commands {
    entries: &[
        entry("help", "", "List these commands", |_| Some(Command::Help)),
        entry("hint", "", "Get a hint; ask again for a plainer one", |_| Some(Command::Hint)),
        entry("file", "", "Read what you know and what is on file", |_| Some(Command::File)),
        entry("look-up", "WORD", "Look a word up: on file, or a name that :why used", |rest| {
            (!rest.is_empty()).then(|| Command::LookUp(rest.to_owned()))
        }),
        entry("steps", "", "See the four steps and where you are", |_| Some(Command::Steps)),
        entry("goodwill", "", "See how the customer feels", |_| Some(Command::Goodwill)),
        entry("why", "[N]", "See what your last reply did, or reply N, word by word", |rest| {
            number(rest).map(Command::Why)
        }),
        entry("retry", "[N]", "Say your last reply again, or go back to reply N", |rest| {
            number(rest).map(Command::Retry)
        }),
        entry("undo", "", "Take your last reply back", |_| Some(Command::Undo)),
        entry("skip", "", "Leave this scene as it stands and go on", |_| Some(Command::Skip)),
        entry("debrief", "", "See the debrief again when it is over", |_| Some(Command::Debrief)),
        entry("save", "[FILE]", "See where this is saved, or save a copy", |rest| {
            Some(Command::Save((!rest.is_empty()).then(|| rest.to_owned())))
        }),
        entry("quit", "", "Leave; the session is saved", |_| Some(Command::Quit)),
    ],
    bare: &[
        ("help", "help"),
        ("?", "help"),
        ("hint", "hint"),
        ("undo", "undo"),
        ("retry", "retry"),
        ("skip", "skip"),
        ("quit", "quit"),
        ("exit", "quit"),
        ("q", "quit"),
    ],
    others: &[
        ("lookup", "look-up"),
        ("exit", "quit"),
        ("leave", "quit"),
        ("bye", "quit"),
        ("?", "help"),
        ("redo", "retry"),
        ("again", "retry"),
    ],
};

/// Nothing, or the number of a reply; the first is 1.
#[expect(clippy::option_option, reason = "nothing given, and nothing that can be used")]
fn number(text: &str) -> Option<Option<usize>> {
    match text {
        "" => Some(None),
        text => text.parse().ok().filter(|&number| number > 0).map(Some),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::commands::Input;

    #[test]
    fn words_are_told_from_commands() {
        use Input::{Bare, Say, Unknown};
        assert_eq!(ALL.read("I am so sorry: truly."), Say("I am so sorry: truly."));
        assert_eq!(ALL.read(" :quit"), Say(" :quit"));
        assert_eq!(ALL.read(""), Say(""));
        assert_eq!(ALL.read("help"), Bare("help"));
        assert_eq!(ALL.read("Exit "), Bare("quit"));
        assert_eq!(ALL.read("help me understand"), Say("help me understand"));
        assert_eq!(ALL.read(":undu"), Unknown { name: "undu", meant: Some("undo") });
        assert_eq!(ALL.read(":)"), Unknown { name: ")", meant: None });
        assert_eq!(ALL.read(":"), Unknown { name: "", meant: None });
        assert_eq!(ALL.read(":h"), Unknown { name: "h", meant: None });
    }

    #[test]
    fn commands_take_what_follows() {
        let command = |line| match ALL.read(line) {
            Input::Command(command) => command,
            other => panic!("{other:?}"),
        };
        assert_eq!(command(":quit"), Command::Quit);
        assert_eq!(command(": Quit "), Command::Quit);
        assert_eq!(command(":q"), Command::Quit);
        assert_eq!(command(":goo"), Command::Goodwill);
        assert_eq!(command(":why"), Command::Why(None));
        assert_eq!(command(":why 2"), Command::Why(Some(2)));
        assert_eq!(command(":lookup the receipt"), Command::LookUp("the receipt".to_owned()));
        assert_eq!(command(":save a b.jsonl"), Command::Save(Some("a b.jsonl".to_owned())));
        for unfit in [":why x", ":why 0", ":retry -1", ":why 99999999999999999999999", ":look-up"] {
            assert!(matches!(ALL.read(unfit), Input::Unfit(_)), "{unfit}");
        }
    }

    #[test]
    fn every_name_is_found_by_itself() {
        for entry in ALL.entries {
            assert_eq!(ALL.find(entry.name).unwrap().name, entry.name);
        }
    }
}
