//! Makes foreign text safe to print: a control character in a text or a file name could colour,
//! move or rewrite what the terminal shows.

use std::fmt::{self, Write as _};

/// Shows `text` with its control characters spelled out: `\u{1b}`.
///
/// ```
/// assert_eq!(amends::report::escape::escaped("a\u{1b}[31m.txt").to_string(), "a\\u{1b}[31m.txt");
/// ```
#[must_use]
pub const fn escaped(text: &str) -> Escaped<'_> {
    Escaped(text)
}

/// A text that displays with its control characters spelled out. See [`escaped`].
#[derive(Debug, Clone, Copy)]
pub struct Escaped<'a>(&'a str);

impl fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if is_plain(self.0) {
            return f.write_str(self.0);
        }
        self.0.chars().try_for_each(|c| match is_harmful(c) {
            true => write!(f, "{}", c.escape_debug()),
            false => f.write_char(c),
        })
    }
}

/// Whether `c` can change what a terminal shows around it: controls of both sets, line and
/// paragraph separators, and the characters that turn the direction of writing.
pub(crate) fn is_harmful(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a look at each character of `text` can be spared.
pub(super) fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| (b' '..=b'~').contains(&byte))
}

/// Adds `text` to `line` as [`escaped`] shows it.
pub(super) fn push_escaped(line: &mut String, text: &str) {
    if is_plain(text) {
        line.push_str(text);
    } else {
        for c in text.chars() {
            push_char(line, c);
        }
    }
}

/// Adds one character to `line` as [`escaped`] shows it.
pub(super) fn push_char(line: &mut String, c: char) {
    if is_harmful(c) {
        line.extend(c.escape_debug());
    } else {
        line.push(c);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both_ways(text: &str) -> String {
        let mut pushed = String::new();
        push_escaped(&mut pushed, text);
        assert_eq!(pushed, escaped(text).to_string());
        pushed
    }

    #[test]
    fn controls_are_spelled_out() {
        assert_eq!(both_ways("a\u{1b}]0;owned\u{7}b"), r"a\u{1b}]0;owned\u{7}b");
        assert_eq!(both_ways("two\nlines\r\tand a tab"), r"two\nlines\r\tand a tab");
        assert_eq!(both_ways("\u{0}\u{7f}\u{9b}31m"), r"\0\u{7f}\u{9b}31m");
    }

    #[test]
    fn turned_writing_is_spelled_out() {
        assert_eq!(both_ways("gepj\u{202e}txt"), r"gepj\u{202e}txt");
        assert_eq!(both_ways("\u{2067}x\u{2069}"), r"\u{2067}x\u{2069}");
    }

    #[test]
    fn text_of_any_language_stays_as_it_is() {
        for text in ["", "plain", "Größe \"ok\" C:\\x", "请稍等", "عذراً", "👩‍👧 e\u{301}", "a\u{a0}b"]
        {
            assert_eq!(both_ways(text), text);
        }
    }
}
