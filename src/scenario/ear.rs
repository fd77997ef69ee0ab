//! The scenario's own ear: what a reply mentions of this case.

use super::mention::MentionKind;
use super::schema::ScenarioFile;
use crate::document::{self, FileType, Options};
use crate::lexicon::schema::{Conditions, Texts, WordsFile};
use crate::lexicon::{Family, Kind, Lexicon, Rule};
use crate::matcher::{Hit, Listener, Matcher};
use crate::text::{Block, Span};

/// Something of a scenario that a reply mentions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TopicHit<'s> {
    /// The name of what is mentioned.
    pub topic: &'s str,
    /// What sort of thing it is.
    pub kind: MentionKind,
    /// The bytes of the reply.
    pub span: Span,
    /// The sentence of the reply.
    pub sentence: u32,
}

/// Hears what replies mention. Each thing is a family of its own, so that two things may be heard
/// in the same words.
#[derive(Debug)]
pub(super) struct Ear {
    /// What each rule is about.
    topics: Vec<(String, MentionKind)>,
    matcher: Matcher,
}

impl Ear {
    pub(super) fn new(file: &ScenarioFile, words: &WordsFile) -> Self {
        // What is frequent matters to large lexicons only.
        let words = WordsFile { common: Default::default(), ..words.clone() };
        let mut lexicon = Lexicon { words: words.into(), ..Lexicon::default() };
        let mut topics = Vec::new();
        for mention in file.mentions() {
            lexicon.families.push(Family::new(mention.id, Kind::Move));
            let plain = rule(mention.id, mention.phrases, mention.kind.counts_denied());
            if !plain.hears_negated {
                lexicon.rules.push(asking(&plain));
                topics.push((mention.id.to_owned(), mention.kind));
            }
            lexicon.rules.push(plain);
            topics.push((mention.id.to_owned(), mention.kind));
        }
        Self { topics, matcher: Matcher::new(&lexicon) }
    }

    pub(super) fn hear(&self, reply: &str) -> Vec<TopicHit<'_>> {
        let document = document::read(reply, FileType::Plain, &Options::default());
        document.messages.iter().flat_map(|message| self.hear_blocks(&message.blocks)).collect()
    }

    pub(super) fn hear_blocks(&self, blocks: &[Block<'_>]) -> Vec<TopicHit<'_>> {
        let mut hits = Vec::new();
        Listener::new(&self.matcher).hear(blocks, &mut hits);
        hits.iter().map(|hit| self.topic_hit(hit, blocks)).collect()
    }

    fn topic_hit(&self, hit: &Hit, blocks: &[Block<'_>]) -> TopicHit<'_> {
        let (topic, kind) = &self.topics[hit.rule as usize];
        let span = blocks[hit.block as usize].source_span(hit.span);
        TopicHit { topic, kind: *kind, span, sentence: hit.sentence }
    }
}

/// "Why don't I bring it round?" denies nothing.
const ASKING: &str = "(do|would|could|can|should) not (I|we)";

/// The rule for what is offered by a question that sounds like a denial.
fn asking(plain: &Rule) -> Rule {
    let earlier = Texts(vec![ASKING.to_owned()]);
    let only = Conditions { earlier, ..Conditions::default() };
    Rule { hears_negated: true, only: only.into(), ..plain.clone() }
}

fn rule(id: &str, phrases: &[String], hears_negated: bool) -> Rule {
    Rule { phrases: phrases.to_vec().into(), hears_negated, ..Rule::new(id, id, Kind::Move) }
}
