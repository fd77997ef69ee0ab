//! SARIF 2.1.0, for code scanning and for editors. Only what a reader of our results needs.
//!
//! Results are written as they come. Byte offsets count the bytes of the file.

use std::borrow::Cow;
use std::io::{self, Write};

use rustc_hash::FxHashMap;
use serde::{Serialize, Serializer};

use super::kept_notes::KeptNotes;
use super::safe_json::Elements;
use super::slash_path::Uri;
use super::snippet::slice;
use super::wording::Message as Sentence;
use super::{FileReport, Report, Summary};
use crate::document::Note;
use crate::lexicon::{Kind, Rule, Severity};
use crate::lint::Finding;
use crate::text::Position;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// The longest snippet worth carrying, in bytes.
const SNIPPET: usize = 1_000;

/// The SARIF format.
#[derive(Default)]
pub(super) struct Sarif {
    rules: FxHashMap<String, usize>,
    results: Elements,
    notifications: KeptNotes,
    is_troubled: bool,
}

impl Report for Sarif {
    fn begin(&mut self, out: &mut dyn Write, rules: &[Rule]) -> io::Result<()> {
        write!(out, "{{\"$schema\":\"{SCHEMA}\",\"version\":\"2.1.0\",\"runs\":[{{\"tool\":{{\"driver\":")?;
        write_driver(out, rules.iter().filter(|rule| is_reported(rule)))?;
        for (index, rule) in rules.iter().filter(|rule| is_reported(rule)).enumerate() {
            self.rules.insert(rule.id.clone(), index);
        }
        out.write_all(b"},\"columnKind\":\"unicodeCodePoints\",\"results\":[")
    }

    fn file(&mut self, out: &mut dyn Write, file: &FileReport<'_>) -> io::Result<()> {
        for finding in file.findings {
            let index = self.rules.get(&finding.rule.id).copied();
            self.results.push(out, &Outcome::new(file, finding, index))?;
        }
        self.is_troubled |= file.notes.iter().any(|note| note.is_trouble);
        file.notes.iter().try_for_each(|note| self.notifications.push(&Notification::new(file, note)))
    }

    fn end(&mut self, out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
        self.results.end(out)?;
        let is_successful = !self.is_troubled && summary.unreadable == 0;
        write!(out, "],\"invocations\":[{{\"executionSuccessful\":{is_successful}")?;
        out.write_all(b",\"toolExecutionNotifications\":[")?;
        out.write_all(self.notifications.finish(Notification::closing)?)?;
        out.write_all(b"]}]}]}\n")
    }
}

/// Whether findings of `rule` are possible: moves are praised, not reported.
fn is_reported(rule: &Rule) -> bool {
    rule.kind != Kind::Move
}

fn write_driver<'a>(out: &mut dyn Write, rules: impl Iterator<Item = &'a Rule>) -> io::Result<()> {
    let (name, version) = (env!("CARGO_PKG_NAME"), env!("CARGO_PKG_VERSION"));
    write!(out, "{{\"name\":\"{name}\",\"semanticVersion\":\"{version}\",\"rules\":[")?;
    let mut elements = Elements::default();
    for rule in rules {
        elements.push(out, &Descriptor::from(rule))?;
    }
    elements.end(out)?;
    out.write_all(b"]}")
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor<'a> {
    id: &'a str,
    name: &'a str,
    short_description: Text<'a>,
    full_description: Text<'a>,
    help: Help,
    #[serde(skip_serializing_if = "Option::is_none")]
    help_uri: Option<&'a str>,
    default_configuration: Configuration,
    properties: Properties<'a>,
}

#[derive(Serialize)]
struct Text<'a> {
    text: Cow<'a, str>,
}

#[derive(Serialize)]
struct Help {
    text: String,
    markdown: String,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Properties<'a> {
    tags: [&'a str; 2],
    kind: &'static str,
    family: &'a str,
    /// GitHub sorts its alerts by this one.
    #[serde(rename = "problem.severity")]
    problem_severity: &'static str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome<'a> {
    rule_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'static str,
    message: Shown<'a>,
    locations: [Location<'a>; 1],
    partial_fingerprints: Fingerprints<'a>,
}

/// A message that is put together while it is written.
#[derive(Serialize)]
struct Shown<'a> {
    #[serde(serialize_with = "as_sentence")]
    text: &'a Finding<'a>,
}

#[derive(Serialize)]
/// A new way to make fingerprints gets a new key.
struct Fingerprints<'a> {
    #[serde(rename = "amends/v1")]
    amends: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'a> {
    physical_location: Physical<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Text<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical<'a> {
    artifact_location: Artifact<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    region: Option<Region<'a>>,
}

#[derive(Serialize)]
struct Artifact<'a> {
    #[serde(serialize_with = "as_uri")]
    uri: &'a str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region<'a> {
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
    byte_offset: usize,
    byte_length: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    snippet: Option<Text<'a>>,
}

#[derive(Serialize)]
struct Notification<'a> {
    level: &'static str,
    message: Text<'a>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    locations: Vec<Location<'a>>,
}

