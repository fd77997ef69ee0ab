//! A scenario as read, with its places and with what is wrong with it so far.

use crate::authoring::problem::Problem;
use crate::authoring::read::Read;
use crate::authoring::spot::Spot;
use crate::lexicon::Lexicon;
use crate::scenario::ScenarioFile;
use crate::yaml::Tree;

use super::{ids, names, needs, phrases};

/// A scenario as read.
#[derive(Debug)]
pub(super) struct Draft {
    /// The path to show.
    pub(super) path: String,
    /// The YAML.
    pub(super) text: String,
    pub(super) tree: Option<Tree>,
    /// What it holds, if it has the right shape.
    pub(super) file: Option<ScenarioFile>,
    pub(super) problems: Vec<Problem>,
}

impl Draft {
    pub(super) fn read(path: &str, text: String) -> Self {
        let Read { tree, content, problems } = Read::new(path, text.clone());
        Self { path: path.to_owned(), text, tree, file: content, problems }
    }

    /// The outermost place.
    pub(super) fn root(&self) -> Spot<'_> {
        Spot::of(&self.path, self.tree.as_ref())
    }

    /// Finds what keeps the scenario from being played.
    pub(super) fn soundness(&mut self, lexicon: &Lexicon) {
        if let Some(file) = &self.file {
            let root = self.root();
            let found = [
                ids::check(file, root),
                names::check(file, root, lexicon),
                phrases::check(file, root, lexicon),
                needs::check(file, root),
            ];
            self.problems.extend(found.into_iter().flatten());
        }
        self.sort();
    }

    /// Puts the problems in the order of places.
    pub(super) fn sort(&mut self) {
        self.problems.sort_by(|one, other| one.order().cmp(&other.order()));
        self.problems.dedup();
    }
}
