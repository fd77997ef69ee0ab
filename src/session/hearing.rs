//! A reply as it is heard: what the lexicon hears in it, what it mentions of the scenario, and where
//! the customer cuts in.

use crate::coaching::{Coaching, Role};
use crate::document::{self, FileType, Options};
use crate::lexicon::{Kind, Severity};
use crate::lint::{Heard as Before, Linter};
use crate::matcher::{Hit, Listener};
use crate::scenario::{MentionKind, ON_FILE};
use crate::text::{Block, Span};

use super::Stage;

/// No word is longer than this on average: a reply without spaces is cut, too.
const LONGEST_WORD: usize = 24;

/// What was heard in a reply.
#[derive(Debug, Default)]
pub(super) struct Hearing<'s> {
    /// Every rule that was heard, by place; spans are bytes of the reply.
    pub(super) hits: Vec<Hit>,
    /// Everything that means something, by place.
    pub(super) said: Vec<Said<'s>>,
    /// The byte at which the customer cut in.
    pub(super) cut: Option<usize>,
    /// What is said by family, rule and id, each once.
    pub(super) names: Vec<&'s str>,
}

/// One thing that a reply says.
#[derive(Debug, Clone, Copy)]
pub(super) struct Said<'s> {
    pub(super) sense: Sense,
    /// The family, or the id in the scenario.
    pub(super) name: &'s str,
    pub(super) rule: Option<u32>,
    pub(super) span: Span,
    pub(super) sentence: u32,
}

/// What it means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sense {
    Move(Role),
    /// A fault, and whether it is one at this place of the conversation.
    Fault(Severity, Due),
    /// Something of the scenario: its kind, and its place in its list.
    Mention(MentionKind, usize),
}

/// Whether a fault is one where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Due {
    Yes,
    /// It would be one, had not something been heard before.
    NoLonger,
}

impl<'s> Hearing<'s> {
    /// Listens to `text`, of which the customer takes so many words. `before` is what has been
    /// heard in earlier replies, and afterwards also in this one.
    pub(super) fn of(
        stage: &Stage<'s>,
        linter: &Linter<'s>,
        text: &str,
        words: usize,
        before: &mut Before,
    ) -> Self {
        let cut = cut(text, words);
        let heard = &text[..cut.unwrap_or(text.len())];
        let document = document::read(heard, FileType::Plain, &Options::default());
        let mut hearing = Self { cut, ..Self::default() };
        let mut listener = Listener::new(stage.matcher);
        let mut hits = Vec::new();
        for message in &document.messages {
            hits.clear();
            listener.hear(&message.blocks, &mut hits);
            hearing.take_rules(stage, linter, &message.blocks, &hits, before);
            hearing.take_mentions(stage, &message.blocks);
        }
        hearing.said.sort_by_key(|said| (said.sentence, said.span.start, said.span.end));
        hearing.hits.sort_by_key(|hit| (hit.span.start, hit.span.end));
        hearing.names = hearing.all_names(stage);
        hearing.drop_lesser_faults();
        hearing
    }

    /// The same words are blamed once, for the worst that is in them.
    fn drop_lesser_faults(&mut self) {
        let faults: Vec<(Severity, Span)> = self
            .said
            .iter()
            .filter_map(|said| match said.sense {
                Sense::Fault(severity, _) => Some((severity, said.span)),
                _ => None,
            })
            .collect();
        let length = |span: Span| span.end - span.start;
        self.said.retain(|said| match said.sense {
            Sense::Fault(severity, _) => !faults.iter().any(|(other, span)| {
                let is_worse = (*other, length(*span)) > (severity, length(said.span));
                is_worse && span.overlaps(said.span)
            }),
            _ => true,
        });
    }

