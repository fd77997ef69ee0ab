//! Findings in words: plain, exact, and never against a person.

use super::attribute::Attribute;
use super::axis::{Along, Axes, Term};
use super::mark::Mark;
use super::search::{Against, Candidate};
use super::traffic::Traffic;
use super::{Casebook, Part, dates};
use crate::wording::{capital, counted};

/// What goes with every name.
const PERSON: &str = "A name is where the question begins, not the answer: think of the shift, the training, the hands \
                      that are missing, and never of blame.";
/// Longer values are shortened.
const LONGEST: usize = 40;

/// Knows how things are called.
pub(super) struct Namer<'c> {
    pub(super) casebook: &'c Casebook,
    pub(super) axes: &'c Axes,
}

/// What a term is, as far as words go.
enum Meant {
    Of(Attribute, String),
    Since(String),
}

impl Namer<'_> {
    fn meant(&self, term: Term) -> Meant {
        match self.axes.axis(term).along {
            Along::Dates => {
                let day = self.axes.days.get(usize::from(term.from)).copied();
                Meant::Since(day.map(dates::spelled).unwrap_or_default())
            }
            Along::Of(Attribute::Hour) => {
                Meant::Of(Attribute::Hour, format!("{} and {}", term.from, term.to))
            }
            Along::Of(Attribute::Load) if term.to > term.from + 1 => {
                let names = self.casebook.names(Attribute::Load);
                let lowest = names.get(usize::from(term.from)).and_then(|name| name.split(' ').next());
                Meant::Of(Attribute::Load, format!("{} or more", lowest.unwrap_or_default()))
            }
            Along::Of(attribute) => {
                let (code, _) = self.axes.axis(term).originals(term);
                let name = self.casebook.names(attribute).get(usize::from(code));
                Meant::Of(attribute, short(name.map_or("", String::as_str)))
            }
        }
    }

    /// The value alone.
    pub(super) fn name(&self, term: Term) -> String {
        match self.meant(term) {
            Meant::Since(day) => day,
            Meant::Of(Attribute::Hour, _) => format!("{:02}:00 to {:02}:00", term.from, term.to),
            Meant::Of(_, name) => name,
        }
    }

    /// As a headline has it: `Kettle K2`, `on Thursdays`, `at Harbor Row`.
    fn brief(&self, term: Term) -> String {
        match self.meant(term) {
            Meant::Since(day) => format!("since {day}"),
            Meant::Of(Attribute::Hour, hours) => format!("between {hours} o'clock"),
            Meant::Of(Attribute::Weekday, day) => format!("on {day}s"),
            Meant::Of(Attribute::Product, name) => name,
            Meant::Of(Attribute::Supplier, name) => format!("from {name}"),
            Meant::Of(Attribute::Place, name) => format!("at {name}"),
            Meant::Of(Attribute::Person, name) => format!("while {name} is on duty"),
            Meant::Of(Attribute::Load, name) => load(&name),
            Meant::Of(Attribute::Failure, name) => format!("\u{201c}{name}\u{201d}"),
        }
    }

    /// As the records of it are called: `records of Kettle K2`.
    fn records_of(&self, term: Term) -> String {
        match self.meant(term) {
            Meant::Of(Attribute::Product, name) => format!("records about {name}"),
            Meant::Of(Attribute::Failure, name) => format!("records of \u{201c}{name}\u{201d}"),
            Meant::Of(Attribute::Supplier, name) => format!("records of goods from {name}"),
            _ => format!("records {}", self.brief(term)),
        }
    }

    /// As what is said of so many records: `37 fall on a Thursday`.
    fn said(&self, term: Term) -> String {
        match self.meant(term) {
            Meant::Since(day) => format!("have been written since {day}"),
            Meant::Of(Attribute::Hour, hours) => format!("are from between {hours} o'clock"),
            Meant::Of(Attribute::Weekday, day) => format!("fall on a {day}"),
            Meant::Of(Attribute::Product, name) => format!("are about {name}"),
            Meant::Of(Attribute::Supplier, name) => format!("are about goods from {name}"),
            Meant::Of(Attribute::Place, name) => format!("are from {name}"),
            Meant::Of(Attribute::Person, name) => format!("happened while {name} was on duty"),
            Meant::Of(Attribute::Load, name) => {
                format!("happened {}", load(&name).replace("it is", "it was"))
            }
            Meant::Of(Attribute::Failure, name) => format!("tell of \u{201c}{name}\u{201d}"),
        }
    }

    pub(super) fn title(&self, candidate: &Candidate) -> String {
        let (subject, other) = self.in_order(candidate);
        let mut title = capital(&self.brief(subject));
        if let Some(other) = other {
            title.push_str(", ");
            title.push_str(&self.brief(other));
        }
        title
    }

    /// What the sentence is about first: the failure, or what failed, before when and where.
    fn in_order(&self, candidate: &Candidate) -> (Term, Option<Term>) {
        let Against::Term(other, _) = candidate.against else { return (candidate.term, None) };
        let rank = |term: Term| match self.axes.attribute(term) {
            Some(Attribute::Product) => 0,
            Some(Attribute::Failure) => 1,
            Some(Attribute::Supplier) => 2,
            Some(Attribute::Place) => 3,
            Some(Attribute::Hour) => 4,
            Some(Attribute::Weekday) => 5,
            Some(Attribute::Load) => 6,
            Some(Attribute::Person) => 7,
            None => 8,
        };
        if rank(candidate.term) <= rank(other) {
            (candidate.term, Some(other))
        } else {
            (other, Some(candidate.term))
        }
    }

    pub(super) fn counts(&self, candidate: &Candidate) -> String {
        let (subject, other) = self.in_order(candidate);
        let counts = &candidate.counts;
        match other {
            Some(other) => {
                let of = if subject == candidate.term { counts.one } else { counts.other };
                let said =
                    format!("Of {of} {}, {} {}", self.records_of(subject), counts.both, self.said(other));
                sentence(&said, counts.both, candidate.expected, "")
            }
            None => {
                let by = match candidate.against {
                    Against::Share(_) => " by the traffic",
                    _ => " if all days were alike",
                };
                let said = format!("Of {} records, {} {}", counts.all, counts.both, self.said(subject));
                sentence(&said, counts.both, candidate.expected, by)
            }
        }
    }

    pub(super) fn mark(&self, mark: &Mark) -> String {
        let said = format!("{} of these {} {}", mark.both, mark.of, self.said(mark.term));
        sentence(&said, mark.both as f64, mark.expected, "")
    }

    pub(super) fn parts(&self, candidate: &Candidate, marks: &[Mark]) -> Vec<Part> {
        let (subject, other) = self.in_order(candidate);
        let own = std::iter::once(subject).chain(other).map(|term| self.part(term, true));
        own.chain(marks.iter().map(|mark| self.part(mark.term, false))).collect()
    }

    fn part(&self, term: Term, is_own: bool) -> Part {
        let by = self.axes.attribute(term).map_or("since", Attribute::name);
        let value = match self.axes.axis(term).along {
            Along::Dates => {
                self.axes.days.get(usize::from(term.from)).map(ToString::to_string).unwrap_or_default()
            }
            Along::Of(_) => self.name(term),
        };
        Part { by, value, is_own }
    }

    /// What speaks against taking a finding at its word.
    pub(super) fn caution(
        &self,
        candidate: &Candidate,
        marks: &[Mark],
        traffic: Option<&Traffic>,
    ) -> Option<String> {
        let (subject, other) = self.in_order(candidate);
        let attributes = [self.axes.attribute(subject), other.and_then(|term| self.axes.attribute(term))];
        let has = |attribute: Attribute| attributes.contains(&Some(attribute));
        let is_person = |mark: &Mark| self.axes.attribute(mark.term) == Some(Attribute::Person);
        if has(Attribute::Person) || marks.iter().any(is_person) {
            return Some(PERSON.to_owned());
        }
        match candidate.against {
            Against::Evenness(_) => Some(
                "More failures are written down where more customers come. A casebook alone cannot tell: add --traffic FILE with the number of customers.".to_owned(),
            ),
            Against::Share(_) => None,
            Against::Term(since, _) if self.axes.attribute(since).is_none() => {
                let is_new = candidate.counts.both >= candidate.counts.one;
                Some(if is_new {
                    "None is older than that day. If it came into the house then, that alone explains it.".to_owned()
                } else {
                    "It may be that more of it is sold since, or that somebody began to write it down.".to_owned()
                })
            }
            Against::Term(..) if has(Attribute::Failure) || is_covered(traffic, attributes) => None,
            Against::Term(..) => {
                Some("It may be that more is sold just there and then: ask for the sales.".to_owned())
            }
        }
    }

    /// What to ask next.
    pub(super) fn ask(&self, candidate: &Candidate, marks: &[Mark]) -> String {
        if matches!(candidate.against, Against::Evenness(_)) {
            return "Count the customers of a usual week, day by day, and look again.".to_owned();
        }
        let (subject, other) = self.in_order(candidate);
        let mut terms = vec![subject];
        terms.extend(other);
        terms.extend(marks.iter().map(|mark| mark.term));
        let find = |attribute: Attribute| {
            terms.iter().copied().find(|&term| self.axes.attribute(term) == Some(attribute))
        };
        let since = terms.iter().copied().find(|&term| self.axes.attribute(term).is_none());
        let named = |term: Term| self.name(term);
        if let Some(person) = find(Attribute::Person).filter(|term| Some(*term) == other || *term == subject)
        {
            return format!(
                "Ask {} what is different on that shift: what is missing there, what nobody has shown, what the others know.",
                named(person)
            );
        }
        if let Some(day) = since {
            let what = find(Attribute::Supplier).map_or_else(
                || "a delivery, a supplier, a rule, a new way of doing it".to_owned(),
                |term| format!("a batch, a part, the packing at {}", named(term)),
            );
            return format!("Ask what changed about {}: {what}.", named(day));
        }
        match (
            find(Attribute::Weekday),
            find(Attribute::Hour),
            find(Attribute::Product),
            find(Attribute::Place),
            find(Attribute::Load),
        ) {
            (Some(day), _, Some(product), ..) => format!(
                "Ask who delivers on {0}s, and what happens to {1} before a customer has it on a {0}.",
                named(day),
                named(product)
            ),
            (_, Some(hour), _, Some(place), _) => format!(
                "Go to {} between {} and {} o'clock and look: what is under repair, who is at lunch, what comes in then?",
                named(place),
                hour.from,
                hour.to
            ),
            (_, Some(hour), ..) => format!(
                "Stand there between {} and {} o'clock and look: what else happens in that hour?",
                hour.from, hour.to
            ),
            (_, _, _, Some(place), Some(_)) => {
                format!("Ask at {} what gives way first when it is busy.", named(place))
            }
            (_, _, _, _, Some(_)) => {
                "Ask what gives way first when it is busy, and whether two more hands would hold it."
                    .to_owned()
            }
            (Some(day), ..) => format!(
                "Ask what is done on {}s and on no other day: deliveries, cleaning, who opens.",
                named(day)
            ),
            (_, _, Some(product), Some(place), _) => format!(
                "Ask what {} has that the other places have not, and what that does to {}.",
                named(place),
                named(product)
            ),
            (_, _, _, Some(place), _) => {
                format!("Ask at {} what is done otherwise than elsewhere.", named(place))
            }
            (_, _, Some(product), ..) => {
                format!("Take one {} apart, and ask whoever sells it what they hear.", named(product))
            }
            _ => "Read these records one after the other, and ask whoever wrote them.".to_owned(),
        }
    }
}

