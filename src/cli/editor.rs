//! Where typed lines come from: a line editor at a terminal, else standard input as it is.

use std::io::{self, BufRead, IsTerminal as _, Read as _, StdinLock, Write as _};

use colored::Colorize as _;
use rustyline::completion::{Completer, Pair};
use rustyline::error::ReadlineError;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::history::MemHistory;
use rustyline::validate::Validator;
use rustyline::{Context, Helper};
use std::borrow::Cow::{self, Borrowed, Owned};

use super::failure::Failure;
use super::screen::Screen;

/// A reply is cut off here. Nobody listens to so much, and nobody types it.
pub(super) const LONGEST: u64 = 64 << 10;

/// What came of waiting for a line.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Typed {
    /// A line, without its end.
    Line(String),
    /// Ctrl-C: the line is thrown away.
    Interrupted,
    /// Ctrl-D, or nothing more to read.
    End,
}

/// Reads lines.
pub(super) trait Editor {
    /// Asks for a line, and offers one to be changed.
    fn line(&mut self, prompt: &str, offer: &str) -> io::Result<Typed>;

    /// Makes a line one that can be brought back.
    fn remember(&mut self, line: &str);

    /// Tells which words `:look-up` knows.
    fn learn(&mut self, words: Vec<String>);

    /// Whether Ctrl-C ends the program before it can say anything.
    fn ends_at_interrupt(&self) -> bool {
        false
    }
}

/// Asks for a line, says so if it was cut off, and makes it one that can be brought back.
pub(super) fn ask(
    editor: &mut dyn Editor,
    screen: &mut Screen,
    prompt: &str,
    offer: &str,
) -> Result<Typed, Failure> {
    let typed = match editor.line(prompt, offer) {
        // The terminal has gone, or cannot be read: what was said is safe.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => return Err(Failure::ClosedPipe),
        Err(_) => Typed::End,
        Ok(typed) => typed,
    };
    screen.typed();
    if let Typed::Line(line) = &typed {
        if line.len() as u64 >= LONGEST {
            screen.text("That line is longer than 64 kB: what comes after them is left out.");
        }
        if !line.trim().is_empty() {
            editor.remember(line);
        }
    }
    Ok(typed)
}

/// The editor for this terminal, which completes the names of commands. `is_shown` says whether somebody
/// looks at the output.
pub(super) fn open(is_shown: bool, commands: Vec<&'static str>) -> Box<dyn Editor> {
    let is_terminal = io::stdin().is_terminal() && is_shown;
    // What these terminals cannot do, rustyline does not try either.
    let is_dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    if is_terminal && !is_dumb {
        match Terminal::open(commands) {
            Ok(terminal) => return Box::new(terminal),
            Err(error) => drop(error),
        }
    }
    Box::new(Lines { input: io::stdin().lock(), asks: is_terminal })
}

/// A terminal on which lines can be edited.
struct Terminal {
    editor: rustyline::Editor<Words, MemHistory>,
}

impl Terminal {
    fn open(commands: Vec<&'static str>) -> rustyline::Result<Self> {
        let config = rustyline::Config::builder()
            .completion_type(rustyline::CompletionType::List)
            .bell_style(rustyline::config::BellStyle::None)
            .build();
        let history = MemHistory::with_config(&config);
        let mut editor = rustyline::Editor::with_history(config, history)?;
        editor.set_helper(Some(Words { commands, known: Vec::new() }));
        Ok(Self { editor })
    }
}

impl Editor for Terminal {
    fn line(&mut self, prompt: &str, offer: &str) -> io::Result<Typed> {
        match self.editor.readline_with_initial(prompt, (offer, "")) {
            Ok(line) => Ok(Typed::Line(line)),
            Err(ReadlineError::Interrupted) => Ok(Typed::Interrupted),
            Err(ReadlineError::Eof) => Ok(Typed::End),
            Err(ReadlineError::Io(error)) => Err(error),
            Err(error) => Err(io::Error::other(error)),
        }
    }

    fn remember(&mut self, line: &str) {
        // A line that cannot be brought back is no reason to stop.
        let _ = self.editor.add_history_entry(line);
    }

    fn learn(&mut self, words: Vec<String>) {
        if let Some(helper) = self.editor.helper_mut() {
            helper.known = words;
        }
    }
}

/// Completes commands, and what can be looked up.
struct Words {
    commands: Vec<&'static str>,
    known: Vec<String>,
}

impl Completer for Words {
    type Candidate = Pair;

    fn complete(&self, line: &str, at: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<Pair>)> {
        Ok(self.completions(&line[..at]))
    }
}

