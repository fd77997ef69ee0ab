//! What the ear must hear in sentences that everybody knows: phrases that trainers warn of, what other
//! scorers get wrong, and excellent replies.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use amends::document::{FileType, Options, read};
use amends::embedded;
use amends::lint::{Carried, Ear, Heard, Linter, Policy, Source};
use amends::text::Lines;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// A sentence, and what must and must not be heard in it.
#[derive(Deserialize)]
struct Case {
    says: String,
    #[serde(default)]
    hears: Vec<String>,
    #[serde(default)]
    not: Vec<String>,
}

#[test]
fn phrases_that_trainers_warn_of_are_heard_by_their_families() {
    let phrases: BTreeMap<String, Vec<String>> = data("named-phrases.yaml");
    assert!(phrases.values().map(Vec::len).sum::<usize>() >= 84);
    let cases = phrases.into_iter().flat_map(|(family, phrases)| {
        phrases.into_iter().map(move |says| Case { says, hears: vec![family.clone()], not: Vec::new() })
    });
    assert_eq!(misheard(cases), Vec::<String>::new());
}

#[test]
fn what_other_scorers_get_wrong_is_heard_rightly() {
    let cases: Vec<Case> = data("rivals.yaml");
    assert_eq!(misheard(cases), Vec::<String>::new());
}

#[test]
fn excellent_replies_of_every_channel_are_left_alone() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ear/excellent");
    assert!(fs::read_dir(&folder).unwrap().count() >= 30);
    let mut lint = Command::new(env!("CARGO_BIN_EXE_amends"));
    lint.args(["lint", "--no-config", "--kind", "recovery", "--fail-on", "warning"]).arg(&folder);
    let done = lint.output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stdout));
}

#[test]
fn what_lint_leaves_unheard_changes_nothing_that_it_reports() {
    let (lexicon, matcher) = (embedded::lexicon(), embedded::matcher());
    let linter = Linter::new(&lexicon, Policy::new(&lexicon));
    let (mut ear, mut whole) = (Ear::new(&matcher), Ear::new(&matcher));
    let examples: Vec<&String> =
        lexicon.rules.iter().flat_map(|rule| rule.flags.iter().chain(&*rule.allows)).collect();
    // Examples of different families meet in one message, so that they depend on each other.
    for step in [1, 97] {
        for first in 0..examples.len() {
            let text: Vec<&str> =
                (0..3).map(|next| examples[(first + next * step) % examples.len()].as_str()).collect();
            let text = text.join("\n\n");
            let document = read(&text, FileType::Plain, &Options::default());
            let lines = Lines::new(&text);
            let source = Source { text: &text, file_type: FileType::Plain, lines: &lines, first_column: 0 };
            let reported = linter.lint(&mut ear, source, &document, None, &mut Carried::default()).findings;
            let mut expected = Vec::new();
            for message in &document.messages {
                let hits = whole.hear(&message.blocks);
                linter.judge(hits, None, &mut Heard::default(), |rule, _, hit| {
                    let span = message.blocks[hit.block as usize].source_span(hit.span);
                    expected.push((span.start, span.end, lexicon.rules[rule as usize].id.as_str()));
                });
            }
            let mut reported: Vec<_> = reported
                .iter()
                .map(|finding| (finding.span.start, finding.span.end, finding.rule.id.as_str()))
                .collect();
            reported.sort_unstable();
            expected.sort_unstable();
            assert_eq!(reported, expected, "{text}");
        }
    }
}

fn misheard(cases: impl IntoIterator<Item = Case>) -> Vec<String> {
    let (lexicon, matcher) = (embedded::lexicon(), embedded::matcher());
    let mut ear = Ear::new(&matcher);
    let mut wrong = Vec::new();
    for Case { says, hears, not } in cases {
        let document = read(&says, FileType::Markdown, &Options::default());
        let hits = document.messages.iter().flat_map(|message| ear.hear(&message.blocks).to_vec());
        let heard: BTreeSet<&str> =
            hits.map(|hit| lexicon.families[hit.family as usize].name.as_str()).collect();
        let missed = hears.iter().filter(|family| !heard.contains(family.as_str()));
        wrong.extend(missed.map(|family| format!("{family} is not heard: {says}")));
        let mistaken = not.iter().filter(|family| heard.contains(family.as_str()));
        wrong.extend(mistaken.map(|family| format!("{family} is heard: {says}")));
    }
    wrong
}

fn data<T: DeserializeOwned>(name: &str) -> T {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ear").join(name);
    serde_yaml::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}
