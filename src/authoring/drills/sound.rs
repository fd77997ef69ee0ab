//! What a file of drills must say to be of use.

use super::draft::Draft;
use crate::authoring::authored::{Authored, Part};
use crate::authoring::check::phrase_problems;
use crate::authoring::problem::Problem;
use crate::authoring::spot::Spot;
use crate::drill::{DrillFile, Drills, Prompt};
use crate::lexicon::schema::Texts;
use crate::lexicon::{Kind, Lexicon};
use crate::nearest::nearest;

/// More things to keep than this cannot be kept in a minute.
const MOST_KEEPS: usize = 2;

/// What keeps a file from being used.
pub(super) fn check(draft: &Draft, below: &Drills, lexicon: &Lexicon) -> Vec<Problem> {
    let Some(file) = &draft.file else { return Vec::new() };
    let root = draft.root();
    let mut problems = family(file, root, below, lexicon);
    problems.extend(names(&file.needs, root.key("needs"), lexicon));
    let kind = lexicon.family(&file.family).map(|family| family.kind);
    for (prompt, spot) in draft.prompts() {
        problems.extend(texts(prompt, spot, kind));
        problems.extend(names(&prompt.needs, spot.key("needs"), lexicon));
    }
    problems.extend(phrases(draft, lexicon));
    problems
}

fn family(file: &DrillFile, root: Spot<'_>, below: &Drills, lexicon: &Lexicon) -> Vec<Problem> {
    let spot = root.key("family");
    let base = below.of(&file.family);
    let kind = lexicon.family(&file.family).map(|family| family.kind);
    let mut problems = Vec::new();
    match kind {
        None => problems.push(spot.mistake(unknown(&file.family, lexicon, false))),
        Some(Kind::Check) => problems.push(spot.mistake(format!(
            "`{}` is reported without being heard, so it cannot be drilled: name a fault or a move",
            file.family
        ))),
        Some(Kind::Fault | Kind::Move) => {}
    }
    if file.task.trim().is_empty() && base.is_none() {
        problems.push(spot.mistake("nobody is told what to do: add `task:` with one sentence"));
    }
    let has_needs = !file.needs.is_empty() || base.is_some_and(|base| !base.needs.is_empty());
    if kind == Some(Kind::Fault) && !has_needs && file.prompts.iter().any(|prompt| prompt.needs.is_empty()) {
        problems.push(spot.mistake(
            "an answer that says nothing would pass: add `needs:` with the moves of which it must hold one",
        ));
    }
    if file.prompts.is_empty() {
        problems.push(spot.mistake("there is no prompt: add one under `prompts:`"));
    }
    problems
}

fn texts(prompt: &Prompt, spot: Spot<'_>, kind: Option<Kind>) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut wants = |text: &str, message: &str| {
        if text.trim().is_empty() {
            problems.push(spot.mistake(format!("the prompt `{}` {message}", prompt.id)));
        }
    };
    wants(&prompt.model, "has no good answer: add `model:`");
    match kind {
        Some(Kind::Fault) => {
            wants(&prompt.canned, "has nothing to put right: add `canned:` with the bad words")
        }
        Some(Kind::Move) => wants(&prompt.customer, "has nobody to answer: add `customer:` with her words"),
        _ => {}
    }
    if kind == Some(Kind::Move) && !prompt.canned.is_empty() {
        problems.push(
            spot.key("canned")
                .mistake("`canned` is for faults only: a move answers the customer; take it out"),
        );
    }
    if prompt.keeps.len() > MOST_KEEPS {
        problems.push(spot.key("keeps").mistake(format!(
            "{} things to keep are more than a minute has room for: leave {MOST_KEEPS}",
            prompt.keeps.len()
        )));
    }
    problems
}

fn names(names: &Texts, spot: Spot<'_>, lexicon: &Lexicon) -> Vec<Problem> {
    let is_move = |name: &str| {
        let of_family = lexicon.family(name).is_some_and(|family| family.kind == Kind::Move);
        of_family || lexicon.rule(name).is_some_and(|rule| rule.kind == Kind::Move)
    };
    let unknown = names.iter().enumerate().filter(|(_, name)| !is_move(name));
    unknown.map(|(number, name)| spot.item(number).mistake(self::unknown(name, lexicon, true))).collect()
}

fn unknown(name: &str, lexicon: &Lexicon, is_move: bool) -> String {
    let what = if is_move { "move" } else { "family" };
    let families = lexicon.families.iter().filter(|family| !is_move || family.kind == Kind::Move);
    match nearest(name, families.map(|family| family.name.as_str())) {
        Some(meant) => format!("there is no {what} `{name}`: write `{meant}`"),
        None => format!("there is no {what} `{name}`: list them with `amends rules`"),
    }
}

fn phrases(draft: &Draft, lexicon: &Lexicon) -> Vec<Problem> {
    let mut authored = Vec::new();
    for (prompt, spot) in draft.prompts() {
        for (number, keep) in prompt.keeps.iter().enumerate() {
            let spot = spot.key("keeps").item(number).key("phrases");
            let phrases = keep.phrases.iter().enumerate();
            authored.extend(phrases.map(|(at, text)| Authored {
                text,
                spot: spot.item(at),
                part: Part::Phrase,
                family: None,
            }));
        }
    }
    phrase_problems(&authored, lexicon)
}
