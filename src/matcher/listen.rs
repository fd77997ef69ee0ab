//! One message at a time: which phrases occur in it, and which of them count.

use std::ops::Range;

use super::index::{Found, Index, Says};
use super::judge::Case;
use super::patterns::Patterns;
use super::pieces;
use super::tokens::{End, Mark, Token, Tokenizer};
use super::vocabulary::role;
use super::{Hit, Matcher};
use crate::lexicon::schema::Scope;
use crate::text::{Block, Span};

/// Listens with a [`Matcher`]. It keeps its working memory from message to message.
#[derive(Debug)]
pub struct Listener<'m> {
    matcher: &'m Matcher,
    tokens: Vec<Token>,
    found: Vec<Found>,
    candidates: Vec<Candidate>,
    occurred: Vec<ConditionHit>,
    sentences: Vec<Sentence>,
    accepted: Vec<Vec<Hit>>,
}

impl Drop for Listener<'_> { fn drop(&mut self) { eprintln!("symbols {} {:?}", self.matcher.vocabulary.len(), super::sieve::C); } }
/// A phrase of a rule that occurred.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    pub(super) hit: Hit,
    /// Counts only in the last sentence.
    pub(super) ends_message: bool,
    /// When its family is judged.
    pub(super) rank: u32,
}

/// A phrase of a condition that occurred.
#[derive(Debug, Clone, Copy)]
pub(super) struct ConditionHit {
    pub(super) number: u32,
    pub(super) sentence: u32,
    block: u32,
    part: u32,
    span: Span,
}

impl ConditionHit {
    /// The place, in the shape of a hit.
    pub(super) fn place(&self) -> Hit {
        let Self { sentence, block, part, span, .. } = *self;
        Hit { rule: 0, family: 0, block, sentence, part, span }
    }
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Sentence {
    pub(super) question: bool,
    block: u32,
    /// The byte of the block from which to read it again.
    from: u32,
    begins_message: bool,
    /// Whether a candidate asks what else is said here.
    is_asked: bool,
}

/// How far a condition on the message reaches, in sentences: a long text is no longer one message,
/// and to look through all of it for every hit would take more than linear time.
pub(super) const MESSAGE_REACH: usize = 40;

/// How far a denial reaches, in words: "that is not really our mistake".
const DENIAL_REACH: usize = 3;
/// The same where the denial is passed on: "I do not for a moment think that we …".
const CARRIED_REACH: usize = 6;

impl<'m> Listener<'m> {
    /// A listener.
    #[must_use]
    pub fn new(matcher: &'m Matcher) -> Self {
        Self {
            matcher,
            tokens: Vec::new(),
            found: Vec::new(),
            candidates: Vec::new(),
            occurred: Vec::new(),
            sentences: Vec::new(),
            accepted: vec![Vec::new(); matcher.families.len()],
        }
    }

