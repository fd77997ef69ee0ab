//! Bad input, bad disks, bad moments.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};

use crate::support::{DRILL, NOW, Person, assert_no_controls};

const GOOD: &str = "At five weeks that should not be. You get a new one today.\n";

#[test]
fn any_bytes_are_an_answer() {
    let person = Person::new();
    let mut typed = b"a\x1b[2J\x07\xff\x00 new one\n\n".to_vec();
    typed.extend(vec![b'x'; 1 << 20]);
    typed.extend(b"\n\n");
    let run = person.drill(&["--count", "2"], &typed);
    assert_no_controls(&run.out);
    assert!(run.out.contains("longer than 64 kB"), "{}", run.out);
    let tries = person.tries();
    assert_eq!(tries.len(), 2);
    assert_eq!(tries[1]["answer"].as_str().unwrap().len(), 64 << 10);
}

#[test]
fn an_answer_is_on_disk_before_its_mark_is_shown() {
    let person = Person::new();
    let mut child = person.amends(NOW, &DRILL).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all(GOOD.as_bytes()).unwrap();
    input.flush().unwrap();
    let shown = BufReader::new(child.stdout.take().unwrap());
    let marked = shown.lines().map_while(Result::ok).find(|line| line.starts_with("Passed."));
    assert!(marked.is_some());
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(person.tries().len(), 1);
    let run = person.drill(&["--count", "1"], GOOD);
    assert!(run.out.contains("1 of 1 answer passed"), "{}", run.out);
    assert_eq!(person.tries().len(), 2);
}

#[test]
fn a_folder_that_cannot_be_written_is_told_and_the_sitting_goes_on() {
    let person = Person::new();
    person.write("mine", "a file in the way");
    let run = person.drill(&["--folder", "mine", "--count", "2"], format!("{GOOD}{GOOD}"));
    assert_eq!(run.out.matches("Your answers cannot be saved").count(), 1, "{}", run.out);
    assert!(run.out.contains("2 of 2 answers passed"), "{}", run.out);
    assert_eq!(run.err, "This sitting is not saved.\n");
}

#[test]
fn logs_of_others_and_half_written_ones_do_not_matter() {
    let person = Person::new();
    person.drill(&["fix", "--count", "1"], GOOD);
    let log = person.logs().remove(0);
    let text = fs::read_to_string(&log).unwrap();
    fs::write(&log, format!("{text}{{\"at\":\"2026-11-2")).unwrap();
    person.write("data/amends/drills/foreign.jsonl", "\u{0}\u{1}");
    person.write("data/amends/drills/newer.jsonl", "{\"format\":\"amends-drills\",\"version\":99}\n");
    person.write("data/amends/drills/empty.jsonl", "");
    let listed = person.drill(&["--list"], "").out;
    assert!(listed.contains("fix  due in 2 days; drilled once"), "{listed}");
}

#[test]
fn a_closed_pipe_is_no_trouble() {
    let person = Person::new();
    let mut child = person.amends(NOW, &DRILL).spawn().unwrap();
    drop(child.stdout.take());
    let mut input = child.stdin.take().unwrap();
    let _ = input.write_all(GOOD.repeat(4).as_bytes());
    drop(input);
    let mut told = String::new();
    child.stderr.take().unwrap().read_to_string(&mut told).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0), "{told}");
    assert!(!told.contains("panicked"), "{told}");
}

#[test]
fn nothing_to_drill_is_told() {
    let person = Person::new();
    fs::remove_dir_all(person.path().join("small/drills")).unwrap();
    let run = person.run(&DRILL, "");
    assert_eq!(run.code, Some(2));
    assert!(run.err.contains("this lexicon has no drills"), "{}", run.err);
}

#[test]
fn a_clock_that_jumps_ends_nothing() {
    let person = Person::new();
    for now in ["2030-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "2026-11-22T10:00:00+01:00", "nonsense"] {
        person.drill_at(now, &["fix", "--count", "1"], GOOD);
    }
    assert_eq!(person.tries().len(), 4);
    let run = person.run(&["progress"], "");
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.out.contains("4 drills"), "{}", run.out);
}
