//! Sessions through a pipe.

use insta::assert_snapshot;

use crate::support::{AFTERWARDS, BAD, GOOD, Trainee, assert_no_controls};

#[test]
fn a_whole_session_with_a_coach() {
    let run = Trainee::new().play(&[], format!("{BAD}{GOOD}{AFTERWARDS}"));
    assert_snapshot!(run.out);
}

#[test]
fn a_whole_exam() {
    let run = Trainee::new().play(&["--mode", "exam"], format!("{GOOD}{AFTERWARDS}"));
    assert_snapshot!(run.out);
}

#[test]
fn a_whole_session_for_a_screen_reader() {
    let typed = format!("{BAD}:why\n:goodwill\n:steps\n:file\n:help\n{GOOD}{AFTERWARDS}");
    let run = Trainee::new().play(&["--plain"], typed);
    assert_snapshot!(run.out);
    let drawn = run.out.chars().filter(|c| "#|*_~^<>=-".contains(*c) && *c != '-').count();
    assert_eq!(drawn, 0, "something is drawn");
    assert!(!run.out.lines().any(|line| line.starts_with("--")), "something is drawn");
}

#[test]
fn every_command_answers() {
    let typed = format!(
        ":help\n:hint\n:hint\n:hint\n:file\n:look-up ticket\n:look-up apology\n:look-up sorry-you-feel\n:look-up tikcet\n\
         :steps\n:goodwill\n:why\n{BAD}:why\n:why 1\n:why 7\n:debrief\n:save\n"
    );
    let run = Trainee::new().play(&[], typed);
    let out = run.out.replace(run.err.lines().next().unwrap().trim_start_matches("Saved: "), "[path]");
    assert_snapshot!(out);
}

#[test]
fn what_was_typed_wrong_is_explained() {
    let typed = "help\nquit\n:undu\n:wy\n:)\n:\n:h\n:why x\n:look-up\n:retry\n:undo\n\n:quit\nnot read\n";
    let trainee = Trainee::new();
    let run = trainee.play(&[], typed);
    assert_snapshot!(run.out);
    assert!(trainee.replies().is_empty());
}

#[test]
fn the_same_seed_is_the_same_session_and_another_differs() {
    let trainee = Trainee::new();
    let typed = format!("{GOOD}{AFTERWARDS}");
    let first = trainee.play(&[], &typed).out;
    assert_eq!(first, trainee.play(&[], &typed).out);
    let openings: std::collections::BTreeSet<String> = (1..9)
        .map(|seed| {
            let seed = seed.to_string();
            trainee.run(&["play", crate::support::SCENARIO, "--results", "results", "--seed", &seed], "").out
        })
        .collect();
    assert!(openings.len() > 1, "the customer always says the same");
}

#[test]
fn undo_and_retry_take_replies_back() {
    let trainee = Trainee::new();
    let plain = trainee.play(&[], GOOD).out;
    let second = Trainee::new();
    let out = second.play(&[], format!("{BAD}:retry\n{BAD}:undo\n{BAD}{BAD}:retry 1\n{GOOD}")).out;
    let end = |out: &str| out.rsplit("Ms Okoro:").next().unwrap().to_owned();
    assert_eq!(end(&plain), end(&out), "a session goes on as if nothing had been taken back");
    assert_eq!(second.replies().len(), 4 + 3, "what was taken back is still in the record");
    let events: Vec<_> =
        second.lines().iter().filter_map(|line| line["event"].as_str().map(str::to_owned)).collect();
    assert_eq!(events.iter().filter(|event| *event == "undo").count(), 1);
    assert_eq!(events.iter().filter(|event| *event == "retry").count(), 2);
}

#[test]
fn an_exam_gives_no_help_and_takes_nothing_back() {
    let trainee = Trainee::new();
    let run = trainee.play(
        &["--mode", "exam"],
        format!("{BAD}:hint\n:why\n:goodwill\n:undo\n:retry\n:look-up apology\n:steps\n"),
    );
    assert_eq!(run.out.matches("This is an exam:").count(), 1 + 5, "{}", run.out);
    assert!(!run.out.contains("Broke:") && !run.out.contains("you are here"), "{}", run.out);
    assert_eq!(trainee.replies().len(), 1);
    let over = Trainee::new().play(&["--mode", "exam"], format!("{GOOD}{AFTERWARDS}:why 1\n:retry\n"));
    assert!(over.out.contains("Reply 1:"), "{}", over.out);
}

#[test]
fn after_the_end_a_turn_can_be_tried_again() {
    let trainee = Trainee::new();
    let run =
        trainee.play(&[], format!("{BAD}:skip\n:skip\n:skip\n:skip\n:skip\n:retry 1\n{GOOD}{AFTERWARDS}"));
    assert_eq!(run.out.matches("What became of Ms Okoro").count(), 2, "{}", run.out);
    assert_no_controls(&run.out);
}

#[test]
fn silence_is_asked_about_once() {
    let trainee = Trainee::new();
    let run = trainee.play(&[], "\n:goodwill\n\n\n");
    assert_eq!(trainee.replies(), [""]);
    assert!(run.out.contains("Press Enter again"));
}
