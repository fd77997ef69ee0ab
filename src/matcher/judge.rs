//! Which of the phrases that occurred count: `unless`, `only`, and the longest within a family.

use super::listen::{Candidate, ConditionHit, MESSAGE_REACH, Sentence, around};
use super::{Condition, FamilyCode, Hit, Matcher, Reference, RuleCode};
use crate::lexicon::schema::Scope;

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

fn referred(condition: &Condition, rules: &[RuleCode]) -> Vec<u32> {
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
    /// By sentence.
    pub(super) conditions: &'c [ConditionHit],
    pub(super) sentences: &'c [Sentence],
    /// For each family, what counts, by sentence. Filled here; empty to begin with.
    pub(super) accepted: &'c mut [Vec<Hit>],
}

impl Case<'_> {
    /// Adds to `hits` what counts, by place.
    pub(super) fn judge(mut self, hits: &mut Vec<Hit>) {
        if self.candidates.is_empty() {
            return;
        }
        self.rank_candidates();
        let candidates = std::mem::take(self.candidates);
        let same_sentence = |one: &Candidate, other: &Candidate| {
            (one.rank, one.hit.sentence) == (other.rank, other.hit.sentence)
        };
        let first = hits.len();
        for group in candidates.chunk_by(same_sentence) {
            let fitting = group
                .iter()
                .filter(|candidate| self.counts(candidate))
                .map(|candidate| candidate.hit)
                .collect();
            longest(fitting, &mut self.accepted[group[0].hit.family as usize]);
        }
        self.accepted.iter_mut().for_each(|of_family| hits.append(of_family));
        hits[first..].sort_unstable_by_key(|hit| (hit.block, hit.span.start, hit.span.end, hit.rule));
        *self.candidates = candidates;
    }

    fn rank_candidates(&mut self) {
        if self.candidates.len() > 1 {
            let ranks = &self.matcher.ranks;
            self.candidates
                .iter_mut()
                .for_each(|candidate| candidate.rank = ranks[candidate.hit.family as usize]);
            self.candidates.sort_by_key(|candidate| (candidate.rank, candidate.hit.sentence));
        }
    }

    fn counts(&self, candidate: &Candidate) -> bool {
        let hit = &candidate.hit;
        let rule = &self.matcher.rules[hit.rule as usize];
        let family = &self.matcher.families[hit.family as usize];
        let holds = |number: &u32| self.holds(*number, hit);
        let ends_message = || hit.sentence as usize + 1 == self.sentences.len();
        (!candidate.ends_message || ends_message())
            && !rule.unless.iter().any(holds)
            && !family.unless.iter().any(holds)
            && (rule.only.is_empty() || rule.only.iter().any(holds))
            && (family.only.is_empty() || family.only.iter().any(holds))
    }

    fn holds(&self, number: u32, hit: &Hit) -> bool {
        let condition = &self.matcher.conditions[number as usize];
        condition.question && self.is_question(condition.scope, hit.sentence)
            || self.holds_by_phrase(number, condition.scope, hit)
            || condition
                .references
                .iter()
                .any(|reference| self.holds_by_reference(reference, condition.scope, hit))
    }

    fn holds_by_phrase(&self, number: u32, scope: Scope, hit: &Hit) -> bool {
        let near = reach(self.conditions, |other| other.sentence, scope, hit.sentence);
        near.iter()
            .filter(|other| other.number == number)
            .any(|other| stands(scope, hit, &other.place(), false))
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

/// How many sentences to each side the scope reaches.
fn reach_of(scope: Scope) -> usize {
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

/// Of the hits of one family in one sentence, those that no longer one overlaps. Of two rules that
/// hear the same words, the one that stands first in the lexicon.
fn longest(mut hits: Vec<Hit>, accepted: &mut Vec<Hit>) {
    let first = accepted.len();
    if hits.len() > 1 {
        hits.sort_by_key(|hit| (std::cmp::Reverse(hit.span.end - hit.span.start), hit.span.start, hit.rule));
    }
    for hit in hits {
        if !accepted[first..].iter().any(|other| other.span.overlaps(hit.span)) {
            accepted.push(hit);
        }
    }
}
