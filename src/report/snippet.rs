//! Cuts the words of a finding out of their line, with as much around them as fits.
//!
//! The line may be a hundred megabytes long: only what is near the words is looked at.

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use super::escape::{is_harmful, is_plain, push_char};
use crate::text::Span;

const TAB: &str = "    ";
const CUT: char = '…';
/// How far from a cut the end of a word is looked for, in bytes.
const WORD: usize = 16;

/// A piece of a line, ready to be shown, and where in it the words stand. Used again and again,
/// so that a finding costs no allocation.
#[derive(Debug, Default)]
pub(crate) struct Snippet {
    /// What to show: at most as many columns as were asked for.
    pub(crate) shown: String,
    /// How many columns come before the words.
    pub(crate) indent: usize,
    /// How many columns the words take; at least 1.
    pub(crate) width: usize,
}

impl Snippet {
    /// Cuts `words` out of `line`, both spans of `source`, to fit `columns`.
    pub(crate) fn cut(&mut self, source: &str, line: Span, words: Span, columns: usize) {
        let before = slice(source, Span::new(line.start, words.start));
        let heard = slice(source, Span::new(words.start, words.end.min(line.end)));
        let after = slice(source, Span::new(words.end, line.end));

        self.shown.clear();
        let heard = Side::first(heard, columns.saturating_sub(2));
        let sides = Sides::of(before, after, columns.saturating_sub(heard.columns));
        self.indent = self.push_before(before, &sides.before);
        self.width = self.push(heard.text).max(1);
        if !heard.is_whole {
            self.shown.push(CUT);
        } else {
            self.push_after(after, &sides.after);
        }
    }

    fn push_before(&mut self, before: &str, side: &Side<'_>) -> usize {
        if side.is_whole {
            return self.push(before.trim_start());
        }
        self.shown.push(CUT);
        let cut = before.len() - side.text.len();
        let word = if before[..cut].ends_with(char::is_whitespace) {
            0
        } else {
            side.text[..floor(side.text, WORD)].find(char::is_whitespace).unwrap_or_default()
        };
        let shown = side.text[word..].trim_start_matches(|c: char| c.is_whitespace() || is_mark(c));
        1 + self.push(shown)
    }

    fn push_after(&mut self, after: &str, side: &Side<'_>) {
        if side.is_whole {
            self.push(after.trim_end());
            return;
        }
        let near = ceil(side.text, side.text.len().saturating_sub(WORD));
        let word = if after[side.text.len()..].starts_with(char::is_whitespace) {
            side.text.len()
        } else {
            side.text[near..].rfind(char::is_whitespace).map_or(side.text.len(), |at| near + at)
        };
        self.push(side.text[..word].trim_end());
        self.shown.push(CUT);
    }

    /// Adds `text` as it can be shown; says how many columns it takes.
    fn push(&mut self, text: &str) -> usize {
        if is_plain(text) {
            self.shown.push_str(text);
            return text.len();
        }
        let start = self.shown.len();
        for c in text.chars() {
            if c == '\t' {
                self.shown.push_str(TAB);
            } else {
                push_char(&mut self.shown, c);
            }
        }
        self.shown[start..].width()
    }
}

/// Stretches of text on both sides of the words.
struct Sides<'a> {
    before: Side<'a>,
    after: Side<'a>,
}

impl<'a> Sides<'a> {
    /// Shares `columns` between what stands before and after the words.
    fn of(before: &'a str, after: &'a str, columns: usize) -> Self {
        let sides = Self { before: Side::last(before, columns), after: Side::first(after, columns) };
        let (left, right) = (sides.before.columns, sides.after.columns);
        if sides.before.is_whole && sides.after.is_whole && left + right <= columns {
            return sides;
        }
        let columns = columns.saturating_sub(2);
        let half = columns / 2;
        let left = left.min(half.max(columns.saturating_sub(right)));
        Self { before: Side::last(before, left), after: Side::first(after, columns - left) }
    }
}

/// The part of a text that fits.
struct Side<'a> {
    text: &'a str,
    columns: usize,
    is_whole: bool,
}

impl<'a> Side<'a> {
    /// The longest beginning of `text` that fits `columns`.
    fn first(text: &'a str, columns: usize) -> Self {
        let (bytes, columns) = fitting(text.chars(), columns);
        Self { text: &text[..bytes], columns, is_whole: bytes == text.len() }
    }

    /// The longest end of `text` that fits `columns`.
    fn last(text: &'a str, columns: usize) -> Self {
        let (bytes, columns) = fitting(text.chars().rev(), columns);
        Self { text: &text[text.len() - bytes..], columns, is_whole: bytes == text.len() }
    }
}

