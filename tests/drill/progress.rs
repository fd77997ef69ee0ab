//! `amends progress`.

use amends::scenario::template;
use insta::assert_snapshot;

use crate::support::{NOW, Person, assert_no_controls};

const GOOD: &str = "At five weeks that should not be. You get a new one today.\n";
const BAD: &str = "It's our policy, and it always was.\n";

/// Plays the template of scenarios, badly.
fn play(person: &Person, now: &str, reply: &str) {
    person.write("promised-friday.yaml", template("promised-friday"));
    let run = person.run_at(now, &["play", "promised-friday.yaml", "--seed", "1"], reply);
    assert_eq!(run.code, Some(0), "{}", run.err);
}

/// Some days of practice.
fn practised() -> Person {
    let person = Person::new();
    play(&person, "2026-11-19T18:00:00+01:00", "It's our policy. You must have done something.\n");
    play(&person, "2026-11-20T18:00:00+01:00", "I am so sorry, Ms Okoro. That is our mistake.\n");
    person.drill_at("2026-11-21T18:00:00+01:00", &["--count", "3"], format!("{GOOD}{BAD}\n{GOOD}"));
    person
}

fn json(person: &Person, more: &[&str]) -> serde_json::Value {
    let run = person.run(&[&["progress", "--format", "json"], more].concat(), "");
    serde_json::from_str(&run.out).unwrap()
}

#[test]
fn nothing_practised_is_no_trouble() {
    let run = Person::new().run(&["progress"], "");
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert_snapshot!(run.out, @r"
    Nothing has been practised yet. Begin with `amends drill`, or with `amends
    play`.
    ");
}

#[test]
fn drills_are_told() {
    let person = Person::new();
    person.drill_at("2026-11-20T18:00:00+01:00", &["--count", "3"], format!("{GOOD}{BAD}\n{GOOD}"));
    person.drill_at("2026-11-21T18:00:00+01:00", &["--count", "3"], format!("{GOOD}{GOOD}{GOOD}"));
    assert_snapshot!(person.run(&["progress"], "").out);
    assert_snapshot!(person.run(&["progress", "--plain"], "").out);
    assert_snapshot!(person.run(&["progress", "--format", "json"], "").out);
}

#[test]
fn sessions_are_played_again() {
    let told = json(&practised(), &[]);
    assert_eq!(told["version"], 1);
    assert_eq!(told["streak"]["current"], 3);
    let sessions = told["sessions"].as_array().unwrap();
    assert_eq!(sessions.len(), 2);
    assert_eq!(sessions[0]["started"], "2026-11-19T17:00:00Z");
    assert!(sessions[0]["mark"].as_u64() < sessions[1]["mark"].as_u64());
    let families: Vec<_> = told["costs"].as_array().unwrap().iter().map(|cost| &cost["family"]).collect();
    assert!(families.contains(&&"policy-shield".into()), "{families:?}");
    assert_eq!(told["drills"]["graded"], 3);
}

#[test]
fn what_cost_most_is_drilled_first() {
    let person = practised();
    let run = person.run(&["drill", "--list"], "");
    let new = run.out.split("New, in the order in which they come:\n").nth(1).unwrap();
    let first = new.split_whitespace().next().unwrap();
    let costs = json(&person, &[])["costs"].clone();
    let drilled = ["fix", "policy-shield"];
    let dearest =
        costs.as_array().unwrap().iter().find(|cost| !drilled.contains(&cost["family"].as_str().unwrap()));
    assert_eq!(first, dearest.unwrap()["family"].as_str().unwrap());
}

#[test]
fn a_page_has_bars_and_for_a_screen_reader_words() {
    let person = practised();
    let page = person.run(&["progress"], "").out;
    assert!(page.contains("100 |") && page.contains("policy-shield  #"), "{page}");
    assert!(page.contains("A streak of 3 days, the longest so far."), "{page}");
    let plain = person.run(&["progress", "--plain"], "").out;
    assert!(plain.contains("Out of 100, the oldest first: "), "{plain}");
    assert!(!plain.contains(['#', '|', '+']), "{plain}");
}

#[test]
fn what_cannot_be_used_is_named() {
    let person = practised();
    person.write("data/amends/sessions/a\u{1b}.jsonl", "hello\n");
    person.write(
        "data/amends/sessions/b.jsonl",
        "{\"format\":\"amends-transcript\",\"version\":9,\"program\":\"3.0\"}\n",
    );
    let run = person.run(&["progress"], "");
    assert_eq!(run.code, Some(2));
    assert_no_controls(&run.out);
    let words = run.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("this is neither a transcript nor a drill log of amends"), "{}", run.out);
    assert!(words.contains("a newer amends (3.0) wrote it"), "{}", run.out);
    assert_eq!(json(&person, &[])["sessions"].as_array().unwrap().len(), 2);
    assert_eq!(json(&person, &[])["skipped"].as_array().unwrap().len(), 2);
}

#[test]
fn another_folder_is_read_instead() {
    let person = Person::new();
    person.write("promised-friday.yaml", template("promised-friday"));
    person.run(&["play", "promised-friday.yaml", "--results", "mine"], "I am so sorry.\n");
    person.drill(&["fix", "--folder", "mine", "--count", "1"], GOOD);
    let told = json(&person, &["--folder", "mine"]);
    assert_eq!(told["sessions"].as_array().unwrap().len(), 1);
    assert_eq!(told["drills"]["graded"], 1);
    let run = person.run_at(NOW, &["progress", "--folder", "nowhere"], "");
    assert_eq!((run.code, run.err.as_str()), (Some(2), "amends: nowhere: there is no such folder\n"));
}
