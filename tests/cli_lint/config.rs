//! `amends.yaml`.

use crate::support::{Folder, lexicon};

const POLICY: &str = "It is our policy.\n";

#[test]
fn it_is_found_upward_from_each_text() {
    let folder = Folder::with(&[
        ("amends.yaml", "severity:\n  our-policy: advice\n"),
        ("a.txt", POLICY),
        ("deep/er/b.txt", POLICY),
        ("own/amends.yaml", "# Nothing is said here.\n"),
        ("own/c.txt", POLICY),
    ]);
    assert_eq!(
        folder.findings(&["."]),
        "a.txt:1:7: advice: our-policy (policy-shield): \"our policy\"\n\
         deep/er/b.txt:1:7: advice: our-policy (policy-shield): \"our policy\"\n\
         own/c.txt:1:7: error: our-policy (policy-shield): \"our policy\"\n"
    );
    assert_eq!(folder.lint(&["a.txt"]).code, Some(0));
    assert_eq!(folder.lint(&["a.txt", "--no-config"]).code, Some(1));
    assert_eq!(folder.lint(&["own", "--config", "amends.yaml"]).code, Some(0));
}

#[test]
fn severities_are_of_rules_and_families() {
    let folder = Folder::with(&[
        ("amends.yaml", "severity: {our-policy: warning, policy-shield: \"off\", stiff: error}\n"),
        ("a.txt", "Please note our policy.\n"),
    ]);
    assert_eq!(
        folder.findings(&["a.txt"]),
        "a.txt:1:1: error: please-note (stiff): \"Please note\"\n\
         a.txt:1:13: warning: our-policy (policy-shield): \"our policy\"\n"
    );
    assert_eq!(
        folder.findings(&["a.txt", "--select", "stiff"]),
        "a.txt:1:1: error: please-note (stiff): \"Please note\"\n"
    );
}

#[test]
fn files_have_kinds_and_can_be_left_out() {
    let folder = Folder::with(&[
        (
            "amends.yaml",
            "kind:\n  recovery: [sorry/]\n  general: ['*.news.txt']\nignore: [drafts/, '!drafts/c.txt']\n",
        ),
        ("sorry/a.txt", "Your parcel is late.\n"),
        ("b.news.txt", "Did you plug it in?\n"),
        ("drafts/b.txt", POLICY),
    ]);
    let findings = folder.findings(&["."]);
    assert_eq!(
        findings,
        "sorry/a.txt:1:1: warning: no-apology (absence)\nsorry/a.txt:1:1: advice: no-follow-up (absence)\n"
    );
    assert!(folder.findings(&["drafts/b.txt"]).contains("our-policy"), "a named file is always tried");
}

#[test]
fn fields_and_the_level_of_failure_are_settings() {
    let folder = Folder::with(&[
        ("amends.yaml", "fields: [wording]\nfail-on: never\n"),
        ("a.csv", "wording,body\nIt is our policy.,Please note it.\n"),
    ]);
    let done = folder.lint(&["--quiet", "a.csv"]);
    assert_eq!(done.code, Some(0));
    assert!(done.stdout.contains("our-policy") && !done.stdout.contains("please-note"), "{}", done.stdout);
    assert_eq!(folder.lint(&["--fail-on", "error", "a.csv"]).code, Some(1));
}

#[test]
fn a_lexicon_of_ones_own_is_laid_over() {
    let folder = Folder::with(&[
        ("team/amends.yaml", "lexicon: [words]\ndefault-lexicon: false\n"),
        (
            "team/words/faults/jargon.yaml",
            "family: jargon\nkind: fault\nabout: Words of the house.\nrules:\n  - id: sku\n    phrases: [the sku]\n    why: Nobody knows what it is.\n    say: [the article]\n    source: The house\n    flags: [The SKU is wrong.]\n    allows: [The article is wrong.]\n",
        ),
        ("team/words/words.yaml", "lists: {}\n"),
        ("team/a.txt", "The SKU has gone.\n"),
    ]);
    let done = crate::support::Done::from(folder.amends(&["lint", "--quiet", "team"]));
    assert_eq!(done.show(), "exit code 1\n--- stdout\nteam/a.txt:1:1: warning: sku (jargon): \"The SKU\"\n");
}

