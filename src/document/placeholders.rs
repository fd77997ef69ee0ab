//! Template markup in prose: placeholders are opaque words, conditionals and comments are nothing.
//!
//! The reader of each format finds the marks in the raw source first, because no format's own
//! parser knows them: `{{ a < b }}` is no tag, `__ORDER_ID__` no bold text.

use std::borrow::Cow;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use memchr::memmem;

use crate::text::{Block, BlockBuilder, PLACEHOLDER, Span};

/// A stretch of template markup.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) span: Span,
    pub(super) stands_for: StandsFor,
}

/// What takes the place of a mark in the prose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum StandsFor {
    /// A word that is not known: `{{ name }}`.
    Word,
    /// Nothing: a comment, the start or end of a condition.
    Nothing,
    /// The border between two ways to go on: `{% else %}`.
    Space,
}

/// The format that the marks are looked for in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Syntax {
    Plain,
    Markdown,
    Html,
}

/// Markup longer than this is taken for an opening that was never closed.
const LONGEST: usize = 2_000;
/// The longest name of a placeholder between single signs: `{…}`, `[…]`.
const LONGEST_NAME: usize = 64;

static TRIGGERS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let builder = AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).clone();
    builder.build(["{", "%", "[", "<", "__", "*|", "$("]).ok()
});

static DIRECTIVE: LazyLock<memmem::Finder<'static>> = LazyLock::new(|| memmem::Finder::new("amends:allow"));

/// All template markup of `text`, in order, never overlapping; with it the comments of the text
/// that hold an `amends:allow`, unless the format's own parser takes them out.
pub(super) fn find(text: &str, syntax: Syntax) -> Vec<Mark> {
    let Some(triggers) = TRIGGERS.as_ref() else {
        return Vec::new();
    };
    let mut finder =
        Finder { text, bytes: text.as_bytes(), syntax, closers: [(1, 0); CLOSERS.len()], taken: 0 };
    let mut marks = Vec::new();
    for trigger in triggers.find_iter(text) {
        if trigger.start() < finder.taken {
            continue;
        }
        if let Some(mark) = finder.mark_at(trigger.start()) {
            finder.taken = mark.span.end;
            marks.push(mark);
        }
    }
    add_directives(text, syntax, &mut marks);
    if syntax == Syntax::Plain {
        marks.iter_mut().filter(|mark| mark.stands_for != StandsFor::Word).for_each(|mark| widen(text, mark));
        drop_overlaps(&mut marks);
    }
    marks
}

/// `text` with every mark blotted out by letters, byte for byte, so that a format's parser sees a
/// word there and every offset holds.
pub(super) fn blot<'t>(text: &'t str, marks: &[Mark]) -> Cow<'t, str> {
    if marks.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut blotted = String::with_capacity(text.len());
    let mut done = 0;
    for mark in marks {
        blotted.push_str(&text[done..mark.span.start]);
        blotted.extend(std::iter::repeat_n('x', mark.span.end - mark.span.start));
        done = mark.span.end;
    }
    blotted.push_str(&text[done..]);
    Cow::Owned(blotted)
}

/// A part of a stretch of prose.
#[derive(Debug, Clone, Copy)]
pub(super) enum Part {
    /// Text without marks.
    Text(Span),
    Mark(Mark),
}

/// Puts prose into a block with each mark replaced by what it stands for. The spans that are
/// pushed must come in order.
#[derive(Debug)]
pub(super) struct Weaver<'s, 'm> {
    source: &'s str,
    marks: &'m [Mark],
    next: usize,
}

impl<'s, 'm> Weaver<'s, 'm> {
    pub(super) fn new(source: &'s str, marks: &'m [Mark]) -> Self {
        Self { source, marks, next: 0 }
    }

    /// Hands on `source[span]` part by part.
    pub(super) fn push_parts(&mut self, span: Span, mut put: impl FnMut(Part)) {
        let mut done = span.start;
        while let Some(mark) = self.marks.get(self.next).filter(|mark| mark.span.start < span.end) {
            if mark.span.start >= done {
                put(Part::Text(Span::new(done, mark.span.start)));
                put(Part::Mark(*mark));
            }
            done = done.max(mark.span.end);
            if mark.span.end > span.end {
                break;
            }
            self.next += 1;
        }
        if done < span.end {
            put(Part::Text(Span::new(done, span.end)));
        }
    }

