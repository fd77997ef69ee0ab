//! Counts by rule and by family: what a house gets wrong most often, before anyone reads line by
//! line.

use std::io::{self, Write};

use rustc_hash::FxHashMap;

use super::escape::push_escaped;
use super::palette::Palette;
use super::text::{push_note, push_summary, severity_name};
use super::{FileReport, Report, Summary};
use crate::lexicon::{Rule, Severity};
use crate::lint::Finding;

/// What was counted under one name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Count {
    /// A rule's id, or a family's name.
    pub(super) name: String,
    /// The family of a rule; for a family, its own name.
    pub(super) family: String,
    /// The worst severity among the findings.
    pub(super) severity: Severity,
    /// How many findings.
    pub(super) findings: usize,
    /// In how many files.
    pub(super) files: usize,
    last_file: usize,
}

/// Counts of a run so far. Grows with the number of rules, not of findings.
#[derive(Debug, Default)]
pub(super) struct Counts {
    rules: FxHashMap<String, Count>,
    families: FxHashMap<String, Count>,
    path: String,
    file: usize,
}

impl Counts {
    /// Counts one file, or one more part of it.
    pub(super) fn add(&mut self, file: &FileReport<'_>) {
        if self.file == 0 || self.path != file.path {
            file.path.clone_into(&mut self.path);
            self.file += 1;
        }
        for finding in file.findings {
            let rule = finding.rule;
            add(&mut self.rules, &rule.id, finding, self.file);
            add(&mut self.families, &rule.family, finding, self.file);
        }
    }

    /// The rules, the most frequent first.
    pub(super) fn rules(&self) -> Vec<&Count> {
        sorted(&self.rules)
    }

    /// The families, the most frequent first.
    pub(super) fn families(&self) -> Vec<&Count> {
        sorted(&self.families)
    }
}

fn add(counts: &mut FxHashMap<String, Count>, name: &str, finding: &Finding<'_>, file: usize) {
    if !counts.contains_key(name) {
        let family = finding.rule.family.clone();
        let severity = finding.severity;
        let count = Count { name: name.to_owned(), family, severity, findings: 0, files: 0, last_file: 0 };
        counts.insert(name.to_owned(), count);
    }
    if let Some(count) = counts.get_mut(name) {
        count.findings += 1;
        count.files += usize::from(count.last_file != file);
        count.last_file = file;
        count.severity = count.severity.max(finding.severity);
    }
}

fn sorted(counts: &FxHashMap<String, Count>) -> Vec<&Count> {
    let mut sorted: Vec<_> = counts.values().collect();
    sorted.sort_unstable_by(|a, b| b.findings.cmp(&a.findings).then_with(|| a.name.cmp(&b.name)));
    sorted
}

/// The counts as a table for people.
pub(super) struct Statistics {
    is_quiet: bool,
    palette: Palette,
    counts: Counts,
}

impl Statistics {
    pub(super) fn new(is_quiet: bool, palette: Palette) -> Self {
        Self { is_quiet, palette, counts: Counts::default() }
    }

    fn table(&self, page: &mut String, title: &str, counts: &[&Count]) {
        self.palette.frame.paint(page, |page| {
            page.push_str(&format!("{:>8}  {:>6}  {:<8}  {title}\n", "findings", "files", "severity"));
        });
        for count in counts {
            page.push_str(&format!("{:>8}  {:>6}  ", count.findings, count.files));
            let name = severity_name(count.severity);
            self.palette.severity(count.severity).paint(page, |page| page.push_str(name));
            page.push_str(&" ".repeat("severity".len() + 2 - name.len()));
            self.palette.rule.paint(page, |page| push_escaped(page, &count.name));
            if count.family != count.name {
                page.push_str(" (");
                push_escaped(page, &count.family);
                page.push(')');
            }
            page.push('\n');
        }
        page.push('\n');
    }
}

impl Report for Statistics {
    fn begin(&mut self, _: &mut dyn Write, _: &[Rule]) -> io::Result<()> {
        Ok(())
    }

    fn file(&mut self, out: &mut dyn Write, file: &FileReport<'_>) -> io::Result<()> {
        self.counts.add(file);
        let mut page = String::new();
        let troubles = file.notes.iter().filter(|note| note.is_trouble);
        troubles.for_each(|note| push_note(&mut page, &self.palette, file, note));
        out.write_all(page.as_bytes())
    }

    fn end(&mut self, out: &mut dyn Write, summary: &Summary) -> io::Result<()> {
        let mut page = String::new();
        let rules = self.counts.rules();
        if !rules.is_empty() {
            self.table(&mut page, "rule (family)", &rules);
            self.table(&mut page, "family", &self.counts.families());
        }
        if !self.is_quiet {
            push_summary(&mut page, &self.palette, summary);
        }
        out.write_all(page.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{written, written_about_nothing};
    use super::*;

    #[test]
    fn the_most_frequent_comes_first() {
        insta::assert_snapshot!(written(Statistics::new(false, Palette::default())));
    }

    #[test]
    fn nothing_to_count_is_one_line() {
        let text = written_about_nothing(Statistics::new(false, Palette::default()));
        insta::assert_snapshot!(text, @"No faults heard in 14 files.");
    }
}
