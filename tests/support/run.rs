//! Runs the program, away from the person who runs the tests.

use std::io::Write as _;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};

/// What a run of the program gave.
pub(crate) struct Run {
    pub(crate) out: String,
    pub(crate) err: String,
    pub(crate) code: Option<i32>,
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self { out: text(output.stdout), err: text(output.stderr), code: output.status.code() }
    }
}

/// The program in this folder, with nothing to read.
pub(crate) fn amends(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_amends"));
    isolate(command.args(arguments), folder);
    command.stdin(Stdio::null());
    command
}

/// A command works in this folder, and keeps its data there. Nothing of the person who runs the tests is
/// read or written.
pub(crate) fn isolate(command: &mut Command, folder: &Path) {
    command.current_dir(folder).env("HOME", folder);
    command.env("XDG_DATA_HOME", folder.join("data"));
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "TERM"] {
        command.env_remove(name);
    }
}

/// Starts a command that can be talked with.
pub(crate) fn start(command: &mut Command) -> Child {
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Runs a command on what is typed, to the end.
pub(crate) fn typed(command: &mut Command, typed: impl AsRef<[u8]>) -> Run {
    let mut child = start(command);
    let mut input = child.stdin.take().unwrap();
    let typed = typed.as_ref().to_owned();
    // A program that leaves early does not read to the end.
    let typing = std::thread::spawn(move || drop(input.write_all(&typed)));
    let output = child.wait_with_output().unwrap();
    typing.join().unwrap();
    output.into()
}
