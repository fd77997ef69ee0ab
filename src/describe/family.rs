//! Everything about one family.

use std::fmt;

use super::{conditions, meaning, section, shortened};
use crate::lexicon::{Family, Kind, Lexicon};

pub(super) struct FamilyText<'l> {
    pub(super) lexicon: &'l Lexicon,
    pub(super) family: &'l Family,
    pub(super) most: usize,
}

impl fmt::Display for FamilyText<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { lexicon, family, most } = *self;
        writeln!(f, "{} ({}: {})", family.name, family.kind, meaning(family.kind))?;
        section(f, "What it is", [&family.about])?;
        let rules: Vec<_> = lexicon.rules.iter().filter(|rule| rule.family == family.name).collect();
        let width = rules.iter().map(|rule| rule.id.chars().count()).max().unwrap_or_default();
        let lines = rules.iter().map(|rule| match family.kind {
            Kind::Move => format!("{:width$}  {}", rule.id, rule.why),
            _ => format!("{:width$}  {:7}  {}", rule.id, rule.severity.to_string(), rule.why),
        });
        section(f, "Rules", lines)?;
        section(f, "Silent where", conditions(&[&family.unless], most))?;
        section(f, "Counts only where", conditions(&[&family.only], most))?;
        let lists = family.lists.iter().map(|(name, texts)| format!("{{{name}}}: {}", texts.join(", ")));
        section(f, "Word lists of its own", shortened(&lists.collect::<Vec<_>>(), most, "lists"))
    }
}
