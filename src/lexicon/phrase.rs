//! The notation that phrases are written in: text in, tree out.
//!
//! `lexicon/README.md` describes it for authors. What the tree means is the matcher's business.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::text::is_apostrophe;

/// A phrase, parsed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// What to hear, in order.
    pub root: Node,
    /// Written with `$$`: only where the message ends.
    pub ends_message: bool,
}

/// Where a phrase must begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Place {
    /// Wherever it likes.
    Anywhere,
    /// Where a sentence begins.
    Sentence,
    /// Where the message begins, behind the greeting.
    Message,
}

/// A part of a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// A word in lower case, with straight apostrophes.
    Word(String),
    /// A word with any ending, `refund*`: what comes before the star.
    Prefix(String),
    /// The list of this name, `{our}`.
    List(String),
    /// Exactly one word, `_`.
    AnyWord,
    /// Up to so many words, `..`.
    Gap(u8),
    /// No word: where a sentence begins, `^`, or the message, `^^`.
    Start(Place),
    /// No word: where the sentence ends, `$`.
    End,
    /// One after the other.
    Sequence(Vec<Node>),
    /// One of these.
    OneOf(Vec<Node>),
    /// This or nothing.
    Optional(Box<Node>),
}

/// What is wrong with a phrase. The message says the remedy.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{message}")]
pub struct PhraseError {
    /// The byte of the phrase at which it shows.
    pub offset: usize,
    /// What is wrong, and what to do.
    pub message: String,
}

/// How many words `..` stands for, at most.
const PLAIN_GAP: u8 = 5;
/// The longest gap that may be asked for: a longer one joins words that have nothing to do with
/// each other.
const LONGEST_GAP: u8 = 20;
/// How deep groups may stand in groups.
const DEEPEST_GROUP: usize = 24;
/// How many spellings one word with groups in it may stand for.
const MOST_SPELLINGS: usize = 256;

impl Phrase {
    /// Reads the notation.
    ///
    /// # Errors
    /// When the phrase is empty, matches everything, or is not well-formed.
    pub fn parse(text: &str) -> Result<Self, PhraseError> {
        let mut parser = Parser { text, at: 0, depth: 0 };
        parser.skip_separators();
        let mut root = parser.sequence()?;
        let ends_message = parser.text[parser.at..].starts_with("$$");
        if ends_message && !parser.text[parser.at + 2..].trim().is_empty() {
            return Err(parser.unexpected('$'));
        }
        parser.at += if ends_message { 2 } else { 0 };
        parser.skip_separators();
        if let Some(stray) = parser.peek() {
            return Err(parser.unexpected(stray));
        }
        if ends_message {
            root = Node::Sequence(vec![root, Node::End]);
        }
        let phrase = Self { root, ends_message };
        phrase.refuse_empty()?;
        Ok(phrase)
    }

    /// The names of the lists that the phrase uses.
    #[must_use]
    pub fn lists(&self) -> Vec<&str> {
        let mut names = Vec::new();
        collect_lists(&self.root, &mut names);
        names
    }

    fn refuse_empty(&self) -> Result<(), PhraseError> {
        let fail = |message: &str| Err(PhraseError { offset: 0, message: message.to_owned() });
        if self.root == Node::Sequence(Vec::new()) {
            return fail("the phrase is empty: write at least one word");
        }
        if !needs_word(&self.root) {
            return fail("the phrase matches everything: write at least one word that is not optional");
        }
        if opening(&self.root) == Opening::Open {
            return fail("a gap or `_` at the beginning adds nothing: begin with a word, or with `^`");
        }
        Ok(())
    }
}

fn collect_lists<'n>(node: &'n Node, names: &mut Vec<&'n str>) {
    match node {
        Node::List(name) => names.push(name),
        Node::Sequence(nodes) | Node::OneOf(nodes) => {
            nodes.iter().for_each(|inner| collect_lists(inner, names));
        }
        Node::Optional(inner) => collect_lists(inner, names),
        _ => {}
    }
}

/// Whether every way through the node passes a word that the author named.
fn needs_word(node: &Node) -> bool {
    match node {
        Node::Word(_) | Node::Prefix(_) | Node::List(_) => true,
        Node::AnyWord | Node::Gap(_) | Node::Optional(_) | Node::Start(_) | Node::End => false,
        Node::Sequence(nodes) => nodes.iter().any(needs_word),
        Node::OneOf(nodes) => nodes.iter().all(needs_word),
    }
}

