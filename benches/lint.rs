//! How fast amends listens: plain text, many files, records, and a start.
//!
//! The text is made here, from sentences that this project wrote: about one in six has something to
//! hear, as in the real messages that were counted. Whole runs of the program are measured, with
//! everything that belongs to them.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use amends::text::{Block, Span};
use divan::counter::BytesCount;
use tempfile::TempDir;

fn main() {
    divan::main();
}

const MEGABYTE: usize = 1 << 20;

/// What is said; `{}` stands for a thing.
const SENTENCES: &[&str] = &[
    "Thank you for writing to us about your {}.",
    "I have looked at the {} that you ordered on Tuesday, and at what the courier wrote.",
    "The {} left our house on the third and should have been with you two days later.",
    "I'm so sorry that the {} came broken, on your daughter's birthday of all days.",
    "A new {} is on its way to you and will be there tomorrow before noon.",
    "You can follow the {} with the number below, or write back to this address.",
    "We have put the money for the {} back on your card; your bank shows it in two days.",
    "It's our policy to take back a {} within thirty days only.",
    "Please send us a picture of the {}, so that the workshop sees what happened.",
    "The colour of the {} differs a little from lamp to lamp, as the wood does.",
    "We apologize for any inconvenience, but the {} is out of stock.",
    "Did you check the cable of the {} before you wrote?",
    "I will ring you on Friday to hear how the {} is doing.",
    "Most people put the {} next to a window, where it gets some sun.",
    "There are three sizes of the {}, and the smallest one fits into a drawer.",
    "If the {} does not fit, the label for the way back is in the box.",
    "Our shop in the old town has the {} too, and coffee while you wait.",
    "The manual of the {} is on our page under the picture.",
    "Nobody here remembers a {} that came back twice.",
    "Unfortunately there is nothing we can do about the {}.",
    "The driver said that he left the {} with your neighbour at number nine.",
];
const THINGS: &[&str] = &[
    "kettle",
    "lamp",
    "bicycle",
    "parcel",
    "garden chair",
    "ticket",
    "radio",
    "coat",
    "subscription",
    "invoice",
    "blue one",
    "set of six",
    "refill",
    "toaster",
    "order",
];

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % end
    }

    fn message(&mut self) -> String {
        let mut message = String::new();
        for sentence in 0..2 + self.below(4) {
            if sentence > 0 {
                message.push(' ');
            }
            let thing = THINGS[self.below(THINGS.len())];
            message += &SENTENCES[self.below(SENTENCES.len())].replace("{}", thing);
        }
        message
    }
}

fn messages(bytes: usize) -> Vec<String> {
    let (mut dice, mut messages, mut length) = (Dice(7), Vec::new(), 0);
    while length < bytes {
        let message = dice.message();
        length += message.len() + 2;
        messages.push(message);
    }
    messages
}

fn records(messages: &[String]) -> String {
    let mut lines = String::new();
    for (number, text) in messages.iter().enumerate() {
        let _ = writeln!(lines, "{}", serde_json::json!({ "id": number, "text": text }));
    }
    lines
}

/// Runs the program in the folder; what it writes goes into a file, as it does for people.
fn run(folder: &Path, arguments: &[&str]) {
    let output = fs::File::create(folder.join(".output")).expect("a file");
    let mut command = Command::new(env!("CARGO_BIN_EXE_amends"));
    command.args(arguments).current_dir(folder).stdout(output).stderr(Stdio::null());
    let status = command.status().expect("the program can be started");
    assert!(matches!(status.code(), Some(0 | 1)), "{status}");
}

/// One file of plain text: megabytes.
#[divan::bench(args = [2, 20, 200], sample_count = 3, sample_size = 1)]
fn lint_one_file(bencher: divan::Bencher<'_, '_>, megabytes: usize) {
    let folder = TempDir::new().expect("a folder");
    let text = messages(megabytes * MEGABYTE).join("\n\n");
    fs::write(folder.path().join("replies.txt"), &text).expect("a file");
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| run(folder.path(), &["lint", "--quiet", "replies.txt"]));
}

/// Two thousand files of plain text: megabytes together.
#[divan::bench(args = [20], sample_count = 3, sample_size = 1)]
fn lint_two_thousand_files(bencher: divan::Bencher<'_, '_>, megabytes: usize) {
    let folder = TempDir::new().expect("a folder");
    let messages = messages(megabytes * MEGABYTE);
    for (number, part) in messages.chunks(messages.len().div_ceil(2_000)).enumerate() {
        fs::write(folder.path().join(format!("{number:04}.txt")), part.join("\n\n")).expect("a file");
    }
    bencher.counter(BytesCount::new(megabytes * MEGABYTE)).bench(|| run(folder.path(), &["lint", "--quiet"]));
}

/// Records with their output written: megabytes of text.
#[divan::bench(args = [2, 20, 200], sample_count = 3, sample_size = 1)]
fn scan(bencher: divan::Bencher<'_, '_>, megabytes: usize) {
    let folder = TempDir::new().expect("a folder");
    let messages = messages(megabytes * MEGABYTE);
    fs::write(folder.path().join("messages.jsonl"), records(&messages)).expect("a file");
    let bytes: usize = messages.iter().map(String::len).sum();
    bencher.counter(BytesCount::new(bytes)).bench(|| run(folder.path(), &["scan", "messages.jsonl"]));
}

/// A whole process for one line.
#[divan::bench(sample_count = 50, sample_size = 1)]
fn lint_one_line(bencher: divan::Bencher<'_, '_>) {
    let folder = TempDir::new().expect("a folder");
    fs::write(folder.path().join("reply.txt"), "It's our policy.\n").expect("a file");
    bencher.bench(|| run(folder.path(), &["lint", "--quiet", "reply.txt"]));
}

/// The lexicon and the matcher inside the program, ready to listen.
#[divan::bench]
fn start_up() -> usize {
    let (lexicon, matcher) = (amends::embedded::lexicon(), amends::embedded::matcher());
    let _ = amends::lint::Ear::new(&matcher);
    lexicon.rules.len()
}

/// The ear alone, message by message.
#[divan::bench(args = [2], sample_count = 20, sample_size = 1)]
fn hear(bencher: divan::Bencher<'_, '_>, megabytes: usize) {
    let messages = messages(megabytes * MEGABYTE);
    let matcher = amends::embedded::matcher();
    let mut ear = amends::lint::Ear::new(&matcher);
    bencher.counter(BytesCount::new(megabytes * MEGABYTE)).bench_local(|| {
        let heard = messages
            .iter()
            .map(|message| ear.hear(&[Block::verbatim(message, Span::new(0, message.len()))]).len());
        heard.sum::<usize>()
    });
}
