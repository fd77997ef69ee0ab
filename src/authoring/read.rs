//! A file of an author that is taken as a whole or not at all.

use schemars::JsonSchema;
use serde::de::DeserializeOwned;

use super::problem::Problem;
use crate::yaml::Tree;
use crate::yaml::shape::Shape;

/// A file as read.
#[derive(Debug)]
pub(super) struct Read<T> {
    /// Its places, if it is YAML.
    pub(super) tree: Option<Tree>,
    /// What it holds, if it has the right shape.
    pub(super) content: Option<T>,
    pub(super) problems: Vec<Problem>,
}

impl<T: JsonSchema + DeserializeOwned> Read<T> {
    /// Reads the YAML of the file that `path` names.
    pub(super) fn new(path: &str, text: String) -> Self {
        let (tree, mut mistakes) = Tree::read(text);
        let content = tree.as_ref().and_then(|tree| {
            mistakes.extend(Shape::of::<T>().check(tree));
            if !mistakes.is_empty() {
                return None;
            }
            tree.decode().map_err(|mistake| mistakes.push(mistake)).ok()
        });
        let problems = mistakes.into_iter().map(|mistake| Problem::of_file(path, mistake)).collect();
        Self { tree, content, problems }
    }
}
