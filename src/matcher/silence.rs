//! Sentences in which nothing was heard. Signatures, greetings and whole paragraphs come again and
//! again in the letters of one house: they are looked through once.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use super::groups::Wanted;
use super::tokens::Token;

/// Of the silent sentences the last ones, by what tells them apart.
#[derive(Debug)]
pub(super) struct Silence {
    /// Each where its lowest bits say; nothing is 0.
    known: Vec<u64>,
}

/// So many are kept: together they take a quarter of a megabyte.
const KEPT: usize = 1 << 12;

impl Silence {
    pub(super) fn new() -> Self {
        Self { known: vec![0; KEPT] }
    }

    /// All of a sentence on which it depends what is heard in it, as one number. Two that differ have
    /// the same one as often as two throws of sixty coins fall alike.
    #[inline]
    pub(super) fn key(wanted: Wanted, begins_message: bool, tokens: &[Token]) -> u64 {
        let mut hasher = FxHasher::default();
        (wanted, begins_message).hash(&mut hasher);
        tokens.iter().for_each(|token| hasher.write_u32(token.symbol << 2 | token.mark as u32));
        hasher.finish()
    }

    pub(super) fn has(&self, key: u64) -> bool {
        self.known[key as usize % KEPT] == key
    }

    pub(super) fn add(&mut self, key: u64) {
        self.known[key as usize % KEPT] = key;
    }
}
