//! Phrases that stand for too much: lists in lists in lists grow faster than anybody expects.

use rustc_hash::FxHashMap;

use crate::authoring::authored::{Authored, Part};
use crate::authoring::problem::Problem;
use crate::lexicon::phrase::{Node, Phrase};
use crate::lexicon::schema::Texts;
use crate::lexicon::{Family, Lexicon};

/// So many words one phrase may stand for, each word in each of its places.
const MOST_WORDS: u64 = 100_000;

/// Lists that stand deeper in each other are not heard.
const DEEPEST_LIST: u32 = 12;
/// Lists deeper than this are not measured any further.
const DEEPEST_MEASURE: u32 = 64;

/// Phrases that stand for too many words.
pub(super) fn check(lexicon: &Lexicon, authored: &[Authored<'_>]) -> Vec<Problem> {
    let mut common = Sizes::new(lexicon, None);
    let mut of_family: Option<(&str, Sizes<'_>)> = None;
    let mut problems = Vec::new();
    for one in authored.iter().filter(|one| matches!(one.part, Part::Phrase | Part::Condition)) {
        let Ok(phrase) = Phrase::parse(one.text) else { continue };
        let family = one.family.and_then(|name| lexicon.family(name));
        let size = match family.filter(|family| !family.lists.is_empty()) {
            Some(family) => {
                let known = of_family.take().filter(|(name, _)| *name == family.name);
                let sizes = known.map_or_else(|| Sizes::new(lexicon, Some(family)), |(_, sizes)| sizes);
                of_family.insert((&family.name, sizes)).1.of(&phrase.root)
            }
            None => common.of(&phrase.root),
        };
        problems.extend(size.mistake().map(|message| one.spot.mistake(message)));
    }
    problems
}

/// How much a part of a phrase stands for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Size {
    words: u64,
    /// How deep lists stand in each other.
    depth: u32,
}

impl Size {
    const ONE: Self = Self { words: 1, depth: 0 };

    fn and(self, other: Self) -> Self {
        Self { words: self.words.saturating_add(other.words), depth: self.depth.max(other.depth) }
    }

    pub(super) fn mistake(self) -> Option<String> {
        if self.words > MOST_WORDS {
            return Some(format!(
                "this phrase stands for more than {MOST_WORDS} words: use shorter lists, or fewer in each other"
            ));
        }
        (self.depth > DEEPEST_LIST).then(|| {
            format!("lists stand more than {DEEPEST_LIST} deep in each other here: write some of them out")
        })
    }
}

/// How much lists stand for, as the phrases of a family see them.
pub(super) struct Sizes<'l> {
    lexicon: &'l Lexicon,
    family: Option<&'l Family>,
    known: FxHashMap<&'l str, Size>,
    depth: u32,
}

impl<'l> Sizes<'l> {
    pub(super) fn new(lexicon: &'l Lexicon, family: Option<&'l Family>) -> Self {
        Self { lexicon, family, known: FxHashMap::default(), depth: 0 }
    }

    pub(super) fn of(&mut self, node: &Node) -> Size {
        match node {
            Node::List(name) => self.of_list(name),
            Node::Sequence(nodes) => {
                nodes.iter().fold(Size { words: 0, depth: 0 }, |sum, node| sum.and(self.of(node)))
            }
            Node::OneOf(nodes) => self.of_choices(nodes),
            Node::Optional(inner) => self.of(inner),
            _ => Size::ONE,
        }
    }

    /// Single words to choose from are as good as one.
    fn of_choices(&mut self, nodes: &[Node]) -> Size {
        let others = nodes.iter().filter(|node| !matches!(node, Node::Word(_) | Node::Prefix(_)));
        others.fold(Size::ONE, |sum, node| sum.and(self.of(node)))
    }

    fn of_list(&mut self, name: &str) -> Size {
        let own = self.family.and_then(|family| family.lists.get_key_value(name));
        let Some((name, texts)) = own.or_else(|| self.lexicon.words.lists.get_key_value(name)) else {
            return Size::ONE;
        };
        if let Some(&size) = self.known.get(name.as_str()) {
            return size;
        }
        if self.depth == DEEPEST_MEASURE {
            return Size { words: 1, depth: DEEPEST_MEASURE };
        }
        // A list that is met again while it is measured is in a circle, which is told elsewhere.
        self.known.insert(name, Size::ONE);
        self.depth += 1;
        let inner = self.of_texts(texts);
        self.depth -= 1;
        let size = Size { depth: inner.depth + 1, ..inner };
        self.known.insert(name, size);
        size
    }

    fn of_texts(&mut self, texts: &Texts) -> Size {
        let phrases = texts.iter().filter_map(|text| Phrase::parse(text).ok());
        let nodes: Vec<Node> = phrases.map(|phrase| phrase.root).collect();
        self.of_choices(&nodes)
    }
}
