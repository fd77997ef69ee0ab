//! `amends score`.

mod compare;
mod grade;
mod json;
mod text;

use std::path::PathBuf;

use clap::ValueEnum;

use super::failure::Failure;
use super::output::{Color, Output};
use super::setups::SetupArgs;
use super::{CLEAN, TROUBLE};
use crate::session::Ground;

use grade::{Grader, Session};

/// Grade recorded sessions and plain chats again, from their text alone
///
/// Reads transcripts of `amends play`, and texts in which each turn begins with "agent:" or
/// "customer:". A transcript holds the scenario that was played, and is graded against that.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Transcripts and chats; a folder stands for the transcripts in it, - for standard input
    #[arg(value_name = "FILE", required = true)]
    paths: Vec<PathBuf>,

    /// How to write the marks down
    #[arg(long, value_enum, default_value = "text", help_heading = "Output")]
    format: ScoreFormat,
    /// For screen readers: nothing drawn, no colours, everything in words
    #[arg(long, help_heading = "Output")]
    plain: bool,
    /// When to use colours
    #[arg(long, value_enum, default_value = "auto", value_name = "WHEN", help_heading = "Output")]
    color: Color,

    /// Say whose marks change under the lexicon of --lexicon
    #[arg(long)]
    compare: bool,
    /// Grade chats as if this scenario had been played: a name or a file
    #[arg(long, value_name = "NAME")]
    scenario: Option<String>,

    #[command(flatten)]
    setup: SetupArgs,
}

const EXAMPLES: &str = "\
Examples:
  amends score results/                              every session in a folder
  amends score chat.txt                              a chat, by what it says alone
  amends score chat.txt --scenario broken-tv         a chat, as a session with this customer
  amends score results/ --compare --lexicon ours/    whose marks change under another lexicon

Exit code: 0 everything was graded, 2 trouble, such as a file that could not be read.";

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ScoreFormat {
    /// For people
    Text,
    /// For programs: one object with a version
    Json,
}

/// Grades, and hands back the exit code.
pub(super) fn run(args: &Args) -> Result<u8, Failure> {
    if args.compare && !args.setup.names_a_lexicon() {
        return Err(Failure::new("--compare needs a lexicon to compare with: add --lexicon DIR"));
    }
    let paths = grade::paths(&args.paths)?;
    let ground = args.setup.ground_here()?;
    let scenario = args.scenario.as_deref();
    let graded = |ground: &Ground| {
        let grader = Grader::new(ground, scenario);
        paths.iter().map(|path| grader.grade(path)).collect()
    };
    let sessions: Vec<Session> = graded(&ground);
    let before: Option<Vec<Session>> =
        if args.compare { Some(graded(&args.setup.without_lexicons().ground_here()?)) } else { None };
    match args.format {
        ScoreFormat::Text => text::show(args, &sessions, before.as_deref())?,
        ScoreFormat::Json => {
            let mut output = Output::open(None)?;
            let value = json::value(&sessions, before.as_deref());
            output.write(|out| writeln!(out, "{value:#}"))?;
            output.flush()?;
        }
    }
    let has_trouble = sessions.iter().chain(before.iter().flatten()).any(|session| session.graded.is_err());
    Ok(if has_trouble { TROUBLE } else { CLEAN })
}
