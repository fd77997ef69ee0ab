//! The casebook that amends brings.

use insta::assert_snapshot;
use serde_json::Value;

use crate::support::{Run, Trainer, calm, example, unwrapped};

/// What the example gives, with its paths as a reader would write them.
fn told(arguments: &[&str]) -> Run {
    let mut run = Trainer::new().trends(arguments);
    let folder = example("");
    run.out = run.out.replace(&folder, "").replace(folder.trim_end_matches('/'), "");
    run
}

#[test]
fn what_repeats_is_told_with_what_to_ask() {
    let (book, traffic) = (example("lumen-house.csv"), example("lumen-house-traffic.csv"));
    let run = told(&[&book]);
    let begin = run.out.find("What repeats").unwrap();
    assert_snapshot!("without_traffic", &run.out[begin..]);
    let run = told(&[&book, "--traffic", &traffic]);
    let begin = run.out.find("What repeats").unwrap();
    assert_snapshot!("with_traffic", &run.out[begin..]);
}

#[test]
fn how_it_was_read_is_told() {
    let run = told(&[&example("lumen-house.csv")]);
    let end = run.out.find("What repeats").unwrap();
    assert_snapshot!(unwrapped(&run.out[..end]));
}

#[test]
fn tables_have_bars() {
    let (book, traffic) = (example("lumen-house.csv"), example("lumen-house-traffic.csv"));
    assert_snapshot!("bars", told(&[&book, "--by", "weekday", "--by", "load", "--traffic", &traffic]).show());
    assert_snapshot!("plain_bars", told(&[&book, "--by", "weekday", "--plain"]).show());
}

#[test]
fn programs_get_an_envelope_with_a_version() {
    let run = told(&[&example("lumen-house.csv"), "--format", "json"]);
    let value: Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!((&value["version"], &value["records"]), (&1.into(), &400.into()));
    let findings = value["findings"].as_array().unwrap();
    let sure: Vec<&Value> = findings.iter().filter(|finding| finding["sureness"] != "hint").collect();
    assert_eq!(sure.len(), 3);
    for finding in sure {
        let keys: Vec<&str> = finding.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(
            keys,
            [
                "ask",
                "by-chance",
                "caution",
                "count",
                "expected",
                "explains",
                "marks",
                "more-records",
                "of",
                "parts",
                "q",
                "records",
                "says",
                "sureness",
                "title",
                "words"
            ]
        );
        assert!(finding["count"].as_u64().unwrap() as f64 > finding["expected"].as_f64().unwrap());
        assert!(finding["q"].as_f64().unwrap() < 0.05);
        assert_eq!(finding["records"].as_array().unwrap().len() as u64, finding["count"].as_u64().unwrap());
    }
    assert_eq!(value["tables"]["weekday"]["rows"][0]["value"], "Monday");
}

#[test]
fn a_casebook_comes_out_as_it_went_in() {
    let trainer = Trainer::new();
    let first = trainer.trends(&[&example("lumen-house.csv"), "--format", "csv"]);
    assert_eq!((first.code, first.out.lines().count()), (Some(0), 401));
    trainer.write("again.csv", &first.out);
    let titles = |path: &str| -> Vec<String> {
        let value: Value = serde_json::from_str(&trainer.trends(&[path, "--format", "json"]).out).unwrap();
        value["findings"].as_array().unwrap().iter().map(|finding| finding["title"].to_string()).collect()
    };
    assert_eq!(titles("again.csv"), titles(&example("lumen-house.csv")));
}

#[test]
fn where_nothing_repeats_nothing_is_told() {
    let trainer = Trainer::with(&[("calm.csv", &calm(120, ""))]);
    let run = trainer.trends(&["calm.csv"]);
    assert!(
        unwrapped(&run.out).contains("Nothing repeats more often than chance would do it;"),
        "{}",
        run.out
    );
    assert!(!run.out.contains("1. "), "{}", run.out);
}

#[test]
fn a_pattern_by_person_is_a_question_about_the_shift() {
    let more: String = (0..40)
        .map(|at| {
            format!(
                "2025-0{}-{:02},10:{at:02},Bay,lamp,Cleo,no receipt,it happened {at} times\n",
                at % 6 + 1,
                at % 27 + 1
            )
        })
        .collect();
    let trainer = Trainer::with(&[("book.csv", &calm(160, &more))]);
    let value: Value = serde_json::from_str(&trainer.trends(&["book.csv", "--format", "json"]).out).unwrap();
    let findings = value["findings"].as_array().unwrap();
    let of_cleo = findings.iter().find(|finding| finding["title"].to_string().contains("Cleo")).unwrap();
    assert_snapshot!(format!("{}\n{}\n{}", of_cleo["title"], of_cleo["caution"], of_cleo["ask"]));
}
