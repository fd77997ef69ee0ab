//! `amends scan`.

use crate::support::{Folder, with_input};

#[test]
fn every_record_comes_back_with_what_was_heard() {
    let folder = Folder::with(&[(
        "a.jsonl",
        "\u{feff}{\"id\": 7, \"text\": \"Caf\\u00e9: it\\u2019s our policy. We are so sorry.\", \"extra\": [1, {\"text\": 2}]}\n\
         \n\
         {\"text\": \"Nothing.\", \"id\": \"é\\n\"}\r\n\
         {\"id\": null, \"text\": \"Did you plug it in? Maybe the plug is loose.\"}\n\
         {\"id\": {\"a\": 1}, \"text\": \"> Is it your policy?\\nThe policy, {{name}}.\"}",
    )]);
    insta::assert_snapshot!(folder.scan(&["a.jsonl"]).show());
}

#[test]
fn csv_and_tsv_are_read_by_their_header() {
    let folder = Folder::with(&[
        ("a.csv", "\u{feff}key;body\n1;\"It is \"\"our\"\" policy;\nplease note it\"\n\n\"2\n\";nothing\n"),
        ("b.tsv", "id\ttext\nx\tthe policy\n"),
        ("c.csv", "id,text\r\n1,the policy\r\n"),
    ]);
    let csv = folder.scan(&["a.csv", "--text", "body", "--id", "key"]);
    insta::assert_snapshot!(csv.show());
    let others = folder.scan(&["b.tsv", "c.csv"]);
    insta::assert_snapshot!(others.show());
}

#[test]
fn standard_input_is_read_without_a_file() {
    let folder = Folder::new();
    let json = with_input(folder.with_lexicon("scan", &[]), b"{\"text\": \"the policy\"}\n");
    assert!(json.stdout.starts_with("{\"id\":1,\"hits\":[{\"rule\":\"our-policy\""), "{}", json.stdout);
    let csv = with_input(folder.with_lexicon("scan", &["-"]), b"id,text\nx,the policy\n");
    assert!(csv.stdout.starts_with("{\"id\":\"x\",\"hits\":[{\"rule\":\"our-policy\""), "{}", csv.stdout);
    assert_eq!(with_input(folder.with_lexicon("scan", &[]), b"").show(), "exit code 0\n");
}

#[test]
fn order_goes_through_a_conversation_and_customers_are_left_alone() {
    let turn = |chat: &str, who: &str, text: &str| {
        format!("{{\"chat\": \"{chat}\", \"who\": \"{who}\", \"text\": \"{text}\"}}\n")
    };
    let text = [
        turn("a", "Agent", "We are so sorry."),
        turn("b", "Agent", "Hello."),
        turn("a", "customer", "Is it our policy?"),
        turn("b", "customer", "We are so sorry."),
        turn("a", "Agent", "Did you plug it in?"),
        turn("b", "Agent", "Did you plug it in?"),
    ]
    .concat();
    let folder = Folder::with(&[("a.jsonl", &text)]);
    let done = folder.scan(&["a.jsonl", "--conversation", "chat", "--role", "who"]);
    insta::assert_snapshot!(done.show());
    let done = folder.scan(&["a.jsonl", "--conversation", "chat", "--role", "who", "--agent", "bot"]);
    assert_eq!(done.code, Some(2));
    assert_eq!(
        done.stderr,
        "amends: a.jsonl: no agent was found in the field \"who\", which says \"Agent\", \"customer\"; name yours with --agent\n"
    );
}

#[test]
fn a_bad_line_is_told_and_the_rest_goes_on() {
    let folder = Folder::new();
    folder.write("a.jsonl", b"{\"text\": \"the policy\"}\n{\"text\": \n[1]\nnot json\n{\"text\": \"caf\xe9, the policy\"}\n{\"text\": \"the pol");
    insta::assert_snapshot!(folder.scan(&["a.jsonl"]).show());
    folder.write("a.csv", "id,text\n1,the policy\n2\n3,\"the policy");
    insta::assert_snapshot!(folder.scan(&["a.csv"]).show());
}

#[test]
fn a_file_that_cannot_be_scanned_is_told() {
    let folder = Folder::with(&[
        ("a.json", "[{\"text\": \"the policy\"}]"),
        ("b.jsonl", "{\"body\": \"the policy\"}\n"),
    ]);
    let done = folder.scan(&["none.jsonl", "a.json", "b.jsonl"]);
    insta::assert_snapshot!(done.show());
}

#[test]
fn what_is_no_file_of_records_is_told() {
    let folder = Folder::with(&[
        ("a.md", "# Hello, you\n\nIt is our policy, sorry.\n"),
        ("b.txt", "id,text\n1,the policy\n"),
        ("c.jsonl", "{\"text\": \"the policy\", \"chat\": 1}\n"),
        ("d.jsonl", "{\"text\": the policy}\n{\"text\" 1}\n{text: 1}\n{\"text\": \"\\x\"}\n"),
    ]);
    let done = folder.scan(&["a.md", "b.txt", "d.jsonl"]);
    insta::assert_snapshot!(done.show());
    let done = folder.scan(&["c.jsonl", "--conversation", "nope", "--role", "who"]);
    assert_eq!(
        done.stderr,
        "amends: c.jsonl: no record has the field \"nope\"; name the right one with --conversation\n\
         amends: c.jsonl: no record has the field \"who\"; name the right one with --role\n"
    );
    assert_eq!(done.code, Some(2));
}

#[test]
fn a_record_may_lack_its_text() {
    let folder = Folder::with(&[(
        "a.jsonl",
        "{\"id\": 1}\n{\"id\": 2, \"text\": \"the policy\"}\n{\"id\": 3, \"text\": 4}\n",
    )]);
    let done = folder.scan(&["a.jsonl"]);
    assert_eq!((done.code, done.stdout.lines().count()), (Some(0), 3));
    assert_eq!(done.stderr, "amends: a.jsonl: 2 of 3 records have no text in \"text\"\n");
}
