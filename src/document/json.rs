//! JSON and JSON Lines: each text field is a message, mapped through its escapes.

use crate::text::{Block, BlockBuilder, Span};

use super::nested;
use super::records::Walker;
use super::{Document, Note, Options};

mod cutter;

pub(super) use cutter::{LineCutter, ValueCutter};

/// Reads one JSON value, or several one after the other. Comments are no mistake here: they may
/// hold an `amends:allow`.
pub(super) fn read<'s>(source: &'s str, options: &Options) -> Document<'s> {
    Values::new(options).read(source, true)
}

/// Reads one JSON value a line. A bad line is noted, and the next one read.
pub(super) fn read_lines<'s>(source: &'s str, options: &Options) -> Document<'s> {
    ValueLines::new(options).read(source, 1)
}

/// A reader of values that may come in parts.
pub(super) struct Values {
    walker: Walker<Span>,
    expect: Expect,
    is_over: bool,
}

impl Values {
    pub(super) fn new(options: &Options) -> Self {
        Self { walker: Walker::new(&options.fields), expect: Expect::Value, is_over: false }
    }

    /// Reads a part that ends where a record does.
    pub(super) fn read<'s>(&mut self, part: &'s str, is_last: bool) -> Document<'s> {
        let mut document = Document::default();
        if self.is_over {
            return document;
        }
        let mut scanner = Scanner::new(part, Span::new(0, part.len()));
        let mut mistake = scanner.walk(&mut self.walker, &mut self.expect);
        if is_last && mistake.is_none() && self.walker.open_array().is_some() {
            mistake = Some(Mistake { at: part.len(), what: "it is cut short" });
        }
        self.is_over = is_last || mistake.is_some();
        let texts = match self.is_over {
            true => self.walker.take(part.len()),
            false => self.walker.take_part(part.len()),
        };
        for text in texts {
            push_message(part, text.value, text.label, &mut document);
        }
        document.scopes = self.walker.take_scopes();
        document.fields = self.walker.fields();
        document.notes.extend(mistake.map(Mistake::note));
        document
    }

    /// A record is passed over. Answers whether others may come: what stands in no list is one.
    pub(super) fn pass(&mut self) -> bool {
        self.is_over |= self.walker.open_array().is_none();
        self.walker.pass();
        self.expect = Expect::Next;
        !self.is_over
    }
}

/// A reader of lines that may come in parts.
pub(super) struct ValueLines {
    options: Options,
}

impl ValueLines {
    pub(super) fn new(options: &Options) -> Self {
        Self { options: options.clone() }
    }

    /// Reads a part of whole lines, the first of which has this number.
    pub(super) fn read<'s>(&mut self, part: &'s str, first_line: usize) -> Document<'s> {
        // A walker remembers every name that it meets, and some files have a new one in each line.
        let mut walker = Walker::new(&self.options.fields);
        let mut document = Document::default();
        let mut start = 0;
        for (line, text) in (first_line..).zip(part.split_inclusive('\n')) {
            let span = Span::new(start, start + text.len());
            start = span.end;
            let mistake = Scanner::new(part, span).walk_line(&mut walker);
            for text in walker.take(span.end) {
                push_message(part, text.value, format!("line {line}, {}", text.label), &mut document);
            }
            document.notes.extend(mistake.map(|mistake| mistake.note_in_line(line)));
        }
        document.scopes = walker.take_scopes();
        document.fields = walker.fields();
        document
    }
}

fn push_message<'s>(source: &'s str, value: Span, label: String, document: &mut Document<'s>) {
    document.push(nested::read_value(string_block(source, value)), Some(label));
}

/// What is wrong with a text as JSON.
#[derive(Debug, PartialEq)]
struct Mistake {
    at: usize,
    what: &'static str,
}

impl Mistake {
    fn note(self) -> Note {
        let text = format!("This is not JSON from here on: {}. What stands before was read.", self.what);
        Note::trouble(self.at, text)
    }

    fn note_in_line(self, line: usize) -> Note {
        let text = format!("Line {line} is not JSON from here on: {}. The other lines were read.", self.what);
        Note::trouble(self.at, text)
    }
}

/// What may come next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Expect {
    Value,
    /// A name or the end of an object.
    Key,
    Colon,
    /// A comma or the end of an object or array.
    Comma,
    /// What comes behind a record that was passed over, perhaps with its comma.
    Next,
}

/// A JSON tokenizer with byte offsets that keeps its place on the heap: no depth overflows it.
struct Scanner<'s> {
    source: &'s str,
    bytes: &'s [u8],
    at: usize,
}

impl<'s> Scanner<'s> {
    fn new(source: &'s str, span: Span) -> Self {
        Self { source, bytes: &source.as_bytes()[..span.end], at: span.start }
    }

