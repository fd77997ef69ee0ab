//! Reads and checks drills as their authors write them.
//!
//! [`Drills::load`] refuses what cannot be used; [`check`] also tries every prompt: its bad words must
//! be heard, and its model must pass.

mod draft;
mod ids;
mod sound;
mod tried;

use std::path::PathBuf;

use super::layer::drill_files;
use super::problem::{Level, Problem};
use crate::drill::{DrillFile, Drills, Marker};
use crate::embedded;
use crate::lexicon::Lexicon;
use crate::session::Ground;

use draft::Draft;

impl Drills {
    /// Loads the drills of layers, each a folder or a file, over those that amends brings if
    /// `with_embedded` says so. Drills of families that the lexicon does not hear are left out.
    ///
    /// # Errors
    /// When they cannot be used: every mistake that keeps them from that, in the order of files and places.
    pub fn load(layers: &[PathBuf], with_embedded: bool, lexicon: &Lexicon) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut drafts = read(&drill_files(layers, &mut problems));
        let base = if with_embedded { embedded::drills() } else { Self::default() };
        problems.extend(soundness(&mut drafts, &base, lexicon));
        if !problems.is_empty() {
            return Err(problems);
        }
        let mut drills = base;
        drafts.into_iter().filter_map(|draft| draft.file).for_each(|file| drills.lay(file));
        let is_heard = |file: &&DrillFile| lexicon.rules.iter().any(|rule| rule.family == file.family);
        Ok(Self::new(drills.files().iter().filter(is_heard).cloned().collect()))
    }
}

/// Checks files of drills, which lie over those that amends brings: every mistake, in the order of
/// files and places.
#[must_use]
pub fn check(files: &[PathBuf], ground: &Ground) -> Vec<Problem> {
    let mut drafts = read(files);
    let mut problems = soundness(&mut drafts, &embedded::drills(), &ground.lexicon);
    try_out(&drafts, ground, &mut problems);
    problems
}

/// Checks the drills that amends brings, under names that say that they are no files.
#[must_use]
pub fn check_built_in(ground: &Ground) -> Vec<Problem> {
    let drills = embedded::drills();
    let mut drafts: Vec<Draft> = drills.files().iter().cloned().map(Draft::built_in).collect();
    let mut problems = soundness(&mut drafts, &Drills::default(), &ground.lexicon);
    try_out(&drafts, ground, &mut problems);
    problems
}

fn read(files: &[PathBuf]) -> Vec<Draft> {
    files.iter().map(|path| Draft::read(path)).collect()
}

/// What keeps drills from being used.
fn soundness(drafts: &mut [Draft], below: &Drills, lexicon: &Lexicon) -> Vec<Problem> {
    let mut problems: Vec<Problem> = drafts.iter_mut().flat_map(|draft| draft.problems.drain(..)).collect();
    for draft in drafts.iter() {
        problems.extend(sound::check(draft, below, lexicon));
    }
    problems.extend(ids::check(drafts, below));
    sort(&mut problems);
    problems
}

/// What shows only when the prompts are tried. A file with mistakes of its own is left out.
fn try_out(drafts: &[Draft], ground: &Ground, problems: &mut Vec<Problem>) {
    let marker = Marker::new(ground);
    let is_broken = |draft: &&Draft| {
        !problems.iter().any(|problem| problem.path == draft.path && problem.level == Level::Mistake)
    };
    let found: Vec<Problem> =
        drafts.iter().filter(is_broken).flat_map(|draft| tried::check(draft, &marker)).collect();
    problems.extend(found);
    sort(problems);
}

fn sort(problems: &mut Vec<Problem>) {
    problems.sort_by(|one, other| one.order().cmp(&other.order()));
    problems.dedup();
}
