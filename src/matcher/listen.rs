//! One message at a time: which phrases occur in it, and which of them count.

use std::ops::Range;

use super::groups::{GROUPS, ORDER, Wanted};
use super::judge::{Case, Reread};
use super::padded::Padded;
use super::patterns::Patterns;
use super::phrases::Found;
use super::pieces;
use super::tokens::{End, Mark, Token, Tokenizer};
use super::vocabulary::role;
use super::{Hit, Matcher};
use crate::text::{Block, Span};

/// Listens with a [`Matcher`]. It keeps its working memory from message to message.
#[derive(Debug)]
pub struct Listener<'m> {
    matcher: &'m Matcher,
    /// The words of the message so far.
    tokens: Vec<Token>,
    /// Their symbols, for the sieve.
    padded: Padded,
    found: Vec<Found>,
    candidates: Vec<Candidate>,
    sentences: Vec<Sentence>,
    accepted: Vec<Vec<Hit>>,
    reread: Reread,
}

/// A phrase of a rule that occurred.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    pub(super) hit: Hit,
    /// Counts only in the last sentence.
    pub(super) ends_message: bool,
    /// When its family is judged.
    pub(super) rank: u32,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Sentence {
    pub(super) question: bool,
    pub(super) begins_message: bool,
    pub(super) block: u32,
    /// Its words among those of the message.
    first: u32,
    end: u32,
    /// Whether it was found that a condition on the message holds here, and which.
    pub(super) answer: Option<(u32, bool)>,
    /// The groups of families on which a hit depends, though nobody wants them: a bit for each.
    asked_for: u32,
}

impl Sentence {
    /// Its words among those of the message.
    pub(super) const fn tokens(&self) -> Range<usize> {
        self.first as usize..self.end as usize
    }
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
            padded: Padded::new(),
            found: Vec::new(),
            candidates: Vec::new(),
            sentences: Vec::new(),
            accepted: vec![Vec::new(); matcher.families.len()],
            reread: Reread::new(),
        }
    }

    /// Adds to `hits` what is heard in a message, by place.
    pub fn hear(&mut self, blocks: &[Block<'_>], hits: &mut Vec<Hit>) {
        self.hear_for(Wanted::Everything, blocks, hits);
    }

    /// The same for a caller that can do without some of it: all that is `wanted`, and what else was
    /// heard on the way.
    pub fn hear_for(&mut self, wanted: Wanted, blocks: &[Block<'_>], hits: &mut Vec<Hit>) {
        self.candidates.clear();
        self.sentences.clear();
        self.tokens.clear();
        for (number, block) in (0..).zip(blocks) {
            self.hear_rules(wanted, number, &block.text);
        }
        if self.candidates.is_empty() {
            return;
        }
        if wanted != Wanted::Everything {
            self.hear_what_is_asked_for(wanted);
        }
        let case = Case {
            matcher: self.matcher,
            candidates: &mut self.candidates,
            blocks,
            tokens: &self.tokens,
            sentences: &mut self.sentences,
            accepted: &mut self.accepted,
            reread: &mut self.reread,
        };
        case.judge(hits);
    }

    /// Reads a block for what the rules are about.
    fn hear_rules(&mut self, wanted: Wanted, block: u32, text: &str) {
        let matcher = self.matcher;
        let mut tokenizer = Tokenizer::new(&matcher.vocabulary, text, matcher.and);
        let mut begins_message = self.sentences.is_empty();
        let has_patterns = matcher.rule_patterns.may_hear(text);
        let mut first = self.tokens.len() as u32;
        while let Some(end) = tokenizer.next_sentence(&mut self.tokens) {
            let sentence = &self.tokens[first as usize..];
            let heard = Heard {
                matcher,
                tokens: sentence,
                begins_message,
                block,
                sentence: self.sentences.len() as u32,
            };
            self.padded.fill(heard.tokens.iter().map(|token| token.symbol));
            let padded = heard.sentence(&self.padded);
            self.found.clear();
            matcher.rule_phrases.find(wanted.groups(), &padded, &mut self.found);
            self.candidates.extend(self.found.iter().filter_map(|found| heard.candidate(found)));
            if has_patterns {
                heard.patterns(text, &matcher.rule_patterns, |rule, hit| {
                    self.candidates.push(heard.candidate_at(rule, hit, false));
                });
            }
            let question = end == End::Question || asks(matcher, sentence);
            let end = self.tokens.len() as u32;
            self.sentences.push(Sentence {
                question,
                begins_message,
                block,
                first,
                end,
                answer: None,
                asked_for: 0,
            });
            begins_message =
                begins_message && matcher.vocabulary.has_role(sentence[0].symbol, role::GREETING);
            first = self.tokens.len() as u32;
        }
    }

    /// Hears what was not `wanted` in the sentences in which a hit depends on it.
    fn hear_what_is_asked_for(&mut self, wanted: Wanted) {
        let matcher = self.matcher;
        self.ask(wanted);
        let asked = (0..).zip(&self.sentences).filter(|(_, sentence)| sentence.asked_for != 0);
        for (number, sentence) in asked {
            let asked_for = sentence.asked_for;
            let heard = Heard::again(matcher, &self.tokens, sentence, number);
            self.padded.fill(heard.tokens.iter().map(|token| token.symbol));
            let sentence = heard.sentence(&self.padded);
            self.found.clear();
            for group in (0..GROUPS).filter(|group| asked_for >> group & 1 == 1) {
                matcher.rule_phrases.find(group..group + 1, &sentence, &mut self.found);
            }
            self.candidates.extend(self.found.iter().filter_map(|found| heard.candidate(found)));
        }
    }

    /// Notes which groups must be heard where.
    fn ask(&mut self, wanted: Wanted) {
        let matcher = self.matcher;
        // Whether one of these is reported depends on everything that was heard before.
        let minds_order = |candidate: &Candidate| matcher.groups[candidate.hit.family as usize] == ORDER;
        if wanted == Wanted::Order && self.candidates.iter().any(minds_order) {
            let others = (wanted.groups().end..GROUPS).fold(0, |others, group| others | 1 << group);
            self.sentences.iter_mut().for_each(|sentence| sentence.asked_for = others);
            return;
        }
        let asks = &matcher.asks[usize::from(wanted == Wanted::Order)];
        for Candidate { hit, .. } in &self.candidates {
            for (group, reach) in (0..).zip(asks[hit.family as usize]) {
                let Some(reach) = reach else { continue };
                let near = around(hit.sentence as usize, reach as usize, self.sentences.len());
                self.sentences[near].iter_mut().for_each(|sentence| sentence.asked_for |= 1 << group);
            }
        }
    }
}

/// What was heard in one sentence.
pub(super) struct Heard<'f> {
    pub(super) matcher: &'f Matcher,
    pub(super) tokens: &'f [Token],
    pub(super) begins_message: bool,
    pub(super) block: u32,
    pub(super) sentence: u32,
}

