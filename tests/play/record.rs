//! What is on disk, whatever happens.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::Stdio;

use crate::support::{AFTERWARDS, BAD, GOOD, PLAY, SCENARIO, Trainee};

#[test]
fn a_killed_session_goes_on_where_it_was() {
    let trainee = Trainee::new();
    let replies: Vec<&str> = GOOD.lines().collect();
    let mut child = trainee.start(&[&PLAY[..], &["--name", "Ann"]].concat());
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut typed = child.stdin.take().unwrap();
    let mut wait_for = |words: &str| {
        let mut line = String::new();
        while !line.contains(words) {
            line.clear();
            assert!(out.read_line(&mut line).unwrap() > 0, "the program said nothing of {words}");
        }
    };
    wait_for("Ms Okoro:");
    typed.write_all(format!("{}\n", replies[0]).as_bytes()).unwrap();
    wait_for("Ms Okoro:");
    typed.write_all(b"Half a li").unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(trainee.replies(), replies[..1]);

    let rest = format!("{}\n{}\n{AFTERWARDS}", replies[1], replies[2]);
    let resumed = trainee.run(&["play", "--resume", "--results", "results", "--name", "Ann"], rest);
    assert_eq!(resumed.code, Some(0), "{}", resumed.err);
    assert_eq!(trainee.replies().len(), 7);

    let whole = Trainee::new();
    whole.play(&["--name", "Ann"], format!("{GOOD}{AFTERWARDS}"));
    let marks = |trainee: &Trainee| trainee.run(&["score", "--format", "json", "results"], "").out;
    let card =
        |json: &str| serde_json::from_str::<serde_json::Value>(json).unwrap()["sessions"][0]["card"].clone();
    assert_eq!(card(&marks(&trainee)), card(&marks(&whole)));
}

#[test]
fn a_transcript_that_is_cut_anywhere_can_be_resumed() {
    let trainee = Trainee::new();
    trainee.play(&[], GOOD);
    let path = trainee.transcript();
    let whole = fs::read(&path).unwrap();
    let begin = whole.iter().enumerate().filter(|(_, byte)| **byte == b'\n').nth(1).unwrap().0;
    for end in (begin + 1..=whole.len()).rev().step_by(97) {
        fs::write(&path, &whole[..end]).unwrap();
        let run = trainee.run(&["play", "--resume", path.to_str().unwrap()], BAD);
        assert_eq!(run.code, Some(0), "cut at {end}: {}", run.err);
        assert!(trainee.lines().len() > 2);
    }
}

#[test]
fn foreign_newer_and_damaged_transcripts_are_refused() {
    let trainee = Trainee::new();
    trainee.play(&[], GOOD);
    let good = fs::read_to_string(trainee.transcript()).unwrap();
    let newer = good.replacen("\"version\":1", "\"version\":2", 1);
    let damaged = good.replacen("\"event\":\"reply\"", "\"event\":\"re", 1);
    let cut = &good[..60];
    let hostile = "{\"\u{1b}[2J\": \u{7}";
    let files = [
        ("foreign", "{\"a\":1}\n"),
        ("newer", &newer),
        ("damaged", &damaged),
        ("cut", cut),
        ("hostile", hostile),
    ];
    let mut said = String::new();
    for (name, text) in files {
        let name = format!("{name}.jsonl");
        trainee.write(&name, text);
        let run = trainee.run(&["play", "--resume", &name], "");
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""));
        said.push_str(&run.err);
    }
    insta::assert_snapshot!(said);
}

#[test]
fn there_must_be_something_to_resume() {
    let trainee = Trainee::new();
    let said = |arguments: &[&str]| trainee.run(arguments, "").err;
    insta::assert_snapshot!(said(&["play", "--resume"]), @"amends: there is no unfinished session; begin one with `amends play SCENARIO`");
    trainee.play(&["--name", "Ann"], format!("{GOOD}{AFTERWARDS}"));
    insta::assert_snapshot!(
        said(&["play", "--resume", "--results", "results", "--name", "Ann"]),
        @"amends: there is no unfinished session by Ann in results; begin one with `amends play SCENARIO`"
    );
    trainee.play(&["--name", "Ann"], GOOD);
    trainee.play(&["--name", "Ben"], GOOD);
    let several = said(&["play", "--resume", "--results", "results"]);
    assert!(several.contains("say whose with --name"), "{several}");
    let ben = trainee.run(&["play", "--resume", "--results", "results", "--name", "Ben"], ":quit\n");
    assert_eq!(ben.code, Some(0), "{}", ben.err);
}