/// What a phrase can begin with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Opening {
    /// A word that the author named, or a fixed place.
    Firm,
    /// Any word.
    Open,
    /// The node may stand for nothing: what follows decides.
    Empty,
}

fn opening(node: &Node) -> Opening {
    match node {
        Node::Word(_) | Node::Prefix(_) | Node::List(_) | Node::Start(_) | Node::End => Opening::Firm,
        Node::AnyWord | Node::Gap(_) => Opening::Open,
        Node::Optional(inner) if opening(inner) == Opening::Open => Opening::Open,
        Node::Optional(_) => Opening::Empty,
        Node::OneOf(nodes) => {
            let has = |wanted| nodes.iter().any(|node| opening(node) == wanted);
            if has(Opening::Open) {
                Opening::Open
            } else if has(Opening::Empty) {
                Opening::Empty
            } else {
                Opening::Firm
            }
        }
        Node::Sequence(nodes) => {
            nodes.iter().map(opening).find(|&opening| opening != Opening::Empty).unwrap_or(Opening::Empty)
        }
    }
}

struct Parser<'p> {
    text: &'p str,
    at: usize,
    depth: usize,
}

/// A stretch of letters, or a group, that stands in one word with its neighbours.
enum Glued {
    Letters(String),
    Group(Node),
}

