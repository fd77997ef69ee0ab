//! Bad input, and input from everywhere.

#[cfg(unix)]
use std::os::unix::fs::symlink;

use crate::support::{Folder, with_input};

const POLICY: &str = "It is our policy.\n";

#[test]
fn a_clean_text_is_one_line() {
    let folder = Folder::with(&[("a.txt", "We are so sorry.\n")]);
    assert_eq!(folder.lint(&["a.txt"]).show(), "exit code 0\n--- stdout\nNo faults heard in 1 file.\n");
}

#[test]
fn folders_are_searched_and_named_files_tried() {
    let folder = Folder::with(&[
        ("b.txt", POLICY),
        ("a/z.md", POLICY),
        ("a/y.html", "<p>It is our policy.</p>"),
        ("a/code.rs", POLICY),
        ("LICENSE", POLICY),
        (".hidden/c.txt", POLICY),
        ("skipped/d.txt", POLICY),
        (".gitignore", "skipped/\n"),
    ]);
    let paths = |arguments: &[&str]| {
        let findings = folder.findings(arguments);
        findings.lines().map(|line| line.split(':').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(paths(&["."]), ["a/y.html", "a/z.md", "b.txt"]);
    assert_eq!(paths(&[]), ["a/y.html", "a/z.md", "b.txt"]);
    assert_eq!(paths(&["b.txt", "a", "./b.txt", "b.txt"]), ["b.txt", "a/y.html", "a/z.md"]);
    assert_eq!(paths(&["a/code.rs", "LICENSE", "skipped/d.txt"]), ["a/code.rs", "LICENSE", "skipped/d.txt"]);
}

#[test]
fn standard_input_is_a_file_like_any_other() {
    let folder = Folder::new();
    let lint = |arguments: &[&str], text: &str| {
        with_input(folder.with_lexicon("lint", arguments), text.as_bytes()).stdout
    };
    let heard = |path: &str| format!("{path}:1:7: error: our-policy (policy-shield): \"our policy\"\n");
    assert_eq!(lint(&["-q", "-"], POLICY), heard("standard input"));
    assert_eq!(
        lint(&["-q", "-", "--stdin-filename", "a.md"], "It is **our** policy.\n"),
        "a.md:1:9: error: our-policy (policy-shield): \"our policy\"\n"
    );
    assert_eq!(
        lint(&["-q", "-", "--type", "html"], "It is <b>our</b> policy.\n"),
        "standard input:1:10: error: our-policy (policy-shield): \"our policy\"\n"
    );
    assert!(lint(&["-q", "-"], "{\"reply\": \"It is our policy.\"}").contains("our-policy"));
    assert_eq!(lint(&["-"], ""), "No faults heard in 1 file.\n");
}

#[cfg(unix)]
#[test]
fn what_cannot_be_read_is_told_and_the_rest_is_linted() {
    let folder = Folder::with(&[("a.txt", POLICY), ("z/b.txt", POLICY)]);
    std::fs::create_dir(folder.path().join("c.txt")).unwrap();
    symlink("nowhere", folder.path().join("d.txt")).unwrap();
    let done = folder.lint(&["--quiet", "none.txt", "a.txt", "d.txt", "z"]);
    assert_eq!(
        done.show(),
        "exit code 2\n--- stdout\n\
         none.txt: trouble: This could not be read: there is no such file or folder.\n\
         a.txt:1:7: error: our-policy (policy-shield): \"our policy\"\n\
         d.txt: trouble: This could not be read: there is no such file or folder.\n\
         z/b.txt:1:7: error: our-policy (policy-shield): \"our policy\"\n"
    );
    // A folder that is called like a file is a folder.
    insta::assert_snapshot!(folder.lint(&["c.txt"]).show());
}

#[cfg(unix)]
#[test]
fn links_run_in_no_loop() {
    let folder = Folder::with(&[("a/b/c.txt", POLICY)]);
    symlink("..", folder.path().join("a/b/up")).unwrap();
    symlink("self", folder.path().join("a/self")).unwrap();
    symlink("c.txt", folder.path().join("a/b/d.txt")).unwrap();
    assert_eq!(folder.findings(&["."]).lines().count(), 1);
    let named = folder.findings(&["a/b/d.txt", "a/b/up/b/c.txt"]);
    assert_eq!(named.lines().count(), 2);
}

#[test]
fn other_encodings_are_read_and_said() {
    let folder = Folder::new();
    folder.write("latin.txt", b"Caf\xe9: it is our policy.\n");
    folder.write(
        "broken.txt",
        "“It is our policy.” \u{2019}".as_bytes().iter().copied().chain([0xff]).collect::<Vec<_>>(),
    );
    folder.write("mark.txt", "\u{feff}It is our policy.\r\nPlease note it.\r\n");
    for (name, is_little) in [("little.txt", true), ("big.txt", false)] {
        let units = "\u{feff}Ünser: it is our policy.\n".encode_utf16();
        let bytes: Vec<u8> =
            units.flat_map(|unit| if is_little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect();
        folder.write(name, bytes);
    }
    let done = folder.lint(&["--format", "jsonl", "."]);
    let told: Vec<String> = done
        .stdout
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap())
        .filter(|line| line["type"] != "summary")
        .map(|line| {
            let what = line["quote"].as_str().or(line["text"].as_str()).unwrap();
            let start = &line["start"];
            format!(
                "{} {}:{}@{} {what}",
                line["path"].as_str().unwrap(),
                start["line"],
                start["column"],
                start["offset"]
            )
        })
        .collect();
    insta::assert_snapshot!(told.join("\n"));
    assert_eq!(done.code, Some(1));
}

#[test]
fn what_is_no_text_is_skipped() {
    let folder = Folder::new();
    folder.write("photo.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR our policy");
    folder.write("empty.txt", "");
    folder.write("blank.md", "\n\n \n");
    assert_eq!(
        folder.lint(&["."]).show(),
        "exit code 0\n--- stdout\nphoto.txt: note: This is not a text file, so it was skipped.\n\n\
         No faults heard in 2 files.\n"
    );
}

#[test]
fn what_is_cut_short_is_linted_and_told() {
    let folder = Folder::with(&[
        ("a.json", "{\"macros\": [{\"body\": \"It is our policy.\"}, {\"body\": \"It is our pol"),
        ("b.csv", "title,body\nOne,It is our policy.\nTwo,\"It is our policy,\nand"),
        (
            "c.eml",
            "Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\nIt is our policy.\n",
        ),
        ("d.jsonl", "{\"body\": \"It is our policy.\"}\n{\"body\": \"It is\n"),
        ("e.yaml", "replies:\n  - body: It is our policy.\n  - body: \"It is\n"),
    ]);
    let done = folder.lint(&["--quiet", "."]);
    assert_eq!(done.code, Some(2));
    insta::assert_snapshot!(done.stdout);
}

#[test]
fn fields_that_are_found_nowhere_are_told() {
    let folder = Folder::with(&[
        ("a.csv", "id,reply\n1,It is our policy.\n"),
        ("b.json", "{\"reply\": \"\", \"note\": \"It is our policy.\"}"),
        ("c/amends.yaml", "fields: [anwser]\n"),
        ("c/d.yaml", "answer: It is our policy.\n"),
        ("e.txt", "It is fine.\n"),
    ]);
    let shown = |arguments: &[&str]| folder.lint(arguments).show();
    let all = [
        shown(&["-q", "--field", "reply", "--field", "nothing", "a.csv"]),
        shown(&["--field", "reply", "b.json"]),
        shown(&["--field", "rply", "--field", "note", "a.csv", "b.json"]),
        shown(&["--field", "reply", "e.txt"]),
        shown(&["c"]),
    ];
    insta::assert_snapshot!(all.join("\n"));
}

#[test]
fn deep_nesting_breaks_nothing() {
    let folder = Folder::new();
    folder.write("a.json", "[".repeat(100_000));
    folder.write("b.yaml", "- ".repeat(100_000));
    folder.write("c.html", "<div>".repeat(100_000) + "It is our policy.");
    folder.write("d.md", "> ".repeat(10_000) + "It is our policy.");
    folder.write("e.yaml", "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n");
    let done = folder.lint(&["--quiet", "."]);
    assert!(done.code.is_some(), "{}", done.stderr);
    assert!(done.stdout.contains("c.html:1:"), "{}", done.stdout);
}

#[cfg(unix)]
#[test]
fn controls_in_names_and_texts_are_never_raw() {
    let folder = Folder::new();
    folder.write("a\u{1b}[31m\n.txt", "It is \u{1b}]0;owned\u{7} our policy.\n");
    for format in ["text", "json", "jsonl", "github", "sarif", "gitlab", "junit", "rdjson"] {
        let done = folder.lint(&["--format", format, "."]);
        assert_eq!(done.code, Some(1), "{format}");
        assert!(!done.stdout.contains(['\u{1b}', '\u{7}']), "{format}: {}", done.stdout);
    }
    let done = folder.lint(&["no\u{1b}[31mfile"]);
    assert!(!done.stdout.contains('\u{1b}'));
}

#[test]
fn windows_line_ends_change_nothing() {
    let text = "Please note it.\n\nIt is our\npolicy.\n";
    let folder = Folder::with(&[("a.md", text), ("b.md", &text.replace('\n', "\r\n"))]);
    assert_eq!(folder.findings(&["a.md"]).replace('a', "b"), folder.findings(&["b.md"]).replace('a', "b"));
}

#[test]
fn old_line_ends_are_line_ends() {
    let text =
        "Please note it.\n\n# amends:allow our-policy -- legal\nIt is our\npolicy.\n\nIt is our policy.\n";
    let folder = Folder::with(&[("a.md", text), ("b.md", &text.replace('\n', "\r"))]);
    assert_eq!(folder.findings(&["a.md"]).replace('a', "b"), folder.findings(&["b.md"]).replace('a', "b"));
    folder.write("c.csv", "id,reply\r1,\"It is fine,\ryes\"\r2,It is our policy.\r");
    assert!(folder.findings(&["c.csv"]).starts_with("c.csv:4:9: error"));
    folder.write("d.txt", "It is fine. ".repeat(20) + "\r");
    folder.write("d.txt", folder.read("d.txt").repeat(5_000) + "It is our policy.\r");
    assert!(folder.findings(&["d.txt"]).starts_with("d.txt:5001:7: error"));
}

#[test]
fn offsets_are_bytes_of_the_file() {
    let folder = Folder::new();
    let text = "Für Sie – \u{1F600} it is our policy.\n";
    let utf_16 = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
    let files: [(&str, Vec<u8>, Vec<u8>); 4] = [
        ("latin.txt", b"F\xFCr Sie: it is our policy.\n".to_vec(), b"our policy".to_vec()),
        ("mark.txt", format!("\u{feff}{text}").into_bytes(), b"our policy".to_vec()),
        (
            "little.txt",
            [vec![0xFF, 0xFE], utf_16(u16::to_le_bytes)].concat(),
            b"o\0u\0r\0 \0p\0o\0l\0i\0c\0y\0".to_vec(),
        ),
        (
            "big.txt",
            [vec![0xFE, 0xFF], utf_16(u16::to_be_bytes)].concat(),
            b"\0o\0u\0r\0 \0p\0o\0l\0i\0c\0y".to_vec(),
        ),
    ];
    for (name, bytes, words) in files {
        folder.write(name, &bytes);
        let json: serde_json::Value =
            serde_json::from_str(&folder.lint(&["--format", "json", name]).stdout).unwrap();
        let finding = &json["findings"][0];
        let at = |place: &str| usize::try_from(finding[place]["offset"].as_u64().unwrap()).unwrap();
        assert_eq!(bytes[at("start")..at("end")], words, "{name}");
        let sarif: serde_json::Value =
            serde_json::from_str(&folder.lint(&["--format", "sarif", name]).stdout).unwrap();
        let region = &sarif["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"];
        assert_eq!(
            (region["byteOffset"].as_u64(), region["byteLength"].as_u64()),
            (Some(at("start") as u64), Some(words.len() as u64)),
            "{name}"
        );
    }
}

#[test]
fn a_rule_that_matches_everything_ends_in_time() {
    let folder = Folder::with(&[
        (
            "words/faults/all.yaml",
            "family: all\nkind: fault\nabout: All.\nrules:\n  - id: any-word\n    phrases: ['regex: \\w+']\n    why: It is a word.\n    say: [Nothing]\n    source: The tests\n    flags: [Yes.]\n    allows: ['?']\n",
        ),
        ("words/words.yaml", "lists: {}\n"),
    ]);
    folder.write("a.txt", "so many words ".repeat(20_000));
    let mut command =
        folder.amends(&["lint", "--no-default-lexicon", "--lexicon", "words", "--quiet", "a.txt"]);
    let started = std::time::Instant::now();
    let output = command.output().unwrap();
    assert!(matches!(output.status.code(), Some(1 | 2)), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(started.elapsed().as_secs() < 20);
}
