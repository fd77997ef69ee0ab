//! Which of the phrases that occurred count: `unless`, `only`, and the longest within a family.

use super::listen::{Candidate, Heard, MESSAGE_REACH, Sentence, around};
use super::padded::Padded;
use super::tokens::Token;
use super::{Condition, FamilyCode, Hit, Matcher, Reference, RuleCode};
use crate::lexicon::schema::Scope;
use crate::text::Block;

/// For each family, its place in an order in which each comes after those that its conditions
/// refer to. In a circle, which `amends check` refuses, the one named first comes first.
pub(super) fn ranks(families: &[FamilyCode], rules: &[RuleCode], conditions: &[Condition]) -> Vec<u32> {
    let mut needs: Vec<Vec<u32>> =
        families.iter().map(|family| family.unless.iter().chain(&family.only).copied().collect()).collect();
    for rule in rules {
        needs[rule.family as usize].extend(rule.unless.iter().chain(&rule.only));
    }
    let needs: Vec<Vec<u32>> = needs
        .iter()
        .map(|of| of.iter().flat_map(|&number| referred(&conditions[number as usize], rules)).collect())
        .collect();
    let (mut order, mut seen) = (Vec::new(), vec![false; families.len()]);
    (0..families.len() as u32).for_each(|family| visit(family, &needs, &mut seen, &mut order));
    let mut ranks = vec![0; families.len()];
    order.iter().zip(0..).for_each(|(&family, rank)| ranks[family as usize] = rank);
    ranks
}

pub(super) fn referred(condition: &Condition, rules: &[RuleCode]) -> Vec<u32> {
    let family = |reference: &Reference| match reference {
        Reference::Family(family) => *family,
        Reference::Rule(rule) => rules[*rule as usize].family,
    };
    condition.references.iter().map(family).collect()
}

fn visit(family: u32, needs: &[Vec<u32>], seen: &mut [bool], order: &mut Vec<u32>) {
    if std::mem::replace(&mut seen[family as usize], true) {
        return;
    }
    needs[family as usize].iter().for_each(|&need| visit(need, needs, seen, order));
    order.push(family);
}

/// What occurred in one message, to be judged.
pub(super) struct Case<'c> {
    pub(super) matcher: &'c Matcher,
    pub(super) candidates: &'c mut Vec<Candidate>,
    pub(super) blocks: &'c [Block<'c>],
    pub(super) tokens: &'c [Token],
    pub(super) sentences: &'c mut [Sentence],
    /// For each family, what counts, by sentence. Filled here; empty to begin with.
    pub(super) accepted: &'c mut [Vec<Hit>],
    pub(super) reread: &'c mut Reread,
}