impl<'a> From<&'a Rule> for Descriptor<'a> {
    fn from(rule: &'a Rule) -> Self {
        Self {
            id: &rule.id,
            name: &rule.id,
            short_description: Text { text: limited(&rule.why) },
            full_description: Text { text: limited(&rule.why) },
            help: Help::from(rule),
            help_uri: help_uri(&rule.source),
            default_configuration: Configuration { level: level(rule.severity) },
            properties: Properties::from(rule),
        }
    }
}

impl From<&Rule> for Help {
    fn from(rule: &Rule) -> Self {
        let mut help = Self { text: rule.why.clone(), markdown: markdown(&rule.why) };
        if !rule.say.is_empty() {
            help.push("\n\nSay instead:\n", "\n\n**Say instead**\n");
        }
        for say in &rule.say {
            help.push(&format!("\n- {say}"), &format!("\n- {}", markdown(say)));
        }
        if !rule.source.is_empty() {
            let source = &rule.source;
            help.push(&format!("\n\nSource: {source}"), &format!("\n\n**Source**: {}", markdown(source)));
        }
        help
    }
}

impl Help {
    fn push(&mut self, text: &str, markdown: &str) {
        self.text.push_str(text);
        self.markdown.push_str(markdown);
    }
}

impl<'a> From<&'a Rule> for Properties<'a> {
    fn from(rule: &'a Rule) -> Self {
        let kind = match rule.kind {
            Kind::Fault => "fault",
            Kind::Move => "move",
            Kind::Check => "check",
        };
        let problem_severity = match rule.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Advice => "recommendation",
        };
        Self { tags: [&rule.family, kind], kind, family: &rule.family, problem_severity }
    }
}

impl<'a> Outcome<'a> {
    fn new(file: &FileReport<'a>, finding: &'a Finding<'a>, rule_index: Option<usize>) -> Self {
        let label = finding.label.as_deref();
        Self {
            rule_id: &finding.rule.id,
            rule_index,
            level: level(finding.severity),
            message: Shown { text: finding },
            locations: [Location {
                physical_location: Physical {
                    artifact_location: Artifact { uri: file.path },
                    region: Some(Region::of(file, finding)),
                },
                message: label.map(|label| Text { text: Cow::Borrowed(label) }),
            }],
            partial_fingerprints: Fingerprints { amends: &finding.fingerprint },
        }
    }
}

impl<'a> Region<'a> {
    fn of(file: &FileReport<'a>, finding: &Finding<'_>) -> Self {
        let words = slice(file.source, finding.span);
        let is_shown = !words.is_empty() && words.len() <= SNIPPET;
        let [start, end] = [finding.span.start, finding.span.end].map(|at| file.file_offset(at));
        Self {
            start_line: finding.start.line,
            start_column: finding.start.column,
            end_line: finding.end.line,
            end_column: finding.end.column,
            byte_offset: start,
            byte_length: end - start,
            snippet: is_shown.then_some(Text { text: Cow::Borrowed(words) }),
        }
    }

    const fn at(position: Position, byte_offset: usize) -> Self {
        Self {
            start_line: position.line,
            start_column: position.column,
            end_line: position.line,
            end_column: position.column,
            byte_offset,
            byte_length: 0,
            snippet: None,
        }
    }
}

impl<'a> Notification<'a> {
    fn new(file: &FileReport<'a>, note: &'a Note) -> Self {
        let region = note.offset.map(|offset| Region::at(file.position(offset), file.file_offset(offset)));
        let physical_location = Physical { artifact_location: Artifact { uri: file.path }, region };
        Self {
            level: if note.is_trouble { "error" } else { "note" },
            message: Text { text: Cow::Borrowed(&note.text) },
            locations: vec![Location { physical_location, message: None }],
        }
    }

    fn closing(sentence: String) -> Self {
        Self { level: "note", message: Text { text: Cow::Owned(sentence) }, locations: Vec::new() }
    }
}

const fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "note",
    }
}

