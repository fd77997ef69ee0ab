//! A file of drills as read, with its places.

use std::path::Path;

use crate::authoring::problem::Problem;
use crate::authoring::read::Read;
use crate::authoring::spot::Spot;
use crate::drill::{DrillFile, Prompt};
use crate::yaml::{self, Tree};

/// A file of drills as read.
#[derive(Debug)]
pub(super) struct Draft {
    /// The path to show.
    pub(super) path: String,
    tree: Option<Tree>,
    /// What it holds, if it has the right shape.
    pub(super) file: Option<DrillFile>,
    /// What is wrong with its shape.
    pub(super) problems: Vec<Problem>,
}

impl Draft {
    pub(super) fn read(path: &Path) -> Self {
        let shown = path.display().to_string();
        match yaml::read_text(path) {
            Ok(text) => {
                let Read { tree, content, problems } = Read::new(&shown, text);
                Self { path: shown, tree, file: content, problems }
            }
            Err(mistake) => {
                let problems = vec![Problem::of_file(&shown, mistake)];
                Self { path: shown, tree: None, file: None, problems }
            }
        }
    }

    /// Drills inside the program: nothing in them has a place.
    pub(super) fn built_in(file: DrillFile) -> Self {
        let path = format!("<built-in>/drills/{}.yaml", file.family);
        Self { path, tree: None, file: Some(file), problems: Vec::new() }
    }

    /// The outermost place.
    pub(super) fn root(&self) -> Spot<'_> {
        Spot::of(&self.path, self.tree.as_ref())
    }

    /// The prompts, each with its place.
    pub(super) fn prompts(&self) -> impl Iterator<Item = (&Prompt, Spot<'_>)> {
        let prompts = self.file.iter().flat_map(|file| &file.prompts).enumerate();
        prompts.map(|(number, prompt)| (prompt, self.root().key("prompts").item(number)))
    }
}
