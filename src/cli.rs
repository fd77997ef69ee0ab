//! The command line: one file a subcommand. Only this part touches the terminal and files.

mod bar;
mod card;
mod check;
mod class;
mod clock;
mod commands;
mod drill;
mod ears;
mod editor;
mod explain;
mod failure;
mod files;
mod journal;
mod lint;
mod new;
mod output;
mod own;
mod parts;
mod play;
mod progress;
mod rules;
mod scan;
mod scenarios;
mod schema;
mod score;
mod screen;
mod setups;
mod source;
mod transcoded;
mod trends;

use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use failure::Failure;

/// Everything was done, and nothing was found.
const CLEAN: u8 = 0;
/// There are findings.
const FINDINGS: u8 = 1;
/// Something could not be done.
const TROUBLE: u8 = 2;

/// Practise making amends. Lint the words that don't.
#[derive(Debug, Parser)]
#[command(name = "amends", version, max_term_width = 100)]
#[command(after_help = "Begin with `amends lint FOLDER`. `amends help COMMAND` explains a command.")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Lint(lint::Args),
    Play(play::Args),
    Drill(drill::Args),
    Progress(progress::Args),
    Score(score::Args),
    Class(class::Args),
    Trends(trends::Args),
    Scan(scan::Args),
    Check(check::Args),
    Rules(rules::Args),
    Explain(explain::Args),
    Scenarios(scenarios::Args),
    New(new::Args),
    Schema(schema::Args),
}

/// Runs the program with the arguments that it was started with.
pub fn run() -> ExitCode {
    run_with(std::env::args_os())
}

fn run_with(arguments: impl Iterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            // Nobody reads on: neither the help nor a complaint could be delivered.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { TROUBLE } else { CLEAN });
        }
    };
    let code = match cli.command {
        Command::Lint(args) => lint::run(&args),
        Command::Play(args) => play::run(&args),
        Command::Drill(args) => drill::run(&args),
        Command::Progress(args) => progress::run(&args),
        Command::Score(args) => score::run(&args),
        Command::Class(args) => class::run(&args),
        Command::Trends(args) => trends::run(&args),
        Command::Scan(args) => scan::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Rules(args) => rules::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Scenarios(args) => scenarios::run(&args),
        Command::New(args) => new::run(&args),
        Command::Schema(args) => schema::run(&args),
    };
    ExitCode::from(code.unwrap_or_else(|failure| tell(&failure)))
}

/// Says what went wrong, and hands back the exit code for it.
fn tell(failure: &Failure) -> u8 {
    match failure {
        // Whoever read the output has seen enough.
        Failure::ClosedPipe => CLEAN,
        Failure::Trouble(message) => {
            let _ = writeln!(io::stderr(), "amends: {message}");
            TROUBLE
        }
    }
}
