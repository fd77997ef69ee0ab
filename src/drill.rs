//! Drills: one minute, one skill. A prompt is a customer's line to answer, or bad words to put right;
//! [`Marker`] says what an answer does, from its text alone.
//!
//! Drills are data, `lexicon/drills/*.yaml`. Reading and checking them is in
//! [`authoring::drills`](crate::authoring::drills).

mod keeps;
pub mod log;
mod mark;
mod notes;
pub mod schema;

pub use mark::{Blamed, Grade, Marked, Marker, Move};
pub use notes::{Note, NoteKind};
pub use schema::{DrillFile, Keep, Prompt};

/// The drills of all families.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Drills(Vec<DrillFile>);

impl Drills {
    /// Drills of these files, each of a family of its own.
    #[must_use]
    pub fn new(files: Vec<DrillFile>) -> Self {
        let mut drills = Self::default();
        files.into_iter().for_each(|file| drills.lay(file));
        drills
    }

    /// Lays a file over what is there: a prompt takes the place of the one with its id, others are
    /// added, and what the file says about its family counts from now on.
    pub fn lay(&mut self, file: DrillFile) {
        let Some(below) = self.0.iter_mut().find(|below| below.family == file.family) else {
            return self.0.push(file);
        };
        if !file.task.is_empty() {
            below.task = file.task;
        }
        if !file.needs.is_empty() {
            below.needs = file.needs;
        }
        for prompt in file.prompts {
            match below.prompts.iter_mut().find(|other| other.id == prompt.id) {
                Some(other) => *other = prompt,
                None => below.prompts.push(prompt),
            }
        }
    }

    /// The drills of each family.
    #[must_use]
    pub fn files(&self) -> &[DrillFile] {
        &self.0
    }

    /// The drills of a family.
    #[must_use]
    pub fn of(&self, family: &str) -> Option<&DrillFile> {
        self.0.iter().find(|file| file.family == family)
    }
}

impl DrillFile {
    /// The families and rules of which an answer to the prompt must hold at least one.
    #[must_use]
    pub fn needs<'d>(&'d self, prompt: &'d Prompt) -> &'d [String] {
        [&prompt.needs, &self.needs]
            .into_iter()
            .map(|needs| needs.0.as_slice())
            .find(|needs| !needs.is_empty())
            .unwrap_or(std::slice::from_ref(&self.family))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::schema::Texts;

    fn file(family: &str, task: &str, prompts: &[(&str, &str)]) -> DrillFile {
        let prompt = |(id, model): &(&str, &str)| Prompt {
            id: (*id).to_owned(),
            model: (*model).to_owned(),
            ..Prompt::default()
        };
        DrillFile {
            family: family.to_owned(),
            task: task.to_owned(),
            needs: Texts::default(),
            prompts: prompts.iter().map(prompt).collect(),
        }
    }

    #[test]
    fn a_file_is_laid_over_the_one_of_its_family() {
        let drills = Drills::new(vec![
            file("fix", "Mend it.", &[("a", "1"), ("b", "2")]),
            file("extra", "Add to it.", &[("c", "3")]),
            file("fix", "", &[("b", "4"), ("d", "5")]),
        ]);
        let fix = drills.of("fix").unwrap();
        assert_eq!(fix.task, "Mend it.");
        let models: Vec<_> = fix.prompts.iter().map(|prompt| prompt.model.as_str()).collect();
        assert_eq!(models, ["1", "4", "5"]);
        assert_eq!(drills.files().len(), 2);
    }

    #[test]
    fn the_nearest_needs_count() {
        let mut drill = file("fix", "", &[("a", "1")]);
        assert_eq!(drill.needs(&drill.prompts[0]), ["fix"]);
        drill.needs = Texts(vec!["extra".to_owned()]);
        assert_eq!(drill.needs(&drill.prompts[0]), ["extra"]);
        drill.prompts[0].needs = Texts(vec!["thanks".to_owned()]);
        assert_eq!(drill.needs(&drill.prompts[0]), ["thanks"]);
    }
}