/// How many bytes of `chars` fit `columns`, and how many columns they take.
fn fitting(chars: impl Iterator<Item = char>, columns: usize) -> (usize, usize) {
    // Characters of no width would never fill the columns.
    let most = 4 * columns;
    let (mut bytes, mut taken) = (0, 0);
    for c in chars.take(most) {
        let width = char_width(c);
        if taken + width > columns {
            break;
        }
        bytes += c.len_utf8();
        taken += width;
    }
    (bytes, taken)
}

fn char_width(c: char) -> usize {
    match c {
        ' '..='~' => 1,
        '\t' => TAB.len(),
        _ if is_harmful(c) => c.escape_debug().count(),
        _ => c.width().unwrap_or_default(),
    }
}

/// Whether `c` only changes the character before it, which a cut has taken away.
fn is_mark(c: char) -> bool {
    !c.is_ascii() && char_width(c) == 0
}

/// The part of `source` at `span`; nothing if there is no such part.
pub(crate) fn slice(source: &str, span: Span) -> &str {
    source.get(span.range()).unwrap_or_default()
}

/// The last character boundary of `text` up to `at`.
pub(crate) fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or_default()
}

/// The first character boundary of `text` from `at` on.
fn ceil(text: &str, at: usize) -> usize {
    (at..=text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The snippet of `words` in a one-line `source` and the marks under them.
    fn cut(source: &str, words: &str, columns: usize) -> String {
        let start = source.find(words).unwrap();
        let mut snippet = Snippet::default();
        let line = Span::new(0, source.len());
        snippet.cut(source, line, Span::new(start, start + words.len()), columns);
        assert!(snippet.shown.width() <= columns, "{:?} is too wide", snippet.shown);
        format!("{}\n{}{}", snippet.shown, " ".repeat(snippet.indent), "^".repeat(snippet.width))
    }

    #[test]
    fn a_short_line_is_shown_whole() {
        insta::assert_snapshot!(cut("Well, that is our policy.  ", "our policy", 40), @r"
        Well, that is our policy.
                      ^^^^^^^^^^
        ");
    }

    #[test]
    fn a_line_that_just_fits_is_not_cut() {
        let line = "Well, that is our policy.";
        assert!(!cut(line, "our policy", line.len()).contains(CUT));
        assert!(cut(line, "our policy", line.len() - 1).contains(CUT));
    }

    #[test]
    fn leading_space_is_left_out() {
        insta::assert_snapshot!(cut("\t\t    <p>That is our policy.</p>", "our policy", 40), @r"
        <p>That is our policy.</p>
                   ^^^^^^^^^^
        ");
    }

    #[test]
    fn a_long_line_is_cut_between_words() {
        let line = "We looked into the matter of your parcel and must tell you that it is our policy to \
                    ask for the receipt, the box, the label and the day on which you ordered it.";
        insta::assert_snapshot!(cut(line, "our policy", 50), @r"
        …you that it is our policy to ask for the…
                        ^^^^^^^^^^
        ");
        insta::assert_snapshot!(cut(line, "We looked", 50), @r"
        We looked into the matter of your parcel and…
        ^^^^^^^^^
        ");
        insta::assert_snapshot!(cut(line, "ordered it", 50), @r"
        …the label and the day on which you ordered it.
                                            ^^^^^^^^^^
        ");
    }

    #[test]
    fn long_words_are_cut_too() {
        insta::assert_snapshot!(cut("Please be advised of all of this.", "advised of all of this", 16), @r"
        …advised of all…
         ^^^^^^^^^^^^^^
        ");
    }

    #[test]
    fn wide_characters_keep_the_marks_in_place() {
        insta::assert_snapshot!(cut("退款😀👩‍👧 our policy é", "our policy", 40), @r"
        退款😀👩‍👧 our policy é
                 ^^^^^^^^^^
        ");
        insta::assert_snapshot!(cut("Liebe\tGrüße: 不能退款", "不能退款", 40), @r"
        Liebe    Grüße: 不能退款
                        ^^^^^^^^
        ");
    }

    #[test]
    fn controls_are_shown_escaped() {
        insta::assert_snapshot!(cut("\u{1b}[31mour\u{7}policy\r", "our\u{7}policy", 40), @r"
        \u{1b}[31mour\u{7}policy
                  ^^^^^^^^^^^^^^
        ");
    }

    #[test]
    fn an_endless_line_is_not_walked() {
        let filler = "e\u{301} word ".repeat(1_000_000);
        let line = format!("{filler}our policy{filler}");
        let started = std::time::Instant::now();
        for _ in 0..1_000 {
            let words = Span::new(filler.len(), filler.len() + "our policy".len());
            Snippet::default().cut(&line, Span::new(0, line.len()), words, 80);
        }
        assert!(started.elapsed().as_secs() < 2);
    }

    #[test]
    fn characters_of_no_width_do_not_fill_the_line() {
        let marks = "\u{301}".repeat(100_000);
        let line = format!("{marks} our policy {marks}");
        assert!(cut(&line, "our policy", 40).chars().count() < 500);
    }
}
