//! From the lexicon to phrases that are indexed by their rarest words.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::conditions::ConditionsBuilder;
use super::groups::{self, Wanted};
use super::index::IndexBuilder;
use super::pieces::{Label, Piece, PieceId, Pieces};
use super::sample::Sample;
use super::shape::Shape;
use super::table::Table;
use super::tune::Tuner;
use super::vocabulary::{Known, PRICE, Symbol, VocabularyBuilder, role};
use super::{Condition, FamilyCode, Matcher, Reference, RuleCode, patterns::Patterns};
use crate::lexicon::phrase::{Node, Phrase};
use crate::lexicon::schema::{Conditions, Scope, Texts};
use crate::lexicon::{Family, Lexicon};

/// The list of numbers in digits; `words.yaml` adds those in words.
const NUMBER_LIST: &str = "number";
/// The list of prices in digits, with the sign of a currency; `words.yaml` adds those in words.
const PRICE_LIST: &str = "price";
/// The lists that are there even if no file has them.
pub(crate) const BUILT_IN_LISTS: [&str; 2] = [NUMBER_LIST, PRICE_LIST];
/// What a condition calls a sentence that ends with a question mark.
pub(crate) const QUESTION: &str = "question";
/// How phrases begin that are regular expressions.
pub(crate) const REGEX_MARK: &str = "regex:";

/// Puts the matcher together. The lexicon has been checked: a phrase that does not parse, a list
/// or a family that is not there, is passed over here.
/// A `tuned` one takes long to make.
pub(super) fn compile(lexicon: &Lexicon, tuned: bool) -> Matcher {
    let mut compiler = Compiler::new(lexicon);
    compiler.words();
    let families: Vec<FamilyCode> = lexicon.families.iter().map(|family| compiler.family(family)).collect();
    let rules = compiler.rules();
    compiler.finish(families, rules, tuned)
}

/// What the end of a phrase says: the number of a rule or of a condition.
#[derive(Debug, Clone, Copy)]
enum Says {
    Rule(u32),
    Condition(u32),
}

/// What a label lets through, before all words are known.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
struct LabelKey {
    symbols: Vec<Symbol>,
    prefixes: Vec<String>,
    figures: Figures,
}

/// Which words with digits a label lets through besides those that it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
enum Figures {
    #[default]
    None,
    Numbers,
    Prices,
}

impl Figures {
    fn of_list(name: &str) -> Self {
        match name {
            NUMBER_LIST => Self::Numbers,
            PRICE_LIST => Self::Prices,
            _ => Self::None,
        }
    }
}

struct Compiler<'l> {
    lexicon: &'l Lexicon,
    vocabulary: VocabularyBuilder,
    rule_phrases: IndexBuilder,
    condition_phrases: ConditionsBuilder,
    labels: FxHashMap<LabelKey, Label>,
    spellings: FxHashMap<&'l str, &'l [String]>,
    /// Short form to the long forms it may stand for.
    long_forms: BTreeMap<&'l str, Vec<&'l str>>,
    /// What texts have for `'s` behind any word.
    genitive: Option<Symbol>,
    /// Word to the symbols that stand for it and for others: is to that of is and has.
    stand_ins: FxHashMap<String, Vec<Symbol>>,
    /// The same by the words that share a symbol.
    shared: FxHashMap<String, Symbol>,
    lists: FxHashMap<(Option<&'l str>, String), PieceId>,
    pieces: Vec<Piece>,
    known_pieces: FxHashMap<Piece, PieceId>,
    /// How often each frequent word stands at a word of an average text.
    frequencies: FxHashMap<&'l str, f64>,
    conditions: Vec<Condition>,
    rule_patterns: Vec<(String, u32)>,
    condition_patterns: Vec<(String, u32)>,
    /// The family whose phrases are being read, for its own lists.
    family: Option<&'l Family>,
}

/// The share of frequent words in a text follows from their rank, but the first few are nearly as
/// frequent as each other (the law of Zipf and Mandelbrot).
const FREQUENT: f64 = 0.16;
const LEVELLED: f64 = 4.0;
/// The share of a word that is not among the frequent ones.
const RARE: f64 = 0.000_01;

