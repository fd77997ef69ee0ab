//! What agents have said so far in the conversations that are kept in mind.

use rustc_hash::FxHashMap;

use crate::lint::Heard;

/// So many conversations are kept; of more, the older half is forgotten.
const MOST: usize = 100_000;

/// Conversations by their names.
#[derive(Debug, Default)]
pub(super) struct Conversations {
    known: FxHashMap<Box<str>, (Heard, u64)>,
    clock: u64,
}

impl Conversations {
    /// What was heard in this conversation.
    pub(super) fn of(&mut self, name: &str) -> &mut Heard {
        self.clock += 1;
        if !self.known.contains_key(name) {
            if self.known.len() == MOST {
                self.forget_half();
            }
            self.known.insert(name.into(), (Heard::default(), 0));
        }
        let (heard, last_use) = self.known.entry(name.into()).or_default();
        *last_use = self.clock;
        heard
    }

    fn forget_half(&mut self) {
        let mut uses: Vec<u64> = self.known.values().map(|&(_, last_use)| last_use).collect();
        let (_, &mut median, _) = uses.select_nth_unstable(MOST / 2);
        self.known.retain(|_, (_, last_use)| *last_use > median);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_older_half_is_forgotten() {
        let mut conversations = Conversations::default();
        for number in 0..=MOST {
            conversations.of(&number.to_string());
            conversations.of("0");
        }
        assert!(conversations.known.len() <= MOST / 2 + 1);
        assert!(conversations.known.contains_key("0"));
        assert!(conversations.known.contains_key(MOST.to_string().as_str()));
    }
}
