//! Template markup, one kind of opening sign after the other.

use memchr::memmem;

use crate::text::Span;

use super::slots::{is_slot, is_slot_noun, is_variable};
use super::{Mark, StandsFor, Syntax};

/// Markup longer than this is taken for an opening that was never closed.
pub(super) const LONGEST: usize = 2_000;
/// The longest name of a placeholder between single signs: `{…}`, `[…]`.
const LONGEST_NAME: usize = 64;

const CLOSERS: [&str; 8] = ["}}", "}}}", "%}", "#}", "%>", "--}}", "endcomment", "?>"];
const DOUBLE: usize = 0;
const TRIPLE: usize = 1;
const TAG: usize = 2;
const HASH: usize = 3;
const ERB: usize = 4;
const LONG_COMMENT: usize = 5;
const END_COMMENT: usize = 6;
const PHP: usize = 7;

/// Looks at what follows a sign that may open template markup.
pub(super) struct Finder<'t> {
    text: &'t str,
    bytes: &'t [u8],
    syntax: Syntax,
    /// For each closing sign: where a search began, and where it found the sign. A text full of
    /// openings without closings is then searched once, not once for each.
    closers: [(usize, usize); CLOSERS.len()],
    /// The end of the last mark.
    pub(super) taken: usize,
}

impl<'t> Finder<'t> {
    pub(super) fn new(text: &'t str, syntax: Syntax) -> Self {
        Self { text, bytes: text.as_bytes(), syntax, closers: [(1, 0); CLOSERS.len()], taken: 0 }
    }

    /// The template markup that opens with the sign at `at`, if it is any.
    pub(super) fn mark_at(&mut self, at: usize) -> Option<Mark> {
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
            _ => conversion(rest).map(|length| at + 1 + length).or_else(|| {
                // `%20and%` and `%E2%` are parts of an address, `%NAME%` is a placeholder.
                let is_letter = rest[0].is_ascii_alphabetic() || rest[0] == b'_';
                let end = self.name_up_to(at + 1, "%").filter(|end| is_letter && end - at > 4)?;
                Some(end)
            }),
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
