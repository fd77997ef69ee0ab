//! What a sitting shows: which families, and which sentence of each.

use jiff::Timestamp;
use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::deck::Deck;
use crate::drill::log::Try;
use crate::drill::{DrillFile, Drills, Prompt};
use crate::text::fnv_1a;

/// What is wanted of a sitting.
#[derive(Debug, Clone, Copy)]
pub struct Wish<'w> {
    /// These families in turn; with none, what is due, then what is new, then what was longest ago.
    pub families: &'w [&'w str],
    /// So many prompts.
    pub count: usize,
    /// Decides between sentences that have been shown equally long ago.
    pub seed: u64,
}

/// A prompt of a sitting.
#[derive(Debug, Clone, Copy)]
pub struct Showing<'d> {
    /// The drills of its family.
    pub drill: &'d DrillFile,
    /// The prompt.
    pub prompt: &'d Prompt,
}

/// The prompts of a sitting. `order` is that in which new families are brought in.
#[must_use]
pub fn sitting<'d>(
    drills: &'d Drills,
    tries: &[Try],
    deck: &Deck,
    order: &[&str],
    today: Date,
    wish: Wish<'_>,
) -> Vec<Showing<'d>> {
    let families =
        if wish.families.is_empty() { scheduled(deck, order, today) } else { wish.families.to_vec() };
    let shown = last_shown(tries);
    let mut waiting: Vec<_> = families
        .iter()
        .filter_map(|family| drills.of(family))
        .map(|drill| (drill, in_order(drill, &shown, wish.seed).into_iter()))
        .collect();
    let mut showings = Vec::new();
    while showings.len() < wish.count && !waiting.is_empty() {
        waiting.retain_mut(|(drill, prompts)| {
            prompts.next().is_some_and(|prompt| {
                showings.push(Showing { drill, prompt });
                true
            })
        });
    }
    showings.truncate(wish.count);
    showings
}

/// All families: what is due, the one that is most forgotten first; what is new; and what is not due yet.
fn scheduled<'o>(deck: &Deck, order: &[&'o str], today: Date) -> Vec<&'o str> {
    let (mut known, new): (Vec<&str>, Vec<&str>) =
        order.iter().partition(|family| deck.card(family).is_some());
    let chance = |family: &str| deck.card(family).map_or(0.0, |card| card.chance(today));
    known.sort_by(|one, other| chance(one).total_cmp(&chance(other)).then_with(|| one.cmp(other)));
    let is_due = |family: &&str| deck.card(family).is_some_and(|card| card.is_due(today));
    let (due, later): (Vec<&str>, Vec<&str>) = known.into_iter().partition(is_due);
    [due, new, later].concat()
}

/// When each prompt was shown last.
fn last_shown(tries: &[Try]) -> FxHashMap<&str, Timestamp> {
    let mut shown: FxHashMap<&str, Timestamp> = FxHashMap::default();
    for one in tries {
        let last = shown.entry(&one.prompt).or_insert(one.at);
        *last = one.at.max(*last);
    }
    shown
}

/// The prompts of a family, the one that was shown longest ago first.
fn in_order<'d>(drill: &'d DrillFile, shown: &FxHashMap<&str, Timestamp>, seed: u64) -> Vec<&'d Prompt> {
    let mut prompts: Vec<&Prompt> = drill.prompts.iter().collect();
    let chance = |prompt: &Prompt| fnv_1a(seed.to_le_bytes().into_iter().chain(prompt.id.bytes()));
    prompts.sort_by_key(|prompt| (shown.get(prompt.id.as_str()).copied(), chance(prompt)));
    prompts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drill::Grade;
    use jiff::Zoned;

    fn drills() -> Drills {
        let prompt = |id: String| Prompt { id, ..Prompt::default() };
        let file = |family: &str| DrillFile {
            family: family.to_owned(),
            prompts: (1..=3).map(|number| prompt(format!("{family}-{number}"))).collect(),
            ..DrillFile::default()
        };
        Drills::new(["fix", "extra", "thanks"].map(file).into())
    }

    fn tried(day: i8, prompt: &str, grade: Grade) -> Try {
        Try {
            at: format!("2026-11-{day:02}T08:00:00Z").parse().unwrap(),
            family: prompt.split('-').next().unwrap().to_owned(),
            prompt: prompt.to_owned(),
            answer: String::new(),
            heard: Vec::new(),
            grade,
            first: true,
        }
    }

    fn shown(tries: &[Try], families: &[&str], count: usize, seed: u64) -> Vec<String> {
        let now: Zoned = "2026-11-22T10:00:00+01:00[Europe/Berlin]".parse().unwrap();
        let deck = Deck::of(tries, &now);
        let drills = drills();
        let wish = Wish { families, count, seed };
        let sitting = sitting(&drills, tries, &deck, &["fix", "extra", "thanks"], now.date(), wish);
        sitting.iter().map(|showing| showing.prompt.id.clone()).collect()
    }

    fn families(tries: &[Try], count: usize) -> Vec<String> {
        let ids = shown(tries, &[], count, 1);
        ids.iter().map(|id| id.split('-').next().unwrap().to_owned()).collect()
    }

    #[test]
    fn what_is_due_comes_before_what_is_new() {
        assert_eq!(families(&[], 2), ["fix", "extra"]);
        assert_eq!(families(&[tried(10, "thanks-1", Grade::Good)], 2), ["thanks", "fix"]);
        assert_eq!(families(&[tried(22, "fix-1", Grade::Easy)], 3), ["extra", "thanks", "fix"]);
        let forgotten = [tried(18, "thanks-1", Grade::Again), tried(10, "extra-1", Grade::Easy)];
        assert_eq!(families(&forgotten, 3), ["thanks", "extra", "fix"]);
    }

    #[test]
    fn each_time_another_sentence_is_shown() {
        let mut tries = Vec::new();
        let mut seen = Vec::new();
        for day in 1..=3 {
            let next = shown(&tries, &["fix"], 1, 7).remove(0);
            tries.push(tried(day, &next, Grade::Good));
            seen.push(next);
        }
        seen.sort();
        assert_eq!(seen, ["fix-1", "fix-2", "fix-3"]);
        assert_eq!(shown(&tries, &["fix"], 1, 9)[0], tries[0].prompt, "the one of longest ago");
    }

    #[test]
    fn nothing_is_shown_twice_in_a_sitting() {
        let mut ids = shown(&[], &["fix", "extra"], 99, 3);
        assert_eq!(ids.len(), 6);
        assert!(ids[0].starts_with("fix") && ids[1].starts_with("extra"));
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), 6);
    }

    #[test]
    fn the_seed_decides() {
        assert_eq!(shown(&[], &["fix"], 3, 5), shown(&[], &["fix"], 3, 5));
        let first = |seed| shown(&[], &["fix"], 1, seed).remove(0);
        assert!((0..20).any(|seed| first(seed) != first(0)));
    }
}
