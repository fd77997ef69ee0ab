//! Saved mails: the subject, the text in the form that is easiest to read, and attached texts.
//! Attached mails are someone else's.

use std::borrow::Cow;

use aho_corasick::AhoCorasick;
use mail_parser::{
    ContentType, GetHeader, HeaderName, HeaderValue, Message as Mail, MessageParser, MessagePart, PartType,
};
use mail_parser::{Encoding, MimeHeaders};
use memchr::memmem;

use crate::text::{Block, BlockBuilder, Span};

use super::nested::{self, Prose};
use super::{Document, Note, plain, transfer};

/// Reads the mail `source`.
pub(super) fn read(source: &str) -> Document<'_> {
    let opaque = hide_attached_mails(source);
    let Some(mail) = MessageParser::default().parse(opaque.as_bytes()).filter(|mail| !mail.parts.is_empty())
    else {
        return Document::of_one(plain::blocks(source));
    };
    let mut blocks = subject(source, &mail);
    let mut notes = Vec::new();
    for part in text_parts(&mail) {
        let span = body_span(source, part);
        blocks.extend(read_part(source, part, span));
        notes.extend(broken(source, part, span));
    }
    if notes.is_empty() {
        notes.extend(cut_short(source, &mail));
    }
    Document { notes, ..Document::of_one(blocks) }
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
    let Some(header) = mail.parts[0].headers.header(HeaderName::Subject) else {
        return Vec::new();
    };
    let raw = span_of(source, header.offset_start, header.offset_end);
    let start = raw.end - source[raw.range()].trim_start().len();
    let value = Span::new(start, start + source[start..raw.end].trim_end().len());
    nested::read(transfer::header(source, value), Prose::Plain)
}

