//! `amends:allow` in every format.

use crate::support::Folder;

/// The findings of one file with this text.
fn findings(name: &str, text: &str) -> String {
    Folder::with(&[(name, text)]).findings(&[name])
}

#[test]
fn a_comment_in_any_format_silences() {
    for (name, text) in [
        ("a.md", "<!-- amends:allow our-policy -- legal -->\nIt is our policy.\n"),
        ("a.md", "It is our policy. <!-- amends:allow our-policy -- legal -->\n"),
        ("a.html", "<!-- amends:allow our-policy -- legal -->\n<p>It is <b>our</b> policy.</p>\n"),
        ("a.html", "<!--\n  amends:allow our-policy -- legal\n-->\n<p>It is our policy.</p>\n"),
        ("a.txt", "# amends:allow our-policy -- legal\nIt is our policy.\n"),
        ("a.txt", "// amends:allow our-policy -- legal\nIt is our policy.\n"),
        ("a.txt", "; amends:allow our-policy -- legal\nIt is our policy.\n"),
        ("a.txt", "/* amends:allow our-policy -- legal */\nIt is our policy.\n"),
        ("a.txt", "It is our policy.  # amends:allow our-policy -- legal\n"),
        ("a.txt", "# amends:allow our-policy – legal\r\n\r\nIt is our policy.\r\n"),
        ("a.liquid", "{% comment %} amends:allow our-policy -- legal {% endcomment %}\nIt is our policy.\n"),
        (
            "a.liquid",
            "{%- comment -%}amends:allow our-policy -- legal{%- endcomment -%}\nIt is our policy.\n",
        ),
        ("a.hbs", "{{!-- amends:allow our-policy -- legal --}}\nIt is our policy.\n"),
        ("a.hbs", "{{! amends:allow our-policy -- legal }}\nIt is our policy.\n"),
        ("a.j2", "{# amends:allow our-policy -- legal #}\nIt is our policy.\n"),
        ("a.erb", "<%# amends:allow our-policy -- legal %>\nIt is our policy.\n"),
        ("a.yaml", "# amends:allow our-policy -- legal\nreply: It is our policy.\n"),
        ("a.yaml", "# amends:allow our-policy -- legal\nreply: |\n  Hello,\n\n  it is our policy.\n"),
        ("a.yaml", "reply: It is our policy. # amends:allow our-policy -- legal\n"),
        (
            "a.eml",
            "Subject: x\nContent-Type: text/plain\n\n# amends:allow our-policy -- legal\nIt is our policy.\n",
        ),
        ("a.csv", "reply\n# amends:allow our-policy -- legal\nIt is our policy.\n"),
        ("a.jsonl", "// amends:allow our-policy -- legal\n{\"reply\": \"It is our policy.\"}\n"),
        ("a.md", "<!-- amends:allow policy-shield -- the family -->\nIt is our policy.\n"),
        ("a.md", "<!-- amends:allow please-note, our-policy -- both -->\nPlease note our policy.\n"),
        ("a.md", "<!-- amends:allow-file our-policy -- legal -->\n\nHello.\n\nIt is our policy.\n"),
    ] {
        assert_eq!(findings(name, text), "", "{name}: {text}");
    }
}

#[test]
fn a_note_in_a_field_is_about_its_own_record() {
    let note = "<!-- amends:allow our-policy -- legal -->";
    for (name, text) in [
        ("a.csv", format!("id,note,reply\n1,{note},\"Hi,\n\nit is our policy.\"\n2,x,It is our policy.\n")),
        (
            "a.csv",
            format!("id,reply,note\n1,\"Hi,\nit is our policy.\",\"x\n{note}\"\n2,It is our policy.,x\n"),
        ),
        (
            "a.json",
            format!(
                "[{{\"reply\": \"It is our policy.\", \"n\": \"{note}\"}}, {{\"reply\": \"It is our policy.\"}}]"
            ),
        ),
        (
            "a.json",
            format!(
                "[{{\n\"n\": \"{note}\",\n\"x\": [{{\n\"reply\":\n\"It is our policy.\"}}]}},\n{{\"reply\": \"It is our policy.\"}}]"
            ),
        ),
        (
            "a.yaml",
            format!(
                "- note: {note}\n  id: 7\n  reply: |\n    Hi,\n\n    it is our policy.\n- reply: It is our policy.\n"
            ),
        ),
        (
            "a.jsonl",
            format!(
                "{{\"reply\": \"It is our policy.\", \"n\": \"{note}\"}}\n{{\"reply\": \"It is our policy.\"}}\n"
            ),
        ),
    ] {
        let found = findings(name, &text);
        assert_eq!(found.lines().count(), 1, "{name}: {text}\n{found}");
        let label = if name.ends_with("json") || name.ends_with("yaml") { "[1].reply" } else { "reply" };
        assert!(found.contains("our-policy (policy-shield)") && found.contains(label), "{found}");
    }
    let unused = format!("id,note,reply\n1,{note},Fine.\n");
    assert!(findings("a.csv", &unused).contains("unused-allow"));
}

