//! All phrases as one automaton over words: an NFA, made once, and a DFA that each listener makes
//! from it as far as its texts need.
//!
//! A walk begins at a given word and ends at the first word that no phrase expects, so the states
//! of the DFA hold no other match that is under way, and they are few. What a gap passes over is
//! not walked through: the walk ends at the gap, and another begins behind each word that the gap
//! may end with. So the time is linear in the text, whatever the rules.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::pieces::PieceId;
use super::table::Table;
use super::vocabulary::{END, OTHER, Symbol};
use crate::lexicon::phrase::Place;

/// What the end of a phrase says: the number of a rule or of a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(super) enum Says {
    Rule(u32),
    Condition(u32),
}

/// The end of a phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(super) struct Accept {
    pub(super) says: Says,
    /// Counts only where the message ends.
    pub(super) ends_message: bool,
    /// What must stand ahead of the words that were read.
    pub(super) before: Option<PieceId>,
}

pub(super) type StateId = u32;
/// Which words an edge lets through: an index into the labels of the matcher.
pub(super) type Label = u32;

#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(super) enum State {
    /// A word with this label.
    Word(Label, StateId),
    /// At least and at most so many words of any kind.
    Skip(u8, u8, StateId),
    /// No word: only at such a place, and only where a phrase begins.
    Start(Place, StateId),
    /// No word: only where the sentence ends.
    End(StateId),
    /// All of these at once.
    Split(Vec<StateId>),
    Accept(Accept),
}

/// The phrases, put together. Equal ends of phrases are shared.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct Nfa {
    states: Vec<State>,
    /// By [`Place`]: for each symbol, where a match goes that may begin with it there and not
    /// already at a laxer place.
    starts: [Table; 3],
    /// By [`Place`]: the gaps with which a match begins there.
    start_gaps: [Vec<StateId>; 3],
}

/// An automaton in the making.
#[derive(Debug, Default)]
pub(super) struct NfaBuilder {
    pub(super) states: Vec<State>,
    /// Where the phrases begin.
    pub(super) starts: Vec<StateId>,
    known: FxHashMap<State, StateId>,
}

impl NfaBuilder {
    pub(super) fn add(&mut self, state: State) -> StateId {
        if let State::Split(branches) = &state
            && let [only] = branches.as_slice()
        {
            return *only;
        }
        if let Some(&known) = self.known.get(&state) {
            return known;
        }
        let id = self.states.len() as StateId;
        self.known.insert(state.clone(), id);
        self.states.push(state);
        id
    }

    /// The automaton, for words with these labels and so many symbols.
    pub(super) fn build(self, labels: &Table, symbols: usize) -> Nfa {
        let mut nfa = Nfa { states: self.states, ..Nfa::default() };
        let mut starts = [(); 3].map(|()| vec![Vec::new(); symbols]);
        for start in self.starts {
            nfa.index_start(start, Place::Anywhere, labels, &mut starts);
        }
        nfa.starts = starts.map(|starts| Table::new(&starts));
        nfa
    }
}

impl Nfa {
    fn index_start(
        &mut self,
        start: StateId,
        place: Place,
        labels: &Table,
        starts: &mut [Vec<Vec<StateId>>; 3],
    ) {
        let mut states = Vec::new();
        self.closure(start, &mut states);
        for id in states {
            match self.states[id as usize] {
                State::Word(label, next) => {
                    let symbols = labels.row(label).iter();
                    symbols.for_each(|&symbol| starts[place as usize][symbol as usize].push(next));
                }
                State::Skip(..) => self.start_gaps[place as usize..].iter_mut().for_each(|at| at.push(id)),
                State::Start(wanted, next) => self.index_start(next, place.max(wanted), labels, starts),
                State::End(_) | State::Accept(_) | State::Split(_) => {}
            }
        }
    }

