//! `amends trends`.

mod csv;
mod gather;
mod json;
mod table;
mod text;

use std::path::PathBuf;

use clap::ValueEnum;

use super::CLEAN;
use super::failure::Failure;
use super::output::{Color, Output};
use crate::trends::{Attribute, DayOrder, FieldChoice, find};

/// Find what repeats in a casebook of failures: when, where, with what, how busy
///
/// Reads CSV, TSV, JSON Lines, JSON and YAML with a record for each failure, and folders of sessions, whose
/// depositions become records. Says what repeats more often than chance would do it, how sure that is,
/// and what to ask next.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Casebooks, and folders of sessions or of a class; - for standard input
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,

    /// Which column holds what, where the name does not tell: place=Branch. The names are date, time, weekday,
    /// product, supplier, place, person, load, failure and words
    #[arg(long = "field", value_name = "NAME=COLUMN", help_heading = "Reading")]
    fields: Vec<FieldChoice>,
    /// How to read dates such as 3/4/2026
    #[arg(long, value_enum, value_name = "ORDER", help_heading = "Reading")]
    dates: Option<DayOrder>,
    /// How many customers there were, by hour, weekday, place and the like: a table with a column `count`
    #[arg(long, value_name = "FILE", help_heading = "Reading")]
    traffic: Option<PathBuf>,

    /// Show a table instead: how many records there are by this
    #[arg(long, value_enum, value_name = "WHAT", help_heading = "Output")]
    by: Vec<Attribute>,
    /// How to write down what was found
    #[arg(long, value_enum, default_value = "text", help_heading = "Output")]
    format: TrendsFormat,
    /// For screen readers: nothing drawn, no colours, everything in words
    #[arg(long, help_heading = "Output")]
    plain: bool,
    /// When to use colours
    #[arg(long, value_enum, default_value = "auto", value_name = "WHEN", help_heading = "Output")]
    color: Color,

    /// Read sessions with the lexicon in this folder laid over the one that amends brings; a class brings its own
    #[arg(long, value_name = "DIR", help_heading = "Reading")]
    lexicon: Vec<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  amends trends casebook.csv                               what repeats
  amends trends casebook.csv --traffic customers.csv       the same, against how many customers came
  amends trends casebook.csv --by weekday                  a table with bars
  amends trends casebook.csv --field place=Filiale         a column with a name of its own
  amends trends class/ --format csv > casebook.csv         the depositions of a class as a casebook

Exit code: 0 everything was read, 2 trouble, such as a file without records.";

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum TrendsFormat {
    /// For people
    Text,
    /// For programs: one object with a version
    Json,
    /// The records as they were read, for a spreadsheet
    Csv,
}

/// Looks for what repeats, and hands back the exit code.
pub(super) fn run(args: &Args) -> Result<u8, Failure> {
    let gathered = gather::gather(args)?;
    let traffic = gather::traffic(args, &gathered.casebook)?;
    match args.format {
        TrendsFormat::Csv => {
            let mut output = Output::open(None)?;
            output.write(|out| csv::write(out, &gathered.casebook))?;
            output.flush()?;
        }
        TrendsFormat::Json => {
            let trends = find(&gathered.casebook, traffic.as_ref());
            let value = json::value(args, &gathered, &trends);
            let mut output = Output::open(None)?;
            output.write(|out| json::write(out, &value))?;
            output.flush()?;
        }
        TrendsFormat::Text if !args.by.is_empty() => table::show(args, &gathered.casebook, traffic.as_ref())?,
        TrendsFormat::Text => {
            let trends = find(&gathered.casebook, traffic.as_ref());
            text::show(args, &gathered, traffic.as_ref(), &trends)?;
        }
    }
    Ok(CLEAN)
}
