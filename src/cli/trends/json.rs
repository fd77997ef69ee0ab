//! What repeats, for programs: an envelope with a version.
//!
//! A change that adds a key keeps the version; one that takes a key away or changes its meaning does not.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::Args;
use super::gather::Gathered;
use crate::report::escape::is_harmful;
use crate::trends::{Attribute, Casebook, Finding, Trends};

const VERSION: u32 = 1;

/// Everything that was read and found.
pub(super) fn value(args: &Args, gathered: &Gathered, trends: &Trends) -> Value {
    let casebook = &gathered.casebook;
    let span = casebook.span();
    let tables = if args.by.is_empty() { &Attribute::ALL[..] } else { &args.by[..] };
    let mut value = json!({
        "version": VERSION,
        "tool": { "name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION") },
        "records": casebook.records.len(),
        "from": span.map(|(first, _)| first.to_string()),
        "to": span.map(|(_, last)| last.to_string()),
        "remarks": casebook.remarks,
        "looked-at": trends.looked_at,
        "findings": trends.findings.iter().map(|finding| self::finding(casebook, finding)).collect::<Vec<_>>(),
        "tables": tables.iter().map(|by| (by.name().to_owned(), table(casebook, *by))).collect::<serde_json::Map<_, _>>(),
    });
    if let Some(depositions) = &gathered.depositions {
        let cases = depositions.cases.iter().map(|case| {
            let facts = case.facts.iter().map(|(what, count)| json!({ "what": what, "written": count }));
            json!({
                "scenario": case.scenario,
                "depositions": case.depositions,
                "facts": facts.collect::<Vec<_>>(),
            })
        });
        value["sessions"] = json!({
            "depositions": depositions.sessions,
            "cases": cases.collect::<Vec<_>>(),
            "troubles": depositions.troubles,
        });
    }
    value
}

fn finding(casebook: &Casebook, finding: &Finding) -> Value {
    let parts = finding.parts.iter().map(|part| {
        json!({ "by": part.by, "value": part.value, "role": if part.is_own { "pattern" } else { "mark" } })
    });
    let records = finding.records.iter().map(|(source, line)| {
        let file = casebook.sources.get(*source as usize).map_or("", |source| source.name.as_str());
        json!({ "file": file, "line": line })
    });
    json!({
        "sureness": finding.sureness.name(),
        "title": finding.title,
        "parts": parts.collect::<Vec<_>>(),
        "count": finding.both,
        "of": finding.of,
        "expected": rounded(finding.expected),
        "q": finding.q,
        "says": finding.counts,
        "by-chance": finding.by_chance,
        "marks": finding.marks,
        "words": finding.words,
        "caution": finding.caution,
        "ask": finding.ask,
        "explains": finding.explains,
        "more-records": finding.more,
        "records": records.collect::<Vec<_>>(),
    })
}

fn table(casebook: &Casebook, by: Attribute) -> Value {
    let (counts, missing) = casebook.counts(by);
    let rows = counts.iter().map(|(name, count)| json!({ "value": name, "count": count }));
    json!({ "rows": rows.collect::<Vec<_>>(), "missing": missing })
}

fn rounded(number: f64) -> f64 {
    (number * 100.0).round() / 100.0
}

/// Writes it so that nothing in it can command a terminal.
pub(super) fn write(out: &mut dyn Write, value: &Value) -> io::Result<()> {
    let text = serde_json::to_string_pretty(value)?;
    let is_safe = |c: char| !is_harmful(c) || c == '\n';
    let mut rest = text.as_str();
    while let Some(at) = rest.find(|c| !is_safe(c)) {
        out.write_all(&rest.as_bytes()[..at])?;
        let mut chars = rest[at..].chars();
        if let Some(c) = chars.next() {
            let mut units = [0; 2];
            c.encode_utf16(&mut units).iter().try_for_each(|unit| write!(out, "\\u{unit:04x}"))?;
        }
        rest = chars.as_str();
    }
    writeln!(out, "{rest}")
}
