//! YAML: each text field is a message, mapped through quotes, escapes and folded lines.

use std::borrow::Cow;

use saphyr_parser::{Event, Parser, ScalarStyle};

use crate::text::{Block, BlockBuilder, Span};

use super::nested;
use super::records::Walker;
use super::{Document, Message, Note, Options};

/// Nesting deeper than this is refused: no file of replies has it, and some attacks do.
const DEEPEST: usize = 1_000;

/// Reads the YAML documents of `source`. Aliases are not followed: what they repeat is read where
/// it stands.
pub(super) fn read<'s>(source: &'s str, options: &Options) -> Document<'s> {
    let blotted = blot_template_lines(source);
    let mut walker = Walker::new(&options.fields);
    let mistake = walk(&blotted, &mut walker);
    let mut document = Document::default();
    for text in walker.take() {
        let value = scalar_block(source, &blotted, &text.value);
        document.messages.push(Message { blocks: nested::read_value(value), label: Some(text.label) });
    }
    document.notes.extend(mistake);
    document
}

/// A scalar: where it stands and what it means.
#[derive(Debug)]
struct Scalar {
    span: Span,
    style: ScalarStyle,
    value: String,
}

/// Tells `walker` everything up to the end or the first mistake.
fn walk(text: &str, walker: &mut Walker<Scalar>) -> Option<Note> {
    let mut offsets = Offsets { text, index: 0, byte: 0 };
    let mut wants_key: Vec<bool> = Vec::new();
    let mut parser = Parser::new_from_str(text);
    loop {
        let (event, span) = match parser.next_event()? {
            Ok(event) => event,
            Err(error) => {
                let at = offsets.byte(error.marker().index());
                let what = error.info().to_owned();
                return Some(Note::trouble(at, format!("This is not YAML from here on: {what}. What stands before was read.")));
            }
        };
        match event {
            Event::StreamEnd => return None,
            Event::MappingStart(..) | Event::SequenceStart(..) => {
                let start = offsets.byte(span.start.index());
                if wants_key.len() == DEEPEST {
                    return Some(Note::trouble(start, "This is nested too deeply to be read. What stands before was read."));
                }
                let is_array = matches!(event, Event::SequenceStart(..));
                walker.open(is_array);
                wants_key.push(!is_array);
            }
            Event::MappingEnd | Event::SequenceEnd => {
                walker.close();
                wants_key.pop();
                end_node(walker, &mut wants_key);
            }
            Event::Scalar(value, style, ..) => {
                if walker.open_array() == Some(false) && wants_key.last() == Some(&true) {
                    walker.key(&value);
                } else {
                    let span = Span::new(offsets.byte(span.start.index()), offsets.byte(span.end.index()));
                    walker.scalar(span.start, &value, true, || Scalar { span, style, value: value.to_string() });
                }
                end_node(walker, &mut wants_key);
            }
            Event::Alias(_) => end_node(walker, &mut wants_key),
            _ => {}
        }
    }
}

/// After a name comes a value, after a value a name.
fn end_node(walker: &Walker<Scalar>, wants_key: &mut [bool]) {
    if let (Some(false), Some(wants)) = (walker.open_array(), wants_key.last_mut()) {
        *wants = !*wants;
    }
}

/// From places in characters, as the parser counts, to bytes. Nearly all places come in order.
struct Offsets<'t> {
    text: &'t str,
    index: usize,
    byte: usize,
}

impl Offsets<'_> {
    fn byte(&mut self, index: usize) -> usize {
        if index < self.index {
            let back = self.text[..self.byte].char_indices().rev().nth(self.index - index - 1);
            self.byte = back.map_or(0, |(byte, _)| byte);
        } else {
            let mut ahead = self.text[self.byte..].char_indices().skip(index - self.index);
            self.byte = ahead.next().map_or(self.text.len(), |(byte, _)| self.byte + byte);
        }
        self.index = index;
        self.byte
    }
}

/// Lines with nothing but a template tag are no YAML: they are blanked out, byte for byte.
fn blot_template_lines(source: &str) -> Cow<'_, str> {
    if memchr::memmem::find(source.as_bytes(), b"{%").is_none() {
        return Cow::Borrowed(source);
    }
    let mut blotted = String::with_capacity(source.len());
    for line in source.split_inclusive('\n') {
        let trimmed = line.trim();
        if trimmed.starts_with("{%") && trimmed.ends_with("%}") {
            let end = line.trim_end_matches(['\r', '\n']).len();
            blotted.extend(std::iter::repeat_n(' ', end));
            blotted.push_str(&line[end..]);
        } else {
            blotted.push_str(line);
        }
    }
    Cow::Owned(blotted)
}

