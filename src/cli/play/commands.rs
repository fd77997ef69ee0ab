//! What the trainee types: words for the customer, or a command that begins with a colon.

use crate::nearest::nearest;

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

/// What a typed line is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Input<'l> {
    /// Words for the customer.
    Say(&'l str),
    /// A command.
    Command(Command),
    /// A command without its colon, most likely.
    Bare(&'static str),
    /// A colon, and then nothing that is known.
    Unknown {
        /// What followed the colon.
        name: &'l str,
        /// What was meant, perhaps.
        meant: Option<&'static str>,
    },
    /// A command that needs something else behind it.
    Unfit(&'static str),
}

/// A command as `:help` lists it.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) name: &'static str,
    /// What may follow.
    pub(super) argument: &'static str,
    pub(super) about: &'static str,
    make: fn(&str) -> Option<Command>,
}

/// All commands, in the order of the help.
pub(super) const ENTRIES: &[Entry] = &[
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
];

/// Words that somebody types who does not know the commands yet.
const BARE: &[(&str, &str)] = &[
    ("help", "help"),
    ("?", "help"),
    ("hint", "hint"),
    ("undo", "undo"),
    ("retry", "retry"),
    ("skip", "skip"),
    ("quit", "quit"),
    ("exit", "quit"),
    ("q", "quit"),
];

const fn entry(
    name: &'static str,
    argument: &'static str,
    about: &'static str,
    make: fn(&str) -> Option<Command>,
) -> Entry {
    Entry { name, argument, about, make }
}

/// Nothing, or the number of a reply; the first is 1.
#[expect(clippy::option_option, reason = "nothing given, and nothing that can be used")]
fn number(text: &str) -> Option<Option<usize>> {
    match text {
        "" => Some(None),
        text => text.parse().ok().filter(|&number| number > 0).map(Some),
    }
}

impl Input<'_> {
    /// Tells commands from words for the customer. A space before the colon makes words of it.
    pub(super) fn read(line: &str) -> Input<'_> {
        let Some(typed) = line.strip_prefix(':') else {
            let is_bare = |word: &str| line.trim_end().eq_ignore_ascii_case(word);
            let bare = BARE.iter().find(|(word, _)| is_bare(word));
            return bare.map_or(Input::Say(line), |(_, name)| Input::Bare(name));
        };
        let (name, rest) = typed.trim().split_once(char::is_whitespace).unwrap_or((typed.trim(), ""));
        match find(name) {
            Ok(entry) => (entry.make)(rest.trim()).map_or(Input::Unfit(entry.name), Input::Command),
            Err(meant) => Input::Unknown { name, meant },
        }
    }
}

/// How to type the command of this name.
pub(super) fn usage(name: &str) -> String {
    let entry = ENTRIES.iter().find(|entry| entry.name == name);
    entry.map_or(String::new(), |Entry { name, argument, about, .. }| {
        format!("Type it like this: :{name} {argument}. {about}.")
    })
}

/// The command of this name, or the only one that begins so; else what was meant, perhaps.
fn find(name: &str) -> Result<&'static Entry, Option<&'static str>> {
    let name = match name.to_lowercase().as_str() {
        "lookup" => "look-up".to_owned(),
        "exit" | "leave" | "bye" => "quit".to_owned(),
        "?" => "help".to_owned(),
        "redo" | "again" => "retry".to_owned(),
        other => other.to_owned(),
    };
    if let Some(entry) = ENTRIES.iter().find(|entry| entry.name == name) {
        return Ok(entry);
    }
    let mut begun = ENTRIES.iter().filter(|entry| !name.is_empty() && entry.name.starts_with(&name));
    match (begun.next(), begun.next()) {
        (Some(entry), None) => Ok(entry),
        _ => Err(nearest(&name, ENTRIES.iter().map(|entry| entry.name))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_from_commands() {
        use Input::{Bare, Say, Unknown};
        assert_eq!(Input::read("I am so sorry: truly."), Say("I am so sorry: truly."));
        assert_eq!(Input::read(" :quit"), Say(" :quit"));
        assert_eq!(Input::read(""), Say(""));
        assert_eq!(Input::read("help"), Bare("help"));
        assert_eq!(Input::read("Exit "), Bare("quit"));
        assert_eq!(Input::read("help me understand"), Say("help me understand"));
        assert_eq!(Input::read(":undu"), Unknown { name: "undu", meant: Some("undo") });
        assert_eq!(Input::read(":)"), Unknown { name: ")", meant: None });
        assert_eq!(Input::read(":"), Unknown { name: "", meant: None });
        assert_eq!(Input::read(":h"), Unknown { name: "h", meant: None });
    }

    #[test]
    fn commands_take_what_follows() {
        let command = |line| match Input::read(line) {
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
            assert!(matches!(Input::read(unfit), Input::Unfit(_)), "{unfit}");
        }
    }

    #[test]
    fn every_name_is_found_by_itself() {
        for entry in ENTRIES {
            assert_eq!(find(entry.name).unwrap().name, entry.name);
        }
    }
}