#[test]
fn notes_that_are_almost_right_are_told() {
    let folder = Folder::with(&[
        ("a.md", "<!-- amends:alow our-policy -- legal -->\nIt is fine.\n\n`<!-- amends: allow x -->`\n"),
        (
            "b.txt",
            "# AMENDS:ALLOW our-policy -- legal\n# amends: allow-file please-note\nThis amends: allow me.\n",
        ),
        ("c.html", "<!-- amends:ignore our-policy -->\n<p>It is fine.</p>\n"),
        ("d.txt", "# amends:allow our-polcy -- legal\n# amends:allow\nIt is fine.\n"),
    ]);
    let done = folder.lint(&["--ignore", "upkeep", "."]);
    insta::assert_snapshot!(done.show());
}

#[test]
fn an_address_that_nothing_refers_to_is_a_comment_in_markdown() {
    for text in [
        "[//]: # (amends:allow our-policy -- legal (of the insurer))\nIt is our policy.\n",
        "Hi.\n\n[comment]: <> (amends:allow our-policy -- legal)\n\nIt is our policy.\n",
        "[//]: # \"amends:allow our-policy -- legal\"\nIt is our policy.\n",
    ] {
        assert_eq!(findings("a.md", text), "", "{text}");
    }
}

#[test]
fn a_note_covers_the_whole_paragraph_below_it_and_no_more() {
    let text = "# amends:allow our-policy -- legal\nHello,\nit is our policy.\nIt is the policy.\n\nIt is our policy.\n";
    assert_eq!(findings("a.txt", text), "a.txt:6:7: error: our-policy (policy-shield): \"our policy\"\n");
    let text = "It is our policy. <!-- amends:allow our-policy -- legal -->\nThe policy.\n";
    assert_eq!(findings("a.md", text), "a.md:2:1: error: our-policy (policy-shield): \"The policy\"\n");
}

#[test]
fn notes_above_each_other_cover_the_same_text() {
    let text = "<!-- amends:allow our-policy -- one -->\n<!-- amends:allow please-note -- two -->\n\
                Please note our policy.\n";
    assert_eq!(findings("a.md", text), "");
}

#[test]
fn a_note_that_silences_nothing_is_reported() {
    let text = "<!-- amends:allow our-policy -- legal -->\nIt is fine.\n";
    assert_eq!(findings("a.md", text), "a.md:1:19: warning: unused-allow (upkeep): \"our-policy\"\n");
    let text = "<!-- amends:allow-file our-policy, please-note -- legal -->\nIt is our policy.\n";
    assert_eq!(findings("a.md", text), "a.md:1:36: warning: unused-allow (upkeep): \"please-note\"\n");
}

#[test]
fn a_note_about_a_rule_that_is_off_is_left_alone() {
    let folder = Folder::with(&[("a.md", "<!-- amends:allow our-policy -- legal -->\nIt is fine.\n")]);
    assert_eq!(folder.findings(&["a.md", "--ignore", "our-policy"]), "");
}

#[test]
fn a_note_without_a_reason_silences_and_is_reported() {
    let text = "# amends:allow our-policy\nIt is our policy.\n";
    assert_eq!(
        findings("a.txt", text),
        "a.txt:1:3: advice: allow-without-reason (upkeep): \"amends:allow our-policy\"\n"
    );
}

#[test]
fn a_note_about_no_rule_is_reported() {
    let text = "# amends:allow our-polcy -- legal\nIt is fine.\n# amends:allow\n";
    assert_eq!(
        findings("a.txt", text),
        "a.txt:1:16: warning: unknown-allow (upkeep): \"our-polcy\"\n\
         a.txt:3:3: advice: allow-without-reason (upkeep): \"amends:allow\"\n\
         a.txt:3:3: warning: unknown-allow (upkeep): \"amends:allow\"\n"
    );
}

#[test]
fn notes_about_notes_can_be_silenced() {
    let text =
        "# amends:allow-file unused-allow -- generated\n# amends:allow our-policy -- legal\nIt is fine.\n";
    assert_eq!(findings("a.txt", text), "");
}

#[test]
fn only_a_comment_is_a_note() {
    for (name, text) in [
        ("a.txt", "Write amends:allow early-check -- there.\n"),
        ("a.txt", "See http://example.org/amends:allow early-check\n"),
        ("a.txt", "# amends:allowance\n"),
        ("a.md", "Write `<!-- amends:allow early-check -- why -->` there.\n"),
        ("a.md", "```html\n<!-- amends:allow early-check -- why -->\n```\n"),
    ] {
        assert_eq!(findings(name, text), "", "{name}: {text}");
    }
}

#[test]
fn an_absence_is_silenced_at_the_top() {
    let text = "<!-- amends:allow absence -- a newsletter -->\nWe have new shoes for you.\n";
    let folder = Folder::with(&[("a.md", text)]);
    assert_eq!(folder.findings(&["a.md", "--kind", "recovery"]), "");
}

#[test]
fn what_is_silenced_is_counted() {
    let folder = Folder::with(&[("a.txt", "# amends:allow our-policy -- legal\nIt is our policy.\n")]);
    let done = folder.lint(&["a.txt"]);
    assert_eq!(
        done.show(),
        "exit code 0\n--- stdout\nNo faults heard in 1 file.\nNot counted: 1 silenced by amends:allow.\n"
    );
}