    /// Tells `walker` everything in a line up to its end or the first mistake.
    fn walk_line(mut self, walker: &mut Walker<Span>) -> Option<Mistake> {
        let mistake = self.walk(walker, &mut Expect::Value);
        let cut_short = || Mistake { at: self.at, what: "it is cut short" };
        mistake.or_else(|| walker.open_array().is_some().then(cut_short))
    }

    /// Tells `walker` everything up to the end or the first mistake. `expect` is what may come
    /// first, and afterwards what may come next.
    fn walk(&mut self, walker: &mut Walker<Span>, expect: &mut Expect) -> Option<Mistake> {
        loop {
            self.skip_space();
            let &byte = self.bytes.get(self.at)?;
            let step = match (*expect, byte) {
                (Expect::Next, _) => {
                    self.at += usize::from(byte == b',');
                    Ok(Expect::Value)
                }
                (Expect::Value, b'{' | b'[') => {
                    walker.open(self.at, byte == b'[');
                    self.at += 1;
                    Ok(if byte == b'[' { Expect::Value } else { Expect::Key })
                }
                (Expect::Value | Expect::Comma, b']') if walker.open_array() == Some(true) => {
                    Ok(self.close(walker))
                }
                (Expect::Key | Expect::Comma, b'}') if walker.open_array() == Some(false) => {
                    Ok(self.close(walker))
                }
                (Expect::Value, b'"') => self.string(walker),
                (Expect::Value, _) => self.bare(walker),
                (Expect::Key, b'"') => self.key(walker),
                (Expect::Key, _) => Err("a name in quotes is missing"),
                (Expect::Colon, b':') => {
                    self.at += 1;
                    Ok(Expect::Value)
                }
                (Expect::Colon, _) => Err("a colon is missing"),
                (Expect::Comma, b',') if walker.open_array().is_some() => {
                    self.at += 1;
                    Ok(if walker.open_array() == Some(false) { Expect::Key } else { Expect::Value })
                }
                (Expect::Comma, b'{' | b'[' | b'"') if walker.open_array().is_none() => Ok(Expect::Value),
                (Expect::Comma, _) if walker.open_array().is_none() => Err("the value ended before"),
                (Expect::Comma, _) => Err("a comma or a closing bracket is missing"),
            };
            match step {
                Ok(next) => *expect = next,
                Err(what) => return Some(Mistake { at: self.at, what }),
            }
        }
    }

    fn skip_space(&mut self) {
        loop {
            let rest = &self.bytes[self.at..];
            let space = rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
            let rest = &rest[space..];
            let comment = if rest.starts_with(b"//") || rest.starts_with(b"#") {
                memchr::memchr(b'\n', rest).unwrap_or(rest.len())
            } else if rest.starts_with(b"/*") {
                memchr::memmem::find(rest, b"*/").map_or(rest.len(), |end| end + 2)
            } else if self.at == 0 && rest.starts_with("\u{FEFF}".as_bytes()) {
                3
            } else {
                0
            };
            self.at += space + comment;
            if comment == 0 {
                return;
            }
        }
    }

    fn close(&mut self, walker: &mut Walker<Span>) -> Expect {
        self.at += 1;
        walker.close(self.at);
        Expect::Comma
    }

    /// The span between the quotes of the string that begins here; the place moves behind it.
    fn quoted(&mut self) -> (Span, bool) {
        let start = self.at + 1;
        let mut at = start;
        while let Some(next) = memchr::memchr2(b'"', b'\\', &self.bytes[at.min(self.bytes.len())..]) {
            at += next;
            if self.bytes[at] == b'"' {
                self.at = at + 1;
                return (Span::new(start, at), true);
            }
            at += 2;
        }
        self.at = self.bytes.len();
        (Span::new(start, self.at), false)
    }

    fn string(&mut self, walker: &mut Walker<Span>) -> Result<Expect, &'static str> {
        let at = self.at;
        let (span, is_closed) = self.quoted();
        walker.scalar(Span::new(at, self.at), &self.source[span.range()], true, || span);
        if is_closed {
            return Ok(Expect::Comma);
        }
        self.at = at;
        Err("this string is not closed")
    }

    fn key(&mut self, walker: &mut Walker<Span>) -> Result<Expect, &'static str> {
        let at = self.at;
        let (span, is_closed) = self.quoted();
        if !is_closed {
            self.at = at;
            return Err("this name is not closed");
        }
        let raw = &self.source[span.range()];
        if raw.contains('\\') {
            walker.key(&string_block(self.source, span).text);
        } else {
            walker.key(raw);
        }
        Ok(Expect::Colon)
    }

    /// A number, `true`, `false` or `null`.
    fn bare(&mut self, walker: &mut Walker<Span>) -> Result<Expect, &'static str> {
        let is_bare = |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(**byte, b'-' | b'+' | b'.');
        let length = self.bytes[self.at..].iter().take_while(is_bare).count();
        let span = Span::new(self.at, self.at + length);
        let word = &self.source[span.range()];
        let is_number = word.starts_with(|c: char| c.is_ascii_digit() || c == '-');
        if !is_number && !matches!(word, "true" | "false" | "null" | "NaN" | "Infinity") {
            return Err("a value is missing");
        }
        walker.scalar(span, word, false, || span);
        self.at = span.end;
        Ok(Expect::Comma)
    }
}

