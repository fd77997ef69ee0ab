//! What in a mail or letter is not the agent's: quoted lines, the original below a reply, and the
//! signature.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::text::Span;

/// A reply's header may run over so many bytes: `On …, … wrote:` is wrapped by mail clients.
const LONGEST_HEADER: usize = 400;
/// A signature below `--`, without the space that tells it for sure, is at most so long.
const LONGEST_SIGNATURE: usize = 600;

static MARKERS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let markers = [
        "wrote:",
        "Original Message",
        "Original message",
        "ORIGINAL MESSAGE",
        "Original Appointment",
        "Forwarded message",
        "Forwarded Message",
        "forwarded message",
        "From:",
        "\n--",
    ];
    AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(markers).ok()
});

/// The spans of `text` that are the agent's own words, in order.
pub(super) fn own_words(text: &str) -> Vec<Span> {
    let mut cuts = quoted_lines(text);
    add_headers(text, &mut cuts);
    cuts.sort_unstable();
    let mut own = Vec::with_capacity(cuts.len() + 1);
    let mut done = 0;
    for cut in cuts {
        if done < cut.start {
            own.push(Span::new(done, cut.start));
        }
        done = done.max(cut.end);
    }
    if done < text.len() {
        own.push(Span::new(done, text.len()));
    }
    own.retain(|span| !text[span.range()].trim().is_empty());
    own
}

/// Lines that begin with `>`; neighbours as one span.
fn quoted_lines(text: &str) -> Vec<Span> {
    let bytes = text.as_bytes();
    let mut cuts: Vec<Span> = Vec::new();
    let mut done = 0;
    for sign in memchr::memchr_iter(b'>', bytes) {
        if sign < done {
            continue;
        }
        let lead = bytes[done..sign].iter().rev().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let start = sign - lead;
        if start > 0 && bytes[start - 1] != b'\n' {
            continue;
        }
        done = line_end(bytes, sign);
        match cuts.last_mut() {
            Some(last) if last.end == start => last.end = done,
            _ => cuts.push(Span::new(start, done)),
        }
    }
    cuts
}

/// Adds reply headers, with what follows where that is the original, and the signature.
fn add_headers(text: &str, cuts: &mut Vec<Span>) {
    let Some(markers) = MARKERS.as_ref() else {
        return;
    };
    let quoted = cuts.len();
    for marker in markers.find_iter(text) {
        let is_rule = text[marker.range()].starts_with('\n');
        let start = marker.start() + usize::from(is_rule);
        let inside = cuts[..quoted].partition_point(|cut| cut.start <= start);
        let is_quoted = inside.checked_sub(1).is_some_and(|index| start < cuts[index].end);
        if is_quoted || cuts[quoted..].last().is_some_and(|cut| start < cut.end) {
            continue;
        }
        let cut = match &text[marker.range()] {
            "wrote:" => wrote(text, marker.end()),
            "From:" => forwarded_header(text, start),
            _ if is_rule => signature(text, start),
            _ => separator(text, start),
        };
        let Some(cut) = cut else { continue };
        cuts.push(cut);
        if cut.end == text.len() {
            return;
        }
    }
}

/// `On Monday, 4 May 2026, Ann Lee wrote:`, and the original unless it is quoted line by line.
fn wrote(text: &str, end: usize) -> Option<Span> {
    let rest = text[end..].trim_start_matches(['*', '_', ' ', '\t', '\r']);
    let original = if rest.is_empty() { rest } else { rest.strip_prefix('\n')? };
    let after = text.len() - original.len();
    let follows_quote = original.trim_start().starts_with('>');
    let Some(start) = header_start(text, end) else {
        let own_line = line_start(text, end)?;
        return follows_quote.then_some(Span::new(own_line, after));
    };
    let has_date = text[start..end].bytes().any(|byte| byte.is_ascii_digit());
    let is_told = text[start..end].ends_with("you wrote:");
    match (follows_quote, has_date && !is_told) {
        (true, _) => Some(Span::new(start, after)),
        (false, true) => Some(Span::new(start, text.len())),
        (false, false) => None,
    }
}

/// Where the line begins, at most two lines up, that starts with `On `.
fn header_start(text: &str, end: usize) -> Option<usize> {
    let mut start = line_start(text, end)?;
    for _ in 0..3 {
        if end - start > LONGEST_HEADER {
            return None;
        }
        let line = text[start..end].trim_start_matches(['*', '_', ' ', '\t']);
        if line.starts_with("On ") || line.starts_with("Am ") {
            return Some(start);
        }
        if start == 0 || line.trim().is_empty() {
            return None;
        }
        start = line_start(text, start - 1)?;
    }
    None
}

/// `-----Original Message-----` on a line of its own, and all that follows.
fn separator(text: &str, at: usize) -> Option<Span> {
    let (start, end) = (line_start(text, at)?, near_line_end(text, at)?);
    let line = text[start..end].trim();
    let is_ruled = ["--", "__", "=="].iter().any(|rule| line.starts_with(rule) && line.ends_with(rule));
    (is_ruled || line == "Begin forwarded message:").then_some(Span::new(start, text.len()))
}