/// The meaning of a scalar, led back to its source. Where that does not work out, every part of
/// it stands for the whole scalar.
fn scalar_block<'s>(source: &'s str, blotted: &str, scalar: &Scalar) -> Block<'s> {
    let origin = scalar.span.start;
    let raw = &blotted[scalar.span.range()];
    let builder = match scalar.style {
        ScalarStyle::DoubleQuoted => double_quoted(blotted, scalar.span),
        ScalarStyle::SingleQuoted => aligned(blotted, origin + 1, scalar, true),
        ScalarStyle::Literal | ScalarStyle::Folded => {
            let header = raw.find('\n').map_or(raw.len(), |end| end + 1);
            aligned(blotted, origin + header, scalar, false)
        }
        ScalarStyle::Plain => aligned(blotted, origin, scalar, false),
    };
    let exact = builder.filter(|builder| builder.text() == scalar.value);
    let builder = exact.unwrap_or_else(|| {
        let mut builder = BlockBuilder::new();
        builder.push_decoded(&scalar.value, scalar.span);
        builder
    });
    builder.finish(origin).unwrap_or_else(|| Block::verbatim(source, Span::new(origin, origin)))
}

/// Lays the meaning of a scalar beside its source from `start` on: they differ in white space
/// only, and in doubled single quotes.
fn aligned(source: &str, start: usize, scalar: &Scalar, has_doubled: bool) -> Option<BlockBuilder> {
    let mut builder = BlockBuilder::new();
    let mut at = start;
    let mut rest = scalar.value.as_str();
    while !rest.is_empty() {
        let ahead = source.get(at..scalar.span.end)?;
        let space = rest.len() - rest.trim_start().len();
        if space > 0 {
            let in_source = ahead.len() - ahead.trim_start().len();
            if ahead.get(..space) == rest.get(..space) && in_source == space {
                builder.push_verbatim(source, Span::new(at, at + space));
            } else {
                builder.push_decoded(&rest[..space], Span::new(at, at + in_source));
            }
            at += in_source;
            rest = &rest[space..];
            continue;
        }
        let ahead = ahead.trim_start();
        at = scalar.span.end - ahead.len();
        let word = rest.len() - rest.trim_start_matches(|c: char| !c.is_whitespace()).len();
        let (mut word, source_word) = (&rest[..word], at);
        let _ = source_word;
        while !word.is_empty() {
            let length = if has_doubled { word.find('\'').map_or(word.len(), |quote| quote + 1) } else { word.len() };
            if source.get(at..at + length)? != &word[..length] {
                return None;
            }
            builder.push_verbatim(source, Span::new(at, at + length));
            at += length;
            if has_doubled && word[..length].ends_with('\'') {
                at += usize::from(source[at..].starts_with('\''));
            }
            rest = &rest[length..];
            word = &word[length..];
        }
    }
    Some(builder)
}

/// A double-quoted scalar, quotes included in `span`, decoded.
fn double_quoted(source: &str, span: Span) -> Option<BlockBuilder> {
    let end = span.start + source[span.range()].trim_end().len();
    let end = end - usize::from(source[span.start..end].ends_with('"'));
    let mut builder = BlockBuilder::new();
    let (mut done, mut at) = (span.start + 1, span.start + 1);
    while at < end {
        let rest = &source[at..end];
        let (text, length) = match rest.as_bytes()[0] {
            b'\\' => escape(rest)?,
            b' ' | b'\t' | b'\r' | b'\n' => {
                let blank = rest.len() - rest.trim_start_matches([' ', '\t', '\r', '\n']).len();
                let lines = memchr::memchr_iter(b'\n', &rest.as_bytes()[..blank]).count();
                match lines {
                    0 => {
                        at += blank;
                        continue;
                    }
                    1 => (" ".to_owned(), blank),
                    _ => ("\n".repeat(lines - 1), blank),
                }
            }
            _ => {
                at += rest.chars().next().map_or(1, char::len_utf8);
                continue;
            }
        };
        builder.push_verbatim(source, Span::new(done, at));
        builder.push_decoded(&text, Span::new(at, at + length));
        at += length;
        done = at;
    }
    builder.push_verbatim(source, Span::new(done, end));
    Some(builder)
}

/// What the escape at the start of `text` stands for, and its length.
fn escape(text: &str) -> Option<(String, usize)> {
    let kind = text[1..].chars().next()?;
    let decoded = match kind {
        '0' => '\0',
        'a' => '\u{7}',
        'b' => '\u{8}',
        't' | '\t' => '\t',
        'n' => '\n',
        'v' => '\u{B}',
        'f' => '\u{C}',
        'r' => '\r',
        'e' => '\u{1B}',
        ' ' | '"' | '/' | '\\' => kind,
        'N' => '\u{85}',
        '_' => '\u{A0}',
        'L' => '\u{2028}',
        'P' => '\u{2029}',
        'x' => return code(text, 2),
        'u' => return code(text, 4),
        'U' => return code(text, 8),
        '\r' | '\n' => {
            // An escaped line end joins two lines, and the indentation of the second goes.
            let line = 1 + text[1..].find('\n')? + 1;
            let indent = text[line..].len() - text[line..].trim_start_matches([' ', '\t']).len();
            return Some((String::new(), line + indent));
        }
        _ => return None,
    };
    Some((decoded.to_string(), 1 + kind.len_utf8()))
}

fn code(text: &str, digits: usize) -> Option<(String, usize)> {
    let number = u32::from_str_radix(text.get(2..2 + digits)?, 16).ok()?;
    Some((char::from_u32(number)?.to_string(), 2 + digits))
}
