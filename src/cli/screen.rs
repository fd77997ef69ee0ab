//! Pages for a person: wrapped, in colours or without, never with a control character of anybody's text.

use std::fmt::{self, Write as _};

use colored::Colorize as _;
use unicode_width::UnicodeWidthStr as _;

use super::failure::Failure;
use super::output::{Color, Output};
use crate::report::escape::{escaped, is_harmful};
use crate::report::snippet::Snippet;
use crate::report::wrap::folded;
use crate::text::Span;

/// Lines longer than this are hard to read.
const WIDEST: usize = 88;
/// Narrower than this, lines are broken by the terminal.
const NARROWEST: usize = 24;

/// What a word is painted as. The words say the same without colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    /// As all other text.
    Plain,
    /// Somebody's name, a heading, a command.
    Strong,
    /// What worked.
    Good,
    /// What broke.
    Bad,
    /// What to say instead.
    Tip,
}

impl Ink {
    /// Only the basic colours, which every theme sets so that they can be read on its background.
    fn paint(self, text: &str) -> String {
        match self {
            Self::Plain => text.to_owned(),
            Self::Strong => text.bold().to_string(),
            Self::Good => text.green().to_string(),
            Self::Bad => text.red().to_string(),
            Self::Tip => text.magenta().to_string(),
        }
    }
}

/// Where pages are shown.
pub(super) struct Screen {
    output: Output,
    /// For screen readers: no lines that are drawn, everything in words.
    is_plain: bool,
    page: String,
    /// Whether the last line that was shown is blank.
    is_blank: bool,
    /// Whether a blank line comes before the next.
    wants_blank: bool,
}

impl Screen {
    /// Standard output.
    pub(super) fn open(is_plain: bool, color: Color) -> Result<Self, Failure> {
        let output = Output::open(None)?;
        output.decide_colors(if is_plain { Color::Never } else { color });
        Ok(Self { output, is_plain, page: String::new(), is_blank: true, wants_blank: false })
    }

    /// Whether everything is to be said in words.
    pub(super) const fn is_plain(&self) -> bool {
        self.is_plain
    }

    /// Whether a person looks at it.
    pub(super) const fn is_terminal(&self) -> bool {
        self.output.is_terminal()
    }

    /// Shows what has been written since the last time.
    pub(super) fn show(&mut self) -> Result<(), Failure> {
        let page = std::mem::take(&mut self.page);
        self.output.write(|out| out.write_all(page.as_bytes()))?;
        self.output.flush()
    }

    /// Somebody has typed a line below the page. Only a terminal shows it.
    pub(super) const fn typed(&mut self) {
        self.is_blank = self.is_blank && !self.is_terminal();
    }

    /// How many columns a line may take.
    pub(super) fn width(&self) -> usize {
        const PAGE: usize = 80;
        let width = if self.is_terminal() { self.output.width() } else { PAGE };
        width.clamp(NARROWEST, WIDEST)
    }

    /// A line as it stands.
    fn line(&mut self, line: impl fmt::Display) {
        self.make_room();
        let _ = writeln!(self.page, "{line}");
        self.is_blank = false;
    }

    /// A line that must not be broken: a path, a command.
    pub(super) fn whole(&mut self, line: &str) {
        let line = escaped(line).to_string();
        self.line(line);
    }

    /// A blank line before the next, if there is a next, and never two.
    pub(super) const fn blank(&mut self) {
        self.wants_blank = true;
    }

    /// The blank line that was asked for, now.
    fn make_room(&mut self) {
        if self.wants_blank && !self.is_blank {
            self.page.push('\n');
            self.is_blank = true;
        }
        self.wants_blank = false;
    }

    /// A blank line before somebody types. A pipe has no use for it.
    pub(super) fn before_typing(&mut self) {
        self.blank();
        if self.is_terminal() {
            self.make_room();
        }
    }

    /// A heading.
    pub(super) fn heading(&mut self, text: &str) {
        self.blank();
        let text = clean(text);
        let lines: Vec<&str> = folded(&text, self.width()).collect();
        let widest = lines.iter().map(|line| line.width()).max().unwrap_or_default();
        for line in lines {
            self.line(Ink::Strong.paint(line));
        }
        if !self.is_plain {
            self.line("-".repeat(widest));
        }
    }

    /// A paragraph.
    pub(super) fn text(&mut self, text: &str) {
        self.labelled(0, "", Ink::Plain, text);
    }

    /// A paragraph, set in.
    pub(super) fn indented(&mut self, indent: usize, text: &str) {
        self.labelled(indent, "", Ink::Plain, text);
    }

