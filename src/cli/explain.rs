//! `amends explain`.

use super::CLEAN;
use super::failure::Failure;
use super::output::Output;
use super::setups::SetupArgs;
use crate::describe::explain;

/// Explain a rule or a family: what it hears, why it matters, what to say instead
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A rule or a family, as `amends rules` lists them
    #[arg(value_name = "RULE|FAMILY", required = true)]
    names: Vec<String>,
    /// Show all phrases, however many
    #[arg(long)]
    all: bool,

    #[command(flatten)]
    setup: SetupArgs,
}

/// Explains, and hands back the exit code.
pub(super) fn run(args: &Args) -> Result<u8, Failure> {
    let lexicon = args.setup.layers_here()?.load()?;
    let explained: Result<Vec<String>, String> =
        args.names.iter().map(|name| explain(&lexicon, name, args.all)).collect();
    let texts = explained.map_err(Failure::new)?;
    let mut output = Output::open(None)?;
    output.write(|out| out.write_all(texts.join("\n").as_bytes()))?;
    output.flush()?;
    Ok(CLEAN)
}
