//! Writing, checking and listing scenarios as a user meets it.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use insta_cmd::{assert_cmd_snapshot, get_cargo_bin};
use tempfile::TempDir;

fn amends(folder: &Path) -> Command {
    let mut command = Command::new(get_cargo_bin("amends"));
    command.current_dir(folder).env_clear();
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    amends(folder).args(arguments).output().unwrap()
}

fn told(output: &Output) -> String {
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// A folder with a scenario that was just begun.
fn begun(name: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let output = run(folder.path(), &["new", "scenario", name]);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    folder
}

#[test]
fn a_new_scenario_has_no_mistakes() {
    let folder = begun("wet-sofa");
    assert_cmd_snapshot!(amends(folder.path()).args(["check", "wet-sofa.yaml"]));
    assert_cmd_snapshot!(amends(folder.path()).args(["scenarios", "."]));
}

#[test]
fn a_new_scenario_overwrites_nothing() {
    let folder = begun("wet-sofa.yaml");
    fs::write(folder.path().join("wet-sofa.yaml"), "mine").unwrap();
    assert_cmd_snapshot!(amends(folder.path()).args(["new", "scenario", "wet-sofa"]));
    assert_eq!(fs::read_to_string(folder.path().join("wet-sofa.yaml")).unwrap(), "mine");
    assert_cmd_snapshot!(amends(folder.path()).args(["new", "scenario", "Wet Sofa"]));
    assert_cmd_snapshot!(amends(folder.path()).args(["new", "scenario", "no-folder/wet-sofa"]));
}

#[test]
fn scenarios_and_lexicons_are_told_apart_by_their_keys() {
    let folder = begun("wet-sofa");
    let path = |name: &str| folder.path().join(name);
    let words = "family: sofa-talk\nkind: fault\nabout: Words of the trade.\nwhy: a\nsay: b\nsource: c\nrules:\n  - id: the-divan\n    phrases: [divan]\n    flags: [A divan.]\n";
    fs::write(path("sofa-talk.yaml"), words).unwrap();
    let scenario = fs::read_to_string(path("wet-sofa.yaml")).unwrap();
    // A cue may name a family of the lexicon that is checked beside it.
    let scenario = scenario.replace("heard: [policy-shield]", "heard: [policy-shield, sofa-talk]");
    fs::write(path("wet-sofa.yaml"), scenario).unwrap();
    let told_of_both = told(&run(folder.path(), &["check", "sofa-talk.yaml", "wet-sofa.yaml"]));
    let summary = "No mistakes, no warnings in 1 file and 1 scenario. The lexicon";
    assert!(told_of_both.starts_with(summary), "{told_of_both}");
    fs::write(path("sofa-talk.yaml"), words.replace("phrases: [divan]", "phrases: ['(divan']")).unwrap();
    let output = run(folder.path(), &["check", "."]);
    assert!(told(&output).ends_with("correct the lexicon first.\n"));
    let alone = told(&run(folder.path(), &["check", "wet-sofa.yaml"]));
    assert!(alone.contains("no family or rule is called `sofa-talk`"), "{alone}");
}

#[test]
fn hostile_files_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let files: [(&str, Vec<u8>); 5] = [
        ("bomb.yaml", b"scenario: &a [x, x]\ncues: [*a, *a]\n".to_vec()),
        ("deep.yaml", format!("scenario: {}", "[".repeat(100_000)).into_bytes()),
        ("latin.yaml", b"scenario: caf\xE9\n".to_vec()),
        ("list.yaml", b"scenario:\n- a\n".to_vec()),
        ("none.yaml", b"scenario: none\n".to_vec()),
    ];
    for (name, bytes) in &files {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    assert_cmd_snapshot!(amends(folder.path()).args(["check", "."]));
    assert_cmd_snapshot!(amends(folder.path()).args(["scenarios", "none.yaml"]));
}

#[test]
fn what_amends_brings_has_no_mistake() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let brought = run(root, &["check", "--no-config"]);
    assert_eq!(brought.status.code(), Some(0), "{}", told(&brought));
}

#[test]
fn the_program_holds_the_scenarios_on_disk() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let inside = told(&run(root, &["scenarios", "--format", "json"]));
    let listed = run(root, &["scenarios", "scenarios", "--format", "json"]);
    assert_eq!(inside, told(&listed));
}

#[test]
fn lint_passes_over_scenarios_unless_they_are_named() {
    let folder = begun("wet-sofa");
    let told = |arguments| String::from_utf8(run(folder.path(), arguments).stdout).unwrap();
    assert!(!told(&["lint", "."]).contains("wet-sofa"));
    assert!(told(&["lint", "wet-sofa.yaml"]).contains("wet-sofa.yaml:"));
}
