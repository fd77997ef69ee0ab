//! The clock, and the time zone of the person at the keyboard.

use jiff::fmt::temporal::DateTimeParser;
use jiff::{Timestamp, Zoned};

/// Takes the place of the clock in tests and in what the README shows: a time of RFC 3339, whose
/// offset is the time zone.
const OVERRIDE: &str = "AMENDS_NOW";

/// The time, in the local time zone.
pub(super) fn now() -> Zoned {
    std::env::var(OVERRIDE).ok().and_then(|text| told(&text)).unwrap_or_else(Zoned::now)
}

/// The time in UTC, to the second, as files have it.
pub(super) fn stamp() -> String {
    stamp_of(&now())
}

/// A time in UTC, to the second.
pub(super) fn stamp_of(now: &Zoned) -> String {
    let seconds = now.timestamp().as_second();
    Timestamp::from_second(seconds).unwrap_or(Timestamp::UNIX_EPOCH).to_string()
}

fn told(text: &str) -> Option<Zoned> {
    let timestamp: Timestamp = text.parse().ok()?;
    let offset = DateTimeParser::new().parse_pieces(text).ok()?.to_numeric_offset()?;
    Some(timestamp.to_zoned(offset.to_time_zone()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_offset_is_a_time_zone() {
        let now = told("2026-11-22T23:30:05.7+02:00").unwrap();
        assert_eq!(now.date().to_string(), "2026-11-22");
        assert_eq!(stamp_of(&now), "2026-11-22T21:30:05Z");
        assert_eq!(told("2026-11-22T23:30:05Z").unwrap().offset().seconds(), 0);
    }

    #[test]
    fn what_is_no_time_is_none() {
        for text in ["", "soon", "2026-11-22", "2026-11-22T23:30:05", "2026-13-22T23:30:05Z"] {
            assert_eq!(told(text), None, "{text}");
        }
    }
}
