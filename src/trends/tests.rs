//! The casebook that amends brings, and casebooks in which nothing repeats.

use std::path::Path;

use jiff::civil::date;

use super::table::{self, Table};
use super::{Casebook, Finding, Reader, Sureness, Trends, Ways, find};

const CASEBOOK: &str = include_str!("../../examples/casebook/lumen-house.csv");
const TRAFFIC: &str = include_str!("../../examples/casebook/lumen-house-traffic.csv");

fn ways() -> Ways {
    Ways { fields: Vec::new(), dates: None, today: date(2026, 11, 22) }
}

fn casebook(name: &str, text: &str) -> Casebook {
    let mut reader = Reader::new(ways());
    reader.file(Path::new(name), text.as_bytes()).unwrap();
    reader.finish()
}

fn from_table(table: &Table) -> Casebook {
    let mut reader = Reader::new(ways());
    reader.table("casebook.csv", table).unwrap();
    reader.finish()
}

fn is_sure(finding: &&Finding) -> bool {
    finding.sureness <= Sureness::Likely
}

/// What a finding is about, parts and marks.
fn about(finding: &Finding) -> Vec<String> {
    let mut parts: Vec<String> =
        finding.parts.iter().map(|part| format!("{}={}", part.by, part.value)).collect();
    parts.sort();
    parts
}

fn has(finding: &Finding, wanted: &[&str]) -> bool {
    let about = about(finding);
    wanted.iter().all(|want| about.iter().any(|own| own.starts_with(want)))
}

const HIDDEN: [&[&str]; 3] = [
    &["product=Halden Duo", "weekday=Thursday", "failure=damaged"],
    &["place=Northgate", "hour=17:00 to 19:00", "load="],
    &["supplier=Tessel", "since=2025-0", "failure=stops"],
];

fn assert_hidden(trends: &Trends) {
    let sure: Vec<&Finding> = trends.findings.iter().filter(is_sure).collect();
    let all: Vec<Vec<String>> = sure.iter().map(|finding| about(finding)).collect();
    assert_eq!(sure.len(), HIDDEN.len(), "{all:#?}");
    for hidden in HIDDEN {
        assert!(sure.iter().any(|finding| has(finding, hidden)), "{hidden:?} is not among {all:#?}");
    }
}

#[test]
fn exactly_the_hidden_patterns_are_found() {
    let casebook = casebook("lumen-house.csv", CASEBOOK);
    assert_eq!(casebook.records.len(), 400);
    assert_hidden(&find(&casebook, None));
    let traffic = casebook.traffic(Path::new("traffic.csv"), TRAFFIC.as_bytes()).unwrap();
    assert_hidden(&find(&casebook, Some(&traffic)));
}

#[test]
fn nobody_is_suspected_for_working_most() {
    let casebook = casebook("lumen-house.csv", CASEBOOK);
    let (counts, _) = casebook.counts(super::Attribute::Person);
    assert_eq!(counts[0].0, "Nadia");
    let trends = find(&casebook, None);
    let named = trends.findings.iter().flat_map(|finding| &finding.parts).any(|part| part.by == "person");
    assert!(!named, "{:#?}", trends.findings);
}

/// A lot that is the same in each run.
struct Lot(u64);

impl Lot {
    fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % most as u64) as usize
    }

    /// The same cells in each column, but in another order in each: nothing belongs together.
    fn shuffle(&mut self, table: &mut Table) {
        for column in 0..table.columns.len() {
            for at in (1..table.rows.len()).rev() {
                let other = self.below(at + 1);
                let cell = std::mem::take(&mut table.rows[at].cells[column]);
                let cell = std::mem::replace(&mut table.rows[other].cells[column], cell);
                table.rows[at].cells[column] = cell;
            }
        }
    }
}

#[test]
fn false_alarms_stay_at_the_promised_rate() {
    const TIMES: usize = 200;
    let mut lot = Lot(5);
    let mut table = table::read(Path::new("a.csv"), CASEBOOK).unwrap();
    let (mut sure, mut certain, mut hints) = (0, 0, 0);
    for _ in 0..TIMES {
        lot.shuffle(&mut table);
        let trends = find(&from_table(&table), None);
        let least = |most: Sureness| {
            let real = trends.findings.iter().filter(|finding| finding.parts.len() > 1);
            real.filter(|finding| finding.sureness <= most).count()
        };
        sure += usize::from(least(Sureness::Likely) > 0);
        certain += usize::from(least(Sureness::Certain) > 0);
        hints += usize::from(least(Sureness::Hint) > 0);
    }
    // One casebook of a thousand, of twenty and of five, and what the lot may do beside.
    println!("of {TIMES}: certain {certain}, likely {sure}, hint {hints}");
    assert!(certain <= 1 && sure <= TIMES / 20 && hints <= TIMES / 5, "{certain} {sure} {hints}");
}

