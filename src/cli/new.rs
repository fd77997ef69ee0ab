//! `amends new`.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use clap::Subcommand;

use super::CLEAN;
use super::failure::{Failure, reason};
use super::output::Output;
use crate::authoring::bad_name;
use crate::scenario::template;

/// Write a file to begin with
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Scenario(ScenarioArgs),
}

/// Write a scenario that plays as it is, with a comment at every key
///
/// Change it, line by line, into a case of your own. `amends check FILE` tells every mistake.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
struct ScenarioArgs {
    /// The scenario's name, of small letters and hyphens: wet-sofa. With a folder ahead of it, the
    /// file is written there
    name: PathBuf,
}

const EXAMPLES: &str = "\
Examples:
  amends new scenario wet-sofa             writes wet-sofa.yaml
  amends new scenario training/wet-sofa    writes training/wet-sofa.yaml

No file is ever overwritten.";

/// Writes, and hands back the exit code.
pub(super) fn run(args: &Args) -> Result<u8, Failure> {
    let What::Scenario(ScenarioArgs { name: path }) = &args.what;
    let (name, path) = target(path)?;
    write_new(&path, &template(&name))?;
    let mut output = Output::open(None)?;
    let shown = path.display();
    output.write(|out| {
        writeln!(out, "Wrote {shown}. It plays as it is; change it into a case of your own.")?;
        writeln!(out, "  amends play {shown}     plays it")?;
        writeln!(out, "  amends check {shown}    tells every mistake, and what to do about it")
    })?;
    output.flush()?;
    Ok(CLEAN)
}

/// The scenario's name, and its file.
fn target(path: &Path) -> Result<(String, PathBuf), Failure> {
    let has_ending = path.extension().is_some_and(|ending| ending == "yaml" || ending == "yml");
    let file = if has_ending { path.to_owned() } else { with_ending(path) };
    let name = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    match bad_name(&name, "a scenario's name") {
        Some(message) => Err(Failure::at(path, message)),
        None => Ok((name, file)),
    }
}

/// What follows a full stop in a name is no ending: `v1.2` is to be refused as it stands.
fn with_ending(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".yaml");
    PathBuf::from(name)
}

fn write_new(path: &Path, text: &str) -> Result<(), Failure> {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    if let Some(parent) = parent.filter(|parent| !parent.is_dir()) {
        return Err(Failure::at(parent, "there is no such folder: make it first"));
    }
    let file = OpenOptions::new().write(true).create_new(true).open(path);
    let written = file.and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => {
            Failure::at(path, "there is such a file already, and it stays as it is: take another name")
        }
        _ => Failure::at(path, reason(&error)),
    })
}