    /// Adds `source[span]` with its marks replaced.
    pub(super) fn push(&mut self, builder: &mut BlockBuilder, span: Span) {
        let source = self.source;
        self.push_parts(span, |part| match part {
            Part::Text(span) => builder.push_verbatim(source, span),
            Part::Mark(mark) => put_mark(builder, mark),
        });
    }

    /// Where a construct that begins at `start` begins for a suppression above it: after a comment
    /// or condition that the text begins with.
    pub(super) fn origin(&self, builder: &BlockBuilder, start: usize) -> usize {
        let first = self.marks.partition_point(|mark| mark.span.end <= start);
        let begins_with_mark = self
            .marks
            .get(first)
            .is_some_and(|mark| mark.span.start <= start && mark.stands_for != StandsFor::Word);
        if begins_with_mark { builder.first_source_byte().unwrap_or(start) } else { start }
    }
}

pub(super) fn put_mark(builder: &mut BlockBuilder, mark: Mark) {
    match mark.stands_for {
        StandsFor::Word => builder.push_decoded(PLACEHOLDER.encode_utf8(&mut [0; 4]), mark.span),
        StandsFor::Space => builder.push_decoded(" ", mark.span),
        StandsFor::Nothing => {}
    }
}

/// The prose of `source[span]` as one block, with `marks` replaced.
pub(super) fn weave(source: &str, span: Span, marks: &[Mark]) -> Option<Block<'static>> {
    let mut builder = BlockBuilder::new();
    let mut weaver = Weaver::new(source, marks);
    weaver.push(&mut builder, span);
    let origin = weaver.origin(&builder, span.start);
    builder.finish(origin)
}

const CLOSERS: [&str; 8] = ["}}", "}}}", "%}", "#}", "%>", "--}}", "endcomment", "?>"];
const DOUBLE: usize = 0;
const TRIPLE: usize = 1;
const TAG: usize = 2;
const HASH: usize = 3;
const ERB: usize = 4;
const LONG_COMMENT: usize = 5;
const END_COMMENT: usize = 6;
const PHP: usize = 7;

struct Finder<'t> {
    text: &'t str,
    bytes: &'t [u8],
    syntax: Syntax,
    /// For each closing sign: where a search began, and where it found the sign. A text full of
    /// openings without closings is then searched once, not once for each.
    closers: [(usize, usize); CLOSERS.len()],
    /// The end of the last mark.
    taken: usize,
}

impl<'t> Finder<'t> {
    fn mark_at(&mut self, at: usize) -> Option<Mark> {
        match self.bytes[at] {
            b'{' => self.brace(at),
            b'%' => self.percent(at),
            b'[' => self.bracket(at),
            b'<' => self.angle(at),
            b'_' => self.underscores(at),
            b'*' => self.merge_tag(at),
            _ => self.shell(at),
        }
    }

    fn starts_with(&self, at: usize, sign: &str) -> bool {
        self.bytes[at..].starts_with(sign.as_bytes())
    }

    /// The text from `from` to the next closing sign, and the end of that sign.
    fn until(&mut self, from: usize, closer: usize, longest: usize) -> Option<(&'t str, usize)> {
        let (searched, found) = self.closers[closer];
        if searched > from || found < from {
            let next = memmem::find(self.bytes.get(from..)?, CLOSERS[closer].as_bytes());
            self.closers[closer] = (from, next.map_or(usize::MAX, |next| from + next));
        }
        let found = self.closers[closer].1;
        let content = self.text.get(from..found)?;
        (content.len() <= longest).then_some((content, found + CLOSERS[closer].len()))
    }

    fn brace(&mut self, at: usize) -> Option<Mark> {
        let sign = at.checked_sub(1).filter(|&before| before >= self.taken);
        let start =
            sign.filter(|&before| matches!(self.bytes[before], b'$' | b'#' | b'@' | b'%')).unwrap_or(at);
        let (end, stands_for) = match self.bytes.get(at + 1)? {
            b'{' => self.mustache(at).or_else(|| self.name_in_braces(at)),
            b'%' => self.tag(at).or_else(|| self.name_in_braces(at)),
            b'#' => self.hash_comment(at).or_else(|| self.name_in_braces(at)),
            _ => self.name_in_braces(at),
        }?;
        Some(Mark { span: Span::new(start, end), stands_for })
    }

