//! How fast a class of 40 people with 20 sessions each is reported: the whole program, and its parts.

#![allow(clippy::unwrap_used)]

#[path = "../tests/class/made.rs"]
mod made;

use std::path::Path;
use std::process::{Command, Stdio};

use amends::class::report::{Options, PageOptions, Report};
use amends::class::{self, Class};
use jiff::{Timestamp, Zoned, tz::TimeZone};
use tempfile::TempDir;

const PEOPLE: usize = 40;
const TRIES: usize = 20;

fn main() {
    divan::main();
}

fn folder() -> TempDir {
    let folder = TempDir::new().unwrap();
    made::write(folder.path(), PEOPLE, TRIES, 7);
    folder
}

fn now() -> Zoned {
    "2026-11-22T10:00:00Z".parse::<Timestamp>().unwrap().to_zoned(TimeZone::UTC)
}

fn read(folder: &Path) -> Class {
    class::read(folder, now().timestamp()).unwrap()
}

fn report(class: &Class) -> Report {
    Report::of(class, &Options { now: now(), is_anonymous: false })
}

/// The whole program, from the folder to the page, the table or the statements.
#[divan::bench(args = ["html", "csv", "json", "xapi"], sample_count = 5, sample_size = 1)]
fn program(bencher: divan::Bencher<'_, '_>, format: &str) {
    let folder = folder();
    bencher.bench(|| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_amends"));
        command.args(["class", "report", "--format", format]).arg(folder.path()).stdout(Stdio::null());
        assert!(command.status().unwrap().success());
    });
}

/// Everything that there is to say, from what was read.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn model(bencher: divan::Bencher<'_, '_>) {
    let folder = folder();
    let class = read(folder.path());
    bencher.bench(|| report(&class).sessions.len());
}

/// The page, from everything that there is to say.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn page(bencher: divan::Bencher<'_, '_>) {
    let folder = folder();
    let class = read(folder.path());
    let report = report(&class);
    bencher.bench(|| report.page(&PageOptions::default()).len());
}
