//! One text: read, decoded, linted.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use crate::cli::failure::reason;
use crate::cli::files::Job;
use crate::cli::parts::{Part, Parts};
use crate::cli::setups::Setup;
use crate::document::{self, Encoding, FileType, Note};
use crate::lint::{Carried, Outcome, Source};
use crate::text::Lines;

/// A text with what the linter says about it.
pub(super) struct Linted<'l> {
    pub(super) path: String,
    pub(super) source: String,
    pub(super) base: usize,
    pub(super) lines: Lines,
    pub(super) outcome: Outcome<'l>,
    pub(super) notes: Vec<Note>,
    pub(super) state: State,
}

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// It was linted.
    Read,
    /// A further part of a file was linted.
    Continued,
    /// It holds no text.
    Skipped,
    /// It could not be read.
    Unreadable,
}

/// Lints the text of a job and hands the result to `take`, in one piece or in several.
pub(super) fn lint<'l, E>(
    setup: &Setup<'l>,
    job: &Job,
    take: &mut dyn FnMut(Linted<'l>) -> Result<(), E>,
) -> Result<(), E> {
    let path = job.path.to_string_lossy().into_owned();
    if let Some(trouble) = &job.trouble {
        return take(Linted::unreadable(path, trouble.clone()));
    }
    match open(job) {
        Ok(Text::Whole(bytes, file_type)) => take(whole(setup, job, path, bytes, file_type)),
        Ok(Text::Huge(parts)) => huge(setup, job, &path, parts, take),
        Err(error) => take(Linted::unreadable(path, reason(&error))),
    }
}

enum Text {
    Whole(Vec<u8>, Option<FileType>),
    /// Plain text, and much of it.
    Huge(Parts<Box<dyn Read>>),
}

fn open(job: &Job) -> io::Result<Text> {
    let reader: Box<dyn Read> =
        if job.is_stdin() { Box::new(io::stdin().lock()) } else { open_file(&job.path)? };
    let mut parts = Parts::new(reader);
    if let Some(bytes) = parts.whole()? {
        return Ok(Text::Whole(bytes, job.file_type));
    }
    let is_utf_16 = parts.ahead().starts_with(b"\xFF\xFE") || parts.ahead().starts_with(b"\xFE\xFF");
    let file_type = job.file_type.or_else(|| guess(parts.ahead()));
    Ok(match file_type {
        Some(FileType::Plain) | None if !is_utf_16 => Text::Huge(parts),
        file_type => Text::Whole(parts.rest()?, file_type),
    })
}

fn open_file(path: &Path) -> io::Result<Box<dyn Read>> {
    let file = File::open(path)?;
    if file.metadata()?.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    Ok(Box::new(file))
}

fn guess(bytes: &[u8]) -> Option<FileType> {
    let decoded = document::decode(bytes).ok()?;
    Some(FileType::sniff(&decoded.text))
}

fn whole<'l>(
    setup: &Setup<'l>,
    job: &Job,
    path: String,
    bytes: Vec<u8>,
    file_type: Option<FileType>,
) -> Linted<'l> {
    let text = match decode(bytes) {
        Ok(text) => text,
        Err(note) => return Linted::skipped(path, note),
    };
    let file_type = file_type.unwrap_or_else(|| FileType::sniff(&text.source));
    let lines = Lines::new(&text.source);
    let mut carried = Carried::default();
    let source = Source { text: &text.source, file_type, lines: &lines, first_column: 0 };
    let (outcome, mut notes) = judge(setup, job, source, &mut carried);
    notes.splice(0..0, text.note);
    Linted { path, base: text.mark, outcome, notes, lines, source: text.source, state: State::Read }
}

fn huge<'l, E>(
    setup: &Setup<'l>,
    job: &Job,
    path: &str,
    mut parts: Parts<Box<dyn Read>>,
    take: &mut dyn FnMut(Linted<'l>) -> Result<(), E>,
) -> Result<(), E> {
    let mut carried = Carried::for_parts();
    let mut state = State::Read;
    let mut said: Option<Note> = None;
    loop {
        let Part { bytes, base, first_line, first_column } = match parts.next() {
            Ok(Some(part)) => part,
            Ok(None) => return Ok(()),
            Err(error) => return take(Linted::unreadable(path.to_owned(), reason(&error))),
        };
        let text = match decode(bytes) {
            Ok(text) => text,
            Err(_) if state == State::Continued => {
                let text = format!("From line {first_line} on this is not text, so the rest was skipped.");
                return take(Linted::skipped(
                    path.to_owned(),
                    Note { offset: None, text, is_trouble: false },
                ));
            }
            Err(note) => return take(Linted::skipped(path.to_owned(), note)),
        };
        let lines = Lines::starting_at(&text.source, first_line);
        let source = Source { text: &text.source, file_type: FileType::Plain, lines: &lines, first_column };
        let (outcome, mut notes) = judge(setup, job, source, &mut carried);
        if text.note.is_some() && said != text.note {
            said.clone_from(&text.note);
            notes.splice(0..0, text.note);
        }
        let base = base + text.mark;
        take(Linted { path: path.to_owned(), base, outcome, notes, lines, source: text.source, state })?;
        state = State::Continued;
    }
}

fn judge<'l>(
    setup: &Setup<'l>,
    job: &Job,
    source: Source<'_>,
    carried: &mut Carried,
) -> (Outcome<'l>, Vec<Note>) {
    let document = document::read(source.text, source.file_type, &setup.reading);
    let outcome = setup.ears.lend(|ear| setup.linter.lint(ear, source, &document, job.kind, carried));
    let mut notes = document.notes;
    let is_silent = document.messages.is_empty() && notes.is_empty() && !source.text.trim().is_empty();
    if is_silent && job.is_named && source.file_type.has_fields() {
        notes.push(Note { offset: None, text: NO_FIELD.to_owned(), is_trouble: false });
    }
    (outcome, notes)
}

/// Said of a file that the user named, so that silence is not taken for praise.
const NO_FIELD: &str = "No field with a message was found here; name it with --field NAME.";

/// A text, and how it was read.
struct Decoded {
    source: String,
    note: Option<Note>,
    /// Bytes of the mark ahead of a text in UTF-8.
    mark: usize,
}

fn decode(mut bytes: Vec<u8>) -> Result<Decoded, Note> {
    let decoded = document::decode(&bytes)?;
    let mark = if decoded.encoding == Encoding::Utf8 { decoded.file_offset(0) } else { 0 };
    let note = decoded.note;
    let source = match decoded.text {
        std::borrow::Cow::Owned(text) => text,
        std::borrow::Cow::Borrowed(_) => {
            bytes.drain(..mark);
            String::from_utf8(bytes).unwrap_or_else(|error| {
                // Borrowed text is right UTF-8; this is never reached.
                String::from_utf8_lossy(error.as_bytes()).into_owned()
            })
        }
    };
    Ok(Decoded { source, note, mark })
}

impl Linted<'_> {
    fn unreadable(path: String, reason: String) -> Self {
        let text = format!("This could not be read: {reason}.");
        Self::without_text(path, Note { offset: None, text, is_trouble: true }, State::Unreadable)
    }

    fn skipped(path: String, note: Note) -> Self {
        Self::without_text(path, note, State::Skipped)
    }

    fn without_text(path: String, note: Note, state: State) -> Self {
        let (source, outcome) = (String::new(), Outcome::default());
        Self { path, base: 0, lines: Lines::new(&source), source, outcome, notes: vec![note], state }
    }
}
