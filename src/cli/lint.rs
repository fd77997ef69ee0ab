//! `amends lint`.

mod hints;
mod huge;
mod reading;
mod run;
mod watch;

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;
use clap::builder::TypedValueParser as _;

use super::failure::{Failure, reason};
use super::files::{Choice, Job, jobs};
use super::output::{Color, Output};
use super::setups::{Lexicons, Numbered, SetupArgs, Wishes, folder_of, remark_on_names};
use crate::config::FailOn;
use crate::document::FileType;
use crate::lint::TextKind;
use crate::lint::baseline::{Baseline, Record};
use crate::report::{Format, Options};

use run::Run;

/// Find wording that costs goodwill in saved texts, and say what to write instead
///
/// Reads canned responses, e-mails and scripts: plain text, Markdown, HTML, .eml, CSV, TSV, JSON,
/// JSON Lines, YAML, and templates of these. Folders are searched for them; what .gitignore names
/// is left out. A file that you name is always tried.
///
/// CSV, TSV, JSON and JSON Lines of more than 1 MB are linted record by record, in memory that does
/// not grow with the file; a record of more than 1 MB is told and skipped. A plain text of more than
/// 1 MB is linted in parts of about 256 kB, cut at blank lines where there are any: what was heard
/// before still counts for the order, but no phrase is heard across a cut, and nothing is reported
/// as missing.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Files and folders to lint; - is standard input
    #[arg(value_name = "PATH", default_value = ".")]
    paths: Vec<PathBuf>,

    /// How to write the findings down
    #[arg(long, value_enum, default_value_t, hide_possible_values = false, help_heading = "Output")]
    format: Format,
    /// Write to this file instead of standard output
    #[arg(long, short, value_name = "FILE", help_heading = "Output")]
    output: Option<PathBuf>,
    /// Count by rule and family instead of showing each finding
    #[arg(long, help_heading = "Output")]
    statistics: bool,
    /// One line a finding, and no summary
    #[arg(long, short, help_heading = "Output")]
    quiet: bool,
    /// When to use colours
    #[arg(long, value_enum, default_value = "auto", value_name = "WHEN", help_heading = "Output")]
    color: Color,

    /// Report only these rules and families
    #[arg(long, value_name = "RULE", value_delimiter = ',', help_heading = "What counts")]
    select: Vec<String>,
    /// Leave out these rules and families
    #[arg(long, value_name = "RULE", value_delimiter = ',', help_heading = "What counts")]
    ignore: Vec<String>,
    /// From which severity on a finding makes the exit code 1 [default: warning]
    #[arg(long, value_enum, value_name = "SEVERITY", help_heading = "What counts")]
    fail_on: Option<FailOn>,
    /// What the texts are for: recovery (answers to a complaint) or general (anything else)
    #[arg(long, value_enum, help_heading = "What counts")]
    kind: Option<TextKind>,
    /// Leave out the findings that this file knows
    #[arg(long, value_name = "FILE", help_heading = "What counts")]
    baseline: Option<PathBuf>,
    /// Write all findings to this file, to be known from now on
    #[arg(long, value_name = "FILE", help_heading = "What counts")]
    write_baseline: Option<PathBuf>,

    /// The field of CSV, JSON and YAML that holds the text; may be given several times
    #[arg(long = "field", value_name = "NAME", help_heading = "Reading")]
    fields: Vec<String>,
    /// Read standard input as a file of this name would be
    #[arg(long, value_name = "NAME", help_heading = "Reading")]
    stdin_filename: Option<PathBuf>,
    /// What the files that you name are written in, whatever their names say
    #[arg(long = "type", value_name = "TYPE", value_parser = file_types(), help_heading = "Reading")]
    file_type: Option<FileType>,

    #[command(flatten)]
    setup: SetupArgs,
}

const EXAMPLES: &str = "\
Examples:
  amends lint replies/                      everything below the folder
  amends lint export.csv --field reply      one column of an export
  amends lint --kind recovery apologies/    also say what is missing
  amends lint --format github .             annotations in a GitHub workflow
  amends lint --write-baseline old.json .   begin with old texts left alone ...
  amends lint --baseline old.json .         ... and hold new ones to the rules
  pbpaste | amends lint -                   what is in the clipboard

Exit code: 0 nothing found, 1 findings of the severity --fail-on, 2 trouble, such as a file that
could not be read.";

