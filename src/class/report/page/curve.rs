//! Drawings: the curve of a session, bars, and the way from the first mark to the last. Each says in
//! words what it shows, and none needs colour to be read.

use std::fmt::Write as _;

use maud::{Markup, html};

use super::parts::signed;
use crate::class::report::Progress;

const WIDTH: usize = 280;
const HEIGHT: usize = 100;

/// Heat and goodwill, before anything was said and after each reply.
pub(super) fn session(curve: &[(u8, u8)]) -> Markup {
    let Some(&(heat, will)) = curve.last() else { return html! {} };
    let Some(&(first_heat, first_will)) = curve.first() else { return html! {} };
    // Two labels at the same height would cover each other.
    let label = |value: u8| HEIGHT as i32 - i32::from(value) + 4;
    let (mut at_heat, mut at_will) = (label(heat), label(will));
    if (at_heat - at_will).abs() < 12 {
        let up = if heat >= will { (-6, 6) } else { (6, -6) };
        (at_heat, at_will) = (at_heat + up.0, at_will + up.1);
    }
    let right = WIDTH + 6;
    html! {
        svg.cv viewBox="-4 -6 360 112" role="img" {
            title { "Heat from " (first_heat) " to " (heat) ", goodwill from " (first_will) " to " (will) "; each reply has its numbers beside it" }
            path.h d=(line(curve, |point| point.0)) {}
            path.l d=(line(curve, |point| point.1)) {}
            text x=(right) y=(at_heat) { "heat " (heat) }
            text.tl x=(right) y=(at_will) { "goodwill " (will) }
        }
    }
}

fn line(curve: &[(u8, u8)], of: fn(&(u8, u8)) -> u8) -> String {
    let steps = curve.len().saturating_sub(1).max(1);
    let mut path = String::new();
    for (at, point) in curve.iter().enumerate() {
        let (x, y) = (WIDTH * at / steps, HEIGHT - usize::from(of(point).min(100)));
        let _ = write!(path, "{}{x} {y}", if at == 0 { 'M' } else { 'L' });
    }
    path
}

/// A share of a hundred, with the middle half of the sessions as a bracket.
pub(super) fn bar(percent: u8, middle: Option<(u8, u8)>) -> Markup {
    let told = match middle {
        Some((low, high)) => format!("{percent} percent; the middle half from {low} to {high}"),
        None => format!("{percent} percent"),
    };
    html! {
        svg.bar viewBox="0 0 100 12" preserveAspectRatio="none" role="img" {
            title { (told) }
            rect.g width="100" height="7" {}
            rect.v width=(percent) height="7" {}
            @if let Some((low, high)) = middle {
                path.r vector-effect="non-scaling-stroke" d={ "M" (low) " 8V12M" (low) " 10H" (high) "M" (high) " 8V12" } {}
            }
        }
    }
}

/// From the first mark to the last.
pub(super) fn progress(progress: Progress) -> Markup {
    let Progress { first, last, .. } = progress;
    let way = if last < first { "d" } else { "u" };
    html! {
        svg.dumb viewBox="-4 0 108 12" role="img" {
            title { "From " (first) " to " (last) ", " (signed(i32::from(last) - i32::from(first))) }
            path.g d="M0 6H100" {}
            path class=(way) d={ "M" (first) " 6H" (last) } {}
            circle.f cx=(first) cy="6" r="3" {}
            circle.l cx=(last) cy="6" r="3" {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_tells_its_points_in_words_and_keeps_its_labels_apart() {
        insta::assert_snapshot!(session(&[(70, 40), (50, 45), (44, 46)]).into_string());
        assert_eq!(session(&[]).into_string(), "");
    }
}
