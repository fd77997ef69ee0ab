//! Many texts: linted by all processors, reported in order, a few at a time.

use std::path::Path;

use rayon::prelude::*;

use super::reading::{self, Linted, State};
use super::watch::Watch;
use crate::cli::bar::Bar;
use crate::cli::failure::Failure;
use crate::cli::files::Job;
use crate::cli::output::Output;
use crate::cli::setups::Setup;
use crate::cli::{CLEAN, FINDINGS, TROUBLE};
use crate::config::FailOn;
use crate::lexicon::Severity;
use crate::lint::baseline::{Baseline, Record};
use crate::report::{FileReport, Report, Summary};

/// So many files are in memory at once, at most …
const WINDOW_FILES: usize = 256;
/// … and so many bytes of them, unless one alone is larger.
const WINDOW_BYTES: u64 = 2 << 20;
/// A larger file is linted by itself, while it is read.
const ALONE: u64 = crate::cli::parts::WHOLE as u64;

/// A run of the linter.
pub(super) struct Run<'r, 'l> {
    setups: &'r [Setup<'l>],
    desk: Desk,
}

/// Where results are counted and reported.
struct Desk {
    report: Box<dyn Report>,
    output: Output,
    baseline: Option<Baseline>,
    record: Option<Record>,
    summary: Summary,
    /// The file that was counted as one with findings.
    counted: Option<String>,
    has_failed: bool,
    has_trouble: bool,
    /// By configuration; the first alone, where flags choose the fields.
    watches: Vec<Watch>,
    /// Where to say what no file is to blame for.
    first_path: String,
}

impl<'r, 'l> Run<'r, 'l> {
    pub(super) fn new(
        setups: &'r [Setup<'l>],
        report: Box<dyn Report>,
        output: Output,
        baseline: Option<Baseline>,
        record: Option<Record>,
    ) -> Self {
        let desk = Desk {
            report,
            output,
            baseline,
            record,
            summary: Summary::default(),
            counted: None,
            has_failed: false,
            has_trouble: false,
            watches: setups
                .iter()
                .map(|setup| Watch::new(&setup.reading.fields, setup.has_field_flags))
                .collect(),
            first_path: String::new(),
        };
        Self { setups, desk }
    }

    /// Lints the texts. Standard input is reported under `stdin_name`.
    pub(super) fn lint(&mut self, jobs: &[Job], stdin_name: Option<&Path>) -> Result<(), Failure> {
        if let Some(job) = jobs.first() {
            self.desk.first_path = job.path.to_string_lossy().into_owned();
        }
        let mut progress = Bar::new(jobs.len());
        let mut rest = jobs;
        while !rest.is_empty() {
            let (window, later) = rest.split_at(window(rest));
            rest = later;
            self.window(window, stdin_name, &progress)?;
            progress.advance(window.len());
        }
        progress.finish();
        Ok(())
    }

    fn window(&mut self, jobs: &[Job], stdin_name: Option<&Path>, progress: &Bar) -> Result<(), Failure> {
        let setups = self.setups;
        if let [job] = jobs {
            let setup = &setups[job.config];
            let name = stdin_name.filter(|_| job.is_stdin()).map(|name| name.to_string_lossy().into_owned());
            let desk = &mut self.desk;
            return reading::lint(setup, job, &mut |mut linted| {
                if let Some(name) = &name {
                    linted.path.clone_from(name);
                }
                progress.aside(|| desk.take(linted, job, setup))
            });
        }
        let lint = |job: &Job| {
            let mut all = Vec::new();
            let keep = &mut |linted| {
                all.push(linted);
                Ok::<(), std::convert::Infallible>(())
            };
            let _ = reading::lint(&setups[job.config], job, keep);
            all
        };
        let linted: Vec<Vec<Linted<'l>>> = jobs.par_iter().map(lint).collect();
        progress.aside(|| {
            for (job, linted) in
                jobs.iter().zip(linted).flat_map(|(job, all)| all.into_iter().map(move |one| (job, one)))
            {
                self.desk.take(linted, job, &setups[job.config])?;
            }
            Ok(())
        })
    }

    /// Ends the report. The exit code, and what was recorded.
    pub(super) fn finish(mut self) -> Result<(u8, Option<Record>), Failure> {
        self.desk.tell_missing_fields()?;
        let Desk { mut report, mut output, record, summary, has_failed, has_trouble, .. } = self.desk;
        output.write(|out| report.end(out, &summary))?;
        output.flush()?;
        let code = match (has_trouble, has_failed) {
            (true, _) => TROUBLE,
            (false, true) => FINDINGS,
            (false, false) => CLEAN,
        };
        Ok((code, record))
    }
}

