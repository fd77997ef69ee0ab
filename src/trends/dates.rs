//! Dates and times as people write them.

use jiff::civil::{Date, Time};

use crate::scenario::casebook::Weekday;

/// In which order the numbers of `3/4/2026` stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum DayOrder {
    /// 3/4/2026 is the third of April
    Dmy,
    /// 3/4/2026 is the fourth of March
    Mdy,
}

/// What a cell with a date says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    /// One day and no other.
    Day(Date),
    /// Two numbers of which one is the day and one the month, and the year.
    Either(i8, i8, i16),
}

impl Reading {
    /// The day, in this order. None if there is no such day.
    pub(super) fn day(self, order: DayOrder) -> Option<Date> {
        match (self, order) {
            (Self::Day(day), _) => Some(day),
            (Self::Either(day, month, year), DayOrder::Dmy) => Date::new(year, month, day).ok(),
            (Self::Either(month, day, year), DayOrder::Mdy) => Date::new(year, month, day).ok(),
        }
    }

    /// Which order this date proves: the other has no such day.
    pub(super) fn proves(self) -> Option<DayOrder> {
        match (self, self.day(DayOrder::Dmy), self.day(DayOrder::Mdy)) {
            (Self::Day(_), ..) => None,
            (_, Some(_), None) => Some(DayOrder::Dmy),
            (_, None, Some(_)) => Some(DayOrder::Mdy),
            _ => None,
        }
    }
}

/// A date, and the time that stands behind it in the same cell, if any.
pub(super) fn date(text: &str) -> Option<(Reading, Option<Time>)> {
    let text = text.trim();
    let text = text.split_once(", ").filter(|(day, _)| weekday(day).is_some()).map_or(text, |(_, rest)| rest);
    let numeric = text.split(['T', ' ']).next()?;
    if let Some(reading) = numbers(numeric) {
        let rest = text[numeric.len()..].trim_start_matches(['T', ' ', ',']);
        return Some((reading, time_of_stamp(rest)));
    }
    words(text)
}

/// `15:30:00Z` and the like behind a date: the time on the clock there, whatever its zone.
fn time_of_stamp(text: &str) -> Option<Time> {
    let text = text.trim_end_matches('Z');
    let sign = text.rfind(['+', '-']).unwrap_or(text.len());
    let text = text[..sign].split('[').next()?;
    let whole = text
        .split_once('.')
        .filter(|(time, _)| time.matches(':').count() == 2)
        .map_or(text, |(time, _)| time);
    time(whole)
}

/// `2026-03-04`, `2026/3/4`, `20260304`, `4.3.2026`, `3/4/2026`, `3-4-26`.
fn numbers(text: &str) -> Option<Reading> {
    if text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let part = |range: std::ops::Range<usize>| text.get(range)?.parse::<i16>().ok();
        let (year, month, day) = (part(0..4)?, part(4..6)?, part(6..8)?);
        return Date::new(year, month as i8, day as i8).ok().map(Reading::Day);
    }
    let separator = ['-', '/', '.'].into_iter().find(|mark| text.matches(*mark).count() == 2)?;
    let mut parts = text.split(separator);
    let [first, second, third] = [parts.next()?, parts.next()?, parts.next()?];
    let number = |part: &str| {
        (!part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| part.parse::<i16>().ok())
            .flatten()
    };
    let (one, two, three) = (number(first)?, number(second)?, number(third)?);
    let small = |number: i16| i8::try_from(number).ok();
    if first.len() == 4 {
        return Date::new(one, small(two)?, small(three)?).ok().map(Reading::Day);
    }
    let year = match third.len() {
        4 => three,
        2 => 2000 + three,
        _ => return None,
    };
    let (one, two) = (small(one)?, small(two)?);
    let reading = Reading::Either(one, two, year);
    if separator == '.' {
        return reading.day(DayOrder::Dmy).map(Reading::Day);
    }
    (reading.day(DayOrder::Dmy).is_some() || reading.day(DayOrder::Mdy).is_some()).then_some(reading)
}

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// `4 March 2026`, `March 4, 2026`, `4-Mar-26`, with a time behind it or without.
fn words(text: &str) -> Option<(Reading, Option<Time>)> {
    let is_mark = |c: char| c.is_whitespace() || matches!(c, ',' | '-' | '/');
    let mut month = None;
    let mut numbers: Vec<i16> = Vec::new();
    let mut rest = text;
    while numbers.len() < 2 || month.is_none() {
        rest = rest.trim_start_matches(is_mark);
        let word = rest.split(is_mark).next().filter(|word| !word.is_empty())?;
        rest = &rest[word.len()..];
        let bare = word.trim_end_matches('.').to_ascii_lowercase();
        let digits: String = bare.chars().take_while(char::is_ascii_digit).collect();
        if let (Ok(number), "" | "st" | "nd" | "rd" | "th") = (digits.parse(), &bare[digits.len()..]) {
            numbers.push(number);
        } else if let Some(number) =
            bare.get(..3).and_then(|three| MONTHS.iter().position(|name| *name == three))
        {
            month = Some(number as i8 + 1);
        } else if weekday(&bare).is_none() && bare != "of" {
            return None;
        }
    }
    let (day, year) = match numbers[..] {
        [year, day] if year > 31 => (day, year),
        [day, year] => (day, if year < 100 { 2000 + year } else { year }),
        _ => return None,
    };
    let day = Date::new(year, month?, i8::try_from(day).ok()?).ok()?;
    let rest = rest.trim_start_matches(is_mark).trim_start_matches("at ");
    Some((Reading::Day(day), time(rest)))
}

