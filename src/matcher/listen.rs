//! One message at a time: which phrases occur in it, and which of them count.

use super::automaton::{Accept, DEAD, Dfa, Node, OpenGap, Says};
use super::judge::Case;
use super::pieces::Before;
use super::tokens::{End, Mark, Token, Tokenizer};
use super::vocabulary::{END, role};
use super::{Hit, Matcher};
use crate::lexicon::phrase::Place;
use crate::text::{Block, Span};

/// Listens with a [`Matcher`]. It learns which automaton states its texts need, so keep it.
#[derive(Debug)]
pub struct Listener<'m> {
    matcher: &'m Matcher,
    dfa: Dfa<'m>,
    tokens: Vec<Token>,
    candidates: Vec<Candidate>,
    conditions: Vec<ConditionHit>,
    sentences: Vec<Sentence>,
    heard: Vec<Heard>,
    gaps: Vec<Waiting>,
    accepted: Vec<Vec<Hit>>,
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
        Hit {
            rule: 0,
            family: 0,
            block: self.block,
            sentence: self.sentence,
            part: self.part,
            span: self.span,
        }
    }
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Sentence {
    pub(super) question: bool,
}

/// The end of a phrase that began at the word `start` and ended with the word `end`.
#[derive(Debug, Clone, Copy)]
struct Heard {
    accept: Accept,
    start: usize,
    end: usize,
}

/// A match that has come to a gap.
#[derive(Debug, Clone, Copy)]
struct Waiting {
    /// The word with which the match began.
    start: usize,
    /// The first word that the gap may pass over.
    first: usize,
    gap: OpenGap,
}

/// So many matches may wait in gaps at once. A text of nothing but beginnings, "I I I I", stays
/// linear by it.
const MOST_GAPS: usize = 64;

/// How far a denial reaches, in words: "that is not really our mistake".
const DENIAL_REACH: usize = 3;
/// The same where the denial is passed on: "I do not for a moment think that we …".
const CARRIED_REACH: usize = 6;

impl<'m> Listener<'m> {
    /// A listener that knows nothing yet.
    #[must_use]
    pub fn new(matcher: &'m Matcher) -> Self {
        Self {
            matcher,
            dfa: Dfa::new(&matcher.nfa, matcher.vocabulary.len()),
            tokens: Vec::new(),
            candidates: Vec::new(),
            conditions: Vec::new(),
            sentences: Vec::new(),
            heard: Vec::new(),
            gaps: Vec::new(),
            accepted: vec![Vec::new(); matcher.families.len()],
        }
    }

