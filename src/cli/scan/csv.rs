//! Records as CSV or TSV, with a header.

use std::io::BufRead;

use csv_core::{ReadRecordResult, Reader, ReaderBuilder};

use super::record::{Names, Record, Stop, Take, Value};
use crate::document;
use crate::wording::counted;

/// Hands the records of `reader` to `take`. Without a `separator`, the header tells.
pub(super) fn read(
    reader: &mut dyn BufRead,
    separator: Option<u8>,
    names: Names<'_>,
    take: &mut impl Take,
) -> Result<(), Stop> {
    let start = reader.fill_buf()?;
    if start.starts_with(b"\xEF\xBB\xBF") {
        reader.consume(3);
    }
    let separator = match separator {
        Some(separator) => separator,
        None => likely_separator(reader.fill_buf()?),
    };
    let mut rows = Rows::new(reader, separator);
    if !rows.next()? {
        return Ok(());
    }
    let header: Vec<String> = (0..rows.len()).map(|cell| rows.cell(cell).into_owned()).collect();
    let place = |name: &str| header.iter().position(|own| own.trim() == name);
    let optional = |name: Option<&str>| name.and_then(place);
    let (text, id) = (place(names.text), place(names.id));
    let (conversation, role) = (optional(names.conversation), optional(names.role));
    let mut records = 0;
    while rows.next()? {
        if rows.len() == 1 && rows.cell(0).is_empty() {
            continue;
        }
        records += 1;
        if rows.len() != header.len() {
            let (line, names) = (rows.line, header.len());
            let cells = counted(rows.len(), "cell", "cells");
            take.bad(line, &format!("the row has {cells}, the header {names}; its text may be cut short"));
        }
        let cell = |place: Option<usize>| place.filter(|&at| at < rows.len()).map(|at| rows.cell(at));
        let cells = (cell(id), cell(text), cell(conversation), cell(role));
        take.record(Record {
            id: cells.0.as_deref().map_or(Value::Number(records), Value::Cell),
            text: cells.1.as_deref(),
            conversation: cells.2.as_deref().map(Value::Cell),
            role: cells.3.as_deref(),
        })?;
    }
    if rows.quotes % 2 == 1 {
        take.bad(rows.line, "the file ends inside a quoted cell; it was cut short");
    }
    Ok(())
}

/// Whether the first line is a header with a column of this name.
pub(super) fn has_column(start: &[u8], name: &str) -> bool {
    let line = start.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let line = String::from_utf8_lossy(line);
    let separator = char::from(likely_separator(start));
    line.split(separator).any(|cell| cell.trim().trim_matches('"').trim() == name)
}

/// The sign that stands most often in the header outside quotes.
fn likely_separator(start: &[u8]) -> u8 {
    let line = start.split(|&byte| byte == b'\n').next().unwrap_or_default();
    let mut is_quoted = false;
    let mut counts = [(0, b','), (0, b';'), (0, b'\t')];
    for &byte in line {
        is_quoted ^= byte == b'"';
        let own = counts.iter_mut().find(|(_, sign)| *sign == byte && !is_quoted);
        if let Some((count, _)) = own {
            *count += 1;
        }
    }
    counts.into_iter().rev().max_by_key(|&(count, _)| count).map_or(b',', |(_, sign)| sign)
}

/// Row by row, in memory that is kept.
struct Rows<'r> {
    reader: &'r mut dyn BufRead,
    csv: Reader,
    cells: Vec<u8>,
    ends: Vec<usize>,
    len: usize,
    /// The line at which the row begins.
    line: u64,
    quotes: usize,
}

impl<'r> Rows<'r> {
    fn new(reader: &'r mut dyn BufRead, separator: u8) -> Self {
        let csv = ReaderBuilder::new().delimiter(separator).build();
        Self { reader, csv, cells: vec![0; 4096], ends: vec![0; 32], len: 0, line: 1, quotes: 0 }
    }

    /// Goes to the next row; false at the end.
    fn next(&mut self) -> std::io::Result<bool> {
        let (mut written, mut ended) = (0, 0);
        self.line = self.csv.line();
        loop {
            let input = self.reader.fill_buf()?;
            let (result, read, wrote, ends) =
                self.csv.read_record(input, &mut self.cells[written..], &mut self.ends[ended..]);
            self.quotes += memchr::memchr_iter(b'"', &input[..read]).count();
            self.reader.consume(read);
            written += wrote;
            ended += ends;
            match result {
                ReadRecordResult::InputEmpty => {}
                ReadRecordResult::OutputFull => self.cells.resize(self.cells.len() * 2, 0),
                ReadRecordResult::OutputEndsFull => self.ends.resize(self.ends.len() * 2, 0),
                ReadRecordResult::Record => {
                    self.len = ended;
                    return Ok(true);
                }
                ReadRecordResult::End => return Ok(false),
            }
        }
    }

    const fn len(&self) -> usize {
        self.len
    }

    fn cell(&self, number: usize) -> std::borrow::Cow<'_, str> {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        let bytes = &self.cells[start..self.ends[number]];
        match std::str::from_utf8(bytes) {
            Ok(text) => text.into(),
            Err(_) => match document::decode(bytes) {
                Ok(decoded) => decoded.text.into_owned().into(),
                Err(_) => String::from_utf8_lossy(bytes),
            },
        }
    }
}
