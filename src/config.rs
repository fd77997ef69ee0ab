//! The configuration file `amends.yaml`, found upward from each text.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ignore::gitignore::{Gitignore, GitignoreBuilder};
use rustc_hash::FxHashMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::lexicon::Severity;
use crate::lint::{TextKind, UnknownName};
use crate::report::escape::escaped;
use crate::text::Position;
use crate::yaml::shape::Shape;
use crate::yaml::{Mistake, Tree, Value, read_text};

/// The name of the file.
pub const FILE_NAME: &str = "amends.yaml";
/// A name that looks right and is not looked for.
pub const OTHER_NAME: &str = "amends.yml";

/// The settings of amends for the texts below the folder that holds this file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct ConfigFile {
    /// Folders with a lexicon of your own, laid over the one that amends brings, in this order.
    /// They are looked for beside this file.
    pub lexicon: Vec<PathBuf>,
    /// Whether the lexicon that amends brings is used at all. It is, unless this says false.
    pub default_lexicon: Option<bool>,
    /// How bad the findings of a rule or family are, or off.
    pub severity: BTreeMap<String, Level>,
    /// Report only these rules and families.
    pub select: Vec<String>,
    /// The fields of CSV, JSON and YAML files that hold your texts: reply, or macros.body.
    pub fields: Vec<String>,
    /// Files that are left out, as in a .gitignore: drafts/, or *.internal.md.
    pub ignore: Vec<String>,
    /// What the texts are for, by file.
    pub kind: Kinds,
    /// From which severity on a finding makes amends end with the exit code 1.
    pub fail_on: Option<FailOn>,
}

/// What texts are for, by file, in the notation of a .gitignore.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Kinds {
    /// Answers to a complaint: a missing apology is a finding, and so is a missing follow-up.
    pub recovery: Vec<String>,
    /// Anything else, such as newsletters and help pages: no rule minds the order here. A file that
    /// is named under recovery, too, is an answer to a complaint.
    pub general: Vec<String>,
}

/// A severity, or off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// What a coach would always stop at.
    Error,
    /// A ritual phrase that does harm to some readers.
    Warning,
    /// Style: it could be said better.
    Advice,
    /// Not reported.
    Off,
}

impl Level {
    /// The severity; none for off.
    #[must_use]
    pub const fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Advice => Some(Severity::Advice),
            Self::Off => None,
        }
    }
}

/// From which severity on findings make a run fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum FailOn {
    /// Errors only.
    Error,
    /// Errors and warnings.
    #[default]
    Warning,
    /// Every finding.
    Advice,
    /// No finding.
    Never,
}

impl FailOn {
    /// Whether a finding of this severity makes the run fail.
    #[must_use]
    pub fn fails(self, severity: Severity) -> bool {
        match self {
            Self::Error => severity >= Severity::Error,
            Self::Warning => severity >= Severity::Warning,
            Self::Advice => true,
            Self::Never => false,
        }
    }
}

/// What is wrong with a configuration: every mistake with its place and its remedy, a line each.
#[derive(Debug, Clone)]
pub struct ConfigError {
    /// The file.
    pub path: PathBuf,
    /// What is wrong in it.
    pub mistakes: Vec<Mistake>,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path.to_string_lossy();
        for (number, Mistake { position, message }) in self.mistakes.iter().enumerate() {
            if number > 0 {
                f.write_str("\n")?;
            }
            write!(f, "{}", escaped(&path))?;
            if let Some(position) = position {
                write!(f, ":{}:{}", position.line, position.column)?;
            }
            write!(f, ": {}", escaped(message))?;
        }
        Ok(())
    }
}

impl std::error::Error for ConfigError {}

/// Names of rules and families, and where they stand.
type Names = Vec<(String, Position)>;

/// A configuration, read: the file and what its paths and globs mean.
#[derive(Debug)]
pub struct Config {
    /// The file itself, if there is one.
    pub path: Option<PathBuf>,
    /// What it says.
    pub file: ConfigFile,
    /// Its lexicon folders, seen from where amends was started.
    pub lexicon: Vec<PathBuf>,
    /// Where it names rules and families.
    names: Names,
    root: PathBuf,
    ignored: Gitignore,
    recovery: Gitignore,
    general: Gitignore,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            path: None,
            file: ConfigFile::default(),
            lexicon: Vec::new(),
            names: Vec::new(),
            root: PathBuf::new(),
            ignored: Gitignore::empty(),
            recovery: Gitignore::empty(),
            general: Gitignore::empty(),
        }
    }
}

