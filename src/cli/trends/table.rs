//! Tables with bars: how many records there are by something.

use super::Args;
use crate::cli::failure::Failure;
use crate::cli::screen::Screen;
use crate::trends::{Attribute, Casebook, Traffic, short};
use crate::wording::counted;

/// The longest bar.
const WIDEST: usize = 30;
/// So many values are shown.
const MOST: usize = 24;

/// Shows each table that was asked for.
pub(super) fn show(args: &Args, casebook: &Casebook, traffic: Option<&Traffic>) -> Result<(), Failure> {
    let mut screen = Screen::open(args.plain, args.color)?;
    for &by in &args.by {
        one(&mut screen, casebook, traffic, by);
    }
    screen.show()
}

fn one(screen: &mut Screen, casebook: &Casebook, traffic: Option<&Traffic>, by: Attribute) {
    let (counts, missing) = casebook.counts(by);
    screen.heading(by.title());
    if counts.is_empty() {
        screen.text(&format!("No record says it. Name the column that does: --field {}=COLUMN.", field(by)));
        return;
    }
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or(1).max(1);
    let known: usize = counts.iter().map(|(_, count)| *count).sum();
    let rows = counts.iter().take(MOST).map(|(name, count)| {
        let expected = traffic.and_then(|traffic| traffic.expected(casebook, by, name, known));
        let beside = expected.map(|expected| format!(" (by the traffic {expected:.0})")).unwrap_or_default();
        let shown = if screen.is_plain() {
            format!("{}{beside}", counted(*count, "record", "records"))
        } else {
            let bar = "\u{2588}".repeat((count * WIDEST).div_ceil(most));
            format!("{bar} {count}{beside}")
        };
        (short(name), shown)
    });
    let rows: Vec<(String, String)> = rows.collect();
    screen.rows(2, &rows);
    if counts.len() > MOST {
        screen.text(&format!("{} more values have fewer records.", counts.len() - MOST));
    }
    if missing > 0 {
        screen.text(&format!(
            "{} of {} do not say it.",
            missing,
            counted(casebook.records.len(), "record", "records")
        ));
    }
}

/// What fills the attribute.
const fn field(by: Attribute) -> &'static str {
    match by {
        Attribute::Hour => "time",
        Attribute::Weekday => "date",
        other => other.name(),
    }
}
