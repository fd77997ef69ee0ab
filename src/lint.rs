//! From what was heard in a document to findings: order, absence, severity, suppression, baseline.

use crate::lexicon::{Rule, Severity};
use crate::text::{Position, Span};

/// A hit that is reported as a problem.
#[derive(Debug, Clone)]
pub struct Finding<'l> {
    /// The rule behind it.
    pub rule: &'l Rule,
    /// How bad it is here, after the configuration had its say.
    pub severity: Severity,
    /// The bytes of the source file.
    pub span: Span,
    /// Where the span begins in the source file.
    pub start: Position,
    /// Where the span ends: the position after its last character.
    pub end: Position,
    /// The words themselves as the message says them, decoded, on one line.
    /// Empty for an absence, which has no words.
    pub quote: String,
    /// Which record of the file, where it has several.
    pub label: Option<String>,
    /// The same for the same words under the same rule, wherever they stand: 16 hexadecimal digits.
    pub fingerprint: String,
}
