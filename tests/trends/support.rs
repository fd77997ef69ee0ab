//! A folder with casebooks, and the program.

#[path = "../support/run.rs"]
mod run;

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

pub(crate) use run::Run;

/// A trainer in a folder of their own.
pub(crate) struct Trainer(TempDir);

impl Trainer {
    pub(crate) fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    pub(crate) fn with(files: &[(&str, &str)]) -> Self {
        let trainer = Self::new();
        files.iter().for_each(|(name, text)| trainer.write(name, text));
        trainer
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    /// Runs the program, with this typed.
    pub(crate) fn run(&self, arguments: &[&str], typed: &str) -> Run {
        let mut command = run::amends(self.path(), arguments);
        run::typed(command.env("AMENDS_NOW", "2026-11-22T10:00:00+01:00"), typed)
    }

    /// `amends trends`.
    pub(crate) fn trends(&self, arguments: &[&str]) -> Run {
        self.run(&[&["trends"], arguments].concat(), "")
    }
}

impl Run {
    /// All of it, to be compared.
    pub(crate) fn show(&self) -> String {
        let mut shown = format!("exit code {}\n", self.code.unwrap());
        for (name, text) in [("stdout", &self.out), ("stderr", &self.err)] {
            if !text.is_empty() {
                shown.push_str(&format!("--- {name}\n{text}"));
            }
        }
        shown
    }

    /// What is remarked about how the files were read.
    pub(crate) fn notes(&self) -> String {
        let all = unwrapped(&self.out);
        let head = all.split("What repeats").next().unwrap();
        head.split("Note: ").skip(1).collect::<Vec<_>>().join("\n")
    }
}

/// A file of the examples.
pub(crate) fn example(name: &str) -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("examples/casebook").join(name);
    path.to_str().unwrap().to_owned()
}

/// `text` as if the page were endlessly wide.
pub(crate) fn unwrapped(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// So many records of a shop in which nothing repeats, with these lines behind them.
pub(crate) fn calm(records: usize, more: &str) -> String {
    let mut text = "date,time,store,product,clerk,problem,notes\n".to_owned();
    let mut lot = 12_345_u64;
    let mut draw = |most: u64| {
        lot = lot.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((lot >> 33) % most) as usize
    };
    for at in 0..records {
        // One day after the other, so that no weekday stands out.
        let (month, day) = (at / 28 % 12 + 1, at % 28 + 1);
        let (hour, minute) = (9 + draw(9), draw(60));
        let (store, product) = (["Bay", "Mill"][draw(2)], ["kettle", "lamp", "fan"][draw(3)]);
        let (clerk, problem) = (["Ann", "Bo"][draw(2)], ["late", "broken"][draw(2)]);
        text.push_str(&format!(
            "2025-{month:02}-{day:02},{hour}:{minute:02},{store},{product},{clerk},{problem},case {at}\n"
        ));
    }
    text + more
}
