//! For people who need not be programmers: where, how bad, the words in their line, why, and what
//! to say instead.

use std::fmt::Write as _;
use std::io::{self, Write};

use rustc_hash::FxHashMap;

use super::escape::{escaped, push_escaped};
use super::format::Options;
use super::palette::Palette;
use super::snippet::{Snippet, floor, slice};
use super::wording::{SAYS, Shortened, findings, summary_sentences};
use super::wrap::wrapped;
use super::{FileReport, Report, Summary};
use crate::document::Note;
use crate::lexicon::{Rule, Severity};
use crate::lint::Finding;

/// The narrowest snippet worth showing.
const LEAST_COLUMNS: usize = 40;
const MARGIN: &str = "  ";

/// The text format.
pub(super) struct Text {
    is_quiet: bool,
    width: usize,
    palette: Palette,
    explained: Explained,
    /// What is written at once: a finding, or the notes of a file. Kept for its memory.
    page: String,
    snippet: Snippet,
}

impl Text {
    pub(super) fn new(options: &Options, palette: Palette) -> Self {
        Self {
            is_quiet: options.quiet,
            width: options.width.max(LEAST_COLUMNS),
            palette,
            explained: Explained::default(),
            page: String::new(),
            snippet: Snippet::default(),
        }
    }

    fn flush(&mut self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(self.page.as_bytes())?;
        self.page.clear();
        Ok(())
    }

    fn finding(&mut self, file: &FileReport<'_>, finding: &Finding<'_>) {
        self.head(file.path, finding);
        if self.is_quiet {
            if !finding.quote.is_empty() {
                push(&mut self.page, format_args!(": \"{}\"", Shortened(&finding.quote)));
            }
            self.page.push('\n');
            return;
        }
        self.page.push('\n');
        if !finding.quote.is_empty() {
            self.words(file, finding);
        }
        match self.explained.since(finding) {
            None => self.explanation(finding.rule),
            Some(line) => self.reference(line, finding.start.line),
        }
        self.page.push('\n');
    }

    /// `replies/refund.md:3:12: error: our-policy (policy-shield) in row 2, body`
    fn head(&mut self, path: &str, finding: &Finding<'_>) {
        let (page, rule) = (&mut self.page, finding.rule);
        self.palette.path.paint(page, |page| {
            push_escaped(page, named(path));
            push(page, format_args!(":{}:{}", finding.start.line, finding.start.column));
        });
        page.push_str(": ");
        self.palette
            .severity(finding.severity)
            .paint(page, |page| page.push_str(severity_name(finding.severity)));
        page.push_str(": ");
        self.palette.rule.paint(page, |page| push_escaped(page, &rule.id));
        page.push_str(" (");
        push_escaped(page, &rule.family);
        page.push(')');
        if let Some(label) = &finding.label {
            page.push_str(" in ");
            push_escaped(page, label);
        }
    }

    fn words(&mut self, file: &FileReport<'_>, finding: &Finding<'_>) {
        let words = slice(file.source, finding.span);
        if reads_like(words, &finding.quote) {
            self.snippet(file, finding);
        } else {
            let quote = format!("\"{}\"", Shortened(&finding.quote));
            self.hint("heard:", &quote, false);
        }
    }

    fn snippet(&mut self, file: &FileReport<'_>, finding: &Finding<'_>) {
        let line = file.lines.line_span(file.source, finding.span.start);
        let number = finding.start.line;
        let gutter = MARGIN.len() + digits(number) + " | ".len();
        let columns = self.width - gutter.min(self.width / 2);
        self.snippet.cut(file.source, line, finding.span, columns);

        let (page, frame) = (&mut self.page, &self.palette.frame);
        frame.paint(page, |page| push(page, format_args!("{MARGIN}{number} |")));
        page.push(' ');
        page.push_str(&self.snippet.shown);
        page.push('\n');
        frame.paint(page, |page| {
            pad(page, gutter - "| ".len());
            page.push('|');
        });
        pad(page, self.snippet.indent + 1);
        self.palette.severity(finding.severity).paint(page, |page| {
            page.extend(std::iter::repeat_n('^', self.snippet.width));
        });
        if finding.end.line > number {
            self.continuation(columns, gutter, finding.end.line);
        }
        self.page.push('\n');
    }

