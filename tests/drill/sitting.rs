//! Whole sittings through a pipe.

use insta::assert_snapshot;

use crate::support::{Person, assert_no_controls};

/// An answer that passes every prompt of the small lexicon.
const GOOD: &str = "At five weeks that should not be. You get a new one today.\n";
/// One that passes none.
const BAD: &str = "I'm afraid it's our policy.\n";

#[test]
fn a_whole_sitting() {
    let run = Person::new().drill(&[], format!("{BAD}{GOOD}{GOOD}Well, that is a pity indeed.\n\n{GOOD}"));
    assert_snapshot!(run.out);
}

#[test]
fn a_whole_sitting_for_a_screen_reader() {
    let run = Person::new().drill(&["--plain", "--count", "2"], format!("{BAD}:why\n:help\n\n{GOOD}"));
    assert_snapshot!(run.out);
    assert!(!run.out.contains(['#', '^', '|', '*']), "something is drawn");
    assert!(!run.out.lines().any(|line| line.starts_with("--")), "something is drawn");
}

#[test]
fn every_command_answers() {
    let typed = "help\n:hlp\n:)\n\n:why\n:hint\n:skip\n:quit\nnot read\n";
    let person = Person::new();
    let run = person.drill(&[], typed);
    assert_snapshot!(run.out);
    assert!(person.logs().is_empty(), "nothing was answered");
}

#[test]
fn an_answer_is_logged_with_what_was_heard() {
    let person = Person::new();
    person.drill(&["policy-shield", "--count", "1"], format!("{BAD}{GOOD}"));
    let tries = person.tries();
    assert_eq!(tries.len(), 2);
    assert_eq!(tries[0]["heard"][0]["rule"], "our-policy");
    assert_eq!((&tries[0]["grade"], &tries[0]["first"]), (&"again".into(), &true.into()));
    assert_eq!((&tries[1]["grade"], &tries[1]["first"]), (&"good".into(), &false.into()));
    assert_eq!(tries[0]["at"], "2026-11-22T09:00:00Z");
}

#[test]
fn a_hint_makes_it_count_less() {
    let person = Person::new();
    person.drill(&["fix", "--count", "1"], format!(":hint\n{GOOD}"));
    assert_eq!(person.tries()[0]["grade"], "hard");
}

#[test]
fn each_sitting_shows_other_sentences_and_keeps_a_file() {
    let person = Person::new();
    let mut shown = Vec::new();
    for hour in ["10", "11", "12"] {
        person.drill_at(&format!("2026-11-22T{hour}:00:00Z"), &["policy-shield", "--count", "1"], GOOD);
        shown.push(person.tries().last().unwrap()["prompt"].as_str().unwrap().to_owned());
    }
    shown.sort();
    assert_eq!(shown, ["kettle", "lamp", "shoes"]);
    assert_eq!(person.logs().len(), 3);
}

#[test]
fn what_went_badly_comes_back_first() {
    let person = Person::new();
    let listed = |now: &str| person.drill_at(now, &["--list"], "").out;
    assert_snapshot!(listed("2026-11-22T10:00:00+01:00"), @r"
    New, in the order in which they come:
      fix            Offer something that puts it right.
      policy-shield  Say what you can do, and leave the rule out of it.

    4 prompts for 2 families.
    ");
    person.drill(&["fix", "policy-shield", "--count", "2"], format!("{GOOD}{BAD}\n"));
    assert_snapshot!(listed("2026-11-22T18:00:00+01:00"), @r"
    Drilled so far:
      policy-shield  due today; drilled once, the last: not yet
      fix            due in 2 days; drilled once, the last: passed

    4 prompts for 2 families.
    ");
    assert_snapshot!(listed("2026-11-27T10:00:00+01:00"), @r"
    Drilled so far:
      policy-shield  due for 5 days now; drilled once, the last: not yet
      fix            due for 3 days now; drilled once, the last: passed

    4 prompts for 2 families.
    ");
    let next = person.drill_at("2026-11-27T10:00:00+01:00", &["--count", "1"], "").out;
    assert!(next.contains("1 of 1: policy-shield"), "{next}");
}

#[test]
fn a_folder_holds_it_all() {
    let person = Person::new();
    person.drill(&["fix", "--folder", "mine", "--count", "1"], GOOD);
    assert!(person.path().join("mine/drills/2026-11-22-090000.jsonl").exists());
    assert!(person.logs().is_empty());
    let listed = person.drill(&["--list", "--folder", "mine"], "").out;
    assert!(listed.contains("drilled once"), "{listed}");
}

#[test]
fn what_amends_brings_can_be_drilled() {
    let run =
        Person::new().run(&["drill", "apology", "--count", "2", "--seed", "3"], "I am so sorry.\n:quit\n");
    assert_eq!(run.code, Some(0));
    assert!(run.out.contains("1 of 2: apology"), "{}", run.out);
    assert!(run.out.contains("Worked: \"I am so sorry\": a plain apology."), "{}", run.out);
    assert_no_controls(&run.out);
}

#[test]
fn names_that_nobody_drills_are_told() {
    let told = |name: &str| {
        let run = Person::new().run(&["drill", name], "");
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""));
        run.err
    };
    assert_snapshot!(told("apolgy"), @"amends: there are no drills for apolgy: did you mean `apology`?");
    assert_snapshot!(told("zzz\u{1b}[2J"), @r"amends: there are no drills for zzz\u{1b}[2J: `amends drill --list` lists them");
}
