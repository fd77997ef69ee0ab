//! Whether a file is a lexicon's or a scenario, by the keys at its margin. A file that is not
//! well-formed has such keys all the same.

use std::fs;
use std::path::Path;

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

/// Whether a file is meant to be a scenario. What cannot be read is none.
pub(super) fn is_scenario_file(path: &Path) -> bool {
    fs::read(path).is_ok_and(|bytes| is_scenario(&String::from_utf8_lossy(&bytes)))
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
