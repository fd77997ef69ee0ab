//! Days and grades in words.

use jiff::civil::Date;

use crate::drill::Grade;
use crate::wording::counted;

/// When something is due: `today`, `in 3 days`.
pub(in crate::cli) fn when(due: Date, today: Date) -> String {
    match today.until(due).map_or(0, |span| span.get_days()) {
        ..=-2 => format!("for {} now", counted(days(due, today), "day", "days")),
        -1 => "since yesterday".to_owned(),
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        _ => format!("in {}", counted(days(today, due), "day", "days")),
    }
}

fn days(from: Date, to: Date) -> usize {
    usize::try_from(from.until(to).map_or(0, |span| span.get_days())).unwrap_or(0)
}

/// How it went.
pub(in crate::cli) const fn went(grade: Grade) -> &'static str {
    match grade {
        Grade::Again => "not yet",
        Grade::Hard => "nearly",
        Grade::Good => "passed",
        Grade::Easy => "passed with ease",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_told_in_words() {
        let today: Date = "2026-11-22".parse().unwrap();
        let told = |due: &str| when(due.parse().unwrap(), today);
        assert_eq!(told("2026-11-22"), "today");
        assert_eq!(told("2026-11-23"), "tomorrow");
        assert_eq!(told("2026-12-02"), "in 10 days");
        assert_eq!(told("2026-11-21"), "since yesterday");
        assert_eq!(told("2026-11-12"), "for 10 days now");
    }
}