    /// The words, or the end, that lead on from a state.
    fn expects<'l>(&self, state: StateId, labels: &'l Table) -> Option<&'l [Symbol]> {
        match &self.states[state as usize] {
            State::Word(label, _) => Some(labels.row(*label)),
            State::End(_) => Some(&[END]),
            _ => None,
        }
    }

    /// All states that `from` stands for at once, without the splits.
    fn closure(&self, from: StateId, found: &mut Vec<StateId>) {
        match &self.states[from as usize] {
            State::Split(branches) => branches.iter().for_each(|&branch| self.closure(branch, found)),
            State::Skip(0, _, next) => {
                found.push(from);
                self.closure(*next, found);
            }
            _ => found.push(from),
        }
    }
}

/// A gap that matches have come to.
#[derive(Debug, Clone, Copy)]
pub(super) struct OpenGap {
    node: Node,
    /// How many words it passes over, at most.
    pub(super) words: u8,
    /// Whether a phrase may end with it, or another gap follow it.
    pub(super) may_end: bool,
    awaited: Expected,
}

/// A state of the DFA.
pub(super) type Node = u32;
/// From here nothing can be heard any more.
pub(super) const DEAD: Node = 0;
const UNKNOWN: Node = u32::MAX;
/// How much all nodes may hold together before the DFA is begun anew: some 16 MB.
const MOST_HELD: usize = 8_000_000;

/// The DFA as far as it is known.
#[derive(Debug)]
pub(super) struct Dfa<'n> {
    nfa: &'n Nfa,
    /// The symbols that each label lets through, sorted.
    labels: &'n Table,
    /// By [`Place`], for each symbol, where a match that begins with it goes.
    starts: [Vec<Node>; 3],
    steps: FxHashMap<(Node, Symbol), Node>,
    rows: Rows,
    traits: Vec<Traits>,
    nodes: Vec<Members>,
    by_members: FxHashMap<Box<[StateId]>, Node>,
    held: usize,
}

#[derive(Debug, Default)]
struct Members {
    states: Box<[StateId]>,
    accepts: Box<[Accept]>,
    /// Where one goes by passing over 1, 2, … words of any kind. Made when first needed.
    gap: Option<Box<[Node]>>,
}

/// What a walk looks at in every node, kept together for speed.
#[derive(Debug, Clone, Copy, Default)]
struct Traits {
    has_accept: bool,
    has_gap: bool,
    awaits_end: bool,
    is_gap_open: bool,
    /// Whether a phrase may end with a gap that begins here, or another gap follow it.
    gap_may_end: bool,
    /// The longest gap, in words.
    gap_words: u8,
    /// What may follow.
    expected: Expected,
    /// What may follow behind a gap that begins here.
    awaited: Expected,
}

/// A set of words. A glance at `bits`, in which words share places, refuses most others.
#[derive(Debug, Clone, Copy, Default)]
struct Expected {
    bits: u64,
    /// The exact set, kept where the glance says little.
    row: Option<Row>,
}

impl Expected {
    #[inline]
    fn may_hold(self, symbol: Symbol, rows: &Rows) -> bool {
        self.bits & (1 << (symbol & 63)) != 0 && self.row.is_none_or(|row| rows.holds(row, symbol))
    }
}

/// Of so many words the glance at 64 bits still refuses most others.
const MOST_AT_A_GLANCE: usize = 12;

/// A set of symbols, one bit each: an index into [`Rows`].
type Row = u32;

#[derive(Debug)]
struct Rows {
    /// Words of 64 bits in a row.
    width: usize,
    bits: Vec<u64>,
}

impl Rows {
    fn add(&mut self) -> Row {
        let row = self.bits.len() / self.width;
        self.bits.resize(self.bits.len() + self.width, 0);
        row as Row
    }

    #[inline]
    fn holds(&self, row: Row, symbol: Symbol) -> bool {
        self.bits[row as usize * self.width + (symbol >> 6) as usize] & (1 << (symbol & 63)) != 0
    }

    /// The set of all these symbols.
    fn expected<'s>(&mut self, sets: impl Iterator<Item = &'s [Symbol]> + Clone) -> Expected {
        let bits = sets.clone().flatten().fold(0, |bits, symbol| bits | 1 << (symbol & 63));
        if sets.clone().map(<[Symbol]>::len).sum::<usize>() <= MOST_AT_A_GLANCE {
            return Expected { bits, row: None };
        }
        let row = self.add();
        let start = row as usize * self.width;
        for symbol in sets.flatten() {
            self.bits[start + (symbol >> 6) as usize] |= 1 << (symbol & 63);
        }
        Expected { bits, row: Some(row) }
    }
}

