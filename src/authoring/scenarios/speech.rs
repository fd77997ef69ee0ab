//! What the customer says: lines that are too few, that stand twice, or that are not like her.

use std::path::Path;

use rustc_hash::FxHashSet;

use crate::authoring::problem::Problem;
use crate::authoring::spot::Spot;
use crate::scenario::ScenarioFile;
use crate::text::straight;

use super::lines::{self, Lines};

/// Whatever is wrong with her lines.
pub(super) fn check(file: &ScenarioFile, root: Spot<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    let never: Vec<(&String, Vec<String>)> =
        file.customer.never.iter().map(|never| (never, words(never))).collect();
    for lines in lines::all(file, root).iter().chain(&lines::of_scenes(file, root)) {
        too_few(lines, &mut problems);
        twice(lines, &mut problems);
        unlike_her(lines, &never, &mut problems);
    }
    problems
}

fn too_few(lines: &Lines<'_>, problems: &mut Vec<Problem>) {
    if lines.texts.len() == 1 {
        let message = format!(
            "{} has one line only: write another, so that a second playing does not repeat the first",
            lines.what
        );
        problems.push(lines.spot.mistake(message));
    }
}

fn twice(lines: &Lines<'_>, problems: &mut Vec<Problem>) {
    let mut seen = FxHashSet::default();
    for (at, line) in lines.texts.iter().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        if !seen.insert(words(line)) {
            let message = "this line stands in the list already: write another, or remove it";
            problems.push(lines.spot.item(at).mistake(message));
        }
    }
}

fn unlike_her(lines: &Lines<'_>, never: &[(&String, Vec<String>)], problems: &mut Vec<Problem>) {
    for (at, line) in lines.texts.iter().enumerate() {
        let said = words(line);
        let holds =
            |never: &[String]| !never.is_empty() && said.windows(never.len()).any(|part| part == never);
        for (text, _) in never.iter().filter(|(_, words)| holds(words)) {
            let message = format!(
                "the customer never says `{text}`: write the line another way, or take it out of `customer: never`"
            );
            problems.push(lines.spot.item(at).mistake(message));
        }
    }
}

/// The words of a text, without capitals and marks.
fn words(text: &str) -> Vec<String> {
    let text = straight(&text.to_lowercase());
    let is_letter = |c: char| c.is_alphanumeric() || c == '\'';
    let words = text.split(|c: char| !is_letter(c)).map(|word| word.trim_matches('\''));
    words.filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Texts that say nothing, and a file of another name.
pub(super) fn texts(file: &ScenarioFile, root: Spot<'_>, path: &str) -> Vec<Problem> {
    let blank = root.scalars().into_iter().filter(|(_, text)| text.trim().is_empty());
    let mut problems: Vec<Problem> =
        blank.map(|(spot, _)| spot.mistake("this text is empty: write it, or remove it")).collect();
    let stem = Path::new(path).file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
    if stem != file.scenario {
        let message = format!(
            "the scenario `{0}` stands in a file of another name: call the file {0}.yaml",
            file.scenario
        );
        problems.push(root.key("scenario").mistake(message));
    }
    let hints = &file.hints;
    let steps = [
        ("apologize", &hints.apologize),
        ("review", &hints.review),
        ("fix", &hints.fix),
        ("document", &hints.document),
    ];
    for (step, texts) in steps {
        let spot = root.key("hints");
        match texts.len() {
            0 => problems.push(spot.mistake_at_key(
                step,
                format!("there is no hint for the step `{step}`: write one or more, the broadest first"),
            )),
            1 => problems.push(spot.warning_at_key(
                step,
                format!("there is one hint only for the step `{step}`: write a second that says more"),
            )),
            _ => {}
        }
    }
    problems
}