/// The string between the quotes at `span`, decoded.
fn string_block(source: &str, span: Span) -> Block<'_> {
    let origin = span.start - 1;
    let raw = &source[span.range()];
    if !raw.contains('\\') {
        return Block { origin, ..Block::verbatim(source, span) };
    }
    let mut builder = BlockBuilder::new();
    let mut done = span.start;
    for at in memchr::memchr_iter(b'\\', raw.as_bytes()).map(|at| span.start + at) {
        if at < done {
            continue;
        }
        let Some((decoded, length)) = escape(&source[at..span.end]) else {
            continue;
        };
        builder.push_verbatim(source, Span::new(done, at));
        builder.push_decoded(decoded.encode_utf8(&mut [0; 4]), Span::new(at, at + length));
        done = at + length;
    }
    builder.push_verbatim(source, Span::new(done, span.end));
    builder
        .finish(origin)
        .unwrap_or_else(|| Block { origin, ..Block::verbatim(source, Span::new(span.start, span.start)) })
}

/// The character that the escape at the start of `text` stands for, and its length.
fn escape(text: &str) -> Option<(char, usize)> {
    let decoded = match text.as_bytes().get(1)? {
        b'n' => '\n',
        b't' => '\t',
        b'r' => '\r',
        b'b' => '\u{8}',
        b'f' => '\u{C}',
        b'u' => return unicode_escape(text),
        &byte @ (b'"' | b'\\' | b'/') => char::from(byte),
        _ => return None,
    };
    Some((decoded, 2))
}

