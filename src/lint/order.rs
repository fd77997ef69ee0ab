//! Order: which rules are findings only while something has not been heard.

use super::TextKind;
use crate::lexicon::Lexicon;

/// What has been heard so far in a message or a conversation, as far as order needs it. A new one
/// takes no memory.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Heard(Vec<u64>);

impl Heard {
    fn has(&self, list: u32) -> bool {
        self.0.get(list as usize / 64).is_some_and(|word| word >> (list % 64) & 1 == 1)
    }

    fn add(&mut self, list: u32) {
        let word = list as usize / 64;
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        self.0[word] |= 1 << (list % 64);
    }
}

/// The `before` lists of a lexicon, each different one with a number.
#[derive(Debug)]
pub(super) struct Order {
    /// For each rule, the number of its list, if it has one.
    awaits: Vec<Option<u32>>,
    /// For each rule, the lists that are served once it is heard.
    serves: Vec<Vec<u32>>,
    /// How many lists there are.
    lists: u32,
}

impl Order {
    pub(super) fn new(lexicon: &Lexicon) -> Self {
        let mut lists: Vec<&[String]> = Vec::new();
        let mut awaits = Vec::new();
        for rule in &lexicon.rules {
            let known = lists.iter().position(|list| *list == rule.before.as_slice());
            awaits.push((!rule.before.is_empty()).then(|| {
                known.unwrap_or_else(|| {
                    lists.push(&rule.before);
                    lists.len() - 1
                }) as u32
            }));
        }
        let count = lists.len() as u32;
        let mut serves = vec![Vec::new(); lexicon.rules.len()];
        for (number, list) in (0..).zip(lists) {
            for rule in list.iter().flat_map(|name| lexicon.named(name)) {
                let own: &mut Vec<u32> = &mut serves[rule as usize];
                if own.last() != Some(&number) {
                    own.push(number);
                }
            }
        }
        Self { awaits, serves, lists: count }
    }

    /// Notes that a rule has been heard.
    pub(super) fn note(&self, rule: u32, heard: &mut Heard) {
        self.serves[rule as usize].iter().for_each(|&list| heard.add(list));
    }

    /// Whether nothing more can be heard that order minds.
    pub(super) fn is_settled(&self, heard: &Heard) -> bool {
        (0..self.lists).all(|list| heard.has(list))
    }

    /// Whether a hit of the rule is a finding after what has been heard.
    pub(super) fn is_due(&self, rule: u32, kind: Option<TextKind>, heard: &Heard) -> bool {
        match self.awaits[rule as usize] {
            Some(list) => kind != Some(TextKind::General) && !heard.has(list),
            None => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_heard_stays_heard() {
        let mut heard = Heard::default();
        assert!(!heard.has(0) && !heard.has(700));
        heard.add(700);
        heard.add(3);
        assert!(heard.has(700) && heard.has(3) && !heard.has(699) && !heard.has(64));
    }
}
