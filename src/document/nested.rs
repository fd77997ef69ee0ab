//! Prose inside a value: a cell, a string, a mail part that was decoded and is then read as plain
//! text, Markdown or HTML. The maps of both readings are put together, so that spans still lead
//! to the file.

use std::borrow::Cow;

use crate::text::{Block, Piece, SourceMap, Span};

use super::{html, markdown, plain};

/// What the prose of a value is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Prose {
    Plain,
    Markdown,
    Html,
}

impl Prose {
    /// A value with tags is HTML, any other is plain text.
    pub(super) fn of_value(text: &str) -> Self {
        if html::has_tags(text) || html::has_entities(text) { Self::Html } else { Self::Plain }
    }

    fn blocks(self, text: &str) -> Vec<Block<'_>> {
        match self {
            Self::Plain => plain::blocks(text),
            Self::Markdown => markdown::blocks(text),
            Self::Html => html::blocks(text),
        }
    }
}

/// Reads the text of `value` and leads its blocks back to where `value` was read from.
pub(super) fn read<'s>(value: Block<'s>, prose: Prose) -> Vec<Block<'s>> {
    match (&value.text, &value.map) {
        (Cow::Borrowed(text), SourceMap::Offset(offset)) => {
            let text: &'s str = text;
            prose.blocks(text).into_iter().map(|block| moved(block, *offset)).collect()
        }
        _ => prose.blocks(&value.text).into_iter().map(|block| led_back(block, &value)).collect(),
    }
}

/// The same for a value of a record: a suppression above the value covers all of its blocks.
pub(super) fn read_value(value: Block<'_>) -> Vec<Block<'_>> {
    let (origin, prose) = (value.origin, Prose::of_value(&value.text));
    let mut blocks = read(value, prose);
    blocks.iter_mut().for_each(|block| block.origin = origin);
    blocks
}

fn moved(mut block: Block<'_>, by: usize) -> Block<'_> {
    block.origin += by;
    match &mut block.map {
        SourceMap::Offset(offset) => *offset += by,
        SourceMap::Pieces(pieces) => {
            for piece in pieces {
                *piece = piece.moved(by);
            }
        }
    }
    block
}

fn led_back(block: Block<'_>, outer: &Block<'_>) -> Block<'static> {
    let origin = outer.source_span(Span::new(block.origin, block.origin)).start;
    let text_end = block.text.len();
    let mut pieces = Vec::new();
    match &block.map {
        SourceMap::Offset(offset) => {
            pull_through(outer, 0, Span::new(*offset, offset + text_end), &mut pieces);
        }
        SourceMap::Pieces(inner) => {
            for piece in inner {
                if piece.verbatim() {
                    pull_through(outer, piece.text_start(), piece.source(), &mut pieces);
                } else {
                    let source = outer.source_span(piece.source());
                    pieces.push(Piece::new(piece.text_start(), source, false));
                }
            }
        }
    }
    Block { text: Cow::Owned(block.text.into_owned()), map: SourceMap::Pieces(pieces), origin }
}

/// Adds the pieces of `outer` that `span` of its text is made of. `text_start` is where they begin
/// in the new block.
fn pull_through(outer: &Block<'_>, text_start: usize, span: Span, pieces: &mut Vec<Piece>) {
    let outer_pieces = match &outer.map {
        SourceMap::Offset(offset) => {
            let source = Span::new(span.start + offset, span.end + offset);
            pieces.push(Piece::new(text_start, source, true));
            return;
        }
        SourceMap::Pieces(outer_pieces) => outer_pieces,
    };
    let first = outer_pieces.partition_point(|piece| piece.text_start() <= span.start).saturating_sub(1);
    for (index, piece) in outer_pieces.iter().enumerate().skip(first) {
        if piece.text_start() >= span.end {
            break;
        }
        let piece_end = outer_pieces.get(index + 1).map_or(outer.text.len(), |next| next.text_start());
        let start = span.start.max(piece.text_start());
        let end = span.end.min(piece_end);
        let source = if piece.verbatim() {
            let at = piece.source().start - piece.text_start();
            Span::new(start + at, end + at)
        } else {
            piece.source()
        };
        let text_start = text_start + (start - span.start);
        pieces.push(Piece::new(text_start, source, piece.verbatim()));
    }
}
