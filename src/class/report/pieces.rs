//! A reply, cut into pieces where something was heard in it.

use std::ops::Range;

use crate::text::Span;

/// What was heard in a stretch of a reply.
#[derive(Debug, Clone, Copy)]
pub(super) struct Heard {
    pub(super) span: Span,
    pub(super) tone: Tone,
    /// The number of the entry behind it; none where nothing was booked.
    pub(super) number: Option<usize>,
}

/// What words did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tone {
    /// They were heard, and nothing was booked.
    Plain,
    /// They earned something.
    Good,
    /// They cost something.
    Bad,
}

/// A stretch of a reply in which the same was heard throughout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// What they did; nothing where nothing was heard. What costs outweighs what earns.
    pub tone: Option<Tone>,
    /// The numbers of the entries whose words end here.
    pub ends: Vec<usize>,
}

/// The words alone.
pub(super) fn plain(pieces: &[Piece]) -> String {
    pieces.iter().map(|piece| piece.text.as_str()).collect()
}

/// Cuts `text`. `names` are stretches that something else is to stand for.
pub(super) fn cut(text: &str, heard: &[Heard], names: &[(Range<usize>, String)]) -> Vec<Piece> {
    // A border within a name would show a part of it.
    let around = |at: usize| names.iter().map(|(name, _)| name).find(|name| name.start < at && at < name.end);
    let widened = |heard: &Heard| {
        let start = around(heard.span.start).map_or(heard.span.start, |name| name.start);
        let end = around(heard.span.end).map_or(heard.span.end, |name| name.end);
        Heard { span: Span::new(start, end), ..*heard }
    };
    let heard: Vec<Heard> = heard.iter().map(widened).collect();
    let mut borders: Vec<usize> = heard.iter().flat_map(|heard| [heard.span.start, heard.span.end]).collect();
    borders.extend([0, text.len()]);
    borders.retain(|&at| text.is_char_boundary(at));
    borders.sort_unstable();
    borders.dedup();
    let stretches = borders.windows(2).map(|pair| {
        let stretch = Span::new(pair[0], pair[1]);
        let here: Vec<&Heard> = heard.iter().filter(|heard| heard.span.covers(stretch)).collect();
        let ends = here.iter().filter(|heard| heard.span.end == stretch.end);
        Piece {
            text: replaced(text, stretch, names),
            tone: here.iter().map(|heard| heard.tone).max(),
            ends: ends.filter_map(|heard| heard.number).collect(),
        }
    });
    stretches.collect()
}

fn replaced(text: &str, stretch: Span, names: &[(Range<usize>, String)]) -> String {
    let mut shown = String::with_capacity(stretch.end - stretch.start);
    let mut at = stretch.start;
    for (name, stand_in) in names.iter().filter(|(name, _)| stretch.covers(Span::new(name.start, name.end))) {
        shown.push_str(&text[at..name.start]);
        shown.push_str(stand_in);
        at = name.end;
    }
    shown.push_str(&text[at..stretch.end]);
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(text: &str, words: &str, tone: Tone, number: usize) -> Heard {
        let start = text.find(words).unwrap();
        Heard { span: Span::new(start, start + words.len()), tone, number: Some(number) }
    }

    fn shown(pieces: &[Piece]) -> String {
        let shown = pieces.iter().map(|piece| {
            let ends: String = piece.ends.iter().map(|end| format!("^{end}")).collect();
            match piece.tone {
                None => piece.text.clone() + &ends,
                Some(Tone::Plain) => format!("({}){ends}", piece.text),
                Some(Tone::Good) => format!("[{}]{ends}", piece.text),
                Some(Tone::Bad) => format!("<{}>{ends}", piece.text),
            }
        });
        shown.collect()
    }

    #[test]
    fn words_are_cut_where_something_begins_or_ends() {
        let text = "I am sorry, but it is our policy.";
        let all = [heard(text, "sorry", Tone::Good, 1), heard(text, "our policy", Tone::Bad, 2)];
        assert_eq!(shown(&cut(text, &all, &[])), "I am [sorry]^1, but it is <our policy>^2.");
        assert_eq!(shown(&cut(text, &[], &[])), text);
        assert_eq!(shown(&cut("", &[], &[])), "");
    }

    #[test]
    fn what_costs_outweighs_what_earns_where_both_were_heard() {
        let text = "so sorry you feel";
        let all = [heard(text, "so sorry", Tone::Good, 1), heard(text, "sorry you feel", Tone::Bad, 2)];
        assert_eq!(shown(&cut(text, &all, &[])), "[so ]<sorry>^1< you feel>^2");
    }

    #[test]
    fn a_name_is_replaced_whole_wherever_it_is_cut() {
        let text = "Anna Berg here, sorry Anna";
        let names = [(0..9, "[T 7]".to_owned()), (22..26, "[T 7]".to_owned())];
        let cut_through = Heard { span: Span::new(5, 14), tone: Tone::Good, number: Some(1) };
        let pieces = cut(text, &[cut_through], &names);
        assert_eq!(shown(&pieces), "[[T 7] here]^1, sorry [T 7]");
    }

    #[test]
    fn borders_within_a_letter_are_passed_over() {
        let odd = Heard { span: Span::new(1, 3), tone: Tone::Bad, number: None };
        assert_eq!(shown(&cut("ü é", &[odd], &[])), "ü é");
    }
}
