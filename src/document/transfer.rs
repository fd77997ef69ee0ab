//! How mails wrap text for transfer: quoted-printable bodies and encoded words in headers, decoded
//! piece by piece so that every character still leads to its source bytes.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use memchr::memmem;

use crate::text::{Block, BlockBuilder, Span};

/// A byte that was decoded, and the source bytes that stand for it.
type SourcedByte = (u8, Span);

/// The encoding of that name, if each character of it can be decoded by itself.
fn simple_encoding(charset: Option<&str>) -> Option<&'static Encoding> {
    let encoding = match charset {
        Some(name) => Encoding::for_label(name.trim().as_bytes()).unwrap_or(WINDOWS_1252),
        None => UTF_8,
    };
    (encoding == UTF_8 || encoding.is_single_byte()).then_some(encoding)
}

/// The quoted-printable text `source[span]`, decoded. Nothing for a charset in which characters
/// cannot be told apart by their bytes.
pub(super) fn quoted_printable<'s>(source: &'s str, span: Span, charset: Option<&str>) -> Option<Block<'s>> {
    let encoding = simple_encoding(charset)?;
    let mut builder = BlockBuilder::new();
    let mut run: Vec<SourcedByte> = Vec::new();
    let (mut done, mut at) = (span.start, span.start);
    while let Some(sign) = memchr::memchr(b'=', &source.as_bytes()[at..span.end]) {
        at += sign;
        let Some((byte, length)) = quoted_byte(&source.as_bytes()[at..span.end]) else {
            at += 1;
            continue;
        };
        if done < at {
            push_run(&mut builder, &mut run, encoding);
            builder.push_verbatim(source, Span::new(done, at));
        }
        run.extend(byte.map(|byte| (byte, Span::new(at, at + length))));
        at += length;
        done = at;
    }
    push_run(&mut builder, &mut run, encoding);
    builder.push_verbatim(source, Span::new(done, span.end));
    Some(
        builder
            .finish(span.start)
            .unwrap_or_else(|| Block::verbatim(source, Span::new(span.start, span.start))),
    )
}

/// What the equals sign at the start of `bytes` stands for: a byte, or nothing if it joins two
/// lines; and how long that is.
fn quoted_byte(bytes: &[u8]) -> Option<(Option<u8>, usize)> {
    let blank = bytes[1..].iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r')).count();
    match bytes.get(1 + blank) {
        Some(b'\n') => return Some((None, blank + 2)),
        None => return Some((None, blank + 1)),
        _ => {}
    }
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let (high, low) = (digit(*bytes.get(1)?)?, digit(*bytes.get(2)?)?);
    u8::try_from(high * 16 + low).ok().map(|byte| (Some(byte), 3))
}

/// Decodes the bytes of `run`, one character a piece.
fn push_run(builder: &mut BlockBuilder, run: &mut Vec<SourcedByte>, encoding: &'static Encoding) {
    let mut rest = run.as_slice();
    while let Some(&(first, span)) = rest.first() {
        let wanted = match first {
            _ if encoding != UTF_8 => 1,
            0xC0..=0xDF => 2,
            0xE0..=0xEF => 3,
            0xF0.. => 4,
            _ => 1,
        };
        let bytes: Vec<u8> = rest.iter().take(wanted).map(|&(byte, _)| byte).collect();
        let (text, _) = encoding.decode_without_bom_handling(&bytes);
        let is_broken = encoding == UTF_8 && std::str::from_utf8(&bytes).is_err();
        let used = if is_broken { 1 } else { bytes.len() };
        let text = if is_broken { "\u{FFFD}" } else { &text };
        builder.push_decoded(text, Span::new(span.start, rest[used - 1].1.end));
        rest = &rest[used..];
    }
    run.clear();
}

/// The header value `source[span]` with its encoded words (RFC 2047) decoded.
pub(super) fn header(source: &str, span: Span) -> Block<'_> {
    let plain = Block::verbatim(source, span);
    if !source[span.range()].contains("=?") {
        return plain;
    }
    let mut builder = BlockBuilder::new();
    let (mut done, mut at, mut follows_word) = (span.start, span.start, false);
    while let Some(start) = memmem::find(&source.as_bytes()[at..span.end], b"=?") {
        let start = at + start;
        let Some(word) = EncodedWord::at(source, Span::new(start, span.end)) else {
            at = start + 2;
            continue;
        };
        let is_joint = follows_word && source[done..start].trim().is_empty();
        if !is_joint {
            builder.push_verbatim(source, Span::new(done, start));
        }
        word.push(&mut builder, source);
        (done, at, follows_word) = (word.whole.end, word.whole.end, true);
    }
    builder.push_verbatim(source, Span::new(done, span.end));
    builder.finish(span.start).unwrap_or(plain)
}

/// `=?utf-8?Q?We=E2=80=99re_sorry?=`.
struct EncodedWord {
    whole: Span,
    data: Span,
    encoding: &'static Encoding,
    is_base64: bool,
}

impl EncodedWord {
    fn at(source: &str, span: Span) -> Option<Self> {
        let text = &source[span.start + 2..span.end];
        let (charset, rest) = text.split_once('?').filter(|(charset, _)| charset.len() < 40)?;
        let (kind, rest) = rest.split_once('?').filter(|(kind, _)| kind.len() == 1)?;
        let length = rest.find("?=")?;
        let start = span.end - rest.len();
        let charset = charset.split('*').next().unwrap_or_default();
        let is_base64 = match kind {
            "B" | "b" => true,
            "Q" | "q" => false,
            _ => return None,
        };
        Some(Self {
            whole: Span::new(span.start, start + length + 2),
            data: Span::new(start, start + length),
            encoding: Encoding::for_label(charset.as_bytes())?,
            is_base64,
        })
    }

    fn push(&self, builder: &mut BlockBuilder, source: &str) {
        let data = &source.as_bytes()[self.data.range()];
        let is_simple = self.encoding == UTF_8 || self.encoding.is_single_byte();
        if self.is_base64 {
            let bytes = mail_parser::decoders::base64::base64_decode(data).unwrap_or_default();
            let (text, _) = self.encoding.decode_without_bom_handling(&bytes);
            builder.push_decoded(&text, self.whole);
            return;
        }
        if !is_simple {
            let bytes: Vec<u8> = self.quoted(data).map(|(byte, _)| byte).collect();
            builder.push_decoded(&self.encoding.decode_without_bom_handling(&bytes).0, self.whole);
            return;
        }
        let mut run = Vec::new();
        for (byte, span) in self.quoted(data) {
            if source.as_bytes()[span.start] == byte && byte.is_ascii() {
                push_run(builder, &mut run, self.encoding);
                builder.push_verbatim(source, span);
            } else {
                run.push((byte, span));
            }
        }
        push_run(builder, &mut run, self.encoding);
    }

    /// The bytes of a word in which `=E9` stands for a byte and `_` for a space.
    fn quoted<'d>(&self, data: &'d [u8]) -> impl Iterator<Item = SourcedByte> + use<'d> {
        let start = self.data.start;
        let mut at = 0;
        std::iter::from_fn(move || {
            let (byte, length) = match *data.get(at)? {
                b'_' => (b' ', 1),
                b'=' => match quoted_byte(&data[at..]) {
                    Some((Some(byte), length)) => (byte, length),
                    _ => (b'=', 1),
                },
                byte => (byte, 1),
            };
            at += length;
            Some((byte, Span::new(start + at - length, start + at)))
        })
    }
}
