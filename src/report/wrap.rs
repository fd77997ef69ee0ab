//! Lines that fit.

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// `text` in lines of at most `columns`, broken at spaces. A longer word stands alone.
pub(crate) fn wrapped(text: &str, columns: usize) -> impl Iterator<Item = &str> {
    let mut rest = text.trim();
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let (line, more) = rest.split_at(line_end(rest, columns));
        rest = more.trim_start();
        Some(line.trim_end())
    })
}

/// The same, and a longer word is broken, too.
pub(crate) fn folded(text: &str, columns: usize) -> impl Iterator<Item = &str> {
    wrapped(text, columns).flat_map(move |line| {
        let mut rest = line;
        std::iter::from_fn(move || {
            if rest.is_empty() {
                return None;
            }
            let (piece, more) = rest.split_at(piece_end(rest, columns));
            rest = more;
            Some(piece)
        })
    })
}

fn line_end(text: &str, columns: usize) -> usize {
    if text.len() <= columns {
        return text.len();
    }
    let ends = text.match_indices(' ').map(|(at, _)| at).chain([text.len()]);
    let mut best = None;
    for end in ends {
        if text[..end].width() > columns {
            return best.unwrap_or(end);
        }
        best = Some(end);
    }
    text.len()
}

/// The end of what fits, and of the first character in any case.
fn piece_end(text: &str, columns: usize) -> usize {
    let mut taken = 0;
    let first_too_far = text.char_indices().skip(1).find(|&(at, c)| {
        if taken == 0 {
            taken = text[..at].width();
        }
        taken += c.width().unwrap_or_default();
        taken > columns
    });
    first_too_far.map_or(text.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_wrapped_between_words() {
        let lines = |text| wrapped(text, 10).collect::<Vec<_>>();
        assert_eq!(lines("It is our policy to say no."), ["It is our", "policy to", "say no."]);
        assert_eq!(lines("Donaudampfschiff ahoi"), ["Donaudampfschiff", "ahoi"]);
        assert_eq!(lines("退款退款退 退款"), ["退款退款退", "退款"]);
        assert_eq!(lines(" "), Vec::<&str>::new());
    }

    #[test]
    fn a_long_word_is_broken_where_nothing_else_helps() {
        let lines = |text| folded(text, 10).collect::<Vec<_>>();
        assert_eq!(lines("one incomprehensibilities"), ["one", "incomprehe", "nsibilitie", "s"]);
        assert_eq!(lines("请稍等片刻我们马上"), ["请稍等片刻", "我们马上"]);
        let endless = "x".repeat(1 << 20);
        assert!(lines(&endless).iter().all(|line| line.len() == 10 || line.len() == 6));
        let wide = "👩".repeat(9);
        assert!(lines(&wide).iter().all(|line| line.width() <= 10));
    }
}
