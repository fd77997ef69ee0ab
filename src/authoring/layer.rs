//! A layer of a lexicon: the files of a folder, or one file, with their places.

use std::fs;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use super::problem::{Level, Problem};
use crate::lexicon::schema::{FamilyFile, Negated, RuleEntry, Texts, WordsFile};
use crate::lexicon::{Family, Lexicon, Rule};
use crate::text::Position;
use crate::yaml::prune::{Cut, Lost};
use crate::yaml::shape::Shape;
use crate::yaml::{self, Mistake, Node, Tree, Value};

/// The file name of word lists.
const WORDS_FILE: &str = "words.yaml";

/// Files that belong together: no rule stands in two of them.
#[derive(Debug, Default)]
pub(super) struct Layer {
    pub(super) files: Vec<File>,
}

/// A file of a lexicon.
#[derive(Debug)]
pub(super) struct File {
    /// The path to show.
    pub(super) path: String,
    /// The places of what it holds. The lexicon inside the program has none.
    pub(super) tree: Option<Tree>,
    /// What it holds, as far as it has the right shape.
    pub(super) content: Content,
    /// What had to be taken out for that.
    pub(super) lost: Lost,
    /// The families, rules and lists that it names if something was taken out: they exist, whether
    /// they can be used or not.
    pub(super) names: Vec<String>,
}

/// What a file holds.
#[derive(Debug)]
pub(super) enum Content {
    Family(Box<FamilyFile>),
    Words(Box<WordsFile>),
    /// A family that cannot be used.
    BrokenFamily,
    /// Words that cannot be used.
    BrokenWords,
}

impl Layer {
    pub(super) fn families(&self) -> impl Iterator<Item = (&File, &FamilyFile)> {
        self.files.iter().filter_map(|file| Some((file, file.family()?)))
    }

    pub(super) fn words(&self) -> impl Iterator<Item = (&File, &WordsFile)> {
        self.files.iter().filter_map(|file| Some((file, file.words()?)))
    }

    /// The layer that makes up a whole lexicon, under names that say that they are no files.
    pub(super) fn of(lexicon: &Lexicon) -> Self {
        let file = |name: &str, content| File::whole(format!("<built-in>/{name}.yaml"), content);
        let words = file("words", Content::Words(Box::new(lexicon.words.clone())));
        let families = lexicon.families.iter().map(|family| {
            let rules = lexicon.rules.iter().filter(|rule| rule.family == family.name);
            file(
                &family.name,
                Content::Family(Box::new(family_file(family, rules.map(rule_entry).collect()))),
            )
        });
        Self { files: families.chain([words]).collect() }
    }

    /// Reads a folder or a file and adds what is wrong to `problems`.
    pub(super) fn read(path: &Path, problems: &mut Vec<Problem>) -> Self {
        let paths = if path.is_dir() { yaml_files(path, problems) } else { vec![path.to_owned()] };
        let mut shapes = Shapes::default();
        let files = paths.iter().map(|path| File::read(path, &mut shapes, problems)).collect();
        Self { files }
    }
}

fn family_file(family: &Family, rules: Vec<RuleEntry>) -> FamilyFile {
    FamilyFile {
        family: family.name.clone(),
        kind: Some(family.kind),
        about: Some(family.about.clone()),
        words: family.lists.clone(),
        unless: family.unless.clone(),
        only: family.only.clone(),
        rules,
        ..FamilyFile::default()
    }
}

fn rule_entry(rule: &Rule) -> RuleEntry {
    let texts = |texts: &[String]| Texts(texts.to_vec());
    RuleEntry {
        id: rule.id.clone(),
        off: false,
        severity: Some(rule.severity),
        phrases: texts(&rule.phrases),
        unless: rule.unless.clone(),
        only: rule.only.clone(),
        before: texts(&rule.before),
        absent: texts(&rule.absent),
        reports: texts(&rule.reports),
        negated: rule.hears_negated.then_some(Negated::Heard),
        why: Some(rule.why.clone()),
        say: texts(&rule.say),
        source: Some(rule.source.clone()),
        flags: texts(&rule.flags),
        allows: texts(&rule.allows),
    }
}

