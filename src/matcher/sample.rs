//! A sample of text, the examples of the lexicon itself, by which the matcher is tuned: where among
//! these words would a phrase be looked for in vain? It changes how fast a phrase is found, never
//! whether.

use super::shape::Choice;
use super::sieve::{AHEAD, SEEN, pad};
use super::tokens::Tokenizer;
use super::vocabulary::{Symbol, Vocabulary};
use super::words::RecentWords;
use crate::lexicon::Lexicon;

/// How much fuller the examples are of the words that phrases want than an average text.
const FULLER: f64 = 7.0;
/// So many words tell enough.
const ENOUGH: usize = 40_000;

/// The sample, as symbols.
pub(super) struct Sample {
    /// All sentences, each padded.
    symbols: Vec<Symbol>,
    /// For each symbol, the places at which it stands.
    places: Vec<Vec<u32>>,
    /// For each symbol, what a place at which it stands counts: examples are full of words that
    /// other texts have less often.
    weights: Vec<f64>,
    /// How often each symbol stands at a word of an average text.
    pub(super) shares: Vec<f64>,
}

impl Sample {
    pub(super) fn new(lexicon: &Lexicon, vocabulary: &Vocabulary, and: Symbol, mut shares: Vec<f64>) -> Self {
        let examples: Vec<&String> =
            lexicon.rules.iter().flat_map(|rule| rule.flags.iter().chain(&rule.allows)).collect();
        let letters: usize = examples.iter().map(|example| example.len()).sum();
        let every = letters / 5 / ENOUGH + 1;
        let mut sample = Self {
            symbols: Vec::new(),
            places: vec![Vec::new(); vocabulary.len()],
            weights: Vec::new(),
            shares: Vec::new(),
        };
        let (mut tokens, mut padded, mut recent) = (Vec::new(), Vec::new(), RecentWords::new());
        for text in examples.into_iter().step_by(every) {
            let mut tokenizer = Tokenizer::new(vocabulary, text, and, &mut recent);
            while tokenizer.next_sentence(&mut tokens).is_some() {
                pad(tokens.iter().map(|token| token.symbol), &mut padded);
                sample.add(&padded);
            }
        }
        let all = sample.len().max(1) as f64;
        for (share, places) in shares.iter_mut().zip(&sample.places) {
            *share = share.max(places.len() as f64 / all / FULLER);
        }
        let weight = |(places, share): (&Vec<u32>, &f64)| (share * all / places.len() as f64).min(1.0);
        sample.weights = sample.places.iter().zip(&shares).map(weight).collect();
        Self { shares, ..sample }
    }

    fn add(&mut self, padded: &[Symbol]) {
        let begin = self.symbols.len();
        let words = begin + AHEAD..begin + padded.len() - (SEEN - AHEAD - 1);
        self.symbols.extend_from_slice(padded);
        for place in words {
            self.places[self.symbols[place] as usize].push(place as u32);
        }
    }

    /// How many words the sample has.
    pub(super) fn len(&self) -> usize {
        self.places.iter().map(Vec::len).sum()
    }

    /// The places at which a word of the choice stands, with words around it that the other choices
    /// let stand there.
    pub(super) fn fitting(&self, words: &[Choice; SEEN]) -> Vec<u32> {
        let Some(anchors) = &words[AHEAD] else { return self.places.iter().flatten().copied().collect() };
        let mut places: Vec<u32> =
            anchors.iter().flat_map(|&symbol| &self.places[symbol as usize]).copied().collect();
        for (place, choice) in words.iter().enumerate().filter(|(place, _)| *place != AHEAD) {
            if let Some(choice) = choice {
                places.retain(|&at| choice.binary_search(&self.symbols[at as usize + place - AHEAD]).is_ok());
            }
        }
        places
    }

    /// What these places count.
    pub(super) fn weight(&self, places: &[u32]) -> f64 {
        places.iter().map(|&place| self.weights[self.symbols[place as usize] as usize]).sum()
    }

    /// Whether a word of the choice stands so far from the place, both ends included.
    pub(super) fn has_near(&self, at: u32, choice: &[Symbol], from: i8, to: i8) -> bool {
        let end = self.symbols.len() as i64;
        let place = |distance: i8| (i64::from(at) + i64::from(distance)).clamp(0, end) as usize;
        let near = place(from)..place(to.saturating_add(1)).max(place(from));
        self.symbols[near].iter().any(|symbol| choice.binary_search(symbol).is_ok())
    }
}
