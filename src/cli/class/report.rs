//! `amends class report`.

use std::path::PathBuf;

use clap::ValueEnum;

use crate::class::report::{Options, PageOptions, Report};
use crate::class::{self, Class};
use crate::cli::failure::{Failure, remark};
use crate::cli::output::Output;
use crate::cli::{CLEAN, clock};
use crate::nearest::nearest;
use crate::report::escape::escaped;
use crate::wording::counted;

/// See how a class does, on one page, and what to teach next
///
/// The page needs no network and no script: open it in any browser, put it on the projector, print
/// it, send it on. It is made anew each time from the transcripts and reviews in the folder.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The folder of the class
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// What to make
    #[arg(long, value_enum, default_value = "html")]
    format: ReportFormat,
    /// Write into this file instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Leave the names out, everywhere: a number stands for each, the same in every report
    #[arg(long)]
    anonymous: bool,
    /// A page about one person only, with every session in full
    #[arg(long, value_name = "NAME")]
    person: Option<String>,
    /// What the names in xAPI statements begin with: an address of yours, or a URN
    #[arg(long, value_name = "IRI", default_value = "urn:amends")]
    base: String,
}

const EXAMPLES: &str = "\
Examples:
  amends class report autumn --output report.html                 the page
  amends class report autumn --anonymous --output report.html     the page without names
  amends class report autumn --person \"Ann Lee\" -o ann.html       a page for Ann
  amends class report autumn --format csv --output marks.csv      a row for each session, for a spreadsheet
  amends class report autumn --format xapi --output marks.json    statements for a learning record store";

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ReportFormat {
    /// A page for people
    Html,
    /// A row for each session, for spreadsheets
    Csv,
    /// One object with a version, for programs
    Json,
    /// Statements of xAPI 1.0.3, for learning record stores
    Xapi,
}

/// Makes the report, and hands back the exit code.
pub(super) fn run(args: &Args) -> Result<u8, Failure> {
    check(args)?;
    let now = clock::now();
    let class = class::read(&args.folder, now.timestamp())
        .map_err(|problems| Failure::problems("the class cannot be used", &problems))?;
    let report = Report::of(&class, &Options { now, is_anonymous: args.anonymous });
    let text = match args.format {
        ReportFormat::Html => {
            let person = args.person.as_deref().map(|name| person(&report, &class, name)).transpose()?;
            report.page(&PageOptions { person, ..PageOptions::default() })
        }
        ReportFormat::Csv => report.csv(),
        ReportFormat::Json => report.json(),
        ReportFormat::Xapi => report.xapi(&args.base),
    };
    // Only now: what was there before is better than half of what comes.
    let mut output = Output::open(args.output.as_deref())?;
    if args.format == ReportFormat::Html && output.is_terminal() {
        return Err(Failure::new("a page is nothing for a terminal: add --output report.html"));
    }
    output.write(|out| out.write_all(text.as_bytes()))?;
    output.flush()?;
    tell(args, &report);
    Ok(CLEAN)
}

fn check(args: &Args) -> Result<(), Failure> {
    if args.person.is_some() && args.format != ReportFormat::Html {
        return Err(Failure::new("--person is for the page: leave out --format, or --person"));
    }
    let is_sign =
        |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"' | '{' | '}' | '|' | '\\' | '^' | '`');
    let scheme = args.base.split_once(':').filter(|(_, rest)| !rest.is_empty()).map(|(scheme, _)| scheme);
    let is_scheme = |scheme: &str| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    };
    if !scheme.is_some_and(is_scheme) || !args.base.chars().all(is_sign) {
        return Err(Failure::new(format_args!(
            "--base {}: this is no IRI; write an address such as https://example.org/training, or a URN such as urn:ours",
            escaped(&args.base)
        )));
    }
    Ok(())
}

/// The person of this name or id, as the report or the roster has it.
fn person(report: &Report, class: &Class, name: &str) -> Result<usize, Failure> {
    let wanted = name.trim().to_lowercase();
    let is_wanted = |own: &str| own.trim().to_lowercase() == wanted;
    let found: Vec<usize> = (0..report.people.len())
        .filter(|&at| is_wanted(&report.people[at].name) || is_wanted(&report.people[at].id))
        .collect();
    match found.as_slice() {
        [only] => Ok(*only),
        [] => Err(unknown(report, name)),
        _ => {
            let ids: Vec<String> =
                found.iter().map(|&at| escaped(&report.people[at].id).to_string()).collect();
            Err(Failure::new(format_args!(
                "{}: several people of {} have this name; say which by the id: {}",
                escaped(name),
                escaped(&class.name),
                ids.join(", ")
            )))
        }
    }
}

fn unknown(report: &Report, name: &str) -> Failure {
    let names = report.people.iter().map(|person| person.name.as_str());
    let hint = match nearest(name, names) {
        Some(meant) => format!("did you mean {}?", escaped(meant)),
        None if report.is_anonymous => "name the number that stands for the person".to_owned(),
        None => "look into the roster for the names".to_owned(),
    };
    Failure::new(format_args!("{}: nobody in the class is called so; {hint}", escaped(name)))
}

/// Says what was made. The page itself is somewhere else.
fn tell(args: &Args, report: &Report) {
    let Some(path) = &args.output else { return };
    let troubles = match report.troubles.len() {
        0 => String::new(),
        count => format!("; {} told in it", counted(count, "trouble is", "troubles are")),
    };
    remark(format_args!(
        "{}: {}, {}{troubles}",
        escaped(&path.to_string_lossy()),
        counted(report.people.len(), "person", "people"),
        counted(report.sessions.len(), "session", "sessions"),
    ));
}
