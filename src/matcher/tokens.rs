//! Text as words and sentences. One pass over the bytes; a word becomes its symbol on the way.

use super::vocabulary::{NUMBER, OTHER, PLACEHOLDER, PRICE, ROOT, Symbol, Vocabulary, role};
use super::words::Letters;
use crate::text::{self, is_apostrophe};

/// A word of the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) symbol: Symbol,
    /// What stands between this word and the one before.
    pub(super) mark: Mark,
}

/// Punctuation ahead of a word, from the lightest to the heaviest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Mark {
    /// Space or a hyphen.
    None,
    /// A comma: a denial does not reach across.
    Comma,
    /// A colon, a dash, a bracket, an ellipsis: a gap does not reach across either.
    Break,
}

/// How a sentence ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// With a question mark.
    Question,
    /// With anything else.
    Statement,
}

/// A sentence with more words than this is cut, so that text without a full stop costs no memory.
const LONGEST_SENTENCE: usize = 200;
/// A salutation, "Hello dear Mrs van Dyke", has at most so many words.
const LONGEST_GREETING: usize = 6;

/// What a byte does in running text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
enum Class {
    Letter,
    Digit,
    Space,
    Newline,
    Comma,
    Break,
    Stop,
    Question,
    Exclamation,
    Hyphen,
    At,
    Ampersand,
    Wide,
    Silent,
}

const CLASSES: [Class; 256] = classes();

const fn classes() -> [Class; 256] {
    let mut table = [Class::Silent; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            b' ' | b'\t' | 0x0B | 0x0C | b'\r' => Class::Space,
            b'\n' => Class::Newline,
            b',' => Class::Comma,
            b';' | b':' | b'(' | b')' | b'[' | b']' | b'|' | b'*' => Class::Break,
            b'.' => Class::Stop,
            b'?' => Class::Question,
            b'!' => Class::Exclamation,
            b'-' => Class::Hyphen,
            b'@' => Class::At,
            b'&' => Class::Ampersand,
            0x80..=0xFF => Class::Wide,
            _ => Class::Silent,
        };
        byte += 1;
    }
    table
}

/// Reads one text sentence by sentence.
pub(super) struct Tokenizer<'t> {
    vocabulary: &'t Vocabulary,
    text: &'t str,
    at: usize,
    mark: Mark,
    /// Where the words of the sentence begin.
    first: usize,
    and: Symbol,
}

impl<'t> Tokenizer<'t> {
    /// `and` is the symbol that `&` stands for.
    pub(super) const fn new(vocabulary: &'t Vocabulary, text: &'t str, and: Symbol) -> Self {
        Self { vocabulary, text, at: 0, mark: Mark::None, first: 0, and }
    }

    /// Adds the words of the next sentence that has any to `tokens`. Nothing at the end.
    pub(super) fn next_sentence(&mut self, tokens: &mut Vec<Token>) -> Option<End> {
        self.first = tokens.len();
        self.mark = Mark::None;
        let bytes = self.text.as_bytes();
        while let Some(&byte) = bytes.get(self.at) {
            let ended = match CLASSES[usize::from(byte)] {
                Class::Letter => self.word(tokens),
                Class::Space | Class::Silent => {
                    self.at += 1;
                    None
                }
                Class::Digit => self.number(tokens),
                Class::Comma => self.comma(tokens),
                Class::Stop => self.stop(tokens),
                Class::Newline => self.newline(tokens),
                Class::Wide => self.wide(tokens),
                Class::Break => {
                    self.at += 1;
                    self.mark = Mark::Break;
                    None
                }
                Class::Hyphen => self.hyphen(),
                Class::Question => self.finish(tokens, End::Question),
                Class::Exclamation => self.exclamation(tokens),
                Class::At => self.handle(tokens),
                Class::Ampersand => {
                    let symbol = self.and;
                    self.push(tokens, self.at, self.at + 1, symbol)
                }
            };
            if ended.is_some() {
                return ended;
            }
        }
        (!self.is_empty(tokens)).then_some(End::Statement)
    }

    /// Whether the sentence has no words yet.
    #[inline(always)]
    const fn is_empty(&self, tokens: &[Token]) -> bool {
        tokens.len() == self.first
    }

    #[inline(always)]
    fn push(&mut self, tokens: &mut Vec<Token>, start: usize, end: usize, symbol: Symbol) -> Option<End> {
        self.at = end;
        let token = Token { start: start as u32, end: end as u32, symbol, mark: self.mark };
        self.mark = Mark::None;
        tokens.push(token);
        (tokens.len() - self.first >= LONGEST_SENTENCE).then_some(End::Statement)
    }