/// `From: …`, `Sent: …`, `To: …`, `Subject: …`: the headers that Outlook puts above the original.
/// At the very start of a text they are the headers of this message itself.
fn forwarded_header(text: &str, at: usize) -> Option<Span> {
    let start = line_start(text, at)?;
    if at - start > 8 || !text[start..at].trim_matches(['*', ' ', '\t']).is_empty() {
        return None;
    }
    let (mut place, mut has_date, mut has_more) = (start, false, false);
    for _ in 0..10 {
        let Some(end) = near_line_end(text, place) else {
            break;
        };
        let line = text[place..end].trim_start_matches(['*', ' ', '\t']);
        if line.trim().is_empty() {
            break;
        }
        has_date |= line.starts_with("Sent:") || line.starts_with("Date:");
        has_more |= line.starts_with("To:") || line.starts_with("Subject:");
        place = end;
    }
    if !has_date || !has_more {
        return None;
    }
    let is_own = text[..start].trim().is_empty();
    Some(Span::new(start, if is_own { place } else { text.len() }))
}

/// `-- ` on a line of its own, and all that follows.
fn signature(text: &str, start: usize) -> Option<Span> {
    let end = line_end(text.as_bytes(), start);
    let is_sure = match text[start..end].trim_end_matches(['\n', '\r']) {
        "-- " => true,
        "--" => text.len() - end <= LONGEST_SIGNATURE,
        _ => false,
    };
    is_sure.then_some(Span::new(start, text.len()))
}

/// The start of the line that holds `at`, unless it is too far away for the header of a mail.
fn line_start(text: &str, at: usize) -> Option<usize> {
    let window = at.saturating_sub(LONGEST_HEADER);
    match memchr::memrchr(b'\n', &text.as_bytes()[window..at]) {
        Some(end) => Some(window + end + 1),
        None => (window == 0).then_some(0),
    }
}

/// The byte after the line end that follows `at`, unless it is too far away.
fn near_line_end(text: &str, at: usize) -> Option<usize> {
    let window = text.len().min(at + 4 * LONGEST_HEADER);
    match memchr::memchr(b'\n', &text.as_bytes()[at..window]) {
        Some(end) => Some(at + end + 1),
        None => (window == text.len()).then_some(window),
    }
}

/// The byte after the line end that follows `at`.
fn line_end(bytes: &[u8], at: usize) -> usize {
    memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |end| at + end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(text: &str) -> Vec<&str> {
        own_words(text).into_iter().map(|span| &text[span.range()]).collect()
    }

    #[test]
    fn quoted_lines_are_the_customers() {
        assert_eq!(
            own("Hello\n> where is it?\n>> soon\n  > really?\nIt is here."),
            ["Hello\n", "It is here."]
        );
        assert_eq!(own("> all of it\r\n> quoted\r\n"), [""; 0]);
        assert_eq!(own("2 > 1 and -> there"), ["2 > 1 and -> there"]);
    }

    #[test]
    fn the_original_below_a_reply_is_the_customers() {
        let reply = "It is here.\n\nOn Mon, 4 May 2026 at 10:00,\nAnn Lee <ann@example.org> wrote:\n\n";
        assert_eq!(own(&format!("{reply}> where is it?\n\nBest,\nJo")), ["It is here.\n\n", "\nBest,\nJo"]);
        assert_eq!(own(&format!("{reply}where is it?\nhurry")), ["It is here.\n\n"]);
        assert_eq!(own("Here.\n-----Original Message-----\nwhere?"), ["Here.\n"]);
        assert_eq!(own("Here.\n\n*From:* Ann\n*Sent:* Monday\n*To:* us\n\nwhere?"), ["Here.\n\n"]);
        assert_eq!(own("Here.\nAnn wrote:\n> where?\nThere."), ["Here.\n", "There."]);
    }

    #[test]
    fn ordinary_prose_stays() {
        for text in [
            "As you wrote:\nit is late.",
            "On 4 May you wrote:\nit is late.",
            "From: the team",
            "a -- b\n--- \nc",
            "We found the Original Message and read it.",
        ] {
            assert_eq!(own(text), [text]);
        }
    }

    #[test]
    fn a_saved_mails_own_headers_are_no_prose() {
        assert_eq!(own("From: us\nDate: today\nSubject: Late\n\nSorry."), ["\nSorry."]);
    }

    #[test]
    fn a_signature_is_no_prose() {
        assert_eq!(own("Sorry.\n-- \nJo\nSupport"), ["Sorry.\n"]);
        assert_eq!(own("Sorry.\r\n--\r\nJo\r\n"), ["Sorry.\r\n"]);
        assert_eq!(own("Sorry.\n> where?\n-- \nJo\n"), ["Sorry.\n"]);
        let long = format!("Sorry.\n--\n{}", "More of it.\n".repeat(100));
        assert_eq!(own(&long), [&long]);
    }

    #[test]
    fn a_text_full_of_markers_takes_linear_time() {
        for marker in [
            "wrote:",
            "wrote:\n",
            "From:",
            "From:\n",
            "\n--",
            "Original Message",
            "On wrote:\n",
            "> \nx",
            " >",
        ] {
            let text = marker.repeat(30_000);
            let started = std::time::Instant::now();
            own_words(&text);
            assert!(started.elapsed().as_secs() < 10, "{marker:?}");
        }
    }
}
