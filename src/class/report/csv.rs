//! A row for each session, for spreadsheets: RFC 4180, with line ends as it asks for.
//!
//! A cell that a spreadsheet would take for a formula begins with an apostrophe, which spreadsheets
//! read as "what follows is text".

use crate::report::escape::escaped;
use crate::transcript::Mode;

use super::steps::{STEPS, fate};
use super::{Played, Report};

const COLUMNS: &str = "class,person_id,person,group,scenario,title,mode,assigned,try,started,ended,minutes,finished,days_late,\
mark,process,wording,faults,apologize,apologize_of,review,review_of,fix,fix_of,document,document_of,customer,goodwill,heat,\
replies,taken_back,trainer,trainer_apologize,trainer_review,trainer_fix,trainer_document,remark,file,session";

/// The heading and the rows.
pub(super) fn rows(report: &Report) -> String {
    let mut text = String::from(COLUMNS);
    text.push_str("\r\n");
    for session in &report.sessions {
        let mut row = Row { text: &mut text, is_begun: false };
        fill(&mut row, report, session);
        text.push_str("\r\n");
    }
    text
}

fn fill(row: &mut Row<'_>, report: &Report, session: &Played) {
    let (person, case) = (&report.people[session.person], &report.cases[session.case]);
    let review = session.reviews.iter().rev().find(|review| review.is_current);
    row.text(&report.class);
    row.text(&person.id);
    row.text(&person.name);
    row.text(person.group.as_deref().unwrap_or_default());
    row.text(&case.name);
    row.text(&case.title);
    row.text(match session.mode {
        Mode::Coach => "coach",
        Mode::Exam => "exam",
    });
    row.yes_no(session.assignment.is_some());
    row.number(Some(session.number));
    row.text(&session.started.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string());
    row.text(&session.ended.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string());
    row.number(Some(session.seconds() / 60));
    row.yes_no(session.is_finished);
    row.number(session.days_late);
    row.number(Some(session.mark));
    row.number(Some(session.process));
    row.number(Some(session.wording));
    row.number(Some(session.faults));
    for step in STEPS {
        let mark = session.steps.iter().find(|mark| mark.step == step && mark.of > 0);
        row.number(mark.map(|mark| mark.mark));
        row.number(mark.map(|mark| mark.of));
    }
    row.text(session.fate.as_ref().map_or("", |own| fate(own.outcome)));
    row.number(session.fate.as_ref().map(|fate| fate.goodwill));
    row.number(session.fate.as_ref().map(|fate| fate.heat));
    row.number(Some(session.turns.len()));
    row.number(Some(session.taken_back));
    row.text(review.map_or("", |review| &review.reviewer));
    for step in STEPS {
        let mark = review.and_then(|review| review.marks.iter().find(|(own, _)| *own == step));
        row.number(mark.map(|(_, mark)| *mark));
    }
    row.text(review.map_or("", |review| &review.remark));
    row.text(session.file.as_deref().unwrap_or_default());
    row.text(&session.id.to_string());
}

struct Row<'t> {
    text: &'t mut String,
    is_begun: bool,
}

impl Row<'_> {
    fn begin(&mut self) {
        if self.is_begun {
            self.text.push(',');
        }
        self.is_begun = true;
    }

    fn number(&mut self, number: Option<impl ToString>) {
        self.begin();
        if let Some(number) = number {
            self.text.push_str(&number.to_string());
        }
    }

    fn yes_no(&mut self, is_so: bool) {
        self.begin();
        self.text.push_str(if is_so { "yes" } else { "no" });
    }

    fn text(&mut self, text: &str) {
        self.begin();
        let text = defused(text);
        if text.contains([',', '"', '\n', ';']) {
            self.text.push('"');
            self.text.push_str(&text.replace('"', "\"\""));
            self.text.push('"');
        } else {
            self.text.push_str(&text);
        }
    }
}

/// `text` as text: no formula, and no character that cannot be seen. Line ends within it stay.
fn defused(text: &str) -> String {
    let lines: Vec<String> =
        text.split('\n').map(|line| escaped(line.strip_suffix('\r').unwrap_or(line)).to_string()).collect();
    let text = lines.join("\n");
    // Some spreadsheets look past spaces and quotation marks, and take the wide forms as well.
    let first =
        text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '\'' | '"')).chars().next();
    let was_control = text.starts_with('\\') || text.starts_with('\n');
    let is_formula =
        first.is_some_and(|c| matches!(c, '=' | '+' | '-' | '@' | '|' | '%' | '＝' | '＋' | '－' | '＠'));
    if is_formula || was_control { format!("'{text}") } else { text }
}

impl Played {
    /// How long it took.
    pub(super) fn seconds(&self) -> i64 {
        (self.ended.timestamp().as_second() - self.started.timestamp().as_second()).max(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(text: &str) -> String {
        let mut out = String::new();
        Row { text: &mut out, is_begun: false }.text(text);
        out
    }

    #[test]
    fn formulas_are_text() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "＝1", " =1", "\"=1", "|cmd", "%0"] {
            let cell = cell(formula).replace('"', "");
            assert!(cell.starts_with('\''), "{formula}: {cell}");
        }
        assert_eq!(cell("\t=1+1"), r"'\t=1+1");
        assert_eq!(cell("\r=1+1"), r"'\r=1+1");
        assert_eq!(cell("\n=1+1"), "\"'\n=1+1\"");
        assert_eq!(cell("=HYPERLINK(\"x\",\"y\")"), "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"");
    }

    #[test]
    fn text_stays_as_it_is() {
        assert_eq!(cell("Zoë O'Hara 👩‍👧"), "Zoë O'Hara 👩‍👧");
        assert_eq!(cell("one\r\ntwo, \"three\""), "\"one\ntwo, \"\"three\"\"\"");
        assert_eq!(cell("a\u{1b}[31m\u{202e}"), r"a\u{1b}[31m\u{202e}");
    }
}