/// How many of the jobs to take next.
fn window(jobs: &[Job]) -> usize {
    let size = |job: &Job| match job.is_stdin() {
        true => u64::MAX,
        false => job.path.metadata().map_or(0, |known| if known.is_file() { known.len() } else { u64::MAX }),
    };
    let mut bytes = 0u64;
    for (at, job) in jobs.iter().take(WINDOW_FILES).enumerate() {
        let size = size(job);
        bytes = bytes.saturating_add(size);
        if at > 0 && (bytes > WINDOW_BYTES || size > ALONE) {
            return at;
        }
        if size > ALONE {
            return 1;
        }
    }
    jobs.len().min(WINDOW_FILES)
}

impl Desk {
    fn take(&mut self, mut linted: Linted<'_>, job: &Job, setup: &Setup<'_>) -> Result<(), Failure> {
        if let Some(fields) = linted.fields.take() {
            let watch = if setup.has_field_flags { 0 } else { job.config };
            self.watches[watch].file(&linted.path, fields, job.is_named);
        }
        if let Some(record) = &mut self.record {
            // What is written down is known from this moment on.
            linted.outcome.findings.iter().for_each(|finding| record.add(&linted.path, finding));
            self.summary.known += linted.outcome.findings.len();
            linted.outcome.findings.clear();
        }
        if let Some(baseline) = &mut self.baseline {
            let before = linted.outcome.findings.len();
            linted.outcome.findings.retain(|finding| !baseline.takes(finding));
            self.summary.known += before - linted.outcome.findings.len();
        }
        self.count(&linted, setup.fail_on);
        let is_silent = linted.outcome.findings.is_empty() && linted.notes.is_empty();
        if linted.state == State::Continued && is_silent {
            return Ok(());
        }
        self.write(&linted)
    }

    fn write(&mut self, linted: &Linted<'_>) -> Result<(), Failure> {
        let file = FileReport {
            path: &linted.path,
            source: &linted.source,
            origin: &linted.origin,
            lines: &linted.lines,
            findings: &linted.outcome.findings,
            notes: &linted.notes,
        };
        let report = &mut self.report;
        self.output.write(|out| report.file(out, &file))
    }

    fn tell_missing_fields(&mut self) -> Result<(), Failure> {
        let mut watches = std::mem::take(&mut self.watches);
        if watches.first().is_some_and(Watch::is_flag) {
            // All texts were watched by the first.
            watches.truncate(1);
        }
        for (path, notes) in watches.into_iter().filter_map(Watch::report) {
            self.has_trouble |= notes.iter().any(|note| note.is_trouble);
            let path = path.unwrap_or_else(|| self.first_path.clone());
            self.write(&Linted::without_text(path, notes, State::Continued))?;
        }
        Ok(())
    }

    fn count(&mut self, linted: &Linted<'_>, fail_on: FailOn) {
        let summary = &mut self.summary;
        match linted.state {
            State::Read => summary.files += 1,
            State::Unreadable => summary.unreadable += 1,
            State::Continued | State::Skipped => {}
        }
        let findings = &linted.outcome.findings;
        if !findings.is_empty() && self.counted.as_ref() != Some(&linted.path) {
            summary.files_with_findings += 1;
            self.counted = Some(linted.path.clone());
        }
        summary.suppressed += linted.outcome.suppressed;
        for finding in findings {
            match finding.severity {
                Severity::Error => summary.errors += 1,
                Severity::Warning => summary.warnings += 1,
                Severity::Advice => summary.advice += 1,
            }
            self.has_failed |= fail_on.fails(finding.severity);
        }
        self.has_trouble |= linted.notes.iter().any(|note| note.is_trouble);
    }
}
