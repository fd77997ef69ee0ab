//! YAML: each text field is a message, mapped through quotes, escapes and folded lines.

use std::borrow::Cow;

use rustc_hash::{FxHashMap, FxHashSet};
use saphyr_parser::{Event, Parser, ScalarStyle};

use crate::text::{Block, BlockBuilder, Offsets, Span};
use crate::yaml::in_plain_words;

use super::nested;
use super::records::Walker;
use super::{Document, Note, Options};

/// A text that is not longer may be repeated as often as anybody likes.
const SHORT: usize = 200;
/// Nesting deeper than this is refused: no file of replies has it, and some attacks do.
const DEEPEST: usize = 1_000;

/// Reads the YAML documents of `source`. An alias of a text is read as that text, in the place
/// where it stands; one of a list or group is not followed, for it may grow without end.
pub(super) fn read<'s>(source: &'s str, options: &Options) -> Document<'s> {
    let blotted = blot_template_lines(source);
    let mut walker = Walker::new(&options.fields);
    let mut anchors = Anchors::default();
    let mistake = walk(&blotted, &mut walker, &mut anchors);
    let mut document = Document::default();
    let mut texts = walker.take(source.len());
    // A text that is repeated is read once.
    let mut seen = FxHashSet::default();
    texts.retain(|text| seen.insert(text.value.span.start));
    for text in texts {
        let value = scalar_block(source, &blotted, &text.value);
        document.push(nested::read_value(value), Some(text.label));
    }
    document.scopes = walker.take_scopes();
    document.fields = walker.fields();
    document.notes.extend(anchors.unread);
    document.notes.extend(mistake);
    document
}

/// Texts with an anchor, by its number.
#[derive(Debug, Default)]
struct Anchors {
    texts: FxHashMap<usize, Scalar>,
    /// Those that were repeated, if they are long: once is enough.
    repeated: FxHashSet<usize>,
    /// What is said of the first alias in a text's place that is not followed.
    unread: Option<Note>,
}

impl Anchors {
    /// An alias stands here.
    fn repeat(&mut self, anchor: usize, at: usize, walker: &mut Walker<Scalar>) {
        let text = self.texts.get(&anchor);
        let is_known = text.is_some();
        match text.filter(|text| text.value.len() < SHORT || self.repeated.insert(anchor)) {
            Some(text) => walker.scalar(text.span, &text.value, true, || text.clone()),
            None => {
                if walker.pass_value() && !is_known && self.unread.is_none() {
                    let text = "This alias repeats a list or a group, so it was not read; what it repeats is read where it stands.";
                    self.unread = Some(Note { offset: Some(at), text: text.to_owned(), is_trouble: false });
                }
            }
        }
    }
}

/// A scalar: where it stands and what it means.
#[derive(Debug, Clone)]
struct Scalar {
    span: Span,
    /// Where it begins with its sign: the parser has a block begin below its `|`.
    origin: usize,
    style: ScalarStyle,
    value: String,
}

/// Tells `walker` everything up to the end or the first mistake.
fn walk(text: &str, walker: &mut Walker<Scalar>, anchors: &mut Anchors) -> Option<Note> {
    let mut offsets = Offsets::new(text);
    let mut wants_key: Vec<bool> = Vec::new();
    let mut parser = Parser::new_from_str(text);
    let mut before = 0;
    loop {
        let (event, span) = match parser.next_event()? {
            Ok(event) => event,
            Err(error) => {
                let at = offsets.byte(error.marker().index());
                let what = in_plain_words(text, at, error.info()).replacen(": ", "; ", 1);
                return Some(Note::trouble(
                    at,
                    format!("This cannot be read from here on: {what}. What stands before was read."),
                ));
            }
        };
        match event {
            Event::StreamEnd => return None,
            Event::MappingStart(..) | Event::SequenceStart(..) => {
                let start = offsets.byte(span.start.index());
                if wants_key.len() == DEEPEST {
                    return Some(Note::trouble(
                        start,
                        "This is nested too deeply to be read. What stands before was read.",
                    ));
                }
                let is_array = matches!(event, Event::SequenceStart(..));
                before = start;
                walker.open(start, is_array);
                wants_key.push(!is_array);
            }
            Event::MappingEnd | Event::SequenceEnd => {
                walker.close(offsets.byte(span.start.index()));
                wants_key.pop();
                end_node(walker, &mut wants_key);
            }
            Event::Scalar(value, style, anchor, _) => {
                let span = Span::new(offsets.byte(span.start.index()), offsets.byte(span.end.index()));
                let scalar = || Scalar {
                    span,
                    origin: sign_of(text, before, span, style),
                    style,
                    value: value.to_string(),
                };
                if anchor != 0 {
                    anchors.texts.insert(anchor, scalar());
                }
                if walker.open_array() == Some(false) && wants_key.last() == Some(&true) {
                    walker.key(&value);
                } else {
                    walker.scalar(span, &value, true, scalar);
                }
                before = span.end;
                end_node(walker, &mut wants_key);
            }
            Event::Alias(anchor) => {
                if walker.open_array() != Some(false) || wants_key.last() != Some(&true) {
                    anchors.repeat(anchor, offsets.byte(span.start.index()), walker);
                }
                end_node(walker, &mut wants_key);
            }
            _ => {}
        }
    }
}