/// Whether the traffic tells how often two attributes come together among customers.
fn is_covered(traffic: Option<&Traffic>, attributes: [Option<Attribute>; 2]) -> bool {
    matches!((traffic, attributes), (Some(traffic), [Some(one), Some(other)]) if traffic.covers(one, other))
}

fn load(name: &str) -> String {
    if name.starts_with(|c: char| c.is_ascii_digit()) || name.starts_with("more than") {
        format!("at a load of {name}")
    } else {
        format!("when it is {name}")
    }
}

/// What was counted, beside what would be expected.
fn sentence(said: &str, both: f64, expected: f64, by: &str) -> String {
    if expected < 0.95 {
        return format!("{said}; fewer than 1 would be expected{by}.");
    }
    format!("{said}: {:.1} times the {expected:.0} that would be expected{by}.", both / expected)
}

/// A chance in words: `1 in 3,000 after looking at 212 things`.
pub(super) fn by_chance(q: f64, looked_at: usize) -> String {
    let things = format!("after looking at {}", counted_in_groups(looked_at));
    if q < 1e-6 {
        return format!("Chance would do that less than once in a million times, {things}.");
    }
    let times = 1.0 / q;
    let digits = times.log10().floor() as i32;
    let unit = 10_f64.powi((digits - 1).max(0));
    let rounded = ((times / unit).round() * unit) as usize;
    format!("A chance of 1 in {}, {things}.", grouped(rounded.max(1)))
}

fn counted_in_groups(count: usize) -> String {
    counted(count, "thing", "things").replacen(&count.to_string(), &grouped(count), 1)
}

/// A number with a comma at the thousands: `12,345`.
#[must_use]
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A value on one line, not too long.
#[must_use]
pub fn short(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.chars().count() <= LONGEST {
        return text;
    }
    text.chars().take(LONGEST - 1).chain(['…']).collect()
}