    #[inline(always)]
    fn word(&mut self, tokens: &mut Vec<Token>) -> Option<End> {
        if let Some(word) = Letters::at(&self.text.as_bytes()[self.at..]) {
            let end = self.at + word.length;
            if word.length > 0 && self.ends_plainly(end) {
                let symbol = self.vocabulary.symbol(&word);
                if !self.vocabulary.is_split(symbol) {
                    return self.push(tokens, self.at, end, symbol);
                }
            }
        }
        self.long_word(tokens)
    }

    /// Whether the letters that end here are surely a word: nothing joins them to what follows.
    #[inline(always)]
    fn ends_plainly(&self, end: usize) -> bool {
        let bytes = self.text.as_bytes();
        match bytes.get(end) {
            Some(b'0'..=b'9' | b'_' | b'\'' | b'`' | b':' | b'@' | 0x80..) => false,
            Some(b'.') => matches!(bytes.get(end + 1), Some(b' ' | b'\n' | b'.') | None),
            _ => true,
        }
    }

    /// A word, letter by letter.
    #[inline(never)]
    fn long_word(&mut self, tokens: &mut Vec<Token>) -> Option<End> {
        let bytes = self.text.as_bytes();
        let start = self.at;
        let trie = &self.vocabulary.trie;
        let (mut state, mut at) = (ROOT, start);
        let (mut has_apostrophe, mut is_odd) = (false, false);
        loop {
            while let Some(&byte) = bytes.get(at)
                && CLASSES[usize::from(byte)] == Class::Letter
            {
                state = trie.step(state, byte);
                at += 1;
            }
            match self.word_goes_on(at) {
                Joint::Ended => break,
                Joint::Apostrophe(width) => {
                    has_apostrophe = true;
                    state = trie.step(state, b'\'');
                    at += width;
                }
                Joint::Odd(width) => {
                    is_odd = true;
                    at += width;
                }
                Joint::Nothing(width) => at += width,
                Joint::Opaque(end) => return self.push(tokens, start, end, OTHER),
            }
        }
        let symbol = if is_odd { self.odd(start, at) } else { trie.symbol(state) };
        if let Some(parts) = self.vocabulary.split(symbol) {
            return self.push_all(tokens, start, at, parts);
        }
        if has_apostrophe && let Some(parts) = self.vocabulary.split_by_ending(&self.text[start..at], symbol)
        {
            return self.push_all(tokens, start, at, &parts);
        }
        self.push(tokens, start, at, symbol)
    }

    #[cold]
    fn odd(&self, start: usize, end: usize) -> Symbol {
        self.vocabulary.odd(&self.text[start..end]).unwrap_or(OTHER)
    }

    /// One word of the text that is read as several. All of them span the whole.
    fn push_all(
        &mut self,
        tokens: &mut Vec<Token>,
        start: usize,
        end: usize,
        parts: &[Symbol],
    ) -> Option<End> {
        let ends = parts.iter().map(|&symbol| self.push(tokens, start, end, symbol));
        ends.fold(None, Option::or)
    }

    /// What stands behind the letters that were read so far.
    #[inline]
    fn word_goes_on(&self, at: usize) -> Joint {
        let bytes = self.text.as_bytes();
        let Some(&byte) = bytes.get(at) else { return Joint::Ended };
        match byte {
            b' ' | b',' | b'\n' => Joint::Ended,
            b'\'' | b'`' if self.letter_at(at + 1) => Joint::Apostrophe(1),
            b'.' => self.stop_in_word(at),
            b'0'..=b'9' | b'_' => Joint::Odd(1),
            b':' if bytes[at..].starts_with(b"://") => Joint::Opaque(self.end_of_run(at)),
            b'@' if self.letter_at(at + 1) => Joint::Opaque(self.end_of_run(at)),
            0x80..=0xFF => self.wide_in_word(at),
            _ => Joint::Ended,
        }
    }

    fn wide_in_word(&self, at: usize) -> Joint {
        match self.char_at(at) {
            mark if is_apostrophe(mark) && self.letter_at(at + mark.len_utf8()) => {
                Joint::Apostrophe(mark.len_utf8())
            }
            hidden if is_hidden(hidden) => Joint::Nothing(hidden.len_utf8()),
            letter if letter.is_alphanumeric() => Joint::Odd(letter.len_utf8()),
            _ => Joint::Ended,
        }
    }

