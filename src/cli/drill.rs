//! `amends drill`.

mod commands;
mod desk;
mod list;
mod log;
mod show;
mod sitting;
mod wording;

use std::path::PathBuf;

use super::CLEAN;
use super::failure::Failure;
use super::output::Color;
use super::screen::Screen;
use super::setups::SetupArgs;

use desk::Desk;
use sitting::Sitting;
pub(super) use wording::{went, when};

/// Drill one skill for a minute: a customer's line to answer, or bad words to put right
///
/// You answer in your own words, and see at once what worked, what broke and why, and a good answer.
/// What comes next is decided by what you have drilled before and how it went, and by what cost most in
/// the sessions that you have played. Each time you get another sentence. The log stays on your machine.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// Only these families, in turn; without any, what is due and what is new
    #[arg(value_name = "FAMILY", conflicts_with = "list")]
    families: Vec<String>,

    /// So many prompts
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..=500))]
    count: u16,
    /// List the families, and when each is due
    #[arg(long)]
    list: bool,
    /// Show the same prompts again: any number
    #[arg(long, value_name = "N")]
    seed: Option<u64>,

    /// For screen readers: nothing drawn, no colours, everything in words
    #[arg(long, help_heading = "Output")]
    plain: bool,
    /// When to use colours
    #[arg(long, value_enum, default_value = "auto", value_name = "WHEN", help_heading = "Output")]
    color: Color,
    /// Keep the log in this folder, in place of your own
    #[arg(long, value_name = "DIR", help_heading = "Output")]
    folder: Option<PathBuf>,

    #[command(flatten)]
    setup: SetupArgs,
}

const EXAMPLES: &str = "\
Examples:
  amends drill                          five prompts: what is due, then what is new
  amends drill policy-shield            one skill, five times
  amends drill --list                   every family, and when it is due
  amends drill --lexicon ours/          with the drills of your own lexicon, too

Type :help during a sitting. It is saved after every answer: leave whenever you like.";

/// Drills, and hands back the exit code.
pub(super) fn run(args: &Args) -> Result<u8, Failure> {
    let desk = Desk::open(args)?;
    let screen = Screen::open(args.plain, args.color)?;
    if args.list {
        list::show(screen, &desk)?;
    } else {
        Sitting::new(&desk, screen).run(&desk.showings(args)?)?;
    }
    Ok(CLEAN)
}
