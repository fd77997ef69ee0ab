//! What can be wrong in a folder that many people write into. Nothing of it stops the report.

use std::fs;

use amends::scenario::template;
use insta::assert_snapshot;

use crate::support::{BAD, GOOD, Trainer, is_above_permissions};

/// The transcript of a session of Ann's.
fn played(trainer: &Trainer) -> String {
    let run = trainer.play("Ann Lee", &[], GOOD);
    assert_eq!(run.code, Some(0), "{}", run.err);
    fs::read_to_string(trainer.sessions().last().unwrap()).unwrap()
}

/// A class with a session, and the same session changed.
fn with_change(name: &str, change: impl FnOnce(&str) -> String) -> Trainer {
    let trainer = Trainer::with_class();
    let text = played(&trainer);
    fs::remove_dir_all(trainer.path().join("autumn/sessions")).unwrap();
    fs::create_dir(trainer.path().join("autumn/sessions")).unwrap();
    trainer.write(&format!("autumn/sessions/{name}"), &change(&text));
    trainer
}

#[test]
fn sessions_of_strangers_count_for_nobody() {
    let trainer = with_change("a.jsonl", |text| text.replacen("Ann Lee", "Anne Lee", 1));
    assert_snapshot!(trainer.troubles(), @"Stranger sessions/a.jsonl [1]: Anne Lee is not on the roster (is it Ann Lee?): add the name, or take the file out of the folder");
    let trainer = with_change("a.jsonl", |text| text.replacen(",\"trainee\":\"Ann Lee\"", "", 1));
    assert_snapshot!(trainer.troubles(), @"Stranger sessions/a.jsonl [1]: nobody's name is in it, so it counts for nobody: play with --name");
    assert!(trainer.class().attempts.is_empty());
}

#[test]
fn of_two_people_with_one_name_neither_is_guessed() {
    let trainer = with_change("a.jsonl", str::to_owned);
    trainer.write("autumn/roster.csv", "name,id\nAnn Lee,1\nAnn Lee,2\n");
    assert_snapshot!(trainer.troubles());
    trainer.write("autumn/roster.csv", "name,id\nAnn Lee,ann lee\nAnn Lee,2\n");
    assert_eq!(trainer.troubles(), "");
    assert_eq!(trainer.class().attempts[0].person, 0, "an id goes before a name");
}

#[test]
fn half_written_and_foreign_files_are_told() {
    let trainer = with_change("half.jsonl", |text| text[..text.len() - 30].to_owned());
    trainer.write("autumn/sessions/begun.jsonl", "{\"format\":\"amends-tran");
    trainer.write("autumn/sessions/foreign.jsonl", "{\"hello\":\"\u{1b}[2J\"}\n");
    trainer.write("autumn/sessions/empty.jsonl", "");
    trainer.write("autumn/sessions/notes.txt", "These are my own notes.");
    fs::create_dir(trainer.path().join("autumn/sessions/folder.jsonl")).unwrap();
    assert_snapshot!(trainer.troubles());
    assert_eq!(trainer.class().attempts.len(), 1, "what is whole of the first is graded");
}

#[test]
fn damaged_lines_are_told_with_their_number() {
    let trainer = with_change("a.jsonl", |text| text.replacen("\"event\":\"reply\"", "\"event\":\"re", 1));
    assert!(
        trainer.troubles().contains("Unreadable sessions/a.jsonl [1]: line 4 is damaged"),
        "{}",
        trainer.troubles()
    );
}

#[test]
fn newer_ones_are_left_and_older_ones_graded() {
    let trainer = with_change("a.jsonl", |text| {
        text.replacen("\"version\":1,\"program\":\"0.1.0\"", "\"version\":9,\"program\":\"7.0.0\"", 1)
    });
    assert_snapshot!(trainer.troubles(), @"Newer sessions/a.jsonl [1]: this transcript has format 9, and this amends reads up to format 1; a newer amends (7.0.0) wrote it: use that one");
    let trainer =
        with_change("a.jsonl", |text| text.replacen("\"program\":\"0.1.0\"", "\"program\":\"0.0.3\"", 1));
    assert_snapshot!(trainer.troubles(), @"Older sessions/a.jsonl [1]: these sessions were played with amends 0.0.3; the marks are those of amends 0.1.0, and the customer may have answered differently");
    assert_eq!(trainer.class().attempts.len(), 1);
}

