//! The diagnostic format of reviewdog, which comments on pull requests of many code hosts.
//!
//! Its columns count the bytes of a line, from 1. It offers replacements as well, which are left
//! out: a wording has to be chosen by a person.

use std::io::{self, Write};

use serde::{Serialize, Serializer};

use super::safe_json::Elements;
use super::slash_path::slash_path;
use super::wording::Message;
use super::{FileReport, Report, Summary};
use crate::lexicon::{Rule, Severity};
use crate::lint::Finding;

#[derive(Serialize)]
struct Diagnostic<'a> {
    #[serde(serialize_with = "as_message")]
    message: &'a Finding<'a>,
    location: Location<'a>,
    severity: &'static str,
    code: Code<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    range: Range,
}

#[derive(Serialize)]
struct Range {
    start: Place,
    end: Place,
}

#[derive(Serialize)]
struct Place {
    line: usize,
    column: usize,
}

#[derive(Serialize)]
struct Code<'a> {
    value: &'a str,
}

/// The format of reviewdog.
#[derive(Default)]
pub(super) struct Rdjson {
    diagnostics: Elements,
}

impl Report for Rdjson {
    fn begin(&mut self, out: &mut dyn Write, _: &[Rule]) -> io::Result<()> {
        out.write_all(b"{\"source\":{\"name\":\"amends\"},\"diagnostics\":[")
    }

    fn file(&mut self, out: &mut dyn Write, file: &FileReport<'_>) -> io::Result<()> {
        let path = slash_path(file.path);
        for finding in file.findings {
            let diagnostic = Diagnostic {
                message: finding,
                location: Location { path: &path, range: range(file, finding) },
                severity: severity(finding.severity),
                code: Code { value: &finding.rule.id },
            };
            self.diagnostics.push(out, &diagnostic)?;
        }
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write, _: &Summary) -> io::Result<()> {
        self.diagnostics.end(out)?;
        out.write_all(b"]}\n")
    }
}

fn range(file: &FileReport<'_>, finding: &Finding<'_>) -> Range {
    let place = |line, offset| {
        let start = file.lines.line_span(file.source, offset).start;
        Place { line, column: offset - start + 1 }
    };
    Range {
        start: place(finding.start.line, finding.span.start),
        end: place(finding.end.line, finding.span.end),
    }
}

const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "ERROR",
        Severity::Warning => "WARNING",
        Severity::Advice => "INFO",
    }
}

fn as_message<S: Serializer>(finding: &&Finding<'_>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&Message(finding))
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::super::fixture::{Sample, written, written_about, written_about_nothing};
    use super::*;

    #[test]
    fn diagnostics_stay_as_they_are() {
        insta::assert_snapshot!(written(Rdjson::default()));
    }

    #[test]
    fn columns_count_bytes() {
        let sample = Sample::new("a.txt", "ok\n退 our policy\n").hears("our-policy", "our policy");
        let text = written_about(Rdjson::default(), &[sample], &Summary::default());
        let json: Value = serde_json::from_str(&text).unwrap();
        let range = &json["diagnostics"][0]["location"]["range"];
        assert_eq!(range["start"], serde_json::json!({"line": 2, "column": 5}));
        assert_eq!(range["end"], serde_json::json!({"line": 2, "column": 15}));
    }

    #[test]
    fn an_empty_run_has_no_diagnostics() {
        let json: Value = serde_json::from_str(&written_about_nothing(Rdjson::default())).unwrap();
        assert_eq!(json["diagnostics"], serde_json::json!([]));
    }
}
