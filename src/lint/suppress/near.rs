//! Notes that are spelled almost right: they silence nothing, and whoever wrote them believes that
//! they do.

use super::MARK;
use super::comments::{Code, comment};
use crate::document::{self, FileType};
use crate::lint::Source;
use crate::nearest::nearest;

const NAME: &str = "amends";
/// So many are told of a text.
const MOST: usize = 20;
/// Words of other linters for the same.
const OTHER_WORDS: &[&str] = &["disable", "ignore", "off", "silence", "skip", "suppress"];

/// Says of each what it should be.
pub(super) fn misses(source: Source<'_>) -> Vec<document::Note> {
    let bytes = source.text.as_bytes();
    let mut code = Code::default();
    let found = memchr::memchr_iter(b':', bytes).filter_map(|colon| {
        let (start, right) = miss(source.text, colon)?;
        let is_example = source.file_type == FileType::Markdown && code.holds(source, start);
        if is_example || comment(source, start).is_none() {
            return None;
        }
        let text = format!("This note silences nothing: write `{right} RULE -- reason`.");
        Some(document::Note { offset: Some(start), text, is_trouble: false })
    });
    found.take(MOST).collect()
}

/// Where the note around the colon begins, and what it should begin with, if it is almost one.
fn miss(text: &str, colon: usize) -> Option<(usize, String)> {
    let before = text[..colon].trim_end_matches(' ');
    let start = before.len().checked_sub(NAME.len())?;
    let is_name = before.as_bytes()[start..].eq_ignore_ascii_case(NAME.as_bytes());
    if !is_name || before[..start].ends_with(char::is_alphanumeric) {
        return None;
    }
    let behind = text[colon + 1..].trim_start_matches(' ');
    let length = behind.find(|c: char| !c.is_ascii_alphabetic() && c != '-').unwrap_or(behind.len());
    let (word, rest) = behind.split_at(length);
    let is_apart = rest.is_empty() || rest.starts_with(char::is_whitespace);
    if text[start..].starts_with(MARK) && (word == "allow" || word == "allow-file") && is_apart {
        return None;
    }
    let meant = meant(&word.to_ascii_lowercase())?;
    Some((start, format!("{NAME}:{meant}")))
}

fn meant(word: &str) -> Option<&'static str> {
    let (word, of_file) = word.strip_suffix("-file").map_or((word, false), |word| (word, true));
    let is_other = OTHER_WORDS.contains(&word);
    let is_near = word.len() <= "allow".len() + 2 && nearest(word, ["allow"]).is_some();
    match word {
        "allowfile" => Some("allow-file"),
        _ if !is_other && !is_near => None,
        _ if of_file => Some("allow-file"),
        _ => Some("allow"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn right(text: &str) -> Option<String> {
        miss(text, text.find(':').unwrap()).map(|(_, right)| right)
    }

    #[test]
    fn what_is_almost_a_note_is_known() {
        for text in [
            "amends:alow x",
            "amends: allow x",
            "AMENDS:ALLOW x",
            "Amends : Allow",
            "amends:allow(x)",
            "amends:ignore x",
        ] {
            assert_eq!(right(text).as_deref(), Some("amends:allow"), "{text}");
        }
        for text in
            ["amends:allowfile x", "amends: allow-file x", "amends:alow-file x", "amends:disable-file"]
        {
            assert_eq!(right(text).as_deref(), Some("amends:allow-file"), "{text}");
        }
        for text in [
            "amends:allow x",
            "amends:allow-file",
            "amends: a story",
            "amends:",
            "ends:alow",
            "xamends:alow",
            "amends:allowance",
        ] {
            assert_eq!(right(text), None, "{text}");
        }
    }
}