impl Parser<'_> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn eat(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        if found {
            self.at += wanted.len_utf8();
        }
        found
    }

    fn error<T>(&self, offset: usize, message: impl Into<String>) -> Result<T, PhraseError> {
        Err(PhraseError { offset, message: message.into() })
    }

    fn unexpected(&self, found: char) -> PhraseError {
        let message = match found {
            ')' | ']' | '}' => format!("`{found}` closes a group that was never opened: remove it"),
            '|' => "`|` stands outside a group: put the choices in round brackets, (a|b)".to_owned(),
            '$' => "`$$` may stand only at the very end of a phrase".to_owned(),
            '*' => "`*` must follow the beginning of a word without a space: refund*".to_owned(),
            '<' | '>' => "`<family>` may stand only alone, in a list under `unless` or `only`".to_owned(),
            other => format!("`{}` has no meaning in a phrase: remove it", other.escape_debug()),
        };
        PhraseError { offset: self.at, message }
    }

    fn skip_separators(&mut self) {
        while let Some(next) = self.peek() {
            if next == '.' && self.text[self.at..].starts_with("..") || !is_separator(next) {
                break;
            }
            self.at += next.len_utf8();
        }
    }

    fn sequence(&mut self) -> Result<Node, PhraseError> {
        let mut nodes = Vec::new();
        loop {
            self.skip_separators();
            match self.peek() {
                None | Some(')' | ']' | '|') => break,
                Some('$') if self.text[self.at..].starts_with("$$") => break,
                Some(_) => nodes.push(self.item()?),
            }
        }
        if nodes.len() == 1 {
            return Ok(nodes.remove(0));
        }
        Ok(Node::Sequence(nodes))
    }

    fn item(&mut self) -> Result<Node, PhraseError> {
        match self.peek() {
            Some('{') => self.list(),
            Some('.') => self.gap(),
            Some('_') => {
                self.at += 1;
                Ok(Node::AnyWord)
            }
            Some('^') => {
                let place =
                    if self.text[self.at..].starts_with("^^") { Place::Message } else { Place::Sentence };
                self.at += place as usize;
                Ok(Node::Start(place))
            }
            Some('$') => {
                self.at += 1;
                Ok(Node::End)
            }
            Some('&') => {
                self.at += 1;
                Ok(Node::Word("and".to_owned()))
            }
            Some(next) if is_letter(next) || next == '(' || next == '[' => self.word(),
            Some(stray) => Err(self.unexpected(stray)),
            None => self.error(self.at, "the phrase ends where a word was expected"),
        }
    }

    fn list(&mut self) -> Result<Node, PhraseError> {
        let start = self.at;
        let Some(length) = self.text[start..].find('}') else {
            return self.error(start, "`{` is never closed: write the list's name and `}`");
        };
        let name = &self.text[start + 1..start + length];
        if name.is_empty() || !name.chars().all(|c| c.is_alphanumeric() || c == '-') {
            return self.error(start, "a list's name is made of letters, digits and hyphens: {our}");
        }
        self.at = start + length + 1;
        Ok(Node::List(name.to_owned()))
    }

    fn gap(&mut self) -> Result<Node, PhraseError> {
        let start = self.at;
        while self.eat('.') {}
        let digits_start = self.at;
        while self.peek().is_some_and(|c| c.is_ascii_digit()) {
            self.at += 1;
        }
        let digits = &self.text[digits_start..self.at];
        if digits.is_empty() {
            return Ok(Node::Gap(PLAIN_GAP));
        }
        match digits.parse::<u8>() {
            Ok(words @ 1..=LONGEST_GAP) => Ok(Node::Gap(words)),
            _ => self.error(
                start,
                format!("a gap holds 1 to {LONGEST_GAP} words: write ..{PLAIN_GAP} or another number"),
            ),
        }
    }

    /// A group, or a word, or a word with groups in it.
    fn word(&mut self) -> Result<Node, PhraseError> {
        let start = self.at;
        let mut parts = Vec::new();
        loop {
            match self.peek() {
                Some('(') => parts.push(Glued::Group(self.group('(', ')')?)),
                Some('[') => {
                    let inner = self.group('[', ']')?;
                    parts.push(Glued::Group(Node::Optional(Box::new(inner))));
                }
                Some(next) if is_letter(next) => parts.push(Glued::Letters(self.letters())),
                _ => break,
            }
        }
        let open = self.eat('*');
        if parts.len() == 1 && !open {
            return Ok(match parts.remove(0) {
                Glued::Letters(word) => Node::Word(word),
                Glued::Group(node) => node,
            });
        }
        let words = self.spellings(start, &parts)?;
        let leaf = |word| if open { Node::Prefix(word) } else { Node::Word(word) };
        let mut leaves: Vec<Node> = words.into_iter().map(leaf).collect();
        Ok(if leaves.len() == 1 { leaves.remove(0) } else { Node::OneOf(leaves) })
    }

    fn letters(&mut self) -> String {
        let mut word = String::new();
        while let Some(next) = self.peek() {
            if !is_letter(next) {
                break;
            }
            self.at += next.len_utf8();
            let next = if is_apostrophe(next) { '\'' } else { next };
            word.extend(next.to_lowercase());
        }
        let trimmed = word.trim_matches('\'');
        if trimmed.is_empty() { word } else { trimmed.to_owned() }
    }

    fn group(&mut self, open: char, close: char) -> Result<Node, PhraseError> {
        let start = self.at;
        self.at += open.len_utf8();
        self.depth += 1;
        if self.depth > DEEPEST_GROUP {
            return self.error(start, "groups stand too deep in each other: make a list of a part");
        }
        let mut choices = vec![self.sequence()?];
        while self.eat('|') {
            choices.push(self.sequence()?);
        }
        if !self.eat(close) {
            let message = match self.peek() {
                Some(stray @ (')' | ']')) => {
                    format!("`{open}` is closed by `{stray}`: close it with `{close}`")
                }
                _ => format!("`{open}` is never closed: add `{close}`"),
            };
            return self.error(start, message);
        }
        self.depth -= 1;
        if choices.contains(&Node::Sequence(Vec::new())) {
            return self.error(start, "a choice is empty: remove a `|`, or use [ ] for what may be left out");
        }
        Ok(if choices.len() == 1 { choices.remove(0) } else { Node::OneOf(choices) })
    }

    /// Every word that parts glued to each other stand for.
    fn spellings(&self, start: usize, parts: &[Glued]) -> Result<Vec<String>, PhraseError> {
        let mut words = vec![String::new()];
        for part in parts {
            let endings = match part {
                Glued::Letters(letters) => vec![letters.clone()],
                Glued::Group(node) => match plain_words(node) {
                    Some(choices) => choices,
                    None => {
                        return self.error(
                            start,
                            "a group glued to letters may hold only parts of one word: put a space before or after it",
                        );
                    }
                },
            };
            words = words
                .iter()
                .flat_map(|word| endings.iter().map(move |ending| format!("{word}{ending}")))
                .collect();
            if words.len() > MOST_SPELLINGS {
                return self.error(
                    start,
                    format!("one word stands for more than {MOST_SPELLINGS} spellings: split the phrase"),
                );
            }
        }
        Ok(words)
    }
}

fn plain_words(node: &Node) -> Option<Vec<String>> {
    match node {
        Node::Word(word) => Some(vec![word.clone()]),
        Node::OneOf(nodes) => {
            let words: Option<Vec<Vec<String>>> = nodes.iter().map(plain_words).collect();
            Some(words?.concat())
        }
        Node::Optional(inner) => {
            let mut words = plain_words(inner)?;
            words.push(String::new());
            Some(words)
        }
        _ => None,
    }
}