impl<'n> Dfa<'n> {
    pub(super) fn new(nfa: &'n Nfa, labels: &'n Table, symbols: usize) -> Self {
        let mut dfa = Self {
            nfa,
            labels,
            starts: [(); 3].map(|()| vec![UNKNOWN; symbols]),
            steps: FxHashMap::default(),
            rows: Rows { width: symbols / 64 + 1, bits: Vec::new() },
            traits: Vec::new(),
            nodes: Vec::new(),
            by_members: FxHashMap::default(),
            held: 0,
        };
        dfa.node(Vec::new());
        dfa
    }

    /// Where a match goes that begins with this word at such a place.
    #[inline]
    pub(super) fn start(&mut self, symbol: Symbol, place: Place) -> Node {
        let known = self.starts[place as usize][symbol as usize];
        if known == UNKNOWN { self.make_start(symbol, place) } else { known }
    }

    #[cold]
    fn make_start(&mut self, symbol: Symbol, place: Place) -> Node {
        let tables = &self.nfa.starts[..=place as usize];
        let states = tables.iter().flat_map(|table| table.row(symbol)).copied().collect();
        let node = self.node(states);
        self.starts[place as usize][symbol as usize] = node;
        node
    }

    /// Where matches are that begin with any word at such a place.
    pub(super) fn start_gap(&mut self, place: Place) -> Node {
        if self.nfa.start_gaps[place as usize].is_empty() {
            return DEAD;
        }
        let states = self.nfa.start_gaps[place as usize].clone();
        self.node(states)
    }

    /// Where a match goes from here with one more word, or with [`END`].
    #[inline]
    pub(super) fn step(&mut self, node: Node, symbol: Symbol) -> Node {
        if symbol == OTHER || !self.traits[node as usize].expected.may_hold(symbol, &self.rows) {
            return DEAD;
        }
        match self.steps.get(&(node, symbol)) {
            Some(&next) => next,
            None => self.make_step(node, symbol),
        }
    }

    #[cold]
    fn make_step(&mut self, node: Node, symbol: Symbol) -> Node {
        let nfa = self.nfa;
        let mut targets = Vec::new();
        for &state in &self.nodes[node as usize].states {
            match &nfa.states[state as usize] {
                State::Word(label, next) if self.labels.row(*label).binary_search(&symbol).is_ok() => {
                    targets.push(*next)
                }
                State::End(next) if symbol == END => targets.push(*next),
                _ => {}
            }
        }
        let next = self.node(targets);
        self.steps.insert((node, symbol), next);
        self.held += 4;
        next
    }

    /// The gap that begins here, if any.
    #[inline]
    pub(super) fn gap(&mut self, node: Node) -> Option<OpenGap> {
        let traits = self.traits[node as usize];
        if !traits.has_gap {
            return None;
        }
        if !traits.is_gap_open {
            self.open_gap(node);
        }
        let Traits { gap_words, gap_may_end, awaited, .. } = self.traits[node as usize];
        Some(OpenGap { node, words: gap_words, may_end: gap_may_end, awaited })
    }

    #[cold]
    fn open_gap(&mut self, node: Node) {
        let (nfa, labels) = (self.nfa, self.labels);
        let gap = |&state: &StateId| match nfa.states[state as usize] {
            State::Skip(least, most, next) => Some((least, most, next)),
            _ => None,
        };
        let gaps: Vec<(u8, u8, StateId)> = self.nodes[node as usize].states.iter().filter_map(gap).collect();
        let longest = gaps.iter().map(|gap| gap.1).max().unwrap_or_default();
        let skips = (1..=longest).map(|words| {
            let open = gaps.iter().filter(|(least, most, _)| (*least..=*most).contains(&words));
            self.node(open.map(|gap| gap.2).collect())
        });
        let skips: Box<[Node]> = skips.collect();
        let behind = skips.iter().flat_map(|&skip| self.nodes[skip as usize].states.iter());
        let awaited = self.rows.expected(behind.filter_map(|&state| nfa.expects(state, labels)));
        let ends = |traits: &Traits| traits.has_gap || traits.has_accept;
        let may_end = skips.iter().any(|&skip| ends(&self.traits[skip as usize]));
        let traits = &mut self.traits[node as usize];
        (traits.is_gap_open, traits.gap_words, traits.gap_may_end, traits.awaited) =
            (true, longest, may_end, awaited);
        self.nodes[node as usize].gap = Some(skips);
        self.held += awaited.row.map_or(8, |_| self.rows.width * 2);
    }

