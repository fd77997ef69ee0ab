//! From the lexicon to one automaton over words.

use std::collections::BTreeMap;
use std::rc::Rc;

use regex::Regex;
use rustc_hash::FxHashMap;

use super::automaton::{Accept, Label, Nfa, Says, State, StateId};
use super::vocabulary::{Known, Symbol, VocabularyBuilder, role};
use super::{Condition, FamilyCode, Matcher, Reference, RuleCode, patterns::Patterns};
use crate::lexicon::phrase::{Node, Phrase};
use crate::lexicon::schema::{Conditions, Scope, Texts};
use crate::lexicon::{Family, Lexicon};

/// The list of numbers in digits and words.
pub(crate) const NUMBER_LIST: &str = "number";
/// What a condition calls a sentence that ends with a question mark.
pub(crate) const QUESTION: &str = "question";
/// How phrases begin that are regular expressions.
pub(crate) const REGEX_MARK: &str = "regex:";

/// Puts the matcher together. The lexicon has been checked: a phrase that does not parse, a list
/// or a family that is not there, is passed over here.
pub(super) fn compile(lexicon: &Lexicon) -> Matcher {
    let mut compiler = Compiler::new(lexicon);
    compiler.words();
    let families: Vec<FamilyCode> = lexicon.families.iter().map(|family| compiler.family(family)).collect();
    let rules = compiler.rules();
    compiler.finish(families, rules)
}

/// What a label lets through, before all words are known.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
struct LabelKey {
    symbols: Vec<Symbol>,
    prefixes: Vec<String>,
    numbers: bool,
}

/// The entries of a list: those of a single word in one label, the others one by one.
struct List {
    label: Option<Label>,
    phrases: Vec<Node>,
}

struct Compiler<'l> {
    lexicon: &'l Lexicon,
    vocabulary: VocabularyBuilder,
    nfa: Nfa,
    labels: FxHashMap<LabelKey, Label>,
    spellings: FxHashMap<&'l str, &'l [String]>,
    /// Short form to the long forms it may stand for.
    long_forms: BTreeMap<&'l str, Vec<&'l str>>,
    /// Word to the symbols that stand for it and for others: is to that of is and has.
    stand_ins: FxHashMap<String, Vec<Symbol>>,
    lists: FxHashMap<(Option<&'l str>, String), Rc<List>>,
    conditions: Vec<Condition>,
    patterns: Vec<(Regex, Says)>,
    /// The family whose phrases are being read, for its own lists.
    family: Option<&'l Family>,
    depth: usize,
}

