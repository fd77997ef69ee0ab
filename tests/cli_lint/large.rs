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
    let expected: Vec<_> = text
        .lines()
        .enumerate()
        .filter(|(_, line)| line.starts_with("our policy"))
        .map(|(number, _)| {
            let offset = text.lines().take(number).map(|line| line.len() + 1).sum::<usize>();
            (number as u64 + 1, 1, offset as u64)
        })
        .collect();
    let folder = Folder::with(&[("a.txt", &text)]);
    let done = folder.lint(&["--format", "jsonl", "a.txt"]);
    assert_eq!(places(&done.stdout), expected);
    assert!(done.stdout.contains("\"files\":1,"), "{}", done.stdout.lines().last().unwrap());
    let done = with_input(folder.with_lexicon("lint", &["--format", "jsonl", "-"]), text.as_bytes());
    assert_eq!(places(&done.stdout), expected);
}

/// The places of findings as JSON Lines tell them.
fn places(stdout: &str) -> Vec<(u64, u64, u64)> {
    let lines = stdout.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let findings = lines.filter(|line| line["type"] == "finding");
    let number = |line: &serde_json::Value, name: &str| line["start"][name].as_u64().unwrap();
    findings.map(|line| (number(&line, "line"), number(&line, "column"), number(&line, "offset"))).collect()
}

/// More than is read at once, of records that begin and end as they are given.
fn records(head: &str, record: impl Fn(usize, &str) -> String, tail: &str) -> String {
    let mut text = head.to_owned();
    for number in 1..=30_000 {
        let policy = if number % 7_000 == 0 { "It is our policy." } else { "" };
        text.push_str(&record(number, &format!("Nothing to mind – we are so sorry. {policy}")));
    }
    text + tail
}

#[test]
fn huge_files_of_records_are_read_in_parts_and_their_places_are_right() {
    let json = |number, text: &str| format!("{{\"id\": {number}, \"title\": \"so\", \"reply\": \"{text}\"}}");
    for (name, text) in [
        ("a.jsonl", records("", |number, text| json(number, text) + "\n", "")),
        ("a.csv", records("id,reply\n", |number, text| format!("{number},\"Hi,\nthere. {text}\"\n"), "")),
        ("a.json", records("{\"macros\": [\n", |number, text| json(number, text) + ",\n", "]}")),
        ("b.json", records("[", |number, text| json(number, text) + ", ", "]")),
    ] {
        assert!(text.len() > 3 << 19);
        let folder = Folder::with(&[(name, &text)]);
        let expected: Vec<_> = text
            .match_indices("our policy")
            .map(|(at, _)| {
                let start = text[..at].rfind('\n').map_or(0, |end| end + 1);
                let line = text[..at].matches('\n').count() + 1;
                (line as u64, text[start..at].chars().count() as u64 + 1, at as u64)
            })
            .collect();
        let done = folder.lint(&["--format", "jsonl", name]);
        assert_eq!(places(&done.stdout), expected, "{name}");
        let label = if name == "a.csv" { "row 28001, reply" } else { "28000, reply" };
        let label = if name.ends_with("json") { "[27999].reply" } else { label };
        assert!(done.stdout.contains(label), "{name}: {}", done.stdout);
        assert!(done.stdout.contains("\"files\":1,"), "{name}");
        let arguments = ["--format", "jsonl", "-", "--stdin-filename", name];
        let done = with_input(folder.with_lexicon("lint", &arguments), text.as_bytes());
        assert_eq!(places(&done.stdout), expected, "{name}");
        assert_eq!((done.code, done.stderr.as_str()), (Some(1), ""));

        let units = text.encode_utf16();
        let utf_16: Vec<u8> = [0xFF, 0xFE].into_iter().chain(units.flat_map(u16::to_le_bytes)).collect();
        folder.write(name, utf_16);
        let done = folder.lint(&["--format", "jsonl", name]);
        let in_utf_16 = |&(line, column, at): &(u64, u64, u64)| {
            let before = text[..usize::try_from(at).unwrap()].encode_utf16().count() as u64;
            (line, column, 2 + 2 * before)
        };
        assert_eq!(places(&done.stdout), expected.iter().map(in_utf_16).collect::<Vec<_>>(), "{name}");
        assert_eq!(done.stdout.matches("This file is UTF-16").count(), 1);
    }
}

