//! A plot of marks in plain characters: one column a session, so that every terminal and every font
//! shows it alike.

/// How high a plot is; a row stands for this many marks.
const ROWS: u8 = 5;
const STEP: u8 = 100 / ROWS;
/// The scale at the left takes so many columns.
const SCALE: usize = 5;

/// The lines of a plot that is no wider than `width`: the newest marks that fit.
pub(super) fn plot(marks: &[u8], width: usize) -> Vec<String> {
    let room = width.saturating_sub(SCALE).max(1);
    let gap = if marks.len() * 3 <= room { 3 } else { 1 };
    let newest = &marks[marks.len().saturating_sub(room / gap)..];
    let mut lines: Vec<String> = (1..=ROWS).rev().map(|row| line(row, newest, gap)).collect();
    lines.push(format!("{:>1$}{2}", "+", SCALE, "-".repeat(newest.len() * gap)));
    lines
}

/// How many of the marks such a plot shows.
pub(super) fn shown(marks: &[u8], width: usize) -> usize {
    let room = width.saturating_sub(SCALE).max(1);
    if marks.len() * 3 <= room { marks.len() } else { marks.len().min(room) }
}

fn line(row: u8, marks: &[u8], gap: usize) -> String {
    let bars: String =
        marks.iter().map(|mark| format!("{:>gap$}", if reaches(*mark, row) { "#" } else { "" })).collect();
    format!("{:>3} |{bars}", row * STEP).trim_end().to_owned()
}

/// Whether the bar of a mark reaches this row. Half a row counts; so does every mark in the lowest row
/// that is not nothing.
fn reaches(mark: u8, row: u8) -> bool {
    mark >= row * STEP - STEP / 2 || (row == 1 && mark > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_bars() {
        insta::assert_snapshot!(plot(&[0, 5, 30, 55, 80, 100], 40).join("\n"), @r"
        100 |                 #
         80 |              #  #
         60 |           #  #  #
         40 |        #  #  #  #
         20 |     #  #  #  #  #
            +------------------
        ");
    }

    #[test]
    fn the_newest_are_shown_where_not_all_fit() {
        let marks: Vec<u8> = (0..=100).collect();
        let lines = plot(&marks, 60);
        assert!(lines.iter().all(|line| line.len() <= 60), "{lines:?}");
        assert_eq!(shown(&marks, 60), 55);
        assert_eq!(shown(&marks[..10], 60), 10);
        assert!(lines[0].ends_with('#'));
    }
}
