//! Each session, replayed turn by turn beside its marks.
//!
//! There may be many hundreds, so the markup is terse, and the page has a limit. Where they do not fit,
//! sessions lose first what was booked for what went well, then the ends of long speeches, then the
//! replay; the page says so.

use maud::{Markup, PreEscaped, html};
use rayon::prelude::*;

use super::PageOptions;
use super::curve;
use super::parts::{Text, mode, signed, words};
use super::terse::terse;
use crate::class::report::{EntryLine, FateLine, Played, Report, ReviewLine, Tone, Trainee, TurnLine, steps};
use crate::scenario::Outcome;
use crate::score::{ItemMark, StepMark};
use crate::wording::{counted, listed};

/// How much of a session is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Detail {
    /// Its row.
    Row,
    /// As [`Detail::Brief`], and what the customer says only as far as this goes.
    Short,
    /// Its replay, without what was booked for what went well, and the marks that were lost.
    Brief,
    /// Everything.
    Full,
}

/// So much of the customer's speeches stays in [`Detail::Short`], in characters.
const SPEECH: usize = 90;

/// The sessions as far as they fit, and what was left out.
pub(super) struct Replays {
    /// By the place of the session.
    shown: Vec<Option<Markup>>,
    details: Vec<Detail>,
}

impl Replays {
    /// As much as fits into so many bytes.
    pub(super) fn of(report: &Report, options: &PageOptions, room: usize) -> Self {
        let is_meant = |session: &Played| options.person.is_none_or(|person| person == session.person);
        let render = |at: usize, session: &Played, detail: Detail| {
            is_meant(session).then(|| replay(report, options, at, session, detail))
        };
        let all = report.sessions.par_iter().enumerate();
        let mut shown: Vec<Option<Markup>> =
            all.map(|(at, session)| render(at, session, Detail::Full)).collect();
        let mut details: Vec<Detail> = vec![Detail::Full; shown.len()];
        let size =
            |shown: &[Option<Markup>]| -> usize { shown.iter().flatten().map(|one| one.0.len()).sum() };
        let mut used = size(&shown);
        for detail in [Detail::Brief, Detail::Short, Detail::Row] {
            for at in report.by_weight() {
                if used <= room {
                    break;
                }
                if let Some(before) = &shown[at] {
                    let after = replay(report, options, at, &report.sessions[at], detail);
                    used = used - before.0.len() + after.0.len();
                    shown[at] = Some(after);
                    details[at] = detail;
                }
            }
        }
        Self { shown, details }
    }

    pub(super) fn section(&self, report: &Report, options: &PageOptions) -> Markup {
        let people = report.people.iter().enumerate();
        let mut people =
            people.filter(|(at, _)| options.person.is_none_or(|person| person == *at)).peekable();
        html! {
            section id="sessions" aria-labelledby="h-sessions" {
                h2 id="h-sessions" { "Every session, turn by turn" }
                p.soft {
                    "Open a session to read it. Words that earned something are underlined, "
                    u { "like this" } "; words that cost something are waved, " u.w { "like this" }
                    "; words that were heard and changed nothing are dotted, " u.o { "like this" }
                    ". The small numbers are those of what was booked, below."
                }
                @if let Some(note) = self.left_out(report) { p.nb { (note) } }
                @if people.peek().is_none() { p { "There is nobody on the roster yet." } }
                @for (at, trainee) in people { (self.person(report, at, trainee)) }
            }
        }
    }

    fn person(&self, report: &Report, at: usize, trainee: &Trainee) -> Markup {
        html! {
            section.person id={ "p" (at) } {
                h3 { bdi { (Text(&trainee.name)) } }
                p.note {
                    @if let Some(group) = &trainee.group { (Text(group)) " · " }
                    (counted(trainee.sessions.len(), "session", "sessions"))
                    @if let Some(mark) = trainee.mark { " · mean of the latest marks " (mark) }
                    @if let Some(progress) = trainee.progress {
                        " · first tries " (progress.first) ", last tries " (progress.last)
                    }
                }
                @for &session in &trainee.sessions {
                    @if let Some(shown) = &self.shown[session] { (shown) }
                }
                @if report.sessions.is_empty() { p.note { "Nothing was played." } }
            }
        }
    }