impl Words {
    /// Where the word begins that can be completed, and how.
    fn completions(&self, line: &str) -> (usize, Vec<Pair>) {
        const LOOK_UP: &str = ":look-up ";
        if let Some(begun) = line.strip_prefix(LOOK_UP) {
            let fitting = self.known.iter().filter(|word| word.starts_with(begun));
            return (LOOK_UP.len(), fitting.map(|word| pair(word.clone())).collect());
        }
        match line.strip_prefix(':') {
            Some(begun) => {
                let fitting = self.commands.iter().filter(|name| name.starts_with(begun));
                (0, fitting.map(|name| pair(format!(":{name}"))).collect())
            }
            None => (line.len(), Vec::new()),
        }
    }
}

fn pair(word: String) -> Pair {
    Pair { display: word.clone(), replacement: word }
}

impl Highlighter for Words {
    fn highlight_prompt<'b, 's: 'b, 'p: 'b>(&'s self, prompt: &'p str, _: bool) -> Cow<'b, str> {
        if colored::control::SHOULD_COLORIZE.should_colorize() {
            Owned(prompt.bold().to_string())
        } else {
            Borrowed(prompt)
        }
    }
}

impl Hinter for Words {
    type Hint = String;
}

impl Validator for Words {}
impl Helper for Words {}

/// Standard input as it is: a pipe, a file, a terminal that can do nothing.
struct Lines<R> {
    input: R,
    /// Whether somebody types, and waits to be asked.
    asks: bool,
}

impl Editor for Lines<StdinLock<'_>> {
    fn line(&mut self, prompt: &str, _: &str) -> io::Result<Typed> {
        if self.asks {
            let mut out = io::stdout();
            out.write_all(prompt.as_bytes())?;
            out.flush()?;
        }
        read_line(&mut self.input)
    }

    fn remember(&mut self, _: &str) {}

    fn learn(&mut self, _: Vec<String>) {}

    fn ends_at_interrupt(&self) -> bool {
        self.asks
    }
}

/// A line of any bytes; what is no UTF-8 is replaced, and what is too long is left out.
fn read_line(input: &mut impl BufRead) -> io::Result<Typed> {
    let mut bytes = Vec::new();
    input.by_ref().take(LONGEST).read_until(b'\n', &mut bytes)?;
    if bytes.is_empty() {
        return Ok(Typed::End);
    }
    match bytes.strip_suffix(b"\n") {
        Some(line) => bytes.truncate(line.len()),
        None if bytes.len() as u64 == LONGEST => drop_line(input)?,
        None => {}
    }
    if bytes.ends_with(b"\r") {
        bytes.pop();
    }
    Ok(Typed::Line(String::from_utf8_lossy(&bytes).into_owned()))
}

/// Reads on to the end of the line without keeping it.
fn drop_line(input: &mut impl BufRead) -> io::Result<()> {
    loop {
        let ahead = match input.fill_buf() {
            Ok(ahead) => ahead,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        let (used, is_done) = match memchr::memchr(b'\n', ahead) {
            Some(end) => (end + 1, true),
            None => (ahead.len(), ahead.is_empty()),
        };
        input.consume(used);
        if is_done {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(mut bytes: &[u8]) -> Vec<String> {
        std::iter::from_fn(|| match read_line(&mut bytes).unwrap() {
            Typed::Line(line) => Some(line),
            Typed::Interrupted | Typed::End => None,
        })
        .collect()
    }

    #[test]
    fn any_bytes_are_lines() {
        assert_eq!(lines(b"one\r\n\ntwo\xff\0\nlast"), ["one", "", "two\u{fffd}\0", "last"]);
        assert_eq!(lines(b""), Vec::<String>::new());
    }

    #[test]
    fn an_endless_line_is_cut_off() {
        let longest = usize::try_from(LONGEST).unwrap();
        let endless = [vec![b'x'; 3 * longest], b"\nnext\n".to_vec()].concat();
        let read = lines(&endless);
        assert_eq!((read.len(), read[0].len(), read[1].as_str()), (2, longest, "next"));
    }

    #[test]
    fn commands_and_what_can_be_looked_up_are_completed() {
        let known = vec!["receipt".to_owned(), "repair".to_owned()];
        let words = Words { commands: vec!["help", "hint", "quit"], known };
        let complete = |line| -> (usize, Vec<String>) {
            let (at, pairs) = words.completions(line);
            (at, pairs.into_iter().map(|pair| pair.replacement).collect())
        };
        assert_eq!(complete(":h"), (0, vec![":help".to_owned(), ":hint".to_owned()]));
        assert_eq!(complete(":look-up rec"), (9, vec!["receipt".to_owned()]));
        assert_eq!(complete("I am so"), (7, vec![]));
    }
}
