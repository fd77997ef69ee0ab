//! A progress bar on standard error, for work that takes long.

use std::io::{self, IsTerminal};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Work that is done sooner shows nothing.
const PATIENCE: Duration = Duration::from_millis(800);

/// How far a run has come.
pub(super) struct Bar {
    bar: ProgressBar,
    started: Instant,
    is_wanted: bool,
}

impl Bar {
    /// For so many files. Shows nothing unless standard error is a terminal.
    pub(super) fn new(files: usize) -> Self {
        let bar = ProgressBar::with_draw_target(Some(files as u64), ProgressDrawTarget::hidden());
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos} of {len} files, {eta} left") {
            bar.set_style(style);
        }
        Self { bar, started: Instant::now(), is_wanted: io::stderr().is_terminal() }
    }

    /// So many more files are done.
    pub(super) fn advance(&mut self, files: usize) {
        if self.is_wanted && self.bar.is_hidden() && self.started.elapsed() > PATIENCE {
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.inc(files as u64);
    }

    /// Does something that may write to the terminal, with the bar out of the way.
    pub(super) fn aside<R>(&self, work: impl FnOnce() -> R) -> R {
        self.bar.suspend(work)
    }

    /// Takes the bar away.
    pub(super) fn finish(self) {
        self.bar.finish_and_clear();
    }
}
