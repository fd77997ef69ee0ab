//! What repeats, for people: short, ranked, in plain words.

use super::Args;
use super::gather::Gathered;
use crate::cli::failure::Failure;
use crate::cli::screen::{Ink, Screen};
use crate::trends::{
    Casebook, Depositions, FEWEST_RECORDS, Finding, Sureness, Traffic, Trends, grouped, spelled,
};
use crate::wording::{counted, listed};

/// So many records are named with a finding.
const RECORDS: usize = 5;
/// So many cases are told.
const CASES: usize = 20;

pub(super) fn show(
    args: &Args,
    gathered: &Gathered,
    traffic: Option<&Traffic>,
    trends: &Trends,
) -> Result<(), Failure> {
    let mut screen = Screen::open(args.plain, args.color)?;
    let casebook = &gathered.casebook;
    about(&mut screen, casebook, gathered.depositions.as_ref());
    for remark in casebook.remarks.iter().chain(traffic.into_iter().flat_map(|traffic| &traffic.remarks)) {
        screen.labelled(0, "Note:", Ink::Tip, &format!("{remark}."));
    }
    if let Some(depositions) = &gathered.depositions {
        written(&mut screen, depositions);
    }
    screen.heading("What repeats");
    if casebook.records.len() < FEWEST_RECORDS {
        too_few(&mut screen, casebook, gathered.depositions.is_some());
    } else {
        for (number, finding) in trends.findings.iter().enumerate() {
            told(&mut screen, casebook, number + 1, finding);
        }
        nothing_more(&mut screen, casebook, trends);
    }
    screen.blank();
    denominator(&mut screen, traffic);
    screen.show()
}

fn about(screen: &mut Screen, casebook: &Casebook, depositions: Option<&Depositions>) {
    let records = counted(casebook.records.len(), "record", "records");
    let span = casebook.span().filter(|(first, last)| first != last);
    let days = span.map(|(first, last)| format!(" from {} to {}", spelled(first), spelled(last)));
    let files: Vec<&str> = casebook
        .sources
        .iter()
        .filter(|source| !source.used.is_empty())
        .map(|source| source.name.as_str())
        .collect();
    let from = match (files.as_slice(), depositions) {
        ([], _) => String::new(),
        (files @ ([_] | [_, _] | [_, _, _]), _) => format!(" in {}", listed(files, "and")),
        (files, _) => format!(" in {} files", files.len()),
    };
    screen.text(&format!("{records}{from}{}.", days.unwrap_or_default()));
    for source in casebook.sources.iter().filter(|source| !source.used.is_empty()) {
        let used = source.used.iter().map(|(role, column)| match role.eq_ignore_ascii_case(column) {
            true => (*role).to_owned(),
            false => format!("{role} from \u{201c}{column}\u{201d}"),
        });
        let used: Vec<String> = used.collect();
        screen.labelled(0, "Read:", Ink::Strong, &format!("{}.", listed(&used, "and")));
        if !source.others.is_empty() {
            let first = &source.others[0];
            screen.labelled(
                0,
                "Not used:",
                Ink::Strong,
                &format!(
                    "{}. If one of them matters: --field place=\"{first}\", for example.",
                    listed(&source.others, "and")
                ),
            );
        }
    }
}

/// What the depositions hold and leave out.
fn written(screen: &mut Screen, depositions: &Depositions) {
    let cases = depositions.cases.len();
    screen.heading("What was written down");
    screen.text(&format!(
        "{} about {}. A scenario counts as one case, however often it was played; into the casebook came what at least one deposition says.",
        counted(depositions.sessions, "deposition", "depositions"),
        counted(cases, "case", "cases")
    ));
    for case in depositions.cases.iter().take(CASES) {
        let left_out = case.left_out();
        let says = match left_out.as_slice() {
            [] => format!(
                "most say everything that is needed ({}).",
                counted(case.depositions, "deposition", "depositions")
            ),
            some => format!("most leave out {}.", some.join("; ")),
        };
        screen.labelled(0, &format!("{}:", case.scenario), Ink::Strong, &says);
    }
    for trouble in &depositions.troubles {
        screen.labelled(0, "Not read:", Ink::Bad, &format!("{trouble}."));
    }
}