#[test]
fn an_edited_scenario_is_told_and_what_was_played_is_graded() {
    let trainer = with_change("a.jsonl", str::to_owned);
    let before = trainer.class().attempts[0].card.mark;
    let text = template("promised-friday");
    trainer.write("autumn/scenarios/promised-friday.yaml", &text.replacen("anger: 70", "anger: 95", 1));
    assert_snapshot!(trainer.troubles(), @"Edited sessions/a.jsonl [1]: the scenario promised-friday has been edited since; these sessions are graded against what was played");
    let class = trainer.class();
    assert_eq!((class.attempts[0].card.mark, class.attempts[0].begun.anger), (before, 70));
    let trainer = with_change("a.jsonl", |text| text.replacen("anger: 70", "anger: 71", 1));
    assert_snapshot!(trainer.troubles(), @"Edited sessions/a.jsonl [1]: the scenario in this file was changed after the session began; the marks are against the changed one");
}

#[test]
fn clocks_that_jump_are_told_and_change_no_mark() {
    let trainer = with_change("a.jsonl", str::to_owned);
    let mark = trainer.class().attempts[0].card.mark;
    let day = "2026-11-22T09:";
    let mut said = String::new();
    let second = |text: &str, new: &str| {
        // The header and the customer's first words keep their time.
        let (head, rest) = text.split_at(text.find("\"reply\"").unwrap() - 40);
        head.to_owned() + &rest.replace(day, new)
    };
    for change in [
        &(|text: &str| text.replace(day, "2031-11-22T09:")) as &dyn Fn(&str) -> String,
        &|text| text.replace(day, "1970-01-01T00:"),
        &|text| second(text, "2026-11-22T08:"),
        &|text| {
            second(text, "2026-11-25T09:")
                .replace("2026-11-22", "2026-11-01")
                .replace("2026-11-25", "2026-11-04")
        },
        &|text| text.replacen("\"started\":\"2026-11-22T", "\"started\":\"tomorrow at ", 1),
    ] {
        let trainer = with_change("a.jsonl", change);
        let told = trainer.troubles();
        said.push_str(if told.is_empty() { "nothing\n" } else { &told });
        assert_eq!(trainer.class().attempts[0].card.mark, mark);
    }
    assert_snapshot!(said);
}

#[test]
fn copies_that_syncing_makes_count_once() {
    let trainer = with_change("a.jsonl", |text| text.lines().take(6).flat_map(|line| [line, "\n"]).collect());
    let text = played(&Trainer::with_class());
    trainer.write("autumn/sessions/a (Ben's copy).jsonl", &text);
    assert_snapshot!(trainer.troubles(), @"Double sessions/a.jsonl [1]: it is a copy of a (Ben's copy).jsonl, and left out: take it out of the folder");
    assert!(trainer.class().attempts[0].is_finished(), "the longer one counts");
}

#[test]
fn doubles_on_the_roster_are_told() {
    let trainer = with_change("a.jsonl", str::to_owned);
    trainer.write("autumn/roster.csv", "name\nAnn Lee\nANN LEE\n");
    assert_snapshot!(trainer.troubles(), @"Double roster.csv:3:1 [0]: ANN LEE stands on the roster in line 2, too: take one of the two out, or give two people of one name an id each");
    assert_eq!(trainer.class().attempts.len(), 1);
}

#[test]
fn what_may_not_be_read_is_told() {
    let trainer = Trainer::with_class();
    trainer.write("autumn/sessions", "a file in place of the folder");
    trainer.write("autumn/reviews", "and another");
    assert_snapshot!(trainer.troubles(), @r"
    Access reviews [0]: a file stands where the folder should be: take it away
    Access sessions [0]: a file stands where the folder should be: take it away
    ");
    if is_above_permissions(trainer.path()) {
        eprintln!("skipped: whoever runs this test may read any file");
        return;
    }
    use std::os::unix::fs::PermissionsExt as _;
    let trainer = with_change("a.jsonl", str::to_owned);
    let path = &trainer.sessions()[0];
    fs::set_permissions(path, fs::Permissions::from_mode(0o000)).unwrap();
    assert_snapshot!(trainer.troubles(), @"Access sessions/a.jsonl [0]: it may not be read: ask whoever owns the folder");
}

#[test]
fn a_session_that_was_not_brought_to_its_end_is_an_attempt() {
    let trainer = Trainer::with_class();
    trainer.play("Ann Lee", &[], BAD);
    let class = trainer.class();
    assert_eq!(
        (class.attempts.len(), class.attempts[0].is_finished(), class.attempts[0].turns.len()),
        (1, false, 1)
    );
    assert_eq!(trainer.troubles(), "");
}