/// All YAML files below a folder, by name.
fn yaml_files(folder: &Path, problems: &mut Vec<Problem>) -> Vec<PathBuf> {
    let mut problem = |path: &Path, message: String| {
        problems.push(Problem::of_file(&path.display().to_string(), Mistake { position: None, message }));
    };
    let walk = WalkBuilder::new(folder)
        .standard_filters(false)
        .hidden(true)
        .follow_links(true)
        .sort_by_file_name(Ord::cmp)
        .build();
    let mut paths = Vec::new();
    for entry in walk {
        match entry {
            Ok(entry) if is_yaml(entry.path()) && is_file(entry.path()) => paths.push(entry.into_path()),
            Ok(_) => {}
            Err(error) => problem(folder, format!("this folder cannot be read as a whole: {error}")),
        }
    }
    if paths.is_empty() {
        problem(
            folder,
            "this folder holds no .yaml file: write a family into one, or name another folder".to_owned(),
        );
    }
    paths
}

fn is_yaml(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml")
}

fn is_file(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|data| data.is_file())
}

/// The kinds of files that a lexicon is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A family.
    Family,
    /// Word lists, contractions, spellings, negation.
    Words,
}

impl FileKind {
    /// The shape of such a file; its JSON Schema is for editors, too.
    #[must_use]
    pub fn shape(self) -> Shape {
        match self {
            Self::Family => Shape::of::<FamilyFile>(),
            Self::Words => Shape::of::<WordsFile>(),
        }
    }
}

/// The shapes of files, made when first needed.
#[derive(Default)]
struct Shapes {
    family: Option<Shape>,
    words: Option<Shape>,
}

impl Shapes {
    fn of(&mut self, kind: FileKind) -> &Shape {
        let shape = match kind {
            FileKind::Family => &mut self.family,
            FileKind::Words => &mut self.words,
        };
        shape.get_or_insert_with(|| kind.shape())
    }
}

impl File {
    fn read(path: &Path, shapes: &mut Shapes, problems: &mut Vec<Problem>) -> Self {
        let kind = match path.file_name() {
            Some(name) if name == WORDS_FILE || name == "words.yml" => FileKind::Words,
            _ => FileKind::Family,
        };
        let (mut tree, mut mistakes) = match yaml::read_text(path) {
            Ok(source) => Tree::read(source),
            Err(mistake) => (None, vec![mistake]),
        };
        let mut mended = Mended::default();
        let content =
            tree.as_mut().and_then(|tree| mended.decode(tree, shapes.of(kind), kind, &mut mistakes));
        let path = path.display().to_string();
        problems.extend(mistakes.into_iter().map(|mistake| Problem::of_file(&path, mistake)));
        let content = content.unwrap_or(match kind {
            FileKind::Family => Content::BrokenFamily,
            FileKind::Words => Content::BrokenWords,
        });
        Self { path, tree, content, lost: mended.lost, names: mended.names }
    }

    /// A file of which nothing is lost and no place is known.
    fn whole(path: String, content: Content) -> Self {
        Self { path, tree: None, content, lost: Lost::default(), names: Vec::new() }
    }

    /// Whether all that the author wrote can be looked at.
    pub(super) fn is_whole(&self) -> bool {
        self.lost.is_nothing() && !matches!(self.content, Content::BrokenFamily | Content::BrokenWords)
    }

    pub(super) fn family(&self) -> Option<&FamilyFile> {
        match &self.content {
            Content::Family(family) => Some(family),
            _ => None,
        }
    }

    /// The family that the file defines rather than extends, even if it cannot be used.
    pub(super) fn defined_family(&self) -> Option<&str> {
        match (&self.content, &self.tree) {
            (Content::Family(family), _) => family.kind.is_some().then_some(&family.family),
            (Content::BrokenFamily, Some(tree)) => {
                tree.root().get("kind")?;
                tree.root().get("family")?.text()
            }
            (Content::BrokenFamily, None) => Path::new(&self.path).file_stem()?.to_str(),
            _ => None,
        }
    }

