//! Who did what, and how it went from the first try to the last.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{Assigned, Case, Cell, Maker, Order, Played, Progress, Status, Trainee};
use crate::class::Assignment;

impl Maker<'_> {
    pub(super) fn people(&self, order: &Order, sessions: &[Played]) -> Vec<Trainee> {
        let mut own: Vec<Vec<usize>> = vec![Vec::new(); order.people.len()];
        sessions.iter().enumerate().for_each(|(at, session)| own[session.person].push(at));
        let trainee = |(&person, own): (&usize, Vec<usize>)| {
            let mine: Vec<(usize, &Played)> = own.iter().map(|&at| (at, &sessions[at])).collect();
            let cells = self.class.assignments.iter().enumerate();
            let latest = mine.iter().filter(|(_, session)| session.is_latest);
            Trainee {
                name: self.names.name(person).to_owned(),
                id: self.names.id(person).to_owned(),
                group: self.class.people[person].group.as_deref().map(|group| self.hidden(group)),
                cells: cells.map(|(number, assignment)| self.cell(number, assignment, &mine)).collect(),
                progress: progress(&mine),
                mark: mean(latest.map(|(_, session)| session.mark)),
                sessions: own,
            }
        };
        order.people.iter().zip(own).map(trainee).collect()
    }

    fn cell(&self, number: usize, assignment: &Assignment, mine: &[(usize, &Played)]) -> Cell {
        let tries: Vec<_> = mine.iter().filter(|(_, session)| session.assignment == Some(number)).collect();
        let mut finished = tries.iter().filter(|(_, session)| session.is_finished);
        // The first that was finished decides whether it was in time; the latest gives the mark.
        let first = finished.clone().next();
        let latest = finished.next_back();
        let overdue = days_after(self.options.now.date(), assignment.due);
        let status = match first {
            Some((_, session)) => session.days_late.map_or(Status::Done, Status::Late),
            None => match (tries.is_empty(), overdue) {
                (true, None) => Status::Open,
                (false, None) => Status::Begun,
                (true, Some(days)) => Status::Overdue(days),
                (false, Some(days)) => Status::BegunOverdue(days),
            },
        };
        Cell {
            status,
            tries: tries.len(),
            mark: latest.map(|(_, session)| session.mark),
            session: latest.or(tries.last()).map(|(at, _)| *at),
        }
    }

    pub(super) fn assignments(&self, people: &[Trainee], cases: &[Case]) -> Vec<Assigned> {
        let assigned = |(number, assignment): (usize, &Assignment)| {
            let count = |is_meant: fn(Status) -> bool| {
                people.iter().filter(|person| is_meant(person.cells[number].status)).count()
            };
            Assigned {
                case: cases.iter().position(|case| case.name == assignment.scenario).unwrap_or_default(),
                mode: assignment.mode,
                due: assignment.due,
                done: count(|status| matches!(status, Status::Done | Status::Late(_))),
                late: count(|status| matches!(status, Status::Late(_))),
                overdue: count(|status| matches!(status, Status::Overdue(_) | Status::BegunOverdue(_))),
            }
        };
        self.class.assignments.iter().enumerate().map(assigned).collect()
    }
}

/// By how many days `day` is past the day on which something was due.
fn days_after(day: Date, due: Option<Date>) -> Option<i32> {
    let days = day.since(due?).ok()?.get_days();
    (days > 0).then_some(days)
}

/// The first finished try of each scenario against the last: other scenarios would compare easy ones
/// with hard ones.
fn progress(mine: &[(usize, &Played)]) -> Option<Progress> {
    let mut tries: BTreeMap<usize, Vec<u8>> = BTreeMap::new();
    for (_, session) in mine.iter().filter(|(_, session)| session.is_finished) {
        tries.entry(session.case).or_default().push(session.mark);
    }
    tries.retain(|_, marks| marks.len() > 1);
    Some(Progress {
        first: mean(tries.values().filter_map(|marks| marks.first().copied()))?,
        last: mean(tries.values().filter_map(|marks| marks.last().copied()))?,
        scenarios: tries.len(),
        tries: tries.values().map(Vec::len).sum(),
    })
}

/// The mean, rounded; none of nothing.
pub(super) fn mean(marks: impl Iterator<Item = u8>) -> Option<u8> {
    let (sum, count) = marks.fold((0_usize, 0), |(sum, count), mark| (sum + usize::from(mark), count + 1));
    (count > 0).then(|| ((sum * 2 + count) / (count * 2)) as u8)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mean_is_rounded_to_the_nearest() {
        assert_eq!(mean([].into_iter()), None);
        assert_eq!(mean([1, 2].into_iter()), Some(2));
        assert_eq!(mean([100, 0, 0].into_iter()), Some(33));
    }

    #[test]
    fn what_is_due_today_is_not_overdue() {
        let day = Date::constant(2026, 11, 22);
        assert_eq!(days_after(day, None), None);
        assert_eq!(days_after(day, Some(day)), None);
        assert_eq!(days_after(day, Some(Date::constant(2026, 10, 20))), Some(33));
    }
}
