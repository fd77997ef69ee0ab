//! The good answers of the debrief: they should not do what the lexicon calls a fault.

use crate::authoring::problem::Problem;
use crate::authoring::spot::Spot;
use crate::document::{self, FileType, Options};
use crate::lexicon::{Kind, Rule};
use crate::matcher::Listener;
use crate::scenario::{MentionKind, ON_FILE};
use crate::session::Stage;

/// Answers that hold a fault.
pub(super) fn check(stage: &Stage<'_>, root: Spot<'_>) -> Vec<Problem> {
    let answers = &stage.scenario.file.answers;
    let steps = [
        ("apologize", &answers.apologize),
        ("review", &answers.review),
        ("fix", &answers.fix),
        ("document", &answers.document),
    ];
    let mut problems = Vec::new();
    for (step, answer) in steps {
        // What is a fault only ahead of an apology is none in the answer to a later step.
        let faults = rules(stage, answer)
            .into_iter()
            .filter(|(rule, _)| rule.kind == Kind::Fault && (step == "apologize" || rule.before.is_empty()));
        for (rule, words) in faults {
            let message = format!(
                "this is to be a good answer, and \"{words}\" is a fault ({}): write it another way",
                rule.id
            );
            problems.push(root.key("answers").key(step).warning(message));
        }
    }
    problems
}

/// Every family, rule and id that a reply makes heard.
pub(super) fn names<'s>(stage: &Stage<'s>, reply: &str) -> Vec<&'s str> {
    let mut names: Vec<&str> = Vec::new();
    for (rule, _) in rules(stage, reply) {
        names.extend([rule.id.as_str(), rule.family.as_str()]);
    }
    for hit in stage.scenario.hear(reply) {
        names.push(hit.topic);
        names.extend((hit.kind == MentionKind::File).then_some(ON_FILE));
    }
    names
}

/// Every rule of the lexicon that is heard, with the words.
fn rules<'s>(stage: &Stage<'s>, reply: &str) -> Vec<(&'s Rule, String)> {
    let document = document::read(reply, FileType::Plain, &Options::default());
    let mut found = Vec::new();
    for message in &document.messages {
        let mut hits = Vec::new();
        Listener::new(stage.matcher).hear(&message.blocks, &mut hits);
        found.extend(hits.iter().map(|hit| {
            let text = &message.blocks[hit.block as usize].text[hit.span.range()];
            (&stage.lexicon.rules[hit.rule as usize], text.split_whitespace().collect::<Vec<_>>().join(" "))
        }));
    }
    found
}