    fn mustache(&mut self, at: usize) -> Option<(usize, StandsFor)> {
        if self.starts_with(at, "{{{")
            && let Some((_, end)) = self.until(at + 3, TRIPLE, LONGEST)
        {
            return Some((end, StandsFor::Word));
        }
        if self.starts_with(at, "{{!--")
            && let Some((_, end)) = self.until(at + 5, LONG_COMMENT, usize::MAX)
        {
            return Some((end, StandsFor::Nothing));
        }
        let longest = if self.starts_with(at, "{{!") { usize::MAX } else { LONGEST };
        let (content, end) = self.until(at + 2, DOUBLE, longest)?;
        let content = content.trim_matches(['~', '-']).trim();
        let word = content.split_whitespace().next().unwrap_or_default();
        let stands_for = match content.as_bytes().first() {
            Some(b'^') => StandsFor::Space,
            Some(b'!' | b'#' | b'/' | b'=') => StandsFor::Nothing,
            _ if word == "else" => StandsFor::Space,
            _ if matches!(word, "if" | "end" | "range" | "with" | "define" | "block") => StandsFor::Nothing,
            _ => StandsFor::Word,
        };
        Some((end, stands_for))
    }

    fn tag(&mut self, at: usize) -> Option<(usize, StandsFor)> {
        let (content, end) = self.until(at + 2, TAG, LONGEST)?;
        // Help Scout writes values so: `{%customer.firstName,fallback=there%}`.
        let is_value = content.starts_with(|c: char| c.is_alphanumeric())
            && content.split([',', ' ']).next().is_some_and(|name| name.contains('.'));
        if is_value {
            return Some((end, StandsFor::Word));
        }
        let word = content.trim_matches(['-', '+', '~']).split_whitespace().next().unwrap_or_default();
        match word {
            "else" | "elsif" | "elif" | "elseif" | "when" => Some((end, StandsFor::Space)),
            "comment" => Some((self.comment_end(end).unwrap_or(end), StandsFor::Nothing)),
            _ => Some((end, StandsFor::Nothing)),
        }
    }

    fn comment_end(&mut self, from: usize) -> Option<usize> {
        let (_, word_end) = self.until(from, END_COMMENT, usize::MAX)?;
        self.until(word_end, TAG, LONGEST).map(|(_, end)| end)
    }

    fn hash_comment(&mut self, at: usize) -> Option<(usize, StandsFor)> {
        self.until(at + 2, HASH, LONGEST).map(|(_, end)| (end, StandsFor::Nothing))
    }

    fn name_in_braces(&self, at: usize) -> Option<(usize, StandsFor)> {
        let (name, end) = self.short_name(at + 1, b'}')?;
        (name.trim().is_empty() || is_variable(name)).then_some((end, StandsFor::Word))
    }

    /// What stands up to `closer`, if that is on the same line and near, and the end of `closer`.
    fn short_name(&self, from: usize, closer: u8) -> Option<(&'t str, usize)> {
        let ahead = &self.bytes[from..self.bytes.len().min(from + LONGEST_NAME)];
        let length = ahead.iter().position(|&byte| {
            byte == closer || matches!(byte, b'\n' | b'"' | b'{' | b'}' | b'<' | b'>' | b'[' | b';' | b'?')
        })?;
        (ahead[length] == closer).then(|| (&self.text[from..from + length], from + length + 1))
    }

    fn percent(&mut self, at: usize) -> Option<Mark> {
        // "100% sure", "5%discount": a percent sign after a digit is only a percent sign.
        let after_digit = at > self.taken && self.bytes[at - 1].is_ascii_digit();
        let rest = &self.bytes[at + 1..];
        let end = match rest.first()? {
            b'%' => self.name_up_to(at + 2, "%%"),
            b'{' => None,
            _ if after_digit => None,
            b'(' => self
                .name_up_to(at + 2, ")")
                .and_then(|end| self.bytes.get(end).is_some_and(u8::is_ascii_alphabetic).then_some(end + 1)),
            _ => conversion(rest).map(|length| at + 1 + length).or_else(|| self.name_up_to(at + 1, "%")),
        }?;
        Some(Mark { span: Span::new(at, end), stands_for: StandsFor::Word })
    }

    /// The end of `closer` after a name without white space that begins at `from`.
    fn name_up_to(&self, from: usize, closer: &str) -> Option<usize> {
        let ahead = &self.bytes[from..self.bytes.len().min(from + LONGEST_NAME)];
        let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-');
        let length = ahead.iter().position(|byte| !is_name(byte))?;
        let is_closed = length > 1 && ahead[length..].starts_with(closer.as_bytes());
        is_closed.then_some(from + length + closer.len())
    }

