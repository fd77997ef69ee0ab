//! What somebody types: words, or a command that begins with a colon. Each conversation has commands of
//! its own.

use crate::nearest::nearest;

/// The commands of a conversation.
pub(super) struct Commands<C: 'static> {
    /// All of them, in the order of the help.
    pub(super) entries: &'static [Entry<C>],
    /// Words that somebody types who does not know the commands yet, and the command that is meant.
    pub(super) bare: &'static [(&'static str, &'static str)],
    /// Other names of commands.
    pub(super) others: &'static [(&'static str, &'static str)],
}

/// A command as `:help` lists it.
pub(super) struct Entry<C> {
    pub(super) name: &'static str,
    /// What may follow.
    pub(super) argument: &'static str,
    pub(super) about: &'static str,
    make: fn(&str) -> Option<C>,
}

/// What a typed line is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Input<'l, C> {
    /// Words.
    Say(&'l str),
    /// A command.
    Command(C),
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

/// A command; `make` makes it of what follows its name, if that fits.
pub(super) const fn entry<C>(
    name: &'static str,
    argument: &'static str,
    about: &'static str,
    make: fn(&str) -> Option<C>,
) -> Entry<C> {
    Entry { name, argument, about, make }
}

impl<C: 'static> Commands<C> {
    /// Tells commands from words. A space before the colon makes words of it.
    pub(super) fn read<'l>(&self, line: &'l str) -> Input<'l, C> {
        let Some(typed) = line.strip_prefix(':') else {
            let is_bare = |word: &str| line.trim_end().eq_ignore_ascii_case(word);
            let bare = self.bare.iter().find(|(word, _)| is_bare(word));
            return bare.map_or(Input::Say(line), |(_, name)| Input::Bare(name));
        };
        let (name, rest) = typed.trim().split_once(char::is_whitespace).unwrap_or((typed.trim(), ""));
        match self.find(name) {
            Ok(entry) => (entry.make)(rest.trim()).map_or(Input::Unfit(entry.name), Input::Command),
            Err(meant) => Input::Unknown { name, meant },
        }
    }

    /// The command of this name, or the only one that begins so; else what was meant, perhaps.
    pub(super) fn find(&self, name: &str) -> Result<&'static Entry<C>, Option<&'static str>> {
        let name = name.to_lowercase();
        let other = self.others.iter().find(|(other, _)| *other == name);
        let name = other.map_or(name.as_str(), |(_, name)| name);
        if let Some(entry) = self.entries.iter().find(|entry| entry.name == name) {
            return Ok(entry);
        }
        let mut begun = self.entries.iter().filter(|entry| !name.is_empty() && entry.name.starts_with(name));
        match (begun.next(), begun.next()) {
            (Some(entry), None) => Ok(entry),
            _ => Err(nearest(name, self.entries.iter().map(|entry| entry.name))),
        }
    }

    /// What is wrong with a line that is neither words nor a command. `whom` is who would have heard it.
    pub(super) fn remark(&self, input: &Input<'_, C>, whom: &str) -> Option<String> {
        Some(match input {
            Input::Say(_) | Input::Command(_) => return None,
            Input::Bare(name) => {
                format!("Did you mean :{name}? Nothing was said. To say it to {whom}, put a space before it.")
            }
            Input::Unknown { name: "", .. } => "Type :help for a list of the commands.".to_owned(),
            Input::Unknown { name, meant: Some(meant) } => {
                format!("There is no command :{}. Did you mean :{meant}? :help lists them all.", short(name))
            }
            Input::Unknown { name, meant: None } => format!(
                "There is no command :{}. :help lists them all. To say words that begin with a colon, put a space \
                 before it.",
                short(name)
            ),
            Input::Unfit(name) => self.usage(name),
        })
    }

    /// How to type the command of this name.
    fn usage(&self, name: &str) -> String {
        let entry = self.entries.iter().find(|entry| entry.name == name);
        entry.map_or(String::new(), |Entry { name, argument, about, .. }| {
            format!("Type it like this: :{name} {argument}. {about}.")
        })
    }

    /// What to type, and what it does, for the help.
    pub(super) fn rows(&self) -> Vec<(String, String)> {
        let row = |entry: &Entry<C>| {
            (format!(":{} {}", entry.name, entry.argument).trim_end().to_owned(), entry.about.to_owned())
        };
        self.entries.iter().map(row).collect()
    }

    /// The names of all commands.
    pub(super) fn names(&self) -> Vec<&'static str> {
        self.entries.iter().map(|entry| entry.name).collect()
    }
}

/// A name that somebody typed, not longer than a line.
fn short(name: &str) -> String {
    name.chars().take(30).collect()
}
