//! `amends class init`, and `amends check` on what it made.

use std::fs;

use insta::assert_snapshot;

use crate::support::Trainer;

#[test]
fn a_class_is_made_and_has_no_mistakes() {
    let trainer = Trainer::new();
    let run = trainer.run(&["class", "init", "autumn-intake"], "");
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert_snapshot!("made", run.out);
    assert_snapshot!("class.yaml", trainer.read("autumn-intake/class.yaml"));
    assert_snapshot!("README.txt", trainer.read("autumn-intake/README.txt"));
    let check = trainer.run(&["check", "autumn-intake"], "");
    assert_snapshot!(check.out, @"No mistakes, no warnings in a class with 3 people and 4 assignments.");
    assert_eq!(check.code, Some(0));
}

#[test]
fn a_class_is_made_of_what_a_trainer_has() {
    let trainer = Trainer::new();
    trainer.write("names.csv", "Group;Name\nEarly;Ann Lee\nLate;\"Roy \"\"Ace\"\" <b>\"\n");
    trainer.write("mine.yaml", &amends::scenario::template("mine"));
    fs::create_dir(trainer.path().join("ours")).unwrap();
    trainer.write("ours/minimiser.yaml", "family: minimiser\noff: true\n");
    let arguments = [
        "class",
        "init",
        "2026/autumn",
        "--name",
        "Autumn: \"7 – 9\"",
        "--roster",
        "names.csv",
        "--lexicon",
        "ours",
        "--scenario",
        "broken-tv@2026-12-01",
        "--scenario",
        "mine.yaml:exam",
        "--scenario",
        "broken-tv:exam@2026-12-08",
    ];
    let run = trainer.run(&arguments, "");
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert_snapshot!(run.out);
    let check = trainer.run(&["check", "--quiet", "2026/autumn"], "");
    assert_eq!(check.code, Some(0), "{}", check.out);
    assert!(
        check.out.contains("a class with 2 people and 3 assignments, 1 file and 1 scenario"),
        "{}",
        check.out
    );
}

#[test]
fn nothing_is_overwritten_and_every_mistake_is_told() {
    let trainer = Trainer::new();
    trainer.write("a-file", "mine");
    fs::create_dir(trainer.path().join("full")).unwrap();
    trainer.write("full/letters.txt", "mine");
    trainer.write("doubles.csv", "name\nAnn Lee\nann  lee\n\n,x\n");
    trainer.run(&["class", "init", "autumn"], "");
    let mut said = String::new();
    for arguments in [
        &["autumn"][..],
        &["full"],
        &["a-file"],
        &["a-file/below"],
        &["new", "--roster", "nobody.csv"],
        &["new", "--roster", "doubles.csv"],
        &["new", "--scenario", "broken-tw"],
        &["new", "--scenario", "broken-tv:exm"],
        &["new", "--scenario", "broken-tv@1.12.2026"],
        &["new", "--scenario", "broken-tv", "--scenario", "broken-tv:coach"],
        &["new", "--lexicon", "nowhere"],
    ] {
        let run = trainer.run(&[&["class", "init"][..], arguments].concat(), "");
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{arguments:?}");
        said.push_str(&run.err);
    }
    assert_snapshot!(said);
    assert!(!trainer.path().join("new").exists(), "nothing was begun");
    assert_eq!(trainer.read("full/letters.txt"), "mine");
}

#[test]
fn mistakes_of_a_class_are_told_where_they_stand() {
    let trainer = Trainer::with_class();
    trainer.write(
        "autumn/class.yaml",
        "class: Autumn intake\nassignments:\n  - scenario: broken-tw\n  - scenario: windshield\n    due: next week\n  \
         - scenario: windshield\nlexicon: [nowhere]\n",
    );
    trainer.write("autumn/roster.csv", "name,id\nAnn Lee,ann\nBen,ann\n");
    let check = trainer.run(&["check", "autumn/roster.csv"], "");
    assert_eq!(check.code, Some(1));
    assert_snapshot!("settings", check.out);
    trainer.write("autumn/class.yaml", "class: [Autumn\nasignments: 3\nlexikon: x\n");
    assert_snapshot!("broken", trainer.run(&["check", "autumn"], "").out);
    trainer.write("autumn/class.yaml", "class: Autumn\nasignments: 3\nmode: exam\n");
    assert_snapshot!("keys", trainer.run(&["check", "autumn"], "").out);
}

#[test]
fn the_formats_have_schemas() {
    let trainer = Trainer::new();
    for (format, key) in [("class", "assignments"), ("roster", "people")] {
        let run = trainer.run(&["schema", format], "");
        let schema: serde_json::Value = serde_json::from_str(&run.out).unwrap();
        assert!(schema["properties"][key].is_object(), "{}", run.out);
    }
}
