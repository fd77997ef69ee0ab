//! One JSON object for the whole run: an envelope with a version, written as the findings come.
//!
//! Lines and columns start at 1 and count characters; offsets start at 0 and count bytes of the
//! file, whatever its encoding. An end is the place after the last character. Keys may be added; none goes or
//! changes its meaning without a new version.

use std::io::{self, Write};

use serde::Serialize;

use super::kept_notes::KeptNotes;
use super::safe_json::{Elements, write_json};
use super::{FileReport, Report, Summary, wording};
use crate::document::Note;
use crate::lexicon::{Rule, Severity};
use crate::lint::Finding;
use crate::text::Position;

/// The version of the envelope, of its lines as JSON Lines, and of the statistics.
pub(super) const VERSION: u32 = 1;

/// Who wrote the report.
#[derive(Serialize)]
pub(super) struct Tool {
    name: &'static str,
    version: &'static str,
}

impl Tool {
    pub(super) const fn this() -> Self {
        Self { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") }
    }
}

/// A finding, as programs read it.
#[derive(Serialize)]
pub(super) struct WireFinding<'a> {
    path: &'a str,
    label: Option<&'a str>,
    start: WirePlace,
    end: WirePlace,
    rule: &'a str,
    family: &'a str,
    severity: &'static str,
    quote: &'a str,
    why: &'a str,
    say: &'a [String],
    fingerprint: &'a str,
}

/// A remark about a file, as programs read it.
#[derive(Serialize)]
pub(super) struct WireNote<'a> {
    path: Option<&'a str>,
    start: Option<WirePlace>,
    text: &'a str,
    trouble: bool,
}

#[derive(Serialize)]
struct WirePlace {
    line: usize,
    column: usize,
    offset: usize,
}

/// The counts of a run, as programs read them.
#[derive(Serialize)]
pub(super) struct WireSummary {
    files: usize,
    unreadable: usize,
    files_with_findings: usize,
    findings: usize,
    errors: usize,
    warnings: usize,
    advice: usize,
    suppressed: usize,
    known: usize,
}

/// The JSON format.
#[derive(Default)]
pub(super) struct Json {
    findings: Elements,
    notes: KeptNotes,
}

impl Report for Json {
    fn begin(&mut self, out: &mut dyn Write, _: &[Rule]) -> io::Result<()> {
        write!(out, "{{\"version\":{VERSION},\"tool\":")?;
        write_json(out, &Tool::this())?;
        out.write_all(b",\"findings\":[")
    }

    fn file(&mut self, out: &mut dyn Write, file: &FileReport<'_>) -> io::Result<()> {
        for finding in file.findings {
            self.findings.push(out, &WireFinding::new(file, finding))?;
        }
        file.notes.iter().try_for_each(|note| self.notes.push(&WireNote::new(file, note)))
    }

    fn end(&mut self, out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
        self.findings.end(out)?;
        out.write_all(b"],\"notes\":[")?;
        out.write_all(self.notes.finish(left_out)?)?;
        out.write_all(b"],\"summary\":")?;
        write_json(out, &WireSummary::from(summary))?;
        out.write_all(b"}\n")
    }
}

#[derive(Serialize)]
struct LeftOut {
    path: Option<&'static str>,
    start: Option<WirePlace>,
    text: String,
    trouble: bool,
}

fn left_out(text: String) -> LeftOut {
    LeftOut { path: None, start: None, text, trouble: false }
}

impl<'a> WireFinding<'a> {
    pub(super) fn new(file: &FileReport<'a>, finding: &'a Finding<'a>) -> Self {
        let rule = finding.rule;
        Self {
            path: file.path,
            label: finding.label.as_deref(),
            start: WirePlace::new(finding.start, file.file_offset(finding.span.start)),
            end: WirePlace::new(finding.end, file.file_offset(finding.span.end)),
            rule: &rule.id,
            family: &rule.family,
            severity: severity(finding.severity),
            quote: &finding.quote,
            why: &rule.why,
            say: &rule.say,
            fingerprint: &finding.fingerprint,
        }
    }
}

impl<'a> WireNote<'a> {
    pub(super) fn new(file: &FileReport<'a>, note: &'a Note) -> Self {
        let start = note.offset.map(|offset| WirePlace::new(file.position(offset), file.file_offset(offset)));
        Self { path: Some(file.path), start, text: &note.text, trouble: note.is_trouble }
    }
}

impl WirePlace {
    const fn new(position: Position, offset: usize) -> Self {
        Self { line: position.line, column: position.column, offset }
    }
}

impl From<&Summary> for WireSummary {
    fn from(summary: &Summary) -> Self {
        Self {
            files: summary.files,
            unreadable: summary.unreadable,
            files_with_findings: summary.files_with_findings,
            findings: wording::findings(summary),
            errors: summary.errors,
            warnings: summary.warnings,
            advice: summary.advice,
            suppressed: summary.suppressed,
            known: summary.known,
        }
    }
}

/// How the JSON formats name a severity.
pub(super) const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "advice",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use crate::document::Origin;
    use crate::text::Lines;

    use super::super::fixture::{samples, written, written_about_nothing};
    use super::*;

    #[test]
    fn the_envelope_stays_as_it_is() {
        insta::assert_snapshot!(written(Json::default()));
    }

    #[test]
    fn offsets_lead_to_the_words() {
        let json: Value = serde_json::from_str(&written(Json::default())).unwrap();
        let samples = samples();
        for finding in json["findings"].as_array().unwrap() {
            let sample = samples.iter().find(|sample| sample.path == finding["path"]).unwrap();
            let offset = |place: &str| usize::try_from(finding[place]["offset"].as_u64().unwrap()).unwrap();
            let words = &sample.source[offset("start")..offset("end")];
            assert!(sample.heard.iter().any(|heard| heard.words() == words), "{words:?}");
        }
    }

    #[test]
    fn a_part_of_a_file_counts_from_the_beginning_of_the_file() {
        let note = Note { offset: Some(1), text: String::new(), is_trouble: false };
        let (source, findings, notes) = ("é", [], [note]);
        let lines = Lines::starting_at(source, 7);
        let origin = &Origin::at(40);
        let file =
            FileReport { path: "a", source, origin, lines: &lines, findings: &findings, notes: &notes };
        let json = serde_json::to_value(WireNote::new(&file, &notes[0])).unwrap();
        assert_eq!(json["start"], serde_json::json!({"line": 7, "column": 1, "offset": 41}));
    }

    #[test]
    fn an_empty_run_is_an_envelope_too() {
        let json: Value = serde_json::from_str(&written_about_nothing(Json::default())).unwrap();
        assert_eq!(json["findings"], serde_json::json!([]));
        assert_eq!(json["notes"], serde_json::json!([]));
        assert_eq!(json["summary"]["files"], 14);
    }
}
