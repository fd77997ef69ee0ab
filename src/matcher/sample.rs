//! A sample of text, the examples of the lexicon itself, by which the matcher is tuned: where among
//! these words would a phrase be looked for in vain? It changes how fast a phrase is found, never
//! whether.

use super::padded::{AHEAD, Padded, SEEN};
use super::shape::Choice;
use super::tokens::Tokenizer;
use super::vocabulary::{Symbol, Vocabulary};
use crate::lexicon::Lexicon;

/// How much fuller the examples are of the words that phrases want than an average text.
const FULLER: f64 = 15.0;
/// So many words tell enough.
const ENOUGH: usize = 100_000;

/// Stands for no family.
const NOBODY: u16 = u16::MAX;

/// The sample, as symbols.
pub(super) struct Sample {
    /// All sentences, each padded.
    symbols: Vec<Symbol>,
    /// For each of them, the family that has it as an example of what it hears, if one has.
    flagged: Vec<u16>,
    /// For each symbol, the places at which it stands.
    places: Vec<Vec<u32>>,
    /// For each symbol, what a place at which it stands counts: examples are full of words that
    /// other texts have less often.
    weights: Vec<f64>,
    /// How often each symbol stands at a word of an average text.
    pub(super) shares: Vec<f64>,
}

impl Sample {
    /// Without a lexicon, a sample of no text: frequencies must do.
    pub(super) fn new(
        lexicon: Option<&Lexicon>,
        vocabulary: &Vocabulary,
        and: Symbol,
        mut shares: Vec<f64>,
    ) -> Self {
        let mut examples = Vec::new();
        if let Some(lexicon) = lexicon {
            for rule in &lexicon.rules {
                let family = lexicon.families.iter().position(|family| family.name == rule.family);
                examples.extend(rule.flags.iter().map(|text| (text, family)));
                examples.extend(rule.allows.iter().map(|text| (text, None)));
            }
        }
        let letters: usize = examples.iter().map(|(text, _)| text.len()).sum();
        let every = letters / 5 / ENOUGH + 1;
        let mut sample = Self {
            symbols: Vec::new(),
            flagged: Vec::new(),
            places: vec![Vec::new(); vocabulary.len()],
            weights: Vec::new(),
            shares: Vec::new(),
        };
        let (mut tokens, mut padded) = (Vec::new(), Padded::new());
        for (text, family) in examples.into_iter().step_by(every) {
            let mut tokenizer = Tokenizer::new(vocabulary, text, and);
            while tokenizer.next_sentence(&mut tokens).is_some() {
                padded.fill(tokens.drain(..).map(|token| token.symbol));
                sample.add(&padded.symbols, family);
            }
        }
        let all = sample.len().max(1) as f64;
        for (share, places) in shares.iter_mut().zip(&sample.places) {
            *share = share.max(places.len() as f64 / all / FULLER);
        }
        let weight = |(places, share): (&Vec<u32>, &f64)| (share * all / places.len().max(1) as f64).min(1.0);
        sample.weights = sample.places.iter().zip(&shares).map(weight).collect();
        Self { shares, ..sample }
    }

    fn add(&mut self, padded: &[Symbol], family: Option<usize>) {
        let begin = self.symbols.len();
        let words = begin + AHEAD..begin + padded.len() - (SEEN - AHEAD - 1);
        self.symbols.extend_from_slice(padded);
        let family = family.map_or(NOBODY, |family| family as u16);
        self.flagged.resize(self.symbols.len(), family);
        for place in words {
            self.places[self.symbols[place] as usize].push(place as u32);
        }
    }

    /// How many words the sample has.
    fn len(&self) -> usize {
        self.places.iter().map(Vec::len).sum()
    }

    /// The places at which a word of the choice stands, with words around it that the other choices
    /// let stand there. The examples of `family` do not count: what stands there is looked for in
    /// earnest, and other texts have its words less often.
    pub(super) fn fitting(&self, words: &[Choice; SEEN], family: u32) -> Vec<u32> {
        let Some(anchors) = &words[AHEAD] else { return self.places.iter().flatten().copied().collect() };
        let places = anchors.iter().flat_map(|&symbol| &self.places[symbol as usize]).copied();
        let mut places: Vec<u32> =
            places.filter(|&at| u32::from(self.flagged[at as usize]) != family).collect();
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
