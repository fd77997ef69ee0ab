//! `amends rules`.

use clap::ValueEnum;

use super::CLEAN;
use super::failure::Failure;
use super::output::Output;
use super::setups::SetupArgs;
use crate::describe::{RuleList, rules_json};

/// List all rules by family, each with its severity and why it matters
///
/// The lexicons that amends.yaml or --lexicon names are included. `amends explain RULE` tells
/// everything about one rule.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// How to write the list down
    #[arg(long, value_enum, default_value = "text")]
    format: RulesFormat,

    #[command(flatten)]
    setup: SetupArgs,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum RulesFormat {
    /// For people
    Text,
    /// For programs: one object with a version
    Json,
}

/// Lists, and hands back the exit code.
pub(super) fn run(args: &Args) -> Result<u8, Failure> {
    let lexicon = args.setup.layers_here()?.load()?;
    let mut output = Output::open(None)?;
    output.write(|out| match args.format {
        RulesFormat::Text => write!(out, "{}", RuleList(&lexicon)),
        RulesFormat::Json => writeln!(out, "{:#}", rules_json(&lexicon)),
    })?;
    output.flush()?;
    Ok(CLEAN)
}
