//! YAML as authors wrote it: a tree in which every key and value knows its place, so that a
//! mistake can be shown where it stands.
//!
//! [`Tree::read`] refuses what our files never need and what attacks are made of: aliases, keys
//! twice, several documents, deep nesting, huge files. [`shape`] compares a tree with a JSON
//! Schema. Only a tree of the right shape is decoded.

pub mod prune;
mod read;
mod scalar;
pub mod shape;
mod source;
mod syntax;

use serde::de::DeserializeOwned;
use serde_json::Value as Json;

use crate::text::{Lines, Position, Span};

pub use source::read_text;

/// What the parser says about the byte `at` of a text that is not YAML, in plain words: what is
/// wrong, and what to do.
pub(crate) fn in_plain_words(source: &str, at: usize, info: &str) -> String {
    syntax::sentence(source, at, info)
}

/// The largest file that is read, in bytes.
pub const LARGEST_FILE: u64 = 8 << 20;

/// Something wrong in a file, and what to do about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// Where it stands, when it stands anywhere.
    pub position: Option<Position>,
    /// What is wrong and what to do, in one sentence without a full stop.
    pub message: String,
}

/// A document, with its places.
#[derive(Debug)]
pub struct Tree {
    source: String,
    lines: Lines,
    root: Node,
    /// Values that do not say what they seem to say: repeated ones, and such with a tag.
    pub odd: Vec<prune::Cut>,
}

/// A value and where it stands.
#[derive(Debug)]
pub struct Node {
    /// The bytes of the source.
    pub span: Span,
    /// What it is.
    pub value: Value,
}

/// What a node holds.
#[derive(Debug)]
pub enum Value {
    /// A single value.
    Scalar(Scalar),
    /// One after the other.
    List(Vec<Node>),
    /// Keys with values, in the order of the file. No key stands twice.
    Map(Vec<Entry>),
}

/// A key with its value.
#[derive(Debug)]
pub struct Entry {
    /// The key.
    pub key: String,
    /// Where the key stands.
    pub key_span: Span,
    /// The value.
    pub value: Node,
}

/// A single value.
#[derive(Debug)]
pub struct Scalar {
    /// What it says, without quotes and escapes.
    pub text: String,
    /// Whether it stands in no quotes and no block, so that `12` is a number.
    pub is_plain: bool,
}

impl Tree {
    /// Reads a document. Mistakes that leave a tree, such as a key that stands twice, come with
    /// that tree; others come without.
    #[must_use]
    pub fn read(source: String) -> (Option<Self>, Vec<Mistake>) {
        let lines = Lines::new(&source);
        let read::Outcome { root, found, odd } = read::read(&source);
        let mistakes = found
            .into_iter()
            .map(|(at, message)| Mistake { position: Some(lines.position(&source, at)), message })
            .collect();
        (root.map(|root| Self { source, lines, root, odd }), mistakes)
    }

    /// The outermost value.
    #[must_use]
    pub const fn root(&self) -> &Node {
        &self.root
    }

    /// The line and column of a byte.
    #[must_use]
    pub fn position(&self, at: usize) -> Position {
        self.lines.position(&self.source, at)
    }

    /// The line and column of the character that stands at `offset` in the text of a scalar. Where
    /// the text is folded from several lines, the beginning of the scalar.
    #[must_use]
    pub fn position_in(&self, node: &Node, offset: usize) -> Position {
        self.position(scalar::source_byte(&self.source, node, offset).unwrap_or(node.span.start))
    }

    /// Whether the node is written with brackets, `[a, b]` or `{a: b}`.
    #[must_use]
    pub fn has_brackets(&self, node: &Node) -> bool {
        matches!(self.source.as_bytes().get(node.span.start), Some(b'[' | b'{'))
    }

    /// Decodes a tree whose shape has been checked.
    ///
    /// # Errors
    /// When the tree does not have the shape of `T` after all.
    pub fn decode<T: DeserializeOwned>(&self) -> Result<T, Mistake> {
        serde_json::from_value(self.root.to_json())
            .map_err(|error| Mistake { position: None, message: error.to_string() })
    }
}

