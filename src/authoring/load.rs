//! From YAML files to a [`Lexicon`].

use std::path::PathBuf;

use rustc_hash::FxHashSet;

use super::check;
use super::layer::Layer;
use super::problem::{Level, Problem};
use crate::coaching::Coaching;
use crate::embedded;
use crate::lexicon::Lexicon;
use crate::lexicon::overlay::Overlay;
use crate::matcher::Matcher;
use crate::session::Ground;

/// Layers, the lexicon that they make, and what is wrong with it.
#[derive(Debug, Default)]
pub(super) struct Loaded {
    pub(super) lexicon: Lexicon,
    pub(super) layers: Vec<Layer>,
    pub(super) problems: Vec<Problem>,
    /// Whether the built-in lexicon lies below the layers.
    pub(super) has_built_in: bool,
    /// Rules that may fail their examples because of mistakes elsewhere.
    pub(super) doubtful: FxHashSet<String>,
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
        Ok(Loaded::usable(layers, with_embedded)?.lexicon)
    }
}

impl Ground {
    /// The lexicon of these layers, as [`Lexicon::load`] reads it, with its matcher and its coaching:
    /// the last `coaching.yaml` in the layers, or else the one inside the program.
    ///
    /// # Errors
    /// When it cannot be used: every mistake of it.
    pub fn load(layers: &[PathBuf], with_embedded: bool) -> Result<Self, Vec<Problem>> {
        if layers.is_empty() && with_embedded {
            return Ok(embedded::ground());
        }
        let loaded = Loaded::usable(layers, with_embedded)?;
        let (matcher, coaching) = (Matcher::new(&loaded.lexicon), loaded.coaching());
        Ok(Self { lexicon: loaded.lexicon, matcher, coaching })
    }
}

impl Loaded {
    /// The lexicon inside the program, as a layer to be checked.
    pub(super) fn embedded() -> Self {
        let lexicon = embedded::lexicon();
        Self { layers: vec![Layer::of(&lexicon)], lexicon, ..Self::default() }
    }

    /// Layers that can be used, or every mistake in them.
    fn usable(paths: &[PathBuf], with_embedded: bool) -> Result<Self, Vec<Problem>> {
        let mut loaded = Self::read(paths, with_embedded);
        check::soundness(&mut loaded);
        loaded.problems.retain(|problem| problem.level == Level::Mistake);
        if loaded.problems.is_empty() { Ok(loaded) } else { Err(loaded.problems) }
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

    /// The coaching that goes with the lexicon: the last of the layers, or else the one inside the
    /// program.
    pub(super) fn coaching(&self) -> Coaching {
        let own = self.layers.iter().flat_map(Layer::coachings).last();
        own.map_or_else(embedded::coaching, |(_, coaching)| coaching.straightened())
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::{Rule, Severity};

    fn json(lexicon: &Lexicon) -> serde_json::Value {
        serde_json::to_value(lexicon).unwrap()
    }

    fn disk() -> Vec<PathBuf> {
        vec![PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/lexicon"))]
    }

    #[test]
    fn the_program_holds_what_is_on_disk() {
        assert_eq!(json(&Loaded::read(&disk(), false).lexicon), json(&embedded::lexicon()));
    }

    #[test]
    fn the_last_coaching_counts() {
        let text = std::fs::read_to_string(disk()[0].join("coaching.yaml")).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("coaching.yaml");
        std::fs::write(&path, text.replace("{ won: 75,", "{ won: 90,")).unwrap();
        let won = |layers: &[PathBuf]| Ground::load(layers, true).unwrap().coaching.thresholds.won;
        assert_eq!(won(&[]), 75);
        assert_eq!(won(&[disk()[0].clone(), path.clone()]), 90);
        assert_eq!(won(&[path, disk()[0].clone()]), 75);
    }

    #[test]
    fn a_lexicon_laid_over_itself_is_the_same() {
        let layer = Layer::read(&disk()[0], &mut Vec::new());
        let mut overlay = Overlay::over(embedded::lexicon());
        layer.words().for_each(|(_, words)| overlay.words(words));
        layer.families().for_each(|(_, family)| overlay.family(family));
        assert_eq!(json(&overlay.finish()), json(&embedded::lexicon()));
    }

    #[test]
    fn layers_that_hold_every_built_in_family_are_a_whole_lexicon() {
        assert!(!Loaded::read(&disk(), true).has_built_in);
        assert!(Loaded::read(&[disk()[0].join("faults")], true).has_built_in);
    }

    #[test]
    fn an_overlay_adds_extends_switches_off_and_changes() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        write(
            "policy-shield.yaml",
            "family: policy-shield\nseverity: advice\nrules:\n  - id: our-policy\n    severity: error\n    phrases: [shop rules]\n    say: [Anything else.]\n",
        );
        write("minimiser.yaml", "family: minimiser\noff: true\n");
        write(
            "shop.yaml",
            "family: shop\nkind: move\nrules:\n  - {id: shop-words, phrases: ['{our} {till}']}\n",
        );
        write("words.yaml", "lists: {our: [ye olde], till: [till]}\n");
        let lexicon = Lexicon::load(&[folder.path().to_owned()], true).unwrap();
        let rule = lexicon.rule("our-policy").unwrap();
        assert_eq!((rule.severity, rule.phrases.last().unwrap().as_str()), (Severity::Error, "shop rules"));
        assert_eq!(rule.say, ["Anything else."]);
        let others = |family| lexicon.rules.iter().filter(move |rule| rule.family == family);
        let is_mild = |rule: &Rule| rule.id == "our-policy" || rule.severity == Severity::Advice;
        assert!(others("policy-shield").count() > 1 && others("policy-shield").all(is_mild));
        assert_eq!(others("minimiser").count(), 0);
        assert!(lexicon.rule("shop-words").is_some());
        assert_eq!(lexicon.words.lists["our"].last().map(String::as_str), Some("ye olde"));
    }

    #[test]
    fn an_apostrophe_is_one_however_it_is_typed() {
        let words = "contractions: {will not: [wonMt], of: [\"Mf\"]}\nspellings: [[oMclock, clock]]\nnegators: [ainMt]\n";
        let coaching = std::fs::read_to_string(disk()[0].join("coaching.yaml")).unwrap();
        let with = |mark: &str| {
            let folder = tempfile::tempdir().unwrap();
            let write = |name, text: String| std::fs::write(folder.path().join(name), text).unwrap();
            write("words.yaml", words.replace('M', mark));
            write("coaching.yaml", coaching.replace("i'll", &format!("i{mark}ll")));
            let ground = Ground::load(&[folder.path().to_owned()], true).unwrap();
            (json(&ground.lexicon), serde_json::to_value(&ground.coaching.listening).unwrap())
        };
        let straight = with("'");
        for mark in ["\u{2019}", "\u{B4}", "`"] {
            assert_eq!(with(mark), straight, "{mark}");
        }
    }

    #[test]
    fn a_lexicon_that_cannot_be_used_is_refused_with_every_mistake() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(
            folder.path().join("a.yaml"),
            "family: a\nkind: move\nrules: [{id: b, phrases: ['(c', '{d}']}]\n",
        )
        .unwrap();
        let problems = Lexicon::load(&[folder.path().to_owned()], true).unwrap_err();
        assert_eq!(problems.len(), 2, "{problems:?}");
    }
}
