//! Sessions at a real terminal: a pseudo-terminal with a size, keys and signals.

use std::process::Command;

use rexpect::reader::Options;
use rexpect::session::{PtySession, spawn_with_options};

use crate::support::{AFTERWARDS, BAD, GOOD, PLAY, Trainee};

/// Long enough for a machine that builds something else.
const PATIENCE: u64 = 20_000;

/// What the line editor sends when it begins to wait for a line.
const WAITS: &str = "\u{1b}[?2004h";

/// A terminal of this width in which the scenario of the tests is being played.
fn terminal(trainee: &Trainee, columns: usize, more: &[&str]) -> PtySession {
    let mut session = start(trainee, columns, "xterm-256color", more);
    session.exp_string(WAITS).unwrap();
    session
}

fn start(trainee: &Trainee, columns: usize, term: &str, more: &[&str]) -> PtySession {
    let play = [&PLAY[..], more].concat().join(" ");
    let command = format!("stty cols {columns} rows 40; exec {} {play}", env!("CARGO_BIN_EXE_amends"));
    let mut shell = Command::new("bash");
    trainee.prepare(shell.args(["-c", &command]));
    shell.env("TERM", term);
    spawn_with_options(shell, Options::new().timeout_ms(Some(PATIENCE))).unwrap()
}

/// Types a line; what is shown until the next is awaited.
fn say(session: &mut PtySession, line: &str) -> String {
    session.send_line(line).unwrap();
    session.exp_string(WAITS).unwrap()
}

/// What is shown, without the codes that move the cursor and paint.
fn seen(text: &str) -> String {
    // rexpect hands out bytes as characters.
    let bytes: Vec<u8> = text.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect();
    let text = String::from_utf8_lossy(&bytes);
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
fn a_whole_session_in_60_columns() {
    let trainee = Trainee::new();
    let mut session = terminal(&trainee, 60, &[]);
    let mut shown = String::new();
    for line in BAD.lines().chain(GOOD.lines()).chain(AFTERWARDS.lines()) {
        let answer = say(&mut session, line);
        // What the editor shows of the line is its own affair.
        shown.push_str(answer.split_once("\u{1b}[?2004l").unwrap().1);
    }
    session.send_line(":quit").unwrap();
    shown.push_str(session.exp_eof().unwrap().split_once("\u{1b}[?2004l").unwrap().1);
    let shown = seen(&shown);
    assert!(shown.contains("Broke:"), "{shown}");
    assert!(shown.contains("What became of Ms Okoro"), "{shown}");
    assert!(shown.contains("Saved: results/"), "{shown}");
    for line in shown.lines().filter(|line| !line.contains("results")) {
        assert!(line.chars().count() <= 60, "{line}");
    }
    assert_eq!(trainee.replies().len(), 1 + 3 + 4);
}

/// Typed ahead, or pasted into a terminal that does not mark what is pasted.
#[test]
fn lines_that_come_at_once_are_all_heard() {
    let trainee = Trainee::new();
    let mut session = terminal(&trainee, 80, &[]);
    session.send_line("I am so sorry.\rThat was our mistake.\r:quit").unwrap();
    session.exp_eof().unwrap();
    assert_eq!(trainee.replies(), ["I am so sorry.", "That was our mistake."]);
}

#[test]
fn a_retry_offers_the_old_words_to_be_changed() {
    let trainee = Trainee::new();
    let mut session = terminal(&trainee, 80, &[]);
    say(&mut session, "I am sorry you feel");
    say(&mut session, ":retry");
    say(&mut session, " that this happened");
    session.send_line(":quit").unwrap();
    session.exp_eof().unwrap();
    assert_eq!(trainee.replies(), ["I am sorry you feel", "I am sorry you feel that this happened"]);
}

#[test]
fn ctrl_c_keeps_the_session_and_ctrl_d_leaves_it() {
    let trainee = Trainee::new();
    let mut session = terminal(&trainee, 80, &[]);
    session.send("never mind this").unwrap();
    session.flush().unwrap();
    session.send_control('c').unwrap();
    session.exp_string("Nothing was said, and everything is kept.").unwrap();
    session.exp_string(WAITS).unwrap();
    say(&mut session, "I am so sorry.");
    session.send_control('d').unwrap();
    let end = seen(&session.exp_eof().unwrap());
    assert!(end.contains("Saved: results/"), "{end}");
    assert!(end.contains("Go on with: amends play --resume --results results"), "{end}");
    assert_eq!(trainee.replies(), ["I am so sorry."]);
}

#[test]
fn commands_are_completed() {
    let trainee = Trainee::new();
    let mut session = terminal(&trainee, 80, &[]);
    session.send(":good\t").unwrap();
    session.flush().unwrap();
    session.exp_string("will").unwrap();
    assert!(say(&mut session, "").contains("of 100"));
    session.send_line(":quit").unwrap();
    session.exp_eof().unwrap();
}

#[test]
fn a_dumb_terminal_gets_no_codes() {
    let trainee = Trainee::new();
    let mut session = start(&trainee, 80, "dumb", &[]);
    session.send_line(BAD.trim()).unwrap();
    session.send_line(":quit").unwrap();
    let shown = session.exp_eof().unwrap();
    assert!(shown.contains("You: ") && shown.contains("Broke:"), "{shown}");
    assert!(shown.contains("Ctrl-C ends it at once."), "{shown}");
    assert!(!shown.contains('\u{1b}'), "{shown:?}");
}

#[test]
fn a_terminal_that_goes_away_leaves_the_session_on_disk() {
    let trainee = Trainee::new();
    let mut session = terminal(&trainee, 80, &[]);
    say(&mut session, "I am so sorry.");
    session.process_mut().exit().unwrap();
    assert_eq!(trainee.replies(), ["I am so sorry."]);
}

#[test]
fn only_the_basic_colours_are_used() {
    let trainee = Trainee::new();
    let mut session = terminal(&trainee, 80, &[]);
    let shown = say(&mut session, BAD.trim());
    let codes = shown.split("\u{1b}[").skip(1).filter_map(|rest| rest.split_once('m'));
    let painted: Vec<&str> = codes
        .map(|(code, _)| code)
        .filter(|code| code.chars().all(|c| c.is_ascii_digit() || c == ';'))
        .collect();
    assert!(painted.contains(&"31"), "{painted:?}");
    // Reset, bold, red, green, magenta.
    assert!(painted.iter().all(|code| ["0", "1", "31", "32", "35"].contains(code)), "{painted:?}");
    session.send_line(":quit").unwrap();
    session.exp_eof().unwrap();
}

#[test]
fn no_color_is_respected() {
    let trainee = Trainee::new();
    let mut session = terminal(&trainee, 80, &["--color", "never"]);
    let shown = say(&mut session, BAD.trim());
    assert!(
        shown.contains("Broke:") && !shown.contains("\u{1b}[31m") && !shown.contains("\u{1b}[1m"),
        "{shown}"
    );
    session.send_line(":quit").unwrap();
    session.exp_eof().unwrap();
}