    /// Adds to `hits` what is heard in a message, by place.
    pub fn hear(&mut self, blocks: &[Block<'_>], hits: &mut Vec<Hit>) {
        self.candidates.clear();
        self.occurred.clear();
        self.sentences.clear();
        for (number, block) in (0..).zip(blocks) {
            self.hear_rules(number, &block.text);
        }
        if self.candidates.is_empty() {
            return;
        }
        self.ask();
        self.hear_conditions(blocks);
        let case = Case {
            matcher: self.matcher,
            candidates: &mut self.candidates,
            conditions: &self.occurred,
            sentences: &self.sentences,
            accepted: &mut self.accepted,
        };
        case.judge(hits);
    }

    /// Reads a block for what the rules are about.
    fn hear_rules(&mut self, block: u32, text: &str) {
        let matcher = self.matcher;
        let mut tokenizer = Tokenizer::new(&matcher.vocabulary, text, matcher.and);
        let mut begins_message = self.sentences.is_empty();
        let has_patterns = matcher.rule_patterns.may_hear(text);
        loop {
            let from = tokenizer.offset() as u32;
            let Some(end) = tokenizer.next_sentence(&mut self.tokens) else { return };
            let heard = Heard {
                matcher,
                tokens: &self.tokens,
                begins_message,
                block,
                sentence: self.sentences.len() as u32,
            };
            heard.find(&matcher.rule_phrases, &mut self.found);
            self.candidates.extend(self.found.iter().filter_map(|found| heard.candidate(found)));
            if has_patterns {
                heard.patterns(text, &matcher.rule_patterns, |says, hit| {
                    self.candidates.extend(heard.candidate_at(says, hit, false));
                });
            }
            let question = end == End::Question || asks(matcher, &self.tokens);
            self.sentences.push(Sentence { question, block, from, begins_message, is_asked: false });
            begins_message =
                begins_message && matcher.vocabulary.has_role(self.tokens[0].symbol, role::GREETING);
        }
    }

    /// Marks the sentences in which a condition of some candidate might hold.
    fn ask(&mut self) {
        let matcher = self.matcher;
        for candidate in &self.candidates {
            let rule = &matcher.rules[candidate.hit.rule as usize];
            let family = &matcher.families[candidate.hit.family as usize];
            let of_rule = rule.unless.iter().chain(&rule.only);
            let numbers = of_rule.chain(&family.unless).chain(&family.only);
            let here = candidate.hit.sentence as usize;
            for condition in numbers
                .map(|&number| &matcher.conditions[number as usize])
                .filter(|condition| condition.has_phrases)
            {
                let asked = match condition.scope {
                    Scope::Message => around(here, MESSAGE_REACH, self.sentences.len()),
                    Scope::Nearby => around(here, 1, self.sentences.len()),
                    _ => here..here + 1,
                };
                self.sentences[asked].iter_mut().for_each(|sentence| sentence.is_asked = true);
            }
        }
    }

    /// Reads the marked sentences again for what the conditions are about.
    fn hear_conditions(&mut self, blocks: &[Block<'_>]) {
        let matcher = self.matcher;
        for (number, sentence) in (0..).zip(&self.sentences).filter(|(_, sentence)| sentence.is_asked) {
            let text = &blocks[sentence.block as usize].text;
            let mut tokenizer =
                Tokenizer::starting_at(&matcher.vocabulary, text, matcher.and, sentence.from as usize);
            tokenizer.next_sentence(&mut self.tokens);
            let begins_message = sentence.begins_message;
            let heard = Heard {
                matcher,
                tokens: &self.tokens,
                begins_message,
                block: sentence.block,
                sentence: number,
            };
            heard.find(&matcher.condition_phrases, &mut self.found);
            self.occurred.extend(self.found.iter().filter_map(|found| heard.condition(found)));
            if matcher.condition_patterns.may_hear(text) {
                heard.patterns(text, &matcher.condition_patterns, |says, hit| {
                    self.occurred.extend(condition_hit(says, hit));
                });
            }
        }
    }
}

/// What was heard in one sentence.
struct Heard<'f> {
    matcher: &'f Matcher,
    tokens: &'f [Token],
    begins_message: bool,
    block: u32,
    sentence: u32,
}

impl Heard<'_> {
    fn find(&self, index: &Index, found: &mut Vec<Found>) {
        found.clear();
        let Matcher { pieces, labels, .. } = self.matcher;
        let Self { tokens, begins_message, .. } = *self;
        index.find(&pieces::Sentence { pieces, labels, tokens, begins_message }, found);
    }

    fn candidate(&self, found: &Found) -> Option<Candidate> {
        let phrase = self.matcher.rule_phrases.phrases[found.phrase as usize];
        let Says::Rule(rule) = phrase.says else { return None };
        let hears_negated = self.matcher.rules[rule as usize].hears_negated;
        if !hears_negated && is_denied(self.matcher, self.tokens, found.start) {
            return None;
        }
        self.candidate_at(phrase.says, self.hit(found.start, found.end - 1), phrase.ends_message)
    }