#[test]
fn a_wrong_key_is_told_with_the_right_one() {
    let folder = Folder::with(&[
        ("amends.yaml", "lexicon: []\nserverity:\n  our-policy: \"off\"\n"),
        ("a.txt", POLICY),
    ]);
    let done = folder.lint(&["a.txt"]);
    assert_eq!((done.code, done.stdout.as_str()), (Some(2), ""));
    insta::assert_snapshot!(done.stderr);
}

#[test]
fn a_wrong_value_or_name_is_told() {
    for text in [
        "severity: {our-polcy: error}\n",
        "severity: {our-policy: loud}\n",
        "fail-on: sometimes\n",
        "ignore: ['a{']\n",
        "kind: [recovery]\n",
        "- a\n",
        "a: [\n",
    ] {
        let folder = Folder::with(&[("amends.yaml", text), ("a.txt", POLICY)]);
        let done = folder.lint(&["a.txt"]);
        assert_eq!((done.code, done.stdout.as_str()), (Some(2), ""), "{text}");
        assert!(done.stderr.starts_with("amends: amends.yaml:"), "{}", done.stderr);
        let place = done.stderr.trim_start_matches("amends: amends.yaml:");
        assert!(text.starts_with("ignore") || place.starts_with(['1', '2']), "{}", done.stderr);
    }
    let folder = Folder::with(&[("a.txt", POLICY)]);
    let done = folder.lint(&["--config", "none.yaml", "a.txt"]);
    assert_eq!(done.code, Some(2));
    assert!(done.stderr.starts_with("amends: none.yaml: "), "{}", done.stderr);
}

#[test]
fn a_missing_lexicon_is_told() {
    let folder = Folder::with(&[("amends.yaml", "lexicon: [words]\n"), ("a.txt", POLICY)]);
    let done = folder.lint(&["a.txt"]);
    assert_eq!(done.code, Some(2));
    assert!(done.stderr.starts_with("amends: words: "), "{}", done.stderr);
}

#[test]
fn neither_the_settings_nor_a_lexicon_are_texts() {
    let folder = Folder::with(&[("amends.yaml", "lexicon: [words]\n")]);
    let words = folder.path().join("words");
    for part in ["faults", "moves", "checks", ""] {
        std::fs::create_dir_all(words.join(part)).unwrap();
        for entry in std::fs::read_dir(lexicon().join(part)).unwrap().map(Result::unwrap) {
            if entry.path().is_file() {
                std::fs::copy(entry.path(), words.join(part).join(entry.file_name())).unwrap();
            }
        }
    }
    let done = crate::support::Done::from(folder.amends(&["lint", "."]));
    assert_eq!((done.code, done.stdout.as_str()), (Some(0), "No files were read.\n"));
    assert!(done.stderr.starts_with("amends: no text was found in .: of"), "{}", done.stderr);
}

#[test]
fn a_configuration_of_another_name_is_told() {
    let folder = Folder::with(&[("amends.yml", "fail-on: never\n"), ("a.txt", "It is our policy.\n")]);
    let done = folder.lint(&["-q", "."]);
    assert_eq!((done.code, done.stdout.lines().count()), (Some(1), 1));
    assert_eq!(done.stderr, "amends: amends.yml is not read: call it amends.yaml\n");
}

#[test]
fn who_asks_only_for_what_is_missing_is_told_where_it_is_looked_for() {
    let folder = Folder::with(&[("a.txt", "We have your letter of today.\n")]);
    let done = folder.lint(&["--select", "absence", "a.txt"]);
    assert!(done.stderr.contains("--kind recovery"), "{}", done.stderr);
    let done = folder.lint(&["--select", "absence", "--kind", "recovery", "a.txt"]);
    assert_eq!(done.stderr, "");
}
