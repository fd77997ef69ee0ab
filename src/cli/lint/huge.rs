//! A text that is linted in parts, so that memory does not grow with it: plain text, cut between
//! its paragraphs, and records.

use std::io::{self, Read};

use super::reading::{self, Linted, State, Text, decode};
use crate::cli::failure::reason;
use crate::cli::files::Job;
use crate::cli::parts::{LONGEST_RECORD, Part, Parts};
use crate::cli::setups::Setup;
use crate::cli::transcoded::{Change, Transcoded};
use crate::document::{self, Document, Encoding, Fields, FileType, Note, Origin, Stream};
use crate::lint::{Carried, Source};
use crate::text::Lines;

type Reader = Transcoded<io::Chain<io::Cursor<Vec<u8>>, Box<dyn Read>>>;

/// Whether a text of this type can be read in parts.
pub(super) fn can_be_read(file_type: FileType) -> bool {
    file_type == FileType::Plain || file_type.is_cut_at_records()
}

/// Lints a text in parts, and hands the result of each to `take`.
pub(super) fn lint<'l, E>(
    setup: &Setup<'l>,
    job: &Job,
    path: String,
    file_type: FileType,
    parts: Parts<Box<dyn Read>>,
    take: &mut dyn FnMut(Linted<'l>) -> Result<(), E>,
) -> Result<(), E> {
    let change = Change::of(parts.ahead());
    let (mut parts, stream) = cut(parts, change, file_type, &setup.reading);
    let mut huge = Huge {
        setup,
        job,
        path,
        file_type,
        carried: if stream.is_some() { Carried::for_records() } else { Carried::for_parts() },
        stream,
        utf_16: change.utf_16.map(|encoding| (encoding, 2)),
        state: State::Read,
        said: None,
        has_messages: false,
        has_notes: false,
        fields: file_type.has_fields().then(Fields::default),
    };
    if !job.is_stdin() {
        huge.look_ahead();
    }
    loop {
        let part = match parts.next() {
            Ok(Some(part)) => part,
            Ok(None) => return take(huge.end(parts.place())),
            Err(error) => return take(Linted::unreadable(huge.path, reason(&error))),
        };
        let linted = huge.part(part);
        let is_over = linted.state == State::Skipped;
        take(linted)?;
        if is_over {
            return Ok(());
        }
    }
}

/// Reads as what it is what was begun to be read as bytes.
fn cut(
    parts: Parts<Box<dyn Read>>,
    change: Change,
    file_type: FileType,
    options: &document::Options,
) -> (Parts<Reader>, Option<Stream>) {
    let mut parts = Parts::new(Transcoded::new(parts.again(), change));
    // What cannot be read now is told when the first part is asked for.
    let start = parts.start().unwrap_or_default().to_vec();
    match Stream::new(file_type, &start, options) {
        None => (parts, None),
        Some((stream, cutter)) => {
            parts.cut_at_records(cutter);
            (parts, Some(stream))
        }
    }
}

/// A text on its way through.
struct Huge<'a, 'l> {
    setup: &'a Setup<'l>,
    job: &'a Job,
    path: String,
    file_type: FileType,
    stream: Option<Stream>,
    carried: Carried,
    /// What it is written in, and the byte of the file at which the next part begins.
    utf_16: Option<(Encoding, usize)>,
    state: State,
    /// What was said about its encoding.
    said: Option<Note>,
    has_messages: bool,
    has_notes: bool,
    fields: Option<Fields>,
}