fn unicode_escape(text: &str) -> Option<(char, usize)> {
    let unit = |text: &str| {
        let digits = text.strip_prefix("\\u")?.get(..4)?;
        u16::from_str_radix(digits, 16).ok()
    };
    let first = unit(text)?;
    if let Some(decoded) = char::from_u32(u32::from(first)) {
        return Some((decoded, 6));
    }
    let pair = text.get(6..).and_then(unit).map(|second| [first, second]);
    match pair.and_then(|pair| char::decode_utf16(pair).next()) {
        Some(Ok(decoded)) => Some((decoded, 12)),
        _ => Some((char::REPLACEMENT_CHARACTER, 6)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::testing::{check, show_document};

    fn shown(source: &str) -> String {
        show_document(source, &read(source, &Options::default()))
    }

    fn chosen(source: &str, field: &str) -> String {
        let options = Options { fields: vec![field.to_owned()] };
        show_document(source, &read(source, &options))
    }

    #[test]
    fn text_fields_are_messages_through_their_escapes() {
        let source = r#"{"replies": [
            {"title": "Our policy is here", "body": "We\u2019re \"so\" sorry,\nDear {{name}} \ud83d\ude00 \/ \x."},
            {"id": 7, "body": "plain and short", "n": [1.5e3, true, null, {}]}, {"body": ""}, {"body": "one"}
        ]}"#;
        insta::assert_snapshot!(shown(source), @r#"
        = replies[0].body
        66: We«’←\u2019»re «"←\"»so«"←\"» sorry,«␊←\n»Dear «◊←{{name}}» «😀←\ud83d\ude00» «/←\/» \x.
        = replies[1].body
        160: plain and short
        "#);
    }

    #[test]
    fn exports_of_help_desks_are_known() {
        let zendesk = r#"{"macros": [{"title": "Late", "description": "For the late ones, use with care please", "actions": [
            {"field": "status", "value": "open for a while"}, {"value": ["channel:all", "We are sorry for it."], "field": "comment_value"},
            {"field": "comment_value_html", "value": "<p>We are sorry</p>"}]}]}"#;
        insta::assert_snapshot!(shown(zendesk), @"
        = macros[0].actions[1].value[1]
        189: We are sorry for it.
        ");
        let freshdesk = r#"[{"title": "Late", "content": "We are late", "content_html": "<div>We are late</div>", "folder_id": 1},
            {"content": null, "content_html": "<div dir=\"ltr\">We&#39;re <b>very</b> late</div>"}]"#;
        insta::assert_snapshot!(shown(freshdesk), @r"
        = [0].content
        30: We are late
        = [1].content_html
        150: We«'←&#39;»re very late
        ");
        let gorgias = r#"{"name": "Order status", "actions": [{"arguments": {"body_html": "<div>It is late</div>", "body_text": "It is late"},
            "name": "setResponseText", "type": "user"}]}"#;
        insta::assert_snapshot!(shown(gorgias), @r"
        = actions[0].arguments.body_text
        103: It is late
        ");
        let by_name = r#"{"responses": {"late": "We are sorry that it is late", "title": "We are sorry that it is late", "x": "no"}}"#;
        insta::assert_snapshot!(shown(by_name), @r"
        = responses.late
        23: We are sorry that it is late
        ");
    }

    #[test]
    fn the_customers_words_are_not_the_agents() {
        let source = r#"[{"role": "customer", "text": "where is it?"}, {"role": "agent", "text": "here it is"},
            {"author": {"type": "user"}, "body": "where is it?"}, {"body": "here it is", "author": {"type": "admin"}},
            {"incoming": true, "body": "where is it?"}, {"from": "customer", "thread": [{"role": "agent", "text": "here it is"}, {"text": "where then?"}]},
            {"body": "where is it?", "role": "end-user"}, {"customer_message": "where is it?", "agent_reply": "here it is"}]"#;
        insta::assert_snapshot!(shown(source), @r"
        = [1].text
        73: here it is
        = [3].body
        163: here it is
        = [5].thread[0].text
        321: here it is
        = [7].agent_reply
        473: here it is
        ");
    }

    #[test]
    fn chosen_fields_are_read_and_no_other() {
        let source =
            r#"{"a": {"note": "Sorry", "body": "not this one"}, "b": {"note": ["one", {"note": "two"}]}}"#;
        insta::assert_snapshot!(chosen(source, "note"), @r"
        = a.note
        15: Sorry
        = b.note[0]
        64: one
        = b.note[1].note
        80: two
        ");
        insta::assert_snapshot!(chosen(source, "a.note"), @r"
        = a.note
        15: Sorry
        ");
        insta::assert_snapshot!(chosen(source, "nothing"), @"");
    }

    #[test]
    fn what_stands_before_a_mistake_is_read() {
        insta::assert_snapshot!(shown(r#"[{"body": "it is late"}, {"body": "we are sor"#), @r"
        = [0].body
        10: it is late
        = [1].body
        34: we are sor
        ! Some(34) This is not JSON from here on: this string is not closed. What stands before was read. (trouble)
        ");
        insta::assert_snapshot!(shown(r#"[{"body": "it is late"}, {"body" "we are sorry"}]"#), @r"
        = [0].body
        10: it is late
        ! Some(33) This is not JSON from here on: a colon is missing. What stands before was read. (trouble)
        ");
        insta::assert_snapshot!(shown(r#"{"body": "it is late"} x"#), @r"
        = body
        9: it is late
        ! Some(23) This is not JSON from here on: the value ended before. What stands before was read. (trouble)
        ");
        insta::assert_snapshot!(shown("{\"body\": \"it is late\\"), @r"
        = body
        9: it is late\
        ! Some(9) This is not JSON from here on: this string is not closed. What stands before was read. (trouble)
        ");
        insta::assert_snapshot!(shown(""), @"");
        insta::assert_snapshot!(shown("// amends:allow x\n{\"body\": /* why */ \"it is late\",}\n{\"body\": \"so sorry\"}"), @r"
        = body
        37: it is late
        = body
        61: so sorry
        ");
    }

    #[test]
    fn a_bad_line_does_not_stop_the_others() {
        let source = "{\"body\": \"it is late\"}\r\n{\"body\": \"it is\n\n# amends:allow x\n{\"body\": \"so sorry\"}\n";
        insta::assert_snapshot!(show_document(source, &read_lines(source, &Options::default())), @r"
        = line 1, body
        9: it is late
        = line 2, body
        33: it is␊
        = line 5, body
        67: so sorry
        ! Some(33) Line 2 is not JSON from here on: this string is not closed. The other lines were read. (trouble)
        ");
    }

    #[test]
    fn odd_texts_are_read_in_linear_time() {
        for text in [
            "[".repeat(1_000_000),
            "{\"body\":".repeat(100_000),
            format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000)),
            "[{\"body\":\"it is\"},".repeat(20_000),
            "\"".repeat(100_000),
            "\\".repeat(100_000),
            format!("[\"{}\"]", "\\n".repeat(100_000)),
            format!("{{{}}}", "\"body\":\"it is\",".repeat(20_000)),
            "\u{0}".repeat(100),
        ] {
            let started = std::time::Instant::now();
            for message in read(&text, &Options::default()).messages {
                check(&text, &message.blocks);
            }
            assert!(started.elapsed().as_secs() < 20, "{}", &text[..text.len().min(10)]);
        }
    }
}
