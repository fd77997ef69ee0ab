//! A folder to play in, and the program to play with.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// The lexicon of the tests: small, so that they do not change with the real one.
pub(crate) fn lexicon() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/lexicon")
}

/// The texts of the project's own writing.
pub(crate) fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus")
}

/// A folder that is there as long as the test.
pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    /// A folder with these files.
    pub(crate) fn with(files: &[(&str, &str)]) -> Self {
        let folder = Self::new();
        files.iter().for_each(|(path, text)| folder.write(path, text));
        folder
    }

    pub(crate) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(crate) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path().join(path)).unwrap()
    }

    /// The program with no lexicon but its own, in this folder.
    pub(crate) fn amends(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_amends"));
        command.args(arguments).current_dir(self.path()).stdin(Stdio::null());
        for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
            command.env_remove(name);
        }
        command
    }

    /// `amends lint` with the lexicon of the tests.
    pub(crate) fn lint(&self, arguments: &[&str]) -> Done {
        Done::from(self.with_lexicon("lint", arguments))
    }

    /// `amends scan` with the lexicon of the tests.
    pub(crate) fn scan(&self, arguments: &[&str]) -> Done {
        Done::from(self.with_lexicon("scan", arguments))
    }

    pub(crate) fn with_lexicon(&self, command: &str, arguments: &[&str]) -> Command {
        let mut command = self.amends(&[command, "--no-default-lexicon", "--lexicon"]);
        command.arg(lexicon()).args(arguments);
        command
    }

    /// `amends lint --quiet` with the lexicon of the tests: its findings.
    pub(crate) fn findings(&self, arguments: &[&str]) -> String {
        let mut all = vec!["--quiet"];
        all.extend(arguments);
        let done = self.lint(&all);
        assert_eq!(done.stderr, "");
        done.stdout
    }
}

/// What a run of the program came to.
#[derive(Debug)]
pub(crate) struct Done {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl From<Command> for Done {
    fn from(mut command: Command) -> Self {
        command.output().unwrap().into()
    }
}

impl From<Output> for Done {
    fn from(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Self { code: output.status.code(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }
}

impl Done {
    /// All of it, to be compared.
    pub(crate) fn show(&self) -> String {
        let mut shown = format!("exit code {}\n", self.code.unwrap());
        for (name, text) in [("stdout", &self.stdout), ("stderr", &self.stderr)] {
            if !text.is_empty() {
                let _ = write!(shown, "--- {name}\n{text}");
            }
        }
        shown
    }
}

/// Runs a command with this on its standard input.
pub(crate) fn with_input(mut command: Command, input: &[u8]) -> Done {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let writer = std::thread::spawn(move || {
        // The program may stop reading when it has seen enough.
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output.into()
}
