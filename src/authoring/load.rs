//! From YAML files to a [`Lexicon`].

use std::path::PathBuf;

use rustc_hash::FxHashSet;

use super::check;
use super::layer::Layer;
use super::problem::{Level, Problem};
use crate::embedded;
use crate::lexicon::Lexicon;
use crate::lexicon::overlay::Overlay;

/// Layers, the lexicon that they make, and what is wrong with it.
#[derive(Debug, Default)]
pub(super) struct Loaded {
    pub(super) lexicon: Lexicon,
    pub(super) layers: Vec<Layer>,
    pub(super) problems: Vec<Problem>,
    /// Whether the built-in lexicon lies below the layers.
    pub(super) has_built_in: bool,
    /// Whether all lists can be used, so that the lexicon can listen.
    pub(super) has_sound_lists: bool,
}

impl Lexicon {
    /// Loads layers, each a folder or a single file: the first lies over the built-in lexicon if
    /// `with_embedded` says so, each other one over those before it. Layers that hold every
    /// built-in family themselves, each with its `kind`, are a whole lexicon and lie over nothing.
    ///
    /// # Errors
    /// When the lexicon cannot be used: every mistake of it, in the order of files and places.
    pub fn load(layers: &[PathBuf], with_embedded: bool) -> Result<Self, Vec<Problem>> {
        if layers.is_empty() && with_embedded {
            return Ok(embedded::lexicon());
        }
        let mut loaded = Loaded::read(layers, with_embedded);
        check::soundness(&mut loaded);
        loaded.problems.retain(|problem| problem.level == Level::Mistake);
        if loaded.problems.is_empty() { Ok(loaded.lexicon) } else { Err(loaded.problems) }
    }
}

impl Loaded {
    /// The lexicon inside the program, as a layer to be checked.
    pub(super) fn embedded() -> Self {
        let lexicon = embedded::lexicon();
        Self { layers: vec![Layer::of(&lexicon)], lexicon, ..Self::default() }
    }

    pub(super) fn read(paths: &[PathBuf], with_embedded: bool) -> Self {
        let mut loaded = Self::default();
        for path in paths {
            let layer = Layer::read(path, &mut loaded.problems);
            loaded.layers.push(layer);
        }
        let embedded = if with_embedded { embedded::lexicon() } else { Lexicon::default() };
        loaded.has_built_in = with_embedded && !loaded.is_whole(&embedded);
        let base = if loaded.has_built_in { embedded } else { Lexicon::default() };
        loaded.overlaid(base)
    }

    fn is_whole(&self, embedded: &Lexicon) -> bool {
        let files = self.layers.iter().flat_map(|layer| &layer.files);
        let own: FxHashSet<&str> = files.filter_map(|file| file.defined_family()).collect();
        embedded.families.iter().all(|family| own.contains(family.name.as_str()))
    }

    fn overlaid(mut self, base: Lexicon) -> Self {
        let mut overlay = Overlay::over(base);
        for layer in &self.layers {
            check::layer(overlay.below(), overlay.rules(), layer, &mut self.problems);
            layer.words().for_each(|(_, words)| overlay.words(words));
            layer.families().for_each(|(_, family)| overlay.family(family));
        }
        self.lexicon = overlay.finish();
        self
    }
}