    /// Several things, one below the other.
    pub(super) fn list<'i>(&mut self, items: impl IntoIterator<Item = &'i String>) {
        let (indent, mark) = if self.is_plain { (0, "") } else { (2, "-") };
        items.into_iter().for_each(|item| self.labelled(indent, mark, Ink::Plain, item));
    }

    /// A paragraph for each line of `text` that is not blank.
    pub(super) fn paragraphs(&mut self, indent: usize, text: &str) {
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            self.labelled(indent, "", Ink::Plain, line);
        }
    }

    /// A paragraph that begins with a painted word. Its other lines are set in a little.
    pub(super) fn labelled(&mut self, indent: usize, label: &str, ink: Ink, text: &str) {
        let (label, text) = (clean(label), clean(text));
        let hanging = if label.is_empty() { indent } else { indent + 2 };
        let all = if label.is_empty() { text } else { format!("{label} {text}") };
        let first = self.width() - indent;
        // The first line has room for the label; the others begin further right.
        let mut lines = folded(&all, first);
        let Some(line) = lines.next() else { return };
        let (painted, rest) = line.split_at(label.len().min(line.len()));
        let painted = if label.is_empty() { String::new() } else { ink.paint(painted) };
        self.line(format_args!("{:indent$}{painted}{rest}", ""));
        let rest = all[line.len()..].trim_start();
        let columns = self.width() - hanging;
        let others: Vec<String> = folded(rest, columns).map(str::to_owned).collect();
        for line in others {
            self.line(format_args!("{:hanging$}{line}", ""));
        }
    }

    /// Words of a text with as much around them as fits, and marks under them. In plain mode only the
    /// words, in quotes.
    pub(super) fn marked(&mut self, indent: usize, text: &str, words: Span, ink: Ink) {
        let Some(heard) = text.get(words.range()) else { return };
        if self.is_plain {
            self.labelled(indent, "Words:", Ink::Plain, &format!("\"{heard}\""));
            return;
        }
        // Line breaks become spaces, byte by byte, so that the place of the words stays what it is.
        let text: String = text.chars().map(|c| if matches!(c, '\n' | '\r') { ' ' } else { c }).collect();
        let mut snippet = Snippet::default();
        snippet.cut(&text, Span::new(0, text.len()), words, self.width() - indent);
        let Snippet { shown, indent: before, width } = snippet;
        self.line(format_args!("{:indent$}{shown}", ""));
        let marks = ink.paint(&"^".repeat(width));
        self.line(format_args!("{:1$}{marks}", "", indent + before));
    }

    /// Rows of two or more columns; the last column is wrapped. In plain mode each row is a sentence.
    pub(super) fn rows(&mut self, indent: usize, rows: &[(String, String)]) {
        if self.is_plain {
            for (left, right) in rows {
                let joint = if right.is_empty() { "" } else { ":" };
                self.labelled(0, &format!("{left}{joint}"), Ink::Plain, right);
            }
            return;
        }
        let widest = rows.iter().map(|(left, _)| left.width()).max().unwrap_or_default();
        let start = indent + widest + 2;
        let columns = self.width().saturating_sub(start).max(NARROWEST / 2);
        for (left, right) in rows {
            let (left, right) = (clean(left), clean(right));
            let pad = widest - left.width().min(widest);
            let mut lines = folded(&right, columns);
            let first = lines.next().unwrap_or_default();
            let others: Vec<&str> = lines.collect();
            let line = format!("{:indent$}{}{:pad$}  {first}", "", Ink::Strong.paint(&left), "");
            self.line(line.trim_end());
            for other in others {
                self.line(format_args!("{:start$}{other}", ""));
            }
        }
    }
}

/// `text` on one line, with its control characters spelled out.
pub(super) fn clean(text: &str) -> String {
    if !text.chars().any(is_harmful) && !text.contains("  ") {
        return text.trim().to_owned();
    }
    let words: Vec<&str> =
        text.split(|c: char| c.is_ascii_whitespace()).filter(|word| !word.is_empty()).collect();
    escaped(&words.join(" ")).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(is_plain: bool, write: impl FnOnce(&mut Screen)) -> String {
        let output = Output::open(None).unwrap();
        colored::control::set_override(false);
        let mut screen = Screen { output, is_plain, page: String::new(), is_blank: true, wants_blank: false };
        write(&mut screen);
        screen.page
    }

    #[test]
    fn control_characters_never_get_through() {
        let hostile = "a\u{1b}[2J\u{9b}31m\u{7}\u{202e}b\r\nc\td";
        for is_plain in [true, false] {
            let page = shown(is_plain, |screen| {
                screen.heading(hostile);
                screen.text(hostile);
                screen.labelled(2, hostile, Ink::Bad, hostile);
                screen.paragraphs(2, hostile);
                screen.marked(2, hostile, Span::new(0, hostile.len()), Ink::Bad);
                screen.rows(2, &[(hostile.to_owned(), hostile.to_owned())]);
            });
            assert!(!page.chars().any(|c| is_harmful(c) && c != '\n'), "{page:?}");
            assert!(page.contains(r"a\u{1b}[2J"), "{page}");
        }
    }

    #[test]
    fn no_line_is_wider_than_the_page() {
        let long =
            "I am so sorry that this happened to you, and on a Saturday. ".repeat(5) + &"x".repeat(300);
        let page = shown(false, |screen| {
            screen.heading(&long);
            screen.labelled(2, "Mr. Marchetti:", Ink::Strong, &long);
            screen.marked(4, &long, Span::new(70, 90), Ink::Bad);
            screen.rows(2, &[("word".to_owned(), long.clone())]);
        });
        for line in page.lines() {
            assert!(line.width() <= 80, "{line}");
        }
    }

    #[test]
    fn words_are_marked_where_they_stand() {
        let page = shown(false, |screen| {
            screen.marked(4, "Sorry, but\nit's our policy.", Span::new(11, 26), Ink::Bad);
        });
        assert_eq!(page, "    Sorry, but it's our policy.\n               ^^^^^^^^^^^^^^^\n");
        let page = shown(true, |screen| {
            screen.marked(4, "Sorry, but\nit's our policy.", Span::new(11, 26), Ink::Bad);
        });
        assert_eq!(page, "    Words: \"it's our policy\"\n");
    }

    #[test]
    fn there_are_never_two_blank_lines() {
        let page = shown(false, |screen| {
            screen.blank();
            screen.text("one");
            screen.blank();
            screen.blank();
            screen.heading("two");
        });
        assert_eq!(page, "one\n\ntwo\n---\n");
    }
}
