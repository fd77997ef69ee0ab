//! One automaton over one sentence.

use super::automaton::{Accept, DEAD, Dfa, Nfa, Node, OpenGap};
use super::table::Table;
use super::tokens::{Mark, Token};
use super::vocabulary::END;
use crate::lexicon::phrase::Place;

/// Reads sentences with an automaton.
#[derive(Debug)]
pub(super) struct Walker<'m> {
    dfa: Dfa<'m>,
    gaps: Vec<Waiting>,
    heard: Vec<Heard>,
}

/// The end of a phrase that began at the word `start` and ended with the word `end`.
#[derive(Debug, Clone, Copy)]
pub(super) struct Heard {
    pub(super) accept: Accept,
    pub(super) start: usize,
    pub(super) end: usize,
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

impl<'m> Walker<'m> {
    pub(super) fn new(nfa: &'m Nfa, labels: &'m Table, symbols: usize) -> Self {
        Self { dfa: Dfa::new(nfa, labels, symbols), gaps: Vec::new(), heard: Vec::new() }
    }

    /// Forgets what it learnt about its texts if that has grown large.
    pub(super) fn keep_small(&mut self) {
        self.dfa.keep_small();
    }

    /// Tries a match at every word.
    ///
    /// What was heard stands in no particular order.
    pub(super) fn read(&mut self, tokens: &[Token], begins_message: bool) -> &[Heard] {
        self.gaps.clear();
        self.heard.clear();
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
        &self.heard
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