/// A time of day: `15:30`, `3.30 p.m.`, `3pm`, `15h30`, `1530`, `noon`, and `15` where hours stand.
pub(super) fn time(text: &str) -> Option<Time> {
    let mut text = text.trim().to_ascii_lowercase();
    match text.as_str() {
        "noon" | "midday" => return Time::new(12, 0, 0, 0).ok(),
        "midnight" => return Time::new(0, 0, 0, 0).ok(),
        _ => text.retain(|c| !c.is_whitespace()),
    }
    let (rest, half) = half_of_day(&text);
    let rest = rest.trim_end_matches("uhr").trim_end_matches("o'clock").trim_end_matches("hrs");
    let parts: Vec<&str> = rest.split([':', '.', 'h']).filter(|part| !part.is_empty()).collect();
    if parts.iter().any(|part| !part.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    let number = |part: &str| part.parse::<i8>().ok();
    let (hour, minute) = match parts[..] {
        [hour] if hour.len() <= 2 => (number(hour)?, 0),
        [both] if both.len() <= 4 => (number(&both[..both.len() - 2])?, number(&both[both.len() - 2..])?),
        [hour, minute] | [hour, minute, _] if minute.len() == 2 => (number(hour)?, number(minute)?),
        _ => return None,
    };
    let hour = match half {
        None => hour,
        Some(_) if !(1..=12).contains(&hour) => return None,
        Some(is_afternoon) => hour % 12 + if is_afternoon { 12 } else { 0 },
    };
    Time::new(hour, minute, 0, 0).ok()
}

/// A text without `am` or `pm`, and whether it is the afternoon.
fn half_of_day(text: &str) -> (&str, Option<bool>) {
    let endings =
        [("p.m.", true), ("p.m", true), ("pm", true), ("a.m.", false), ("a.m", false), ("am", false)];
    let found =
        endings.iter().find_map(|(ending, is_afternoon)| Some((text.strip_suffix(ending)?, *is_afternoon)));
    found.map_or((text, None), |(rest, is_afternoon)| (rest, Some(is_afternoon)))
}

/// A day of the week by its name: `Monday`, `mon`, `Thur.`, `saturdays`.
pub(super) fn weekday(text: &str) -> Option<Weekday> {
    let text = text.trim().trim_end_matches('.').to_ascii_lowercase();
    let text = if text.len() > 4 { text.trim_end_matches('s') } else { &text };
    if text.len() < 2 {
        return None;
    }
    let mut fits = Weekday::ALL.into_iter().filter(|day| day.name().to_ascii_lowercase().starts_with(text));
    let day = fits.next()?;
    fits.next().is_none().then_some(day)
}

/// The day of the week of a date.
pub(super) fn weekday_of(date: Date) -> Weekday {
    let number = date.weekday().to_monday_zero_offset();
    Weekday::ALL[usize::try_from(number).unwrap_or_default() % 7]
}

/// A date in words: `18 May 2026`.
#[must_use]
pub fn spelled(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date as day, time as clock};

    use super::*;

    fn read(text: &str) -> Option<(Date, Option<Time>)> {
        date(text).and_then(|(reading, time)| Some((reading.day(DayOrder::Dmy)?, time)))
    }

    #[test]
    fn dates_are_read_in_many_hands() {
        let fourth = day(2026, 3, 4);
        for text in [
            "2026-03-04",
            "2026/3/4",
            "20260304",
            "4.3.2026",
            "04.03.26",
            "4 March 2026",
            "March 4, 2026",
            "4-Mar-26",
            "Wed, 4 Mar 2026",
            "Wednesday 4th of March 2026",
            "4/3/2026",
            "04-03-2026",
            " 4/3/26 ",
        ] {
            assert_eq!(read(text), Some((fourth, None)), "{text}");
        }
        let half_past = Some(clock(15, 30, 0, 0));
        for text in [
            "2026-03-04T15:30:00Z",
            "2026-03-04 15:30",
            "2026-03-04T15:30:12.345+01:00",
            "4/3/2026 3:30 PM",
            "4 March 2026, 15:30",
            "March 4, 2026 at 3.30 p.m.",
            "2026-03-04T15:30:00+01:00[Europe/Berlin]",
        ] {
            assert_eq!(read(text), Some((fourth, half_past)), "{text}");
        }
        for text in
            ["", "yesterday", "2026-13-04", "31/31/2026", "4/3", "March", "99999999", "1.2.3.4", "é/é/é"]
        {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn only_some_dates_prove_an_order() {
        let proves = |text: &str| date(text).and_then(|(reading, _)| reading.proves());
        assert_eq!(proves("3/4/2026"), None);
        assert_eq!(proves("13/4/2026"), Some(DayOrder::Dmy));
        assert_eq!(proves("4/13/2026"), Some(DayOrder::Mdy));
        assert_eq!(proves("2026-04-13"), None);
    }

    #[test]
    fn times_are_read_in_many_hands() {
        for text in ["15:30", "3:30pm", "3.30 p.m.", "15h30", "1530", "15.30", "15:30:59", "3:30 PM"] {
            assert_eq!(time(text), Some(clock(15, 30, 0, 0)), "{text}");
        }
        assert_eq!(time("9"), Some(clock(9, 0, 0, 0)));
        assert_eq!(time("12am"), Some(clock(0, 0, 0, 0)));
        assert_eq!(time("12 pm"), time("noon"));
        for text in ["", "25:00", "12:60", "13pm", "late", "1:2:3:4", "-3:00", "é", "12345"] {
            assert_eq!(time(text), None, "{text}");
        }
    }

    #[test]
    fn weekdays_are_read_short_and_long() {
        assert_eq!(weekday("Thur."), Some(Weekday::Thursday));
        assert_eq!(weekday("saturdays"), Some(Weekday::Saturday));
        assert_eq!((weekday("t"), weekday("someday"), weekday("")), (None, None, None));
    }
}
