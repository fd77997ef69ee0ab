//! Old findings are left alone, new ones are not.

use crate::support::{Done, Folder};

fn folder() -> Folder {
    let folder = Folder::with(&[
        ("a.md", "It is our policy.\n\nPlease note it.\n"),
        ("b/b.txt", "It's the policy.\nIt is OUR  policy.\n"),
    ]);
    let done = folder.lint(&["--write-baseline", "old.json", "."]);
    assert_eq!(
        done.show(),
        "exit code 0\n--- stdout\nNo faults heard in 2 files.\nNot counted: 4 known to the baseline.\n\
         --- stderr\n4 findings written to old.json. Lint with --baseline old.json from now on.\n"
    );
    folder
}

fn new(folder: &Folder) -> String {
    folder.findings(&["--baseline", "old.json", "."])
}

#[test]
fn it_is_sorted_and_a_finding_a_line() {
    insta::assert_snapshot!(folder().read("old.json"));
}

#[test]
fn what_is_known_is_left_out() {
    let done = folder().lint(&["--baseline", "old.json", "."]);
    assert_eq!(
        done.show(),
        "exit code 0\n--- stdout\nNo faults heard in 2 files.\nNot counted: 4 known to the baseline.\n"
    );
}

#[test]
fn text_that_moves_wakes_nothing() {
    let folder = folder();
    folder.write("a.md", "# Hello\n\nIt is\nour policy. Thank you.\n\nPlease note it.\n");
    std::fs::rename(folder.path().join("b"), folder.path().join("c")).unwrap();
    assert_eq!(new(&folder), "");
}

#[test]
fn a_changed_sentence_does() {
    let folder = folder();
    folder.write("a.md", "It is our policy, I fear.\n\nPlease note it.\n");
    assert_eq!(new(&folder), "a.md:1:7: error: our-policy (policy-shield): \"our policy\"\n");
}

#[test]
fn one_more_of_the_same_is_new() {
    let folder = folder();
    folder.write("c.md", "It is our policy.\n");
    assert_eq!(new(&folder), "c.md:1:7: error: our-policy (policy-shield): \"our policy\"\n");
}

#[test]
fn it_can_be_renewed() {
    let folder = folder();
    folder.write("c.md", "It is our policy.\n");
    let arguments = ["--baseline", "old.json", "--write-baseline", "old.json", "."];
    assert_eq!(folder.lint(&arguments).code, Some(0));
    assert_eq!(new(&folder), "");
}

#[test]
fn a_file_that_is_no_baseline_is_refused() {
    let folder = folder();
    for (text, what) in [
        ("", "this is not a baseline of amends; write one with --write-baseline"),
        ("[1]", "this is not a baseline of amends"),
        ("{\"version\": 1}", "this is not a baseline of amends; write one with --write-baseline"),
        (
            "{\"format\": \"amends-baseline\", \"version\": 1}",
            "this baseline is broken in line 1; write it anew",
        ),
        (
            "{\"format\": \"amends-baseline\", \"version\": 2}",
            "this baseline has the version 2, and this amends",
        ),
    ] {
        folder.write("other.json", text);
        let Done { code, stdout, stderr } = folder.lint(&["--baseline", "other.json", "."]);
        assert_eq!((code, stdout.as_str()), (Some(2), ""));
        assert!(stderr.starts_with(&format!("amends: other.json: {what}")), "{stderr}");
    }
    let done = folder.lint(&["--baseline", "none.json", "."]);
    assert_eq!(done.show(), "exit code 2\n--- stderr\namends: none.json: there is no such file or folder\n");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    let done = folder().lint(&["--write-baseline", "/dev/full", "."]);
    assert_eq!(
        (done.code, done.stderr.as_str()),
        (Some(2), "amends: cannot write to /dev/full: the disk is full\n")
    );
}
