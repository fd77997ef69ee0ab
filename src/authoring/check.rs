//! Checks a lexicon: every mistake and every doubt, with its place and the remedy.
//!
//! What [`soundness`] finds keeps a lexicon from being used at all. The rest is for its author:
//! texts that are missing, examples that fail, phrases that no example covers.

mod circles;
mod coaching;
mod coverage;
mod examples;
mod expansion;
mod layers;
mod names;
mod phrases;
mod sound;
mod texts;
mod unused;
mod words;

use std::path::PathBuf;

use super::authored::Authored;
use super::load::Loaded;
use super::problem::{Level, Problem};
use coverage::Split;
use sound::Sound;

use crate::coaching::Coaching;
use crate::lexicon::Lexicon;

pub(super) use layers::layer;
pub(crate) use texts::bad_name;

/// Every phrase of other files that cannot be used with the lists of this lexicon.
pub(super) fn phrase_problems(authored: &[Authored<'_>], lexicon: &Lexicon) -> Vec<Problem> {
    phrases::check(authored, &names::Known::new(lexicon, &[]))
}

/// What a check found.
#[derive(Debug)]
pub struct Outcome {
    /// Every problem, in the order of files and places.
    pub problems: Vec<Problem>,
    /// The lexicon, which is of use only when no problem is a mistake.
    pub lexicon: Lexicon,
    /// The coaching that goes with it.
    pub coaching: Coaching,
    /// How many files were read.
    pub files: usize,
    /// Whether the built-in lexicon lay below what was checked.
    pub has_built_in: bool,
}

impl Outcome {
    /// How many problems are of this level.
    #[must_use]
    pub fn count(&self, level: Level) -> usize {
        self.problems.iter().filter(|problem| problem.level == level).count()
    }
}

/// Checks layers as [`Lexicon::load`] reads them; without any, the built-in lexicon.
#[must_use]
pub fn check(layers: &[PathBuf], with_embedded: bool) -> Outcome {
    let mut loaded = if layers.is_empty() { Loaded::embedded() } else { Loaded::read(layers, with_embedded) };
    soundness(&mut loaded);
    texts::check(&mut loaded);
    words::check(&mut loaded);
    unused::check(&mut loaded);
    listen(&mut loaded);
    sort(&mut loaded.problems);
    Outcome {
        files: loaded.layers.iter().map(|layer| layer.files.len()).sum(),
        coaching: loaded.coaching(),
        problems: loaded.problems,
        lexicon: loaded.lexicon,
        has_built_in: loaded.has_built_in,
    }
}

/// Tries the examples of all that can be used.
fn listen(loaded: &mut Loaded) {
    let has_mistakes = loaded.problems.iter().any(|problem| problem.level == Level::Mistake);
    let whole = has_mistakes.then(|| {
        let Sound { lexicon, doubtful } = Sound::of(loaded);
        loaded.doubtful = doubtful;
        std::mem::replace(&mut loaded.lexicon, lexicon)
    });
    let split = Split::new(loaded);
    let found = [examples::check(loaded, &split), coverage::check(loaded, &split)];
    loaded.problems.extend(found.into_iter().flatten());
    if let Some(whole) = whole {
        loaded.lexicon = whole;
    }
}

/// Finds what keeps a lexicon from being used.
pub(super) fn soundness(loaded: &mut Loaded) {
    let Loaded { lexicon, layers, problems, .. } = loaded;
    let files = layers.iter().flat_map(|layer| &layer.files);
    let known = names::Known::new(lexicon, layers);
    let authored: Vec<_> = files.flat_map(super::authored::texts).collect();
    problems.extend(names::check(&authored, &known));
    problems.extend(phrases::check(&authored, &known));
    problems.extend(circles::of_families(lexicon, &authored));
    problems.extend(coaching::check(lexicon, layers));
    problems.extend(circles::of_lists(lexicon, layers));
    problems.extend(expansion::check(lexicon, &authored));
    sort(problems);
}

fn sort(problems: &mut Vec<Problem>) {
    problems.sort_by(|one, other| one.order().cmp(&other.order()));
    problems.dedup();
}
