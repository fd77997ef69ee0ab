//! Saved mails: the subject, the text in the form that is easiest to read, and attached texts.
//! Attached mails are someone else's.

use std::borrow::Cow;

use aho_corasick::AhoCorasick;
use mail_parser::{ContentType, GetHeader, HeaderName, HeaderValue, Message as Mail, MessageParser, MessagePart, PartType};
use mail_parser::{Encoding, MimeHeaders};
use memchr::memmem;

use crate::text::{Block, BlockBuilder, Span};

use super::nested::{self, Prose};
use super::{Document, Message, Note, plain, transfer};

/// Reads the mail `source`.
pub(super) fn read(source: &str) -> Document<'_> {
    let opaque = hide_attached_mails(source);
    let Some(mail) = MessageParser::default().parse(opaque.as_bytes()).filter(|mail| !mail.parts.is_empty()) else {
        return Document::of_one(plain::blocks(source));
    };
    let mut blocks = subject(source, &mail);
    let mut notes = Vec::new();
    for part in text_parts(&mail) {
        let span = body_span(source, part);
        blocks.extend(read_part(source, part, span));
        if part.is_encoding_problem {
            notes.push(Note::trouble(span.start, "This part of the mail is cut short or badly encoded."));
        }
    }
    notes.extend(cut_short(source, &mail));
    Document { messages: vec![Message { blocks, label: None }], notes }
}

/// `source` with attached mails made parts that the parser does not look into: they are not the
/// agent's, and nested deeply they would exhaust the stack.
fn hide_attached_mails(source: &str) -> Cow<'_, str> {
    let types = ["message/rfc822", "message/global", "multipart/digest"];
    let Ok(finder) = AhoCorasick::builder().ascii_case_insensitive(true).build(types) else {
        return Cow::Borrowed(source);
    };
    if finder.find(source).is_none() {
        return Cow::Borrowed(source);
    }
    Cow::Owned(finder.replace_all(source, &["message/x-----", "message/x-----", "multipart/x-----"]))
}

/// Headers and bodies lie at these bytes of the source; the parser counts in 32 bits.
fn span_of(source: &str, start: u32, end: u32) -> Span {
    let end = (end as usize).min(source.len());
    let mut span = Span::new((start as usize).min(end), end);
    while !source.is_char_boundary(span.start) {
        span.start -= 1;
    }
    while !source.is_char_boundary(span.end) {
        span.end += 1;
    }
    span
}

fn body_span(source: &str, part: &MessagePart<'_>) -> Span {
    span_of(source, part.offset_body, part.offset_end)
}

fn subject<'s>(source: &'s str, mail: &Mail<'_>) -> Vec<Block<'s>> {
    let Some(header) = mail.parts[0].headers.header(HeaderName::Subject) else { return Vec::new() };
    let value = span_of(source, header.offset_start, header.offset_end);
    let origin = span_of(source, header.offset_field, header.offset_end).start;
    nested::read(transfer::header(source, value, origin), Prose::Plain)
}

/// The parts with the agent's text, in order. Of alternatives the plain text is taken, and the
/// HTML where that is empty, so that nothing is reported twice.
fn text_parts<'m, 'x>(mail: &'m Mail<'x>) -> Vec<&'m MessagePart<'x>> {
    let mut texts = Vec::new();
    let mut waiting = vec![0u32];
    let mut seen = vec![false; mail.parts.len()];
    while let Some(id) = waiting.pop() {
        let index = id as usize;
        let Some(part) = mail.parts.get(index).filter(|_| !std::mem::replace(&mut seen[index], true)) else { continue };
        match &part.body {
            PartType::Multipart(children) if subtype(part) == "alternative" => {
                waiting.extend(best_alternative(mail, children));
            }
            PartType::Multipart(children) => waiting.extend(children.iter().rev()),
            PartType::Text(_) | PartType::Html(_) if prose_of(part).is_some() => texts.push(part),
            _ => {}
        }
    }
    texts
}

fn best_alternative(mail: &Mail<'_>, children: &[u32]) -> Option<u32> {
    let part = |id: &u32| mail.parts.get(*id as usize);
    let is_plain = |id: &&u32| matches!(part(id).map(|part| &part.body), Some(PartType::Text(text)) if !text.trim().is_empty());
    let has_text = |id: &&u32| part(id).is_some_and(|part| matches!(part.body, PartType::Html(_) | PartType::Multipart(_)));
    children.iter().find(is_plain).or_else(|| children.iter().rev().find(has_text)).copied()
}

fn subtype(part: &MessagePart<'_>) -> String {
    part.content_type().and_then(ContentType::subtype).unwrap_or_default().to_ascii_lowercase()
}

/// How a part is to be read; nothing for texts that are no prose, such as calendars.
fn prose_of(part: &MessagePart<'_>) -> Option<Prose> {
    let kind = part.content_type().map_or("text", ContentType::ctype).to_ascii_lowercase();
    match subtype(part).as_str() {
        _ if kind != "text" => part.content_type().is_some_and(|kind| kind.ctype() == "multipart").then_some(Prose::Plain),
        "" | "plain" => Some(Prose::Plain),
        "html" => Some(Prose::Html),
        "markdown" | "x-markdown" => Some(Prose::Markdown),
        _ => None,
    }
}

fn read_part<'s>(source: &'s str, part: &MessagePart<'_>, span: Span) -> Vec<Block<'s>> {
    let prose = prose_of(part).unwrap_or(Prose::Plain);
    let charset = part.content_type().and_then(|kind| kind.attribute("charset"));
    let value = match transfer_encoding(part) {
        Encoding::None => Some(Block::verbatim(source, span)),
        Encoding::QuotedPrintable => transfer::quoted_printable(source, span, charset),
        Encoding::Base64 => None,
    };
    nested::read(value.unwrap_or_else(|| on_first_line(source, part, span)), prose)
}

fn transfer_encoding(part: &MessagePart<'_>) -> Encoding {
    // The parser forgets the encoding of a part that it could not decode to its end.
    match part.headers.header_value(&HeaderName::ContentTransferEncoding) {
        Some(HeaderValue::Text(name)) if name.eq_ignore_ascii_case("quoted-printable") => Encoding::QuotedPrintable,
        _ => part.encoding,
    }
}

/// The decoded text of a part whose bytes do not correspond to the source: all of it stands for
/// the part's first line.
fn on_first_line(source: &str, part: &MessagePart<'_>, span: Span) -> Block<'static> {
    let body = &source[span.range()];
    let start = span.start + (body.len() - body.trim_start().len());
    let line = source[start..span.end].split(['\r', '\n']).next().unwrap_or_default();
    let mut builder = BlockBuilder::new();
    builder.push_decoded(part.text_contents().unwrap_or_default(), Span::new(start, start + line.len()));
    let nothing = || Block { text: Cow::Borrowed(""), map: crate::text::SourceMap::Offset(start), origin: start };
    builder.finish(start).unwrap_or_else(nothing)
}

/// A remark if the last boundary is missing.
fn cut_short(source: &str, mail: &Mail<'_>) -> Option<Note> {
    let root = mail.parts.first()?;
    let boundary = root.content_type().filter(|kind| kind.ctype() == "multipart")?.attribute("boundary")?;
    let closing = format!("--{boundary}--");
    let body = source.as_bytes().get(root.offset_body as usize..)?;
    memmem::find(body, closing.as_bytes())
        .is_none()
        .then(|| Note::trouble(source.len(), "This mail is cut short; what is there was read."))
}
