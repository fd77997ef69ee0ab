//! What the readers' tests share.

use std::fmt::Write as _;

use super::{Document, Note};
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
                let ends = pieces.iter().skip(1).map(|piece| piece.text_start).chain([block.text.len()]);
                let pairs = pieces.iter().zip(ends);
                let show = |(piece, end): (&crate::text::Piece, usize)| {
                    let text = escape(&block.text[piece.text_start..end]);
                    if piece.verbatim { text } else { format!("«{text}←{}»", escape(&source[piece.source.range()])) }
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
            SourceMap::Offset(offset) => assert_eq!(source[*offset..][..block.text.len()], *block.text),
            SourceMap::Pieces(pieces) => {
                let ends = pieces.iter().skip(1).map(|piece| piece.text_start).chain([block.text.len()]);
                let mut done = Span::default();
                for (index, (piece, end)) in pieces.iter().zip(ends).enumerate() {
                    assert!(index > 0 || piece.text_start == 0);
                    let text = &block.text[piece.text_start..end];
                    let read = &source[piece.source.range()];
                    assert!(!piece.verbatim || text == read, "{text:?} was read from {read:?}");
                    assert!(piece.source.start >= done.end || piece.source == done, "pieces are out of order");
                    done = piece.source;
                }
            }
        }
    }
}

fn escape(text: &str) -> String {
    text.replace(PLACEHOLDER, "◊").replace('\r', "␍").replace('\n', "␊").replace('\u{a0}', "⍽")
}
