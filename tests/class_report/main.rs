//! `amends class report`, as a trainer meets it.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on may end")]

#[path = "../class/made.rs"]
#[allow(dead_code, reason = "the tests of the class use more of it")]
mod made;

use std::fs;
use std::path::Path;
use std::process::Command;

use insta_cmd::{assert_cmd_snapshot, get_cargo_bin};
use tempfile::TempDir;

/// A page of more bytes takes long to open on a telephone.
const HEAVIEST: usize = 5_000_000;

fn amends(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(get_cargo_bin("amends"));
    command.current_dir(folder).env_clear().env("AMENDS_NOW", "2026-11-22T14:00:00+01:00");
    command.args(["class", "report"]).args(arguments);
    command
}

fn told(folder: &Path, arguments: &[&str]) -> String {
    let output = amends(folder, arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn class(people: usize, tries: usize) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    made::write(&folder.path().join("autumn"), people, tries, 7);
    folder
}

#[test]
fn it_explains_itself() {
    let folder = tempfile::tempdir().unwrap();
    assert_cmd_snapshot!(amends(folder.path(), &["--help"]));
}

#[test]
fn what_cannot_be_done_is_told() {
    let folder = class(2, 1);
    let path = folder.path();
    assert_cmd_snapshot!("no_such_person", amends(path, &["autumn", "--person", "Anne Lee"]));
    assert_cmd_snapshot!(
        "a_person_in_a_table",
        amends(path, &["autumn", "--person", "Ann Lee", "--format", "csv"])
    );
    assert_cmd_snapshot!("no_iri", amends(path, &["autumn", "--format", "xapi", "--base", "our training"]));
    assert_cmd_snapshot!("no_folder_for_it", amends(path, &["autumn", "--output", "no-folder/report.html"]));
    assert_cmd_snapshot!("no_class", amends(path, &["winter"]));
}

#[test]
fn a_report_that_fails_leaves_the_last_one_alone() {
    let folder = class(1, 1);
    let path = folder.path().join("report.html");
    fs::write(&path, "the last one").unwrap();
    assert!(!amends(folder.path(), &["winter", "--output", "report.html"]).status().unwrap().success());
    assert_eq!(fs::read_to_string(&path).unwrap(), "the last one");
    assert_cmd_snapshot!("written", amends(folder.path(), &["autumn", "--output", "report.html"]));
    assert!(fs::read_to_string(&path).unwrap().ends_with("</html>"));
}

#[test]
fn names_that_are_markup_and_formulas_stay_text() {
    let folder = class(30, 1);
    let page = told(folder.path(), &["autumn"]);
    assert!(page.contains("&lt;b&gt;Berg&lt;/b&gt;") && !page.contains("<b>Berg"));
    assert!(!page.contains("<script") && !page.contains("http-equiv=\"refresh\""));
    let table = told(folder.path(), &["autumn", "--format", "csv"]);
    let ids = table.lines().filter_map(|row| row.split(',').nth(1));
    assert!(ids.clone().count() == 31 && !ids.into_iter().any(|id| id.starts_with(['=', '+', '-', '@'])));
    let json = told(folder.path(), &["autumn", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((json["version"].as_u64(), json["sessions"].as_array().unwrap().len()), (Some(1), 30));
}

#[test]
fn a_large_class_fits_on_a_page_with_every_session() {
    let folder = class(40, 20);
    let page = told(folder.path(), &["autumn"]);
    assert!(page.len() < HEAVIEST, "{} bytes", page.len());
    for session in 0..800 {
        assert!(page.contains(&format!("id=s{session}t1>")), "session {session} is not replayed");
    }
    assert!(page.contains("To keep this page light, of 800 sessions"));
    let own = told(folder.path(), &["autumn", "--person", "ann lee"]);
    assert!(!own.contains("To keep this page light") && own.contains("Ann Lee"));
}
