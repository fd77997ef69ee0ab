//! The report as one page: HTML that needs no network and no script, on paper, in the dark, on a
//! telephone and on a projector.

mod curve;
mod overview;
mod parts;
mod replay;
mod tables;
mod teach;
mod terse;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::Report;
use parts::Text;
use replay::Replays;

const STYLE: &str = include_str!("page/page.css");

/// What the page shows.
#[derive(Debug, Clone)]
pub struct PageOptions {
    /// Only the sessions of this person: the place in [`Report::people`].
    pub person: Option<usize>,
    /// The page may have so many bytes. What does not fit is left out, and the page says so.
    pub limit: usize,
}

impl Default for PageOptions {
    fn default() -> Self {
        Self { person: None, limit: 4_900_000 }
    }
}

/// The page.
pub(super) fn page(report: &Report, options: &PageOptions) -> String {
    let before = match options.person {
        None => overview(report),
        Some(_) => html! {},
    };
    let after = after(report);
    let room = options.limit.saturating_sub(before.0.len() + after.0.len() + STYLE.len() + 40_000);
    let sessions = Replays::of(report, options, room).section(report, options);
    let title = title(report, options);
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                // Nothing may be fetched and nothing may run, whatever stands in a reply.
                meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'";
                meta name="referrer" content="no-referrer";
                title { (Text(&title)) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a.skip href="#main" { "Go to the content" }
                (overview::header(report, options))
                main id="main" {
                    (before)
                    (sessions)
                    (after)
                }
                (overview::footer(report))
            }
        }
    };
    page.into_string()
}

fn title(report: &Report, options: &PageOptions) -> String {
    match options.person {
        Some(person) => format!("{}: {}", report.class, report.people[person].name),
        None => format!("{}: report", report.class),
    }
}

fn overview(report: &Report) -> Markup {
    html! {
        (teach::section(report))
        (tables::who_did_what(report))
        (overview::three_things(report))
        (tables::steps(report))
        (teach::faults(report))
        (tables::progress(report))
        (tables::agreement(report))
        (overview::troubles(report))
    }
}

fn after(report: &Report) -> Markup {
    html! {
        (overview::reference(report))
    }
}
