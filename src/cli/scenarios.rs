//! `amends scenarios`.

use std::path::PathBuf;

use clap::ValueEnum;

use super::CLEAN;
use super::failure::Failure;
use super::output::Output;
use crate::authoring::{Problem, scenarios};
use crate::describe::{ScenarioList, scenarios_json};
use crate::scenario::ScenarioFile;
use crate::{embedded, yaml};

/// List the scenarios that can be played, each with what it trains
///
/// Without a PATH these are the scenarios that amends brings; with one, those of a file or a folder.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Scenarios of your own: files, and folders of files
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// How to write the list down
    #[arg(long, value_enum, default_value = "text")]
    format: ListFormat,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ListFormat {
    /// For people
    Text,
    /// For programs: one object with a version
    Json,
}

/// Lists, and hands back the exit code.
pub(super) fn run(args: &Args) -> Result<u8, Failure> {
    let files = if args.paths.is_empty() { built_in()? } else { own(&args.paths)? };
    let mut output = Output::open(None)?;
    output.write(|out| match args.format {
        ListFormat::Text => write!(out, "{}", ScenarioList(&files)),
        ListFormat::Json => writeln!(out, "{:#}", scenarios_json(&files)),
    })?;
    output.flush()?;
    Ok(CLEAN)
}

fn built_in() -> Result<Vec<ScenarioFile>, Failure> {
    let read = |(name, text): &(&str, &str)| scenarios::read_file(name, (*text).to_owned());
    embedded::scenarios().iter().map(read).collect::<Result<_, _>>().map_err(|problems| unusable(&problems))
}

fn own(paths: &[PathBuf]) -> Result<Vec<ScenarioFile>, Failure> {
    let mut files = Vec::new();
    for path in paths {
        if !path.exists() {
            return Err(Failure::at(path, "there is no such file or folder"));
        }
        for found in scenarios::files(path).map_err(|problems| unusable(&problems))? {
            let text = yaml::read_text(&found).map_err(|mistake| Failure::at(&found, mistake.message))?;
            let file = scenarios::read_file(&found.display().to_string(), text);
            files.push(file.map_err(|problems| unusable(&problems))?);
        }
    }
    Ok(files)
}

fn unusable(problems: &[Problem]) -> Failure {
    Failure::problems("a scenario cannot be used", problems)
}
