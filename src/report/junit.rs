//! JUnit XML: a suite for each file, a failed test for each finding, a passed one for a clean file.

use std::fmt;
use std::io::{self, Write};

use super::escape::is_harmful;
use super::wording::Message;
use super::{FileReport, Report, Summary};
use crate::document::Note;
use crate::lexicon::{Rule, Severity};
use crate::lint::Finding;

const PASSED: &str = "no faults heard";

/// The JUnit format.
#[derive(Default)]
pub(super) struct Junit {
    has_suites: bool,
}

impl Report for Junit {
    fn begin(&mut self, out: &mut dyn Write, _: &[Rule]) -> io::Result<()> {
        out.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"amends\">\n")
    }

    fn file(&mut self, out: &mut dyn Write, file: &FileReport<'_>) -> io::Result<()> {
        self.has_suites = true;
        let troubles = file.notes.iter().filter(|note| note.is_trouble);
        begin_suite(out, file.path, file.findings.len(), troubles.clone().count())?;
        troubles.clone().try_for_each(|note| write_trouble(out, file.path, note))?;
        file.findings.iter().try_for_each(|finding| write_finding(out, file.path, finding))?;
        if file.findings.is_empty() && troubles.count() == 0 {
            write_passed(out, file.path)?;
        }
        end_suite(out)
    }

    fn end(&mut self, out: &mut dyn Write, _: &Summary) -> io::Result<()> {
        // Some readers take a report without a test for a broken one.
        if !self.has_suites {
            begin_suite(out, "amends", 0, 0)?;
            write_passed(out, "amends")?;
            end_suite(out)?;
        }
        out.write_all(b"</testsuites>\n")
    }
}

fn begin_suite(out: &mut dyn Write, name: &str, failures: usize, errors: usize) -> io::Result<()> {
    let tests = (failures + errors).max(1);
    writeln!(
        out,
        "  <testsuite name=\"{}\" tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\">",
        Xml(name)
    )
}

fn end_suite(out: &mut dyn Write) -> io::Result<()> {
    out.write_all(b"  </testsuite>\n")
}

fn write_passed(out: &mut dyn Write, path: &str) -> io::Result<()> {
    writeln!(out, "    <testcase name=\"{PASSED}\" classname=\"{}\"/>", Xml(path))
}

fn write_finding(out: &mut dyn Write, path: &str, finding: &Finding<'_>) -> io::Result<()> {
    let (rule, start) = (finding.rule, finding.start);
    let place = match &finding.label {
        Some(label) => format!("{}:{}, {label}", start.line, start.column),
        None => format!("{}:{}", start.line, start.column),
    };
    let message = Message(finding).to_string();
    write!(out, "    <testcase name=\"{} at {}\" classname=\"{}\"", Xml(&rule.id), Xml(&place), Xml(path))?;
    writeln!(out, " file=\"{}\" line=\"{}\">", Xml(path), start.line)?;
    let severity = severity(finding.severity);
    write!(out, "      <failure type=\"{severity}\" message=\"{}\">", Xml(&message))?;
    write!(out, "{}:{}: {severity}: ", Xml(path), Xml(&place))?;
    writeln!(out, "{} ({})</failure>\n    </testcase>", Xml(&rule.id), Xml(&rule.family))
}

fn write_trouble(out: &mut dyn Write, path: &str, note: &Note) -> io::Result<()> {
    let (path, text) = (Xml(path), Xml(&note.text));
    writeln!(out, "    <testcase name=\"trouble\" classname=\"{path}\" file=\"{path}\">")?;
    writeln!(out, "      <error type=\"trouble\" message=\"{text}\"/>\n    </testcase>")
}

const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "advice",
    }
}

/// A text inside an element or an attribute. XML forbids most control characters even when they
/// are encoded, so they are shown escaped.
struct Xml<'a>(&'a str);

impl fmt::Display for Xml<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use fmt::Write as _;

        self.0.chars().try_for_each(|c| match c {
            '&' => f.write_str("&amp;"),
            '<' => f.write_str("&lt;"),
            '>' => f.write_str("&gt;"),
            '"' => f.write_str("&quot;"),
            '\'' => f.write_str("&apos;"),
            '\u{fffe}' | '\u{ffff}' => write!(f, "{}", c.escape_unicode()),
            _ if is_harmful(c) => write!(f, "{}", c.escape_debug()),
            _ => f.write_char(c),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{written, written_about_nothing};
    use super::*;

    #[test]
    fn findings_are_failed_tests() {
        insta::assert_snapshot!(written(Junit::default()));
    }

    #[test]
    fn an_empty_run_passes() {
        insta::assert_snapshot!(written_about_nothing(Junit::default()), @r#"
        <?xml version="1.0" encoding="UTF-8"?>
        <testsuites name="amends">
          <testsuite name="amends" tests="1" failures="0" errors="0">
            <testcase name="no faults heard" classname="amends"/>
          </testsuite>
        </testsuites>
        "#);
    }

    #[test]
    fn what_xml_forbids_is_escaped() {
        assert_eq!(
            Xml("<b> & \"q\" 'a' \u{0}\u{1b}\u{ffff} é😀").to_string(),
            r"&lt;b&gt; &amp; &quot;q&quot; &apos;a&apos; \0\u{1b}\u{ffff} é😀"
        );
    }
}
