//! What an author has left out, and names that do not look like names.

use std::path::Path;

use rustc_hash::FxHashMap;

use crate::authoring::layer::File;
use crate::authoring::load::Loaded;
use crate::authoring::problem::Problem;
use crate::authoring::spot::Spot;
use crate::lexicon::schema::{FamilyFile, RuleEntry};
use crate::lexicon::{Kind, Rule};

/// Texts that are missing and names that are odd, in the files of the layers.
pub(super) fn check(loaded: &mut Loaded) {
    let rules: FxHashMap<&str, &Rule> =
        loaded.lexicon.rules.iter().map(|rule| (rule.id.as_str(), rule)).collect();
    let mut problems = Vec::new();
    for file in loaded.layers.iter().flat_map(|layer| &layer.files) {
        if let Some(family) = file.family().filter(|family| !family.off) {
            let about = loaded.lexicon.family(&family.family).map(|family| family.about.as_str());
            check_family(file, family, about.unwrap_or_default(), &mut problems);
            for (number, entry) in family.rules.iter().enumerate().filter(|(_, entry)| !entry.off) {
                let spot = file.spot().key("rules").item(number);
                problems.extend(bad_name(&entry.id, "an id").map(|message| spot.key("id").mistake(message)));
                if let Some(rule) = rules.get(entry.id.as_str()) {
                    check_rule(spot, rule, entry, &mut problems);
                }
            }
        }
    }
    loaded.problems.extend(problems);
}

fn check_family(file: &File, family: &FamilyFile, about: &str, problems: &mut Vec<Problem>) {
    let spot = file.spot();
    let name = spot.key("family");
    let of_file = Path::new(&file.path).file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    match bad_name(&family.family, "a family's name") {
        Some(message) => problems.push(name.mistake(message)),
        None if of_file != family.family => problems.push(name.mistake(format!(
            "the family `{}` stands in a file of another name: call the file {}.yaml",
            family.family, family.family
        ))),
        None => {}
    }
    if is_blank(about) && !spot.has_lost("about") {
        problems.push(name.mistake("the family does not say what it is: add `about:` with one sentence"));
    }
}

/// What is missing in a rule once all layers have had their say.
fn check_rule(spot: Spot<'_>, rule: &Rule, entry: &RuleEntry, problems: &mut Vec<Problem>) {
    let mut missing = |keys: &[&str], what: &str| {
        if !keys.iter().any(|key| spot.has_lost(key) || spot.root().has_lost(key)) {
            problems.push(spot.mistake(format!("the rule `{}` {what}", rule.id)));
        }
    };
    let is_of_move = rule.kind == Kind::Move;
    if is_blank(&rule.why) {
        missing(&["why"], "does not say why it matters: add `why:` with one sentence");
    }
    if !is_of_move && rule.say.iter().all(|text| is_blank(text)) {
        missing(
            &["say"],
            "does not say what to write instead: add `say:` with a wording that can be used as it stands",
        );
    }
    if is_blank(&rule.source) {
        missing(&["source"], "names no source: add `source:` with what it rests on");
    }
    let hears_nothing = rule.phrases.is_empty() && rule.absent.is_empty() && rule.reports.is_empty();
    if rule.kind != Kind::Check && hears_nothing {
        missing(&["phrases", "absent", "reports"], "hears nothing: add `phrases:`");
    }
    if !rule.phrases.is_empty() && rule.flags.is_empty() && !spot.has_lost("flags") {
        problems.push(spot.warning(format!(
            "the rule `{}` has no example: add a sentence that it must hear under `flags:`",
            rule.id
        )));
    }
    let lists = [("say", &entry.say), ("flags", &entry.flags), ("allows", &entry.allows)];
    for (key, texts) in lists {
        for (number, _) in texts.iter().enumerate().filter(|(_, text)| is_blank(text)) {
            problems.push(spot.key(key).item(number).mistake("this text is empty: write it, or remove it"));
        }
    }
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}

/// Names are words of small letters and digits with hyphens between them.
pub(crate) fn bad_name(name: &str, what: &str) -> Option<String> {
    let is_word =
        |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
    if name.split('-').all(is_word) {
        return None;
    }
    let better = better_name(name);
    let remedy = if better.is_empty() { "policy-shield".to_owned() } else { better };
    Some(format!("{what} is made of small letters, digits and single hyphens: write `{remedy}`"))
}

fn better_name(name: &str) -> String {
    let mut better = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && better.ends_with(|c: char| c.is_ascii_lowercase()) {
            better.push('-');
        }
        match c.to_ascii_lowercase() {
            c if c.is_ascii_alphanumeric() => better.push(c),
            _ if !better.is_empty() && !better.ends_with('-') => better.push('-'),
            _ => {}
        }
    }
    better.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_kebab_case() {
        assert_eq!(bad_name("our-policy-2", "an id"), None);
        for (name, better) in [
            ("ourPolicy", "our-policy"),
            ("Our policy", "our-policy"),
            ("-x--y-", "x-y"),
            ("", "policy-shield"),
        ] {
            let message = bad_name(name, "an id").expect("a bad name");
            assert!(message.ends_with(&format!("write `{better}`")), "{message}");
        }
    }
}
