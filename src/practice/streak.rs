//! Days of practice in a row.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp, Zoned};
use serde::Serialize;

/// Whoever practises again within so many hours has not missed a day, whatever the calendar says: it
/// says other things after a flight, and after midnight.
const AT_MOST: SignedDuration = SignedDuration::from_hours(36);
/// A clock may be ahead by so much; what is later than that is not believed.
const AHEAD: SignedDuration = SignedDuration::from_hours(24);

/// Days of practice in a row.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Streak {
    /// How many days the streak has that goes on today, or did until yesterday.
    pub current: usize,
    /// How many days the longest had.
    pub longest: usize,
    /// On how many days there was any practice.
    pub days: usize,
}

impl Streak {
    /// The streaks in these times, in the time zone of `now`.
    #[must_use]
    pub fn of(times: impl IntoIterator<Item = Timestamp>, now: &Zoned) -> Self {
        let is_believed = |at: &Timestamp| at.duration_since(now.timestamp()) <= AHEAD;
        let mut times: Vec<Timestamp> =
            times.into_iter().filter(is_believed).map(|at| at.min(now.timestamp())).collect();
        times.sort_unstable();
        let mut streak = Self::default();
        let mut run = 0;
        let mut last: Option<(Timestamp, Date)> = None;
        for at in times {
            let day = at.to_zoned(now.time_zone().clone()).date();
            let is_new_day = last.is_none_or(|(_, before)| before != day);
            if is_new_day {
                run = if last.is_some_and(|last| goes_on(last, (at, day))) { run + 1 } else { 1 };
                streak.days += 1;
            }
            streak.longest = streak.longest.max(run);
            last = Some((at, day));
        }
        if last.is_some_and(|last| goes_on(last, (now.timestamp(), now.date()))) {
            streak.current = run;
        }
        streak
    }
}

/// Whether no day lies between the two.
fn goes_on((at, day): (Timestamp, Date), (then, next): (Timestamp, Date)) -> bool {
    day == next || day.tomorrow().is_ok_and(|tomorrow| tomorrow == next) || then.duration_since(at) <= AT_MOST
}

#[cfg(test)]
mod tests {
    use super::*;

    fn streak(times: &[&str]) -> (usize, usize, usize) {
        let now: Zoned = "2026-11-22T10:00:00+01:00[Europe/Berlin]".parse().unwrap();
        let times = times.iter().map(|at| at.parse().unwrap());
        let Streak { current, longest, days } = Streak::of(times, &now);
        (current, longest, days)
    }

    #[test]
    fn days_in_a_row_are_counted() {
        assert_eq!(streak(&[]), (0, 0, 0));
        assert_eq!(streak(&["2026-11-22T08:00:00Z", "2026-11-22T08:30:00Z"]), (1, 1, 1));
        assert_eq!(streak(&["2026-11-20T08:00:00Z", "2026-11-21T20:00:00Z"]), (2, 2, 2));
        assert_eq!(streak(&["2026-11-18T08:00:00Z", "2026-11-19T08:00:00Z"]), (0, 2, 2));
        let broken =
            ["2026-11-10T08:00:00Z", "2026-11-11T08:00:00Z", "2026-11-12T08:00:00Z", "2026-11-21T08:00:00Z"];
        assert_eq!(streak(&broken), (1, 3, 4));
    }

    #[test]
    fn days_are_those_of_the_place() {
        assert_eq!(streak(&["2026-11-20T22:30:00Z", "2026-11-20T23:30:00Z"]), (2, 2, 2));
    }

    #[test]
    fn the_night_when_the_clocks_go_back_breaks_nothing() {
        let now: Zoned = "2026-10-26T07:00:00+01:00[Europe/Berlin]".parse().unwrap();
        let times = ["2026-10-24T06:00:00Z", "2026-10-25T22:30:00Z", "2026-10-26T05:00:00Z"];
        let streak = Streak::of(times.iter().map(|at| at.parse().unwrap()), &now);
        assert_eq!(streak.current, 3);
    }

    #[test]
    fn a_clock_that_jumps_breaks_nothing() {
        let jumped =
            ["1970-01-01T00:00:00Z", "2099-01-01T00:00:00Z", "2026-11-20T08:00:00Z", "2026-11-21T08:00:00Z"];
        assert_eq!(streak(&jumped), (2, 2, 3));
        assert_eq!(
            streak(&["2026-11-21T08:00:00Z", "2026-11-22T20:00:00Z"]),
            (2, 2, 2),
            "ahead by some hours"
        );
    }

    #[test]
    fn whoever_flies_east_loses_no_day() {
        assert_eq!(
            streak(&["2026-11-19T22:50:00Z", "2026-11-20T23:10:00Z", "2026-11-22T08:00:00Z"]),
            (3, 3, 3)
        );
    }
}
