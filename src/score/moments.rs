//! The moments that made a difference: the sentences that won or lost most.

use crate::lint::sentence_of;
use crate::session::{Entry, Session};
use crate::text::Span;

use super::{Moment, Quote, Spot};

/// So many of each.
const MOST: usize = 2;
/// A longer sentence is cut, in characters.
const LONGEST: usize = 180;

/// The best, the better first.
pub(super) fn best(session: &Session<'_>) -> Vec<Moment> {
    let mut moments = all(session);
    moments.retain(|moment| moment.worth > 0);
    moments.sort_by_key(|moment| std::cmp::Reverse(moment.worth));
    moments.truncate(MOST);
    moments
}

/// The worst, the worse first.
pub(super) fn worst(session: &Session<'_>) -> Vec<Moment> {
    let mut moments = all(session);
    moments.retain(|moment| moment.worth < 0);
    moments.sort_by_key(|moment| moment.worth);
    moments.truncate(MOST);
    moments
}

/// Every sentence that was booked, in its place.
fn all(session: &Session<'_>) -> Vec<Moment> {
    let mut moments = Vec::new();
    for (number, turn) in session.turns().iter().enumerate() {
        let Some(text) = &turn.text else { continue };
        let place = Spot::from(turn.reaction.at);
        let mut sentences: Vec<(Span, Vec<&Entry>)> = Vec::new();
        for entry in &turn.reaction.entries {
            let span = entry.span.map_or(Span::new(0, text.len()), |span| sentence_of(text, span));
            match sentences.iter_mut().find(|(known, _)| *known == span) {
                Some((_, entries)) => entries.push(entry),
                None => sentences.push((span, vec![entry])),
            }
        }
        moments.extend(sentences.into_iter().filter_map(|(span, entries)| {
            let quote = Quote { turn: number, place, words: shown(&text[span.range()]) };
            moment(quote, &entries)
        }));
    }
    moments
}

fn moment(quote: Quote, entries: &[&Entry]) -> Option<Moment> {
    let worth_of = |entry: &&&Entry| entry.goodwill - entry.anger;
    let worth: i16 = entries.iter().map(|entry| worth_of(&entry)).sum();
    let sign = worth.signum();
    let telling = entries.iter().max_by_key(|entry| worth_of(entry) * sign)?;
    (!quote.words.is_empty()).then(|| Moment { quote, worth, reason: telling.reason.clone() })
}

fn shown(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}