#[test]
fn two_windows_cannot_go_on_with_the_same_session() {
    let trainee = Trainee::new();
    let mut first = trainee.start(&PLAY);
    let mut begun = [0; 1];
    first.stdout.as_mut().unwrap().read_exact(&mut begun).unwrap();
    let second = trainee.run(&["play", "--resume", "--results", "results"], "");
    assert_eq!(second.code, Some(2));
    assert!(second.err.contains("another window"), "{}", second.err);
    drop(first.stdin.take());
    first.wait().unwrap();
}

#[test]
fn twelve_trainees_write_into_one_folder_at_once() {
    let trainee = Trainee::new();
    let mut children: Vec<_> =
        (0..12).map(|_| trainee.start(&[&PLAY[..], &["--name", "Ann"]].concat())).collect();
    for child in &mut children {
        child.stdin.take().unwrap().write_all(GOOD.as_bytes()).unwrap();
    }
    for child in children {
        assert!(child.wait_with_output().unwrap().status.success());
    }
    let paths = trainee.transcripts();
    assert_eq!(paths.len(), 12);
    let files: Vec<&str> = paths.iter().map(|path| path.to_str().unwrap()).collect();
    let scored = trainee.run(&[&["score"], &files[..]].concat(), "");
    assert_eq!(scored.code, Some(0), "{}", scored.err);
}

#[test]
fn practice_stays_in_the_data_folder() {
    let trainee = Trainee::new();
    let run = trainee.run(&["play", SCENARIO], GOOD);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let path = run.err.lines().next().unwrap().strip_prefix("Saved: ").unwrap();
    assert!(path.starts_with(trainee.path().join("data").to_str().unwrap()), "{path}");
    let resumed = trainee.run(&["play", "--resume"], ":quit\n");
    assert!(resumed.out.contains("3 replies so far"), "{}{}", resumed.out, resumed.err);
}

#[test]
fn a_full_disk_does_not_stop_the_session() {
    let trainee = Trainee::new();
    // A limit on the size of files is what a full disk is like. The scenario fits, a few replies do.
    let size = fs::metadata(trainee.path().join(SCENARIO)).unwrap().len();
    let blocks = size * 2 / 1024 + 2;
    let command =
        format!("trap '' XFSZ; ulimit -f {blocks}; exec {} {}", env!("CARGO_BIN_EXE_amends"), PLAY.join(" "));
    let mut shell = std::process::Command::new("bash");
    trainee.prepare(shell.args(["-c", &command]));
    let mut child =
        shell.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let typed = format!("{}\n{BAD}:save\n", "I am so very sorry about it all. ".repeat(2000));
    child.stdin.take().unwrap().write_all(typed.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(out.matches("can no longer be saved").count(), 1, "{out}");
    assert!(out.contains("This session is not saved."), "{out}");
    assert!(!trainee.lines().is_empty(), "what was written before can be read");
}

#[test]
fn a_folder_that_cannot_be_written_is_refused_before_anything_is_said() {
    let trainee = Trainee::new();
    trainee.write("results", "a file, not a folder");
    let run = trainee.run(&PLAY, GOOD);
    assert_eq!((run.code, run.out.as_str()), (Some(2), ""));
    assert!(run.err.contains("cannot record here"), "{}", run.err);
}

#[test]
fn a_reader_who_goes_away_ends_the_session_quietly() {
    let trainee = Trainee::new();
    let mut child = trainee.start(&PLAY);
    drop(child.stdout.take());
    let mut typed = child.stdin.take().unwrap();
    let _ = typed.write_all(GOOD.as_bytes());
    drop(typed);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}