impl<'l> Compiler<'l> {
    fn new(lexicon: &'l Lexicon) -> Self {
        let groups = lexicon.words.spellings.iter();
        let spellings =
            groups.flat_map(|group| group.iter().map(move |word| (word.as_str(), &**group))).collect();
        let mut long_forms: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (long, shorts) in &lexicon.words.contractions {
            shorts.iter().for_each(|short| long_forms.entry(short).or_default().push(long));
        }
        Self {
            lexicon,
            vocabulary: VocabularyBuilder::new(),
            rule_phrases: IndexBuilder::default(),
            condition_phrases: ConditionsBuilder::default(),
            labels: FxHashMap::default(),
            spellings,
            long_forms,
            genitive: None,
            stand_ins: FxHashMap::default(),
            shared: FxHashMap::default(),
            lists: FxHashMap::default(),
            pieces: Vec::new(),
            known_pieces: FxHashMap::default(),
            frequencies: lexicon
                .words
                .common
                .iter()
                .zip(1..)
                .map(|(word, rank)| (word.as_str(), FREQUENT / (f64::from(rank) + LEVELLED)))
                .collect(),
            conditions: Vec::new(),
            rule_patterns: Vec::new(),
            condition_patterns: Vec::new(),
            family: None,
        }
    }

    /// The words that do something besides being heard.
    fn words(&mut self) {
        let words = &self.lexicon.words;
        let roles = [
            (&words.negators, role::NEGATOR),
            (&words.negation_carriers, role::CARRIER),
            (&words.negation_stops, role::STOP),
            (&words.greetings, role::GREETING),
            (&words.abbreviations, role::ABBREVIATION),
            (&words.subjects, role::SUBJECT),
            (&words.auxiliaries, role::AUXILIARY),
            (&words.question_words, role::ASKING),
        ];
        for (list, role) in roles {
            list.iter().for_each(|word| self.vocabulary.add_role(&bare(word), role));
        }
        self.contractions();
    }

    /// Lets short forms be read as the words that they are short for. A form with several
    /// meanings, `it's` for it is and it has, is read as a word that stands for both.
    fn contractions(&mut self) {
        let shorts: Vec<(&str, Vec<Vec<String>>)> = self
            .long_forms
            .iter()
            .map(|(short, longs)| (*short, longs.iter().map(|long| words_of(long)).collect()))
            .collect();
        for (short, longs) in &shorts {
            let length = longs.iter().map(Vec::len).max().unwrap_or_default();
            let parts: Vec<Symbol> =
                (0..length).map(|at| self.shared(longs.iter().filter_map(|long| long.get(at)))).collect();
            match short.strip_prefix('\'') {
                Some(ending) => {
                    let symbol = parts[parts.len() - 1];
                    if ending == "s" {
                        self.genitive = Some(symbol);
                    }
                    self.vocabulary.ending(short, symbol);
                }
                None => self.vocabulary.split(&bare(short), &parts),
            }
        }
    }