    /// Says on which line the words end, beside the marks or, where there is no room, below them.
    fn continuation(&mut self, columns: usize, gutter: usize, last: usize) {
        let page = &mut self.page;
        let words = " and on to line ";
        let taken = self.snippet.indent + self.snippet.width;
        if taken + words.len() + digits(last) > columns {
            page.push('\n');
            pad(page, gutter - 1);
        }
        push(page, format_args!("{words}{last}"));
    }

    fn explanation(&mut self, rule: &Rule) {
        self.hint("why:", &escaped(&rule.why).to_string(), false);
        for (at, say) in rule.say.iter().take(SAYS).enumerate() {
            let quoted = format!("\"{}\"", escaped(say));
            self.hint(if at == 0 { "say:" } else { " or:" }, &quoted, true);
        }
    }

    fn reference(&mut self, first: usize, here: usize) {
        let page = &mut self.page;
        page.push_str(MARGIN);
        self.palette.frame.paint(page, |page| page.push_str("why:"));
        if first == here {
            page.push_str(" as above\n");
        } else {
            push(page, format_args!(" as on line {first}\n"));
        }
    }

    /// A named line under a snippet, wrapped between words.
    fn hint(&mut self, name: &str, text: &str, is_say: bool) {
        let page = &mut self.page;
        page.push_str(MARGIN);
        self.palette.frame.paint(page, |page| page.push_str(name));
        let indent = MARGIN.len() + name.len() + 1;
        for (at, line) in wrapped(text, self.width - indent).enumerate() {
            if at > 0 {
                page.push('\n');
                pad(page, indent - 1);
            }
            page.push(' ');
            if is_say {
                self.palette.say.paint(page, |page| page.push_str(line));
            } else {
                page.push_str(line);
            }
        }
        page.push('\n');
    }
}

/// Adds a line about a file.
pub(super) fn push_note(page: &mut String, palette: &Palette, file: &FileReport<'_>, note: &Note) {
    palette.path.paint(page, |page| {
        push_escaped(page, named(file.path));
        if let Some(offset) = note.offset {
            let place = file.position(offset);
            push(page, format_args!(":{}:{}", place.line, place.column));
        }
    });
    page.push_str(": ");
    if note.is_trouble {
        palette.trouble.paint(page, |page| page.push_str("trouble"));
    } else {
        palette.frame.paint(page, |page| page.push_str("note"));
    }
    page.push_str(": ");
    push_escaped(page, &note.text);
    page.push('\n');
}

/// How people call a file.
fn named(path: &str) -> &str {
    if path == "-" { "standard input" } else { path }
}

impl Report for Text {
    fn begin(&mut self, _: &mut dyn Write, _: &[Rule]) -> io::Result<()> {
        Ok(())
    }

    fn file(&mut self, out: &mut dyn Write, file: &FileReport<'_>) -> io::Result<()> {
        self.explained.enter(file.path);
        let is_quiet = self.is_quiet;
        for note in file.notes.iter().filter(|note| note.is_trouble || !is_quiet) {
            push_note(&mut self.page, &self.palette, file, note);
        }
        if !self.page.is_empty() && !is_quiet {
            self.page.push('\n');
        }
        self.flush(out)?;
        for finding in file.findings {
            self.finding(file, finding);
            self.flush(out)?;
        }
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
        if self.is_quiet {
            return Ok(());
        }
        push_summary(&mut self.page, &self.palette, summary);
        self.flush(out)
    }
}

/// How the text formats name a severity.
pub(super) const fn severity_name(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "advice",
    }
}

/// Adds the counts of a run, one sentence a line.
pub(super) fn push_summary(page: &mut String, palette: &Palette, summary: &Summary) {
    let paint = if findings(summary) > 0 || summary.unreadable > 0 || summary.files == 0 {
        &palette.path
    } else {
        &palette.good
    };
    for (at, sentence) in summary_sentences(summary).into_iter().enumerate() {
        match at {
            0 => paint.paint(page, |page| page.push_str(&sentence)),
            _ => page.push_str(&sentence),
        }
        page.push('\n');
    }
}

