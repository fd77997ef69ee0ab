//! What several parts of the page share: text that stays text, words with what was heard in them.

use std::fmt::Write as _;

use maud::{Escaper, Markup, Render, html};

use crate::class::report::{Case, Piece, Played, Report, Tone};
use crate::report::escape::is_harmful;
use crate::transcript::Mode;

/// A text as text, whoever wrote it: markup is spelled out, and so are characters that would hide or
/// turn what stands around them. Line ends stay.
#[derive(Debug, Clone, Copy)]
pub(super) struct Text<'t>(pub(super) &'t str);

impl Render for Text<'_> {
    fn render_to(&self, page: &mut String) {
        let mut letters = self.0.chars().peekable();
        let mut escaper = Escaper::new(page);
        while let Some(letter) = letters.next() {
            // A formatter into a string has nothing to fail at.
            let _ = match letter {
                '\n' => escaper.write_char('\n'),
                '\r' if letters.peek() == Some(&'\n') => Ok(()),
                letter if is_hidden(letter) => write!(escaper, "{}", letter.escape_unicode()),
                letter => escaper.write_char(letter),
            };
        }
    }
}

/// Beside what would harm a terminal: marks that turn the direction of writing without being seen,
/// and a byte order mark.
fn is_hidden(letter: char) -> bool {
    is_harmful(letter) || matches!(letter, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{feff}')
}

/// Words with what was heard in them underlined, and the numbers that are wanted.
pub(super) fn words(pieces: &[Piece], is_wanted: impl Fn(usize) -> bool) -> Markup {
    html! {
        @for piece in pieces {
            @match piece.tone {
                None => (Text(&piece.text)),
                Some(Tone::Plain) => u.o { (Text(&piece.text)) },
                Some(Tone::Good) => u { (Text(&piece.text)) },
                Some(Tone::Bad) => u.w { (Text(&piece.text)) },
            }
            (numbers(piece.ends.iter().filter(|end| is_wanted(**end))))
        }
    }
}

/// The numbers of what was booked, behind the words.
fn numbers<'n>(numbers: impl Iterator<Item = &'n usize>) -> Markup {
    let numbers: Vec<String> = numbers.map(usize::to_string).collect();
    html! { @if !numbers.is_empty() { sup { (numbers.join(",")) } } }
}

pub(super) const fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::Coach => "with the coach",
        Mode::Exam => "exam",
    }
}

/// A difference with its sign; a minus, not a hyphen.
pub(super) fn signed(by: i32) -> String {
    match by {
        0 => "±0".to_owned(),
        1.. => format!("+{by}"),
        _ => format!("−{}", by.unsigned_abs()),
    }
}

/// Marks out of 100 with one digit behind the point.
pub(super) fn marks(cost: f64) -> String {
    let marks = format!("{cost:.1}");
    let word = if marks == "1.0" { "mark" } else { "marks" };
    format!("{marks} {word}")
}

impl Report {
    pub(super) fn case_of(&self, session: &Played) -> &Case {
        &self.cases[session.case]
    }

    /// The address of a reply on the page.
    pub(super) fn link_to(&self, session: usize, turn: usize) -> String {
        format!("#s{session}t{}", turn + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        Text(text).render().into_string()
    }

    #[test]
    fn a_text_stays_a_text() {
        assert_eq!(
            shown("<b title='x'>&amp;</b> \"=1+1\" 👩‍👧"),
            "&lt;b title='x'&gt;&amp;amp;&lt;/b&gt; &quot;=1+1&quot; 👩‍👧"
        );
        assert_eq!(shown("two\r\nlines"), "two\nlines");
        assert_eq!(shown("\u{1b}[31m \u{202e}txt\u{feff}\r\t"), r"\u{1b}[31m \u{202e}txt\u{feff}\u{d}\u{9}");
    }

    #[test]
    fn differences_have_their_sign() {
        assert_eq!([-3, 0, 4].map(signed), ["−3", "±0", "+4"]);
        assert_eq!([1.0, 0.96, 2.34].map(marks), ["1.0 mark", "1.0 mark", "2.3 marks"]);
    }
}
