//! One text: read, decoded, linted.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use super::huge;
use crate::cli::failure::reason;
use crate::cli::files::Job;
use crate::cli::parts::Parts;
use crate::cli::setups::Setup;
use crate::cli::transcoded::{Change, Transcoded, has_old_lines};
use crate::document::{self, Document, Fields, FileType, Note, Origin};
use crate::lint::{Carried, Outcome, Source};
use crate::text::Lines;

/// A text with what the linter says about it.
pub(super) struct Linted<'l> {
    pub(super) path: String,
    pub(super) source: String,
    pub(super) origin: Origin,
    pub(super) lines: Lines,
    pub(super) outcome: Outcome<'l>,
    pub(super) notes: Vec<Note>,
    pub(super) state: State,
    /// The fields of a file of records.
    pub(super) fields: Option<Fields>,
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

/// A text that has to be held in memory as a whole is not larger.
const LARGEST: u64 = 1 << 30;

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
    let mut parts = match open(job) {
        Ok(reader) => Parts::new(reader),
        Err(error) => return take(Linted::unreadable(path, reason(&error))),
    };
    match parts.whole() {
        Ok(Some(bytes)) => take(whole(setup, job, path, bytes, job.file_type)),
        Ok(None) => large(setup, job, path, parts, take),
        Err(error) => take(Linted::unreadable(path, reason(&error))),
    }
}

/// A text that is better not held in memory, if what it is written in can be read in parts.
fn large<'l, E>(
    setup: &Setup<'l>,
    job: &Job,
    path: String,
    parts: Parts<Box<dyn Read>>,
    take: &mut dyn FnMut(Linted<'l>) -> Result<(), E>,
) -> Result<(), E> {
    let file_type = job.file_type.or_else(|| guess(parts.ahead())).unwrap_or(FileType::Plain);
    if huge::can_be_read(file_type) {
        return huge::lint(setup, job, path, file_type, parts, take);
    }
    let mut bytes = Vec::new();
    match parts.again().take(LARGEST + 1).read_to_end(&mut bytes) {
        Ok(size) if size as u64 > LARGEST => {
            let text = format!(
                "it is larger than {} MB, and {} of that size cannot be read in parts; split it",
                LARGEST >> 20,
                file_type.name()
            );
            take(Linted::unreadable(path, text))
        }
        Ok(_) => take(whole(setup, job, path, bytes, Some(file_type))),
        Err(error) => take(Linted::unreadable(path, reason(&error))),
    }
}

/// Opens the text of a job.
pub(super) fn open(job: &Job) -> io::Result<Box<dyn Read>> {
    if job.is_stdin() {
        return Ok(Box::new(io::stdin().lock()));
    }
    open_file(&job.path)
}

fn open_file(path: &Path) -> io::Result<Box<dyn Read>> {
    let file = File::open(path)?;
    if file.metadata()?.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    Ok(Box::new(file))
}

/// A guess by what a text begins with.
fn guess(bytes: &[u8]) -> Option<FileType> {
    let mut start = Vec::new();
    Transcoded::new(bytes, Change::of(bytes)).read_to_end(&mut start).ok()?;
    let decoded = document::decode(&start).ok()?;
    Some(FileType::sniff(&decoded.text))
}

fn whole<'l>(
    setup: &Setup<'l>,
    job: &Job,
    path: String,
    bytes: Vec<u8>,
    file_type: Option<FileType>,
) -> Linted<'l> {
    let mut text = match decode(bytes) {
        Ok(text) => text,
        Err(note) => return Linted::skipped(path, note),
    };
    if has_old_lines(text.source.as_bytes()) {
        text.source = text.source.replace('\r', "\n");
    }
    let file_type = file_type.unwrap_or_else(|| FileType::sniff(&text.source));
    let lines = Lines::new(&text.source);
    let source = Source { text: &text.source, file_type, lines: &lines, first_column: 0 };
    let document = document::read(source.text, file_type, &setup.reading);
    let mut outcome = judge(setup, job, source, &document, &mut Carried::default());
    let is_silent = document.messages.is_empty() && document.notes.is_empty();
    let mut notes: Vec<Note> = text.note.into_iter().chain(document.notes).collect();
    if is_silent && !source.text.trim().is_empty() {
        notes.extend(no_field(setup, job, file_type, &document.fields));
    }
    notes.append(&mut outcome.notes);
    let fields = file_type.has_fields().then_some(document.fields);
    let (origin, state) = (text.origin, State::Read);
    Linted { path, origin, outcome, notes, lines, source: text.source, state, fields }
}

/// What the linter says about a document.
pub(super) fn judge<'l>(
    setup: &Setup<'l>,
    job: &Job,
    source: Source<'_>,
    document: &Document<'_>,
    carried: &mut Carried,
) -> Outcome<'l> {
    setup.ears.lend(|ear| setup.linter.lint(ear, source, document, job.kind, carried))
}

/// Said of a file of records that the user named, so that silence is not taken for praise. That a
/// chosen field is not there is said at the end of the run.
pub(super) fn no_field(setup: &Setup<'_>, job: &Job, file_type: FileType, fields: &Fields) -> Option<Note> {
    let text = match (setup.reading.fields.is_empty(), fields.found.contains(&true)) {
        (true, _) => "No field with a message was found here; name it with --field NAME.",
        (false, true) => "The fields that were chosen hold no text of yours here.",
        (false, false) => return None,
    };
    let note = Note { offset: None, text: text.to_owned(), is_trouble: false };
    (job.is_named && file_type.has_fields()).then_some(note)
}

/// A text, and how it was read.
pub(super) struct Text {
    pub(super) source: String,
    pub(super) note: Option<Note>,
    pub(super) origin: Origin,
}

/// Decodes the bytes of a text.
pub(super) fn decode(mut bytes: Vec<u8>) -> Result<Text, Note> {
    let decoded = document::decode(&bytes)?;
    let (note, origin) = (decoded.note, decoded.origin);
    let source = match decoded.text {
        Cow::Owned(text) => text,
        Cow::Borrowed(_) => {
            let mark = origin.file_offset("", 0);
            bytes.drain(..mark);
            String::from_utf8(bytes).unwrap_or_else(|error| {
                // Borrowed text is right UTF-8; this is never reached.
                String::from_utf8_lossy(error.as_bytes()).into_owned()
            })
        }
    };
    Ok(Text { source, note, origin })
}

impl Linted<'_> {
    pub(super) fn unreadable(path: String, reason: String) -> Self {
        let text = format!("This could not be read: {reason}.");
        let note = Note { offset: None, text, is_trouble: true };
        Self::without_text(path, vec![note], State::Unreadable)
    }

    pub(super) fn skipped(path: String, note: Note) -> Self {
        Self::without_text(path, vec![note], State::Skipped)
    }

    /// Notes alone.
    pub(super) fn without_text(path: String, notes: Vec<Note>, state: State) -> Self {
        let (source, outcome) = (String::new(), Outcome::default());
        let (origin, lines) = (Origin::at(0), Lines::new(&source));
        Self { path, origin, lines, source, outcome, notes, state, fields: None }
    }
}
