//! Every format on the texts of the project's own writing.

use insta::assert_snapshot;

use crate::support::{Done, Folder, corpus};

fn lint_corpus(format: &str) -> Done {
    let folder = Folder::new();
    let mut command = folder.with_lexicon("lint", &["--format", format, "bad", "good"]);
    command.current_dir(corpus());
    Done::from(command)
}

fn without_version(done: &Done) -> String {
    done.show().replace(env!("CARGO_PKG_VERSION"), "[VERSION]")
}

#[test]
fn text_is_for_people() {
    assert_snapshot!(lint_corpus("text").show());
}

#[test]
fn json_is_one_envelope() {
    let done = lint_corpus("json");
    let envelope: serde_json::Value = serde_json::from_str(&done.stdout).unwrap();
    assert_eq!(envelope["version"], 1);
    assert_snapshot!(without_version(&done));
}

#[test]
fn jsonl_is_an_object_a_line() {
    let done = lint_corpus("jsonl");
    let last: serde_json::Value = serde_json::from_str(done.stdout.lines().last().unwrap()).unwrap();
    assert_eq!(last["type"], "summary");
    assert_snapshot!(without_version(&done));
}

#[test]
fn github_gets_annotations() {
    assert_snapshot!(lint_corpus("github").show());
}

#[test]
fn sarif_holds_the_rules() {
    assert_snapshot!(without_version(&lint_corpus("sarif")));
}

#[test]
fn gitlab_gets_issues() {
    assert_snapshot!(lint_corpus("gitlab").show());
}

#[test]
fn junit_gets_tests() {
    assert_snapshot!(lint_corpus("junit").show());
}

#[test]
fn rdjson_gets_diagnostics() {
    assert_snapshot!(lint_corpus("rdjson").show());
}

#[test]
fn statistics_count() {
    let folder = Folder::new();
    let mut command = folder.with_lexicon("lint", &["--statistics", "."]);
    command.current_dir(corpus());
    assert_snapshot!(Done::from(command).show());
}

#[test]
fn the_real_lexicon_finds_the_bad_texts_and_leaves_the_good_ones() {
    let folder = Folder::new();
    let mut command = folder.amends(&["lint", "--quiet", "good"]);
    command.current_dir(corpus());
    assert_eq!(Done::from(command).show(), "exit code 0\n");
    for entry in std::fs::read_dir(corpus().join("bad")).unwrap() {
        let mut command = folder.amends(&["lint", "--quiet"]);
        command.arg(entry.unwrap().path());
        let done = Done::from(command);
        assert_eq!(done.code, Some(1), "{done:?}");
    }
}
