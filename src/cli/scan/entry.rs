//! What is written for a record: one JSON object a line, put together in memory that is kept.

use serde_json::json;

use super::record::{Record, Value};
use crate::lexicon::{Kind, Lexicon, Severity};
use crate::matcher::Hit;
use crate::text::Block;

/// Writes entries.
pub(super) struct Entries {
    line: Vec<u8>,
    findings: Vec<u8>,
    /// For each rule, how a hit of it begins.
    hits: Vec<String>,
    /// For each rule and severity, how a finding of it begins.
    reports: Vec<[String; 3]>,
}

impl Entries {
    pub(super) fn new(lexicon: &Lexicon) -> Self {
        let kind = |kind: Kind| match kind {
            Kind::Fault => "fault",
            Kind::Move => "move",
            Kind::Check => "check",
        };
        let (mut hits, mut reports) = (Vec::new(), Vec::new());
        for rule in &lexicon.rules {
            let (id, family) = (json!(rule.id), json!(rule.family));
            hits.push(format!("{{\"rule\":{id},\"family\":{family},\"kind\":\"{}\"", kind(rule.kind)));
            let severities = [Severity::Advice, Severity::Warning, Severity::Error];
            reports.push(
                severities.map(|severity| {
                    format!("{{\"rule\":{id},\"family\":{family},\"severity\":\"{severity}\"")
                }),
            );
        }
        Self { line: Vec::new(), findings: Vec::new(), hits, reports }
    }

    pub(super) fn begin(&mut self, record: &Record<'_>) {
        self.line.clear();
        self.findings.clear();
        self.line.extend_from_slice(b"{\"id\":");
        value(&mut self.line, record.id);
        if let Some(conversation) = record.conversation {
            self.line.extend_from_slice(b",\"conversation\":");
            value(&mut self.line, conversation);
        }
        self.line.extend_from_slice(b",\"hits\":[");
    }

    pub(super) fn hits(&mut self, blocks: &[Block<'_>], hits: &[Hit]) {
        for hit in hits {
            part(&mut self.line, &self.hits[hit.rule as usize], blocks, hit);
        }
    }

    pub(super) fn finding(&mut self, blocks: &[Block<'_>], rule: u32, severity: Severity, hit: &Hit) {
        let begin = &self.reports[rule as usize][severity as usize];
        part(&mut self.findings, begin, blocks, hit);
    }

    /// The whole line.
    pub(super) fn end(&mut self) -> &[u8] {
        self.line.extend_from_slice(b"],\"findings\":[");
        self.line.extend_from_slice(&self.findings);
        self.line.extend_from_slice(b"]}\n");
        &self.line
    }
}

fn part(line: &mut Vec<u8>, begin: &str, blocks: &[Block<'_>], hit: &Hit) {
    if matches!(line.last(), Some(b'}')) {
        line.push(b',');
    }
    let span = blocks[hit.block as usize].source_span(hit.span);
    line.extend_from_slice(begin.as_bytes());
    line.extend_from_slice(b",\"start\":");
    number(line, span.start as u64);
    line.extend_from_slice(b",\"end\":");
    number(line, span.end as u64);
    line.push(b'}');
}

fn value(line: &mut Vec<u8>, value: Value<'_>) {
    match value {
        Value::Json(json) => line.extend_from_slice(json.as_bytes()),
        Value::Cell(text) => line.extend_from_slice(json!(text).to_string().as_bytes()),
        Value::Number(value) => number(line, value),
    }
}

fn number(line: &mut Vec<u8>, mut number: u64) {
    let mut digits = [b'0'; 20];
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            break;
        }
    }
    line.extend_from_slice(&digits[at..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_out() {
        for wanted in [0, 7, 10, 4_096, u64::MAX] {
            let mut line = Vec::new();
            number(&mut line, wanted);
            assert_eq!(line, wanted.to_string().as_bytes());
        }
    }
}
