//! What a lexicon says about itself, the list of its rules and everything about one of them; and
//! the list of scenarios.

mod family;
mod list;
mod rule;
mod scenarios;

use std::fmt;

use crate::lexicon::schema::{Conditions, Scope};
use crate::lexicon::{Kind, Lexicon};
use crate::matcher::{QUESTION, reference};
use crate::nearest::nearest;

pub use list::{RuleList, rules_json};
pub use scenarios::{ScenarioList, scenarios_json};

/// Tells everything about the rule or family of this name; of very many phrases only the first,
/// unless `all` are wanted.
///
/// # Errors
/// When nothing has this name: one sentence that names the nearest.
pub fn explain(lexicon: &Lexicon, name: &str, all: bool) -> Result<String, String> {
    let most = if all { usize::MAX } else { MOST_PHRASES };
    if let Some(rule) = lexicon.rule(name) {
        return Ok(rule::RuleText { lexicon, rule, most }.to_string());
    }
    if let Some(family) = lexicon.family(name) {
        return Ok(family::FamilyText { lexicon, family, most }.to_string());
    }
    let rules = lexicon.rules.iter().map(|rule| rule.id.as_str());
    let names = rules.chain(lexicon.families.iter().map(|family| family.name.as_str()));
    Err(match nearest(name, names) {
        Some(meant) => format!("there is no rule or family `{name}`: did you mean `{meant}`?"),
        None => format!("there is no rule or family `{name}`: list them with `amends rules`"),
    })
}

/// So many phrases are shown unless all are wanted.
const MOST_PHRASES: usize = 12;

/// A heading and what stands below it, each on a line of its own. Nothing, if nothing does.
fn section<T: fmt::Display>(
    f: &mut fmt::Formatter<'_>,
    heading: &str,
    lines: impl IntoIterator<Item = T>,
) -> fmt::Result {
    let mut lines = lines.into_iter().peekable();
    if lines.peek().is_none() {
        return Ok(());
    }
    writeln!(f, "\n{heading}")?;
    lines.try_for_each(|line| writeln!(f, "  {line}"))
}

/// The first of many lines, and how many more there are.
fn shortened(lines: &[String], most: usize, what: &str) -> Vec<String> {
    let mut shown: Vec<String> = lines.iter().take(most).cloned().collect();
    if lines.len() > shown.len() {
        shown.push(format!("... and {} more {what}; --all shows them", lines.len() - shown.len()));
    }
    shown
}

/// Where conditions look, and for what.
fn conditions(all: &[&Conditions], most: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for scope in Scope::ALL {
        let of_scope =
            all.iter().flat_map(|conditions| conditions.by_scope()).filter(|(own, _)| *own == scope);
        let texts: Vec<String> =
            of_scope.flat_map(|(_, texts)| texts.iter()).map(|text| named(text)).collect();
        if !texts.is_empty() {
            lines.push(format!("{}:", place(scope)));
            lines.extend(shortened(&texts, most, "phrases").iter().map(|text| format!("  {text}")));
        }
    }
    lines
}

/// A reference in words; a phrase as it is.
fn named(text: &str) -> String {
    match reference(text) {
        Some(QUESTION) => "a question".to_owned(),
        Some(name) => format!("anything of {name}"),
        None => text.to_owned(),
    }
}

const fn place(scope: Scope) -> &'static str {
    match scope {
        Scope::Cover => "the words stand within",
        Scope::Sentence => "the sentence has",
        Scope::Earlier => "earlier in the sentence stands",
        Scope::Later => "later in the sentence stands",
        Scope::Nearby => "the sentence, or one beside it, has",
        Scope::Message => "the message has",
    }
}

/// What a kind of family is, in a few words.
const fn meaning(kind: Kind) -> &'static str {
    match kind {
        Kind::Fault => "wording that costs goodwill",
        Kind::Move => "wording that earns goodwill",
        Kind::Check => "reported without being heard",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::schema::Texts;
    use crate::lexicon::{Family, Rule, Severity};

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    fn family(name: &str, kind: Kind) -> Family {
        Family { about: format!("What {name} is."), ..Family::new(name, kind) }
    }

    fn rule(id: &str, family: &str, kind: Kind) -> Rule {
        Rule {
            severity: Severity::Warning,
            phrases: texts(&["our policy", "company rules"]).into(),
            why: format!("Why {id} matters."),
            source: "A study.".to_owned(),
            flags: texts(&["It is our policy."]).into(),
            ..Rule::new(id, family, kind)
        }
    }

    fn lexicon() -> Lexicon {
        let mut our_policy = rule("our-policy", "policy-shield", Kind::Fault);
        our_policy.severity = Severity::Error;
        our_policy.say = texts(&["Here is what I can do today."]);
        our_policy.allows = texts(&["Our policy lets me replace it."]).into();
        *our_policy.phrases = (1..=14).map(|number| format!("policy {number}")).collect();
        our_policy.before = texts(&["apology", "empathy"]);
        our_policy.hears_negated = true;
        our_policy.unless.sentence = Texts(texts(&["lets me", "<fix>"]));
        let mut no_apology = rule("no-apology", "absence", Kind::Check);
        no_apology.phrases.clear();
        no_apology.flags.clear();
        no_apology.absent = texts(&["apology"]);
        let mut shield = family("policy-shield", Kind::Fault);
        shield.unless.cover = Texts(texts(&["privacy policy"]));
        Lexicon {
            families: vec![shield, family("apology", Kind::Move), family("absence", Kind::Check)],
            rules: vec![
                our_policy,
                rule("the-rules", "policy-shield", Kind::Fault),
                rule("i-am-sorry", "apology", Kind::Move),
                no_apology,
            ],
            ..Lexicon::default()
        }
    }

    #[test]
    fn rules_are_listed_by_family() {
        insta::assert_snapshot!(RuleList(&lexicon()));
    }

    #[test]
    fn rules_are_told_to_programs() {
        insta::assert_snapshot!(format!("{:#}", rules_json(&lexicon())));
    }

    #[test]
    fn a_rule_is_explained() {
        insta::assert_snapshot!(explain(&lexicon(), "our-policy", false).unwrap());
        insta::assert_snapshot!(explain(&lexicon(), "no-apology", false).unwrap());
    }

    #[test]
    fn a_family_is_explained() {
        insta::assert_snapshot!(explain(&lexicon(), "policy-shield", true).unwrap());
    }

    #[test]
    fn an_unknown_name_is_answered_with_the_nearest() {
        let error = |name| explain(&lexicon(), name, false).unwrap_err();
        assert_eq!(error("our-polcy"), "there is no rule or family `our-polcy`: did you mean `our-policy`?");
        assert_eq!(error("zzz"), "there is no rule or family `zzz`: list them with `amends rules`");
    }
}
