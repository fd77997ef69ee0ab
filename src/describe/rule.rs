//! Everything about one rule.

use std::fmt;

use super::{conditions, meaning, section, shortened};
use crate::lexicon::schema::Conditions;
use crate::lexicon::{Kind, Lexicon, Rule};
use crate::wording::listed;

pub(super) struct RuleText<'l> {
    pub(super) lexicon: &'l Lexicon,
    pub(super) rule: &'l Rule,
    pub(super) most: usize,
}

impl fmt::Display for RuleText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rule, most, .. } = *self;
        let severity = if rule.kind == Kind::Move { String::new() } else { format!("{}, ", rule.severity) };
        writeln!(
            f,
            "{} ({severity}{} of the family {}: {})",
            rule.id,
            rule.kind,
            rule.family,
            meaning(rule.kind)
        )?;
        section(f, "Why it matters", [&rule.why])?;
        let heading = if rule.kind == Kind::Check { "What to do" } else { "Say instead" };
        section(f, heading, &rule.say)?;
        section(f, "Flags", &*rule.flags)?;
        section(f, "Lets pass", &*rule.allows)?;
        section(f, "Hears", shortened(&rule.phrases, most, "phrases"))?;
        self.circumstances(f)?;
        section(f, "Rests on", Some(&rule.source).filter(|source| !source.is_empty()))
    }
}

impl RuleText<'_> {
    fn circumstances(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rule, most, .. } = *self;
        let family = self.lexicon.family(&rule.family);
        let unless: Vec<&Conditions> =
            [&*rule.unless].into_iter().chain(family.map(|of| &*of.unless)).collect();
        section(f, "Silent where", conditions(&unless, most))?;
        section(f, "Counts only where", conditions(&[&rule.only], most))?;
        let of_family: Vec<&Conditions> = family.map(|of| &*of.only).into_iter().collect();
        section(f, "Its family counts only where", conditions(&of_family, most))?;
        let mut notes = Vec::new();
        if !rule.before.is_empty() {
            notes.push(format!(
                "It is a finding only while nothing of {} has been heard.",
                listed(&rule.before, "or")
            ));
        }
        if !rule.absent.is_empty() {
            notes.push(format!(
                "It is reported when an answer to a complaint has nothing of {}.",
                listed(&rule.absent, "or")
            ));
        }
        if !rule.reports.is_empty() {
            notes.push(format!("It is reported where {} is heard.", listed(&rule.reports, "or")));
        }
        if rule.hears_negated {
            notes.push("It hears what is denied, too.".to_owned());
        }
        section(f, "When", notes)
    }
}
