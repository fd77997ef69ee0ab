//! Statements of xAPI 1.0.3, one for each session, for learning record stores.
//!
//! The id of a statement is made from everything that it says: the same session gives the same
//! statement however often it is sent, and one that was graded anew is a new statement, not a
//! contradiction of the old one.

use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::steps::{fate, name};
use super::{NAMESPACE, Played, Report};
use crate::report::safe_json::to_line;
use crate::scenario::Outcome;

const COMPLETED: &str = "http://adlnet.gov/expapi/verbs/completed";
const ATTEMPTED: &str = "http://adlnet.gov/expapi/verbs/attempted";
const SIMULATION: &str = "http://adlnet.gov/expapi/activities/simulation";
const COURSE: &str = "http://adlnet.gov/expapi/activities/course";
const ASSESSMENT: &str = "http://adlnet.gov/expapi/activities/assessment";

/// All statements as one array on one line.
pub(super) fn text(report: &Report, base: &str) -> String {
    let names = Iris { base: base.trim_end_matches(['/', ':']) };
    let statements: Vec<Value> =
        report.sessions.iter().map(|session| statement(report, session, &names)).collect();
    to_line(&statements)
}

fn statement(report: &Report, session: &Played, names: &Iris<'_>) -> Value {
    let person = &report.people[session.person];
    let case = &report.cases[session.case];
    let (verb, said) = if session.is_finished { (COMPLETED, "completed") } else { (ATTEMPTED, "attempted") };
    let mut statement = json!({
        "version": "1.0.3",
        "timestamp": stamp(session),
        "actor": {
            "objectType": "Agent",
            "name": person.name,
            "account": { "homePage": names.of(&["class", &report.class]), "name": person.id },
        },
        "verb": { "id": verb, "display": { "en": said } },
        "object": {
            "objectType": "Activity",
            "id": names.of(&["scenario", &case.name]),
            "definition": {
                "type": SIMULATION,
                "name": { "en": case.title },
                "description": { "en": if case.trains.is_empty() { &case.title } else { &case.trains } },
            },
        },
        "result": result(session, names),
        "context": {
            "registration": session.id,
            "platform": "amends",
            "language": "en",
            "contextActivities": context(report, session, names),
            "extensions": {
                names.of(&["extension", "mode"]): session.mode,
                names.of(&["extension", "try"]): session.number,
                names.of(&["extension", "program"]): env!("CARGO_PKG_VERSION"),
            },
        },
    });
    let id = Uuid::new_v5(&NAMESPACE, statement.to_string().as_bytes());
    statement["id"] = json!(id);
    statement
}

/// The mark is of the steps and their wording; what became of the customer is told beside it.
fn result(session: &Played, names: &Iris<'_>) -> Value {
    let mut extensions = Map::new();
    for step in session.steps.iter().filter(|step| step.of > 0) {
        let key = names.of(&["extension", "step", &name(step.step).to_lowercase()]);
        extensions.insert(key, json!({ "raw": step.mark, "max": step.of }));
    }
    extensions.insert(names.of(&["extension", "process"]), json!(session.process));
    extensions.insert(names.of(&["extension", "wording"]), json!(session.wording));
    extensions.insert(names.of(&["extension", "faults"]), json!(session.faults));
    let mut result = json!({
        "completion": session.is_finished,
        "duration": duration(session.seconds()),
    });
    if let Some(own) = &session.fate {
        extensions.insert(names.of(&["extension", "customer"]), json!(fate(own.outcome)));
        result["success"] = json!(own.outcome != Outcome::Lost);
    }
    if session.is_finished {
        result["score"] = json!({
            "scaled": f64::from(session.mark) / 100.0,
            "raw": session.mark,
            "min": 0,
            "max": 100,
        });
    }
    result["extensions"] = Value::Object(extensions);
    result
}

fn context(report: &Report, session: &Played, names: &Iris<'_>) -> Value {
    let class = json!({
        "objectType": "Activity",
        "id": names.of(&["class", &report.class]),
        "definition": { "type": COURSE, "name": { "en": report.class } },
    });
    let mut activities = json!({ "grouping": [class] });
    if let Some(number) = session.assignment {
        let case = &report.cases[report.assignments[number].case];
        activities["parent"] = json!([{
            "objectType": "Activity",
            "id": names.of(&["class", &report.class, "assignment", &case.name, mode(session)]),
            "definition": { "type": ASSESSMENT, "name": { "en": case.title } },
        }]);
    }
    activities
}

const fn mode(session: &Played) -> &'static str {
    match session.mode {
        crate::transcript::Mode::Coach => "coach",
        crate::transcript::Mode::Exam => "exam",
    }
}

fn stamp(session: &Played) -> String {
    session.ended.timestamp().strftime("%Y-%m-%dT%H:%M:%S.000Z").to_string()
}

/// As ISO 8601 has it: `PT7M5S`.
fn duration(seconds: i64) -> String {
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    let part = |number: i64, unit: char| if number > 0 { format!("{number}{unit}") } else { String::new() };
    let time = part(hours, 'H') + &part(minutes, 'M') + &part(seconds, 'S');
    if time.is_empty() { "PT0S".to_owned() } else { format!("PT{time}") }
}

/// Names below the base.
struct Iris<'b> {
    base: &'b str,
}

impl Iris<'_> {
    fn of(&self, parts: &[&str]) -> String {
        let between = if self.base.starts_with("urn:") { ':' } else { '/' };
        let mut iri = self.base.to_owned();
        for part in parts {
            iri.push(between);
            encode(&mut iri, part);
        }
        iri
    }
}

/// Letters, digits and a few signs as they are; every other byte in percent.
fn encode(iri: &mut String, part: &str) {
    for byte in part.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => iri.push(char::from(byte)),
            _ => iri.push_str(&format!("%{byte:02X}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duration_leaves_out_what_is_nothing() {
        assert_eq!(
            [0, 5, 60, 425, 3600, 90_061].map(duration),
            ["PT0S", "PT5S", "PT1M", "PT7M5S", "PT1H", "PT25H1M1S"]
        );
    }

    #[test]
    fn names_are_below_the_base_whatever_they_hold() {
        let urn = Iris { base: "urn:amends" };
        assert_eq!(urn.of(&["class", "Zoë's <b>"]), "urn:amends:class:Zo%C3%AB%27s%20%3Cb%3E");
        let folder = Iris { base: "https://example.org/x" };
        assert_eq!(folder.of(&["scenario", "broken-tv"]), "https://example.org/x/scenario/broken-tv");
    }
}