    fn bracket(&self, at: usize) -> Option<Mark> {
        let double = self.starts_with(at, "[[");
        let (name, end) = self.short_name(at + 1 + usize::from(double), b']')?;
        let end = if double { self.starts_with(end, "]").then_some(end + 1)? } else { end };
        let is_link = self.syntax == Syntax::Markdown
            && (matches!(self.bytes.get(end), Some(b'(' | b'[' | b':'))
                || (at > 0 && self.bytes[at - 1] == b'!'));
        let is_slot = if double { is_variable(name) } else { is_slot(name) };
        (is_slot && !is_link).then_some(Mark { span: Span::new(at, end), stands_for: StandsFor::Word })
    }

    fn angle(&mut self, at: usize) -> Option<Mark> {
        let next = *self.bytes.get(at + 1)?;
        let (end, stands_for) = match next {
            b'%' => {
                let (content, end) = self.until(at + 2, ERB, LONGEST)?;
                let is_value = content.starts_with('=') || (content.starts_with('-') && content.len() > 1);
                let word = content.trim_start_matches('-').split_whitespace().next().unwrap_or_default();
                let stands_for = match word {
                    _ if is_value && !content.starts_with("- ") => StandsFor::Word,
                    "else" | "elsif" | "}" => StandsFor::Space,
                    _ => StandsFor::Nothing,
                };
                (end, stands_for)
            }
            b'?' if self.starts_with(at, "<?php") || self.starts_with(at, "<?=") => {
                let (content, end) = self.until(at + 2, PHP, LONGEST)?;
                let is_value = content.starts_with('=') || content.contains("echo");
                (end, if is_value { StandsFor::Word } else { StandsFor::Nothing })
            }
            b'<' => {
                let (name, end) = self.short_name(at + 2, b'>')?;
                let is_closed = self.starts_with(end, ">") && is_variable(name);
                is_closed.then_some((end + 1, StandsFor::Word))?
            }
            _ if self.syntax == Syntax::Plain && next.is_ascii_alphabetic() => {
                let (name, end) = self.short_name(at + 1, b'>')?;
                is_slot(name).then_some((end, StandsFor::Word))?
            }
            _ => return None,
        };
        Some(Mark { span: Span::new(at, end), stands_for })
    }

    fn underscores(&self, at: usize) -> Option<Mark> {
        if at > 0 && self.bytes[at - 1] == b'_' {
            return None;
        }
        let ahead = &self.bytes[at + 2..self.bytes.len().min(at + 2 + LONGEST_NAME)];
        let length = memmem::find(ahead, b"__")?;
        let name = &self.text[at + 2..at + 2 + length];
        let is_upper =
            name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_');
        // `__NOT__` may well be bold text.
        let is_name = is_upper && name.len() > 1 && (name.contains('_') || is_slot_noun(name));
        let end = at + 2 + length + 2;
        (is_name && self.bytes.get(end) != Some(&b'_'))
            .then_some(Mark { span: Span::new(at, end), stands_for: StandsFor::Word })
    }

    fn merge_tag(&self, at: usize) -> Option<Mark> {
        let ahead = &self.bytes[at + 2..self.bytes.len().min(at + 2 + 2 * LONGEST_NAME)];
        let length = memmem::find(ahead, b"|*")?;
        let name = self.text.get(at + 2..at + 2 + length).filter(|name| !name.contains('\n'))?;
        let stands_for = match name.split(':').next().unwrap_or_default() {
            "IF" | "IFNOT" | "END" => StandsFor::Nothing,
            "ELSE" | "ELSEIF" => StandsFor::Space,
            _ => StandsFor::Word,
        };
        Some(Mark { span: Span::new(at, at + 2 + length + 2), stands_for })
    }

    fn shell(&self, at: usize) -> Option<Mark> {
        let end = self.name_up_to(at + 2, ")")?;
        Some(Mark { span: Span::new(at, end), stands_for: StandsFor::Word })
    }
}

