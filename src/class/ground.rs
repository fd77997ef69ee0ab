//! The lexicon of a class.

use std::path::{Path, PathBuf};

use crate::authoring::Problem;
use crate::session::Ground;

/// What the sessions of a class are played and graded with: the lexicon of these folders, laid over
/// the one that amends brings. An empty folder is one that nobody has written yet.
///
/// # Errors
/// When a lexicon cannot be used: every mistake of it.
pub fn ground(layers: &[PathBuf]) -> Result<Ground, Vec<Problem>> {
    let written: Vec<PathBuf> = layers.iter().filter(|path| holds_yaml(path)).cloned().collect();
    Ground::load(&written, true)
}

fn holds_yaml(path: &Path) -> bool {
    let is_yaml = |path: &Path| path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml");
    let Ok(entries) = path.read_dir() else { return true };
    entries.flatten().any(|entry| entry.path().is_dir() || is_yaml(&entry.path()))
}