/// The parts with the agent's text, in order. Of alternatives the plain text is taken, and the
/// HTML where that is empty, so that nothing is reported twice.
fn text_parts<'m, 'x>(mail: &'m Mail<'x>) -> Vec<&'m MessagePart<'x>> {
    let mut texts = Vec::new();
    let mut waiting = vec![0u32];
    let mut seen = vec![false; mail.parts.len()];
    while let Some(id) = waiting.pop() {
        let index = id as usize;
        let Some(part) = mail.parts.get(index).filter(|_| !std::mem::replace(&mut seen[index], true)) else {
            continue;
        };
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
    let has_text = |id: &&u32| {
        part(id).is_some_and(|part| matches!(part.body, PartType::Html(_) | PartType::Multipart(_)))
    };
    children.iter().find(is_plain).or_else(|| children.iter().rev().find(has_text)).copied()
}

fn subtype(part: &MessagePart<'_>) -> String {
    part.content_type().and_then(ContentType::subtype).unwrap_or_default().to_ascii_lowercase()
}

/// How a part is to be read; nothing for texts that are no prose, such as calendars.
fn prose_of(part: &MessagePart<'_>) -> Option<Prose> {
    let kind = part.content_type().map_or("text", ContentType::ctype).to_ascii_lowercase();
    match subtype(part).as_str() {
        _ if kind != "text" => {
            part.content_type().is_some_and(|kind| kind.ctype() == "multipart").then_some(Prose::Plain)
        }
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
        Some(HeaderValue::Text(name)) if name.eq_ignore_ascii_case("quoted-printable") => {
            Encoding::QuotedPrintable
        }
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
    let nothing =
        || Block { text: Cow::Borrowed(""), map: crate::text::SourceMap::Offset(start), origin: start };
    builder.finish(start).unwrap_or_else(nothing)
}

/// A remark if a part does not end as it should.
fn broken(source: &str, part: &MessagePart<'_>, span: Span) -> Option<Note> {
    let body = source[span.range()].trim();
    let is_broken = match transfer_encoding(part) {
        Encoding::Base64 => body.bytes().filter(|byte| !byte.is_ascii_whitespace()).count() % 4 != 0,
        _ => part.is_encoding_problem && !body.is_empty(),
    };
    is_broken.then(|| {
        Note::trouble(
            span.start,
            "This part of the mail is cut short or badly encoded; what is there was read.",
        )
    })
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::testing::{check, show_document};

    fn shown(source: &str) -> String {
        show_document(source, &read(source))
    }

    #[test]
    fn a_simple_mail_is_its_subject_and_its_text() {
        let source = "From: us@example.org\r\nSubject: Your order\r\n is late\r\n\r\nSorry, {{name}}.\r\n\r\nOn 4 May 2026, Ann wrote:\r\n> where?\r\n-- \r\nJo\r\n";
        insta::assert_snapshot!(shown(source), @"
        = -
        31: Your order␍␊ is late
        55: Sorry, «◊←{{name}}».␍␊␍␊
        ");
    }

    #[test]
    fn encoded_words_and_quoted_printable_lead_back() {
        let source = "Subject: =?utf-8?Q?We=E2=80=99re_sorry?= =?utf-8?B?IGFuZCBsYXRl?= now\nMIME-Version: 1.0\n\
            Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\nWe=E2=80=99re so=\n sorry=2C a=3Db, na=C3=\n=AFve =FF end=20\n=ZZ last=\n";
        insta::assert_snapshot!(shown(source), @"
        = -
        19: We«’←=E2=80=99»re« ←_»sorry« and late←=?utf-8?B?IGFuZCBsYXRl?=» now
        173: We«’←=E2=80=99»re so sorry«,←=2C» a«=←=3D»b, na«ï←=C3=␊=AF»ve «�←=FF» end« ←=20»␊=ZZ last
        ");
        let latin = "Subject: =?iso-8859-1?Q?caf=E9_?= =?bad\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\nIt=92s caf=E9\n";
        insta::assert_snapshot!(shown(latin), @"
        = -
        24: caf«é←=E9»« ←_» =?bad
        130: It«’←=92»s caf«é←=E9»␊
        ");
    }

    #[test]
    fn the_plain_alternative_is_read_and_attached_texts_too() {
        let source = "Subject: Late\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=mix\n\npreamble\n--mix\nContent-Type: multipart/alternative; boundary=alt\n\n\
            --alt\nContent-Type: text/plain\n\nWe are sorry.\n--alt\nContent-Type: text/html\n\n<p>We are sorry.</p>\n--alt--\n\
            --mix\nContent-Type: text/html; name=a.html\nContent-Disposition: attachment\nContent-Transfer-Encoding: quoted-printable\n\n<p class=3D\"x\">We=\n&rsquo;re <b>late</b></p>\n\
            --mix\nContent-Type: text/markdown\n\n# Title\n\nSo *sorry*\n--mix\nContent-Type: application/pdf\nContent-Transfer-Encoding: base64\n\nb3VyIHBvbGljeQ==\n\
            --mix\nContent-Type: message/rfc822\n\nSubject: Their mail\n\nour policy\n--mix\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\nU29ycnkgYWJvdXQg\ndGhhdC4gQnll\n--mix--\n";
        insta::assert_snapshot!(shown(source), @"
        = -
        9: Late
        175: We are sorry.
        369: We«’←&rsquo;»re late
        458: So sorry
        691: «Sorry about that. Bye←U29ycnkgYWJvdXQg»
        ");
    }

    #[test]
    fn html_is_read_where_there_is_no_plain_text() {
        let source = "MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=\"b\"\n\n--b\nContent-Type: text/plain\n\n\n--b\nContent-Type: multipart/related; boundary=r\n\n\
            --r\nContent-Type: text/html; charset=utf-8\n\n<p>We are <i>sorry</i></p><blockquote>where?</blockquote>\n--r--\n--b--\n";
        insta::assert_snapshot!(shown(source), @r"
        = -
        193: We are sorry
        ");
    }

    #[test]
    fn a_mail_that_is_cut_short_is_read_as_far_as_it_goes() {
        insta::assert_snapshot!(shown("Subject: Late\nContent-Type: multipart/mixed; boundary=m\n\n--m\nContent-Type: text/plain\n\nWe are sor"), @"
        = -
        9: Late
        87: We are sor
        ! Some(87) This part of the mail is cut short or badly encoded; what is there was read. (trouble)
        ");
        insta::assert_snapshot!(shown("Subject: Late\nContent-Type: text/plain\nContent-Transfer-Encoding: base64\n\nU29ycnkgYWJvdXQgdGh"), @"
        = -
        9: Late
        74: «Sorry about ←U29ycnkgYWJvdXQgdGh»
        ! Some(74) This part of the mail is cut short or badly encoded; what is there was read. (trouble)
        ");
        insta::assert_snapshot!(shown("Subject: Late"), @"
        = -
        9: Late
        ");
        insta::assert_snapshot!(shown("no mail at all\n"), @r"
        = -
        0: no mail at all␊
        ");
        insta::assert_snapshot!(shown(""), @"");
    }

    #[test]
    fn odd_mails_are_read_in_linear_time() {
        let nested = |kind: &str| -> String {
            let part = |depth: usize| format!("Content-Type: {kind}; boundary=b{depth}\n\n--b{depth}\n");
            (0..5_000).map(part).collect()
        };
        for text in [
            nested("multipart/mixed"),
            nested("message/rfc822"),
            nested("multipart/digest"),
            format!("Subject: {}\n\nx", "=?utf-8?Q?=C3?= ".repeat(10_000)),
            format!("Subject: {}\n\nx", "=?".repeat(20_000)),
            format!("Content-Transfer-Encoding: quoted-printable\n\n{}", "=E2=80=99=\n".repeat(20_000)),
            format!("Content-Transfer-Encoding: quoted-printable\n\n{}", "=   ".repeat(50_000)),
            format!("Content-Type: text/html\n\n{}", "<p>é".repeat(20_000)),
            format!("Content-Type: multipart/mixed; boundary=b\n\n{}", "--b\n\nx\n".repeat(10_000)),
            "a: b\n".repeat(50_000),
            "\u{0}é\n".repeat(10_000),
        ] {
            let started = std::time::Instant::now();
            for message in read(&text).messages {
                check(&text, &message.blocks);
            }
            assert!(started.elapsed().as_secs() < 20, "{}", &text[..text.len().min(60)]);
        }
    }
}
