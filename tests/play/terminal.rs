//! Sessions at a real terminal: a pseudo-terminal with a size, keys and signals.

use std::process::Command;

use rexpect::reader::Options;
use rexpect::session::{PtySession, spawn_with_options};

use crate::support::{AFTERWARDS, BAD, GOOD, PLAY, SCENARIO, Trainee};

/// Long enough for a machine that builds something else.
const PATIENCE: u64 = 20_000;

/// A terminal of this width in which the scenario of the tests is being played.
fn terminal(trainee: &Trainee, columns: usize, term: &str, more: &[&str]) -> PtySession {
    let play = [&PLAY[..], more].concat().join(" ");
    let command = format!("stty cols {columns} rows 40; exec {} {play}", env!("CARGO_BIN_EXE_amends"));
    let mut shell = Command::new("bash");
    trainee.prepare(shell.args(["-c", &command]));
    shell.env("TERM", term);
    let options = Options::new().timeout_ms(Some(PATIENCE));
    let mut session = spawn_with_options(shell, options).unwrap();
    session.exp_string("You: ").unwrap();
    session
}

/// What is shown, without the codes that move the cursor and paint.
fn seen(text: &str) -> String {
    let mut seen = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\u{1b}' => {
                if chars.next() == Some('[') {
                    chars.by_ref().find(|c| c.is_ascii_alphabetic() || *c == '~');
                }
            }
            '\r' => {}
            c => seen.push(c),
        }
    }
    seen
}

#[test]
fn a_whole_session() {
    let trainee = Trainee::new();
    let mut session = terminal(&trainee, 60, "xterm-256color", &[]);
    let mut shown = String::new();
    for line in format!("{BAD}:retry\n").lines().chain(GOOD.lines()) {
        // A retry offers the old reply: it is wiped out, and typed anew.
        session.send_control('u').unwrap();
        session.send_line(line).unwrap();
        shown.push_str(&session.exp_regex("You(?: write)?: ").unwrap().0);
    }
    for line in AFTERWARDS.lines() {
        session.send_line(line).unwrap();
    }
    shown.push_str(&session.exp_string("It is over.").unwrap());
    session.send_line(":quit").unwrap();
    shown.push_str(&session.exp_eof().unwrap());
    let shown = seen(&shown);
    assert!(shown.contains("Broke:"), "{shown}");
    assert!(shown.contains("What became of Ms Okoro"), "{shown}");
    assert!(shown.contains("Saved: results/"), "{shown}");
    let program = shown.lines().filter(|line| !line.contains("You: ") && !line.contains("Saved"));
    let wide: Vec<&str> =
        program.filter(|line| line.chars().count() > 60 && !GOOD.contains(line.trim())).collect();
    assert!(
        wide.iter().all(|line| GOOD.contains(&line[..20]) || AFTERWARDS.contains(&line[..20])),
        "{wide:#?}"
    );
    assert_eq!(trainee.replies().len(), 1 + 3 + 4);
}

#[test]
fn a_retry_offers_the_old_words_to_be_changed() {
    let trainee = Trainee::new();
    let mut session = terminal(&trainee, 80, "xterm", &[]);
    session.send_line("I am sorry you feel").unwrap();
    session.exp_string("You: ").unwrap();
    session.send_line(":retry").unwrap();
    session.exp_string("You: ").unwrap();
    session.send_line(" that this happened").unwrap();
    session.exp_string("You: ").unwrap();
    session.send_line(":quit").unwrap();
    session.exp_eof().unwrap();
    assert_eq!(trainee.replies(), ["I am sorry you feel", "I am sorry you feel that this happened"]);
}

#[test]
fn ctrl_c_keeps_the_session_and_ctrl_d_leaves_it() {
    let trainee = Trainee::new();
    let mut session = terminal(&trainee, 80, "xterm", &[]);
    session.send("never mind this").unwrap();
    session.flush().unwrap();
    session.send_control('c').unwrap();
    session.exp_string("Nothing was said, and everything is kept.").unwrap();
    session.exp_string("You: ").unwrap();
    session.send_line("I am so sorry.").unwrap();
    session.exp_string("You: ").unwrap();
    session.send_control('d').unwrap();
    let end = seen(&session.exp_eof().unwrap());
    assert!(end.contains("Saved: results/"), "{end}");
    assert!(end.contains("Go on with: amends play --resume --results results"), "{end}");
    assert_eq!(trainee.replies(), ["I am so sorry."]);
}

#[test]
fn commands_are_completed() {
    let trainee = Trainee::new();
    let mut session = terminal(&trainee, 80, "xterm", &[]);
    session.send(":good\t").unwrap();
    session.flush().unwrap();
    session.exp_string(":goodwill").unwrap();
    session.send_line("").unwrap();
    session.exp_string("of 100").unwrap();
    session.send_line(":quit").unwrap();
    session.exp_eof().unwrap();
}

#[test]
fn a_dumb_terminal_gets_no_codes() {
    let trainee = Trainee::new();
    let mut session = terminal(&trainee, 80, "dumb", &[]);
    session.send_line(BAD.trim()).unwrap();
    let shown = session.exp_string("You: ").unwrap();
    assert!(!shown.contains('\u{1b}'), "{shown:?}");
    session.send_line(":quit").unwrap();
    assert!(!session.exp_eof().unwrap().contains('\u{1b}'));
}

#[test]
fn a_terminal_that_goes_away_leaves_the_session_on_disk() {
    let trainee = Trainee::new();
    let mut session = terminal(&trainee, 80, "xterm", &[]);
    session.send_line("I am so sorry.").unwrap();
    session.exp_string("You: ").unwrap();
    session.process_mut().exit().unwrap();
    assert_eq!(trainee.replies(), ["I am so sorry."]);
}

#[test]
fn only_the_basic_colours_are_used() {
    let trainee = Trainee::new();
    let mut session = terminal(&trainee, 80, "xterm-256color", &["--color", "always"]);
    session.send_line(BAD.trim()).unwrap();
    let shown = session.exp_string("You: ").unwrap();
    let codes: Vec<&str> = shown.split("\u{1b}[").skip(1).filter_map(|rest| rest.split('m').next()).collect();
    let painted: Vec<&&str> =
        codes.iter().filter(|code| code.chars().all(|c| c.is_ascii_digit() || c == ';')).collect();
    assert!(painted.iter().any(|code| **code == "31"), "{codes:?}");
    for code in painted {
        assert!(["0", "1", "31", "32", "35", ""].contains(code), "{code}");
    }
    session.send_line(":quit").unwrap();
    session.exp_eof().unwrap();
    assert!(SCENARIO.ends_with(".yaml"));
}
