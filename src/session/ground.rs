//! What sessions are played and graded with, whatever the scenario.

use super::Stage;
use crate::coaching::Coaching;
use crate::lexicon::Lexicon;
use crate::matcher::Matcher;
use crate::scenario::Scenario;

/// What sessions are played and graded with, whatever the scenario. `Ground::load` reads one.
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
    /// The stage for a scenario.
    #[must_use]
    pub const fn stage<'s>(&'s self, scenario: &'s Scenario) -> Stage<'s> {
        Stage { scenario, lexicon: &self.lexicon, matcher: &self.matcher, coaching: &self.coaching }
    }
}
