//! How far trainer and machine agree: percent, and Cohen's kappa, which takes off what two who mark by
//! chance would agree on.

use super::Class;
use crate::scenario::Step;
use crate::score::StepMark;

/// How many marks there are: 1 to 5.
pub const BANDS: usize = 5;

/// How far trainer and machine agree about a step.
#[derive(Debug, Clone, PartialEq)]
pub struct Agreement {
    /// The step.
    pub step: Step,
    /// How many sessions have the mark of both. One that two reviewers marked counts twice.
    pub sessions: usize,
    /// How often each pair of marks was given: by the trainer (row), by the machine (column), from 1.
    pub table: [[usize; BANDS]; BANDS],
    /// In how many of a hundred sessions both gave the same mark; none without sessions.
    pub percent: Option<f64>,
    /// Cohen's kappa, from -1 to 1: 0 is what chance gives. None where it is not defined, because
    /// there are no sessions, or both always gave one and the same mark.
    pub kappa: Option<f64>,
    /// The same with linear weights: a neighbouring mark is a smaller difference than a distant one.
    pub weighted: Option<f64>,
}

/// How far trainer and machine agree, step by step.
#[must_use]
pub fn agreement(class: &Class) -> Vec<Agreement> {
    [Step::Apologize, Step::Review, Step::Fix, Step::Document].map(|step| of_step(class, step)).into()
}

/// The machine's mark of a step on the trainer's scale: a fifth of the marks for each, so that 1 is
/// less than 20 of 100 and 5 is 80 and more. None for a step that the scenario does not ask for.
#[must_use]
pub fn band(step: &StepMark) -> Option<u8> {
    let fifths = (u32::from(step.mark) * BANDS as u32).checked_div(u32::from(step.of))?;
    Some((fifths + 1).min(BANDS as u32) as u8)
}

fn of_step(class: &Class, step: Step) -> Agreement {
    let mut table = [[0; BANDS]; BANDS];
    for review in class.reviews.iter().filter(|review| review.is_current) {
        let card = &class.attempts[review.attempt].card;
        let own = review.marks.iter().find(|(own, _)| *own == step).map(|(_, mark)| *mark);
        let machine = card.steps.iter().find(|mark| mark.step == step).and_then(band);
        if let (Some(own @ 1..=5), Some(machine)) = (own, machine) {
            table[usize::from(own) - 1][usize::from(machine) - 1] += 1;
        }
    }
    of_table(step, table)
}

fn of_table(step: Step, table: [[usize; BANDS]; BANDS]) -> Agreement {
    let sessions: usize = table.iter().flatten().sum();
    let same: usize = (0..BANDS).map(|mark| table[mark][mark]).sum();
    let percent = (sessions > 0).then(|| same as f64 * 100.0 / sessions as f64);
    let unweighted = |row: usize, column: usize| if row == column { 0.0 } else { 1.0 };
    let linear = |row: usize, column: usize| row.abs_diff(column) as f64;
    Agreement {
        step,
        sessions,
        percent,
        kappa: kappa(&table, unweighted),
        weighted: kappa(&table, linear),
        table,
    }
}

/// One less the disagreement that there is, over the disagreement that chance would give.
fn kappa(table: &[[usize; BANDS]; BANDS], weight: impl Fn(usize, usize) -> f64) -> Option<f64> {
    let sessions = table.iter().flatten().sum::<usize>() as f64;
    let row = |mark: usize| table[mark].iter().sum::<usize>() as f64;
    let column = |mark: usize| table.iter().map(|row| row[mark]).sum::<usize>() as f64;
    let cells = || (0..BANDS).flat_map(|row| (0..BANDS).map(move |column| (row, column)));
    let found: f64 = cells().map(|(r, c)| weight(r, c) * table[r][c] as f64).sum();
    let by_chance: f64 = cells().map(|(r, c)| weight(r, c) * row(r) * column(c)).sum::<f64>() / sessions;
    (sessions > 0.0 && by_chance > 0.0).then(|| 1.0 - found / by_chance)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(cells: &[(usize, usize, usize)]) -> [[usize; BANDS]; BANDS] {
        let mut table = [[0; BANDS]; BANDS];
        for &(trainer, machine, times) in cells {
            table[trainer - 1][machine - 1] = times;
        }
        table
    }

    /// The example of Cohen's paper as every textbook has it: 20 and 15 alike, 5 and 10 not.
    #[test]
    fn the_textbook_example_comes_out() {
        let found = of_table(Step::Fix, table(&[(1, 1, 20), (1, 2, 5), (2, 1, 10), (2, 2, 15)]));
        assert_eq!((found.sessions, found.percent), (50, Some(70.0)));
        assert!((found.kappa.unwrap() - 0.4).abs() < 1e-12, "{found:?}");
        // With two neighbouring marks in use, weights change nothing.
        assert!((found.weighted.unwrap() - 0.4).abs() < 1e-12, "{found:?}");
    }

    #[test]
    fn distant_marks_weigh_more() {
        let near = of_table(Step::Fix, table(&[(1, 1, 5), (5, 5, 5), (3, 3, 5), (1, 2, 5)]));
        let far = of_table(Step::Fix, table(&[(1, 1, 5), (5, 5, 5), (3, 3, 5), (1, 5, 5)]));
        assert!(near.weighted.unwrap() > near.kappa.unwrap());
        assert!(near.weighted.unwrap() > far.weighted.unwrap() + 0.2);
    }

    #[test]
    fn there_is_no_kappa_where_it_is_not_defined() {
        let none = of_table(Step::Fix, table(&[]));
        assert_eq!((none.sessions, none.percent, none.kappa, none.weighted), (0, None, None, None));
        let alike = of_table(Step::Fix, table(&[(4, 4, 12)]));
        assert_eq!((alike.percent, alike.kappa, alike.weighted), (Some(100.0), None, None));
        let one = of_table(Step::Fix, table(&[(4, 2, 1)]));
        assert_eq!((one.percent, one.kappa), (Some(0.0), Some(0.0)));
    }

    #[test]
    fn the_machine_is_put_on_the_scale_of_the_trainer() {
        let mark = |mark, of| {
            let name = String::new();
            band(&StepMark { step: Step::Fix, name, mark, of, items: Vec::new(), losses: Vec::new() })
        };
        assert_eq!(
            [0, 5, 6, 12, 18, 23, 24, 30].map(|own| mark(own, 30)),
            [1, 1, 2, 3, 4, 4, 5, 5].map(Some)
        );
        assert_eq!(mark(0, 0), None);
    }
}
