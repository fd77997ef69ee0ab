//! From the parser's events to the tree.

use rustc_hash::FxHashSet;
use saphyr_parser::{Event, Marker, Parser, ScalarStyle, Span as ParserSpan};

use super::prune::Cut;
use super::{Entry, Node, Scalar, Value, syntax};
use crate::text::{Offsets, Span};

/// Values deeper than this are refused: no file of ours has them, and some attacks do.
const DEEPEST: usize = 64;
/// With so many mistakes of one file, its other mistakes help nobody.
const MOST_MISTAKES: usize = 200;

/// A mistake: the byte, and what to say.
pub(super) type Found = (usize, String);

/// What was read.
pub(super) struct Outcome {
    pub(super) root: Option<Node>,
    pub(super) found: Vec<Found>,
    /// Values that do not say what they seem to say.
    pub(super) odd: Vec<Cut>,
}

/// Reads the one document of `source`.
pub(super) fn read(source: &str) -> Outcome {
    let mut builder = Builder { offsets: Offsets::new(source), ..Builder::default() };
    let mut parser = Parser::new_from_str(source);
    while let Some(event) = parser.next_event() {
        let fatal = match event {
            Ok((Event::StreamEnd, _)) => break,
            Ok((event, span)) => builder.take(event, span).err(),
            Err(error) => {
                let at = builder.offsets.byte(error.marker().index());
                Some((at, syntax::sentence(source, at, error.info())))
            }
        };
        if let Some(fatal) = fatal {
            builder.found.push(fatal);
            return Outcome { root: None, found: builder.found, odd: Vec::new() };
        }
    }
    let root = builder.root.take().filter(|root| !is_nothing(root));
    if root.is_none() && builder.found.is_empty() {
        builder.found.push((0, "the file is empty: write what belongs into it, or remove it".to_owned()));
    }
    Outcome { root, found: builder.found, odd: builder.odd }
}

fn is_nothing(root: &Node) -> bool {
    matches!(&root.value, Value::Scalar(scalar) if scalar.is_plain && scalar.text.is_empty())
}

#[derive(Default)]
struct Builder<'s> {
    offsets: Offsets<'s>,
    /// The lists and maps that are not closed yet.
    open: Vec<Open>,
    root: Option<Node>,
    documents: usize,
    found: Vec<Found>,
    odd: Vec<Cut>,
}

/// A list or map that is not closed yet.
struct Open {
    start: usize,
    kind: OpenKind,
}

enum OpenKind {
    List(Vec<Node>),
    Map { entries: Vec<Entry>, keys: FxHashSet<String>, key: Option<(String, Span)> },
}

impl Builder<'_> {
    fn take(&mut self, event: Event<'_>, span: ParserSpan) -> Result<(), Found> {
        let start = self.offsets.byte(span.start.index());
        match event {
            Event::DocumentStart(_) => self.document(start),
            Event::Alias(_) => {
                self.mistake(start, syntax::ALIAS);
                self.odd.push(Cut::Value(start));
                self.value(nothing(start));
                Ok(())
            }
            Event::Scalar(text, style, anchor, tag) => {
                self.plain_only(start, anchor, tag.is_some());
                if anchor != 0 || tag.is_some() {
                    self.odd.push(Cut::Value(start));
                }
                let end = self.end(start, span.end);
                let is_plain = style == ScalarStyle::Plain && tag.is_none();
                let scalar = Scalar { text: text.into_owned(), is_plain };
                self.value(Node { span: Span::new(start, end), value: Value::Scalar(scalar) });
                Ok(())
            }
            Event::SequenceStart(anchor, tag) => {
                self.plain_only(start, anchor, tag.is_some());
                self.begin(start, OpenKind::List(Vec::new()))
            }
            Event::MappingStart(anchor, tag) => {
                self.plain_only(start, anchor, tag.is_some());
                let keys = FxHashSet::default();
                self.begin(start, OpenKind::Map { entries: Vec::new(), keys, key: None })
            }
            Event::SequenceEnd | Event::MappingEnd => {
                self.close(start);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn end(&mut self, start: usize, end: Marker) -> usize {
        self.offsets.byte(end.index()).max(start)
    }

    fn mistake(&mut self, at: usize, message: impl Into<String>) {
        if self.found.len() < MOST_MISTAKES {
            self.found.push((at, message.into()));
        }
    }

    fn document(&mut self, start: usize) -> Result<(), Found> {
        self.documents += 1;
        if self.documents > 1 {
            return Err((start, "a second document begins here: put it into a file of its own".to_owned()));
        }
        Ok(())
    }

    /// Anchors and tags would change what a text means without anybody noticing.
    fn plain_only(&mut self, start: usize, anchor: usize, has_tag: bool) {
        if anchor != 0 {
            self.mistake(start, syntax::ANCHOR);
        }
        if has_tag {
            self.mistake(start, syntax::TAG);
        }
    }

    fn begin(&mut self, start: usize, kind: OpenKind) -> Result<(), Found> {
        if let Some(Open { kind: OpenKind::Map { key: None, .. }, .. }) = self.open.last() {
            return Err((start, "a key must be a text: write it as one word or in quotes".to_owned()));
        }
        if self.open.len() == DEEPEST {
            return Err((
                start,
                format!("values stand more than {DEEPEST} deep in each other: remove some levels"),
            ));
        }
        self.open.push(Open { start, kind });
        Ok(())
    }

    fn close(&mut self, end: usize) {
        let Some(Open { start, kind }) = self.open.pop() else { return };
        let value = match kind {
            OpenKind::List(items) => Value::List(items),
            OpenKind::Map { entries, .. } => Value::Map(entries),
        };
        self.value(Node { span: Span::new(start, end.max(start)), value });
    }

    /// Puts a value, or a key, where the next one belongs.
    fn value(&mut self, node: Node) {
        let Some(open) = self.open.last_mut() else {
            self.root = Some(node);
            return;
        };
        match &mut open.kind {
            OpenKind::List(items) => items.push(node),
            OpenKind::Map { entries, keys, key } => match key.take() {
                None => *key = Some((node.text().unwrap_or_default().to_owned(), node.span)),
                Some((name, key_span)) if keys.contains(&name) => {
                    let message = format!("the key `{name}` stands here a second time: keep one of the two");
                    self.mistake(key_span.start, message);
                }
                Some((name, key_span)) => {
                    keys.insert(name.clone());
                    entries.push(Entry { key: name, key_span, value: node });
                }
            },
        }
    }
}

fn nothing(at: usize) -> Node {
    let scalar = Scalar { text: String::new(), is_plain: false };
    Node { span: Span::new(at, at), value: Value::Scalar(scalar) }
}