impl<'l> Huge<'_, 'l> {
    fn part(&mut self, part: Part) -> Linted<'l> {
        let Part { bytes, base, first_line, first_column, units } = part;
        let Some(bytes) = bytes else {
            return self.too_long(base, first_line, units);
        };
        let text = match self.decode(bytes, base) {
            Ok(text) => text,
            Err(note) => return self.no_text(note, first_line),
        };
        let lines = Lines::starting_at(&text.source, first_line);
        let source = Source { text: &text.source, file_type: self.file_type, lines: &lines, first_column };
        let document = self.read(source.text, first_line);
        let mut outcome = reading::judge(self.setup, self.job, source, &document, &mut self.carried);
        self.has_messages |= !document.messages.is_empty();
        self.has_notes |= !document.notes.is_empty();
        if let Some(fields) = &mut self.fields {
            fields.join(document.fields);
        }
        let mut notes = document.notes;
        notes.append(&mut outcome.notes);
        if text.note.is_some() && self.said != text.note {
            self.said.clone_from(&text.note);
            notes.splice(0..0, text.note);
        }
        let (path, origin, state) = (self.path.clone(), text.origin, self.next_state());
        Linted { path, origin, outcome, notes, lines, source: text.source, state, fields: None }
    }

    fn decode(&mut self, bytes: Vec<u8>, base: usize) -> Result<Text, Note> {
        let text = decode(bytes)?;
        let Some((encoding, begin)) = &mut self.utf_16 else {
            return Ok(Text { origin: text.origin.moved(base), ..text });
        };
        let origin = Origin::of(&text.source, *encoding, *begin);
        *begin = origin.file_offset(&text.source, text.source.len());
        Ok(Text { origin, note: Some(encoding.note()), ..text })
    }

    fn read<'s>(&mut self, text: &'s str, first_line: usize) -> Document<'s> {
        match &mut self.stream {
            Some(stream) => stream.read(text, first_line),
            None => document::read(text, self.file_type, &self.setup.reading),
        }
    }

    fn next_state(&mut self) -> State {
        std::mem::replace(&mut self.state, State::Continued)
    }

    /// The byte of the file that the next part begins with, which is the byte `base` of the text.
    fn file_place(&self, base: usize) -> usize {
        self.utf_16.map_or(base, |(_, begin)| begin)
    }

    fn too_long(&mut self, base: usize, first_line: usize, units: usize) -> Linted<'l> {
        let goes_on = self.stream.as_mut().is_some_and(Stream::pass);
        let then = if goes_on { "it was skipped" } else { "it was not read, and neither was the rest" };
        let text = format!(
            "The record that begins here is longer than {} MB, so {then}. Is a quote or a bracket left open?",
            LONGEST_RECORD >> 20
        );
        let note = Note { offset: Some(0), text, is_trouble: true };
        self.has_notes = true;
        let (origin, state) = (Origin::at(self.file_place(base)), self.next_state());
        if let Some((_, begin)) = &mut self.utf_16 {
            *begin += 2 * units;
        }
        Linted {
            origin,
            lines: Lines::starting_at("", first_line),
            ..Linted::without_text(self.path.clone(), vec![note], state)
        }
    }

    fn no_text(&mut self, note: Note, first_line: usize) -> Linted<'l> {
        if self.state == State::Read {
            return Linted::skipped(self.path.clone(), note);
        }
        let text = format!("From line {first_line} on this is not text, so the rest was skipped.");
        Linted::skipped(self.path.clone(), Note { offset: None, text, is_trouble: false })
    }

    fn end(mut self, (base, line): (usize, usize)) -> Linted<'l> {
        let mut notes = self.stream.as_mut().map(Stream::end).unwrap_or_default();
        if !self.has_messages && !self.has_notes && notes.is_empty() {
            let fields = self.fields.clone().unwrap_or_default();
            notes.extend(reading::no_field(self.setup, self.job, self.file_type, &fields));
        }
        let (origin, state) = (Origin::at(self.file_place(base)), self.next_state());
        let lines = Lines::starting_at("", line);
        Linted { origin, lines, fields: self.fields, ..Linted::without_text(self.path, notes, state) }
    }

    /// A note for the whole file may stand at its end: the parts that hold one are looked at first.
    fn look_ahead(&mut self) {
        let is_file = self.job.path.metadata().is_ok_and(|known| known.is_file());
        if !is_file || !reading::open(self.job).is_ok_and(|reader| holds_file_note(reader).unwrap_or(false)) {
            return;
        }
        // A file that cannot be read again is told of when it is linted.
        let Ok(reader) = reading::open(self.job) else { return };
        let mut parts = Parts::new(reader);
        while let Ok(Some(part)) = parts.next() {
            let Some(Ok(text)) = part.bytes.map(decode) else { continue };
            let lines = Lines::new(&text.source);
            let (file_type, first_column) = (self.file_type, part.first_column);
            let source = Source { text: &text.source, file_type, lines: &lines, first_column };
            self.setup.linter.look_ahead(source, &mut self.carried);
        }
    }
}

/// Whether a note for the whole file stands anywhere in it.
fn holds_file_note(mut reader: Box<dyn Read>) -> io::Result<bool> {
    const NOTE: &[u8] = b"amends:allow-file";
    let finder = memchr::memmem::Finder::new(NOTE);
    let mut block = Vec::new();
    loop {
        let kept = block.len().min(NOTE.len());
        block.drain(..block.len() - kept);
        let read = (&mut reader).take(1 << 18).read_to_end(&mut block)?;
        if finder.find(&block).is_some() || read == 0 {
            return Ok(read > 0);
        }
    }
}
