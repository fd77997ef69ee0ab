//! Which files to lint: those that are named, and those that are found below named folders.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use ignore::{WalkBuilder, WalkState};

use super::failure::{Failure, reason};
use super::setups::{Numbered, folder_of};
use crate::authoring::Meant;
use crate::config::{Configs, FILE_NAME, OTHER_NAME};
use crate::document::FileType;
use crate::lint::TextKind;

/// A text to lint.
#[derive(Debug)]
pub(super) struct Job {
    /// How the text is named in the report; `-` for standard input.
    pub(super) path: PathBuf,
    /// What it is written in, if its name or the user tells.
    pub(super) file_type: Option<FileType>,
    /// The number of its configuration.
    pub(super) config: usize,
    /// What it is for.
    pub(super) kind: Option<TextKind>,
    /// Why it cannot be read, if that is known already.
    pub(super) trouble: Option<String>,
    /// Whether the user named it, and it was not merely found in a folder.
    pub(super) is_named: bool,
}

impl Job {
    /// Whether the text comes from standard input.
    pub(super) fn is_stdin(&self) -> bool {
        self.path.as_os_str() == "-"
    }
}

/// What the user says about the texts.
#[derive(Debug, Default)]
pub(super) struct Choice<'a> {
    /// The name that standard input is to be read as.
    pub(super) stdin_name: Option<&'a Path>,
    /// What the named texts are written in, whatever their names say.
    pub(super) file_type: Option<FileType>,
    /// What all texts are for.
    pub(super) kind: Option<TextKind>,
    /// Files that this run writes: they are not texts.
    pub(super) written: Vec<PathBuf>,
}

/// Lists the texts, each once, in the order of `paths` and by path below a folder.
pub(super) fn jobs(
    paths: &[PathBuf],
    choice: &Choice<'_>,
    configs: &mut Configs,
    numbered: &mut Numbered,
) -> Result<Vec<Job>, Failure> {
    let mut listing = Listing { choice, configs, numbered, jobs: Vec::new() };
    for path in paths {
        if path.as_os_str() == "-" {
            let name = choice.stdin_name.unwrap_or(path);
            listing.named(path, name)?;
        } else if path.is_dir() {
            listing.folder(path)?;
        } else {
            listing.named(path, path)?;
        }
    }
    let mut jobs = listing.jobs;
    if paths.len() > 1 {
        let mut seen = rustc_hash::FxHashSet::default();
        jobs.retain(|job| seen.insert(std::path::absolute(&job.path).unwrap_or_else(|_| job.path.clone())));
    }
    Ok(jobs)
}

struct Listing<'a, 'c> {
    choice: &'a Choice<'c>,
    configs: &'a mut Configs,
    numbered: &'a mut Numbered,
    jobs: Vec<Job>,
}

impl Listing<'_, '_> {
    /// Adds a text that the user named: it is tried whatever its name is.
    fn named(&mut self, path: &Path, name: &Path) -> Result<(), Failure> {
        let file_type = self.choice.file_type.or_else(|| FileType::of_path(name));
        self.add(path.to_owned(), name, file_type, None, true)
    }

    /// Adds the texts below a folder.
    fn folder(&mut self, folder: &Path) -> Result<(), Failure> {
        let mut found = walk(folder);
        found.sort_unstable_by(|one, other| one.path.cmp(&other.path));
        let written = self.choice.written.iter().filter_map(|path| std::path::absolute(path).ok());
        let written: Vec<PathBuf> = written.collect();
        for Found { path, trouble } in found {
            if written.iter().any(|own| std::path::absolute(&path).is_ok_and(|path| path == *own)) {
                continue;
            }
            let file_type = FileType::of_path(&path);
            // The poor models of a scenario are to be poor, and so are the words that a drill puts right.
            if file_type == Some(FileType::Yaml) && Meant::of_file(&path) != Meant::Lexicon {
                continue;
            }
            let name = path.clone();
            self.add(path, &name, file_type, trouble, false)?;
        }
        Ok(())
    }

    fn add(
        &mut self,
        path: PathBuf,
        name: &Path,
        file_type: Option<FileType>,
        trouble: Option<String>,
        is_named: bool,
    ) -> Result<(), Failure> {
        let config = self.configs.of_folder(&folder_of(name)).map_err(Failure::new)?;
        let absolute = std::path::absolute(name).unwrap_or_else(|_| name.to_owned());
        let is_lexicon = || config.lexicon.iter().any(|folder| is_below(&absolute, folder));
        if !is_named && (config.ignores(&absolute) || is_lexicon()) {
            return Ok(());
        }
        let kind = self.choice.kind.or_else(|| config.kind(&absolute));
        let config = self.numbered.number(config);
        self.jobs.push(Job { path, file_type, config, kind, trouble, is_named });
        Ok(())
    }
}

fn is_below(path: &Path, folder: &Path) -> bool {
    std::path::absolute(folder).is_ok_and(|folder| path.starts_with(folder))
}

struct Found {
    path: PathBuf,
    trouble: Option<String>,
}

/// The files below a folder whose names tell that they hold messages, in no order. Links are not
/// followed, so that nothing is read twice and no loop is run.
fn walk(folder: &Path) -> Vec<Found> {
    let found = Mutex::new(Vec::new());
    let push = |new: Found| found.lock().unwrap_or_else(PoisonError::into_inner).push(new);
    let walker = WalkBuilder::new(folder).require_git(false).build_parallel();
    walker.run(|| {
        Box::new(|entry| {
            match entry {
                Ok(entry) => {
                    let is_file = entry.file_type().is_some_and(|kind| kind.is_file());
                    if is_file && is_text(entry.path()) {
                        push(Found { path: tidy(entry.into_path()), trouble: None });
                    }
                }
                Err(error) => push(trouble(folder, &error)),
            }
            WalkState::Continue
        })
    });
    found.into_inner().unwrap_or_else(PoisonError::into_inner)
}

fn is_text(path: &Path) -> bool {
    let is_ours = path.file_name().is_some_and(|name| name == FILE_NAME || name == OTHER_NAME);
    FileType::of_path(path).is_some() && !is_ours
}

/// `./replies/late.md` as `replies/late.md`.
fn tidy(path: PathBuf) -> PathBuf {
    match path.strip_prefix(".") {
        Ok(rest) => rest.to_owned(),
        Err(_) => path,
    }
}

fn trouble(folder: &Path, error: &ignore::Error) -> Found {
    let path = place(error).unwrap_or(folder);
    let reason = error.io_error().map_or_else(|| error.to_string(), reason);
    Found { path: tidy(path.to_owned()), trouble: Some(reason) }
}

fn place(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => place(err),
        _ => None,
    }
}
