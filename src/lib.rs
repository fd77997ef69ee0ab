//! Practise making amends. Lint the words that don't.
//!
//! `amends` reads texts for upset customers and reports wording that costs goodwill, and it plays upset
//! customers, so that people can practise. It is a library and a thin program. This page is the map of
//! the house.
//!
//! # From a file to findings
//!
//! ```text
//! the YAML of lexicon/  -- at build time -->  Lexicon and Matcher, inside the program
//!
//! bytes     document::decode   ->  text in UTF-8
//! text      document::read     ->  Document: messages of blocks, each mapped back to its bytes
//! blocks    matcher::Listener  ->  Hits: every rule that is heard, faults and moves
//! hits      lint::Linter       ->  Findings: order, absence, severity, amends:allow, baseline
//! findings  report::Report     ->  text, JSON, SARIF and so on
//! ```
//!
//! A text of more than 1 MB is read in parts where it can be: `cli::parts` cuts the bytes, at the
//! ends of records that a [`document::Cutter`] finds, and [`document::Stream`] reads part after part.
//!
//! `amends scan` takes the same way with records instead of files, and writes the hits down, too.
//!
//! # From a reply to a mark
//!
//! ```text
//! the YAML of scenarios/, and lexicon/coaching.yaml  -- at build time -->  inside the program
//!
//! a case    session::Stage      what is played, what is heard, what that does
//! reply     transcript::Event   written down first: it is on disk before it is answered
//! reply     session::Session    ->  Reaction: entries, feelings, the customer's words, the coach's notes
//! events    transcript::Replay  ->  the same session again, with all that was taken back
//! session   score::Scorecard    ->  marks, and what became of the customer
//! ```
//!
//! # From an answer to the next drill
//!
//! ```text
//! the YAML of lexicon/drills/  -- at build time -->  inside the program
//!
//! answer    drill::Marker       ->  Marked: faults, moves, what was lost; a grade, notes of a coach
//! mark      drill::log::Try     written down first: it is on disk before the mark is shown
//! tries     practice::Deck      ->  how well each family is remembered, and when it is due
//! past      practice::sitting   ->  which families next, and which sentence of each
//! ```
//!
//! # From failures to what repeats
//!
//! ```text
//! casebooks, and the depositions of sessions
//! records   trends::Reader      ->  Casebook: dates, hours, products, places and so on, each with a code
//! casebook  trends::find        ->  Trends: findings with their counts, their chance, and a question
//! ```
//!
//! # From a folder to a class
//!
//! ```text
//! folder    class::Plan         what the trainer wrote: class.yaml, the roster, scenarios and lexicon of its own
//! sessions  class::read         ->  Class: every transcript an Attempt, played again and graded; troubles
//! reviews   class::agreement()  ->  how far trainer and machine agree, by step
//! class     class::report       ->  Report: everything that there is to say, and the page, CSV, JSON and xAPI of it
//! ```
//!
//! # Who knows whom
//!
//! From the bottom up. A module uses those above it in this table, and none below it.
//!
//! | module | is |
//! |---|---|
//! | [`text`] | spans, lines, and the way from a block back to source bytes |
//! | [`nearest`] | which of the right names somebody meant |
//! | [`wording`] | counts, lists and beginnings, as sentences have them |
//! | [`lexicon`] | families and rules; what authors write, the notation of phrases, layers over layers |
//! | [`matcher`] | all rules at once: text in, hits out |
//! | [`coaching`] | what hearing something does to a customer, its marks, the coach's words: data |
//! | [`yaml`] | YAML in which every key knows its place; comparison with a schema |
//! | [`document`] | which reader for which file; placeholders and quoted text |
//! | [`lint`] | from hits to findings |
//! | [`report`] | output formats, one file each |
//! | [`config`] | `amends.yaml`, found upward from each text |
//! | [`journal`] | files of JSON Lines to which lines are only ever added |
//! | [`scenario`] | a scripted customer; its own ear, which hears what a reply mentions of the case |
//! | [`session`] | a running scenario: what each reply causes |
//! | [`score`] | from a session to marks |
//! | [`transcript`] | the record of a session, line by line; a session played again from it; plain chats |
//! | [`drill`] | prompts that train one skill, the mark of an answer, the drill log |
//! | [`embedded`] | what the build script, `src/embed.rs`, put into the program: lexicon, matcher, coaching, drills, scenarios |
//! | [`authoring`] | loads and checks lexicons, drills and scenarios for their authors: every mistake, its place, the remedy |
//! | [`practice`] | what somebody has practised, and what to practise next |
//! | [`class`] | a class: its folder read, its sessions graded, its troubles, the trainer's reviews |
//! | [`trends`] | what repeats in a casebook of failures |
//! | [`describe`] | what a lexicon says about itself, for `amends rules` and `amends explain`; the list of scenarios |
//! | [`cli`] | one file a subcommand; only this part touches streams, the clock and the terminal |
//!
//! The build script compiles [`lexicon`], [`matcher`], [`text`], [`coaching`] and what files of drills
//! look like a second time, for itself: these use nothing else of the crate.
//!
//! # Where to add something
//!
//! - **A phrase, a rule, a family**: a file in `lexicon/`, nothing else. `lexicon/README.md` has the
//!   notation; `amends check lexicon` tries the examples. The next build takes it in.
//! - **A kind of text**: a file in `src/document/`, its name and extensions in
//!   `src/document/file_type.rs`, and an arm in [`document::read`].
//! - **A name that an export gives to a text field**: the lists in `src/document/records/names.rs`.
//! - **An output format**: a file in `src/report/` with wire structs of its own, and a variant in
//!   [`report::Format`].
//! - **What a move or a fault does to a customer, a mark, a sentence of the coach**:
//!   `lexicon/coaching.yaml`, nothing else.
//! - **A setting**: a field of [`config::ConfigFile`], a row in the README's table, and its use in
//!   `src/cli/setups.rs`, where flags and files come together.
//! - **A subcommand**: a file in `src/cli/` and a variant in `src/cli.rs`; the README must name it.
//! - **A command of a session**, such as `:hint`: an entry in `src/cli/play/commands.rs`, and an arm in
//!   `Conversation::obey`.
//! - **A command of a drill**: the same in `src/cli/drill/commands.rs`, and an arm in `Sitting::listen`.
//! - **A prompt to drill**: `lexicon/drills/`, the file of its family, nothing else.
//! - **Something to record of a session**: a variant of [`transcript::Event`]; older programs refuse what
//!   they do not know, so it needs a new [`transcript::VERSION`].
//! - **A scenario**: a file in `scenarios/`, nothing else. `scenarios/README.md` tells how a session
//!   goes; `amends check scenarios` plays the models. The next build takes it in.
//! - **A name that a casebook gives to a column**: the lists in `src/trends/columns.rs`; a way to write dates
//!   or times: `src/trends/dates.rs`.
//! - **Something by which failures are compared**: a variant of [`trends::Attribute`], and its words in
//!   `src/trends/tell.rs`.
//! - **Something to say about a class**: a field of [`class::report::Report`], worked out beside the others; then a
//!   place for it in `src/class/report/page/`, and a key in `src/class/report/json.rs`.
//! - **Something of a class that can go wrong**: a [`class::TroubleKind`], found in `src/class/troubles.rs`.
//! - **Something that authors get wrong**: a check in `src/authoring/check/`, or for scenarios in
//!   `src/authoring/scenarios/`.
//!
//! Unit tests stand beside the code, in the same file. Tests of the program as a whole are in
//! `tests/`; `tests/readme.rs` runs everything that the README shows. `.ci/run` runs all that must
//! hold.

pub mod authoring;
pub mod class;
pub mod cli;
pub mod coaching;
pub mod config;
pub mod describe;
pub mod document;
pub mod drill;
pub mod embedded;
pub mod journal;
pub mod lexicon;
pub mod lint;
pub mod matcher;
pub mod nearest;
pub mod practice;
pub mod report;
pub mod scenario;
pub mod score;
pub mod session;
pub mod text;
pub mod transcript;
pub mod trends;
pub mod wording;
pub mod yaml;
