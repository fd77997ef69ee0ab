//! `class.yaml`: what is to be played, in which mode, by when.

use std::path::{Path, PathBuf};

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::authoring::Problem;
use crate::transcript::Mode;
use crate::yaml::shape::Shape;
use crate::yaml::{Mistake, Tree, read_text};

/// The name of the file.
pub const CLASS_FILE: &str = "class.yaml";

/// A class as its trainer writes it down.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct ClassFile {
    /// What the class is called.
    pub class: String,
    /// What everybody is to play. Without an order of due dates, the first comes first.
    #[serde(default)]
    pub assignments: Vec<AssignmentEntry>,
    /// Folders with a lexicon of your own, laid over the one that amends brings, in this order. They
    /// are looked for beside this file. Without this key it is the folder lexicon, if there is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lexicon: Option<Vec<PathBuf>>,
}

/// A scenario that everybody is to play.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct AssignmentEntry {
    /// The name of a scenario: one of those that amends brings, or one in the folder scenarios.
    pub scenario: String,
    /// Whether the coach speaks up. It does, unless this says exam.
    #[serde(default)]
    pub mode: Mode,
    /// The last day on which it counts as played in time: year, month and day, as in 2026-12-01.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<String>,
}

/// The file, and where everything in it stands.
pub(super) struct Settings {
    path: String,
    tree: Tree,
    pub(super) file: ClassFile,
}

impl Settings {
    /// Reads the file of this class.
    pub(super) fn read(folder: &Path) -> Result<Self, Vec<Problem>> {
        let path = folder.join(CLASS_FILE);
        let shown = path.to_string_lossy().into_owned();
        let refused = |mistakes: Vec<Mistake>| -> Vec<Problem> {
            mistakes.into_iter().map(|mistake| Problem::of_file(&shown, mistake)).collect()
        };
        if !path.exists() {
            let message = format!(
                "there is no such file, so this is no class: name its folder, or make one with `amends class init {}`",
                folder.display()
            );
            return Err(refused(vec![Mistake { position: None, message }]));
        }
        let text = read_text(&path).map_err(|mistake| refused(vec![mistake]))?;
        let (tree, mut mistakes) = Tree::read(text);
        if let Some(tree) = &tree {
            mistakes.extend(Shape::of::<ClassFile>().check(tree));
        }
        match tree {
            Some(tree) if mistakes.is_empty() => {
                let file = tree.decode().map_err(|mistake| refused(vec![mistake]))?;
                Ok(Self { path: shown, tree, file })
            }
            _ => Err(refused(mistakes)),
        }
    }

    /// A mistake of the assignment of this number, at this key of it.
    pub(super) fn mistake(&self, number: usize, key: &str, message: String) -> Problem {
        let entry = self.tree.root().get("assignments").and_then(|list| list.item(number));
        let node = entry.and_then(|entry| entry.get(key)).or(entry);
        let position = node.map(|node| self.tree.position(node.span.start));
        Problem::of_file(&self.path, Mistake { position, message })
    }

    /// A mistake of the lexicon of this number.
    pub(super) fn lexicon_mistake(&self, number: usize, message: String) -> Problem {
        let node = self.tree.root().get("lexicon").and_then(|list| list.item(number));
        let position = node.map(|node| self.tree.position(node.span.start));
        Problem::of_file(&self.path, Mistake { position, message })
    }
}

/// The day that somebody wrote down.
///
/// # Errors
/// When it is none: what to say about it.
pub fn day(text: &str) -> Result<Date, String> {
    text.trim()
        .parse()
        .map_err(|_| format!("`{}` is not a day: write year, month and day, as in 2026-12-01", text.trim()))
}
