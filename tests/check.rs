//! `amends check` as a user meets it.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use insta_cmd::{assert_cmd_snapshot, get_cargo_bin};
use tempfile::TempDir;

/// A folder with these files.
fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    folder
}

fn amends(folder: &Path) -> Command {
    let mut command = Command::new(get_cargo_bin("amends"));
    command.current_dir(folder).env_clear();
    command
}

fn check(folder: &Path, arguments: &[&str]) -> Output {
    amends(folder).arg("check").args(arguments).output().unwrap()
}

fn told(output: &Output) -> String {
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// Without the size of the built-in lexicon, which grows.
fn without_counts(told: &str) -> &str {
    told.rfind(" The lexicon").map_or(told, |at| &told[..at])
}

const SOUND: &str = "\
family: shop-talk
kind: fault
about: Words of the trade.
severity: advice
why: Customers do not know them.
say: [The goods you sent back.]
source: Our own handbook
words:
  code: [(rma|rtn), return code]
rules:
  - id: trade-code
    phrases:
      - your {code}
    flags:
      - We have got your RMA.
    allows:
      - We have got your parcel.
";

const MISTAKES: &str = "\
family: odd-shop
kind: fault
about: One mistake each.
why: To see them told.
say: [Something else.]
source: Our own handbook
words:
  round: [about, '{about}']
  about: ['{round}']
  nothing: []
rules:
  - id: Odd Name
    phrases: [odd name]
    flags: [This is an odd name.]
  - id: not-well-formed
    phrases:
      - plain ( words
      - 'single ''quoted'' (words'
      - \"double [words\"
      - ''
      - '[maybe]'
      - .. anything
      - {our} policy
  - id: unknown-names
    phrases: ['{oour} goods', '{zzzzz} goods']
    unless: {sentence: [<fixx>, <apology>], cover: ['regex: (']}
    before: [apologyy]
  - id: everything
    phrases: ['regex: .', 'regex: a*', 'regex: a{1000}{1000}{1000}']
  - id: fails
    phrases: [our goods]
    flags: [Our wares., It is our policy.]
    allows: [\"Where are our goods, and our goods?\"]
  - id: bare
    phrases: [bare bones, bare bones, bare walls]
    flags: [The bare walls.]
  - id: trade-code
    phrases: [taken id]
  - id: our-policy
    off: true
  - id: our-polcy
    off: true
";

#[test]
fn a_sound_lexicon_passes() {
    let folder =
        folder(&[("lexicon/shop-talk.yaml", SOUND.as_bytes()), ("lexicon/README.md", b"Not a lexicon.")]);
    let output = check(folder.path(), &["lexicon", "--no-default-lexicon"]);
    assert_eq!(
        told(&output),
        "No mistakes, no warnings in 1 file. The lexicon has 1 family, 1 rule, 1 phrase and 2 examples.\n"
    );
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn every_mistake_of_hostile_files_is_told_in_one_run() {
    let mistakes = MISTAKES.replace("      - {our} policy\n", "");
    let deep = format!("family: {}", "[".repeat(100_000));
    let deep_groups = format!(
        "family: deep-groups\nkind: move\nrules: [{{id: a, phrases: ['{}']}}]\n",
        "(".repeat(100_000)
    );
    let huge = vec![b'#'; 9 << 20];
    let bomb = format!(
        "family: bomb\nkind: move\nabout: It grows.\nwords:\n  l0: [a b, c d]\n{}rules: [{{id: boom, phrases: ['{{l9}}'], why: a, source: b}}]\n",
        (1..10)
            .map(|n| format!("  l{n}: ['{{l{0}}} {{l{0}}} {{l{0}}} {{l{0}}} {{l{0}}}']\n", n - 1))
            .collect::<String>()
    );
    let folder = folder(&[
        ("lexicon/shop-talk.yaml", SOUND.as_bytes()),
        ("lexicon/odd-shop.yaml", mistakes.as_bytes()),
        ("lexicon/unquoted.yaml", b"family: unquoted\nkind: fault\nrules:\n  - id: a\n    phrases:\n      - {our} policy\n"),
        ("lexicon/keys.yaml", b"family: keys\nfamily: keys\nkind: falt\nrule: []\nrules:\n  - phrase: a\n    flags: [1]\n"),
        ("lexicon/sub/shop-talk.yaml", SOUND.as_bytes()),
        ("lexicon/no-kind.yaml", b"family: no-kind\nrules: []\n"),
        ("lexicon/another-name.yaml", b"family: policy-shield\nkind: move\n"),
        ("lexicon/wait-a.yaml", b"family: wait-a\nkind: move\nabout: a\nunless: {sentence: [<wait-b>]}\n"),
        ("lexicon/wait-b.yaml", b"family: wait-b\nkind: move\nabout: b\nonly: {sentence: [<wait-a>]}\n"),
        ("lexicon/aliases.yaml", b"a: &a [x, x]\nb: &b [*a, *a]\nfamily: [*b, *b]\n"),
        ("lexicon/bomb.yaml", bomb.as_bytes()),
        ("lexicon/deep.yaml", deep.as_bytes()),
        ("lexicon/deep-groups.yaml", deep_groups.as_bytes()),
        ("lexicon/latin.yaml", b"family: latin\nabout: caf\xE9\n"),
        ("lexicon/utf16.yaml", b"\xFF\xFEf\0a\0"),
        ("lexicon/binary.yaml", b"\0\x01\x02"),
        ("lexicon/huge.yaml", &huge),
        ("lexicon/empty.yaml", b""),
        ("lexicon/tabs.yaml", b"family: tabs\nrules:\n\t- id: a\n"),
        ("lexicon/windows.yaml", b"family: windows\r\nkind: move\r\nabout: \r\nrules:\r\n  - id: a b\r\n"),
        ("lexicon/two.yaml", b"family: two\n---\nfamily: three\n"),
        ("lexicon/escape\x1b[31m.yaml", b"family: \"\\e[31m\"\nkind: move\nabout: a\n"),
        (
            "lexicon/words.yaml",
            b"lists:\n  ours: [(a, b]\n  circle: ['{circle}']\ncontractions:\n  do not: [do n't, '''t']\n  '': [x]\n  we: []\nspellings:\n  - [colour, color]\n  - [colour, 'col our']\n  - [grey]\n",
        ),
        ("lexicon/.hidden.yaml", b"not looked at"),
    ]);
    let output = check(folder.path(), &["lexicon"]);
    insta::assert_snapshot!(without_counts(&told(&output)));
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn mistakes_that_need_a_sound_rest_are_told() {
    let family = "\
family: goods
kind: fault
about: About goods.
why: To see it told.
say: [Something else.]
source: Our own handbook
words: {unused: [a]}
rules:
  - id: our-goods
    phrases: [our goods, our goods, our fine goods, (some|few) of our wares]
    flags: [Our wares., Our goods are here., It isn't our goods.]
    allows: ['Where are our goods, and our GOODS?', Our policy.]
  - id: hidden
    phrases: [fine goods]
    flags: [Our fine goods., Look at our fine goods.]
  - id: no-example
    phrases: [lovely goods]
  - id: says-nothing
    severity: error
";
    let overlay = "family: policy-shield\nrules:\n  - id: our-policy\n    unless: {sentence: [policy]}\n";
    let folder = folder(&[
        ("lexicon/goods.yaml", family.as_bytes()),
        ("lexicon/policy-shield.yaml", overlay.as_bytes()),
        ("lexicon/words.yaml", b"lists: {our-own: [ours]}\n"),
    ]);
    let output = check(folder.path(), &["lexicon"]);
    let lines: Vec<String> = told(&output).lines().map(|line| line.replace("\\", "/")).collect();
    // How many built-in examples the overlay breaks changes with the built-in lexicon.
    let (below, own): (Vec<_>, Vec<_>) =
        lines.into_iter().partition(|line| line.contains("since this layer"));
    assert!(
        !below.is_empty() && below.iter().all(|line| line.contains("policy-shield.yaml:3:5: ")),
        "{below:?}"
    );
    let own: Vec<_> = own.into_iter().filter(|line| line.starts_with("lexicon")).collect();
    insta::assert_snapshot!(own.join("\n"));
}

#[test]
fn what_stands_beside_a_mistake_is_looked_at() {
    let family = "\
family: goods
kind: fault
abuot: About goods.
why: To see it told.
say: [Something else.]
source: [Our own handbook]
words: {ours: [our, 7], circle: ['{circle}']}
rules:
  - id: our-goods
    phrases: ['our (goods', our wares, 12]
    flags: [Our wares., We have nothing.]
  - id: our-things
    severity: terrible
    phrases: [our things]
    flags: [We have nothing.]
  - phrases: [no id]
  - id: lost-list
    phrases: ['{ours} stuff']
    flags: [We have nothing.]
  - id: in-a-circle
    phrases: ['{circle} stuff', odd stuff]
    flags: [We have nothing.]
  - id: silenced
    phrases: [your wares]
    unless: {sentence: [<our-goods>]}
    flags: [We have nothing.]
  - id: sound
    phrases: [lovely goods, fine goods, good goods]
    flags: [The lovely goods., We have nothing.]
    allows: [The fine goods.]
";
    let folder = folder(&[("lexicon/goods.yaml", family.as_bytes())]);
    let output = check(folder.path(), &["lexicon", "--no-default-lexicon"]);
    insta::assert_snapshot!(without_counts(&told(&output)));
    let output = check(folder.path(), &["lexicon", "--no-default-lexicon", "--verbose"]);
    assert!(told(&output).contains("\n    `good goods`\n"), "{}", told(&output));
}

#[test]
fn what_is_not_there_is_trouble() {
    let folder = folder(&[("empty/README.md", b"")]);
    assert_cmd_snapshot!(amends(folder.path()).args(["check", "no-such"]));
    let output = check(folder.path(), &["empty"]);
    assert_eq!(
        without_counts(&told(&output)),
        "empty: this folder holds no .yaml file: write a family into one, or name another folder\n\
         1 mistake, no warnings in no files."
    );
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn a_single_file_is_a_layer() {
    let folder = folder(&[("shop-talk.yaml", SOUND.as_bytes())]);
    let output = check(folder.path(), &["shop-talk.yaml"]);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
}

const EDGES: &str = "\
family: greek
kind: fault
about: Letters at the edges of a message.
severity: advice
why: The edges are told apart.
say: [A word.]
source: Our own handbook
rules:
  - id: first-letter
    phrases: [^^ beta]
    flags: [Beta it is. We wait.]
    allows: [We say beta., We wait. Beta it is.]
  - id: last-letter
    phrases: [alpha $$]
    flags: [Your code is alpha., We have it. Alpha!]
    allows: [\"Alpha, no nuts.\", Say alpha now., We say alpha. And beta.]
";

#[test]
fn the_edges_of_a_message_are_its_very_first_and_last_words() {
    let folder = folder(&[("greek.yaml", EDGES.as_bytes())]);
    let output = check(folder.path(), &["greek.yaml", "--no-default-lexicon"]);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
}

/// A word that no other number has.
fn word(number: usize) -> String {
    let digits = number.to_string();
    digits.chars().map(|digit| char::from(b'a' + digit.to_digit(10).unwrap() as u8)).collect::<String>()
        + "ing"
}

#[test]
fn ten_thousand_phrases_take_a_moment() {
    let mut family =
        String::from("family: many\nkind: fault\nabout: Many.\nwhy: a\nsay: b\nsource: c\nrules:\n");
    for number in 0..1_000 {
        family.push_str(&format!("  - id: rule-{number}\n    phrases:\n"));
        let words: Vec<String> = (0..10).map(|at| word(number * 10 + at)).collect();
        words.iter().for_each(|word| {
            family.push_str(&format!("      - (one|two) [very] {word} {{our}} ..2 goods\n"))
        });
        family.push_str("    flags:\n");
        words.iter().for_each(|word| family.push_str(&format!("      - One {word} our goods.\n")));
    }
    let folder = folder(&[("lexicon/many.yaml", family.as_bytes())]);
    let start = std::time::Instant::now();
    let output = check(folder.path(), &["lexicon"]);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
    // A debug build on a busy machine; quadratic work takes minutes.
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}

#[test]
fn the_built_in_lexicon_has_no_mistake() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = check(root, &["--quiet", "--no-config", "lexicon"]);
    assert_eq!(output.status.code(), Some(0), "{}", told(&output));
}