    /// A full stop right behind a letter: of `p.m.`, of an address, or of a sentence.
    fn stop_in_word(&self, at: usize) -> Joint {
        if !self.letter_at(at + 1) {
            return Joint::Ended;
        }
        let bytes = self.text.as_bytes();
        let alone = |letter: usize| {
            let before = letter.checked_sub(1).and_then(|before| bytes.get(before));
            !before.is_some_and(|byte| byte.is_ascii_alphanumeric())
        };
        if alone(at - 1) && !bytes.get(at + 2).is_some_and(u8::is_ascii_alphanumeric) {
            return Joint::Nothing(1);
        }
        let run = &self.text[at + 1..self.end_of_run(at)];
        let ending = run.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        if WEB_ENDINGS.contains(&ending) { Joint::Opaque(self.end_of_run(at)) } else { Joint::Ended }
    }

    fn letter_at(&self, at: usize) -> bool {
        let byte = self.text.as_bytes().get(at);
        byte.is_some_and(|byte| byte.is_ascii_alphabetic())
            || byte.is_some_and(|&byte| byte >= 0x80 && self.char_at(at).is_alphabetic())
    }

    fn char_at(&self, at: usize) -> char {
        self.text.get(at..).and_then(|rest| rest.chars().next()).unwrap_or(' ')
    }

    /// The end of what stands here without white space, less the punctuation that closes it.
    fn end_of_run(&self, at: usize) -> usize {
        let run = &self.text[at..];
        let ends = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"');
        let end = run.find(ends).unwrap_or(run.len());
        at + run[..end].trim_end_matches(['.', ',', '!', '?', ')', ']', ';', ':', '\'']).len()
    }

    fn number(&mut self, tokens: &mut Vec<Token>) -> Option<End> {
        let bytes = self.text.as_bytes();
        let start = self.at;
        let mut end = start;
        while let Some(&byte) = bytes.get(end) {
            let joined = byte.is_ascii_alphanumeric()
                || matches!(byte, b'.' | b',' | b':' | b'/')
                    && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
            if !joined {
                break;
            }
            end += 1;
        }
        let symbol = match &self.text[start..end] {
            _ if self.is_price(start, end) => PRICE,
            long if long.len() > 24 => NUMBER,
            number => self.vocabulary.number(number),
        };
        self.push(tokens, start, end, symbol)
    }

    /// Whether the sign of a currency stands right ahead of the number, or behind it.
    fn is_price(&self, start: usize, end: usize) -> bool {
        let (ahead, behind) = (&self.text[..start], &self.text[end..]);
        let sign = ahead.strip_suffix(' ').unwrap_or(ahead).strip_suffix(CURRENCIES);
        // In "9 €, 5 of them" the sign is that of the number before.
        sign.is_some_and(|ahead| {
            !ahead.strip_suffix(' ').unwrap_or(ahead).ends_with(|c: char| c.is_ascii_digit())
        }) || behind.strip_prefix(' ').unwrap_or(behind).starts_with(CURRENCIES)
    }

    fn comma(&mut self, tokens: &mut [Token]) -> Option<End> {
        if self.is_greeting(tokens) {
            return self.finish(tokens, End::Statement);
        }
        self.at += 1;
        self.mark = self.mark.max(Mark::Comma);
        None
    }

    fn exclamation(&mut self, tokens: &mut [Token]) -> Option<End> {
        let closing = self.text.as_bytes()[self.at..].iter().take_while(|byte| matches!(byte, b'!' | b'?'));
        let end = if closing.clone().any(|&byte| byte == b'?') { End::Question } else { End::Statement };
        self.finish(tokens, end)
    }

    fn stop(&mut self, tokens: &mut [Token]) -> Option<End> {
        let rest = &self.text.as_bytes()[self.at..];
        let stops = rest.iter().take_while(|&&byte| byte == b'.').count();
        if stops > 1 || self.is_spaced_ellipsis() {
            self.at += stops;
            self.mark = Mark::Break;
            return None;
        }
        if self.after_abbreviation(tokens) {
            self.at += 1;
            return None;
        }
        self.finish(tokens, End::Statement)
    }

    /// ` . . .`, each stop on its own.
    fn is_spaced_ellipsis(&self) -> bool {
        let bytes = self.text.as_bytes();
        bytes[self.at..].starts_with(b". .") || self.at >= 2 && bytes[self.at - 2..self.at] == *b". "
    }

    fn after_abbreviation(&self, tokens: &[Token]) -> bool {
        let Some(last) = tokens[self.first..].last().filter(|last| last.end as usize == self.at) else {
            return false;
        };
        let initials = self.text[last.start as usize..self.at].contains('.');
        if self.vocabulary.has_role(last.symbol, role::ABBREVIATION) && !initials {
            return true;
        }
        let next = self.text[self.at + 1..].trim_start_matches([' ', '\t']).chars().next();
        initials && !next.is_some_and(char::is_uppercase)
    }

