//! The prompts that amends brings.

use amends::embedded;
use amends::lexicon::Kind;

/// So many there are at least.
const LEAST: usize = 300;
/// So many of each family.
const OF_FAMILY: usize = 6;

#[test]
fn there_are_enough_for_every_family() {
    let drills = embedded::drills();
    let prompts: usize = drills.files().iter().map(|file| file.prompts.len()).sum();
    assert!(prompts >= LEAST, "{prompts}");
    for family in embedded::lexicon().families.iter().filter(|family| family.kind != Kind::Check) {
        let count = drills.of(&family.name).map_or(0, |file| file.prompts.len());
        assert!(count >= OF_FAMILY, "{} has {count} prompts", family.name);
    }
}