/// The length of a conversion of `printf` after its percent sign: `s`, `1$s`, `.2f`, `ld`.
fn conversion(rest: &[u8]) -> Option<usize> {
    let flags =
        rest.iter().take(8).take_while(|byte| byte.is_ascii_digit() || matches!(byte, b'$' | b'.')).count();
    let long = rest[flags..].iter().take(2).take_while(|&&byte| byte == b'l').count();
    let length = flags + long + 1;
    let kind = rest.get(length - 1)?;
    let is_kind = matches!(kind, b's' | b'd' | b'i' | b'u' | b'f' | b'@');
    let next = &rest[length..];
    let goes_on =
        next.first().is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'%'));
    let goes_on = goes_on && !next.starts_with(b"%%");
    (is_kind && !goes_on).then_some(length)
}

/// Whether what stands between braces is the name of a value: `first_name`, `customer.name|there`.
fn is_variable(name: &str) -> bool {
    let name = name.trim().trim_start_matches(['!', '$', '@', '%', '&', '^', '/', '#', '.']);
    let is_part = |c: char| c.is_alphanumeric() || "_.-:|'’/()=, %".contains(c);
    let is_name = name.starts_with(|c: char| c.is_alphanumeric() || c == '_') && name.chars().all(is_part);
    let words = name.split([' ', ',']).count();
    is_name && (words == 1 || name.contains('|') || is_slot(name))
}

/// What the first word of a placeholder in brackets often is.
const SLOT_STARTS: &[&str] =
    &["your", "my", "our", "insert", "enter", "add", "customer", "customer's", "client", "agent"];

/// What the last word of a placeholder in brackets often is. From what canned responses of help
/// desks leave to the agent to fill in.
const SLOT_NOUNS: &[&str] = &[
    "#",
    "address",
    "agent",
    "amount",
    "brand",
    "business",
    "case",
    "city",
    "client",
    "code",
    "company",
    "contact",
    "country",
    "customer",
    "date",
    "day",
    "days",
    "deadline",
    "department",
    "details",
    "discount",
    "email",
    "eta",
    "feature",
    "firstname",
    "greeting",
    "hour",
    "hours",
    "id",
    "issue",
    "item",
    "items",
    "lastname",
    "link",
    "location",
    "manager",
    "month",
    "name",
    "names",
    "no",
    "number",
    "order",
    "percentage",
    "phone",
    "plan",
    "price",
    "problem",
    "product",
    "reason",
    "recipient",
    "reference",
    "service",
    "signature",
    "store",
    "surname",
    "team",
    "ticket",
    "time",
    "timeframe",
    "title",
    "total",
    "tracking",
    "url",
    "username",
    "value",
    "website",
    "week",
    "weeks",
    "yourname",
];

fn is_slot_noun(word: &str) -> bool {
    SLOT_NOUNS.contains(&word.to_lowercase().trim_end_matches("(s)"))
}

/// Whether what stands between brackets waits to be filled in: `NAME`, `order number`,
/// `Your Name`, `first_name`; not `sic`, `1`, or a remark.
fn is_slot(name: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || " _-.'’/#:&()$".contains(c);
    if !name.chars().all(is_part) || !name.starts_with(|c: char| c.is_alphanumeric() || c == '#') {
        return false;
    }
    let words: Vec<&str> = name.split([' ', '/']).filter(|word| !word.is_empty()).collect();
    let [first, .., last] = words.as_slice() else {
        return words.first().is_some_and(|word| is_slot_word(word));
    };
    let is_upper = !name.chars().any(char::is_lowercase) && name.chars().any(char::is_alphabetic);
    let is_title = words.len() <= 3 && words.iter().all(|word| word.starts_with(|c: char| c.is_uppercase()));
    let starts = SLOT_STARTS.contains(&first.to_lowercase().replace('’', "'").as_str());
    words.len() <= 5 && (is_upper || is_title || starts || (words.len() <= 3 && is_slot_noun(last)))
}

fn is_slot_word(word: &str) -> bool {
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let is_upper = letters >= 2 && !word.chars().any(char::is_lowercase);
    let is_joined = letters >= 2 && word.trim_matches(['.', '_', '-', ':']).contains(['_', '.']);
    let is_camel = word.chars().zip(word.chars().skip(1)).any(|(a, b)| a.is_lowercase() && b.is_uppercase());
    is_upper || is_joined || is_camel || is_slot_noun(word)
}

