//! What a text is for decides about order and absence.

use crate::support::Folder;

const EARLY: &str = "Did you plug it in? Maybe the plug is loose. We are sorry. Did you plug it in?\n";

#[test]
fn order_counts_unless_the_text_is_general() {
    let folder = Folder::with(&[("a.txt", EARLY)]);
    let early = "a.txt:1:1: warning: did-you-plug-it-in (dypii): \"Did you plug it in\"\n\
                 a.txt:1:21: advice: early-check (dypii): \"Maybe the plug\"\n";
    assert_eq!(folder.findings(&["a.txt"]), early);
    assert_eq!(folder.findings(&["a.txt", "--kind", "general"]), "");
    let recovery = folder.findings(&["a.txt", "--kind", "recovery", "--ignore", "absence"]);
    assert_eq!(recovery, early);
}

#[test]
fn each_record_is_a_message_of_its_own() {
    let folder = Folder::with(&[("a.csv", "reply\nWe are sorry.\nDid you plug it in?\n")]);
    let findings = folder.findings(&["a.csv"]);
    assert!(findings.starts_with("a.csv:3:1: warning: did-you-plug-it-in (dypii) in row 3"), "{findings}");
}

#[test]
fn an_answer_to_a_complaint_is_told_what_it_lacks() {
    let folder = Folder::with(&[("a.md", "# Late\n\nHello Jo,\n\nyour parcel is late.\n")]);
    let done = folder.lint(&["a.md", "--kind", "recovery"]);
    insta::assert_snapshot!(done.show());
    assert_eq!(folder.findings(&["a.md"]), "");
    folder.write("a.md", "Hello Jo, we are so sorry. I will ring you at noon.\n");
    assert_eq!(folder.findings(&["a.md", "--kind", "recovery"]), "");
}

#[test]
fn a_text_without_words_lacks_nothing() {
    let folder = Folder::with(&[("a.md", "# Hello\n\n{{ name }} 12\n"), ("b.md", "")]);
    assert_eq!(folder.findings(&["--kind", "recovery", "."]), "");
}
