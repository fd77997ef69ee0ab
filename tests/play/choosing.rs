//! Which scenario, and what is wrong with it.

use insta::assert_snapshot;

use crate::support::{SCENARIO, Trainee};

#[test]
fn without_a_scenario_they_are_listed() {
    let run = Trainee::new().run(&["play"], "");
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert!(run.out.contains("broken-tv (face to face)"), "{}", run.out);
    assert!(run.out.contains("Begin with amends play "), "{}", run.out);
}

#[test]
fn wrong_names_and_files_are_refused() {
    let trainee = Trainee::new();
    trainee.write("broken.yaml", "scenario: broken\ntitle: [");
    trainee.write("chat.jsonl", "{\"format\":\"amends-transcript\",\"version\":1}\n");
    let said = |name: &str| {
        let run = trainee.run(&["play", name, "--results", "results"], "");
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{name}");
        run.err
    };
    assert_snapshot!(said("broken-tw"), @"amends: there is no scenario broken-tw: did you mean `broken-tv`?");
    assert_snapshot!(said("opera\u{1b}[2J"), @r"amends: there is no scenario opera\u{1b}[2J: `amends play` lists them");
    assert_snapshot!(said("ours/tv.yaml"), @"amends: ours/tv.yaml: there is no such file; `amends play` lists the scenarios by name");
    assert!(said("broken.yaml").contains("broken.yaml:2"), "{}", said("broken.yaml"));
    assert!(said("chat.jsonl").contains("add --resume"), "{}", said("chat.jsonl"));
    assert!(!trainee.path().join("results").exists(), "nothing was begun");
}

#[test]
fn the_width_of_the_page_is_kept() {
    let trainee = Trainee::new();
    let run = trainee.run(&["play", SCENARIO, "--results", "results"], ":file\n:help\n:steps\n");
    assert!(run.out.lines().all(|line| line.chars().count() <= 80), "{}", run.out);
}