impl Node {
    /// The value behind a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// A key with its value.
    #[must_use]
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        match &self.value {
            Value::Map(entries) => entries.iter().find(|entry| entry.key == key),
            _ => None,
        }
    }

    /// An item of a list. A single value counts as a list of one.
    #[must_use]
    pub fn item(&self, number: usize) -> Option<&Self> {
        match &self.value {
            Value::List(items) => items.get(number),
            Value::Scalar(_) if number == 0 => Some(self),
            _ => None,
        }
    }

    /// The text of a single value.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar(scalar) => Some(&scalar.text),
            _ => None,
        }
    }

    fn to_json(&self) -> Json {
        match &self.value {
            Value::Scalar(scalar) => scalar.to_json(),
            Value::List(items) => items.iter().map(Self::to_json).collect(),
            Value::Map(entries) => {
                entries.iter().map(|entry| (entry.key.clone(), entry.value.to_json())).collect()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each mistake with its place, a line each.
    fn mistakes(source: &str) -> String {
        let (_, mistakes) = Tree::read(source.to_owned());
        let lines = mistakes.iter().map(|mistake| {
            let position = mistake.position.expect("mistakes in a text have a place");
            format!("{}:{}: {}", position.line, position.column, mistake.message)
        });
        lines.collect::<Vec<_>>().join("\n")
    }

    fn tree(source: &str) -> Tree {
        let (tree, mistakes) = Tree::read(source.to_owned());
        assert_eq!(mistakes, []);
        tree.expect("a tree without mistakes")
    }

    fn place(tree: &Tree, node: &Node) -> (usize, usize) {
        let position = tree.position(node.span.start);
        (position.line, position.column)
    }

    #[test]
    fn every_value_and_key_knows_its_place() {
        let tree = tree("# é\nrules:\n  - id: é-one\n    flags: [a, 'b c']\n");
        let rule = tree.root().get("rules").and_then(|rules| rules.item(0)).unwrap();
        assert_eq!(place(&tree, rule.get("id").unwrap()), (3, 9));
        assert_eq!(
            tree.position(rule.entry("flags").unwrap().key_span.start),
            Position { line: 4, column: 5 }
        );
        assert_eq!(place(&tree, rule.get("flags").unwrap().item(1).unwrap()), (4, 16));
    }

    #[test]
    fn a_character_of_a_scalar_knows_its_place() {
        let tree =
            tree("plain: ab (c\nsingle: 'it''s (c'\ndouble: \"\\\"a\\\" (c\"\nlong: >\n  two\n  lines\n");
        let place_of = |key: &str, offset: usize| {
            let position = tree.position_in(tree.root().get(key).unwrap(), offset);
            (position.line, position.column)
        };
        assert_eq!(place_of("plain", 3), (1, 11));
        assert_eq!(place_of("single", 5), (2, 16));
        assert_eq!(place_of("double", 4), (3, 16));
        assert_eq!(place_of("long", 4).0, 5);
    }

    #[test]
    fn plain_scalars_have_types_and_others_are_texts() {
        let tree = tree("a: 12\nb: '12'\nc: true\nd: no\ne:\nf: 1.5\ng: ~\n");
        let json = tree.root().to_json();
        assert_eq!(json.to_string(), r#"{"a":12,"b":"12","c":true,"d":"no","e":null,"f":1.5,"g":null}"#);
    }

    #[test]
    fn mistakes_say_where_and_what_to_do() {
        insta::assert_snapshot!(told(&[
            "a: 1\nb: 2\na: 3\nb: 4\n",
            "a: b: c\n",
            "a:\n\t- b\n",
            "a: [b\nc: d\n",
            "a:\n  - [just] our policy\n  - b\n",
            "a:\n  - {our} policy\n",
            "a:\n  - \"our\" policy\n  - b\n",
            "a: 'b\n",
            "a: \"b\\q\"\n",
            "a: @b\n",
            "a: 1\n---\nb: 2\n",
            "a:\n  b: 1\n c: 2\n",
            "a: 1\nb\nc: 2\n",
            "a: 1\n- b\n",
            "a: !!binary aGk=\n",
            "? [a]\n: b\n",
            "a: &x 1\nb: *x\n",
            "a: *x\n",
            "a: *\n",
            "a: %b\n",
            "%b\n",
            "a: \u{7}\n",
            "a: | b\n  c\n",
            "",
            "# nothing\n",
        ]));
    }

    #[test]
    fn bombs_and_deep_nesting_are_refused() {
        let mut block = String::new();
        (0..2_000).for_each(|depth| block.push_str(&format!("{}a:\n", " ".repeat(depth))));
        insta::assert_snapshot!(told(&[
            "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n",
            &format!("a: {}", "[".repeat(100_000)),
            &format!("a: {}", "{a: ".repeat(100_000)),
            &"- ".repeat(100_000),
            &block,
        ]));
    }

    /// The sources, shortened, each with its mistakes.
    fn told(sources: &[&str]) -> String {
        let cases = sources.iter().map(|source| {
            let shown: String = source.chars().take(50).collect();
            format!("{shown:?}\n{}\n", mistakes(source))
        });
        cases.collect::<Vec<_>>().join("\n")
    }
}
