//! `amends check` on drills.

use std::fs;

use insta::assert_snapshot;

use crate::support::Person;

fn checked(person: &Person, arguments: &[&str]) -> (Option<i32>, String) {
    let run = person.run(&[&["check"], arguments].concat(), "");
    assert_eq!(run.err, "");
    (run.code, run.out)
}

#[test]
fn the_small_lexicon_has_no_mistakes() {
    let (code, told) = checked(&Person::new(), &["small", "--no-default-lexicon"]);
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("2 files of drills"), "{told}");
}

#[test]
fn every_mistake_is_told_with_its_place_and_the_remedy() {
    let person = Person::new();
    person.write(
        "ours/drills/policy-shield.yaml",
        "family: policy-shield\ntask: Say it.\nneeds: [fix, fxi]\nprompts:\n  \
         - {id: Bad Id, canned: Our policy., model: I'm sending you a new one.}\n  \
         - {id: deaf, canned: Good morning., model: It's our policy.}\n  \
         - {id: deaf, model: x}\n",
    );
    person.write("ours/drills/fix.yaml", "family: fix\ntask: Do it.\nprompts:\n  - {id: mute, model: x}\n  - {id: kept, customer: Hm., model: x, keeps: [{what: it, phrases: '(a'}]}\n");
    person.write("ours/drills/odd.yaml", "family: polcy-shield\ntask: Do it.\nprompts: []\n");
    person.write("ours/drills/shape.yaml", "family: fix\npromts: []\n");
    let (code, told) = checked(&person, &["ours"]);
    assert_eq!(code, Some(1));
    assert_snapshot!(told);
}

#[test]
fn prompts_are_tried() {
    let person = Person::new();
    person.write(
        "ours/policy-shield.yaml",
        "family: policy-shield\ntask: Say it.\nneeds: [fix]\nprompts:\n  \
         - {id: deaf, canned: Good morning., model: I'm sending you a new one today.}\n  \
         - {id: blunt, canned: It's our policy., model: It's our policy.}\n",
    );
    let (code, told) = checked(&person, &["ours/policy-shield.yaml"]);
    assert_eq!(code, Some(1));
    assert_snapshot!(told);
}

#[test]
fn drills_that_cannot_be_used_are_refused() {
    let person = Person::new();
    person.write("small/drills/fix.yaml", "family: fix\ntask: x\n");
    let run = person.run(&["drill", "--lexicon", "small"], "");
    assert_eq!(run.code, Some(2));
    assert_snapshot!(run.err);
}

#[test]
fn drills_of_a_family_that_is_not_heard_are_left_out() {
    let person = Person::new();
    fs::remove_file(person.path().join("small/drills/policy-shield.yaml")).unwrap();
    let listed = person.drill(&["--list"], "").out;
    assert!(listed.contains("1 prompt for 1 family."), "{listed}");
}

#[test]
fn an_editor_gets_the_schema() {
    let run = Person::new().run(&["schema", "drill"], "");
    let schema: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert!(schema["properties"]["prompts"].is_object());
}
