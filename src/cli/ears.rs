//! Ears that threads take turns with, so that what one has learnt is not lost with its text.

use std::sync::{Mutex, PoisonError};

use crate::lint::Ear;
use crate::matcher::Matcher;

/// The ears that listen with one matcher.
#[derive(Debug)]
pub(super) struct Ears<'m> {
    matcher: &'m Matcher,
    free: Mutex<Vec<Ear<'m>>>,
}

impl<'m> Ears<'m> {
    /// None yet: they are made when they are needed.
    pub(super) const fn new(matcher: &'m Matcher) -> Self {
        Self { matcher, free: Mutex::new(Vec::new()) }
    }

    /// Lends an ear.
    pub(super) fn lend<R>(&self, listen: impl FnOnce(&mut Ear<'m>) -> R) -> R {
        let free = || self.free.lock().unwrap_or_else(PoisonError::into_inner);
        let known = free().pop();
        let mut ear = known.unwrap_or_else(|| Ear::new(self.matcher));
        let result = listen(&mut ear);
        free().push(ear);
        result
    }
}