/// The source of a rule where it is an address; most are a document's name.
fn help_uri(source: &str) -> Option<&str> {
    let is_address = source.starts_with("https://") || source.starts_with("http://");
    let is_clean = source.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"<>\\^`{|}".contains(&byte));
    (is_address && is_clean).then_some(source)
}

/// `text` as Markdown that shows it as it is: a wording may hold `<name>` or `[order]`.
fn markdown(text: &str) -> String {
    let mut markdown = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(c, '<' | '[' | '*' | '_' | '`' | '\\' | '&') {
            markdown.push('\\');
        }
        markdown.push(c);
    }
    markdown
}

/// Code scanning takes descriptions of up to 1024 characters.
fn limited(text: &str) -> Cow<'_, str> {
    const CHARS: usize = 1_024;
    match text.char_indices().nth(CHARS - 1) {
        Some((end, c)) if end + c.len_utf8() < text.len() => Cow::Owned(format!("{}…", &text[..end])),
        _ => Cow::Borrowed(text),
    }
}

fn as_sentence<S: Serializer>(finding: &&Finding<'_>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&Sentence(finding))
}

fn as_uri<S: Serializer>(path: &&str, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&Uri(path))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::fixture::{Sample, written, written_about, written_about_nothing};
    use super::*;

    fn run(text: &str) -> Value {
        let log: Value = serde_json::from_str(text).unwrap();
        assert_eq!(log["version"], "2.1.0");
        assert_eq!(log["$schema"], SCHEMA);
        log["runs"][0].clone()
    }

    #[test]
    fn the_log_stays_as_it_is() {
        let text = written(Sarif::default());
        insta::assert_snapshot!(text);
    }

    #[test]
    fn every_result_has_what_code_scanning_asks_for() {
        let run = run(&written(Sarif::default()));
        let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
        assert_eq!(run["columnKind"], "unicodeCodePoints");
        for result in run["results"].as_array().unwrap() {
            let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
            assert_eq!(rules[index]["id"], result["ruleId"]);
            assert!(!result["message"]["text"].as_str().unwrap().is_empty());
            assert!(result["partialFingerprints"]["amends/v1"].is_string());
            let region = &result["locations"][0]["physicalLocation"]["region"];
            for key in ["startLine", "startColumn", "endLine", "endColumn"] {
                assert!(region[key].as_u64().unwrap() >= 1, "{key}");
            }
        }
    }

    #[test]
    fn every_rule_can_be_explained() {
        let run = run(&written(Sarif::default()));
        let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
        assert!(rules.iter().all(|rule| rule["properties"]["kind"] != "move"));
        for rule in rules {
            for key in ["shortDescription", "fullDescription", "help"] {
                assert!(!rule[key]["text"].as_str().unwrap().is_empty(), "{key}");
            }
        }
        assert_eq!(rules[0]["helpUri"], "https://example.org/never-say-policy");
        assert!(rules[1].get("helpUri").is_none());
    }

    #[test]
    fn trouble_makes_the_run_a_failure() {
        let sample = || Sample::new("a.txt", "");
        let successful = |samples: &[Sample]| {
            let run = run(&written_about(Sarif::default(), samples, &Summary::default()));
            run["invocations"][0]["executionSuccessful"].clone()
        };
        let mut troubled = sample();
        troubled.notes.push(Note { offset: None, text: "No.".to_owned(), is_trouble: true });
        assert_eq!(successful(&[sample()]), true);
        assert_eq!(successful(&[troubled]), false);
    }

    #[test]
    fn an_empty_run_has_results() {
        let run = run(&written_about_nothing(Sarif::default()));
        assert_eq!(run["results"], json!([]));
        assert_eq!(run["invocations"][0]["executionSuccessful"], true);
    }

    #[test]
    fn a_description_fits_code_scanning() {
        assert_eq!(limited("short"), "short");
        assert_eq!(limited(&"é".repeat(1_024)).chars().count(), 1_024);
        assert_eq!(limited(&"é".repeat(1_025)).chars().count(), 1_024);
    }

    #[test]
    fn a_wording_is_shown_as_it_is() {
        assert_eq!(markdown("Hello <name>, *[order]* \\ a_b"), r"Hello \<name>, \*\[order]\* \\ a\_b");
    }

    #[test]
    fn only_an_address_is_a_help_uri() {
        assert_eq!(help_uri("A study, 2016"), None);
        assert_eq!(help_uri("https://example.org/a b"), None);
        assert_eq!(help_uri("https://example.org/a"), Some("https://example.org/a"));
    }
}
