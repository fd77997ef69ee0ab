use jiff::civil::date;

use super::testing::{HOSTILE, Sat, class, options, report};
use super::*;

const POOR: &[&str] =
    &["It's our policy. Did you plug it in?", "You'll need to ask a manager.", "Calm down."];
const BETTER: &[&str] = &[
    "I'm so sorry. You carried that box all the way back, and your boys were watching. That is our fault.",
    "I understand. What would help you most tonight?",
];

fn formats(report: &Report) -> [String; 4] {
    let page = report.page(&PageOptions::default());
    [page, report.csv(), report.json(), report.xapi("urn:amends")]
}

#[test]
fn every_format_stays_as_it_is() {
    let [page, csv, json, xapi] = formats(&report());
    let (before, style) = page.split_once("<style>").unwrap();
    let (_, after) = style.split_once("</style>").unwrap();
    let page = format!("{before}{after}").replace('<', "\n<");
    insta::assert_snapshot!("page", page);
    insta::assert_snapshot!("csv", csv);
    let pretty = |json: &str| {
        let value: serde_json::Value = serde_json::from_str(json).unwrap();
        serde_json::to_string_pretty(&value).unwrap()
    };
    insta::assert_snapshot!("json", pretty(&json));
    insta::assert_snapshot!("xapi", pretty(&xapi));
}

#[test]
fn what_people_write_comes_out_as_text() {
    let report = report();
    for format in formats(&report) {
        let is_hidden =
            |c: char| (c.is_control() && !matches!(c, '\n' | '\r')) || c == '\u{202e}' || c == '\u{2066}';
        assert!(!format.contains(is_hidden), "{format}");
    }
    let page = report.page(&PageOptions::default());
    for markup in
        ["<script", "<img", "<odd", "<Lee", "<Winter", "<Trainer", "javascript:", "http://", "https://"]
    {
        assert!(!page.contains(markup), "{markup}");
    }
    assert!(page.contains("&lt;script&gt;") && page.contains(r"\u{202e}evil") && page.contains("👩‍👧"));
    let json: serde_json::Value = serde_json::from_str(&report.json()).unwrap();
    let text = json["sessions"][0]["replies"][0]["text"].as_str().unwrap();
    assert!(text.contains(HOSTILE), "{text}");
}

#[test]
fn lateness_is_told_by_the_first_that_was_finished() {
    let sat = [
        Sat { person: 0, started: "2026-11-18T10:00:00Z", says: POOR },
        Sat { person: 0, started: "2026-11-21T10:00:00Z", says: BETTER },
        // Half past eleven in Greenwich is half past midnight of the next day here.
        Sat { person: 1, started: "2026-11-18T23:30:00Z", says: POOR },
    ];
    let class = class(&["Ann", "Bo", "Cy"], Some(date(2026, 11, 18)), &sat);
    let report = Report::of(&class, &options(false));
    let status: Vec<Status> = report.people.iter().map(|person| person.cells[0].status).collect();
    assert_eq!(status, [Status::Done, Status::Late(1), Status::Overdue(4)]);
    let assigned = &report.assignments[0];
    assert_eq!((assigned.done, assigned.late, assigned.overdue), (2, 1, 1));
}

#[test]
fn the_latest_session_counts_and_the_first_is_compared_with_it() {
    let sat = [
        Sat { person: 0, started: "2026-11-18T10:00:00Z", says: POOR },
        Sat { person: 0, started: "2026-11-21T10:00:00Z", says: BETTER },
    ];
    let report = Report::of(&class(&["Ann"], None, &sat), &options(false));
    let [first, last] = report.sessions.as_slice() else { panic!("{}", report.sessions.len()) };
    assert_eq!((first.is_latest, last.is_latest), (false, true));
    assert!(first.mark < last.mark, "{} {}", first.mark, last.mark);
    let progress = report.people[0].progress.unwrap();
    assert_eq!((progress.first, progress.last, progress.tries), (first.mark, last.mark, 2));
    assert_eq!((report.outcome.sessions, report.people[0].mark), (1, Some(last.mark)));
    assert_eq!(first.curve.len(), first.turns.len() + 1);
}

