//! A layer of a lexicon: the files of a folder, or one file, with their places.

use std::fs;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use super::kind::Meant;
use super::problem::Problem;
use super::spot::Spot;
use crate::coaching::Coaching;
use crate::lexicon::schema::{FamilyFile, Negated, RuleEntry, Texts, WordsFile};
use crate::lexicon::{Family, Lexicon, Rule};
use crate::yaml::prune::{Cut, Lost};
use crate::yaml::shape::Shape;
use crate::yaml::{self, Mistake, Node, Tree, Value};

/// The file name of word lists.
const WORDS_FILE: &str = "words.yaml";
/// The file name of the coaching.
const COACHING_FILE: &str = "coaching.yaml";

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
    Coaching(Box<Coaching>),
    /// A family that cannot be used.
    BrokenFamily,
    /// Words that cannot be used.
    BrokenWords,
    /// A coaching that cannot be used.
    BrokenCoaching,
}

impl Layer {
    pub(super) fn families(&self) -> impl Iterator<Item = (&File, &FamilyFile)> {
        self.files.iter().filter_map(|file| Some((file, file.family()?)))
    }

    pub(super) fn coachings(&self) -> impl Iterator<Item = (&File, &Coaching)> {
        self.files.iter().filter_map(|file| match &file.content {
            Content::Coaching(coaching) => Some((file, &**coaching)),
            _ => None,
        })
    }

    pub(super) fn words(&self) -> impl Iterator<Item = (&File, &WordsFile)> {
        self.files.iter().filter_map(|file| Some((file, file.words()?)))
    }

    /// The layer that makes up a whole lexicon, under names that say that they are no files.
    pub(super) fn of(lexicon: &Lexicon) -> Self {
        let file = |name: &str, content| File::whole(format!("<built-in>/{name}.yaml"), content);
        let words = file("words", Content::Words(Box::new((*lexicon.words).clone())));
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
        let paths = match path.is_dir() {
            true => lexicon_files(path, problems),
            false if Meant::of_file(path) == Meant::Drills => Vec::new(),
            false => vec![path.to_owned()],
        };
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
        words: (*family.lists).clone(),
        unless: (*family.unless).clone(),
        only: (*family.only).clone(),
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
        unless: (*rule.unless).clone(),
        only: (*rule.only).clone(),
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

/// The YAML files below a folder that are neither scenarios nor drills, by name.
fn lexicon_files(folder: &Path, problems: &mut Vec<Problem>) -> Vec<PathBuf> {
    let mut paths = yaml_files(folder, problems);
    let mut has_drills = false;
    paths.retain(|path| {
        let meant = Meant::of_file(path);
        has_drills |= meant == Meant::Drills;
        meant == Meant::Lexicon
    });
    if paths.is_empty() && !has_drills {
        let message = "this folder holds no .yaml file: write a family into one, or name another folder";
        let mistake = Mistake { position: None, message: message.to_owned() };
        problems.push(Problem::of_file(&folder.display().to_string(), mistake));
    }
    paths
}

/// The files among these paths, and in and below these folders, that hold drills.
pub(super) fn drill_files(paths: &[PathBuf], problems: &mut Vec<Problem>) -> Vec<PathBuf> {
    let below = |path: &PathBuf| if path.is_dir() { yaml_files(path, problems) } else { vec![path.clone()] };
    let files = paths.iter().flat_map(below);
    files.collect::<Vec<_>>().into_iter().filter(|path| Meant::of_file(path) == Meant::Drills).collect()
}

/// All YAML files below a folder, by name.
pub(super) fn yaml_files(folder: &Path, problems: &mut Vec<Problem>) -> Vec<PathBuf> {
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
    /// What hearing something does, its marks, and the coach's words.
    Coaching,
}

impl FileKind {
    /// The shape of such a file; its JSON Schema is for editors, too.
    #[must_use]
    pub fn shape(self) -> Shape {
        match self {
            Self::Family => Shape::of::<FamilyFile>(),
            Self::Words => Shape::of::<WordsFile>(),
            Self::Coaching => Shape::of::<Coaching>(),
        }
    }
}

/// The shapes of files, made when first needed.
#[derive(Default)]
struct Shapes {
    family: Option<Shape>,
    words: Option<Shape>,
    coaching: Option<Shape>,
}

impl Shapes {
    fn of(&mut self, kind: FileKind) -> &Shape {
        let shape = match kind {
            FileKind::Family => &mut self.family,
            FileKind::Words => &mut self.words,
            FileKind::Coaching => &mut self.coaching,
        };
        shape.get_or_insert_with(|| kind.shape())
    }
}

impl File {
    fn read(path: &Path, shapes: &mut Shapes, problems: &mut Vec<Problem>) -> Self {
        let kind = match path.file_name() {
            Some(name) if name == WORDS_FILE || name == "words.yml" => FileKind::Words,
            Some(name) if name == COACHING_FILE => FileKind::Coaching,
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
            FileKind::Coaching => Content::BrokenCoaching,
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
        Spot::of(&self.path, self.tree.as_ref()).with_lost(&self.lost)
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
        FileKind::Coaching => Content::Coaching(Box::new(tree.decode()?)),
    })
}
