//! A sitting at a real terminal: keys and signals.

use std::process::Command;

use rexpect::reader::Options;
use rexpect::session::spawn_with_options;

use crate::support::{DRILL, NOW, Person};

/// Long enough for a machine that builds something else.
const PATIENCE: u64 = 20_000;

#[test]
fn keys_throw_a_line_away_and_end_the_sitting() {
    let person = Person::new();
    let command = format!("stty cols 60 rows 40; exec {} {}", env!("CARGO_BIN_EXE_amends"), DRILL.join(" "));
    let mut shell = Command::new("bash");
    shell.args(["-c", &command]).current_dir(person.path()).env("HOME", person.path());
    shell
        .env("XDG_DATA_HOME", person.path().join("data"))
        .env("AMENDS_NOW", NOW)
        .env("TERM", "xterm-256color");
    let mut session = spawn_with_options(shell, Options::new().timeout_ms(Some(PATIENCE))).unwrap();
    session.exp_string("handle.").unwrap();
    session.exp_string("You:").unwrap();
    session.send("half a line").unwrap();
    session.send_control('c').unwrap();
    session.exp_string("Nothing was said.").unwrap();
    session.exp_string("You:").unwrap();
    session.send_line("You get a new one.").unwrap();
    session.exp_string("Passed.").unwrap();
    session.exp_string("2 of 4").unwrap();
    session.exp_string("You:").unwrap();
    session.send_control('d').unwrap();
    session.exp_string("1 of 1 answer passed").unwrap();
    session.exp_string("Saved:").unwrap();
    session.exp_eof().unwrap();
    assert_eq!(person.tries().len(), 1);
}