#[test]
fn the_most_costly_is_taught_first_with_words_of_the_class() {
    let sat = [
        Sat { person: 0, started: "2026-11-18T10:00:00Z", says: POOR },
        Sat { person: 1, started: "2026-11-19T10:00:00Z", says: POOR },
    ];
    let report = Report::of(&class(&["Ann", "Bo"], None, &sat), &options(false));
    assert!(report.lessons.windows(2).all(|pair| pair[0].cost >= pair[1].cost));
    let lesson = report.lessons.iter().find(|lesson| lesson.example.is_some()).unwrap();
    let words: String =
        lesson.example.as_ref().unwrap().said.iter().map(|piece| piece.text.as_str()).collect();
    assert!(POOR.iter().any(|said| said.contains(words.trim())), "{words}");
    let families: Vec<&str> = report.faults.iter().map(|tally| tally.family.as_str()).collect();
    assert!(families.contains(&"policy-shield") && families.contains(&"manager-wall"), "{families:?}");
    let quotes = report.faults.iter().flat_map(|tally| &tally.quotes);
    assert!(quotes.clone().count() > 0 && quotes.clone().all(|quote| !quote.say.is_empty()));
}

#[test]
fn without_names_no_format_holds_a_name() {
    let says: &[&str] = &[
        "I'm Quirinia Okonkwo-Strand, and QUIRINIA is sorry. My colleague Wilhelmina said it's our policy.",
        "Ask for okonkwo or quirinia.okonkwo-strand@example.org. I will see to it.",
    ];
    let sat = [Sat { person: 0, started: "2026-11-18T10:00:00Z", says }];
    let people = ["Quirinia Okonkwo-Strand", "Wilhelmina van Will"];
    let mut class = class(&people, None, &sat);
    class.troubles.push(crate::class::Trouble {
        kind: crate::class::TroubleKind::Stranger,
        place: "sessions/2026-quirinia.jsonl".to_owned(),
        message: "Quirinia and Zebulon are not on the roster".to_owned(),
        files: vec!["Quirinia Okonkwo-Strand.jsonl".to_owned()],
    });
    let named = Report::of(&class, &options(false));
    assert!(named.page(&PageOptions::default()).contains("Quirinia"));
    let report = Report::of(&class, &options(true));
    for format in formats(&report) {
        let lower = format.to_lowercase();
        for name in ["quirinia", "okonkwo", "strand", "wilhelmina", "zebulon"] {
            assert!(!lower.contains(name), "{name}: {format}");
        }
        assert!(lower.contains("trainee"), "{format}");
    }
    let page = report.page(&PageOptions::default());
    assert!(page.contains("I will see to it"), "an everyday word is no name");
    let again = Report::of(&class, &options(true));
    assert_eq!(report.people[0].name, again.people[0].name);
    // Somebody who joins changes nobody's number.
    let numbers =
        |report: &Report| report.people.iter().map(|person| person.name.clone()).collect::<Vec<_>>();
    class.people.push(crate::class::Person { id: "Abe".to_owned(), name: "Abe".to_owned(), group: None });
    let joined = numbers(&Report::of(&class, &options(true)));
    assert!(numbers(&report).iter().all(|name| joined.contains(name)), "{joined:?}");
}

#[test]
fn an_empty_class_has_a_report() {
    let report = Report::of(&class(&[], None, &[]), &options(false));
    let [page, csv, json, xapi] = formats(&report);
    assert!(page.contains("There is nobody on the roster yet."));
    assert_eq!((csv.lines().count(), xapi.as_str()), (1, "[]\n"));
    assert!(serde_json::from_str::<serde_json::Value>(&json).is_ok());
    let idle = Report::of(&class(&["Ann"], Some(date(2026, 11, 30)), &[]), &options(true));
    assert_eq!(idle.people[0].cells[0].status, Status::Open);
    assert!(idle.page(&PageOptions::default()).contains("No session is finished yet."));
}

#[test]
fn what_does_not_fit_is_left_out_and_told() {
    let report = report();
    let whole = report.page(&PageOptions::default());
    assert!(!whole.contains("To keep this page light"));
    let light = report.page(&PageOptions { person: None, limit: 1000 });
    assert!(light.contains("of 2 sessions 2 show no replay"), "{light}");
    assert!(light.contains("amends class report DIR --person NAME") && light.len() < whole.len());
    let own = report.page(&PageOptions { person: Some(1), limit: usize::MAX });
    assert!(own.contains("Zoë") && !own.contains("id=s0>") && own.contains("open>"), "{own}");
}

#[test]
fn statements_are_the_same_for_the_same_sessions() {
    let ids = |report: &Report| -> Vec<String> {
        let all: Vec<serde_json::Value> = serde_json::from_str(&report.xapi("urn:x")).unwrap();
        all.iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
    };
    let mut made = report();
    let before = ids(&made);
    assert_eq!(before, ids(&report()));
    assert_ne!(before[0], before[1]);
    made.sessions[0].mark += 1;
    let after = ids(&made);
    assert!(after[0] != before[0] && after[1] == before[1]);
}