    fn newline(&mut self, tokens: &mut [Token]) -> Option<End> {
        if self.is_empty(tokens) {
            self.at += 1;
            return None;
        }
        if self.is_greeting(tokens) || self.paragraph_ends() {
            return self.finish(tokens, End::Statement);
        }
        self.at += 1;
        None
    }

    /// Whether the next line is blank or begins a list item.
    fn paragraph_ends(&self) -> bool {
        let rest = self.text[self.at + 1..].trim_start_matches([' ', '\t', '\r']);
        let mut next = rest.chars();
        match next.next() {
            None | Some('\n') => true,
            Some('-' | '*' | '+' | '•') => next.next().is_some_and(char::is_whitespace),
            Some(digit) if digit.is_ascii_digit() => {
                let item = rest.trim_start_matches(|c: char| c.is_ascii_digit());
                item.starts_with(['.', ')']) && item[1..].starts_with(' ')
            }
            Some(_) => false,
        }
    }

    fn is_greeting(&self, tokens: &[Token]) -> bool {
        let tokens = &tokens[self.first..];
        let opens =
            tokens.first().is_some_and(|first| self.vocabulary.has_role(first.symbol, role::GREETING));
        opens && tokens.len() <= LONGEST_GREETING
    }

    fn hyphen(&mut self) -> Option<End> {
        let bytes = self.text.as_bytes();
        let space = |at: Option<&u8>| at.is_none_or(u8::is_ascii_whitespace);
        let spaced = self.at == 0 || space(bytes.get(self.at - 1));
        let double = bytes.get(self.at + 1) == Some(&b'-');
        if double || spaced && space(bytes.get(self.at + 1)) {
            self.mark = Mark::Break;
        }
        self.at += 1;
        None
    }

    /// An `@name`. One that opens the sentence is only the address.
    fn handle(&mut self, tokens: &mut Vec<Token>) -> Option<End> {
        let end = self.end_of_run(self.at).max(self.at + 1);
        if self.is_empty(tokens) || end == self.at + 1 {
            self.at = end;
            return None;
        }
        self.push(tokens, self.at, end, OTHER)
    }

    fn wide(&mut self, tokens: &mut Vec<Token>) -> Option<End> {
        let c = self.char_at(self.at);
        match c {
            text::PLACEHOLDER => return self.push(tokens, self.at, self.at + c.len_utf8(), PLACEHOLDER),
            '\u{2013}' | '\u{2014}' | '\u{2026}' | '\u{2022}' | '\u{00B7}' => self.mark = Mark::Break,
            '\u{2029}' | '\u{3002}' => {
                self.at += c.len_utf8();
                return self.finish(tokens, End::Statement);
            }
            '\u{FF1F}' => {
                self.at += c.len_utf8();
                return self.finish(tokens, End::Question);
            }
            letter if letter.is_alphanumeric() => return self.word(tokens),
            _ => {}
        }
        self.at += c.len_utf8();
        None
    }

    /// Ends the sentence behind the punctuation here.
    fn finish(&mut self, tokens: &[Token], end: End) -> Option<End> {
        let bytes = self.text.as_bytes();
        let mut question = end == End::Question;
        while let Some(byte) = bytes.get(self.at)
            && matches!(byte, b'.' | b'!' | b'?' | b',' | b'\n')
        {
            question |= *byte == b'?';
            self.at += 1;
        }
        if self.is_empty(tokens) {
            return None;
        }
        Some(if question { End::Question } else { End::Statement })
    }
}

/// What stands between two stretches of letters.
enum Joint {
    Ended,
    Apostrophe(usize),
    /// A digit, or a letter beyond a to z.
    Odd(usize),
    /// Something that is not seen, a soft hyphen or the stop in `p.m`.
    Nothing(usize),
    /// The whole up to this end is an address, not a word.
    Opaque(usize),
}

/// Characters that show nothing: soft hyphen, zero-width spaces and joiners, marks of direction.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{FEFF}' | '\u{FE0F}')
}

/// The signs of currencies.
const CURRENCIES: [char; 5] = ['$', '£', '€', '₹', '¥'];

/// What web and mail addresses and the names of files end in, for those written without `//`.
const WEB_ENDINGS: [&str; 24] = [
    "com", "net", "org", "io", "co", "uk", "de", "au", "ie", "ca", "gov", "edu", "info", "biz", "app", "dev",
    "ly", "tv", "html", "php", "pdf", "exe", "txt", "js",
];

