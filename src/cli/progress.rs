//! `amends progress`.

mod json;
mod plot;
mod report;
mod text;

use std::path::PathBuf;

use clap::ValueEnum;

use super::failure::Failure;
use super::output::{Color, Output};
use super::screen::Screen;
use super::setups::SetupArgs;
use super::{CLEAN, TROUBLE};

use report::Report;

/// See how far you have come: marks over time, what costs most, streak, what is due
///
/// All of it is computed from the transcripts and the drill log in your folder of practice. They are
/// plain text: copy them, share them between two machines, delete what you do not want to keep.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Read this folder in place of your own: what `play --results` and `drill --folder` wrote
    #[arg(long, value_name = "DIR")]
    folder: Option<PathBuf>,

    /// How to write it down
    #[arg(long, value_enum, default_value = "text", help_heading = "Output")]
    format: ProgressFormat,
    /// For screen readers: nothing drawn, no colours, everything in words
    #[arg(long, help_heading = "Output")]
    plain: bool,
    /// When to use colours
    #[arg(long, value_enum, default_value = "auto", value_name = "WHEN", help_heading = "Output")]
    color: Color,

    #[command(flatten)]
    setup: SetupArgs,
}

const EXAMPLES: &str = "\
Examples:
  amends progress                       what you have practised on this machine
  amends progress --folder results/     what lies in another folder
  amends progress --format json         the same for programs

Exit code: 0 everything was read, 2 trouble, such as a file that could not be used; the rest is told
all the same.";

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ProgressFormat {
    /// For people
    Text,
    /// For programs: one object with a version
    Json,
}

/// Tells, and hands back the exit code.
pub(super) fn run(args: &Args) -> Result<u8, Failure> {
    let report = Report::make(args)?;
    match args.format {
        ProgressFormat::Text => text::show(Screen::open(args.plain, args.color)?, &report)?,
        ProgressFormat::Json => {
            let mut output = Output::open(None)?;
            output.write(|out| writeln!(out, "{:#}", json::value(&report)))?;
            output.flush()?;
        }
    }
    Ok(if report.skipped.is_empty() { CLEAN } else { TROUBLE })
}