/// Adds the comments with an `amends:allow` that are no template markup.
fn add_directives(text: &str, syntax: Syntax, marks: &mut Vec<Mark>) {
    let mut found = Vec::new();
    for place in DIRECTIVE.find_iter(text.as_bytes()) {
        let is_known = |mark: &Mark| mark.span.start <= place && place < mark.span.end;
        let before = marks.partition_point(|mark| mark.span.start <= place);
        if before.checked_sub(1).is_some_and(|index| is_known(&marks[index]))
            || found.last().is_some_and(is_known)
        {
            continue;
        }
        if let Some(span) = comment_around(text, place, syntax) {
            found.push(Mark { span, stands_for: StandsFor::Nothing });
        }
    }
    if !found.is_empty() {
        marks.append(&mut found);
        marks.sort_unstable_by_key(|mark| mark.span.start);
        drop_overlaps(marks);
    }
}

/// The comment that holds the directive at `place`.
fn comment_around(text: &str, place: usize, syntax: Syntax) -> Option<Span> {
    let before = &text.as_bytes()[place.saturating_sub(LONGEST)..place];
    let after = &text.as_bytes()[place..text.len().min(place + LONGEST)];
    let line_end = || memchr::memchr(b'\n', &text.as_bytes()[place..]).map_or(text.len(), |end| place + end);
    for (open, close) in [("<!--", "-->"), ("/*", "*/")] {
        let Some(lead) = memmem::rfind(before, open.as_bytes()).map(|start| before.len() - start) else {
            continue;
        };
        if memmem::find(&before[before.len() - lead..], close.as_bytes()).is_some() {
            continue;
        }
        if open == "<!--" && syntax != Syntax::Plain {
            return None;
        }
        let end = memmem::find(after, close.as_bytes()).map(|end| place + end + close.len());
        return Some(Span::new(place - lead, end.unwrap_or_else(line_end)));
    }
    let lead = before.iter().rev().take_while(|byte| b" \t#/;-".contains(byte)).count();
    let signs = &before[before.len() - lead..];
    let sign = signs.iter().position(|&byte| byte == b'#' || byte == b'/')?;
    let start = place - lead + sign;
    let starts_line = start == 0 || text.as_bytes()[start - 1] == b'\n';
    let is_apart = starts_line || matches!(text.as_bytes()[start - 1], b' ' | b'\t');
    let is_sign = signs[sign] == b'#' || signs[sign..].starts_with(b"//");
    let is_heading = syntax == Syntax::Markdown && signs[sign] == b'#' && starts_line;
    (is_apart && is_sign && !is_heading).then(|| Span::new(start, line_end()))
}

/// A mark that stands for nothing and has a line of its own takes the whole line with it, so that
/// the lines around it are neighbours.
fn widen(text: &str, mark: &mut Mark) {
    let is_blank = |byte: &&u8| matches!(**byte, b' ' | b'\t' | b'\r');
    let before = text.as_bytes()[..mark.span.start].iter().rev().take_while(is_blank).count();
    let after = text.as_bytes()[mark.span.end..].iter().take_while(is_blank).count();
    let (start, end) = (mark.span.start - before, mark.span.end + after);
    let starts_line = start == 0 || text.as_bytes()[start - 1] == b'\n';
    let ends_line = end == text.len() || text.as_bytes()[end] == b'\n';
    if starts_line && ends_line {
        mark.span = Span::new(start, text.len().min(end + 1));
    }
}

fn drop_overlaps(marks: &mut Vec<Mark>) {
    let mut end = 0;
    marks.retain(|mark| {
        let is_free = mark.span.start >= end;
        end = end.max(mark.span.end);
        is_free
    });
}

