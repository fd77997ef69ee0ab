//! Everything that the README shows is tried here, in its order, as a reader would try it.
//!
//! A block whose fence names a file (```` ```yaml amends.yaml ````) is saved under that name, a `sh`
//! block is run, and a `text` block is what the run before it printed. When the program prints
//! something else on purpose, `AMENDS_UPDATE_README=1 cargo test --test readme` corrects the README.
#![cfg(unix)]
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// When all of it happens.
const NOW: &str = "2026-11-22T10:00:00Z";
const MAIN_COMMAND: &str = "cargo run --release -- lint examples/replies";
const TEST_COMMAND: &str = "cargo test";
const INSTALL_COMMAND: &str = "cargo install --locked --path .";

#[test]
fn everything_that_it_shows_works() {
    let readme = read("README.md");
    let reader = Reader::new();
    let mut corrected = String::new();
    let mut printed = None;
    let mut end = 0;
    for block in blocks(&readme) {
        corrected.push_str(&readme[end..block.start]);
        end = block.start + block.body.len();
        match (block.language, block.file) {
            (_, Some(file)) => reader.save(file, &block),
            ("sh", None) => printed = Some(reader.run(&block)),
            ("text", None) => {
                let printed = printed.take().unwrap_or_else(|| panic!("{block}nothing was run"));
                corrected.push_str(&printed);
                assert!(is_updating() || block.body == printed, "{block}the program prints:\n{printed}");
                continue;
            }
            (language, None) => panic!("{block}a block of `{language}` needs the name of a file"),
        }
        corrected.push_str(block.body);
    }
    corrected.push_str(&readme[end..]);
    if is_updating() && corrected != readme {
        fs::write(root().join("README.md"), corrected).unwrap();
    }
}

#[test]
fn the_main_command_and_the_tests_are_one_line_each() {
    let readme = read("README.md");
    let commands: Vec<&str> = blocks(&readme)
        .filter(|block| block.body.starts_with("cargo"))
        .map(|block| block.body.trim())
        .collect();
    assert_eq!(commands, [MAIN_COMMAND, TEST_COMMAND, INSTALL_COMMAND]);
}

#[test]
fn the_check_before_a_merge_runs_both() {
    let check = read(".ci/run");
    let locked = |command: &str| command.replacen("cargo run", "cargo run --locked", 1);
    assert!(check.contains(&locked(MAIN_COMMAND)));
    assert!(check.contains(TEST_COMMAND));
}

#[test]
fn it_names_every_subcommand() {
    let readme = read("README.md");
    let help = stdout(&amends(&root(), &["--help"]));
    let commands = help.split("Commands:\n").nth(1).and_then(|rest| rest.split("\n\n").next()).unwrap();
    for command in commands.lines().filter_map(|line| line.split_whitespace().next()) {
        assert!(
            readme.contains(&format!("amends {command}")),
            "the README does not tell of `amends {command}`"
        );
    }
}

#[test]
fn it_names_no_flag_that_is_not_there() {
    let known: String = [
        "lint", "scan", "check", "play", "drill", "progress", "score", "trends", "rules", "explain", "schema",
    ]
    .map(|command| stdout(&amends(&root(), &["help", command])))
    .concat();
    let readme = read("README.md");
    let of_class =
        ["init", "report", "review"].map(|what| stdout(&amends(&root(), &["help", "class", what])));
    let known = known + &of_class.concat();
    let own = readme.lines().filter(|line| !line.contains("cargo"));
    for word in own.flat_map(|line| line.split([' ', '`', ',', '.'])) {
        let is_flag = word.strip_prefix("--").is_some_and(|name| name.starts_with(char::is_alphabetic));
        assert!(!is_flag || known.contains(word), "there is no flag {word}");
    }
}

#[test]
fn its_table_has_every_setting() {
    let schema = stdout(&amends(&root(), &["schema", "config"]));
    let schema: serde_json::Value = serde_json::from_str(&schema).unwrap();
    let keys: BTreeSet<&str> = schema["properties"].as_object().unwrap().keys().map(String::as_str).collect();
    let readme = read("README.md");
    let table = readme.split("| key | means |").nth(1).and_then(|rest| rest.split("\n\n").next()).unwrap();
    let rows: BTreeSet<&str> =
        table.lines().filter_map(|row| row.strip_prefix("| `")?.split('`').next()).collect();
    assert_eq!(rows, keys);
}

#[test]
fn it_counts_the_families_right() {
    let readme = read("README.md");
    for (folder, what) in [("faults", "families of faults"), ("moves", "of moves")] {
        let count = fs::read_dir(root().join("lexicon").join(folder)).unwrap().count();
        assert!(readme.contains(&format!("{count} {what}")), "lexicon/{folder} has {count} files");
    }
}

#[test]
fn its_links_lead_somewhere() {
    let readme = read("README.md");
    let targets = readme.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    for target in targets.filter(|target| !target.contains("://")) {
        match target.strip_prefix('#') {
            Some(anchor) => assert!(anchors(&readme).any(|own| own == anchor), "no heading for #{anchor}"),
            None => assert!(root().join(target).exists(), "{target} is not there"),
        }
    }
}