    fn take_rules(
        &mut self,
        stage: &Stage<'s>,
        linter: &Linter<'s>,
        blocks: &[Block<'_>],
        hits: &[Hit],
        before: &mut Before,
    ) {
        let mut due: Vec<(u32, Severity, Hit)> = Vec::new();
        linter.judge(hits, None, before, |rule, severity, hit| due.push((rule, severity, *hit)));
        let source = |hit: &Hit| blocks[hit.block as usize].source_span(hit.span);
        for (rule, severity, hit) in &due {
            self.push(stage, Sense::Fault(*severity, Due::Yes), *rule, source(hit), hit.sentence);
        }
        for hit in hits {
            let rule = &stage.lexicon.rules[hit.rule as usize];
            let is_due = due.iter().any(|(rule, _, other)| *rule == hit.rule && other == hit);
            match rule.kind {
                Kind::Move => {
                    let role = role(stage.coaching, &rule.family);
                    self.push(stage, Sense::Move(role), hit.rule, source(hit), hit.sentence);
                }
                Kind::Fault if !is_due => {
                    let sense = Sense::Fault(rule.severity, Due::NoLonger);
                    self.push(stage, sense, hit.rule, source(hit), hit.sentence);
                }
                _ => {}
            }
            self.hits.push(Hit { block: 0, span: source(hit), ..*hit });
        }
    }

    fn push(&mut self, stage: &Stage<'s>, sense: Sense, rule: u32, span: Span, sentence: u32) {
        let name = stage.lexicon.rules[rule as usize].family.as_str();
        self.said.push(Said { sense, name, rule: Some(rule), span, sentence });
    }

    fn take_mentions(&mut self, stage: &Stage<'s>, blocks: &[Block<'_>]) {
        for hit in stage.scenario.hear_blocks(blocks) {
            let Some(number) = number_of(stage, hit.kind, hit.topic) else { continue };
            self.said.push(Said {
                sense: Sense::Mention(hit.kind, number),
                name: hit.topic,
                rule: None,
                span: hit.span,
                sentence: hit.sentence,
            });
        }
    }

    /// Whether nothing was recognised.
    pub(super) const fn is_empty(&self) -> bool {
        self.said.is_empty()
    }

    /// Whether the reply says the family, the rule or the id.
    pub(super) fn says(&self, name: &str) -> bool {
        self.names.contains(&name)
    }

    fn all_names(&self, stage: &Stage<'s>) -> Vec<&'s str> {
        let mut names: Vec<&'s str> = Vec::new();
        for said in &self.said {
            names.push(said.name);
            names.extend(said.rule.map(|rule| stage.lexicon.rules[rule as usize].id.as_str()));
            if matches!(said.sense, Sense::Mention(MentionKind::File, _)) {
                names.push(ON_FILE);
            }
        }
        names.sort_unstable();
        names.dedup();
        names
    }

    /// What is said in a sentence.
    pub(super) fn in_sentence(&self, sentence: u32) -> impl Iterator<Item = &Said<'s>> {
        self.said.iter().filter(move |said| said.sentence == sentence)
    }

    /// The things of the scenario of one kind, each with its number.
    pub(super) fn mentions(&self, kind: MentionKind) -> impl Iterator<Item = (usize, &Said<'s>)> {
        self.said.iter().filter_map(move |said| match said.sense {
            Sense::Mention(other, number) if other == kind => Some((number, said)),
            _ => None,
        })
    }
}

fn role(coaching: &Coaching, family: &str) -> Role {
    coaching.moves.get(family).map_or(Role::Kindness, |rule| rule.role)
}

fn number_of(stage: &Stage<'_>, kind: MentionKind, id: &str) -> Option<usize> {
    let file = &stage.scenario.file;
    match kind {
        MentionKind::Harm => file.harms.iter().position(|one| one.id == id),
        MentionKind::Topic => file.topics.iter().position(|one| one.id == id),
        MentionKind::Fact => file.facts.iter().position(|one| one.id == id),
        MentionKind::Check => file.checks.iter().position(|one| one.id == id),
        MentionKind::Remedy => file.remedies.iter().position(|one| one.id == id),
        MentionKind::Extra => file.extras.iter().position(|one| one.id == id),
        MentionKind::File => file.file.iter().position(|one| one.item == id),
    }
}

/// The byte at which so many words have been said, if more follow.
fn cut(text: &str, words: usize) -> Option<usize> {
    let mut end = 0;
    let mut count = 0;
    for word in text.split_whitespace() {
        count += 1;
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        if count > words || start > words * LONGEST_WORD {
            return Some(end);
        }
        end = start + word.len();
        if end > words * LONGEST_WORD {
            return Some(floor(text, words * LONGEST_WORD));
        }
    }
    None
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn she_cuts_in_after_so_many_words_and_never_within_a_letter() {
        assert_eq!(cut("one two  three", 3), None);
        assert_eq!(cut("one two  three", 2), Some(7));
        assert_eq!(cut("  ", 0), None);
        assert_eq!(cut("one", 0), Some(0));
        let long = "é".repeat(1_000);
        assert_eq!(cut(&long, 2), Some(48));
        assert_eq!(cut(&format!("a{long}"), 2), Some(47));
    }
}
