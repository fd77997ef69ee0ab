//! Much text, in one file or in many.

use std::fmt::Write as _;

use crate::support::{Folder, with_input};

/// More than is read at once.
fn long_text() -> String {
    let mut text = String::new();
    for number in 1..=60_000 {
        let _ = write!(text, "This is paragraph {number}, and it says nothing that anybody would mind.\n\n");
        if number % 20_000 == 0 {
            text.push_str("It is\nour policy.\n\n");
        }
    }
    text
}

#[test]
fn a_huge_text_is_read_in_parts_and_its_places_are_right() {
    let text = long_text();
    assert!(text.len() > 4 << 20);
    let expected: String = text
        .lines()
        .enumerate()
        .filter(|(_, line)| line.starts_with("our policy"))
        .map(|(number, _)| {
            format!(
                "{}:1:{}\n",
                number + 1,
                text.lines().take(number).map(|line| line.len() + 1).sum::<usize>()
            )
        })
        .collect();
    let folder = Folder::with(&[("a.txt", &text)]);
    let places = |stdout: &str| -> String {
        let lines = stdout.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        let findings = lines.filter(|line| line["type"] == "finding");
        findings
            .map(|line| {
                format!("{}:{}:{}\n", line["start"]["line"], line["start"]["column"], line["start"]["offset"])
            })
            .collect()
    };
    let done = folder.lint(&["--format", "jsonl", "a.txt"]);
    assert_eq!(places(&done.stdout), expected);
    assert!(done.stdout.contains("\"files\":1,"), "{}", done.stdout.lines().last().unwrap());
    let done = with_input(folder.with_lexicon("lint", &["--format", "jsonl", "-"]), text.as_bytes());
    assert_eq!(places(&done.stdout), expected);
}

#[test]
fn order_and_notes_for_the_file_go_through_its_parts() {
    let text = long_text();
    let folder = Folder::new();
    folder.write("a.txt", format!("# amends:allow-file our-policy -- legal\n\n{text}Did you plug it in?\n"));
    let done = folder.lint(&["--kind", "recovery", "a.txt"]);
    assert_eq!(done.stdout.lines().last(), Some("Not counted: 3 silenced by amends:allow."));
    assert!(
        done.stdout.contains("did-you-plug-it-in") && !done.stdout.contains("absence"),
        "{}",
        done.stdout
    );
    folder.write("a.txt", format!("We are so sorry.\n\n{text}Did you plug it in?\n"));
    assert_eq!(folder.findings(&["a.txt"]).lines().count(), 3);
}

#[test]
fn a_huge_line_is_read_in_parts() {
    let text = "and so we go on and on ".repeat(250_000) + "it is our policy now " + &"and on ".repeat(100);
    let folder = Folder::with(&[("a.txt", &text)]);
    let column = text.find("our policy").unwrap() + 1;
    assert_eq!(
        folder.findings(&["a.txt"]),
        format!("a.txt:1:{column}: error: our-policy (policy-shield): \"our policy\"\n")
    );
}

#[test]
fn two_thousand_files_come_in_order() {
    let folder = Folder::new();
    for number in 0..2_000 {
        folder.write(&format!("{:02}/{:04}.txt", number % 50, number), "It is our policy.\n");
    }
    let findings = folder.findings(&["."]);
    let lines: Vec<&str> = findings.lines().collect();
    assert_eq!(lines.len(), 2_000);
    assert!(lines.is_sorted());
    assert_eq!(findings, folder.findings(&["."]));
}

#[test]
fn many_notes_take_no_longer_each() {
    let text = "<!-- amends:allow our-policy -- legal -->\nIt is our policy.\n\n".repeat(20_000);
    let folder = Folder::with(&[("a.md", &text), ("b.md", &text.replace('\n', " "))]);
    let started = std::time::Instant::now();
    let done = folder.lint(&["a.md"]);
    assert!(done.stdout.contains("Not counted: 20000 silenced"), "{}", done.stdout);
    assert!(folder.lint(&["b.md"]).stdout.contains("Not counted: 20000 silenced"));
    assert!(started.elapsed().as_secs() < 30);
}