    /// Whether a phrase may go on with this word behind the gap.
    #[inline]
    pub(super) fn is_awaited(&self, gap: OpenGap, symbol: Symbol) -> bool {
        gap.awaited.may_hold(symbol, &self.rows)
    }

    /// Where a match goes by passing over so many words, at least one and not more than the gap
    /// allows.
    #[inline]
    pub(super) fn skip(&self, gap: OpenGap, words: usize) -> Node {
        self.nodes[gap.node as usize].gap.as_ref().map_or(DEAD, |skips| skips[words - 1])
    }

    fn node(&mut self, targets: Vec<StateId>) -> Node {
        let mut states = Vec::with_capacity(targets.len());
        targets.iter().for_each(|&target| self.nfa.closure(target, &mut states));
        states.sort_unstable();
        states.dedup();
        if let Some(&node) = self.by_members.get(states.as_slice()) {
            return node;
        }
        let node = self.nodes.len() as Node;
        let traits = self.read(&states);
        let members =
            Members { accepts: self.accepts_of(&states), states: states.into_boxed_slice(), gap: None };
        self.held += members.states.len() * 2 + traits.expected.row.map_or(40, |_| 40 + self.rows.width * 2);
        self.by_members.insert(members.states.clone(), node);
        self.nodes.push(members);
        self.traits.push(traits);
        node
    }

    /// What the states of a new node have in common.
    fn read(&mut self, states: &[StateId]) -> Traits {
        let (nfa, labels) = (self.nfa, self.labels);
        let mut traits = Traits::default();
        for &state in states {
            match &nfa.states[state as usize] {
                State::Skip(..) => traits.has_gap = true,
                State::End(_) => traits.awaits_end = true,
                State::Accept(_) => traits.has_accept = true,
                State::Word(..) | State::Start(..) | State::Split(_) => {}
            }
        }
        traits.expected = self.rows.expected(states.iter().filter_map(|&state| nfa.expects(state, labels)));
        traits
    }

    fn accepts_of(&self, states: &[StateId]) -> Box<[Accept]> {
        let accept = |&state: &StateId| match self.nfa.states[state as usize] {
            State::Accept(accept) => Some(accept),
            _ => None,
        };
        let mut accepts: Vec<Accept> = states.iter().filter_map(accept).collect();
        accepts.sort_unstable();
        accepts.dedup();
        accepts.into_boxed_slice()
    }

    /// Whether anything ends in this state.
    #[inline]
    pub(super) fn has_accept(&self, node: Node) -> bool {
        self.traits[node as usize].has_accept
    }

    /// What ends in this state.
    pub(super) fn accepts(&self, node: Node) -> &[Accept] {
        &self.nodes[node as usize].accepts
    }

    /// Whether the end of the sentence makes a difference here.
    #[inline]
    pub(super) fn awaits_end(&self, node: Node) -> bool {
        self.traits[node as usize].awaits_end
    }

    /// Forgets what it knows if that has grown large. No node that was handed out stays valid.
    pub(super) fn keep_small(&mut self) {
        if self.held > MOST_HELD {
            self.starts.iter_mut().for_each(|starts| starts.fill(UNKNOWN));
            self.steps.clear();
            self.nodes.clear();
            self.traits.clear();
            self.rows.bits.clear();
            self.by_members.clear();
            self.held = 0;
            self.node(Vec::new());
        }
    }
}