impl Case<'_> {
    /// Adds to `hits` what counts, by place.
    pub(super) fn judge(mut self, hits: &mut Vec<Hit>) {
        self.rank_candidates();
        self.reread.forget();
        let candidates = std::mem::take(self.candidates);
        let same_sentence = |one: &Candidate, other: &Candidate| {
            (one.rank, one.hit.sentence) == (other.rank, other.hit.sentence)
        };
        let first = hits.len();
        candidates.chunk_by(same_sentence).for_each(|candidates| self.accept(candidates));
        self.accepted.iter_mut().for_each(|of_family| hits.append(of_family));
        hits[first..].sort_unstable_by_key(|hit| (hit.block, hit.span.start, hit.span.end, hit.rule));
        *self.candidates = candidates;
    }

    /// Of the candidates of one family in one sentence, the longest first, accepts those that count: what
    /// overlaps an accepted one need not be asked about.
    fn accept(&mut self, candidates: &[Candidate]) {
        let family = candidates[0].hit.family as usize;
        let first = self.accepted[family].len();
        for candidate in candidates {
            let overlaps = |other: &Hit| other.span.overlaps(candidate.hit.span);
            if !self.accepted[family][first..].iter().any(overlaps) && self.counts(candidate) {
                self.accepted[family].push(candidate.hit);
            }
        }
    }

    /// Family by family as they are judged, sentence by sentence, and in each the longest first. Of two
    /// rules that hear the same words, the one that stands first in the lexicon.
    fn rank_candidates(&mut self) {
        if self.candidates.len() > 1 {
            let ranks = &self.matcher.ranks;
            self.candidates
                .iter_mut()
                .for_each(|candidate| candidate.rank = ranks[candidate.hit.family as usize]);
            self.candidates.sort_by_key(|Candidate { hit, rank, .. }| {
                let length = hit.span.end - hit.span.start;
                (*rank, hit.sentence, std::cmp::Reverse(length), hit.span.start, hit.rule)
            });
        }
    }

    fn counts(&mut self, candidate: &Candidate) -> bool {
        let hit = &candidate.hit;
        let matcher = self.matcher;
        let rule = &matcher.rules[hit.rule as usize];
        let family = &matcher.families[hit.family as usize];
        let ends_message = hit.sentence as usize + 1 == self.sentences.len();
        let mut holds = |number: &u32| self.holds(*number, hit);
        (!candidate.ends_message || ends_message)
            && !rule.unless.iter().any(&mut holds)
            && !family.unless.iter().any(&mut holds)
            && (rule.only.is_empty() || rule.only.iter().any(&mut holds))
            && (family.only.is_empty() || family.only.iter().any(&mut holds))
    }

    fn holds(&mut self, number: u32, hit: &Hit) -> bool {
        let matcher = self.matcher;
        let condition = &matcher.conditions[number as usize];
        let scope = condition.scope;
        condition.question && self.is_question(scope, hit.sentence)
            || condition.references.iter().any(|reference| self.holds_by_reference(reference, scope, hit))
            || self.holds_by_phrase(number, scope, hit)
    }

    fn holds_by_phrase(&mut self, number: u32, scope: Scope, hit: &Hit) -> bool {
        if !self.matcher.condition_phrases.has(number)
            && !self.matcher.conditions[number as usize].has_patterns
        {
            return false;
        }
        around(hit.sentence as usize, reach_of(scope), self.sentences.len())
            .any(|sentence| self.holds_in(sentence, number, scope, hit))
    }

    /// Whether a phrase of the condition stands in the sentence where the scope asks for it.
    fn holds_in(&mut self, sentence: usize, number: u32, scope: Scope, hit: &Hit) -> bool {
        if scope != Scope::Message {
            return self.reads(sentence, number, scope, hit);
        }
        // Many hits ask the same of the same sentences.
        if let Some((known, holds)) = self.sentences[sentence].answer
            && known == number
        {
            return holds;
        }
        let holds = self.reads(sentence, number, scope, hit);
        self.sentences[sentence].answer = Some((number, holds));
        holds
    }

    fn reads(&mut self, number_of_sentence: usize, number: u32, scope: Scope, hit: &Hit) -> bool {
        let matcher = self.matcher;
        let sentence = &self.sentences[number_of_sentence];
        let heard = Heard::again(matcher, self.tokens, sentence, number_of_sentence as u32);
        self.reread.open(number_of_sentence, heard.tokens);
        let phrases = &matcher.condition_phrases;
        phrases.stands(number, &heard.sentence(&self.reread.padded), |found| {
            stands(scope, hit, &heard.hit(found.start(), found.end - 1), false)
        }) || matcher.conditions[number as usize].has_patterns && {
            let mut holds = false;
            let text = &self.blocks[sentence.block as usize].text;
            heard.patterns(text, &matcher.condition_patterns, |owner, other| {
                holds |= owner == number && stands(scope, hit, &other, false);
            });
            holds
        }
    }

    fn holds_by_reference(&self, reference: &Reference, scope: Scope, hit: &Hit) -> bool {
        let (family, rule) = match *reference {
            Reference::Family(family) => (family, None),
            Reference::Rule(rule) => (self.matcher.rules[rule as usize].family, Some(rule)),
        };
        let near = reach(&self.accepted[family as usize], |other| other.sentence, scope, hit.sentence);
        near.iter()
            .filter(|other| rule.is_none_or(|rule| other.rule == rule))
            .any(|other| stands(scope, hit, other, true))
    }

    fn is_question(&self, scope: Scope, sentence: u32) -> bool {
        let near = around(sentence as usize, reach_of(scope), self.sentences.len());
        self.sentences[near].iter().any(|near| near.question)
    }
}

/// A sentence that is read again for conditions: often for several, one after the other.
#[derive(Debug)]
pub(super) struct Reread {
    sentence: Option<usize>,
    padded: Padded,
}

impl Reread {
    pub(super) const fn new() -> Self {
        Self { sentence: None, padded: Padded::new() }
    }

    fn forget(&mut self) {
        self.sentence = None;
    }

    fn open(&mut self, sentence: usize, tokens: &[Token]) {
        if self.sentence.replace(sentence) == Some(sentence) {
            return;
        }
        self.padded.fill(tokens.iter().map(|token| token.symbol));
    }
}

/// How many sentences to each side the scope reaches.
pub(super) const fn reach_of(scope: Scope) -> usize {
    match scope {
        Scope::Message => MESSAGE_REACH,
        Scope::Nearby => 1,
        Scope::Cover | Scope::Sentence | Scope::Earlier | Scope::Later => 0,
    }
}

/// Of things in order of their sentences, those that the scope can reach from `sentence`.
fn reach<T>(all: &[T], sentence_of: impl Fn(&T) -> u32, scope: Scope, sentence: u32) -> &[T] {
    let reach = reach_of(scope) as u32;
    let first = all.partition_point(|other| sentence_of(other) + reach < sentence);
    let length = all[first..].partition_point(|other| sentence_of(other) <= sentence + reach);
    &all[first..first + length]
}

/// Whether `other` stands where the scope asks for it. What a family heard covers a hit when they
/// share a word; a phrase covers it when it holds all of it.
fn stands(scope: Scope, hit: &Hit, other: &Hit, is_family: bool) -> bool {
    let same_sentence = other.sentence == hit.sentence;
    let same_part = same_sentence && other.part == hit.part;
    match scope {
        Scope::Cover if is_family => same_sentence && other.span.overlaps(hit.span),
        Scope::Cover => same_sentence && other.span.covers(hit.span),
        Scope::Sentence => same_sentence,
        Scope::Earlier => same_part && other.span.end <= hit.span.start,
        Scope::Later => same_part && other.span.start >= hit.span.end,
        Scope::Nearby | Scope::Message => true,
    }
}
