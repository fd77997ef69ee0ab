//! `amends class review`, through a pipe, and what comes of it.

use std::fs;

use amends::class::agreement;
use amends::scenario::Step;
use insta::assert_snapshot;

use crate::support::{BAD, GOOD, Run, Trainer};

fn review(trainer: &Trainer, name: &str, more: &[&str], typed: &str) -> Run {
    let run = trainer.run(&[&["class", "review", "autumn", "--name", name][..], more].concat(), typed);
    assert_eq!(run.code, Some(0), "{}", run.err);
    run
}

fn with_sessions() -> Trainer {
    let trainer = Trainer::with_class();
    trainer.play("Ann Lee", &[], GOOD);
    trainer.play("Ben Okafor", &[], &format!("{BAD}{BAD}I am Ben, by the way.\n{GOOD}:skip\n:skip\n"));
    trainer.play("Ben Okafor", &[], BAD);
    trainer
}

fn without_path(run: &Run) -> String {
    let lines = run.out.lines().filter(|line| !line.contains("autumn/reviews/"));
    lines.flat_map(|line| [line, "\n"]).collect()
}

#[test]
fn sessions_are_marked_and_the_machine_is_told_afterwards() {
    let trainer = with_sessions();
    let run = review(&trainer, "Kim", &[], "4\nsix\n0\n3\n\n5\nWarm, and slow enough.\n1\n:back\n2\n:quit\n");
    assert_snapshot!(without_path(&run));
    let class = trainer.class();
    assert_eq!(class.reviews.len(), 1, "the second was left");
    let own = &class.reviews[0];
    assert_eq!((own.reviewer.as_str(), own.is_blind, own.is_current), ("Kim", false, true));
    assert_eq!(own.marks, [(Step::Apologize, 4), (Step::Review, 3), (Step::Document, 5)]);
    assert_eq!(own.remark, "Warm, and slow enough.");
}

#[test]
fn one_goes_on_where_one_left_and_each_reviewer_for_themselves() {
    let trainer = with_sessions();
    review(&trainer, "Kim", &[], "5\n5\n5\n5\n\n");
    let rest = review(&trainer, "Kim", &[], "1\n2\n2\n\nok\n");
    assert!(rest.out.contains("1 session to mark. 1 session is not finished, and left out."), "{}", rest.out);
    let done = review(&trainer, "Kim", &[], "");
    assert!(done.out.contains("Every session has your marks."), "{}", done.out);
    let other = review(&trainer, "Lou", &[], "");
    assert!(other.out.contains("2 sessions to mark."), "{}", other.out);
    let again = review(&trainer, "Kim", &[], "4\n4\n4\n4\nThought again.\n");
    assert!(again.out.contains("Marked already: 1 of 2"), "{}", again.out);
    let class = trainer.class();
    assert_eq!(class.reviews.len(), 2, "the last word of each reviewer counts");
    assert!(class.reviews.iter().any(|review| review.remark == "Thought again."));
    let found = agreement(&class);
    assert_eq!(found.iter().map(|own| own.sessions).collect::<Vec<_>>(), [2, 2, 2, 1]);
    assert_eq!(trainer.troubles(), "");
}

#[test]
fn blind_marks_show_neither_names_nor_marks() {
    let trainer = with_sessions();
    let run = review(&trainer, "Kim", &["--blind"], "4\n4\n4\n4\n\n3\n3\n3\n3\n\n");
    assert!(
        !run.out.contains("Ann") && !run.out.contains("Ben") && !run.out.contains("machine"),
        "{}",
        run.out
    );
    assert!(run.out.contains("I am (name), by the way."), "{}", run.out);
    assert!(trainer.class().reviews.iter().all(|review| review.is_blind));
}

#[test]
fn a_session_that_went_on_is_another_one() {
    let trainer = with_sessions();
    review(&trainer, "Kim", &[], "4\n4\n4\n4\n\n");
    let path = &trainer.sessions()[0];
    let go_on = |event: &str| {
        let text = fs::read_to_string(path).unwrap();
        fs::write(path, format!("{text}{{\"at\":\"2026-11-22T09:00:00Z\",\"event\":{event}}}\n")).unwrap();
    };
    go_on("\"retry\",\"reply\":7");
    go_on("\"reply\",\"text\":\"Saturday, rain.\"");
    let class = trainer.class();
    assert!(class.attempts[0].is_finished() && class.reviews[0].is_current, "it came to its end before");
    go_on("\"finished\"");
    let class = trainer.class();
    assert!(!class.reviews[0].is_current);
    assert_eq!(agreement(&class)[0].sessions, 0);
}

#[test]
fn foreign_newer_and_half_written_reviews_are_told() {
    let trainer = with_sessions();
    review(&trainer, "Kim", &[], "4\n4\n4\n4\n\n");
    let folder = trainer.path().join("autumn/reviews");
    let path = fs::read_dir(&folder).unwrap().next().unwrap().unwrap().path();
    let text = fs::read_to_string(&path).unwrap();
    trainer.write("autumn/reviews/a-foreign.jsonl", "{\"format\":\"har\",\"version\":1}\n");
    trainer.write("autumn/reviews/b-newer.jsonl", &text.replacen("\"version\":1", "\"version\":2", 1));
    trainer.write("autumn/reviews/c-half.jsonl", &text[..text.len() - 20]);
    let session = trainer.sessions()[0].file_name().unwrap().to_str().unwrap().to_owned();
    trainer.write("autumn/reviews/d-lost.jsonl", &text.replace(&session, "gone.jsonl"));
    assert_snapshot!(trainer.troubles());
}

#[test]
fn marks_that_cannot_be_saved_are_told() {
    let trainer = with_sessions();
    trainer.write("autumn/reviews", "a file in place of the folder");
    let run = trainer.run(&["class", "review", "autumn", "--name", "Kim"], "4\n4\n4\n4\n\n");
    assert_eq!(run.code, Some(2));
    assert!(run.out.contains("Your marks cannot be saved"), "{}", run.out);
    assert_snapshot!(run.err, @"amends: your marks could not be saved; copy them from the screen");
}

#[test]
fn a_reviewer_has_a_name_and_a_class_is_a_class() {
    let trainer = Trainer::new();
    let run = trainer.run(&["class", "review", "."], "");
    assert!(run.err.contains("--name <NAME>"), "{}", run.err);
    let run = trainer.run(&["class", "review", "nowhere", "--name", "Kim"], "");
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("nowhere/class.yaml: there is no such file"), "{}", run.err);
}