    fn left_out(&self, report: &Report) -> Option<String> {
        let count = |detail: Detail| self.details.iter().filter(|own| **own == detail).count();
        let (brief, short, rows) = (count(Detail::Brief), count(Detail::Short), count(Detail::Row));
        let mut parts = Vec::new();
        if brief + short > 0 {
            parts.push(format!(
                "{} show what was booked only where it cost something, and only the marks that were lost",
                brief + short
            ));
        }
        if short > 0 {
            parts.push(format!("{short} show only the beginnings of what the customer says"));
        }
        if rows > 0 {
            parts.push(format!("{rows} show no replay"));
        }
        (!parts.is_empty()).then(|| {
            format!(
                "To keep this page light, of {} {}. Everything is on the page of each person: amends class report DIR --person NAME.",
                counted(report.sessions.len(), "session", "sessions"),
                listed(&parts, "and"),
            )
        })
    }
}

impl Report {
    /// The sessions in the order in which they lose their details: the oldest tries first, the latest and
    /// the first of each person and scenario last.
    fn by_weight(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.sessions.len()).collect();
        order.sort_by_key(|&at| {
            let session = &self.sessions[at];
            (session.is_latest, session.number == 1, session.started.timestamp())
        });
        order
    }
}

fn replay(report: &Report, options: &PageOptions, at: usize, session: &Played, detail: Detail) -> Markup {
    let whole = match detail {
        Detail::Row => html! { div.s id={ "s" (at) } { p.row { (row(report, session)) } } },
        _ => html! {
            details.s id={ "s" (at) } open[options.person.is_some()] {
                summary { (row(report, session)) }
                div.b {
                    (talk(report, at, session, detail))
                    div.k { (card(session, detail)) }
                }
            }
        },
    };
    PreEscaped(terse(&whole.0))
}

/// A session in one line.
fn row(report: &Report, session: &Played) -> Markup {
    html! {
        b { (Text(&report.case_of(session).title)) }
        " " span { "try " (session.number) ", " (mode(session.mode)) ", " (session.started.strftime("%-d %b %H:%M")) }
        @if session.is_finished {
            " " span.m { (session.mark) }
            @if let Some(fate) = &session.fate { " " (fate_word(fate.outcome)) }
        } @else {
            " " span { "not finished" }
        }
        " " span { @if session.faults > 0 { (counted(session.faults, "fault", "faults")) } }
    }
}

/// What became of the customer, in a word and a sign.
pub(super) fn fate_word(fate: Outcome) -> Markup {
    match fate {
        Outcome::Lost => html! { span.no { "✗ customer " (steps::fate(fate)) } },
        Outcome::Kept => html! { span { "○ customer " (steps::fate(fate)) } },
        Outcome::Won => html! { span.ok { "★ customer " (steps::fate(fate)) } },
    }
}

fn talk(report: &Report, at: usize, session: &Played, detail: Detail) -> Markup {
    let turns = &session.turns;
    let is_new_place = |turn: usize| turn == 0 || turns[turn - 1].place != turns[turn].place;
    html! {
        div {
            (speech(&session.opening, detail))
            ol.t {
                @for (number, turn) in session.turns.iter().enumerate() {
                    li id={ "s" (at) "t" (number + 1) } {
                        p.p {
                            (number + 1)
                            @if is_new_place(number) { " · " (turn.place) }
                            @if let Some((heat, will)) = session.curve.get(number + 1) {
                                " · heat " (heat) ", goodwill " (will)
                            }
                        }
                        (said(report, turn, detail))
                    }
                }
            }
            @if session.turns.is_empty() { p.note { "Nothing was said." } }
        }
    }
}

fn said(report: &Report, turn: &TurnLine, detail: Detail) -> Markup {
    let is_told = |entry: &&EntryLine| detail == Detail::Full || entry.tone == Tone::Bad;
    let entries: Vec<&EntryLine> = turn.entries.iter().filter(is_told).collect();
    let is_numbered = |number: usize| entries.iter().any(|entry| entry.number == Some(number));
    html! {
        @match &turn.said {
            Some(pieces) => p.y { (words(pieces, is_numbered)) },
            None => p.note { "Skipped." },
        }
        @if !entries.is_empty() {
            ul.e { @for entry in entries { (booked(report, entry)) } }
        }
        (speech(&turn.customer, detail))
    }
}

/// What the customer says.
fn speech(paragraphs: &[String], detail: Detail) -> Markup {
    let all = paragraphs.join("\n");
    let cut = all.char_indices().nth(SPEECH).filter(|_| detail == Detail::Short);
    html! {
        @match cut {
            _ if all.is_empty() => {},
            Some((end, _)) => p.c { (Text(all[..end].trim_end())) "…" },
            None => p.c { (Text(&all)) },
        }
    }
}