#[cfg(test)]
mod tests {
    use super::super::vocabulary::VocabularyBuilder;
    use super::*;

    /// The sentences of a text: words joined by `_`, an unknown word in brackets, marks as `,` and `|`.
    fn sentences(text: &str) -> Vec<String> {
        let mut builder = VocabularyBuilder::new();
        for word in ["sorry", "but", "we", "can't", "pm", "policy"] {
            builder.word(word);
        }
        builder.add_role("hi", role::GREETING);
        builder.add_role("mr", role::ABBREVIATION);
        let and = builder.word("and");
        let (i, am, will) = (builder.word("i"), builder.word("am"), builder.word("will"));
        builder.split("i'm", &[i, am]);
        builder.ending("'ll", will);
        let vocabulary = builder.build();
        let mut tokenizer = Tokenizer::new(&vocabulary, text, and);
        let (mut tokens, mut shown) = (Vec::new(), Vec::new());
        while let Some(end) = tokenizer.next_sentence(&mut tokens) {
            let mut sentence = String::new();
            for token in tokens.drain(..) {
                sentence += match token.mark {
                    Mark::None => " ",
                    Mark::Comma => ", ",
                    Mark::Break => " | ",
                };
                let word = &text[token.start as usize..token.end as usize];
                sentence += &match token.symbol {
                    OTHER => format!("({word})"),
                    NUMBER => format!("#{word}"),
                    PRICE => format!("${word}"),
                    PLACEHOLDER => "{}".to_owned(),
                    _ => word.to_owned(),
                };
            }
            sentence += if end == End::Question { "?" } else { "." };
            shown.push(sentence.trim_start().to_owned());
        }
        shown
    }

    #[test]
    fn splits_words_and_sentences() {
        let cases: [(&str, &[&str]); 28] = [
            ("", &[]),
            (" \n . ! ", &[]),
            ("I'm sorry, but we can\u{2019}t.", &["I'm I'm sorry, but we can\u{2019}t."]),
            ("Ann\u{2019}ll. X's", &["(Ann\u{2019}ll) Ann\u{2019}ll.", "(X's)."]),
            ("I\u{B4}m I`m we`ll `sorry` `", &["I\u{B4}m I\u{B4}m I`m I`m we`ll we`ll sorry."]),
            ("\u{3002}\u{3002}sorry\u{FF1F}", &["sorry?"]),
            ("Sorry. We can't?!", &["Sorry.", "We can't?"]),
            ("Sorry!? We", &["Sorry?", "We."]),
            ("Hi Ann,\nsorry", &["Hi (Ann).", "sorry."]),
            ("Hi \u{FFFC} - sorry", &["Hi {} | sorry."]),
            ("Mr. X, sorry", &["Mr (X), sorry."]),
            ("by 4 p.m. sorry", &["(by) #4 p.m sorry."]),
            ("by 4 p.m. Sorry", &["(by) #4 p.m.", "Sorry."]),
            ("at 4:30pm, 2,000 and 1.5", &["(at) #4:30pm, #2,000 and #1.5."]),
            ("we £65, we $ 1.50 or 9€ 5 %", &["we $65, we $1.50 (or) $9 #5."]),
            ("sorry\nwe", &["sorry we."]),
            ("sorry\r\n\r\nwe", &["sorry.", "we."]),
            ("sorry\n- we\n2. policy", &["sorry.", "| we.", "#2.", "policy."]),
            ("sorry.We can't", &["sorry.", "We can't."]),
            ("see example.com/a.b, sorry", &["(see) (example.com/a.b), sorry."]),
            ("see https://x.test/?a=b. Sorry", &["(see) (https://x.test/?a=b).", "Sorry."]),
            ("@customer sorry @you", &["sorry (@you)."]),
            ("sorry ... but we; policy", &["sorry | but we | policy."]),
            ("Well . . . sorry", &["(Well) | sorry."]),
            ("pol\u{AD}icy & policy", &["pol\u{AD}icy & policy."]),
            ("sorry\u{A0}but", &["sorry but."]),
            ("sorry\u{2014}but - we -- policy pre-policy", &["sorry | but | we | policy (pre) policy."]),
            ("'policy' \"sorry\" na\u{EF}ve we2", &["policy sorry (na\u{EF}ve) (we2)."]),
        ];
        for (text, expected) in cases {
            assert_eq!(sentences(text), expected, "{text:?}");
        }
    }

    #[test]
    fn text_without_a_stop_is_cut() {
        let text = "sorry ".repeat(LONGEST_SENTENCE * 2 + 1);
        assert_eq!(sentences(&text).len(), 3);
    }
}
