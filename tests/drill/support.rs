//! Somebody who practises alone, in a folder of their own, at a time that stands still.

#[path = "../support/run.rs"]
mod run;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

pub(crate) use run::Run;

/// When the tests happen, unless they say otherwise.
pub(crate) const NOW: &str = "2026-11-22T10:00:00+01:00";

/// A small lexicon, so that no test depends on how the large one grows.
const FAULT: &str = "\
family: policy-shield
kind: fault
about: A rule given as the reason.
severity: error
why: A rule explains nothing to the person whom it hurts.
say: [Here is what I can do.]
source: A test
rules:
  - id: our-policy
    phrases: [our policy]
    flags: [It is our policy.]
    allows: [It is our mistake.]
";
const MOVE: &str = "\
family: fix
kind: move
about: A remedy.
why: A named remedy shows that somebody has acted.
source: A test
rules:
  - id: new-one
    phrases: [a new one]
    flags: [You get a new one.]
    allows: [It is new.]
";
const DRILL_FAULT: &str = "\
family: policy-shield
task: Say what you can do, and leave the rule out of it.
needs: [fix]
prompts:
  - id: kettle
    scene: A chat. You may swap it.
    customer: It stopped boiling. It is five weeks old.
    canned: It's our policy to take returns within 30 days.
    keeps:
      - what: that it is five weeks old
        phrases: [(five|5) weeks]
    model: At five weeks it should still boil. You get a new one today.
  - id: lamp
    customer: It flickers.
    canned: Sorry, our policy.
    model: Then I send you a new one.
  - id: shoes
    customer: The sole came off.
    canned: Against our policy.
    model: A new one is on its way, the left one.
";
const DRILL_MOVE: &str = "\
family: fix
task: Offer something that puts it right.
prompts:
  - id: mug
    customer: The mug came without its handle.
    model: I'm sending a new one today.
";

/// A person with a folder.
pub(crate) struct Person(TempDir);

impl Person {
    pub(crate) fn new() -> Self {
        let person = Self(TempDir::new().unwrap());
        person.write("small/faults/policy-shield.yaml", FAULT);
        person.write("small/moves/fix.yaml", MOVE);
        person.write("small/drills/policy-shield.yaml", DRILL_FAULT);
        person.write("small/drills/fix.yaml", DRILL_MOVE);
        person
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// The program in this folder. Nothing of the person who runs the tests is read or written.
    pub(crate) fn amends(&self, now: &str, arguments: &[&str]) -> Command {
        let mut command = run::amends(self.path(), arguments);
        command.env("AMENDS_NOW", now);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs the program on what is typed, to the end.
    pub(crate) fn run_at(&self, now: &str, arguments: &[&str], typed: impl AsRef<[u8]>) -> Run {
        run::typed(&mut self.amends(now, arguments), typed)
    }

    pub(crate) fn run(&self, arguments: &[&str], typed: impl AsRef<[u8]>) -> Run {
        self.run_at(NOW, arguments, typed)
    }

    /// A sitting with the small lexicon, the same prompts each time.
    pub(crate) fn drill(&self, more: &[&str], typed: impl AsRef<[u8]>) -> Run {
        self.drill_at(NOW, more, typed)
    }

    pub(crate) fn drill_at(&self, now: &str, more: &[&str], typed: impl AsRef<[u8]>) -> Run {
        let run = self.run_at(now, &[&DRILL[..], more].concat(), typed);
        assert_eq!(run.code, Some(0), "{}", run.err);
        run
    }

    /// The drill logs, by name.
    pub(crate) fn logs(&self) -> Vec<PathBuf> {
        let Ok(entries) = fs::read_dir(self.path().join("data/amends/drills")) else { return Vec::new() };
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        paths
    }

    /// The tries of all logs, each as JSON.
    pub(crate) fn tries(&self) -> Vec<serde_json::Value> {
        let text: String = self.logs().iter().map(|path| fs::read_to_string(path).unwrap()).collect();
        let lines = text.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        lines.filter(|line| line.get("answer").is_some()).collect()
    }
}

/// A sitting with the small lexicon.
pub(crate) const DRILL: [&str; 6] = ["drill", "--lexicon", "small", "--no-default-lexicon", "--seed", "1"];

/// Fails if a control character other than a line end is in `text`.
pub(crate) fn assert_no_controls(text: &str) {
    let control = text.chars().find(|c| c.is_control() && *c != '\n');
    assert!(control.is_none(), "{control:?} in {text}");
}