#[test]
fn notes_in_huge_files_of_records_cover_their_record_or_the_file() {
    let row = |number, text: &str| format!("{number},,\"{text}\"\n");
    let text = records("id,note,reply\n", row, "");
    let folder = Folder::new();
    folder.write("a.csv", format!("{text}1,<!-- amends:allow-file our-policy -- legal -->,so\n"));
    let done = folder.lint(&["a.csv"]);
    assert_eq!(done.stdout, "No faults heard in 1 file.\nNot counted: 4 silenced by amends:allow.\n");
    let noted = text.replace("14000,,", "# amends:allow our-policy -- legal\n14000,,");
    let noted = noted.replace("21000,,", "21000,<!-- amends:allow our-policy -- legal -->,");
    folder.write("a.csv", noted);
    assert_eq!(folder.findings(&["a.csv"]).lines().count(), 2);
    // Each record is an answer of its own: what one says does not count for the next.
    folder.write("a.csv", format!("{text}1,,Nothing to mind here\n"));
    let done = folder.lint(&["-q", "--kind", "recovery", "--select", "no-apology", "a.csv"]);
    assert_eq!(done.stdout, "a.csv:30002:4: warning: no-apology (absence) in row 30002, reply\n");
}

#[test]
fn a_record_that_is_too_long_is_told_and_the_rest_linted() {
    let long = "so long ".repeat(400_000);
    let folder = Folder::new();
    folder.write("a.jsonl", format!("{{\"reply\": \"{long}\"}}\n{{\"reply\": \"It is our policy.\"}}\n"));
    folder.write("b.json", format!("[\n{{\"reply\": \"{long}\"}},\n{{\"reply\": \"It is our policy.\"}}]"));
    folder.write("c.csv", format!("id,reply\n1,\"{long}\"\n2,It is our policy.\n"));
    folder.write("d.json", format!("{{\"replies\": {{\"reply\": \"{long}\"}}}}"));
    let done = folder.lint(&["-q", "."]);
    insta::assert_snapshot!(done.show());
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

/// The most memory, in kB, that a run takes while it reads this.
#[cfg(target_os = "linux")]
fn peak(
    mut command: std::process::Command,
    input: impl FnOnce(&mut dyn std::io::Write) + Send + 'static,
) -> u64 {
    use std::process::Stdio;
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || input(&mut stdin));
    let (status, mut peak) = (format!("/proc/{}/status", child.id()), 0);
    while child.try_wait().unwrap().is_none() {
        let told = std::fs::read_to_string(&status).unwrap_or_default();
        let line = told.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        peak = line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(peak);
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    writer.join().unwrap();
    peak
}

#[cfg(target_os = "linux")]
#[test]
fn memory_does_not_grow_with_an_export() {
    let folder = Folder::new();
    let blob = "x".repeat(20_000);
    for (name, record) in [
        ("a.jsonl", format!("{{\"blob\": \"{blob}\", \"reply\": \"It is our policy.\"}}\n")),
        ("a.json", format!("[{{\"blob\": \"{blob}\", \"reply\": \"It is our policy.\"}}]\n")),
        ("a.csv", format!("{blob},It is our policy.\n")),
        ("b.csv", format!("1,\"{blob}\n")),
    ] {
        let command = folder.with_lexicon("lint", &["-q", "-", "--stdin-filename", name]);
        let peak = peak(command, move |stdin| {
            stdin
                .write_all(b"blob,reply\n".get(..if name.ends_with("csv") { 11 } else { 0 }).unwrap())
                .unwrap();
            (0..5_000).for_each(|_| stdin.write_all(record.as_bytes()).unwrap());
        });
        assert!(peak > 0 && peak < 64 << 10, "{name}: {peak} kB");
    }
}