fn file_types() -> impl clap::builder::TypedValueParser<Value = FileType> {
    PossibleValuesParser::new(FileType::all().map(FileType::name))
        .map(|name| FileType::from_name(&name).unwrap_or(FileType::Plain))
}

/// Lints, and hands back the exit code.
pub(super) fn run(args: &Args) -> Result<u8, Failure> {
    let mut configs = args.setup.configs()?;
    let mut numbered = Numbered::default();
    let choice = Choice {
        stdin_name: args.stdin_filename.as_deref(),
        file_type: args.file_type,
        kind: args.kind,
        written: [&args.output, &args.baseline, &args.write_baseline]
            .into_iter()
            .flatten()
            .cloned()
            .collect(),
    };
    let jobs = jobs(&args.paths, &choice, &mut configs, &mut numbered)?;
    refuse_to_overwrite(args, &jobs)?;
    if jobs.is_empty() {
        // Wrong names and a wrong configuration are told even where there is nothing to lint.
        numbered.number(configs.of_folder(&folder_of(Path::new("-"))).map_err(Failure::new)?);
    }
    remark_on_names(&configs);
    let lexicons = Lexicons::load(&args.setup, numbered)?;
    let wishes = Wishes {
        select: args.select.clone(),
        ignore: args.ignore.clone(),
        fields: args.fields.clone(),
        fail_on: args.fail_on,
    };
    let setups = lexicons.setups(&wishes)?;
    hints::give(args, &jobs, &setups);
    let baseline = args.baseline.as_deref().map(read_baseline).transpose()?;

    let mut output = Output::open(args.output.as_deref())?;
    output.decide_colors(args.color);
    let options = Options { quiet: args.quiet, statistics: args.statistics, width: output.width() };
    let mut report = args.format.report(&options);
    output.write(|out| report.begin(out, &lexicons.rules()))?;

    let record = args.write_baseline.is_some().then(Record::default);
    let mut run = Run::new(&setups, report, output, baseline, record);
    run.lint(&jobs, args.stdin_filename.as_deref())?;
    let (code, record) = run.finish()?;
    if let (Some(path), Some(record)) = (&args.write_baseline, record) {
        write_baseline(path, &record)?;
    }
    Ok(code)
}

/// A slip of the keyboard must not cost a text: what is read is never written over, and neither is
/// a file that is no baseline.
fn refuse_to_overwrite(args: &Args, jobs: &[Job]) -> Result<(), Failure> {
    for target in [&args.output, &args.write_baseline].into_iter().flatten() {
        let Ok(written) = target.canonicalize() else { continue };
        let is_read =
            |job: &Job| !job.is_stdin() && job.path.canonicalize().is_ok_and(|path| path == written);
        if jobs.iter().any(is_read) {
            return Err(Failure::at(
                target,
                "this is one of the texts to lint; name another file to write to",
            ));
        }
    }
    if let Some(target) = &args.write_baseline
        && target.metadata().is_ok_and(|known| known.is_file() && known.len() > 0)
    {
        read_baseline(target)?;
    }
    Ok(())
}

fn read_baseline(path: &Path) -> Result<Baseline, Failure> {
    let text = fs::read(path).map_err(|error| Failure::at(path, reason(&error)))?;
    Baseline::read(&text).map_err(|error| Failure::at(path, error))
}

/// Writes beside the file first, so that a full disk does not cost the baseline that is there.
fn write_baseline(path: &Path, record: &Record) -> Result<(), Failure> {
    let name = path.to_string_lossy();
    let is_special = path.metadata().is_ok_and(|known| !known.is_file());
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    let target = if is_special { path } else { Path::new(&beside) };
    let write = || -> io::Result<()> {
        let mut out = BufWriter::new(fs::File::create(target)?);
        record.write(&mut out)?;
        out.flush()?;
        if is_special { Ok(()) } else { fs::rename(target, path) }
    };
    write().map_err(|error| {
        if !is_special {
            // What was begun is of no use; if it cannot be removed either, it stays.
            let _ = fs::remove_file(target);
        }
        Failure::writing(&name, &error)
    })?;
    let findings = match record.len() {
        1 => "1 finding".to_owned(),
        count => format!("{count} findings"),
    };
    let name = crate::report::escape::escaped(&name);
    // A remark: nothing depends on its being read.
    let _ = writeln!(io::stderr(), "{findings} written to {name}. Lint with --baseline {name} from now on.");
    Ok(())
}