    pub(super) fn words(&self) -> Option<&WordsFile> {
        match &self.content {
            Content::Words(words) => Some(words),
            _ => None,
        }
    }

    /// The outermost place of the file.
    pub(super) fn spot(&self) -> Spot<'_> {
        Spot { file: self, node: self.tree.as_ref().map(Tree::root) }
    }
}

/// What is left of a file when its mistakes are taken out.
#[derive(Default)]
struct Mended {
    lost: Lost,
    names: Vec<String>,
}

/// To take out one part may make another one wrong: a rule without its id is none.
const MOST_ROUNDS: usize = 4;

impl Mended {
    fn decode(
        &mut self,
        tree: &mut Tree,
        shape: &Shape,
        kind: FileKind,
        mistakes: &mut Vec<Mistake>,
    ) -> Option<Content> {
        let names = named(tree.root());
        tree.prune(&tree.odd.clone(), &mut self.lost);
        for round in 0..MOST_ROUNDS {
            let (told, cuts): (Vec<Mistake>, Vec<Cut>) = shape.differences(tree).into_iter().unzip();
            if round == 0 {
                mistakes.extend(told);
            }
            if cuts.is_empty() {
                break;
            }
            tree.prune(&cuts, &mut self.lost);
        }
        if !self.lost.is_nothing() || !mistakes.is_empty() {
            self.names = names;
        }
        if self.lost.everything {
            return None;
        }
        match decode(tree, kind) {
            Ok(content) => Some(content),
            Err(mistake) => {
                if mistakes.is_empty() {
                    mistakes.push(mistake);
                }
                None
            }
        }
    }
}

/// The names of the family, the rules and the lists in a file.
fn named(root: &Node) -> Vec<String> {
    let rules = match root.get("rules").map(|rules| &rules.value) {
        Some(Value::List(rules)) => &rules[..],
        _ => &[],
    };
    let ids = rules.iter().filter_map(|rule| rule.get("id")?.text());
    let lists = [root.get("lists"), root.get("words")].into_iter().flatten();
    let keys = lists.flat_map(|lists| match &lists.value {
        Value::Map(entries) => &entries[..],
        _ => &[],
    });
    let names = root.get("family").and_then(Node::text).into_iter().chain(ids);
    names.chain(keys.map(|entry| entry.key.as_str())).map(ToOwned::to_owned).collect()
}

fn decode(tree: &Tree, kind: FileKind) -> Result<Content, Mistake> {
    Ok(match kind {
        FileKind::Family => Content::Family(Box::new(tree.decode()?)),
        FileKind::Words => Content::Words(Box::new(tree.decode()?)),
    })
}

/// A place in a file. What is not there stands where it would be looked for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Spot<'f> {
    pub(super) file: &'f File,
    node: Option<&'f Node>,
}

impl<'f> Spot<'f> {
    pub(super) fn key(self, key: &str) -> Self {
        Self { node: self.node.and_then(|node| node.get(key)).or(self.node), ..self }
    }

    /// Whether this key stands in the group that stands here.
    pub(super) fn has(self, key: &str) -> bool {
        self.node.is_some_and(|node| node.get(key).is_some())
    }

    pub(super) fn item(self, number: usize) -> Self {
        Self { node: self.node.and_then(|node| node.item(number)).or(self.node), ..self }
    }

    /// Whether the author wrote something behind this key that had to be taken out: then it must
    /// not be called missing.
    pub(super) fn has_lost(self, key: &str) -> bool {
        self.node.is_some_and(|node| self.file.lost.has(node, key))
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
        if let (Some(tree), Some(node)) = (&self.file.tree, self.node) {
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
        let position = self.file.tree.as_ref().zip(at).map(|(tree, at)| tree.position(at));
        Problem { path: self.file.path.clone(), position, level, message, details: Vec::new() }
    }

    /// Where what stands here begins, and where it has ended.
    pub(super) fn bounds(self) -> Option<(Position, Position)> {
        let (tree, node) = self.file.tree.as_ref().zip(self.node)?;
        Some((tree.position(node.span.start), tree.position(node.span.end)))
    }
}
