//! The sentences that several formats share.

use std::fmt;

use super::Summary;
use super::escape::escaped;
use crate::lint::Finding;
use crate::wording::{counted, listed};

/// The counts of a run as one or more sentences for a person.
///
/// ```
/// use amends::report::{Summary, summary_sentence};
/// let summary = Summary { files: 14, files_with_findings: 2, errors: 3, advice: 1, ..Summary::default() };
/// assert_eq!(summary_sentence(&summary), "3 errors and 1 piece of advice in 2 of 14 files.");
/// ```
#[must_use]
pub fn summary_sentence(summary: &Summary) -> String {
    summary_sentences(summary).join(" ")
}

/// The same, each sentence by itself.
pub(super) fn summary_sentences(summary: &Summary) -> Vec<String> {
    let first = match (summary.files, findings(summary)) {
        (0, 0) => "No files were read.".to_owned(),
        (files, 0) => format!("No faults heard in {}.", counted(files, "file", "files")),
        _ => format!("{} in {}.", listed(&severities(summary), "and"), place(summary)),
    };
    let mut sentences = vec![first];
    let uncounted = uncounted(summary);
    if !uncounted.is_empty() {
        sentences.push(format!("Not counted: {}.", listed(&uncounted, "and")));
    }
    if summary.unreadable > 0 {
        let files = counted(summary.unreadable, "file", "files");
        sentences.push(format!("{files} could not be read."));
    }
    sentences
}

/// How many findings a run has.
pub(super) const fn findings(summary: &Summary) -> usize {
    summary.errors + summary.warnings + summary.advice
}

fn severities(summary: &Summary) -> Vec<String> {
    let kinds = [
        (summary.errors, "error", "errors"),
        (summary.warnings, "warning", "warnings"),
        (summary.advice, "piece of advice", "pieces of advice"),
    ];
    let heard = kinds.into_iter().filter(|&(count, ..)| count > 0);
    heard.map(|(count, one, many)| counted(count, one, many)).collect()
}

fn uncounted(summary: &Summary) -> Vec<String> {
    let kinds = [(summary.suppressed, "silenced by amends:allow"), (summary.known, "known to the baseline")];
    let there = kinds.into_iter().filter(|&(count, _)| count > 0);
    there.map(|(count, why)| format!("{count} {why}")).collect()
}

fn place(summary: &Summary) -> String {
    let files = counted(summary.files, "file", "files");
    if summary.files_with_findings < summary.files {
        format!("{} of {files}", summary.files_with_findings)
    } else {
        files
    }
}

/// A finding in one line, for formats that have no room for more: the words, why, what to say.
pub(super) struct Message<'a>(pub(super) &'a Finding<'a>);

impl fmt::Display for Message<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let finding = self.0;
        if !finding.quote.is_empty() {
            write!(f, "\"{}\": ", Shortened(&finding.quote))?;
        }
        write!(f, "{}", escaped(&finding.rule.why))?;
        for (at, say) in finding.rule.say.iter().take(SAYS).enumerate() {
            f.write_str(if at == 0 { " Say instead: " } else { " Or: " })?;
            write!(f, "\"{}\"", escaped(say))?;
        }
        Ok(())
    }
}

/// How many of a rule's wordings are shown beside a finding.
pub(super) const SAYS: usize = 2;

/// A quote that is cut where it would crowd out the rest of its line.
pub(super) struct Shortened<'a>(pub(super) &'a str);

impl fmt::Display for Shortened<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const CHARS: usize = 80;
        match self.0.char_indices().nth(CHARS - 1) {
            Some((end, _)) => write!(f, "{}…", escaped(self.0[..end].trim_end())),
            None => write!(f, "{}", escaped(self.0)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn summary() -> Summary {
        Summary { files: 14, ..Summary::default() }
    }

    #[test]
    fn counts_read_like_a_sentence() {
        let several = Summary { errors: 3, warnings: 1, advice: 2, files_with_findings: 2, ..summary() };
        assert_eq!(
            summary_sentence(&several),
            "3 errors, 1 warning and 2 pieces of advice in 2 of 14 files."
        );
        let one = Summary { files: 1, warnings: 1, files_with_findings: 1, ..summary() };
        assert_eq!(summary_sentence(&one), "1 warning in 1 file.");
    }

    #[test]
    fn a_clean_run_says_so() {
        assert_eq!(summary_sentence(&summary()), "No faults heard in 14 files.");
        assert_eq!(summary_sentence(&Summary { files: 1, ..summary() }), "No faults heard in 1 file.");
        assert_eq!(summary_sentence(&Summary::default()), "No files were read.");
    }

    #[test]
    fn what_was_left_out_is_told() {
        let quiet = Summary { suppressed: 4, known: 7, unreadable: 1, ..summary() };
        assert_eq!(
            summary_sentence(&quiet),
            "No faults heard in 14 files. Not counted: 4 silenced by amends:allow and \
             7 known to the baseline. 1 file could not be read."
        );
    }

    #[test]
    fn a_long_quote_is_cut() {
        let quote = "Please note it. ".repeat(10);
        let shown = Shortened(&quote).to_string();
        assert_eq!(shown.chars().count(), 80);
        assert!(shown.ends_with("Please note it.…"), "{shown}");
    }
}