fn booked(report: &Report, entry: &EntryLine) -> Markup {
    let tone = match entry.tone {
        Tone::Good => Some("g"),
        Tone::Bad => Some("w"),
        Tone::Plain => None,
    };
    let name = entry.name.replace('-', " ");
    html! {
        li class=[tone] {
            @if let Some(number) = entry.number { (number) " " }
            i { (effect(entry)) } " "
            @match entry.rule {
                Some(rule) => a href={ "#r" (rule) } { (Text(&report.rules[rule].family.replace('-', " "))) },
                None => b { (Text(&name)) },
            }
            ": " (Text(&entry.reason))
        }
    }
}

/// What an entry did: goodwill, then heat.
fn effect(entry: &EntryLine) -> String {
    let told = |what: &str, by: i16| (by != 0).then(|| format!("{what} {}", signed(by.into())));
    let parts: Vec<String> =
        [told("goodwill", entry.goodwill), told("heat", entry.heat)].into_iter().flatten().collect();
    if parts.is_empty() { "±0".to_owned() } else { parts.join(", ") }
}

/// The marks beside the replay.
fn card(session: &Played, detail: Detail) -> Markup {
    html! {
        h4 { "Heat and goodwill" }
        (curve::session(&session.curve))
        h4 { "Marks: " (session.mark) " of 100" }
        table {
            tbody { @for step in session.steps.iter().filter(|step| step.of > 0) { (step_rows(step, detail)) } }
        }
        p.note { "The steps alone " (session.process) ", wording alone " (session.wording) "." }
        @if let Some(fate) = &session.fate { (what_became(fate)) }
        @if detail == Detail::Full && !session.practise.is_empty() {
            h4 { "Practise next" }
            p { (Text(&session.practise)) }
        }
        @for review in &session.reviews { (judged(review)) }
        @for note in &session.notes { p.note.wrap { (Text(note)) } }
        p.note { (about(session)) }
        @if let Some(file) = &session.file { p.note.wrap { "File: " (Text(file)) } }
    }
}

fn step_rows(step: &StepMark, detail: Detail) -> Markup {
    let is_told = |item: &&ItemMark| item.of > 0 && (detail == Detail::Full || item.mark < item.of);
    html! {
        tr.h { th scope="row" { (Text(&step.name)) } td { (step.mark) "/" (step.of) } }
        @for item in step.items.iter().filter(is_told) {
            tr {
                th scope="row" {
                    (Text(&item.what))
                    @if let Some(missing) = item.missing.as_ref().filter(|_| detail == Detail::Full) { small { (Text(missing)) } }
                }
                td { (item.mark) "/" (item.of) }
            }
        }
        @for loss in &step.losses {
            tr {
                th scope="row" {
                    @match &loss.quote {
                        Some(quote) => { "“" (Text(&quote.words)) "”" small { "reply " (quote.turn + 1) } },
                        None => (Text(&loss.reason)),
                    }
                }
                td.no { (signed(-i32::from(loss.marks))) }
            }
        }
    }
}

fn what_became(fate: &FateLine) -> Markup {
    html! {
        h4 { "The customer" }
        p { (fate_word(fate.outcome)) ". " (Text(&fate.text)) }
    }
}

fn judged(review: &ReviewLine) -> Markup {
    html! {
        div.rv {
            h4 { "Trainer: " bdi { (Text(&review.reviewer)) } }
            @if !review.marks.is_empty() {
                table {
                    thead { tr { th scope="col" { "Step, from 1 to 5" } th.n scope="col" { "Trainer" } th.n scope="col" { "Machine" } } }
                    tbody {
                        @for ((step, own), machine) in review.marks.iter().zip(&review.machine) {
                            tr {
                                th scope="row" { (steps::name(*step)) }
                                td.n { (own) }
                                td.n { @match machine { Some(mark) => (mark), None => "–" } }
                            }
                        }
                    }
                }
            }
            @if !review.remark.is_empty() { p.wrap dir="auto" { (Text(&review.remark)) } }
            @if review.is_blind { p.note { "Judged blind: without the name and the machine's marks." } }
            @if !review.is_current { p.note { "The session went on after this; it is not counted." } }
        }
    }
}

/// When, how long, with which help.
fn about(session: &Played) -> String {
    let minutes =
        (session.ended.timestamp().as_second() - session.started.timestamp().as_second()).max(0) / 60;
    let mut told = format!("{}, ", session.started.strftime("%A, %-d %B %Y, %H:%M"));
    told += &match minutes {
        0 => "less than a minute".to_owned(),
        1..=180 => counted(minutes as usize, "minute", "minutes"),
        _ => format!("finished {}", session.ended.strftime("%-d %B, %H:%M")),
    };
    if session.taken_back > 0 {
        told += &format!(", {} taken back", counted(session.taken_back, "reply", "replies"));
    }
    if let Some(days) = session.days_late {
        told += &format!(", {} late", counted(days as usize, "day", "days"));
    }
    told + "."
}
