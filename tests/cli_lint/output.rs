//! Where the report goes, how it looks, and what the exit code says.

use std::io::Read as _;
use std::process::Stdio;

use crate::support::{Done, Folder};

fn folder() -> Folder {
    Folder::with(&[("advice.txt", "Please note it.\n"), ("error.txt", "It is our policy.\n")])
}

#[test]
fn the_exit_code_tells_what_was_found() {
    let folder = folder();
    let code = |arguments: &[&str]| folder.lint(arguments).code.unwrap();
    assert_eq!(code(&["advice.txt"]), 0);
    assert_eq!(code(&["advice.txt", "--fail-on", "advice"]), 1);
    assert_eq!(code(&["error.txt"]), 1);
    assert_eq!(code(&["error.txt", "--fail-on", "error"]), 1);
    assert_eq!(code(&["error.txt", "--fail-on", "never"]), 0);
    assert_eq!(code(&["error.txt", "--ignore", "policy-shield"]), 0);
    assert_eq!(code(&["error.txt", "none.txt"]), 2);
    assert_eq!(code(&["--fail-on", "rarely"]), 2);
    assert_eq!(code(&["--help"]), 0);
}

#[test]
fn rules_and_families_are_chosen_by_name() {
    let folder = folder();
    let ids = |arguments: &[&str]| folder.findings(arguments).lines().count();
    assert_eq!(ids(&["."]), 2);
    assert_eq!(ids(&[".", "--select", "our-policy"]), 1);
    assert_eq!(ids(&[".", "--select", "policy-shield,stiff"]), 2);
    assert_eq!(ids(&[".", "--select", "stiff", "--ignore", "please-note"]), 0);
    let done = folder.lint(&[".", "--select", "our-polcy"]);
    assert_eq!(
        done.show(),
        "exit code 2\n--- stderr\namends: there is no rule or family \"our-polcy\"; did you mean \"our-policy\"?\n"
    );
    let done = folder.lint(&[".", "--ignore", "grapefruit"]);
    assert_eq!(
        done.show(),
        "exit code 2\n--- stderr\namends: there is no rule or family \"grapefruit\"; `amends rules` lists them\n"
    );
}

#[test]
fn a_report_can_go_to_a_file() {
    let folder = folder();
    let done = folder.lint(&["--format", "json", "--output", "report.json", "."]);
    assert_eq!(done.show(), "exit code 1\n");
    assert!(folder.read("report.json").contains("\"our-policy\""));
    // The report itself is not linted, nor is what it was.
    assert_eq!(folder.lint(&["--format", "json", "--output", "report.json", "."]).show(), "exit code 1\n");
    let done = folder.lint(&["--output", "none/report.json", "."]);
    assert_eq!(
        done.show(),
        "exit code 2\n--- stderr\namends: cannot write to none/report.json: there is no such file or folder\n"
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    let done = folder().lint(&["--output", "/dev/full", "."]);
    assert_eq!(done.show(), "exit code 2\n--- stderr\namends: cannot write to /dev/full: the disk is full\n");
}

#[test]
fn a_closed_pipe_is_no_error() {
    let folder = Folder::new();
    folder.write("a.txt", "It is our policy.\n\n".repeat(20_000));
    for command in ["lint", "scan"] {
        folder.write("a.jsonl", "{\"text\": \"It is our policy.\"}\n".repeat(20_000));
        let file = if command == "lint" { "a.txt" } else { "a.jsonl" };
        let mut command = folder.with_lexicon(command, &[file]);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut first = [0; 10];
        let mut stdout = child.stdout.take().unwrap();
        stdout.read_exact(&mut first).unwrap();
        drop(stdout);
        let done = Done::from(child.wait_with_output().unwrap());
        assert_eq!(done.show(), "exit code 0\n");
    }
}

#[test]
fn colours_are_for_those_who_want_them() {
    let folder = folder();
    let is_colored = |arguments: &[&str], variables: &[(&str, &str)]| {
        let mut command = folder.with_lexicon("lint", &["error.txt"]);
        command.args(arguments).envs(variables.iter().copied());
        Done::from(command).stdout.contains('\u{1b}')
    };
    assert!(!is_colored(&[], &[]));
    assert!(is_colored(&["--color", "always"], &[]));
    assert!(is_colored(&["--color", "always"], &[("NO_COLOR", "1")]));
    assert!(is_colored(&[], &[("CLICOLOR_FORCE", "1")]));
    assert!(!is_colored(&[], &[("CLICOLOR_FORCE", "0")]));
    assert!(!is_colored(&[], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
    assert!(!is_colored(&["--color", "never"], &[("CLICOLOR_FORCE", "1")]));
    assert!(!is_colored(&["--color", "always", "--format", "json"], &[]));
}

#[test]
fn what_is_linted_is_not_written_over() {
    let folder = Folder::with(&[("a.md", "It is our policy.\n"), ("b.md", "Hello.\n")]);
    for arguments in [["-o", "a.md", "a.md"], ["-o", "./a.md", "a.md"], ["--write-baseline", "a.md", "b.md"]]
    {
        let done = folder.lint(&arguments);
        assert!(done.show().starts_with("exit code 2"), "{arguments:?}: {}", done.show());
        assert_eq!(folder.read("a.md"), "It is our policy.\n", "{arguments:?}");
    }
}

#[test]
fn quiet_counts_have_no_summary_and_troubles_are_told() {
    let folder = Folder::with(&[("a.txt", "It is our policy.\n")]);
    let done = folder.lint(&["-q", "--statistics", "a.txt", "none.txt"]);
    assert!(done.stdout.starts_with("none.txt: trouble: "), "{}", done.stdout);
    assert!(done.stdout.contains("our-policy") && !done.stdout.contains("1 error in"), "{}", done.stdout);
}
