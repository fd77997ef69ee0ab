//! Whether a file is meant to be a scenario, drills, or a part of a lexicon.
//!
//! The keys at the margin tell. A file with mistakes is still meant to be something, so it counts
//! which keys it has: a misspelled one is outweighed by the others.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use super::layer::yaml_files;

/// Keys that only scenarios have.
const OF_SCENARIOS: [&str; 12] = [
    "scenario", "title", "trains", "channel", "at-fault", "customer", "harms", "remedies", "moments", "cues",
    "scenes", "models",
];
/// Keys that lexicons have.
const OF_LEXICONS: [&str; 6] = ["family", "kind", "rules", "lists", "contractions", "negators"];
/// Keys that drills have. One alone proves nothing: many a file has a `task`.
const OF_DRILLS: [&str; 4] = ["family", "task", "needs", "prompts"];
/// The folder of a lexicon in which its drills lie.
const FOLDER_OF_DRILLS: &str = "drills";

/// What a file is meant to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meant {
    /// A family, word lists or the coaching.
    Lexicon,
    /// The drills of a family.
    Drills,
    /// A scenario.
    Scenario,
}

impl Meant {
    /// What a text is meant to be.
    fn of(text: &str) -> Self {
        let keys = text.lines().filter_map(|line| Some(line.split_once(':')?.0.trim_matches(['"', '\''])));
        let (mut scenario, mut drills, mut lexicon) = (0, 0, 0);
        for key in keys {
            scenario += usize::from(OF_SCENARIOS.contains(&key));
            drills += usize::from(OF_DRILLS.contains(&key));
            lexicon += usize::from(OF_LEXICONS.contains(&key));
        }
        if scenario > lexicon.max(drills) {
            Self::Scenario
        } else if drills > lexicon && drills > 1 {
            Self::Drills
        } else {
            Self::Lexicon
        }
    }

    /// What a file is meant to be. What cannot be read is a part of a lexicon, where that is told.
    pub(crate) fn of_file(path: &Path) -> Self {
        let mut bytes = Vec::new();
        let read = fs::File::open(path).and_then(|file| file.take(LOOKED_AT).read_to_end(&mut bytes));
        let folder = path.parent().and_then(Path::file_name);
        match Self::of(&String::from_utf8_lossy(&bytes)) {
            _ if read.is_err() => Self::Lexicon,
            Self::Lexicon if folder.is_some_and(|name| name == FOLDER_OF_DRILLS) => Self::Drills,
            meant => meant,
        }
    }
}

/// So much of a file is looked at: an export may be huge.
const LOOKED_AT: u64 = 64 * 1024;

/// Files and folders by what they hold. A folder with several kinds stands in several lists.
#[derive(Debug, Default)]
pub struct Sorted {
    /// Folders and files of a lexicon.
    pub lexicon: Vec<PathBuf>,
    /// Files that are drills.
    pub drills: Vec<PathBuf>,
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
            } else {
                sorted.list(Meant::of_file(path)).push(path.clone());
            }
        }
        sorted
    }

    fn folder(&mut self, folder: &Path) {
        let mut problems = Vec::new();
        let files = yaml_files(folder, &mut problems);
        let mut is_lexicon = files.is_empty() || !problems.is_empty();
        for file in files {
            match Meant::of_file(&file) {
                Meant::Lexicon => is_lexicon = true,
                meant => self.list(meant).push(file),
            }
        }
        // What is wrong with the folder itself is told where the lexicon is read.
        if is_lexicon {
            self.lexicon.push(folder.to_owned());
        }
    }

    const fn list(&mut self, meant: Meant) -> &mut Vec<PathBuf> {
        match meant {
            Meant::Lexicon => &mut self.lexicon,
            Meant::Drills => &mut self.drills,
            Meant::Scenario => &mut self.scenarios,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_at_the_margin_tell() {
        let scenarios = ["scenario: a\n", "# kind: x\n\"scenario\": a\ncues: [\n", "scenaro: a\ntitle: b\n"];
        for text in scenarios {
            assert_eq!(Meant::of(text), Meant::Scenario, "{text}");
        }
        let drills =
            ["family: a\nprompts:\n  - id: b\n", "family: a\ntask: b\npromts: [\n", "task: a\nprompts: []\n"];
        for text in drills {
            assert_eq!(Meant::of(text), Meant::Drills, "{text}");
        }
        let lexicons = [
            "family: a\nkind: fault\nrules:\n  - scenario: b\n",
            "family: a\noff: true\n",
            "prompts: []\n",
            "a: b\n",
            "",
        ];
        for text in lexicons {
            assert_eq!(Meant::of(text), Meant::Lexicon, "{text}");
        }
    }

    #[test]
    fn what_lies_among_drills_is_one() {
        let folder = tempfile::tempdir().unwrap();
        let drills = folder.path().join("drills");
        fs::create_dir(&drills).unwrap();
        fs::write(drills.join("fix.yaml"), "famly: fix\n").unwrap();
        fs::write(folder.path().join("fix.yaml"), "family: fix\nrules: []\n").unwrap();
        let sorted = Sorted::new(&[folder.path().to_owned()]);
        assert_eq!(sorted.drills, [drills.join("fix.yaml")]);
        assert_eq!(sorted.lexicon, [folder.path().to_owned()]);
    }
}