#[test]
fn a_file_of_a_hundred_thousand_records_is_read() {
    let mut lot = Lot(9);
    let mut text = "date,time,store,product,clerk,queue,problem,notes\n".to_owned();
    for _ in 0..100_000 {
        let (day, hour) = (lot.below(28) + 1, lot.below(10) + 9);
        let (store, clerk, queue) = (lot.below(40), lot.below(100), lot.below(12));
        let product = if store == 7 && hour == 12 && lot.below(3) == 0 { 3 } else { lot.below(200) };
        text.push_str(&format!("2025-{:02}-{day:02},{hour}:{:02},Store {store},Thing {product},C{clerk},{queue},kind {},it broke and nobody came\n", lot.below(12) + 1, lot.below(60), lot.below(9)));
    }
    let begun = std::time::Instant::now();
    let casebook = casebook("big.csv", &text);
    let trends = find(&casebook, None);
    println!("{:?}, {} looked at", begun.elapsed(), trends.looked_at);
    assert_eq!(trends.findings.iter().filter(is_sure).count(), 1, "{:#?}", trends.findings);
    assert!(has(&trends.findings[0], &["product=Thing 3", "place=Store 7"]));
}

/// Records in which nothing belongs together, but for what `change` does to some.
fn made(records: usize, change: impl Fn(usize, &mut [String; 7], &mut Lot)) -> Casebook {
    let mut lot = Lot(3);
    let columns = ["date", "time", "store", "product", "clerk", "problem", "notes"];
    let mut table = Table { columns: columns.map(str::to_owned).to_vec(), ..Table::default() };
    for at in 0..records {
        let day = date(2025, 1, 6).saturating_add(jiff::Span::new().days((at * 180 / records) as i64));
        let mut cells = [
            day.to_string(),
            format!("{}:{:02}", 9 + lot.below(9), lot.below(60)),
            ["Bay", "Mill", "Quay"][lot.below(3)].to_owned(),
            ["kettle", "lamp", "fan", "drill"][lot.below(4)].to_owned(),
            ["Ann", "Bo", "Cleo", "Dev"][lot.below(4)].to_owned(),
            ["late", "broken", "wrong"][lot.below(3)].to_owned(),
            format!("case {at}"),
        ];
        change(at, &mut cells, &mut lot);
        table.rows.push(table::Row { line: at as u64 + 2, cells: cells.to_vec() });
    }
    from_table(&table)
}

fn sure_of(trends: &Trends) -> Vec<Vec<String>> {
    trends.findings.iter().filter(is_sure).map(about).collect()
}

#[test]
fn a_change_from_one_date_on_is_found() {
    let casebook = made(300, |at, cells, lot| {
        if at > 200 && lot.below(2) == 0 {
            cells[5] = "late".to_owned();
        }
    });
    let found = sure_of(&find(&casebook, None));
    let [only] = found.as_slice() else { panic!("{found:?}") };
    assert!(only[0] == "failure=late" && only[1].starts_with("since=2025-0"), "{only:?}");
}

#[test]
fn what_is_new_in_the_house_is_a_hint_at_most() {
    let casebook = made(300, |at, cells, lot| {
        if at > 220 && lot.below(3) > 0 {
            cells[3] = "blender".to_owned();
        }
    });
    let trends = find(&casebook, None);
    assert_eq!(sure_of(&trends), [[""; 0]; 0]);
    let hint = trends.findings.iter().find(|finding| has(finding, &["product=blender"])).unwrap();
    assert!(hint.caution.as_ref().unwrap().starts_with("None is older than that day."), "{hint:?}");
}

#[test]
fn what_the_traffic_explains_is_no_finding() {
    let casebook = made(400, |_, cells, lot| {
        if cells[2] == "Quay" && lot.below(2) == 0 {
            cells[1] = "12:30".to_owned();
        }
    });
    let found = sure_of(&find(&casebook, None));
    assert!(found.len() == 1 && found[0].iter().any(|part| part == "place=Quay"), "{found:?}");
    let mut traffic = "hour,store,customers\n".to_owned();
    for hour in 9..18 {
        for store in ["Bay", "Mill", "Quay"] {
            let count = if store == "Quay" { if hour == 12 { 500 } else { 50 } } else { 100 };
            traffic.push_str(&format!("{hour}:00,{store},{count}\n"));
        }
    }
    let traffic = casebook.traffic(Path::new("traffic.csv"), traffic.as_bytes()).unwrap();
    assert_eq!(sure_of(&find(&casebook, Some(&traffic))), [[""; 0]; 0]);
}

#[test]
fn two_that_work_together_are_not_suspected() {
    // Ann works at the Bay in the morning, and nothing follows from that.
    let casebook = made(400, |_, cells, lot| {
        if cells[4] == "Ann" {
            cells[2] = "Bay".to_owned();
            cells[1] = format!("{}:15", 9 + lot.below(3));
        }
    });
    let found = sure_of(&find(&casebook, None));
    assert!(found.iter().flatten().all(|part| !part.starts_with("person=")), "{found:?}");
}

#[test]
fn as_many_values_as_records_do_no_harm() {
    let casebook = made(3000, |at, cells, _| {
        cells[3] = format!("thing {at} of many");
        cells[4] = format!("clerk {}", at / 6);
    });
    let trends = find(&casebook, None);
    assert_eq!(sure_of(&trends), [[""; 0]; 0]);
}
