//! Made-up findings that every format is tried on.

use super::{FileReport, Report, Summary};
use crate::document::{Note, Origin};
use crate::lexicon::{Kind, Rule, Severity};
use crate::lint::Finding;
use crate::text::{Lines, Span};

/// A file and what was found in it.
pub(super) struct Sample {
    pub(super) path: &'static str,
    pub(super) source: String,
    pub(super) heard: Vec<Heard>,
    pub(super) notes: Vec<Note>,
}

/// One finding: the words as the source has them, searched for after the one before.
pub(super) struct Heard {
    rule: &'static str,
    words: &'static str,
    quote: &'static str,
    label: Option<&'static str>,
}

impl Heard {
    pub(super) const fn words(&self) -> &'static str {
        self.words
    }
}

impl Sample {
    pub(super) fn new(path: &'static str, source: &str) -> Self {
        Self { path, source: source.to_owned(), heard: Vec::new(), notes: Vec::new() }
    }

    pub(super) fn hears(self, rule: &'static str, words: &'static str) -> Self {
        self.hears_as(rule, words, words, None)
    }

    pub(super) fn hears_as(
        mut self,
        rule: &'static str,
        words: &'static str,
        quote: &'static str,
        label: Option<&'static str>,
    ) -> Self {
        self.heard.push(Heard { rule, words, quote, label });
        self
    }

    fn notes(mut self, offset: Option<usize>, text: &str, is_trouble: bool) -> Self {
        self.notes.push(Note { offset, text: text.to_owned(), is_trouble });
        self
    }
}

/// Two faults, a check, a piece of advice, and a move that no format may report.
pub(super) fn rules() -> Vec<Rule> {
    let rule = |id: &str, family: &str, kind, severity, why: &str, say: &[&str], source: &str| Rule {
        severity,
        phrases: vec![id.replace('-', " ")].into(),
        why: why.to_owned(),
        say: say.iter().map(|&say| say.to_owned()).collect(),
        source: source.to_owned(),
        ..Rule::new(id, family, kind)
    };
    vec![
        rule(
            "our-policy",
            "policy-shield",
            Kind::Fault,
            Severity::Error,
            "A rule of yours is no reason for a customer; it says that you have stopped looking for a way.",
            &["Here is what I can do for you today.", "Let me find a way to put this right.", "A third."],
            "https://example.org/never-say-policy",
        ),
        rule("grateful", "thanks", Kind::Move, Severity::Advice, "It is kind.", &[], ""),
        rule(
            "if-you-feel",
            "fake-apology",
            Kind::Fault,
            Severity::Warning,
            "\"If\" doubts that there was any harm.",
            &["I am sorry that we kept you waiting."],
            "A made-up study",
        ),
        rule(
            "please-note",
            "stiff",
            Kind::Fault,
            Severity::Advice,
            "It sounds like a notice board.",
            &[],
            "",
        ),
        rule(
            "no-apology",
            "missing",
            Kind::Check,
            Severity::Warning,
            "An answer to a complaint that never says sorry reads as if nobody minded.",
            &["I am sorry that your parcel came late, and that it was ours to prevent."],
            "",
        ),
    ]
}