fn is_letter(letter: char) -> bool {
    letter.is_alphanumeric() || is_apostrophe(letter)
}

/// Punctuation that people put into a phrase and that the ear passes over.
fn is_separator(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '-' | ','
                | '.'
                | '!'
                | '?'
                | ';'
                | ':'
                | '%'
                | '"'
                | '/'
                | '\u{201C}'
                | '\u{201D}'
                | '\u{2013}'
                | '\u{2014}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(node: &Node) -> String {
        let join = |nodes: &[Node], by: &str| nodes.iter().map(show).collect::<Vec<_>>().join(by);
        match node {
            Node::Word(word) => word.clone(),
            Node::Prefix(word) => format!("{word}*"),
            Node::List(name) => format!("{{{name}}}"),
            Node::AnyWord => "_".to_owned(),
            Node::Gap(words) => format!("..{words}"),
            Node::Start(place) => "^".repeat(*place as usize),
            Node::End => "$".to_owned(),
            Node::Sequence(nodes) => join(nodes, " "),
            Node::OneOf(nodes) => format!("({})", join(nodes, "|")),
            Node::Optional(inner) => format!("[{}]", show(inner)),
        }
    }

    fn parsed(text: &str) -> String {
        Phrase::parse(text)
            .map_or_else(|error| format!("{}: {error}", error.offset), |phrase| show(&phrase.root))
    }

    #[test]
    fn reads_the_notation() {
        let cases = [
            ("It's our Policy.", "it's our policy"),
            ("(it is|that is) [just] {our} policy", "(it is|that is) [just] {our} policy"),
            ("it\u{2019}s, it\u{B4}s and it`s \u{2018}fine\u{2019}", "it's it's and it's fine"),
            ("sorry .. but", "sorry ..5 but"),
            ("sorry ..12 but _ not", "sorry ..12 but _ not"),
            ("apologi(s|z)(e|ed)", "(apologise|apologised|apologize|apologized)"),
            ("refund[s] refund*", "(refunds|refund) refund*"),
            ("apologi(s|z)*", "(apologis*|apologiz*)"),
            ("follow-up, please!", "follow up please"),
            ("terms & conditions", "terms and conditions"),
            ("(who|what)ever", "(whoever|whatever)"),
            ("^ [_] sorry (now|$)", "^ [_] sorry (now|$)"),
            ("(^^just|I am) here $", "(^^ just|i am) here $"),
        ];
        for (text, tree) in cases {
            assert_eq!(parsed(text), tree, "{text}");
        }
        assert!(Phrase::parse("sorry $$").unwrap().ends_message);
        assert_eq!(parsed("sorry $$"), "sorry $");
    }

    #[test]
    fn says_what_is_wrong_and_where() {
        let cases = [
            ("", "0: the phrase is empty: write at least one word"),
            ("[maybe] ..", "0: the phrase matches everything: write at least one word that is not optional"),
            (".. sorry", "0: a gap or `_` at the beginning adds nothing: begin with a word, or with `^`"),
            ("(a|b", "0: `(` is never closed: add `)`"),
            ("(a|b]", "0: `(` is closed by `]`: close it with `)`"),
            ("a)", "1: `)` closes a group that was never opened: remove it"),
            ("a|b", "1: `|` stands outside a group: put the choices in round brackets, (a|b)"),
            ("a (b|)", "2: a choice is empty: remove a `|`, or use [ ] for what may be left out"),
            ("the {our policy", "4: `{` is never closed: write the list's name and `}`"),
            ("a ..99 b", "2: a gap holds 1 to 20 words: write ..5 or another number"),
            ("a *", "2: `*` must follow the beginning of a word without a space: refund*"),
            (
                "re(fund it|place)s",
                "0: a group glued to letters may hold only parts of one word: put a space before or after it",
            ),
            ("say $$ this", "4: `$$` may stand only at the very end of a phrase"),
            ("<fix>", "0: `<family>` may stand only alone, in a list under `unless` or `only`"),
        ];
        for (text, message) in cases {
            assert_eq!(parsed(text), message, "{text}");
        }
    }

    #[test]
    fn deep_groups_are_refused_not_overflown() {
        let deep = format!("{}a{}", "(".repeat(100_000), ")".repeat(100_000));
        assert!(Phrase::parse(&deep).is_err());
    }
}
