//! Rosters as trainers write them, and as tables come out of a spreadsheet.

use insta::assert_snapshot;

use crate::support::Trainer;

/// What is said about a roster, and who is on it.
fn read(name: &str, text: &str) -> String {
    let trainer = Trainer::with_class();
    std::fs::remove_file(trainer.path().join("autumn/roster.csv")).unwrap();
    trainer.write(&format!("autumn/{name}"), text);
    match amends::class::Plan::read(&trainer.path().join("autumn")) {
        Ok((plan, problems)) => {
            let people = plan.people.iter().map(|person| {
                let group = person.group.as_deref().unwrap_or("-");
                format!("{} | {} | {group}\n", person.name, person.id)
            });
            let problems = problems.iter().map(|(kind, problem)| format!("{kind:?} {problem}\n"));
            people.chain(problems).collect::<String>()
        }
        Err(problems) => problems.iter().map(|problem| format!("{problem}\n")).collect(),
    }
    .replace(&format!("{}/autumn/", trainer.path().display()), "")
}

#[test]
fn tables_of_any_spreadsheet_are_read() {
    assert_snapshot!(read("roster.csv", "\u{feff}Name;Group;Shoe size\r\n Ann  Lee ;Early;38\r\n\r\n\"Roy \"\"Ace\"\", Jr.\";;\r\n"), @r#"
    Ann Lee | Ann Lee | Early
    Roy "Ace", Jr. | Roy "Ace", Jr. | -
    "#);
    assert_snapshot!(read("roster.csv", "ID\tName\n7\tAnn Lee\n8\tAnn Lee\n"), @r"
    Ann Lee | 7 | -
    Ann Lee | 8 | -
    ");
    assert_snapshot!(read("roster.yaml", "people:\n  - name: Ann Lee\n  - { name: Šárka, id: s, group: Late }\n"), @r"
    Ann Lee | Ann Lee | -
    Šárka | s | Late
    ");
}

#[test]
fn doubles_are_told_with_both_places() {
    assert_snapshot!(read("roster.csv", "name,id\nAnn Lee,\nBen,b\nANN  LEE,\nCy,b\n"));
    assert_snapshot!(read("roster.yaml", "people:\n  - name: Ann Lee\n  - name: ann lee\n"));
}

#[test]
fn what_is_no_roster_is_told_with_the_remedy() {
    let mut said = String::new();
    for (name, text) in [
        ("roster.csv", ""),
        ("roster.csv", "Ann Lee\nBen\n"),
        ("roster.csv", "nmae,group\nAnn,1\n"),
        ("roster.csv", "name,name\nAnn,1\n"),
        ("roster.csv", "name\n\"Ann\nBen\n"),
        ("roster.csv", "name,group\n,Early\n"),
        ("roster.csv", "name\n"),
        ("roster.yaml", "people: Ann\n"),
        ("roster.yaml", "people:\n  - nmae: Ann\n"),
        ("roster.yml", "- Ann\n"),
        ("names.csv", "name\nAnn\n"),
    ] {
        said.push_str(&format!("{text:?}\n  {}", read(name, text)));
    }
    assert_snapshot!(said);
}

#[test]
fn of_two_rosters_one_must_go() {
    let trainer = Trainer::with_class();
    trainer.write("autumn/roster.yaml", "people: []\n");
    let check = trainer.run(&["check", "autumn"], "");
    assert_snapshot!(check.out, @r"
    autumn/roster.yaml: there is a second roster, roster.csv: keep one of the two
    1 mistake, no warnings in a class that cannot be used.
    ");
}
