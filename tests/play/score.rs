//! Sessions graded again.

use std::fs;

use insta::assert_snapshot;
use serde_json::Value;

use crate::support::{AFTERWARDS, BAD, GOOD, SCENARIO, Trainee, unwrapped};

const CHAT: &str = "\
customer: My parcel never came.
agent: I am so sorry. That is our mistake, and I can see that it spoilt the birthday.
agent: It's our policy to wait ten days.
customer: I see.
";

#[test]
fn a_chat_is_graded_by_what_it_says() {
    let trainee = Trainee::new();
    trainee.write("chat.txt", CHAT);
    let run = trainee.run(&["score", "chat.txt"], "");
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert_snapshot!(run.out);
}

#[test]
fn a_session_is_graded_as_it_was_played() {
    let trainee = Trainee::new();
    let played = trainee.play(&["--name", "Ann"], format!("{BAD}:retry\n{GOOD}{AFTERWARDS}")).out;
    let run = trainee.run(&["score", "results"], "");
    assert_eq!(run.code, Some(0), "{}", run.err);
    let debrief = |out: &str| {
        let begin = out.find("What became of").unwrap();
        out[begin..].split("\nIt is over.").next().unwrap().trim_end().to_owned()
    };
    assert_eq!(debrief(&played), debrief(&run.out));
    assert!(unwrapped(&run.out).contains("promised-friday, Ann, coach mode, seed 1, "), "{}", run.out);
}

#[test]
fn many_are_told_in_short_and_to_programs() {
    let trainee = Trainee::new();
    trainee.play(&["--name", "Ann"], format!("{GOOD}{AFTERWARDS}"));
    trainee.play(&["--name", "Ben"], BAD);
    trainee.write("results/foreign.jsonl", "{}\n");
    trainee.write("nobody.txt", "Dear Ms Lee,\n");
    let run = trainee.run(&["score", "results", "nobody.txt"], "");
    assert_eq!(run.code, Some(2));
    assert!(
        unwrapped(&run.out).contains("Ben, coach mode, seed 1") && run.out.contains("not over"),
        "{}",
        run.out
    );
    assert!(run.out.contains("not graded: this is not a transcript of amends"), "{}", run.out);
    assert!(run.out.contains("not graded: line 1 does not say who speaks"), "{}", run.out);
    let json = trainee.run(&["score", "--format", "json", "results", "nobody.txt"], "");
    let value: Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!(value["version"], 1);
    let sessions = value["sessions"].as_array().unwrap();
    assert_eq!(sessions.len(), 4);
    assert_eq!(
        (sessions[0]["trainee"].as_str(), sessions[0]["finished"].as_bool()),
        (Some("Ann"), Some(true))
    );
    assert!(sessions[0]["card"]["mark"].as_u64() > sessions[1]["card"]["mark"].as_u64(), "{}", json.out);
    assert!(sessions[3]["error"].is_string());
}

#[test]
fn a_chat_can_be_graded_as_a_session_with_a_customer() {
    let trainee = Trainee::new();
    let chat: String = GOOD.lines().map(|line| format!("agent: {line}\ncustomer: go on\n")).collect();
    trainee.write("chat.txt", &chat);
    let run = trainee.run(&["score", "chat.txt", "--scenario", SCENARIO], "");
    assert!(run.out.contains("What became of Ms Okoro"), "{}{}", run.out, run.err);
}

#[test]
fn another_lexicon_changes_marks_and_says_whose() {
    let trainee = Trainee::new();
    trainee.play(&["--name", "Ann"], BAD);
    trainee.write("empty.txt", "agent: I am so sorry. That is our mistake.\n");
    let lexicon = trainee.path().join("ours");
    fs::create_dir(&lexicon).unwrap();
    fs::write(
        lexicon.join("jargon.yaml"),
        "family: jargon\nkind: fault\nabout: Words of the trade.\nrules:\n  - id: brakes\n    severity: error\n    \
         phrases: [work through them]\n    why: Nobody asked how you work.\n    say: [I'll see to yours now.]\n    \
         source: our own\n    flags: [We work through them in order.]\n    allows: [It is done.]\n",
    )
    .unwrap();
    let run = trainee.run(&["score", "results", "empty.txt", "--compare", "--lexicon", "ours"], "");
    assert_eq!(run.code, Some(0), "{}{}", run.out, run.err);
    assert!(run.out.contains("The marks of 1 of 2 change under this lexicon."), "{}", run.out);
    let same = trainee.run(&["score", "results", "--compare"], "");
    assert_eq!(same.code, Some(2));
    assert!(same.err.contains("add --lexicon DIR"), "{}", same.err);
}

/// Writes a lexicon of which only the coaching is another.
fn write_coaching(trainee: &Trainee) {
    let ours = include_str!("../../lexicon/coaching.yaml")
        .replace("what: takes responsibility", "what: carries what is ours");
    let lexicon = trainee.path().join("ours");
    fs::create_dir(&lexicon).unwrap();
    fs::write(lexicon.join("coaching.yaml"), ours).unwrap();
}

#[test]
fn the_coaching_of_a_lexicon_counts_in_a_session() {
    let trainee = Trainee::new();
    trainee.write("chat.txt", CHAT);
    write_coaching(&trainee);
    let usual = trainee.run(&["score", "chat.txt"], "");
    let run = trainee.run(&["score", "chat.txt", "--lexicon", "ours"], "");
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert_eq!(run.out, usual.out.replace("takes responsibility", "carries what is ours"));
    assert_ne!(run.out, usual.out);
}

#[test]
fn a_coaching_that_was_edited_since_is_said() {
    let trainee = Trainee::new();
    trainee.play(&[], GOOD);
    write_coaching(&trainee);
    let path = trainee.transcript();
    let out = |arguments: &[&str]| unwrapped(&trainee.run(arguments, "").out);
    let remark = "played with another lexicon";
    assert!(!out(&["score", "results"]).contains(remark));
    assert!(out(&["score", "results", "--lexicon", "ours"]).contains(remark));
    let resume = ["play", "--resume", path.to_str().unwrap()];
    let remark = "amends or its lexicon has changed since you paused";
    assert!(!out(&resume).contains(remark));
    assert!(out(&[&resume[..], &["--lexicon", "ours"]].concat()).contains(remark));
}

#[test]
fn a_scenario_that_was_edited_since_is_said() {
    let trainee = Trainee::new();
    trainee.play(&[], GOOD);
    let path = trainee.transcript();
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replacen("ten past five", "ten past six", 1)).unwrap();
    let run = trainee.run(&["score", "results"], "");
    assert!(run.out.contains("was changed after the session began"), "{}", run.out);
}
