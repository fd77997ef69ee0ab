//! A GitLab code quality report: one JSON array of issues.

use std::io::{self, Write};

use rustc_hash::FxHashMap;
use serde::{Serialize, Serializer};

use super::safe_json::Elements;
use super::slash_path::slash_path;
use super::wording::Message;
use super::{FileReport, Report, Summary};
use crate::lexicon::{Rule, Severity};
use crate::lint::Finding;
use crate::text::fnv_1a;

#[derive(Serialize)]
struct Issue<'a> {
    #[serde(serialize_with = "as_message")]
    description: &'a Finding<'a>,
    check_name: &'a str,
    fingerprint: String,
    severity: &'static str,
    location: Location<'a>,
}

#[derive(Serialize)]
struct Location<'a> {
    path: &'a str,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
    end: usize,
}

/// The GitLab format.
#[derive(Default)]
pub(super) struct Gitlab {
    issues: Elements,
}

impl Report for Gitlab {
    fn begin(&mut self, out: &mut dyn Write, _: &[Rule]) -> io::Result<()> {
        out.write_all(b"[")
    }

    fn file(&mut self, out: &mut dyn Write, file: &FileReport<'_>) -> io::Result<()> {
        let path = slash_path(file.path);
        let mut seen = FxHashMap::default();
        for finding in file.findings {
            let identity = (finding.label.as_deref(), finding.fingerprint.as_str());
            let earlier: &mut usize = seen.entry(identity).or_default();
            let issue = Issue {
                description: finding,
                check_name: &finding.rule.id,
                fingerprint: fingerprint(&path, finding, *earlier),
                severity: severity(finding.severity),
                location: Location {
                    path: &path,
                    lines: Lines { begin: finding.start.line, end: finding.end.line },
                },
            };
            self.issues.push(out, &issue)?;
            *earlier += 1;
        }
        Ok(())
    }

    fn end(&mut self, out: &mut dyn Write, _: &Summary) -> io::Result<()> {
        self.issues.end(out)?;
        out.write_all(b"]\n")
    }
}

const fn severity(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "major",
        Severity::Warning => "minor",
        Severity::Advice => "info",
    }
}

/// GitLab shows only one of several issues with the same fingerprint. Ours is the same for the
/// same words anywhere, so the file, the record and how often the words came before are added; a
/// line number is not, so that an old issue stays old when text above it grows.
fn fingerprint(path: &str, finding: &Finding<'_>, earlier: usize) -> String {
    let label = finding.label.as_deref().unwrap_or_default();
    let place = [path, "\0", label].into_iter().flat_map(str::bytes);
    format!("{}{:016x}{earlier:x}", finding.fingerprint, fnv_1a(place))
}

fn as_message<S: Serializer>(finding: &&Finding<'_>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&Message(finding))
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::super::fixture::{written, written_about_nothing};
    use super::*;

    #[test]
    fn issues_stay_as_they_are() {
        insta::assert_snapshot!(written(Gitlab::default()));
    }

    #[test]
    fn no_two_issues_share_a_fingerprint() {
        let issues: Vec<Value> = serde_json::from_str(&written(Gitlab::default())).unwrap();
        let fingerprints: std::collections::BTreeSet<_> =
            issues.iter().map(|issue| issue["fingerprint"].as_str().unwrap()).collect();
        assert_eq!((issues.len(), fingerprints.len()), (10, 10));
    }

    #[test]
    fn an_empty_run_is_an_empty_array() {
        assert_eq!(written_about_nothing(Gitlab::default()), "[]\n");
    }
}
