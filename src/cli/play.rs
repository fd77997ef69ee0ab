//! `amends play`.

mod answer;
mod begin;
mod choose;
mod class;
mod coach;
mod commands;
mod conversation;
mod folder;
mod know;
mod obey;
mod record;
mod why;
mod wording;

use std::path::PathBuf;

use super::failure::Failure;
use super::output::Color;
use super::setups::SetupArgs;
use crate::transcript::Mode;

pub(super) use choose::{named, read};
pub(super) use folder::file_name;
pub(super) use wording::scene as scene_name;

/// Practise: recover an upset customer, and learn from what you said
///
/// You get a scene and a customer, and you answer in your own words. Without a scenario, the scenarios
/// are listed. Every session is recorded on your machine, reply by reply; nothing is sent anywhere.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// A scenario by its name, or the file of your own; with --resume, a transcript, too
    #[arg(value_name = "SCENARIO|FILE")]
    scenario: Option<String>,

    /// coach: notes after each reply, try again as you like; exam: silent until the debrief
    #[arg(long, value_enum, default_value_t, hide_possible_values = true, conflicts_with = "resume")]
    mode: Mode,
    /// Play the same customer again, word for word: the number that `amends score` shows
    #[arg(long, value_name = "N", conflicts_with = "resume")]
    seed: Option<u32>,
    /// Your name, for the record; in a class your name on the roster, or your id
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Play in the class of this folder: what is due next, or what you left unfinished
    #[arg(long, value_name = "DIR", conflicts_with_all = CLASS_DECIDES)]
    class: Option<PathBuf>,
    /// In a class: begin anew, even if you left a session unfinished
    #[arg(long, requires = "class")]
    again: bool,
    /// Go on with the last session that did not come to its end
    #[arg(long)]
    resume: bool,

    /// For screen readers: nothing drawn, no colours, everything in words
    #[arg(long, help_heading = "Output")]
    plain: bool,
    /// When to use colours
    #[arg(long, value_enum, default_value = "auto", value_name = "WHEN", help_heading = "Output")]
    color: Color,
    /// Record into this folder, which several people may share
    #[arg(long, value_name = "DIR", help_heading = "Output")]
    results: Option<PathBuf>,

    #[command(flatten)]
    setup: SetupArgs,
}

/// What a class decides for everybody alike.
const CLASS_DECIDES: [&str; 7] =
    ["mode", "resume", "results", "lexicon", "no_default_lexicon", "config", "no_config"];

const EXAMPLES: &str = "\
Examples:
  amends play                         list the scenarios
  amends play broken-tv               play one, with a coach
  amends play broken-tv --mode exam   play it alone, with a debrief at the end
  amends play ours/lost-parcel.yaml   play a scenario of your own
  amends play --resume                go on where you left
  amends play --class autumn --name Ann    what is due next in your class

Type :help during a session. It is saved after every reply: leave whenever you like.";

/// Plays, and hands back the exit code.
pub(super) fn run(args: &Args) -> Result<u8, Failure> {
    begin::run(args)
}