/// Where the `|` or `>` of a block stands, after the node that ends at `before`.
fn sign_of(text: &str, before: usize, span: Span, style: ScalarStyle) -> usize {
    let sign = match style {
        ScalarStyle::Literal => '|',
        ScalarStyle::Folded => '>',
        _ => return span.start,
    };
    text.get(before..span.start).and_then(|between| between.find(sign)).map_or(span.start, |at| before + at)
}

/// After a name comes a value, after a value a name.
fn end_node(walker: &Walker<Scalar>, wants_key: &mut [bool]) {
    if let (Some(false), Some(wants)) = (walker.open_array(), wants_key.last_mut()) {
        *wants = !*wants;
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
    let start = content_start(blotted, scalar);
    let exact = match scalar.style {
        ScalarStyle::DoubleQuoted => double_quoted(blotted, Span::new(start, scalar.span.end)),
        _ => aligned(blotted, start, scalar),
    };
    let is_same = |builder: &BlockBuilder| builder.text().trim_end() == scalar.value.trim_end();
    let builder = exact.filter(is_same).unwrap_or_else(|| {
        let mut builder = BlockBuilder::new();
        builder.push_decoded(&scalar.value, scalar.span);
        builder
    });
    let nothing = || Block::verbatim(source, Span::new(scalar.origin, scalar.origin));
    builder.finish(scalar.origin).unwrap_or_else(nothing)
}

/// Where what a scalar says begins: after an anchor, a tag, a quote, the line of the `|`. The
/// parser counts some of them in, depending on the style.
fn content_start(text: &str, scalar: &Scalar) -> usize {
    let is_block = matches!(scalar.style, ScalarStyle::Literal | ScalarStyle::Folded);
    let mut rest = &text[scalar.span.range()];
    if is_block && scalar.origin < scalar.span.start {
        return scalar.span.start;
    }
    while rest.starts_with(['&', '!']) {
        rest = rest.trim_start_matches(|c: char| !c.is_whitespace()).trim_start();
    }
    rest = match scalar.style {
        ScalarStyle::DoubleQuoted => rest.strip_prefix('"').unwrap_or(rest),
        ScalarStyle::SingleQuoted => rest.strip_prefix('\'').unwrap_or(rest),
        ScalarStyle::Plain => rest,
        _ => rest.split_once('\n').map_or("", |(_, content)| content),
    };
    scalar.span.end - rest.len()
}

/// Lays the meaning of a scalar beside its source from `start` on: they differ in white space
/// only, and in doubled single quotes.
fn aligned(source: &str, start: usize, scalar: &Scalar) -> Option<BlockBuilder> {
    let mut builder = BlockBuilder::new();
    let mut at = start;
    let mut rest = scalar.value.trim_end();
    while !rest.is_empty() {
        let space = rest.len() - rest.trim_start().len();
        let ahead = source.get(at..scalar.span.end)?;
        let in_source = ahead.len() - ahead.trim_start().len();
        if space == in_source && rest[..space] == ahead[..space] {
            builder.push_verbatim(source, Span::new(at, at + space));
        } else {
            builder.push_decoded(&rest[..space], Span::new(at, at + in_source));
        }
        at += in_source;
        rest = &rest[space..];
        let (word, later) = rest.split_at(rest.find(char::is_whitespace).unwrap_or(rest.len()));
        at = push_word(&mut builder, source, at, word, scalar.style == ScalarStyle::SingleQuoted)?;
        rest = later;
    }
    Some(builder)
}

/// Adds a word that stands in the source at `at`, its single quotes doubled there. Answers where
/// it ends.
fn push_word(
    builder: &mut BlockBuilder,
    source: &str,
    mut at: usize,
    word: &str,
    has_doubled: bool,
) -> Option<usize> {
    let parts = word.split_inclusive(|c| has_doubled && c == '\'');
    for part in parts {
        if source.get(at..at + part.len())? != part {
            return None;
        }
        builder.push_verbatim(source, Span::new(at, at + part.len()));
        at += part.len();
        if has_doubled && part.ends_with('\'') {
            source[at..].starts_with('\'').then_some(())?;
            at += 1;
        }
    }
    Some(at)
}

/// The double-quoted text `source[span]`, which the closing quote may end, decoded.
fn double_quoted(source: &str, span: Span) -> Option<BlockBuilder> {
    let end = span.start + source[span.range()].trim_end().len();
    let end = end - usize::from(source[span.start..end].ends_with('"'));
    let mut builder = BlockBuilder::new();
    let (mut done, mut at) = (span.start, span.start);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::testing::{check, show_document};

    fn shown(source: &str) -> String {
        show_document(source, &read(source, &Options::default()))
    }

    #[test]
    fn every_style_of_scalar_leads_back() {
        let source = "# näme\nmacros:\n  - title: Our policy\n    body: We are\n      so sorry\n\n      about it # comment\n  - body: 'It''s\n      ''late'' now'\n\
            \x20 - body: \"We\\u2019re \\\n      so \\\"sorry\\\"\\n it\n\n      is late\\x21\"\n  - body: |\n      Dear {{ name }},\n        we are late.\n\n      Bye – now\n\
            \x20 - body: >-  # why\n      We are\n      late.\n\n      Bye\n  - {body: so sorry, id: 7}\n  - body: &x |2\n       two words\n  - body: *x\n\
            \x20 - body: !!str &y \"so sorry\"\n  - body: &z 'it''s late'\n  - body: &w so late\n  - body: |\n\n      so # late\n";
        insta::assert_snapshot!(shown(source), @r#"
        = macros[0].body
        48: We are« ←␊      »so sorry«␊←␊␊      »about it
        = macros[1].body
        106: It's« ←␊      »'late' now
        = macros[2].body
        143: We«’←\u2019»re so «"←\"»sorry«"←\"»«␊←\n» it«␊←␊␊      »is late«!←\x21»
        = macros[3].body
        211: Dear «◊←{{ name }}»,«␊  ←␊        »we are late.«␊␊←␊␊      »
        211: Bye – now
        = macros[4].body
        286: We are« ←␊      »late.«␊←␊␊      »Bye
        = macros[5].body
        343: so sorry
        = macros[6].body
        370: « ←       »two words
        = macros[8].body
        416: so sorry
        = macros[9].body
        446: it's late
        = macros[10].body
        472: so late
        = macros[11].body
        493: «␊←»so # late
        "#);
    }

    #[test]
    fn windows_line_ends_and_templates_are_read() {
        let source = "body: |\r\n  We are\r\n  late.\r\n{% if x %}\r\nreply: \"so\r\n  sorry\"\r\n{% endif %}\r\n---\r\ntext: it is late\r\n";
        insta::assert_snapshot!(shown(source), @"
        = body
        6: We are«␊←␍␊  »late.
        = reply
        47: so« ←␍␊  »sorry
        = text
        86: it is late
        ");
    }

    #[test]
    fn what_stands_before_a_mistake_is_read() {
        insta::assert_snapshot!(shown("- body: it is late\n- body: \"so sor"), @r"
        = [0].body
        8: it is late
        ! Some(27) This cannot be read from here on: the quotes that open here are never closed; close them. What stands before was read. (trouble)
        ");
        insta::assert_snapshot!(shown("- body: it is late\n- body: [a, b\n"), @r"
        = [0].body
        8: it is late
        ! Some(33) This cannot be read from here on: the `[` of a list is not closed, or something follows it; add `]`; a text that begins with `[` must stand in quotes. What stands before was read. (trouble)
        ");
        insta::assert_snapshot!(shown("a: b\n"), @"");
        insta::assert_snapshot!(shown(""), @"");
    }

    #[test]
    fn an_alias_of_a_text_is_that_text_and_no_other_is_followed() {
        let source = "x: &a it is late\nreply: *a\nbody: &b so late\ntext: *b\nlist: &c [so, late]\ncomment: *c\nother: *c\n";
        insta::assert_snapshot!(shown(source), @"
        = reply
        3: it is late
        = body
        33: so late
        ! Some(82) This alias repeats a list or a group, so it was not read; what it repeats is read where it stands.
        ");
        let source = "who: &who customer\nreplies:\n  - {role: *who, body: it is late}\n  - {role: agent, body: so late}\n";
        insta::assert_snapshot!(shown(source), @"
        = replies[1].body
        87: so late
        ");
    }

    #[test]
    fn odd_texts_are_read_in_linear_time() {
        let many = format!("a: &a \"{}\"\nreply: [{}]\n", "so late ".repeat(50_000), "*a, ".repeat(20_000));
        let bomb = "a: &a [\"so sorry\", \"so sorry\"]\nb: &b [*a, *a, *a]\nc: &c [*b, *b, *b]\ntext: *c\n";
        for text in [
            bomb.to_owned(),
            many,
            "[".repeat(100_000),
            "{a: ".repeat(10_000),
            "- ".repeat(10_000),
            "? ".repeat(10_000),
            (0..1_200).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect(),
            "- body: it is é\n".repeat(5_000),
            format!("body: |\n{}", "  it is late\n".repeat(20_000)),
            format!("body: \"{}\"", "a\\n ".repeat(20_000)),
            format!("body: {}", "a ".repeat(20_000)),
            "\u{0}\u{1}".repeat(100),
        ] {
            let started = std::time::Instant::now();
            for message in read(&text, &Options::default()).messages {
                check(&text, &message.blocks);
            }
            assert!(started.elapsed().as_secs() < 20, "{}", &text[..text.len().min(10)]);
        }
    }
}
