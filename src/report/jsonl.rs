//! JSON Lines: the findings and notes of the JSON format, one a line, as they come; the summary
//! last, so that a reader can tell a whole run from one that was cut short.

use std::io::{self, Write};

use serde::Serialize;

use super::json::{Tool, VERSION, WireFinding, WireNote, WireSummary};
use super::safe_json::write_json;
use super::{FileReport, Report, Summary};
use crate::lexicon::Rule;

#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Line<'a> {
    Finding(WireFinding<'a>),
    Note(WireNote<'a>),
    Summary(Last),
}

#[derive(Serialize)]
struct Last {
    version: u32,
    tool: Tool,
    #[serde(flatten)]
    counts: WireSummary,
}

/// The JSON Lines format.
pub(super) struct JsonLines;

impl Report for JsonLines {
    fn begin(&mut self, _: &mut dyn Write, _: &[Rule]) -> io::Result<()> {
        Ok(())
    }

    fn file(&mut self, out: &mut dyn Write, file: &FileReport<'_>) -> io::Result<()> {
        for finding in file.findings {
            line(out, &Line::Finding(WireFinding::new(file, finding)))?;
        }
        file.notes.iter().try_for_each(|note| line(out, &Line::Note(WireNote::new(file, note))))
    }

    fn end(&mut self, out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
        line(out, &Line::Summary(Last { version: VERSION, tool: Tool::this(), counts: summary.into() }))
    }
}

fn line(out: &mut dyn Write, line: &Line<'_>) -> io::Result<()> {
    write_json(out, line)?;
    out.write_all(b"\n")
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::super::fixture::{written, written_about_nothing};
    use super::*;

    fn lines(text: &str) -> Vec<Value> {
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    #[test]
    fn every_line_says_what_it_is() {
        let text = written(JsonLines);
        let lines = lines(&text);
        let count = |kind: &str| lines.iter().filter(|line| line["type"] == kind).count();
        assert_eq!((count("finding"), count("note"), count("summary")), (10, 2, 1));
        assert_eq!(lines.last().unwrap()["type"], "summary");
        insta::assert_snapshot!(text);
    }

    #[test]
    fn an_empty_run_is_its_summary() {
        let lines = lines(&written_about_nothing(JsonLines));
        assert_eq!(lines.len(), 1);
        assert_eq!(lines[0]["version"], 1);
    }
}
