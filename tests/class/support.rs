//! A trainer with a folder, and a class in it.

#[path = "../support/run.rs"]
mod run;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use amends::class::{self, Class, Trouble, TroubleKind};
use amends::scenario::template;
use jiff::Timestamp;
use tempfile::TempDir;

pub(crate) use run::Run;

/// The time of the tests.
pub(crate) const NOW: &str = "2026-11-22T10:00:00+01:00";

/// What somebody says to the customer of the template, and in the scenes after it.
pub(crate) const GOOD: &str = "\
I am so sorry, Ms Okoro. We promised you Friday at five and we did not keep our word. That is our mistake. You came all this way in the rain, and now you must be afraid for the ride with your daughter.
So you were promised the brake for five today, and nobody rang you. Would you mind telling me what time you set off tomorrow?
I will mend the brake tonight and bring the bicycle to your door by eight. I'd like to go over your daughter's bike as well, with our compliments. I will ring you tomorrow at eight to hear that both are running.
:skip
:skip
:skip
:skip
";

/// What costs goodwill.
pub(crate) const BAD: &str =
    "I'm sorry if you feel that way, but it's our policy to work through them in order.\n";

/// A trainer's folder.
pub(crate) struct Trainer(TempDir);

impl Trainer {
    pub(crate) fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    /// With a class `autumn` of two people, who are to play a scenario of its own.
    pub(crate) fn with_class() -> Self {
        let trainer = Self::new();
        fs::create_dir_all(trainer.path().join("autumn/scenarios")).unwrap();
        trainer.write("autumn/scenarios/promised-friday.yaml", &template("promised-friday"));
        trainer.write("autumn/roster.csv", "name,group\nAnn Lee,Early\nBen Okafor,Late\n");
        trainer.write(
            "autumn/class.yaml",
            "class: Autumn intake\nassignments:\n  - scenario: promised-friday\n    due: 2026-11-24\n  \
             - scenario: promised-friday\n    mode: exam\n",
        );
        trainer
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        fs::write(self.path().join(name), text).unwrap();
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path().join(name)).unwrap()
    }

    /// The program in this folder, at the time of the tests. It keeps its data here, too.
    pub(crate) fn amends(&self, arguments: &[&str]) -> Command {
        let mut command = run::amends(self.path(), arguments);
        command.env("AMENDS_NOW", NOW);
        command
    }

    /// Runs the program on what is typed, to the end.
    pub(crate) fn run(&self, arguments: &[&str], typed: &str) -> Run {
        run::typed(&mut self.amends(arguments), typed)
    }

    /// Somebody plays in the class.
    pub(crate) fn play(&self, name: &str, more: &[&str], typed: &str) -> Run {
        let play = ["play", "--class", "autumn", "--seed", "1", "--name", name];
        self.run(&[&play[..], more].concat(), typed)
    }

    /// The transcripts of the class, by name.
    pub(crate) fn sessions(&self) -> Vec<PathBuf> {
        let Ok(entries) = fs::read_dir(self.path().join("autumn/sessions")) else { return Vec::new() };
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        paths
    }

    pub(crate) fn class(&self) -> Class {
        class::read(&self.path().join("autumn"), now()).unwrap()
    }

    /// The troubles of the class, a line each.
    pub(crate) fn troubles(&self) -> String {
        let told = |trouble: &Trouble| {
            let Trouble { kind, place, message, files } = trouble;
            let kind: &TroubleKind = kind;
            format!("{kind:?} {place} [{}]: {message}\n", files.len())
        };
        self.class().troubles.iter().map(told).collect()
    }
}

pub(crate) fn now() -> Timestamp {
    NOW.parse().unwrap()
}

/// Whether this process may do what permissions forbid, as root may.
pub(crate) fn is_above_permissions(folder: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    let closed = folder.join("closed");
    fs::create_dir(&closed).unwrap();
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o555)).unwrap();
    let is_above = fs::write(closed.join("x"), "x").is_ok();
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).unwrap();
    fs::remove_dir_all(&closed).unwrap();
    is_above
}
