//! The counts by rule and by family as JSON.

use std::io::{self, Write};

use serde::Serialize;

use super::json::{self, Tool, VERSION};
use super::safe_json::write_json;
use super::statistics::{Count, Counts};
use super::{FileReport, Report, Summary};
use crate::lexicon::Rule;

#[derive(Serialize)]
struct Envelope<'a> {
    version: u32,
    tool: Tool,
    rules: Vec<WireRule<'a>>,
    families: Vec<WireFamily<'a>>,
    summary: json::WireSummary,
}

#[derive(Serialize)]
struct WireRule<'a> {
    rule: &'a str,
    family: &'a str,
    severity: &'static str,
    findings: usize,
    files: usize,
}

#[derive(Serialize)]
struct WireFamily<'a> {
    family: &'a str,
    severity: &'static str,
    findings: usize,
    files: usize,
}

/// The statistics of a run as one JSON object.
#[derive(Default)]
pub(super) struct StatisticsJson {
    counts: Counts,
}

impl Report for StatisticsJson {
    fn begin(&mut self, _: &mut dyn Write, _: &[Rule]) -> io::Result<()> {
        Ok(())
    }

    fn file(&mut self, _: &mut dyn Write, file: &FileReport<'_>) -> io::Result<()> {
        self.counts.add(file);
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
        let envelope = Envelope {
            version: VERSION,
            tool: Tool::this(),
            rules: self.counts.rules().into_iter().map(WireRule::from).collect(),
            families: self.counts.families().into_iter().map(WireFamily::from).collect(),
            summary: summary.into(),
        };
        write_json(out, &envelope)?;
        out.write_all(b"\n")
    }
}

impl<'a> From<&'a Count> for WireRule<'a> {
    fn from(count: &'a Count) -> Self {
        Self {
            rule: &count.name,
            family: &count.family,
            severity: json::severity(count.severity),
            findings: count.findings,
            files: count.files,
        }
    }
}

impl<'a> From<&'a Count> for WireFamily<'a> {
    fn from(count: &'a Count) -> Self {
        Self {
            family: &count.name,
            severity: json::severity(count.severity),
            findings: count.findings,
            files: count.files,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{written, written_about_nothing};
    use super::*;

    #[test]
    fn counts_are_an_envelope_of_their_own() {
        let text = written(StatisticsJson::default());
        let json: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(json["version"], 1);
        assert_eq!(json["rules"][0]["rule"], "our-policy");
        assert_eq!(json["rules"][0]["files"], 5);
        insta::assert_snapshot!(text);
    }

    #[test]
    fn an_empty_run_is_an_envelope_too() {
        let json: serde_json::Value =
            serde_json::from_str(&written_about_nothing(StatisticsJson::default())).unwrap();
        assert_eq!(json["rules"], serde_json::json!([]));
        assert_eq!(json["summary"]["files"], 14);
    }
}
