//! What the sessions of a class are played and graded with.

use std::path::{Path, PathBuf};

use crate::authoring::Problem;
use crate::coaching::Coaching;
use crate::embedded;
use crate::lexicon::Lexicon;
use crate::matcher::Matcher;
use crate::scenario::Scenario;
use crate::session::Stage;
use crate::transcript::lexicon_hash;

/// What the sessions of a class are played and graded with.
#[derive(Debug)]
pub struct Ground {
    /// What is heard.
    pub lexicon: Lexicon,
    /// What hears it.
    pub matcher: Matcher,
    /// What it does to the customer.
    pub coaching: Coaching,
}

impl Ground {
    /// The lexicon of these folders, laid over the one that amends brings, with its coaching.
    ///
    /// # Errors
    /// When a lexicon cannot be used: every mistake of it.
    pub fn load(layers: &[PathBuf]) -> Result<Self, Vec<Problem>> {
        let layers: Vec<PathBuf> = layers.iter().filter(|path| holds_yaml(path)).cloned().collect();
        if layers.is_empty() {
            let (lexicon, matcher) = (embedded::lexicon(), embedded::matcher());
            return Ok(Self { lexicon, matcher, coaching: embedded::coaching() });
        }
        let lexicon = Lexicon::load(&layers, true)?;
        let coaching = Coaching::load(&layers)?;
        Ok(Self { matcher: Matcher::new(&lexicon), lexicon, coaching })
    }

    /// The stage for a scenario.
    #[must_use]
    pub const fn stage<'s>(&'s self, scenario: &'s Scenario) -> Stage<'s> {
        Stage { scenario, lexicon: &self.lexicon, matcher: &self.matcher, coaching: &self.coaching }
    }

    /// Tells this lexicon from any other, in 16 hexadecimal digits.
    #[must_use]
    pub fn hash(&self) -> String {
        lexicon_hash(&self.lexicon)
    }
}

/// Whether there is a lexicon at all: an empty folder is one that nobody has written yet.
fn holds_yaml(path: &Path) -> bool {
    let is_yaml = |path: &Path| path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml");
    let Ok(entries) = path.read_dir() else { return true };
    entries.flatten().any(|entry| entry.path().is_dir() || is_yaml(&entry.path()))
}
