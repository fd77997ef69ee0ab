//! What the readers' tests share.

use std::fmt::Write as _;

use super::{Document, FileType, Note, Options, Stream, decode, read};
use crate::text::{Block, PLACEHOLDER, SourceMap, Span};

/// Every block's text with, for each piece, the source that it was read from: verbatim pieces
/// show once, others as `text←source`.
pub(super) fn show(source: &str, blocks: &[Block<'_>]) -> String {
    check(source, blocks);
    let mut shown = String::new();
    for block in blocks {
        let pieces = match &block.map {
            SourceMap::Offset(_) => escape(&block.text),
            SourceMap::Pieces(pieces) => {
                let ends = pieces.iter().skip(1).map(|piece| piece.text_start()).chain([block.text.len()]);
                let pairs = pieces.iter().zip(ends);
                let show = |(piece, end): (&crate::text::Piece, usize)| {
                    let text = escape(&block.text[piece.text_start()..end]);
                    if piece.verbatim() {
                        text
                    } else {
                        format!("«{text}←{}»", escape(&source[piece.source().range()]))
                    }
                };
                pairs.map(show).collect()
            }
        };
        let _ = writeln!(shown, "{}: {pieces}", block.origin);
    }
    shown
}

/// All of a document.
pub(super) fn show_document(source: &str, document: &Document<'_>) -> String {
    let mut shown = String::new();
    for message in &document.messages {
        let _ = writeln!(shown, "= {}", message.label.as_deref().unwrap_or("-"));
        shown.push_str(&show(source, &message.blocks));
    }
    for Note { offset, text, is_trouble } in &document.notes {
        let _ = writeln!(shown, "! {offset:?} {text}{}", if *is_trouble { " (trouble)" } else { "" });
    }
    shown
}

/// Asserts what holds for every block of every reader.
pub(super) fn check(source: &str, blocks: &[Block<'_>]) {
    for block in blocks {
        assert!(block.origin <= source.len());
        assert!(source.is_char_boundary(block.origin));
        match &block.map {
            SourceMap::Offset(offset) => {
                assert_eq!(source[*offset..][..block.text.len()], *block.text)
            }
            SourceMap::Pieces(pieces) => {
                let ends = pieces.iter().skip(1).map(|piece| piece.text_start()).chain([block.text.len()]);
                let mut done = Span::default();
                for (index, (piece, end)) in pieces.iter().zip(ends).enumerate() {
                    assert!(index > 0 || piece.text_start() == 0);
                    let text = &block.text[piece.text_start()..end];
                    let read = &source[piece.source().range()];
                    assert!(!piece.verbatim() || text == read, "{text:?} was read from {read:?}");
                    assert!(
                        piece.source().start >= done.end || piece.source() == done,
                        "pieces are out of order"
                    );
                    done = piece.source();
                }
            }
        }
    }
}

fn escape(text: &str) -> String {
    text.replace(PLACEHOLDER, "◊").replace('\r', "␍").replace('\n', "␊").replace('\u{a0}', "⍽")
}

/// Fragments that mean something in one of the formats.
const FRAGMENTS: &[&str] = &[
    "we are sorry",
    " ",
    "\n",
    "\r\n",
    "\n\n",
    "\t",
    "’",
    "é",
    "😀",
    "\u{a0}",
    "\u{0}",
    "{{",
    "}}",
    "{{ name }}",
    "{%",
    "%}",
    "{% if a %}",
    "{#",
    "#}",
    "{",
    "}",
    "[",
    "]",
    "[NAME]",
    "<",
    ">",
    "<p>",
    "</p>",
    "<b>",
    "<br>",
    "<!--",
    "-->",
    "<code>",
    "<blockquote>",
    "</blockquote>",
    "<h1>",
    "<script>",
    "<div class=\"gmail_quote\">",
    "&amp;",
    "&nbsp",
    "&#39;",
    "&",
    "\"",
    "\"\"",
    "'",
    "''",
    ",",
    ";",
    ":",
    ": ",
    "- ",
    "* ",
    "**",
    "_",
    "__",
    "__NAME__",
    "`",
    "```\n",
    "> ",
    "# ",
    "---\n",
    "--- ",
    "-- \n",
    "|",
    "|\n  ",
    ">-\n  ",
    "  ",
    "body: ",
    "\"body\": ",
    "body,role\n",
    "customer",
    "\\",
    "\\n",
    "\\u2019",
    "\\\"",
    "=\n",
    "=E2=80=99",
    "=E2",
    "=?utf-8?Q?",
    "?=",
    "Subject: ",
    "Content-Type: text/html\n",
    "Content-Type: multipart/mixed; boundary=b\n",
    "--b\n",
    "--b--\n",
    "Content-Transfer-Encoding: quoted-printable\n",
    "Content-Transfer-Encoding: base64\n",
    "U29ycnkg",
    "%s",
    "%",
    "*|A|*",
    "$(",
    "<%",
    "%>",
    "On 4 May 2026, Ann wrote:\n",
    "From: a\nSent: b\nTo: c\n",
    "amends:allow x",
    "// ",
    "/*",
    "*/",
    "&x ",
    "*x",
    "!",
    "?",
    "(",
    ")",
    "~~",
    "1. ",
    "| a | b |\n|---|---|\n",
];

#[test]
fn whatever_is_read_leads_back_to_its_source() {
    let mut state: u64 = 42;
    let mut random = move |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).unwrap() % below
    };
    let rounds =
        std::env::var("AMENDS_READER_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(1_000);
    for round in 0..rounds {
        let length = random(40);
        let source: String = (0..length).map(|_| FRAGMENTS[random(FRAGMENTS.len())]).collect();
        let fields = if round % 3 == 0 { vec!["body".to_owned()] } else { Vec::new() };
        for file_type in FileType::all() {
            let document = read(&source, file_type, &Options { fields: fields.clone() });
            for message in &document.messages {
                check(&source, &message.blocks);
            }
            assert!(
                document.notes.iter().all(|note| note.offset.is_none_or(|at| source.is_char_boundary(at)))
            );
        }
        for file_type in FileType::all().filter(|file_type| file_type.is_cut_at_records()) {
            read_in_parts(&source, file_type, &Options { fields: fields.clone() }, 1 + random(9));
        }
        let cut = random(source.len() + 1);
        let bytes = [&source.as_bytes()[cut..], &[0xE2, 0x80], &source.as_bytes()[..cut]].concat();
        if let Ok(decoded) = decode(&bytes) {
            assert!(decoded.origin.file_offset(&decoded.text, decoded.text.len()) <= bytes.len());
            let _ = FileType::sniff(&decoded.text);
        }
    }
}

/// Reads a text record by record while it comes in pieces of `step` bytes.
fn read_in_parts(source: &str, file_type: FileType, options: &Options, step: usize) {
    let (mut stream, mut cutter) = Stream::new(file_type, source.as_bytes(), options).unwrap();
    let (mut done, mut known) = (0, 0);
    let mut take = |part: &str| {
        let document = stream.read(part, 1);
        document.messages.iter().for_each(|message| check(part, &message.blocks));
        for scope in document.scopes {
            assert!(scope.inside.end <= part.len() && scope.covers.end <= part.len());
        }
    };
    while known < source.len() {
        known = source.len().min(known + step);
        while let Some(end) = cutter.next_end(&source.as_bytes()[done..known]) {
            assert!(end > 0 && cutter.looked_at() == end);
            cutter.drop_front(end);
            take(&source[done..done + end]);
            done += end;
        }
    }
    take(&source[done..]);
    let _ = stream.end();
}