#[test]
fn the_examples_are_bad_before_and_good_after() {
    let names = |folder: &str| -> BTreeSet<_> {
        let entries = fs::read_dir(root().join("examples/replies").join(folder)).unwrap();
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    };
    assert_eq!(names("before"), names("after"));
    for name in names("before") {
        let lint = |folder| amends(&root(), &["lint", &format!("examples/replies/{folder}/{name}")]);
        assert_eq!(lint("before").status.code(), Some(1), "before/{name}");
        assert_eq!(
            stdout(&lint("after")).lines().next().unwrap(),
            "No faults heard in 1 file.",
            "after/{name}"
        );
    }
}

#[test]
fn the_lexicon_of_the_example_has_no_mistake() {
    let checked = amends(&root(), &["check", "examples/company-lexicon"]);
    assert_eq!(checked.status.code(), Some(0), "{}", stdout(&checked));
    let linted = amends(&root(), &["lint", "--lexicon", "examples/company-lexicon", "examples/replies"]);
    assert_eq!(linted.status.code(), Some(1));
}

/// A fenced block.
struct Block<'r> {
    /// The line of its fence.
    line: usize,
    language: &'r str,
    /// The name of the file that it shows.
    file: Option<&'r str>,
    body: &'r str,
    /// Where the body begins, in bytes.
    start: usize,
}

impl std::fmt::Display for Block<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "README.md:{}: ", self.line)
    }
}

fn blocks(readme: &str) -> impl Iterator<Item = Block<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + readme[at..].find("\n```")? + 1;
        let head = start + readme[start..].find('\n')?;
        let end = head + readme[head..].find("\n```\n")? + 1;
        at = end + 3;
        let mut info = readme[start + 3..head].split(' ');
        let language = info.next().unwrap_or_default();
        let line = readme[..start].lines().count() + 1;
        Some(Block { line, language, file: info.next(), body: &readme[head + 1..end], start: head + 1 })
    })
}

/// Somebody who follows the README in a folder of their own.
struct Reader {
    folder: TempDir,
}

impl Reader {
    fn new() -> Self {
        let folder = TempDir::new().unwrap();
        copy(&root().join("examples"), &folder.path().join("examples"));
        copy(&root().join("examples/replies/before"), &folder.path().join("replies"));
        Self { folder }
    }

    fn save(&self, file: &str, block: &Block<'_>) {
        let path = self.folder.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, block.body).unwrap();
        if block.language != "yaml" {
            return;
        }
        let value: serde_yaml::Value =
            serde_yaml::from_str(block.body).unwrap_or_else(|error| panic!("{block}{error}"));
        for command in commands_in(&value) {
            self.run_line(&command, block);
        }
        if file.ends_with("amends.yaml") {
            self.run_line("amends lint replies", block);
        }
    }

    /// What the commands of the block print.
    fn run(&self, block: &Block<'_>) -> String {
        block.body.lines().map(|line| self.run_line(line, block)).collect()
    }

    fn run_line(&self, line: &str, block: &Block<'_>) -> String {
        if [TEST_COMMAND, INSTALL_COMMAND].contains(&line) {
            return String::new();
        }
        let line = line.replacen("cargo run --release --", "amends", 1);
        assert!(line.starts_with("amends "), "{block}who runs `{line}`?");
        let program = Path::new(env!("CARGO_BIN_EXE_amends"));
        let path =
            format!("{}:{}", program.parent().unwrap().display(), env::var("PATH").unwrap_or_default());
        let mut shell = Command::new("sh");
        let home = self.folder.path();
        shell.args(["-c", &line]).current_dir(home).env("PATH", path);
        // A session that is played here is nobody's practice.
        shell.env("HOME", home).env("XDG_DATA_HOME", home.join("data")).env("AMENDS_NOW", NOW);
        let output = plain(&mut shell).output().unwrap();
        let is_done = matches!(output.status.code(), Some(0 | 1));
        assert!(is_done, "{block}`{line}` says: {}", String::from_utf8_lossy(&output.stderr));
        stdout(&output)
    }
}

/// The commands of this program that a recipe runs.
fn commands_in(value: &serde_yaml::Value) -> Vec<String> {
    match value {
        serde_yaml::Value::String(text) => {
            text.lines().filter(|line| line.starts_with("amends ")).map(str::to_owned).collect()
        }
        serde_yaml::Value::Sequence(members) => members.iter().flat_map(commands_in).collect(),
        serde_yaml::Value::Mapping(members) => members.values().flat_map(commands_in).collect(),
        _ => Vec::new(),
    }
}

/// The anchors of the headings, as code hosts make them.
fn anchors(readme: &str) -> impl Iterator<Item = String> {
    let headings = readme.lines().filter_map(|line| line.strip_prefix('#'));
    headings.map(|heading| {
        let kept = |c: &char| c.is_alphanumeric() || matches!(c, ' ' | '-');
        heading
            .trim_start_matches('#')
            .trim()
            .to_lowercase()
            .chars()
            .filter(kept)
            .collect::<String>()
            .replace(' ', "-")
    })
}

fn amends(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_amends"));
    plain(command.args(arguments).current_dir(folder)).output().unwrap()
}

/// Without colours, whatever the terminal that the tests are run from.
fn plain(command: &mut Command) -> &mut Command {
    command.env_remove("CLICOLOR_FORCE").env("NO_COLOR", "1")
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        match entry.path().is_dir() {
            true => copy(&entry.path(), &target),
            false => drop(fs::copy(entry.path(), target).unwrap()),
        }
    }
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(file: &str) -> String {
    fs::read_to_string(root().join(file)).unwrap()
}

fn is_updating() -> bool {
    env::var_os("AMENDS_UPDATE_README").is_some_and(|value| value == "1")
}