/// Lists in lists deeper than this are a circle.
const DEEPEST_LIST: usize = 12;

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
            nfa: Nfa::default(),
            labels: FxHashMap::default(),
            spellings,
            long_forms,
            stand_ins: FxHashMap::default(),
            lists: FxHashMap::default(),
            conditions: Vec::new(),
            patterns: Vec::new(),
            family: None,
            depth: 0,
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
                Some(_) => self.vocabulary.ending(short, parts[parts.len() - 1]),
                None => self.vocabulary.split(&bare(short), &parts),
            }
        }
    }

    /// The symbol that stands for each of these words.
    fn shared<'w>(&mut self, words: impl Iterator<Item = &'w String>) -> Symbol {
        let mut words: Vec<&str> = words.map(String::as_str).collect();
        words.sort_unstable();
        words.dedup();
        let symbol = self.vocabulary.word(&words.join("/"));
        if words.len() > 1 {
            for word in words {
                self.vocabulary.copy_roles(word, symbol);
                self.stand_ins.entry(word.to_owned()).or_default().push(symbol);
            }
        }
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
        self.conditions.push(Condition { scope, references: Vec::new(), question: false });
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
            self.patterns.extend(super::patterns::regex(pattern.trim()).ok().map(|regex| (regex, says)));
            return;
        }
        let Ok(phrase) = Phrase::parse(text) else { return };
        let end = self.nfa.add(State::Accept(Accept { says, ends_message: phrase.ends_message }));
        let start = self.node(&phrase.root, end);
        self.nfa.starts.push(start);
    }

    /// The state from which `node` leads to `next`.
    fn node(&mut self, node: &Node, next: StateId) -> StateId {
        match node {
            Node::Word(word) => self.word(word, next),
            Node::Prefix(_) => {
                let label = self.leaf_label(std::slice::from_ref(node));
                self.nfa.add(State::Word(label, next))
            }
            Node::List(name) => self.list(name, next),
            Node::AnyWord => self.nfa.add(State::Skip(1, 1, next)),
            Node::Gap(words) => self.nfa.add(State::Skip(0, *words, next)),
            Node::Start(place) => self.nfa.add(State::Start(*place, next)),
            Node::End => self.nfa.add(State::End(next)),
            Node::Sequence(nodes) => nodes.iter().rev().fold(next, |next, node| self.node(node, next)),
            Node::OneOf(nodes) => self.one_of(nodes, next),
            Node::Optional(inner) => {
                let inner = self.node(inner, next);
                self.nfa.add(State::Split(vec![inner, next]))
            }
        }
    }

    /// A word, or the words that it is short for: the text is read in the same way.
    fn word(&mut self, word: &str, next: StateId) -> StateId {
        let leaf = |word: &str| Node::Word(word.to_owned());
        let Some(longs) = self.long_forms.get(word) else {
            let label = self.leaf_label(&[leaf(word)]);
            return self.nfa.add(State::Word(label, next));
        };
        let longs: Vec<Vec<Node>> =
            longs.iter().map(|long| words_of(long).iter().map(|word| leaf(word)).collect()).collect();
        let branches = longs.into_iter().map(|long| {
            long.iter().rev().fold(next, |next, word| {
                let label = self.leaf_label(std::slice::from_ref(word));
                self.nfa.add(State::Word(label, next))
            })
        });
        let branches = branches.collect();
        self.nfa.add(State::Split(branches))
    }

    fn one_of(&mut self, nodes: &[Node], next: StateId) -> StateId {
        let (leaves, others): (Vec<Node>, Vec<Node>) =
            nodes.iter().cloned().partition(|node| self.is_leaf(node));
        let mut branches = Vec::with_capacity(others.len() + 1);
        if !leaves.is_empty() {
            let label = self.leaf_label(&leaves);
            branches.push(self.nfa.add(State::Word(label, next)));
        }
        for node in &others {
            let branch = self.node(node, next);
            branches.push(branch);
        }
        if branches.len() == 1 { branches[0] } else { self.nfa.add(State::Split(branches)) }
    }

    fn is_leaf(&self, node: &Node) -> bool {
        match node {
            Node::Word(word) => !self.long_forms.contains_key(word.as_str()),
            Node::Prefix(_) => true,
            _ => false,
        }
    }

    fn list(&mut self, name: &str, next: StateId) -> StateId {
        let list = self.list_parts(name);
        let mut branches = Vec::with_capacity(list.phrases.len() + 1);
        branches.extend(list.label.map(|label| self.nfa.add(State::Word(label, next))));
        if self.depth < DEEPEST_LIST {
            self.depth += 1;
            for phrase in &list.phrases {
                let branch = self.node(phrase, next);
                branches.push(branch);
            }
            self.depth -= 1;
        }
        self.nfa.add(State::Split(branches))
    }

    fn list_parts(&mut self, name: &str) -> Rc<List> {
        let own = self.family.and_then(|family| Some((family.name.as_str(), family.lists.get(name)?)));
        let key = (own.map(|(family, _)| family), name.to_owned());
        if let Some(list) = self.lists.get(&key) {
            return Rc::clone(list);
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
        let (leaves, phrases): (Vec<Node>, Vec<Node>) =
            nodes.into_iter().partition(|node| self.is_leaf(node));
        let mut label = self.label_key(&leaves);
        label.numbers = name == NUMBER_LIST;
        let has_label = label.numbers || !leaves.is_empty();
        let list = Rc::new(List { label: has_label.then(|| self.label(label)), phrases });
        self.lists.insert(key, Rc::clone(&list));
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

    fn label_key(&mut self, leaves: &[Node]) -> LabelKey {
        let mut key = LabelKey::default();
        for leaf in leaves {
            match leaf {
                Node::Word(word) => {
                    let spelled = self.spelled(word);
                    for word in &spelled {
                        key.symbols.push(self.vocabulary.word(word));
                        key.symbols.extend(self.stand_ins.get(word).into_iter().flatten());
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

    /// The word with its other spellings; `customer's` also without the apostrophe.
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

    fn finish(mut self, families: Vec<FamilyCode>, rules: Vec<RuleCode>) -> Matcher {
        let known = self.vocabulary.sorted();
        self.nfa.labels = resolve(&self.labels, &known);
        self.vocabulary.merge(&mut self.nfa.labels);
        let and = self.vocabulary.word("and");
        let vocabulary = self.vocabulary.build();
        let ranks = super::judge::ranks(&families, &rules, &self.conditions);
        let patterns = Patterns::new(self.patterns);
        Matcher {
            vocabulary,
            nfa: self.nfa,
            rules,
            families,
            conditions: self.conditions,
            ranks,
            patterns,
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
        if key.numbers {
            symbols.extend(known.numbers());
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
