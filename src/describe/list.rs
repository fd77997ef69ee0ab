//! All rules, by family.

use std::fmt;

use serde_json::{Value, json};

use super::meaning;
use crate::lexicon::{Kind, Lexicon, Rule};

/// The version of the list for programs.
const VERSION: u32 = 1;

/// Lists the rules of a lexicon for people.
#[derive(Debug)]
pub struct RuleList<'l>(pub &'l Lexicon);

impl fmt::Display for RuleList<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(lexicon) = self;
        let width = lexicon.rules.iter().map(|rule| rule.id.chars().count()).max().unwrap_or_default();
        for kind in [Kind::Fault, Kind::Move, Kind::Check] {
            let families = lexicon.families.iter().filter(|family| family.kind == kind);
            for family in families {
                writeln!(f, "{} ({kind}: {})", family.name, meaning(kind))?;
                writeln!(f, "  {}", family.about)?;
                let mut rules = lexicon.rules.iter().filter(|rule| rule.family == family.name);
                rules.try_for_each(|rule| line(f, rule, width))?;
                writeln!(f)?;
            }
        }
        writeln!(
            f,
            "{} rules in {} families. `amends explain RULE` tells more about one.",
            lexicon.rules.len(),
            lexicon.families.len()
        )
    }
}

fn line(f: &mut fmt::Formatter<'_>, rule: &Rule, width: usize) -> fmt::Result {
    let severity = if rule.kind == Kind::Move { String::new() } else { rule.severity.to_string() };
    writeln!(f, "  {:width$}  {severity:7}  {}", rule.id, rule.why)
}

/// Lists the rules of a lexicon for programs.
#[must_use]
pub fn rules_json(lexicon: &Lexicon) -> Value {
    let families = lexicon
        .families
        .iter()
        .map(|family| json!({ "family": family.name, "kind": family.kind, "about": family.about }));
    json!({
        "version": VERSION,
        "families": families.collect::<Vec<_>>(),
        "rules": lexicon.rules.iter().map(rule_json).collect::<Vec<_>>(),
    })
}

fn rule_json(rule: &Rule) -> Value {
    let has_severity = rule.kind != Kind::Move;
    json!({
        "rule": rule.id,
        "family": rule.family,
        "kind": rule.kind,
        "severity": has_severity.then_some(rule.severity),
        "why": rule.why,
        "say": rule.say,
        "source": rule.source,
        "phrases": rule.phrases,
        "flags": rule.flags,
        "allows": rule.allows,
    })
}