/// Several files that have, between them, all that a format has to cope with.
pub(super) fn samples() -> Vec<Sample> {
    let long = "We looked into it with great care, and so did our friends in the other building. ".repeat(40);
    vec![
        Sample::new(
            "replies/refund.md",
            "# Refunds\n\nThank you. I am sorry if you\nfeel let down, but it is our policy to refuse.\n\
             Please note that our policy stands.\n",
        )
        .hears_as("if-you-feel", "sorry if you\nfeel", "sorry if you feel", None)
        .hears("our-policy", "our policy")
        .hears("please-note", "Please note")
        .hears("our-policy", "our policy"),
        Sample::new("replies/fine.txt", "I am sorry that we lost your parcel. A new one left today.\n"),
        Sample::new(
            "exports/macros.csv",
            "title,body\nLate,\"Please note: we&#39;re late.\"\nBroken,\"It&#39;s our policy.\"\n",
        )
        .hears_as("please-note", "Please note", "Please note", Some("row 1, field body"))
        .hears_as("our-policy", "It&#39;s our policy", "It's our policy", Some("row 2, field body")),
        Sample::new(
            "replies/odd \u{1b}[31mna:me,\n100%.txt",
            "Grüße 😀\t退款 our policy \u{1b}]0;owned\u{7} \u{9b}5m <b>&amp;</b>\n",
        )
        .hears("our-policy", "our policy \u{1b}]0;owned"),
        Sample::new("./replies/late.txt", "Your parcel is late.\n")
            .hears_as("no-apology", "", "", None)
            .notes(Some(12), "Two bytes were not UTF-8 and read as Latin-1: \u{1b}[2J.", false),
        Sample::new("mail/answer.eml", "Subject: Re: Order\n\nSXQgaXMgb3VyIHBvbGljeSB0byByZWZ1c2Uu\n")
            .hears_as("our-policy", "SXQgaXMgb3VyIHBvbGljeSB0byByZWZ1c2Uu", "It is our policy", None),
        Sample::new("replies/long.html", &format!("<p>{long}It is our policy to wait. {long}</p>"))
            .hears("our-policy", "our policy"),
        Sample::new("replies/locked.txt", "").notes(None, "It cannot be read: permission denied.", true),
    ]
}

/// The counts of [`samples`].
pub(super) fn summary() -> Summary {
    Summary {
        files: 7,
        unreadable: 1,
        files_with_findings: 6,
        errors: 6,
        warnings: 2,
        advice: 2,
        suppressed: 3,
        known: 0,
    }
}

/// What `report` writes about all samples.
pub(super) fn written(report: impl Report) -> String {
    written_about(report, &samples(), &summary())
}

/// What `report` writes about a run that found nothing in 14 files, and says nothing of them.
pub(super) fn written_about_nothing(report: impl Report) -> String {
    written_about(report, &[], &Summary { files: 14, ..Summary::default() })
}

/// What `report` writes about `samples`.
pub(super) fn written_about(mut report: impl Report, samples: &[Sample], summary: &Summary) -> String {
    let (rules, mut out) = (rules(), Vec::new());
    report.begin(&mut out, &rules).unwrap();
    for sample in samples {
        let lines = Lines::new(&sample.source);
        let findings = findings(sample, &lines, &rules);
        let file = FileReport {
            path: sample.path,
            source: &sample.source,
            origin: &Origin::at(0),
            lines: &lines,
            findings: &findings,
            notes: &sample.notes,
        };
        report.file(&mut out, &file).unwrap();
    }
    report.end(&mut out, summary).unwrap();
    let text = String::from_utf8(out).unwrap();
    assert!(!text.contains(['\u{1b}', '\u{7}', '\u{9b}']), "a control character got through");
    text
}

fn findings<'r>(sample: &Sample, lines: &Lines, rules: &'r [Rule]) -> Vec<Finding<'r>> {
    let mut from = 0;
    let place = |heard: &Heard| {
        let start = from + sample.source[from..].find(heard.words).unwrap();
        from = start + heard.words.len();
        Span::new(start, from)
    };
    let spans: Vec<_> = sample.heard.iter().map(place).collect();
    let finding = |(heard, span): (&Heard, Span)| {
        let rule = rules.iter().find(|rule| rule.id == heard.rule).unwrap();
        Finding {
            rule,
            severity: rule.severity,
            span,
            start: lines.position(&sample.source, span.start),
            end: lines.position(&sample.source, span.end),
            quote: heard.quote.to_owned(),
            label: heard.label.map(str::to_owned),
            fingerprint: format!("{:0>16x}", heard.quote.len()),
        }
    };
    sample.heard.iter().zip(spans).map(finding).collect()
}
