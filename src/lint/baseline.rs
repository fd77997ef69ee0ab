//! A baseline: findings that were there when a house began to lint. They are kept quiet, so that
//! old texts can be mended over time while new ones are held to the rules.
//!
//! A finding is known by its rule and its sentence, not by its place: text that moves wakes
//! nothing, and a sentence that changes does.

use std::collections::BTreeMap;
use std::io::{self, Write};

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::Finding;

const FORMAT: &str = "amends-baseline";
const VERSION: u64 = 1;

/// Why a file cannot be used as a baseline.
#[derive(Debug, Error)]
pub enum BaselineError {
    /// It is no JSON, or JSON of something else.
    #[error("this is not a baseline of amends; write one with --write-baseline")]
    Foreign,
    /// It was a baseline once.
    #[error("this baseline is broken in line {0}; write it anew with --write-baseline, into another file")]
    Broken(usize),
    /// It was written by a later amends.
    #[error(
        "this baseline has the version {0}, and this amends knows {VERSION}; use a newer amends or write it anew"
    )]
    Newer(u64),
}

#[derive(Deserialize)]
struct Head {
    format: Option<String>,
    version: Option<u64>,
}

#[derive(Deserialize)]
struct Body {
    findings: Vec<Entry>,
}

/// One line of the file. Path and quote are for people who read it.
#[derive(Serialize, Deserialize)]
struct Entry {
    path: String,
    rule: String,
    fingerprint: String,
    count: usize,
    quote: String,
}

/// The findings that are known, each as often as it was there.
#[derive(Debug, Clone, Default)]
pub struct Baseline(FxHashMap<String, usize>);

impl Baseline {
    /// Reads what [`Record::write`] wrote.
    ///
    /// # Errors
    /// When the text is something else, or from a later version.
    pub fn read(text: &[u8]) -> Result<Self, BaselineError> {
        let is_ours = memchr::memmem::find(text, FORMAT.as_bytes()).is_some();
        let broken = |error: serde_json::Error| match is_ours {
            true => BaselineError::Broken(error.line()),
            false => BaselineError::Foreign,
        };
        let head: Head = serde_json::from_slice(text).map_err(broken)?;
        match (head.format.as_deref(), head.version) {
            (Some(FORMAT), Some(VERSION)) => {}
            (Some(FORMAT), Some(version)) if version > VERSION => return Err(BaselineError::Newer(version)),
            _ => return Err(BaselineError::Foreign),
        }
        let body: Body = serde_json::from_slice(text).map_err(broken)?;
        let mut known = FxHashMap::default();
        for entry in body.findings {
            *known.entry(entry.fingerprint).or_default() += entry.count;
        }
        Ok(Self(known))
    }

    /// Whether the finding is one of those that are known. Each is known as often as it was there:
    /// where two were and three are, the last is new.
    pub fn takes(&mut self, finding: &Finding<'_>) -> bool {
        match self.0.get_mut(&finding.fingerprint) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        }
    }
}

/// The findings of a run, to be written as a baseline.
#[derive(Debug, Default)]
pub struct Record(BTreeMap<(String, String, String), (usize, String)>);

impl Record {
    /// Adds a finding in the file at `path`.
    pub fn add(&mut self, path: &str, finding: &Finding<'_>) {
        let path = path.strip_prefix("./").unwrap_or(path).replace('\\', "/");
        let key = (path, finding.rule.id.clone(), finding.fingerprint.clone());
        self.0.entry(key).or_insert_with(|| (0, finding.quote.clone())).0 += 1;
    }

    /// How many findings there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.values().map(|(count, _)| count).sum()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Writes the baseline: sorted, and one finding a line, so that a review shows what changed.
    ///
    /// # Errors
    /// When `out` cannot be written to.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        write!(out, "{{\n  \"format\": \"{FORMAT}\",\n  \"version\": {VERSION},\n  \"findings\": [")?;
        for (at, ((path, rule, fingerprint), (count, quote))) in self.0.iter().enumerate() {
            out.write_all(if at == 0 { b"\n    " } else { b",\n    " })?;
            let entry = Entry {
                path: path.clone(),
                rule: rule.clone(),
                fingerprint: fingerprint.clone(),
                count: *count,
                quote: quote.clone(),
            };
            serde_json::to_writer(&mut *out, &entry)?;
        }
        out.write_all(if self.is_empty() { b"]\n}\n" } else { b"\n  ]\n}\n" })
    }
}
