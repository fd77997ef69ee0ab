//! Takes the parts of a tree out that have a mistake, so that the rest can be looked at.

use rustc_hash::FxHashSet;

use super::{Entry, Node, Tree, Value};

/// A part that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Cut {
    /// The value that begins at this byte.
    Value(usize),
    /// The entry with the key at this byte, and the key that was probably meant.
    Entry(usize, Option<String>),
}

/// What was taken out of a tree: keys that have lost their value, or a part of it.
#[derive(Debug, Clone, Default)]
pub struct Lost {
    keys: FxHashSet<(usize, String)>,
    /// Whether nothing is left.
    pub everything: bool,
}

impl Lost {
    /// Whether the value behind a key of this group is not all that the author wrote.
    #[must_use]
    pub fn has(&self, group: &Node, key: &str) -> bool {
        self.keys.iter().any(|(at, lost)| *at == group.span.start && lost == key)
    }

    /// Whether anything was lost.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        self.keys.is_empty() && !self.everything
    }
}

impl Tree {
    /// Takes parts out, and remembers which in `lost`.
    pub fn prune(&mut self, cuts: &[Cut], lost: &mut Lost) {
        let mut pruner = Pruner { values: FxHashSet::default(), entries: Vec::new(), lost };
        for cut in cuts {
            match cut {
                Cut::Value(at) => {
                    pruner.values.insert(*at);
                }
                Cut::Entry(at, meant) => pruner.entries.push((*at, meant.as_deref())),
            }
        }
        pruner.entries.sort_unstable();
        let is_cut = pruner.values.contains(&self.root.span.start);
        pruner.node(&mut self.root);
        lost.everything |= is_cut;
    }
}

struct Pruner<'c> {
    values: FxHashSet<usize>,
    /// By place.
    entries: Vec<(usize, Option<&'c str>)>,
    lost: &'c mut Lost,
}

impl Pruner<'_> {
    /// Whether anything was taken out of the node.
    fn node(&mut self, node: &mut Node) -> bool {
        let group = node.span.start;
        match &mut node.value {
            Value::Scalar(_) => false,
            Value::List(items) => {
                let before = items.len();
                items.retain(|item| !self.values.contains(&item.span.start));
                let is_less = items.len() < before;
                items.iter_mut().fold(is_less, |is_less, item| self.node(item) || is_less)
            }
            Value::Map(entries) => {
                let before = self.lost.keys.len();
                entries.retain_mut(|entry| self.entry(group, entry));
                self.lost.keys.len() > before
            }
        }
    }

    /// Whether the entry stays.
    fn entry(&mut self, group: usize, entry: &mut Entry) -> bool {
        if let Ok(at) = self.entries.binary_search_by_key(&entry.key_span.start, |&(at, _)| at) {
            let meant = self.entries[at].1.unwrap_or(&entry.key);
            self.lost.keys.insert((group, meant.to_owned()));
            return false;
        }
        let is_cut = self.values.contains(&entry.value.span.start);
        if is_cut || self.node(&mut entry.value) {
            self.lost.keys.insert((group, entry.key.clone()));
        }
        !is_cut
    }
}
