//! Casebooks as they should not be.

use insta::assert_snapshot;

use crate::support::{Run, Trainer, calm, unwrapped};

fn read(name: &str, bytes: impl AsRef<[u8]>, more: &[&str]) -> Run {
    let trainer = Trainer::new();
    trainer.write(name, bytes);
    trainer.trends(&[&[name], more].concat())
}

fn errors(cases: &[(&str, &str, &[&str])]) -> String {
    let told = cases.iter().map(|(name, text, more)| {
        let run = read(name, text, more);
        assert_eq!((run.code, run.out.as_str()), (Some(2), ""), "{text}");
        run.err
    });
    told.collect()
}

#[test]
fn what_cannot_be_read_says_what_to_do() {
    assert_snapshot!(errors(&[
        ("empty.csv", "", &[]),
        ("head.csv", "date,store\n", &[]),
        ("numbers.csv", "a,b\n1,2\n", &[]),
        ("column.csv", "date,store\n2025-03-04,Bay\n", &["--field", "place=Stroe"]),
        ("list.yaml", "- date: 2025-03-04\n  store: [\n", &[]),
        ("text.yaml", "just a text\n", &[]),
        ("cut.jsonl", "{\"date\":\n", &[]),
        ("list.json", "[1]", &[]),
    ]));
    let trainer = Trainer::new();
    assert_snapshot!("not_there", trainer.trends(&["nothing.csv"]).err + &trainer.trends(&["."]).err);
    assert_snapshot!("flags", unwrapped(&trainer.trends(&["a.csv", "--field", "colour=x"]).err));
    trainer.write("a.csv", [0, 1, 2, 0, 200]);
    assert_eq!(trainer.trends(&["a.csv"]).code, Some(2));
}

#[test]
fn traffic_that_tells_nothing_is_refused() {
    let trainer = Trainer::with(&[("book.csv", &calm(40, ""))]);
    let mut told = String::new();
    for traffic in ["", "weekday\nMonday\n", "weekday,count\nMonday,many\n", "colour,count\nred,3\n"] {
        trainer.write("traffic.csv", traffic);
        let run = trainer.trends(&["book.csv", "--traffic", "traffic.csv"]);
        assert_eq!(run.code, Some(2), "{traffic}");
        told.push_str(&run.err);
    }
    assert_snapshot!(told);
}

#[test]
fn too_few_records_are_said_to_be_too_few() {
    assert_snapshot!("one_record", read("one.csv", calm(1, ""), &[]).show());
    let run = read("some.csv", calm(29, ""), &[]);
    assert!(unwrapped(&run.out).contains("Too few records to tell anything from chance: 29."), "{}", run.out);
    assert_eq!(run.code, Some(0));
}

#[test]
fn ambiguous_dates_say_how_they_were_read() {
    let book = |dates: &[&str]| {
        let rows: String = dates.iter().map(|date| format!("{date},Bay\n")).collect();
        format!("date,store\n{rows}")
    };
    let open = book(&["3/4/2025", "5/6/2025"]);
    assert_snapshot!("no_date_tells", read("a.csv", &open, &[]).notes());
    assert_eq!(read("a.csv", &open, &["--dates", "mdy"]).notes(), "");
    let dates = |book: &str, more: &[&str]| read("a.csv", book, &[&["--format", "csv"], more].concat()).out;
    assert!(
        dates(&open, &[]).contains("2025-04-03") && dates(&open, &["--dates", "mdy"]).contains("2025-03-04")
    );
    let proven = book(&["3/4/2025", "3/25/2025"]);
    assert_eq!(read("a.csv", &proven, &[]).notes(), "");
    assert!(dates(&proven, &[]).contains("2025-03-04"));
    let both = book(&["3/4/2025", "3/25/2025", "25/3/2025", "26/3/2025"]);
    assert_snapshot!("both_orders", read("a.csv", &both, &[]).notes());
}

#[test]
fn a_clock_that_jumps_is_told() {
    let more = "1970-01-01,10:00,Bay,lamp,Ann,late,the clock was new\n2099-12-31,10:00,Bay,lamp,Ann,late,and then too fast\n2025-03-04,25:99,Bay,lamp,Ann,late,and this\nsoon,9:00,Bay,lamp,Ann,late,and that\n";
    let run = read("book.csv", calm(40, more), &[]);
    assert_snapshot!(run.notes());
    assert!(run.out.starts_with("44 records in book.csv from 1 January 2025 to"), "{}", run.out);
}

#[test]
fn other_encodings_are_read_and_said() {
    let mut bytes = calm(40, "").into_bytes();
    bytes.extend(b"2025-03-04,10:00,Caf\xe9 Bay,lamp,Ren\xe9,late,d\xe9j\xe0 vu\n");
    let run = read("book.csv", &bytes, &["--by", "place"]);
    assert!(run.out.contains("Café Bay"), "{}", run.out);
    assert!(
        read("book.csv", &bytes, &[]).notes().contains("Windows-1252"),
        "{}",
        read("book.csv", &bytes, &[]).out
    );
    let utf_16: Vec<u8> =
        std::iter::once(0xfeff_u16).chain(calm(31, "").encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert!(read("book.csv", utf_16, &[]).out.starts_with("31 records"));
}

#[test]
fn nothing_in_a_cell_is_obeyed() {
    let hostile = "2025-03-04,10:00,\"=1+1\",\"<b>\u{1b}[2J\u{202e}lamp</b>\",\"Ann \u{7}🙂\",\"@late\",\"line one\nline \u{9b}31m two\"\n";
    let more: String = (0..8).map(|at| hostile.replace("10:00", &format!("10:0{at}"))).collect();
    for arguments in [
        &[][..],
        &["--by", "place", "--by", "product"],
        &["--format", "json"],
        &["--format", "csv"],
        &["--plain"],
    ] {
        let run = read("book.csv", calm(40, &more), arguments);
        let control =
            run.out.chars().find(|c| (c.is_control() && !matches!(c, '\n' | '\r')) || *c == '\u{202e}');
        assert_eq!((run.code, control), (Some(0), None), "{}", run.out);
    }
    let csv = read("book.csv", calm(40, &more), &["--format", "csv"]).out;
    assert!(csv.contains("\"'=1+1\"") && csv.contains("line one\nline 31m two"), "{csv}");
}

#[test]
fn records_that_stand_twice_count_once() {
    let one = "2025-03-04,10:00,Bay,lamp,Ann,late,the van was late again\n";
    let run = read("book.csv", calm(40, &one.repeat(3)), &[]);
    assert!(run.out.starts_with("41 records"), "{}", run.out);
    assert_snapshot!(run.notes());
}

#[test]
fn cells_that_do_not_fit_are_told() {
    let more =
        "2025-03-04,10:00,Bay,lamp,Ann,late,a, b and c\n2025-03-04,10:05,Bay\n2025-03-04,10:00,\"Bay,lamp\n";
    assert_snapshot!(read("book.csv", calm(40, more), &[]).notes());
}

#[test]
fn standard_input_and_several_files_are_read() {
    let trainer = Trainer::with(&[
        ("one.csv", &calm(20, "")),
        ("two.jsonl", "{\"date\":\"2025-03-04\",\"store\":\"Bay\"}\n"),
    ]);
    let run = trainer.run(&["trends", "one.csv", "two.jsonl", "-"], "- {date: 2025-03-04, store: Mill}\n");
    assert!(run.out.starts_with("22 records in one.csv, two.jsonl and standard input"), "{}", run.show());
}
