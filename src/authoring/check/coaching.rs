//! The coaching of a lexicon: names that nothing has, numbers and sentences that are missing, blanks
//! that nobody fills.

use crate::authoring::layer::{File, Layer};
use crate::authoring::problem::Problem;
use crate::authoring::spot::Spot;
use crate::coaching::{Coaching, Item, Principle};
use crate::lexicon::{Kind, Lexicon};
use crate::nearest::nearest;

/// The blanks that are filled in the coach's sentences.
const BLANKS: [&str; 19] = [
    "words",
    "why",
    "say",
    "customer",
    "harm",
    "named",
    "remedy",
    "extra",
    "check",
    "ours",
    "needs",
    "on-file",
    "may",
    "lost",
    "given",
    "lifetime",
    "years",
    "extra-cost",
    "best-extra-cost",
];

/// The groups of sentences that the coach says; names of words that are heard stand elsewhere.
const SENTENCES: [&str; 5] = ["faults", "principles", "items", "notes", "debrief"];

/// What is wrong with the coachings of all layers.
pub(super) fn check(lexicon: &Lexicon, layers: &[Layer]) -> Vec<Problem> {
    let coachings = layers.iter().flat_map(Layer::coachings);
    coachings.flat_map(|(file, coaching)| of(lexicon, file, coaching)).collect()
}

fn of(lexicon: &Lexicon, file: &File, coaching: &Coaching) -> Vec<Problem> {
    let spot = file.spot();
    let mut problems = families(lexicon, spot.key("moves"), Kind::Move, coaching.moves.keys());
    problems.extend(families(lexicon, spot.key("faults"), Kind::Fault, coaching.faults.keys()));
    let listening = spot.key("listening");
    let lists = [
        ("timed", &coaching.listening.timed),
        ("self-blame", &coaching.listening.self_blame),
        ("specific", &coaching.listening.specific),
    ];
    for (key, rules) in lists {
        problems.extend(unknown_rules(lexicon, listening.key(key), rules));
    }
    for (name, rule) in &coaching.moves {
        if rule.repeats.is_empty() {
            let spot = spot.key("moves").key(name);
            problems.push(spot.mistake("says nothing of repetition: write `repeats: [100, 50, 0]`"));
        }
    }
    problems.extend(missing(spot, coaching));
    let sentences = SENTENCES.iter().flat_map(|key| spot.key(key).scalars());
    problems.extend(sentences.filter_map(|(spot, text)| blank(spot, text)));
    problems
}

fn families<'n>(
    lexicon: &Lexicon,
    spot: Spot<'_>,
    kind: Kind,
    names: impl Iterator<Item = &'n String>,
) -> Vec<Problem> {
    let known = || lexicon.families.iter().filter(|family| family.kind == kind);
    let unknown = names.filter(|name| known().all(|family| family.name != **name));
    let problem = |name: &String| {
        let meant = nearest(name, known().map(|family| family.name.as_str()));
        let remedy =
            meant.map_or("list them with `amends rules`".to_owned(), |meant| format!("write `{meant}`"));
        spot.mistake_at_key(name, format!("there is no family of {kind}s `{name}`: {remedy}"))
    };
    unknown.map(problem).collect()
}

fn unknown_rules(lexicon: &Lexicon, spot: Spot<'_>, names: &[String]) -> Vec<Problem> {
    let unknown = names.iter().enumerate().filter(|(_, name)| lexicon.rule(name).is_none());
    let problem = |(number, name): (usize, &String)| {
        let meant = nearest(name, lexicon.rules.iter().map(|rule| rule.id.as_str()));
        let remedy =
            meant.map_or("list them with `amends rules`".to_owned(), |meant| format!("write `{meant}`"));
        spot.item(number).mistake(format!("there is no rule `{name}`: {remedy}"))
    };
    unknown.map(problem).collect()
}

/// Principles and items that the rules of the game need.
fn missing(spot: Spot<'_>, coaching: &Coaching) -> Vec<Problem> {
    let absent = |name: String| format!("lacks `{name}`: add it, or take coaching.yaml as amends brings it");
    let principles = Principle::ALL.iter().filter(|principle| coaching.of_principle(**principle).is_none());
    let principles =
        principles.map(|principle| spot.key("principles").mistake(absent(principle.to_string())));
    let items = Item::ALL.iter().filter(|item| coaching.of_item(**item).is_none());
    let items = items.map(|item| spot.key("items").mistake(absent(item.to_string())));
    principles.chain(items).collect()
}

fn blank(spot: Spot<'_>, text: &str) -> Option<Problem> {
    let mut rest = text;
    let mut at = 0;
    while let Some(start) = rest.find('{') {
        let Some(end) = rest[start..].find('}') else {
            return Some(spot.mistake_at(at + start, "this blank has no end: write `}` behind its name"));
        };
        let name = &rest[start + 1..start + end];
        if !BLANKS.contains(&name) {
            let meant = nearest(name, BLANKS.iter().copied());
            let remedy = meant
                .map_or(format!("there are {}", BLANKS.join(", ")), |meant| format!("write `{{{meant}}}`"));
            return Some(
                spot.mistake_at(at + start, format!("nothing fills the blank `{{{name}}}`: {remedy}")),
            );
        }
        at += start + end + 1;
        rest = &rest[start + end + 1..];
    }
    text.trim().is_empty().then(|| spot.mistake("this sentence is empty: write it, or remove it"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::embedded;
    use crate::yaml::Tree;
    use crate::yaml::shape::Shape;

    const TEXT: &str = include_str!("../../../lexicon/coaching.yaml");

    #[test]
    fn the_coaching_of_this_project_has_its_shape() {
        let (tree, mistakes) = Tree::read(TEXT.to_owned());
        assert_eq!(mistakes, []);
        let tree = tree.expect("a tree");
        assert_eq!(Shape::of::<Coaching>().check(&tree), []);
        let coaching: Coaching = tree.decode().expect("a coaching");
        let own = serde_json::to_value(&coaching).unwrap();
        assert_eq!(own, serde_json::to_value(embedded::coaching()).unwrap());
    }

    #[test]
    fn every_family_of_moves_has_its_effect() {
        let coaching = embedded::coaching();
        let lexicon = embedded::lexicon();
        let of_kind = |kind| lexicon.families.iter().filter(move |family| family.kind == kind);
        for family in of_kind(Kind::Move) {
            assert!(coaching.of_move(&family.name).is_some(), "{}", family.name);
        }
        for family in of_kind(Kind::Fault) {
            assert!(coaching.of_fault(&family.name).is_some(), "{}", family.name);
        }
    }

    #[test]
    fn mistakes_of_authors_are_told_with_their_places() {
        let text = TEXT
            .replacen("  apology:\n    role: apology", "  apologgy:\n    role: apology", 1)
            .replacen("timed: [follow-up-by-promise", "timed: [follow-up-promise", 1)
            .replacen("cost: {harm}.", "cost: {harms}.", 1)
            .replacen("  - principle: puzzled\n", "  - principle: silence\n", 1);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("coaching.yaml");
        std::fs::write(&path, text).unwrap();
        let problems = Lexicon::load(&[path], true).unwrap_err();
        assert!(problems.iter().all(|problem| problem.position.is_some()));
        let told: Vec<String> = problems.into_iter().map(|problem| problem.message).collect();
        insta::assert_snapshot!(told.join("\n"));
    }
}
