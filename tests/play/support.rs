//! A trainee with a folder, a scenario and something to say.

#[path = "../support/run.rs"]
mod run;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};

use amends::scenario::template;
use tempfile::TempDir;

pub(crate) use run::Run;

/// The scenario that the tests play: the one that authors begin with.
pub(crate) const SCENARIO: &str = "promised-friday.yaml";

/// What wins its customer, reply by reply.
pub(crate) const GOOD: &str = "\
I am so sorry, Ms Okoro. We promised you Friday at five and we did not keep our word. That is our mistake. You came all this way in the rain, and now you must be afraid for the ride with your daughter.
So you were promised the brake for five today, and nobody rang you. Would you mind telling me what time you set off tomorrow?
I will mend the brake tonight and bring the bicycle to your door by eight. I'd like to go over your daughter's bike as well, with our compliments. I will ring you tomorrow at eight to hear that both are running.
";

/// What is said and written afterwards.
pub(crate) const AFTERWARDS: &str = "\
Hello, Ms Okoro, it is the workshop. I wanted to check back and ask whether everything is all right for the ride tomorrow. Is there anything else I can do?
If Ms Okoro comes in with her daughter tomorrow, be kind: we promised her Friday and did not keep our word, and she crossed the town on two buses.

Dear Ms Okoro, thank you for your patience, and thank you for telling us.
I hope the ride with your daughter was everything that she hoped for.
.
Friday, ten past five. Rear brake, promised for five and not begun. Fourteen bicycles were promised and two mechanics were ill.
Nobody rang the customer. We mended it the same evening and brought it to her door.

";

/// A reply that costs goodwill.
pub(crate) const BAD: &str =
    "I'm sorry if you feel that way, but it's our policy to work through them in order.\n";

/// A trainee in a folder of their own.
pub(crate) struct Trainee(TempDir);

impl Trainee {
    pub(crate) fn new() -> Self {
        let trainee = Self(TempDir::new().unwrap());
        trainee.write(SCENARIO, &template("promised-friday"));
        trainee
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        fs::write(self.path().join(name), text).unwrap();
    }

    /// The program in this folder. It keeps its data here, too.
    pub(crate) fn amends(&self, arguments: &[&str]) -> Command {
        run::amends(self.path(), arguments)
    }

    /// Nothing of the person who runs the tests is read or written.
    pub(crate) fn prepare(&self, command: &mut Command) {
        run::isolate(command, self.path());
    }

    /// Runs the program on what is typed, to the end.
    pub(crate) fn run(&self, arguments: &[&str], typed: impl AsRef<[u8]>) -> Run {
        run::typed(&mut self.amends(arguments), typed)
    }

    pub(crate) fn start(&self, arguments: &[&str]) -> Child {
        run::start(&mut self.amends(arguments))
    }

    /// Plays the scenario of the tests, the same customer each time, recorded in `results`.
    pub(crate) fn play(&self, more: &[&str], typed: impl AsRef<[u8]>) -> Run {
        let run = self.run(&[&PLAY[..], more].concat(), typed);
        assert_eq!(run.code, Some(0), "{}", run.err);
        run
    }

    /// The only transcript in `results`.
    pub(crate) fn transcript(&self) -> PathBuf {
        let paths = self.transcripts();
        let [path] = paths.as_slice() else { panic!("{paths:?}") };
        path.clone()
    }

    pub(crate) fn transcripts(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.path().join("results")).unwrap();
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        paths
    }

    /// The lines of the only transcript, each as JSON.
    pub(crate) fn lines(&self) -> Vec<serde_json::Value> {
        let text = fs::read_to_string(self.transcript()).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// What the transcript says that the trainee said.
    pub(crate) fn replies(&self) -> Vec<String> {
        let lines = self.lines();
        let texts = lines.iter().filter(|line| line["event"] == "reply").map(|line| &line["text"]);
        texts.map(|text| text.as_str().unwrap().to_owned()).collect()
    }
}

/// How the scenario of the tests is played.
pub(crate) const PLAY: [&str; 6] = ["play", SCENARIO, "--seed", "1", "--results", "results"];

/// `text` as if the page were endlessly wide.
pub(crate) fn unwrapped(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Fails if a control character other than a line end is in `text`.
pub(crate) fn assert_no_controls(text: &str) {
    let control = text.chars().find(|c| c.is_control() && *c != '\n');
    assert!(control.is_none(), "{control:?} in {text}");
}
