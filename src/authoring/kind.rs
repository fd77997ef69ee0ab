//! Whether a file is a lexicon's or a scenario, by the keys at its margin. A file that is not
//! well-formed has such keys all the same.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::layer::yaml_files;

/// Keys that only scenarios have.
const OF_SCENARIOS: [&str; 12] = [
    "scenario", "title", "trains", "channel", "at-fault", "customer", "harms", "remedies", "moments", "cues",
    "scenes", "models",
];
/// Keys that only lexicons have.
const OF_LEXICONS: [&str; 6] = ["family", "kind", "rules", "lists", "contractions", "negators"];

/// Whether a text is meant to be a scenario.
pub(super) fn is_scenario(text: &str) -> bool {
    let keys = text.lines().filter_map(|line| Some(line.split_once(':')?.0.trim_matches(['"', '\''])));
    let (mut scenario, mut lexicon) = (0, 0);
    for key in keys {
        scenario += usize::from(OF_SCENARIOS.contains(&key));
        lexicon += usize::from(OF_LEXICONS.contains(&key));
    }
    scenario > lexicon
}

/// So much of a file is looked at: an export may be huge.
const LOOKED_AT: u64 = 64 * 1024;

/// Whether a file is meant to be a scenario. What cannot be read is none.
pub(crate) fn is_scenario_file(path: &Path) -> bool {
    let mut bytes = Vec::new();
    let read = fs::File::open(path).and_then(|file| file.take(LOOKED_AT).read_to_end(&mut bytes));
    read.is_ok() && is_scenario(&String::from_utf8_lossy(&bytes))
}

/// Files and folders by what they hold. A folder with both stands in both lists.
#[derive(Debug, Default)]
pub struct Sorted {
    /// Folders and files of a lexicon.
    pub lexicon: Vec<PathBuf>,
    /// Files that are scenarios.
    pub scenarios: Vec<PathBuf>,
}

impl Sorted {
    /// Sorts what was named.
    #[must_use]
    pub fn new(paths: &[PathBuf]) -> Self {
        let mut sorted = Self::default();
        for path in paths {
            if path.is_dir() {
                sorted.folder(path);
            } else if is_scenario_file(path) {
                sorted.scenarios.push(path.clone());
            } else {
                sorted.lexicon.push(path.clone());
            }
        }
        sorted
    }

    fn folder(&mut self, folder: &Path) {
        let mut problems = Vec::new();
        let files = yaml_files(folder, &mut problems);
        let (scenarios, others): (Vec<_>, Vec<_>) =
            files.into_iter().partition(|path| is_scenario_file(path));
        // What is wrong with the folder itself is told where the lexicon is read.
        if !others.is_empty() || !problems.is_empty() || scenarios.is_empty() {
            self.lexicon.push(folder.to_owned());
        }
        self.scenarios.extend(scenarios);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_at_the_margin_tell() {
        assert!(is_scenario("scenario: a\n"));
        assert!(is_scenario("# kind: x\n\"scenario\": a\ncues: [\n"));
        assert!(is_scenario("scenaro: a\ntitle: b\n"));
        assert!(!is_scenario("family: a\nkind: fault\nrules:\n  - scenario: b\n"));
        assert!(!is_scenario("a: b\n"));
        assert!(!is_scenario(""));
    }
}