impl<'f> Heard<'f> {
    /// The sentence with this number, which is heard again; the words are those of the message.
    pub(super) fn again(matcher: &'f Matcher, tokens: &'f [Token], sentence: &Sentence, number: u32) -> Self {
        let Sentence { begins_message, block, .. } = *sentence;
        Self { matcher, tokens: &tokens[sentence.tokens()], begins_message, block, sentence: number }
    }

    /// The sentence, to look for phrases in, with its symbols.
    pub(super) fn sentence<'s>(&'s self, padded: &'s Padded) -> pieces::Sentence<'s> {
        let Matcher { pieces, labels, .. } = self.matcher;
        let Self { tokens, begins_message, .. } = *self;
        pieces::Sentence { pieces, labels, tokens, padded, begins_message }
    }

    fn candidate(&self, found: &Found) -> Option<Candidate> {
        let phrases = &self.matcher.rule_phrases;
        let rule = phrases.rule(found.phrase);
        let hears_negated = self.matcher.rules[rule as usize].hears_negated;
        let counts = |start: &usize| hears_negated || !is_denied(self.matcher, self.tokens, *start);
        // "Not happy, just like I said" says "like I said", whatever becomes of "just like I said".
        let start = found.starts().find(counts)?;
        let hit = self.hit(start, found.end - 1);
        Some(self.candidate_at(rule, hit, phrases.ends_message(found.phrase)))
    }

    fn candidate_at(&self, rule: u32, hit: Hit, ends_message: bool) -> Candidate {
        let family = self.matcher.rules[rule as usize].family;
        Candidate { hit: Hit { rule, family, ..hit }, ends_message, rank: 0 }
    }

    /// The words from the one to the other, in the shape of a hit.
    pub(super) fn hit(&self, start: usize, end: usize) -> Hit {
        let span = Span::new(self.tokens[start].start as usize, self.tokens[end].end as usize);
        let part = part_of(self.tokens, start);
        Hit { rule: 0, family: 0, block: self.block, sentence: self.sentence, part, span }
    }

    /// What the regular expressions hear.
    pub(super) fn patterns(&self, text: &str, patterns: &Patterns, mut found: impl FnMut(u32, Hit)) {
        let (Some(first), Some(last)) = (self.tokens.first(), self.tokens.last()) else { return };
        let offset = first.start as usize;
        patterns.hear(&text[offset..last.end as usize], |owner, range| {
            let span = Span::new(offset + range.start, offset + range.end);
            let at = self.tokens.iter().position(|token| token.end as usize > span.start).unwrap_or_default();
            found(owner, Hit { span, ..self.hit(at, at) });
        });
    }
}

/// The sentences so many places around one of them.
pub(super) fn around(sentence: usize, reach: usize, sentences: usize) -> Range<usize> {
    sentence.saturating_sub(reach)..sentences.min(sentence + reach + 1)
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
