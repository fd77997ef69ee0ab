//! Input that nobody would type, except to see what happens.

use crate::support::{SCENARIO, Trainee, assert_no_controls};
use amends::scenario::template;

#[test]
fn control_characters_never_reach_the_terminal() {
    let trainee = Trainee::new();
    let typed = "I am so sorry \u{1b}[2J\u{1b}]0;owned\u{7} it's our\u{9b}31m policy \u{202e}txt\n:why\n\
                 \u{1b}:quit\n:look-up \u{1b}[31mx\n:\u{1b}[31m\n:save \u{1b}[31m/x\n:retry 1\n:skip\n:skip\n:skip\n:skip\n:skip\n";
    let run = trainee.play(&["--name", "Ann \u{1b}[31m"], typed);
    assert_no_controls(&run.out);
    assert_no_controls(&run.err);
    assert_eq!(trainee.replies()[0], typed.lines().next().unwrap(), "the record has it as it was typed");
    let scored = trainee.run(&["score", "results"], "");
    assert_no_controls(&scored.out);
}

#[test]
fn neither_do_those_of_a_scenario() {
    let trainee = Trainee::new();
    let hostile = template("promised-friday")
        .replacen("title: Promised for Friday", "title: \"Promised \\e[2J for \\x07 Friday\"", 1)
        .replacen("name: Ms Okoro", "name: \"Ms \\e[31m Okoro\"", 1)
        .replacen("That is what your ticket says.", "That is \\e]0;owned\\a what your ticket says.", 1);
    trainee.write(SCENARIO, &hostile);
    let run = trainee.play(&[], "Hello.\n:file\n:goodwill\n");
    assert_no_controls(&run.out);
    assert!(run.out.contains(r"\u{1b}[2J"), "{}", run.out);
}

#[test]
fn endless_lines_and_bytes_that_are_no_text_are_borne() {
    let trainee = Trainee::new();
    let mut typed = vec![b'a'; 3 << 20];
    typed.push(b'\n');
    typed.extend(b"\xff\xfe\x00\x80 sorry\n");
    typed.extend("sorry ".repeat(150_000).as_bytes());
    typed.extend(b"\n:why\n");
    typed.extend("👩‍👧".repeat(1000).as_bytes());
    typed.extend(b"\n::::\n:why 1\n");
    let run = trainee.play(&[], typed);
    assert!(run.out.lines().all(|line| line.chars().count() <= 80), "a line is too wide");
    assert_eq!(trainee.replies()[0].len(), 64 << 10);
}

#[test]
fn a_thousand_replies_come_to_an_end() {
    let trainee = Trainee::new();
    // The full stop ends what may have several lines.
    let typed = "I see.\n.\n".repeat(1000);
    let run = trainee.play(&[], typed);
    assert!(run.out.contains("It is over."), "{}", run.out);
}
