//! What `class::read` makes of a folder.

use std::time::Instant;

use amends::class;
use jiff::Timestamp;

use crate::made;

fn now() -> Timestamp {
    "2026-11-22T10:00:00Z".parse().unwrap()
}

#[test]
fn a_made_class_is_read_without_trouble() {
    let folder = tempfile::tempdir().unwrap();
    made::write(folder.path(), 6, 8, 1);
    let class = class::read(folder.path(), now()).unwrap();
    assert_eq!(class.troubles, []);
    assert_eq!((class.people.len(), class.assignments.len(), class.attempts.len()), (6, 7, 48));
    assert!(class.attempts.iter().all(|attempt| attempt.assignment.is_some()));
    assert!(class.attempts.iter().any(|attempt| attempt.number == 2));
    let marks: Vec<u8> = class.attempts.iter().map(|attempt| attempt.card.mark).collect();
    let (least, most) = (marks.iter().min().unwrap(), marks.iter().max().unwrap());
    assert!(*least < 30 && *most > 70, "{marks:?}");
}

/// `cargo test --profile fast --test class -- --ignored --nocapture speed`
#[test]
#[ignore = "it measures"]
fn speed() {
    let folder = tempfile::tempdir().unwrap();
    let begun = Instant::now();
    made::write(folder.path(), 40, 20, 1);
    println!("made in {:?}", begun.elapsed());
    for _ in 0..3 {
        let begun = Instant::now();
        let class = class::read(folder.path(), now()).unwrap();
        let turns: usize = class.attempts.iter().map(|attempt| attempt.turns.len()).sum();
        println!("{} sessions, {turns} turns, read in {:?}", class.attempts.len(), begun.elapsed());
    }
}