    fn candidate_at(&self, says: Says, hit: Hit, ends_message: bool) -> Option<Candidate> {
        let Says::Rule(rule) = says else { return None };
        let family = self.matcher.rules[rule as usize].family;
        Some(Candidate { hit: Hit { rule, family, ..hit }, ends_message, rank: 0 })
    }

    fn condition(&self, found: &Found) -> Option<ConditionHit> {
        let phrase = self.matcher.condition_phrases.phrases[found.phrase as usize];
        condition_hit(phrase.says, self.hit(found.start, found.end - 1))
    }

    fn hit(&self, start: usize, end: usize) -> Hit {
        let span = Span::new(self.tokens[start].start as usize, self.tokens[end].end as usize);
        let part = part_of(self.tokens, start);
        Hit { rule: 0, family: 0, block: self.block, sentence: self.sentence, part, span }
    }

    /// What the regular expressions hear.
    fn patterns(&self, text: &str, patterns: &Patterns, mut found: impl FnMut(Says, Hit)) {
        let (Some(first), Some(last)) = (self.tokens.first(), self.tokens.last()) else { return };
        let offset = first.start as usize;
        patterns.hear(&text[offset..last.end as usize], |says, range| {
            let span = Span::new(offset + range.start, offset + range.end);
            let at = self.tokens.iter().position(|token| token.end as usize > span.start).unwrap_or_default();
            found(says, Hit { span, ..self.hit(at, at) });
        });
    }
}

/// The sentences so many places around one of them.
pub(super) fn around(sentence: usize, reach: usize, sentences: usize) -> Range<usize> {
    sentence.saturating_sub(reach)..sentences.min(sentence + reach + 1)
}

fn condition_hit(says: Says, hit: Hit) -> Option<ConditionHit> {
    let Says::Condition(number) = says else { return None };
    let Hit { sentence, block, part, span, .. } = hit;
    Some(ConditionHit { number, sentence, block, part, span })
}

/// The part of the sentence that the word stands in.
fn part_of(tokens: &[Token], at: usize) -> u32 {
    tokens[..=at].iter().skip(1).filter(|token| token.mark == Mark::Break).count() as u32
}

/// How far behind a question word the verb may stand: "which of the two cables did you …".
const QUESTION_REACH: usize = 6;

/// Whether a sentence is a question by its order of words: "do you …", "which one are you …".
fn asks(matcher: &Matcher, tokens: &[Token]) -> bool {
    let has = |at: usize, role: u8| {
        tokens.get(at).is_some_and(|token| matcher.vocabulary.has_role(token.symbol, role))
    };
    let inverted = |at: usize| has(at, role::AUXILIARY) && has(at + 1, role::SUBJECT);
    let which = has(0, role::ASKING) && (has(1, role::AUXILIARY) || (2..QUESTION_REACH).any(inverted));
    inverted(0) || which
}

/// Whether the words ahead of a match deny it: "that is not | our mistake", "I don't think | we let
/// you down". A clause of its own is denied only through a word that passes the denial on.
fn is_denied(matcher: &Matcher, tokens: &[Token], start: usize) -> bool {
    let has = |at: usize, role: u8| matcher.vocabulary.has_role(tokens[at].symbol, role);
    let is_clause = has(start, role::SUBJECT);
    let reach = if is_clause { CARRIED_REACH } else { DENIAL_REACH };
    let mut carried = false;
    for at in (start.saturating_sub(reach)..start).rev() {
        if tokens[at + 1].mark != Mark::None {
            return false;
        }
        if has(at, role::NEGATOR) {
            return carried || !is_clause;
        }
        if has(at, role::STOP) {
            return false;
        }
        carried |= has(at, role::CARRIER);
    }
    false
}
