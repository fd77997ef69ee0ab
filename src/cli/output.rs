//! Where the output goes, and whether it may have colours.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;

use clap::ValueEnum;

use super::failure::Failure;

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal, unless NO_COLOR, CLICOLOR or TERM=dumb says no.
    Auto,
    /// Everywhere.
    Always,
    /// Nowhere.
    Never,
}

/// Standard output, or a file.
pub(super) struct Output {
    out: BufWriter<Box<dyn Write + Send>>,
    /// How to name it in a message.
    name: String,
    is_terminal: bool,
}

impl Output {
    /// Opens the file, or standard output if there is none.
    pub(super) fn open(path: Option<&Path>) -> Result<Self, Failure> {
        let (out, name, is_terminal): (Box<dyn Write + Send>, _, _) = match path {
            Some(path) => {
                let name = path.to_string_lossy().into_owned();
                let file = File::create(path).map_err(|error| Failure::writing(&name, &error))?;
                let is_terminal = file.is_terminal();
                (Box::new(file), name, is_terminal)
            }
            None => (Box::new(io::stdout()), "standard output".to_owned(), io::stdout().is_terminal()),
        };
        Ok(Self { out: BufWriter::with_capacity(64 * 1024, out), name, is_terminal })
    }

    /// Writes with `write`, and says where if that fails.
    pub(super) fn write<R>(
        &mut self,
        write: impl FnOnce(&mut dyn Write) -> io::Result<R>,
    ) -> Result<R, Failure> {
        write(&mut self.out).map_err(|error| Failure::writing(&self.name, &error))
    }

    /// Hands everything on.
    pub(super) fn flush(&mut self) -> Result<(), Failure> {
        self.write(|out| out.flush())
    }

    /// Whether a person looks at what is written here.
    pub(super) const fn is_terminal(&self) -> bool {
        self.is_terminal
    }

    /// Decides about colours for what is written here.
    pub(super) fn decide_colors(&self, color: Color) {
        let is_set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let says = |name: &str, value: &str| std::env::var_os(name).is_some_and(|own| own == value);
        let is_colored = match color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto if is_set("NO_COLOR") => false,
            Color::Auto if is_set("CLICOLOR_FORCE") && !says("CLICOLOR_FORCE", "0") => true,
            Color::Auto => self.is_terminal && !says("CLICOLOR", "0") && !says("TERM", "dumb"),
        };
        colored::control::set_override(is_colored);
    }

    /// How many columns a text may take here.
    pub(super) fn width(&self) -> usize {
        const PAGE: usize = 100;
        if !self.is_terminal {
            return PAGE;
        }
        terminal_size::terminal_size().map_or(PAGE, |(width, _)| usize::from(width.0).min(PAGE + 20))
    }
}