    /// The symbol that stands for each of these words.
    fn shared<'w>(&mut self, words: impl Iterator<Item = &'w String>) -> Symbol {
        let words: BTreeSet<&str> = words.map(String::as_str).collect();
        if let [only] = *words.iter().copied().collect::<Vec<_>>() {
            return self.vocabulary.word(only);
        }
        let key = words.iter().copied().collect::<Vec<_>>().join(" ");
        if let Some(&symbol) = self.shared.get(&key) {
            return symbol;
        }
        let symbol = self.vocabulary.stand_in();
        for word in words {
            let roles = self.vocabulary.roles_of(word);
            self.vocabulary.add_roles(symbol, roles);
            self.stand_ins.entry(word.to_owned()).or_default().push(symbol);
        }
        self.shared.insert(key, symbol);
        symbol
    }

    fn family(&mut self, family: &'l Family) -> FamilyCode {
        self.family = Some(family);
        FamilyCode { unless: self.conditions(&family.unless), only: self.conditions(&family.only) }
    }

    fn rules(&mut self) -> Vec<RuleCode> {
        let lexicon = self.lexicon;
        let numbers: BTreeMap<&str, u32> =
            lexicon.families.iter().zip(0..).map(|(family, number)| (family.name.as_str(), number)).collect();
        let mut codes = Vec::with_capacity(lexicon.rules.len());
        for rule in &lexicon.rules {
            self.family = lexicon.family(&rule.family);
            let says = Says::Rule(codes.len() as u32);
            rule.phrases.iter().for_each(|phrase| self.phrase(phrase, says));
            codes.push(RuleCode {
                family: numbers.get(rule.family.as_str()).copied().unwrap_or_default(),
                unless: self.conditions(&rule.unless),
                only: self.conditions(&rule.only),
                hears_negated: rule.hears_negated,
            });
        }
        codes
    }

    /// One condition for each scope that lists anything.
    fn conditions(&mut self, conditions: &'l Conditions) -> Vec<u32> {
        let scopes = conditions.by_scope().into_iter().filter(|(_, phrases)| !phrases.is_empty());
        scopes.map(|(scope, phrases)| self.condition(scope, phrases)).collect()
    }

    fn condition(&mut self, scope: Scope, phrases: &'l Texts) -> u32 {
        let number = self.conditions.len() as u32;
        self.conditions.push(Condition {
            scope,
            references: Vec::new(),
            question: false,
            has_patterns: false,
        });
        for phrase in phrases.iter() {
            match reference(phrase) {
                Some(QUESTION) => self.conditions[number as usize].question = true,
                Some(name) => {
                    let found = self.reference(name);
                    self.conditions[number as usize].references.extend(found);
                }
                None => self.phrase(phrase, Says::Condition(number)),
            }
        }
        number
    }

    fn reference(&self, name: &str) -> Option<Reference> {
        let family = self.lexicon.families.iter().position(|family| family.name == name);
        let rule = || self.lexicon.rules.iter().position(|rule| rule.id == name);
        family
            .map(|number| Reference::Family(number as u32))
            .or_else(|| rule().map(|number| Reference::Rule(number as u32)))
    }

    fn phrase(&mut self, text: &str, says: Says) {
        if let Some(pattern) = text.strip_prefix(REGEX_MARK) {
            let pattern = pattern.trim().to_owned();
            match says {
                Says::Rule(rule) => self.rule_patterns.push((pattern, rule)),
                Says::Condition(condition) => {
                    self.conditions[condition as usize].has_patterns = true;
                    self.condition_patterns.push((pattern, condition));
                }
            }
            return;
        }
        let Ok(phrase) = Phrase::parse(text) else { return };
        let root = self.piece(&phrase.root);
        match self.piece_at(root).clone() {
            Piece::OneOf(choices) => {
                choices.iter().for_each(|&choice| self.add_phrase(choice, says, phrase.ends_message))
            }
            _ => self.add_phrase(root, says, phrase.ends_message),
        }
    }

    fn add_phrase(&mut self, root: PieceId, says: Says, ends_message: bool) {
        let mut parts = Vec::new();
        self.flatten(root, &mut parts);
        match says {
            Says::Rule(rule) => self.rule_phrases.add(parts, rule, ends_message),
            Says::Condition(condition) => self.condition_phrases.add(parts, condition),
        }
    }

    fn flatten(&self, piece: PieceId, parts: &mut Vec<PieceId>) {
        match self.piece_at(piece) {
            Piece::Sequence(inner) => inner.iter().for_each(|&part| self.flatten(part, parts)),
            _ => parts.push(piece),
        }
    }

    fn piece_at(&self, piece: PieceId) -> &Piece {
        &self.pieces[piece as usize]
    }

    fn add_piece(&mut self, piece: Piece) -> PieceId {
        if let Piece::Sequence(only) | Piece::OneOf(only) = &piece
            && let [only] = **only
        {
            return only;
        }
        let next = self.pieces.len() as PieceId;
        let known = *self.known_pieces.entry(piece.clone()).or_insert(next);
        if known == next {
            self.pieces.push(piece);
        }
        known
    }

    /// The node with its lists and short forms written out.
    fn piece(&mut self, node: &Node) -> PieceId {
        let piece = match node {
            Node::Word(word) => return self.word(word),
            Node::Prefix(_) => Piece::Word(self.leaf_label(std::slice::from_ref(node))),
            Node::List(name) => return self.list(name),
            Node::AnyWord => Piece::Skip(1, 1),
            Node::Gap(words) => Piece::Skip(0, *words),
            Node::Start(place) => Piece::Start(*place),
            Node::End => Piece::End,
            Node::Sequence(nodes) => Piece::Sequence(nodes.iter().map(|node| self.piece(node)).collect()),
            Node::OneOf(nodes) => return self.one_of(nodes, Figures::None),
            Node::Optional(inner) => Piece::Optional(self.piece(inner)),
        };
        self.add_piece(piece)
    }

    /// A word, or the words that it is short for: the text is read in the same way.
    fn word(&mut self, word: &str) -> PieceId {
        let leaf = |word: &str| Node::Word(word.to_owned());
        if let Some((stem, ending)) = self.genitive(word) {
            return self.genitive_of(stem, ending);
        }
        let Some(longs) = self.long_forms.get(word) else {
            let label = self.leaf_label(&[leaf(word)]);
            return self.add_piece(Piece::Word(label));
        };
        let longs: Vec<Vec<Node>> =
            longs.iter().map(|long| words_of(long).iter().map(|word| leaf(word)).collect()).collect();
        let choices = longs.iter().map(|long| {
            let words = long.iter().map(|word| Piece::Word(self.leaf_label(std::slice::from_ref(word))));
            let words: Vec<Piece> = words.collect();
            let words = words.into_iter().map(|word| self.add_piece(word)).collect();
            self.add_piece(Piece::Sequence(words))
        });
        let choices = choices.collect();
        self.add_piece(Piece::OneOf(choices))
    }

    /// The word in front of `'s`, and the symbol that a text has for that ending. `customer's` must be
    /// no word of its own: then no text could say "the customer's waiting" any more.
    fn genitive<'w>(&self, word: &'w str) -> Option<(&'w str, Symbol)> {
        let stem = word.strip_suffix("'s").filter(|_| !self.long_forms.contains_key(word))?;
        Some((stem, self.genitive?))
    }

    /// `customer's` as texts have it, in two words, or without the apostrophe.
    fn genitive_of(&mut self, stem: &str, ending: Symbol) -> PieceId {
        let leaf = |word: String| [Node::Word(word)];
        let (stem, plain) = (leaf(stem.to_owned()), leaf(format!("{stem}s")));
        let ending = self.label(LabelKey { symbols: vec![ending], ..LabelKey::default() });
        let words = [self.leaf_label(&stem), ending].map(|label| self.add_piece(Piece::Word(label)));
        let words = self.add_piece(Piece::Sequence(words.into()));
        let plain = self.leaf_label(&plain);
        let plain = self.add_piece(Piece::Word(plain));
        self.add_piece(Piece::OneOf([words, plain].into()))
    }

    fn one_of(&mut self, nodes: &[Node], figures: Figures) -> PieceId {
        let (leaves, others): (Vec<Node>, Vec<Node>) =
            nodes.iter().cloned().partition(|node| self.is_leaf(node));
        let mut choices = Vec::with_capacity(others.len() + 1);
        let mut key = self.label_key(&leaves);
        key.figures = figures;
        if figures != Figures::None || !leaves.is_empty() {
            let label = self.label(key);
            choices.push(self.add_piece(Piece::Word(label)));
        }
        for node in &others {
            let choice = self.piece(node);
            choices.push(choice);
        }
        self.add_piece(Piece::OneOf(choices.into()))
    }

    fn is_leaf(&self, node: &Node) -> bool {
        match node {
            Node::Word(word) => !self.long_forms.contains_key(word.as_str()) && self.genitive(word).is_none(),
            Node::Prefix(_) => true,
            _ => false,
        }
    }

    fn list(&mut self, name: &str) -> PieceId {
        let own = self.family.and_then(|family| Some((family.name.as_str(), family.lists.get(name)?)));
        let key = (own.map(|(family, _)| family), name.to_owned());
        if let Some(&list) = self.lists.get(&key) {
            return list;
        }
        let texts = own.map(|(_, texts)| texts).or_else(|| self.lexicon.words.lists.get(name));
        let entries = texts.into_iter().flat_map(|texts| texts.iter());
        let mut nodes: Vec<Node> = Vec::new();
        for phrase in entries.filter_map(|entry| Phrase::parse(entry).ok()) {
            match phrase.root {
                Node::OneOf(choices) => nodes.extend(choices),
                other => nodes.push(other),
            }
        }
        // Stands for the list in its own entries: a circle, which the check refuses, hears nothing.
        let nothing = self.add_piece(Piece::OneOf(Box::default()));
        self.lists.insert(key.clone(), nothing);
        let list = self.one_of(&nodes, Figures::of_list(name));
        self.lists.insert(key, list);
        list
    }

    fn leaf_label(&mut self, leaves: &[Node]) -> Label {
        let key = self.label_key(leaves);
        self.label(key)
    }

    fn label(&mut self, key: LabelKey) -> Label {
        let next = self.labels.len() as Label;
        *self.labels.entry(key).or_insert(next)
    }

    /// What the leaves let through.
    fn label_key(&mut self, leaves: &[Node]) -> LabelKey {
        let mut key = LabelKey::default();
        for leaf in leaves {
            match leaf {
                Node::Word(word) => {
                    for word in self.spelled(word) {
                        key.symbols.push(self.vocabulary.word(&word));
                        key.symbols.extend(self.stand_ins.get(&word).into_iter().flatten());
                    }
                }
                Node::Prefix(prefix) => {
                    let spelled = self.spelled(prefix);
                    spelled.iter().for_each(|prefix| {
                        self.vocabulary.prefix(prefix);
                    });
                    key.prefixes.extend(spelled);
                }
                _ => {}
            }
        }
        key.symbols.sort_unstable();
        key.symbols.dedup();
        key.prefixes.sort_unstable();
        key.prefixes.dedup();
        key
    }

    /// The word with its other spellings; `o'clock` also without the apostrophe.
    fn spelled(&self, word: &str) -> Vec<String> {
        if let Some(group) = self.spellings.get(word) {
            return group.iter().map(|word| bare(word)).collect();
        }
        let mut words = vec![word.to_owned()];
        if word.contains('\'') && !self.long_forms.contains_key(word) {
            words.push(word.replace('\'', ""));
        }
        words
    }

    fn finish(mut self, families: Vec<FamilyCode>, rules: Vec<RuleCode>, tuned: bool) -> Matcher {
        // Known before words are merged: the words that are short for others must stay the last.
        self.vocabulary.word("and");
        let known = self.vocabulary.sorted();
        let mut labels = resolve(&self.labels, &known);
        self.vocabulary.merge(&mut labels, &self.lexicon.words.common);
        let and = self.vocabulary.word("and");
        let shares = self.vocabulary.shares(|word| self.frequencies.get(word).copied().unwrap_or(RARE));
        let vocabulary = self.vocabulary.build();
        let count = labels.len() as u32;
        let labels = Table::new(&labels);
        let shape = Shape::new(&self.pieces, &labels);
        let pieces = Pieces::new(&self.pieces, &labels, count, &shape);
        let texts = if tuned { Some(self.lexicon) } else { None };
        let sample = Sample::new(texts, &vocabulary, and, shares);
        let tuner = Tuner { shape: &shape, sample: &sample, is_quick: !tuned };
        let groups = groups::groups(self.lexicon, &rules, &self.conditions);
        let rule_phrases = self.rule_phrases.build(&tuner, &rules, &groups);
        let condition_phrases = self.condition_phrases.build(&tuner, self.conditions.len());
        let ranks = super::judge::ranks(&families, &rules, &self.conditions);
        let asks = [Wanted::Faults, Wanted::Order]
            .map(|heard| groups::asks(&families, &rules, &self.conditions, &ranks, &groups, heard));
        let rule_patterns = Patterns::new(self.rule_patterns);
        let condition_patterns = Patterns::new(self.condition_patterns);
        Matcher {
            vocabulary,
            labels,
            rule_phrases,
            condition_phrases,
            rules,
            families,
            conditions: self.conditions,
            ranks,
            groups,
            asks,
            pieces,
            rule_patterns,
            condition_patterns,
            and,
        }
    }
}

/// The name in `<name>`.
pub(crate) fn reference(phrase: &str) -> Option<&str> {
    phrase.trim().strip_prefix('<')?.strip_suffix('>')
}

fn words_of(long: &str) -> Vec<String> {
    long.split_whitespace().map(str::to_lowercase).collect()
}

fn bare(word: &str) -> String {
    word.trim_end_matches('.').replace(['.', '\u{2019}'], "").to_lowercase()
}

fn resolve(labels: &FxHashMap<LabelKey, Label>, known: &Known) -> Vec<Vec<Symbol>> {
    let mut resolved = vec![Vec::new(); labels.len()];
    for (key, &label) in labels {
        let mut symbols = key.symbols.clone();
        key.prefixes.iter().for_each(|prefix| symbols.extend(known.beginning_with(prefix)));
        match key.figures {
            Figures::None => {}
            Figures::Numbers => symbols.extend(known.numbers()),
            Figures::Prices => symbols.push(PRICE),
        }
        symbols.sort_unstable();
        symbols.dedup();
        resolved[label as usize] = symbols;
    }
    resolved
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_a_name_in_angle_brackets() {
        assert_eq!(reference(" <fix> "), Some("fix"));
        assert_eq!(reference("fix"), None);
    }
}