/// Which rules were explained in the file at hand, and on which line: nobody needs to read the
/// same advice forty times.
#[derive(Debug, Default)]
struct Explained {
    path: String,
    lines: FxHashMap<String, (usize, usize)>,
    file: usize,
}

impl Explained {
    fn enter(&mut self, path: &str) {
        if self.path != path || self.file == 0 {
            path.clone_into(&mut self.path);
            self.file += 1;
        }
    }

    /// The line at which the finding's rule was explained before, in this file.
    fn since(&mut self, finding: &Finding<'_>) -> Option<usize> {
        let now = (self.file, finding.start.line);
        let Some(known) = self.lines.get_mut(&finding.rule.id) else {
            self.lines.insert(finding.rule.id.clone(), now);
            return None;
        };
        if known.0 == self.file {
            return Some(known.1);
        }
        *known = now;
        None
    }
}

/// Whether `words`, as the file has them, can be recognised as `quote`. If not (base64, entities),
/// they are not worth showing.
fn reads_like(words: &str, quote: &str) -> bool {
    const NEAR: usize = 400;
    let word = first_word(quote);
    let words = &words[..floor(words, NEAR)];
    first_word(words).eq_ignore_ascii_case(word) || words.contains(word)
}

fn first_word(text: &str) -> &str {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let end = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
    &text[..end]
}

fn pad(page: &mut String, columns: usize) {
    page.extend(std::iter::repeat_n(' ', columns));
}

const fn digits(number: usize) -> usize {
    match number.checked_ilog10() {
        Some(power) => power as usize + 1,
        None => 1,
    }
}

fn push(page: &mut String, arguments: std::fmt::Arguments<'_>) {
    // Writing to a string never fails.
    let _ = page.write_fmt(arguments);
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{Sample, written, written_about, written_about_nothing};
    use super::super::palette::Paint;
    use super::*;

    fn plain() -> Text {
        Text::new(&Options::default(), Palette::default())
    }

    #[test]
    fn every_kind_of_finding_reads_well() {
        insta::assert_snapshot!(written(plain()));
    }

    #[test]
    fn a_narrow_terminal_is_respected() {
        let narrow = Options { width: 60, ..Options::default() };
        let text = written(Text::new(&narrow, Palette::default()));
        insta::assert_snapshot!(text);
    }

    #[test]
    fn quiet_is_one_line_a_finding() {
        let quiet = Options { quiet: true, ..Options::default() };
        insta::assert_snapshot!(written(Text::new(&quiet, Palette::default())));
    }

    #[test]
    fn a_clean_run_is_one_line() {
        insta::assert_snapshot!(written_about_nothing(plain()), @"No faults heard in 14 files.");
    }

    #[test]
    fn colours_go_by_role() {
        let paint = |name: &str| Paint { on: format!("<{name}>"), off: format!("</{name}>") };
        let palette = Palette {
            error: paint("error"),
            path: paint("path"),
            rule: paint("rule"),
            say: paint("say"),
            frame: paint("frame"),
            ..Palette::default()
        };
        let sample = Sample::new("a.txt", "It is our policy.\n").hears("our-policy", "our policy");
        let summary = Summary { files: 1, files_with_findings: 1, errors: 1, ..Summary::default() };
        let text = written_about(Text::new(&Options::default(), palette), &[sample], &summary);
        insta::assert_snapshot!(text);
    }

    #[test]
    fn a_file_in_parts_is_explained_once() {
        let part = || Sample::new("a.jsonl", "It is our policy.\n").hears("our-policy", "our policy");
        let other = Sample::new("b.jsonl", "It is our policy.\n").hears("our-policy", "our policy");
        let text = written_about(plain(), &[part(), part(), other], &Summary::default());
        assert_eq!(text.matches("say: ").count(), 2, "{text}");
        assert_eq!(text.matches("as above").count(), 1, "{text}");
    }

    #[test]
    fn words_that_cannot_be_recognised_are_not_shown() {
        assert!(reads_like("It&#39;s our", "it's our"));
        assert!(reads_like("**our**\n> policy", "our policy"));
        assert!(reads_like("\"...\"", "..."));
        assert!(!reads_like("SXQgaXMgb3Vy", "It is our policy"));
    }
}
