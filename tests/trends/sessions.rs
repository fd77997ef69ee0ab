//! Sessions, whose depositions become a casebook.

use amends::scenario::template;
use insta::assert_snapshot;

use crate::support::{Trainer, unwrapped};

/// From the encounter to the deposition: the customer is lost, and only the team is told before it.
const BEFORE: &str = ":skip\n:skip\n";
const WHOLE: &str = "\
Friday, ten past five. Rear brake, promised for five and not begun. Fourteen bicycles were promised and two mechanics were ill.
Nobody rang the customer. We mended it the same evening and brought it to her door.

";
const SHORT: &str = "The customer was unhappy about her brake.\n\n";

fn class(depositions: &[&str]) -> Trainer {
    let trainer = Trainer::with(&[("promised-friday.yaml", &template("promised-friday"))]);
    for (number, deposition) in depositions.iter().enumerate() {
        let name = format!("T{number}");
        let play =
            ["play", "promised-friday.yaml", "--seed", "1", "--results", "class/sessions", "--name", &name];
        let run = trainer.run(&play, &format!("{BEFORE}{deposition}"));
        assert_eq!(run.code, Some(0), "{}", run.show());
    }
    trainer
}

#[test]
fn depositions_become_records_of_what_was_written_down() {
    let trainer = class(&[WHOLE, SHORT, SHORT]);
    let run = trainer.trends(&["class"]);
    assert_snapshot!(run.show());
    let csv = trainer.trends(&["class", "--format", "csv"]).out;
    assert_eq!(
        csv.lines().nth(1).map(|line| line.split(",\"").next().unwrap()),
        Some(",17:10,Friday,bicycle repair,,workshop desk,workshop desk,busy,promised and not ready"),
        "{csv}"
    );
    let csv = class(&[SHORT]).trends(&["class/sessions", "--format", "csv"]).out;
    assert!(csv.contains(",,,bicycle repair,,workshop desk,workshop desk,,,The customer was"), "{csv}");
}

#[test]
fn sessions_that_cannot_be_used_are_told() {
    let trainer = class(&[WHOLE]);
    trainer.write("class/sessions/foreign.jsonl", "{}\n");
    trainer.write(
        "class/sessions/newer.jsonl",
        "{\"format\":\"amends-transcript\",\"version\":9,\"program\":\"3.0.0\"}\n",
    );
    let run = trainer.trends(&["class"]);
    assert_eq!(run.code, Some(0));
    let all = unwrapped(&run.out);
    assert!(
        all.contains("Not read: class/sessions/foreign.jsonl: this is not a transcript of amends."),
        "{all}"
    );
    assert!(all.contains("newer.jsonl: this transcript has format 9"), "{all}");
    trainer.write("none/one.jsonl", "{}\n");
    let run = trainer.trends(&["none"]);
    assert_eq!(run.code, Some(2));
    assert_snapshot!(run.err);
}
