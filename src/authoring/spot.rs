//! Places in the files of authors.

use super::problem::{Level, Problem};
use crate::text::Position;
use crate::yaml::prune::Lost;
use crate::yaml::{Node, Tree, Value};

/// A place in a file. What is not there stands where it would be looked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot<'f> {
    pub(super) path: &'f str,
    tree: Option<&'f Tree>,
    node: Option<&'f Node>,
    /// What had to be taken out of the file.
    lost: Option<&'f Lost>,
}

impl<'f> Spot<'f> {
    /// The outermost place of a file, as `path` names it. Without a tree nothing in it has a place.
    pub(super) fn of(path: &'f str, tree: Option<&'f Tree>) -> Self {
        Self { path, tree, node: tree.map(Tree::root), lost: None }
    }

    /// The same in a file of which something had to be taken out.
    pub(super) fn with_lost(self, lost: &'f Lost) -> Self {
        Self { lost: Some(lost), ..self }
    }

    /// The outermost place of the same file.
    pub(super) fn root(self) -> Self {
        Self { node: self.tree.map(Tree::root), ..self }
    }

    pub(super) fn key(self, key: &str) -> Self {
        Self { node: self.node.and_then(|node| node.get(key)).or(self.node), ..self }
    }

    /// Whether this key stands in the group that stands here.
    pub(super) fn has(self, key: &str) -> bool {
        self.node.is_some_and(|node| node.get(key).is_some())
    }

    /// Whether the author wrote something behind this key that had to be taken out: then it must
    /// not be called missing.
    pub(super) fn has_lost(self, key: &str) -> bool {
        self.node.zip(self.lost).is_some_and(|(node, lost)| lost.has(node, key))
    }

    pub(super) fn item(self, number: usize) -> Self {
        Self { node: self.node.and_then(|node| node.item(number)).or(self.node), ..self }
    }

    pub(super) fn mistake(self, message: impl Into<String>) -> Problem {
        self.problem(Level::Mistake, self.node.map(|node| node.span.start), message.into())
    }

    pub(super) fn warning(self, message: impl Into<String>) -> Problem {
        self.problem(Level::Warning, self.node.map(|node| node.span.start), message.into())
    }

    /// A mistake at a byte of the text that stands here.
    pub(super) fn mistake_at(self, offset: usize, message: impl Into<String>) -> Problem {
        let mut problem = self.mistake(message);
        if let (Some(tree), Some(node)) = (self.tree, self.node) {
            problem.position = Some(tree.position_in(node, offset));
        }
        problem
    }

    /// A mistake at a key of the group that stands here.
    pub(super) fn mistake_at_key(self, key: &str, message: impl Into<String>) -> Problem {
        self.problem(Level::Mistake, self.key_start(key), message.into())
    }

    /// A warning at a key of the group that stands here.
    pub(super) fn warning_at_key(self, key: &str, message: impl Into<String>) -> Problem {
        self.problem(Level::Warning, self.key_start(key), message.into())
    }

    /// The place in words: `faults/brush-off.yaml:3:5`.
    pub(super) fn place(self) -> String {
        let Problem { path, position, .. } = self.mistake("");
        position.map_or(path.clone(), |Position { line, column }| format!("{path}:{line}:{column}"))
    }

    fn key_start(self, key: &str) -> Option<usize> {
        let node = self.node?;
        Some(node.entry(key).map_or(node.span.start, |entry| entry.key_span.start))
    }

    fn problem(self, level: Level, at: Option<usize>, message: String) -> Problem {
        let position = self.tree.zip(at).map(|(tree, at)| tree.position(at));
        Problem { path: self.path.to_owned(), position, level, message, details: Vec::new() }
    }

    /// Where what stands here begins, and where it has ended.
    pub(super) fn bounds(self) -> Option<(Position, Position)> {
        let (tree, node) = self.tree.zip(self.node)?;
        Some((tree.position(node.span.start), tree.position(node.span.end)))
    }

    /// Every single value that stands here or deeper, with its place.
    pub(super) fn scalars(self) -> Vec<(Self, &'f str)> {
        let mut found = Vec::new();
        if let Some(node) = self.node {
            self.collect(node, &mut found);
        }
        found
    }

    fn collect(self, node: &'f Node, found: &mut Vec<(Self, &'f str)>) {
        let here = Self { node: Some(node), ..self };
        match &node.value {
            Value::Scalar(scalar) => found.push((here, &scalar.text)),
            Value::List(items) => items.iter().for_each(|item| self.collect(item, found)),
            Value::Map(entries) => entries.iter().for_each(|entry| self.collect(&entry.value, found)),
        }
    }
}
