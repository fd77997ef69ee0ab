//! Workflow commands: GitHub shows them as annotations on the lines of a pull request.

use std::fmt;
use std::io::{self, Write};

use super::escape::{escaped, is_harmful};
use super::format::Options;
use super::slash_path::slash_path;
use super::wording::{Message, summary_sentence};
use super::{FileReport, Report, Summary};
use crate::document::Note;
use crate::lexicon::{Rule, Severity};
use crate::lint::Finding;

/// The format of GitHub workflow commands.
pub(super) struct Github {
    is_quiet: bool,
}

impl Github {
    pub(super) const fn new(options: &Options) -> Self {
        Self { is_quiet: options.quiet }
    }
}

impl Report for Github {
    fn begin(&mut self, _: &mut dyn Write, _: &[Rule]) -> io::Result<()> {
        Ok(())
    }

    fn file(&mut self, out: &mut dyn Write, file: &FileReport<'_>) -> io::Result<()> {
        file.notes.iter().try_for_each(|note| write_note(out, file, note))?;
        file.findings.iter().try_for_each(|finding| write_finding(out, file.path, finding))
    }

    fn end(&mut self, out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
        if self.is_quiet {
            return Ok(());
        }
        writeln!(out, "{}", summary_sentence(summary))
    }
}

fn write_finding(out: &mut dyn Write, path: &str, finding: &Finding<'_>) -> io::Result<()> {
    let (level, rule) = (level(finding.severity), finding.rule);
    let (start, end) = (finding.start, finding.end);
    write!(out, "::{level} file={},line={}", Property(&slash_path(path)), start.line)?;
    // GitHub refuses columns on an annotation of several lines.
    if start.line == end.line {
        write!(out, ",col={},endColumn={}", start.column, end.column)?;
    } else {
        write!(out, ",endLine={}", end.line)?;
    }
    write!(out, ",title=amends%3A {} ({})::", Property(&rule.id), Property(&rule.family))?;
    if let Some(label) = &finding.label {
        write!(out, "In {}: ", Data(&escaped(label).to_string()))?;
    }
    writeln!(out, "{}", Data(&Message(finding).to_string()))
}

fn write_note(out: &mut dyn Write, file: &FileReport<'_>, note: &Note) -> io::Result<()> {
    let level = if note.is_trouble { "error" } else { "notice" };
    write!(out, "::{level} file={}", Property(&slash_path(file.path)))?;
    if let Some(offset) = note.offset {
        let place = file.position(offset);
        write!(out, ",line={},col={}", place.line, place.column)?;
    }
    writeln!(out, ",title=amends::{}", Data(&escaped(&note.text).to_string()))
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "notice",
    }
}

/// The value of a property: line ends are encoded, so that the path stays the one of the file.
struct Property<'a>(&'a str);

impl fmt::Display for Property<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|c| match c {
            ':' => f.write_str("%3A"),
            ',' => f.write_str("%2C"),
            _ => encode(f, c),
        })
    }
}

/// What stands after the properties.
struct Data<'a>(&'a str);

impl fmt::Display for Data<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.chars().try_for_each(|c| encode(f, c))
    }
}

fn encode(f: &mut fmt::Formatter<'_>, c: char) -> fmt::Result {
    use fmt::Write as _;

    match c {
        '%' => f.write_str("%25"),
        '\r' => f.write_str("%0D"),
        '\n' => f.write_str("%0A"),
        _ if is_harmful(c) => write!(f, "{}", c.escape_debug()),
        _ => f.write_char(c),
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{written, written_about_nothing};
    use super::*;

    fn report() -> Github {
        Github::new(&Options::default())
    }

    #[test]
    fn findings_are_workflow_commands() {
        insta::assert_snapshot!(written(report()));
    }

    #[test]
    fn a_clean_run_only_says_so() {
        insta::assert_snapshot!(written_about_nothing(report()), @"No faults heard in 14 files.");
    }

    #[test]
    fn what_would_end_a_property_is_encoded() {
        let path = "100%, or: not\r\n\u{1b}.md";
        assert_eq!(Property(path).to_string(), r"100%25%2C or%3A not%0D%0A\u{1b}.md");
    }

    #[test]
    fn data_keeps_its_commas() {
        assert_eq!(Data("50%, that is: half\n").to_string(), "50%25, that is: half%0A");
    }
}