    /// Adds to `hits` what is heard in a message, by place.
    pub fn hear(&mut self, blocks: &[Block<'_>], hits: &mut Vec<Hit>) {
        self.candidates.clear();
        self.conditions.clear();
        self.sentences.clear();
        self.dfa.keep_small();
        for (number, block) in (0..).zip(blocks) {
            self.block(number, &block.text);
        }
        let case = Case {
            matcher: self.matcher,
            candidates: &mut self.candidates,
            conditions: &self.conditions,
            sentences: &self.sentences,
            accepted: &mut self.accepted,
        };
        case.judge(hits);
    }

    fn block(&mut self, block: u32, text: &str) {
        let mut tokens = std::mem::take(&mut self.tokens);
        let mut tokenizer = Tokenizer::new(&self.matcher.vocabulary, text, self.matcher.and);
        let mut begins = self.sentences.is_empty();
        let has_patterns = self.matcher.patterns.may_hear(text);
        while let Some(end) = tokenizer.next_sentence(&mut tokens) {
            self.sentence(block, &tokens, begins);
            if has_patterns {
                self.patterns(block, text, &tokens);
            }
            self.sentences.push(Sentence { question: end == End::Question || asks(self.matcher, &tokens) });
            begins = begins && self.matcher.vocabulary.has_role(tokens[0].symbol, role::GREETING);
        }
        self.tokens = tokens;
    }

    /// Tries a match at every word.
    fn sentence(&mut self, block: u32, tokens: &[Token], begins_message: bool) {
        self.gaps.clear();
        let mut place = if begins_message { Place::Message } else { Place::Sentence };
        let open = self.dfa.start_gap(place);
        if open != DEAD {
            self.wait(open, 0, 0);
        }
        for at in 0..tokens.len() {
            if !self.gaps.is_empty() {
                self.go_on_behind_gaps(at, tokens);
            }
            let node = self.dfa.start(tokens[at].symbol, place);
            place = Place::Anywhere;
            if node != DEAD {
                self.walk(node, at, at, tokens);
            }
        }
        if !self.gaps.is_empty() {
            self.go_on_behind_gaps(tokens.len(), tokens);
        }
        self.record(block, tokens, begins_message);
    }

    /// Follows all matches that began at `start` and have come to the word `at`.
    fn walk(&mut self, mut node: Node, start: usize, mut at: usize, tokens: &[Token]) {
        loop {
            self.arrive(node, start, at);
            at += 1;
            let Some(token) = tokens.get(at) else { break };
            node = self.dfa.step(node, token.symbol);
            if node == DEAD {
                return;
            }
        }
        self.end(node, start, tokens);
    }

    /// Notes what ends with the word `end`, and which gaps begin behind it.
    #[inline]
    fn arrive(&mut self, node: Node, start: usize, end: usize) {
        if self.dfa.has_accept(node) {
            note(&mut self.heard, self.dfa.accepts(node), start, end);
        }
        self.wait(node, start, end + 1);
    }

    #[inline]
    fn wait(&mut self, node: Node, start: usize, first: usize) {
        if let Some(gap) = self.dfa.gap(node)
            && self.gaps.len() < MOST_GAPS
        {
            self.gaps.push(Waiting { start, first, gap });
        }
    }

    fn end(&mut self, node: Node, start: usize, tokens: &[Token]) {
        if self.dfa.awaits_end(node) {
            let node = self.dfa.step(node, END);
            note(&mut self.heard, self.dfa.accepts(node), start, tokens.len() - 1);
        }
    }

    /// Goes on with the matches whose gap may end ahead of the word `at`.
    fn go_on_behind_gaps(&mut self, at: usize, tokens: &[Token]) {
        let symbol = tokens.get(at).map_or(END, |token| token.symbol);
        let crosses = tokens.get(at).is_some_and(|token| token.mark == Mark::Break);
        let mut number = 0;
        while number < self.gaps.len() {
            let Waiting { start, first, gap } = self.gaps[number];
            let may_end = gap.may_end || at == tokens.len();
            if first < at && (may_end || self.dfa.is_awaited(gap, symbol)) {
                self.go_on(self.dfa.skip(gap, at - first), start, at, tokens);
            }
            let is_over = first + usize::from(gap.words) <= at || crosses && first <= at;
            if is_over {
                self.gaps.swap_remove(number);
            } else {
                number += 1;
            }
        }
    }

    /// Goes on at the word `at` with matches whose gap ends ahead of it.
    fn go_on(&mut self, node: Node, start: usize, at: usize, tokens: &[Token]) {
        self.arrive(node, start, at - 1);
        let Some(token) = tokens.get(at) else { return self.end(node, start, tokens) };
        let next = self.dfa.step(node, token.symbol);
        if next != DEAD {
            self.walk(next, start, at, tokens);
        }
    }

    /// Keeps what was heard in the sentence.
    fn record(&mut self, block: u32, tokens: &[Token], begins_message: bool) {
        let sentence = self.sentences.len() as u32;
        let matcher = self.matcher;
        let Matcher { pieces, nfa, .. } = matcher;
        let before = Before { pieces, labels: &nfa.labels, tokens, begins_message };
        for Heard { accept, start, end } in self.heard.drain(..) {
            let Some(start) = accept.before.map_or(Some(start), |piece| before.start(piece, start)) else {
                continue;
            };
            let span = Span::new(tokens[start].start as usize, tokens[end].end as usize);
            let part = part_of(tokens, start);
            match accept.says {
                Says::Condition(number) => {
                    self.conditions.push(ConditionHit { number, sentence, block, part, span });
                }
                Says::Rule(rule) => {
                    let code = &matcher.rules[rule as usize];
                    if code.hears_negated || !is_denied(matcher, tokens, start) {
                        let hit = Hit { rule, family: code.family, block, sentence, part, span };
                        self.candidates.push(Candidate { hit, ends_message: accept.ends_message, rank: 0 });
                    }
                }
            }
        }
    }

    fn patterns(&mut self, block: u32, text: &str, tokens: &[Token]) {
        let sentence = self.sentences.len() as u32;
        let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return };
        let offset = first.start as usize;
        let matcher = self.matcher;
        matcher.patterns.hear(&text[offset..last.end as usize], |says, found| {
            let span = Span::new(offset + found.start, offset + found.end);
            let at = tokens.iter().position(|token| token.end as usize > span.start).unwrap_or_default();
            let part = part_of(tokens, at);
            match says {
                Says::Condition(number) => {
                    self.conditions.push(ConditionHit { number, sentence, block, part, span })
                }
                Says::Rule(rule) => {
                    let family = matcher.rules[rule as usize].family;
                    let hit = Hit { rule, family, block, sentence, part, span };
                    self.candidates.push(Candidate { hit, ends_message: false, rank: 0 });
                }
            }
        });
    }
}

/// Keeps, for each rule and condition, only the last end of the matches that begin at one word.
fn note(heard: &mut Vec<Heard>, accepts: &[Accept], start: usize, end: usize) {
    for &accept in accepts {
        match heard.iter_mut().find(|known| known.accept == accept && known.start == start) {
            Some(known) => known.end = known.end.max(end),
            None => heard.push(Heard { accept, start, end }),
        }
    }
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
impl Listener<'_> {
    /// Temporary.
    pub fn stats(&self) -> String {
        self.dfa.stats()
    }
}