impl Config {
    /// Reads a configuration file.
    ///
    /// # Errors
    /// When it cannot be read, or something in it is wrong.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let refused = |mistakes: Vec<Mistake>| ConfigError { path: path.to_owned(), mistakes };
        let wrong = |message: String| refused(vec![Mistake { position: None, message }]);
        let text = read_text(path).map_err(|mistake| refused(vec![mistake]))?;
        let (file, names) = parse(text).map_err(refused)?;
        let beside = path.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
        let root = std::path::absolute(beside).map_err(|error| wrong(error.to_string()))?;
        let globs = |key: &str, globs: &[String]| compile(&root, key, globs).map_err(wrong);
        Ok(Self {
            path: Some(path.to_owned()),
            lexicon: file.lexicon.iter().map(|folder| shown(&root.join(folder))).collect(),
            ignored: globs("ignore", &file.ignore)?,
            recovery: globs("recovery", &file.kind.recovery)?,
            general: globs("general", &file.kind.general)?,
            names,
            root,
            file,
        })
    }

    /// That a rule or family of this name does not exist, as a mistake of this file.
    #[must_use]
    pub fn unknown(&self, error: &UnknownName) -> ConfigError {
        let place = self.names.iter().find(|(name, _)| *name == error.name);
        let mistake = Mistake { position: place.map(|&(_, position)| position), message: error.to_string() };
        ConfigError { path: self.path.clone().unwrap_or_default(), mistakes: vec![mistake] }
    }

    /// Whether the file at this absolute path is to be left out.
    #[must_use]
    pub fn ignores(&self, path: &Path) -> bool {
        self.matches(&self.ignored, path)
    }

    /// What the text at this absolute path is for.
    #[must_use]
    pub fn kind(&self, path: &Path) -> Option<TextKind> {
        if self.matches(&self.recovery, path) {
            return Some(TextKind::Recovery);
        }
        self.matches(&self.general, path).then_some(TextKind::General)
    }

    fn matches(&self, globs: &Gitignore, path: &Path) -> bool {
        !globs.is_empty()
            && path.starts_with(&self.root)
            && globs.matched_path_or_any_parents(path, false).is_ignore()
    }
}

fn parse(text: String) -> Result<(ConfigFile, Names), Vec<Mistake>> {
    if text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#')) {
        return Ok(Default::default());
    }
    let (tree, mut mistakes) = Tree::read(text);
    if let Some(tree) = &tree {
        mistakes.extend(Shape::of::<ConfigFile>().check(tree));
    }
    match tree {
        Some(tree) if mistakes.is_empty() => {
            let file = tree.decode().map_err(|mistake| vec![mistake])?;
            Ok((file, names(&tree)))
        }
        _ => Err(mistakes),
    }
}

/// The rules and families that the file names, and where.
fn names(tree: &Tree) -> Names {
    let mut names = Vec::new();
    if let Some(Value::Map(entries)) = tree.root().get("severity").map(|node| &node.value) {
        names.extend(entries.iter().map(|entry| (entry.key.clone(), tree.position(entry.key_span.start))));
    }
    let select = tree.root().get("select");
    let items = (0..).map_while(|number| select?.item(number));
    names.extend(items.filter_map(|item| Some((item.text()?.to_owned(), tree.position(item.span.start)))));
    names
}

fn compile(root: &Path, key: &str, globs: &[String]) -> Result<Gitignore, String> {
    let mut builder = GitignoreBuilder::new(root);
    let wrong = |error: ignore::Error| format!("under \"{key}\": {error}");
    for glob in globs {
        builder.add_line(None, glob).map_err(wrong)?;
    }
    builder.build().map_err(wrong)
}

/// The configurations of many texts: each is found upward from its folder, and read once.
#[derive(Debug, Default)]
pub struct Configs {
    fixed: Option<Arc<Config>>,
    by_folder: FxHashMap<PathBuf, Arc<Config>>,
    /// Files that were passed over because of their name.
    misnamed: Vec<PathBuf>,
}

impl Configs {
    /// The same configuration for every text.
    #[must_use]
    pub fn fixed(config: Config) -> Self {
        Self { fixed: Some(Arc::new(config)), ..Self::default() }
    }

    /// The configuration for texts in the folder, which is an absolute path.
    ///
    /// # Errors
    /// When there is one and it cannot be read.
    pub fn of_folder(&mut self, folder: &Path) -> Result<Arc<Config>, ConfigError> {
        if let Some(fixed) = &self.fixed {
            return Ok(Arc::clone(fixed));
        }
        let mut passed = Vec::new();
        let mut config = None;
        for folder in folder.ancestors() {
            if let Some(known) = self.by_folder.get(folder) {
                config = Some(Arc::clone(known));
                break;
            }
            passed.push(folder);
            let path = folder.join(FILE_NAME);
            if path.is_file() {
                config = Some(Arc::new(Config::read(&shown(&path))?));
                break;
            }
            let other = folder.join(OTHER_NAME);
            if other.is_file() {
                self.misnamed.push(shown(&other));
            }
        }
        let config = config.unwrap_or_default();
        for folder in passed {
            self.by_folder.insert(folder.to_owned(), Arc::clone(&config));
        }
        Ok(config)
    }
}

impl Configs {
    /// Files that look like a configuration and are none, because of their name.
    #[must_use]
    pub fn misnamed(&self) -> &[PathBuf] {
        &self.misnamed
    }
}

/// A path as the user would write it: seen from the working folder, where it lies below that.
fn shown(path: &Path) -> PathBuf {
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(here).unwrap_or(path).to_owned()
}
