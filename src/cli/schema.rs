//! `amends schema`.

use clap::ValueEnum;

use super::CLEAN;
use super::failure::Failure;
use super::output::Output;
use crate::authoring::FileKind;
use crate::class::{ClassFile, RosterFile};
use crate::config::ConfigFile;
use crate::drill::DrillFile;
use crate::scenario::ScenarioFile;
use crate::yaml::shape::Shape;

/// Print the JSON Schema of a YAML format, so that your editor completes and checks it
///
/// Save it and name it in the first line of your file:
/// # yaml-language-server: $schema=lexicon.schema.json
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub(super) struct Args {
    /// Which format
    #[arg(value_enum, value_name = "FORMAT")]
    format: Format,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    /// A family of a lexicon
    Lexicon,
    /// The word lists of a lexicon, words.yaml
    Words,
    /// What hearing something does, its marks, and the coach's words, coaching.yaml
    Coaching,
    /// The drills of a family
    Drill,
    /// A scenario, to be played
    Scenario,
    /// The configuration, amends.yaml
    Config,
    /// The settings of a class, class.yaml
    Class,
    /// Who belongs to a class, roster.yaml
    Roster,
}

/// Prints, and hands back the exit code.
pub(super) fn run(args: &Args) -> Result<u8, Failure> {
    let shape = match args.format {
        Format::Lexicon => FileKind::Family.shape(),
        Format::Words => FileKind::Words.shape(),
        Format::Coaching => FileKind::Coaching.shape(),
        Format::Drill => Shape::of::<DrillFile>(),
        Format::Scenario => Shape::of::<ScenarioFile>(),
        Format::Config => Shape::of::<ConfigFile>(),
        Format::Class => Shape::of::<ClassFile>(),
        Format::Roster => Shape::of::<RosterFile>(),
    };
    let mut output = Output::open(None)?;
    output.write(|out| writeln!(out, "{:#}", shape.schema()))?;
    output.flush()?;
    Ok(CLEAN)
}