/// Whether `text` holds a directive, so that its blocks must be cut at every blank line.
pub(super) fn has_directive(text: &str) -> bool {
    DIRECTIVE.find(text.as_bytes()).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn show(text: &str, syntax: Syntax) -> String {
        let marks = find(text, syntax);
        let mut builder = BlockBuilder::new();
        Weaver::new(text, &marks).push(&mut builder, Span::new(0, text.len()));
        builder.text().replace(PLACEHOLDER, "◊")
    }

    fn plain(text: &str) -> String {
        show(text, Syntax::Plain)
    }

    #[test]
    fn a_placeholder_is_one_opaque_word() {
        for placeholder in [
            "{{name}}",
            "{{{ name }}}",
            "{{ ticket.requester.first_name | default: \"there\" }}",
            "{name}",
            "{0}",
            "{}",
            "{Customer Name}",
            "{!Contact.FirstName}",
            "{%customer.firstName,fallback=there%}",
            "${name}",
            "#{name}",
            "@{name}",
            "%{name}",
            "%s",
            "%d",
            "%1$s",
            "%(name)s",
            "%.2f",
            "%FIRSTNAME%",
            "%%name%%",
            "[NAME]",
            "[ORDER NUMBER]",
            "[your name]",
            "[Customer's Name]",
            "[order #]",
            "[first_name]",
            "[[name]]",
            "<%= name %>",
            "<<First Name>>",
            "<Customer Name>",
            "__FIRST_NAME__",
            "__NAME__",
            "*|FNAME|*",
            "$(name)",
            "<?= $name ?>",
            "{{> greeting}}",
            "{{ a < b }}",
        ] {
            let text = format!("Dear {placeholder}, sorry");
            assert_eq!(plain(&text), "Dear ◊, sorry", "{placeholder}");
        }
    }

    #[test]
    fn ordinary_prose_is_not_eaten() {
        for text in [
            "I am 100% sure",
            "5% down, 3%discount",
            "as written [sic] and [1]",
            "a list [of two things, and more]",
            "2 < 3 and 4 > 3",
            "<b>bold</b> text",
            "__bold__ and __NOT__ so",
            "______________",
            "f(x) = $5 (or $6)",
            "{we will never refund anything}",
            "{ unclosed {{ twice {% and %s% again",
            "100%s",
            "%sure",
            "[we do not refund]",
            "* | * a star",
            "C#{",
            "email@example.org",
            "{\"json\": 1}",
            "[",
            "{",
            "%",
            "<",
            "__",
            "*|",
            "$(",
            "{{",
            "{%",
            "<%",
            "Order #5 // later",
        ] {
            assert_eq!(plain(text), text, "{text}");
        }
    }

    #[test]
    fn conditions_and_comments_are_nothing() {
        assert_eq!(plain("Your order{% if many %}s{% endif %} came"), "Your orders came");
        assert_eq!(plain("We {{#if late}}apologise{{else}}thank you{{/if}}"), "We apologise thank you");
        assert_eq!(plain("a{{! no }}b{{!-- }} --}}c{# x #}d<%# y %>e"), "abcde");
        assert_eq!(plain("a {% comment %} do not say {{ this }} {% endcomment %}b"), "a b");
        assert_eq!(plain("Hi\n{% if late %}\nwe are late\n  {% endif %}  \nbye"), "Hi\nwe are late\nbye");
        assert_eq!(plain("{{ if .Late }}late{{ end }}"), "late");
        assert_eq!(plain("<% if late? %>late<% else %>early<% end %>"), "late early");
        assert_eq!(plain("*|IF:LATE|*late*|END:IF|*"), "late");
    }

    #[test]
    fn comments_with_a_directive_are_nothing() {
        assert_eq!(plain("one\n# amends:allow our-policy -- legal\ntwo"), "one\ntwo");
        assert_eq!(plain("one\n  // amends:allow our-policy\ntwo"), "one\ntwo");
        assert_eq!(plain("one <!-- amends:allow our-policy --> two"), "one  two");
        assert_eq!(plain("one # amends:allow our-policy\ntwo"), "one \ntwo");
        assert_eq!(plain("write amends:allow there"), "write amends:allow there");
        assert_eq!(plain("# a heading\ntwo"), "# a heading\ntwo");
    }

    #[test]
    fn markdown_links_are_left_to_markdown() {
        assert_eq!(
            show("see [NAME](https://example.org)", Syntax::Markdown),
            "see [NAME](https://example.org)"
        );
        assert_eq!(show("see [NAME].", Syntax::Markdown), "see ◊.");
    }

    #[test]
    fn blotting_keeps_every_offset() {
        let text = "Dear {{ näme }}, ok";
        let marks = find(text, Syntax::Html);
        let blotted = blot(text, &marks);
        assert_eq!(blotted.len(), text.len());
        assert_eq!(blotted, "Dear xxxxxxxxxxx, ok");
    }

    #[test]
    fn openings_without_an_end_take_linear_time() {
        for opening in [
            "{{",
            "{%",
            "{#",
            "<%",
            "[",
            "%(",
            "__A_",
            "*|",
            "{% comment %}",
            "{{!--",
            "<!-- amends:allow ",
            "%%a",
        ] {
            let text = opening.repeat(30_000);
            let started = std::time::Instant::now();
            find(&text, Syntax::Plain);
            assert!(started.elapsed().as_secs() < 10, "{opening}");
        }
    }
}