fn told(screen: &mut Screen, casebook: &Casebook, number: usize, finding: &Finding) {
    screen.blank();
    let (label, ink) = match finding.sureness {
        Sureness::Certain => ("Certain:", Ink::Bad),
        Sureness::Likely => ("Likely:", Ink::Tip),
        Sureness::Hint => ("A hint:", Ink::Strong),
    };
    screen.labelled(0, &format!("{number}. {label}"), ink, &format!("{}.", finding.title));
    screen.indented(3, &finding.counts);
    for mark in &finding.marks {
        screen.indented(3, mark);
    }
    screen.indented(3, &finding.by_chance);
    if let Some(more) = finding.more {
        screen.indented(3, &format!("About {more} more records would tell, if it goes on like this."));
    }
    if !finding.words.is_empty() {
        let words: Vec<String> = finding.words.iter().map(|word| format!("\u{201c}{word}\u{201d}")).collect();
        screen.indented(3, &format!("Words that stand out: {}.", listed(&words, "and")));
    }
    if !finding.explains.is_empty() {
        screen.indented(3, &format!("This explains as well: {}.", finding.explains.join("; ")));
    }
    if let Some(caution) = &finding.caution {
        screen.labelled(3, "But:", Ink::Plain, caution);
    }
    screen.labelled(3, "Next:", Ink::Good, &finding.ask);
    screen.labelled(3, "Records:", Ink::Plain, &lines(casebook, finding));
}

/// Where the records stand: some of them.
fn lines(casebook: &Casebook, finding: &Finding) -> String {
    let has_many = casebook.sources.len() > 1;
    let shown = finding.records.iter().take(RECORDS).map(|(source, line)| {
        match casebook.sources.get(*source as usize) {
            Some(source) if has_many => format!("{}:{line}", source.name),
            _ => line.to_string(),
        }
    });
    let shown: Vec<String> = shown.collect();
    let more = finding.records.len().saturating_sub(RECORDS);
    let lines = if has_many { "" } else { "lines " };
    match more {
        0 => format!("{lines}{}.", listed(&shown, "and")),
        more => format!("{lines}{} and {more} more.", shown.join(", ")),
    }
}

fn nothing_more(screen: &mut Screen, casebook: &Casebook, trends: &Trends) {
    screen.blank();
    let things = format!("{} things were", grouped(trends.looked_at));
    let found = match trends.findings.len() {
        0 => format!("Nothing repeats more often than chance would do it; {things} looked at."),
        _ => format!("Nothing else repeats more often than chance would do it; {things} looked at."),
    };
    screen.text(&found);
    if let Some((least, expected)) = trends.least {
        screen.text(&format!(
            "With {}, two things that come together {expected} times by chance must do so about {least} times to be told from it. More records tell more.",
            counted(casebook.records.len(), "record", "records")
        ));
    }
}

fn too_few(screen: &mut Screen, casebook: &Casebook, is_class: bool) {
    let count = casebook.records.len();
    screen.text(&format!(
        "Too few records to tell anything from chance: {count}. From {FEWEST_RECORDS} on the plainest patterns show; write down {} more.",
        FEWEST_RECORDS - count
    ));
    if is_class {
        screen.text("Scenarios are made up, so what repeats in them is their authors' doing. For a casebook to learn on, try examples/casebook.");
    }
}

/// What a casebook cannot say.
fn denominator(screen: &mut Screen, traffic: Option<&Traffic>) {
    match traffic {
        None => screen.text(
            "A casebook of failures does not say how many customers were content. So nobody and nothing is \
             suspected here for standing often: whoever works most, stands most. With --traffic FILE, numbers of \
             customers, that can be told, too.",
        ),
        Some(traffic) => screen.text(&format!(
            "Compared with the traffic by {}. What the traffic does not tell, such as who works when, is not suspected for standing often.",
            traffic.told()
        )),
    }
}
