//! `amends class review`.

mod commands;
mod log;
mod show;
mod sitting;

use std::path::PathBuf;

use crate::class::{self, Attempt, Class, heard};
use crate::cli::CLEAN;
use crate::cli::clock;
use crate::cli::editor;
use crate::cli::failure::Failure;
use crate::cli::output::Color;
use crate::cli::screen::Screen;
use crate::text::fnv_1a;

use commands::COMMANDS;
use log::Log;
use sitting::Sitting;

/// Mark sessions yourself, beside the machine
///
/// Shows one session after the other, turn by turn, and asks for your mark of each step, from 1 to 5,
/// and for a remark. Sessions that have no mark of yours come first. Your marks are kept beside those of
/// the machine; the report shows how far you agree. Stop whenever you like, and go on another day.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    /// The folder of the class
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Who you are: each reviewer's marks are kept apart
    #[arg(long, value_name = "NAME")]
    name: String,
    /// Hide the names, and what the machine says: so you mark what was said, and nothing else. The
    /// sessions come in no order
    #[arg(long)]
    blind: bool,
    /// For screen readers: nothing drawn, no colours, everything in words
    #[arg(long, help_heading = "Output")]
    plain: bool,
    /// When to use colours
    #[arg(long, value_enum, default_value = "auto", value_name = "WHEN", help_heading = "Output")]
    color: Color,
}

const EXAMPLES: &str = "\
Examples:
  amends class review autumn --name Kim            go on with what you have not marked yet
  amends class review autumn --name Kim --blind    the same without names

The marks: 1 does harm, 2 poor, 3 so-so, 4 good, 5 as it should be. For agreement the machine's mark of
a step counts as 1 below 20 of 100, as 2 below 40, as 3 below 60, as 4 below 80, and else as 5.";

/// Goes through the sessions, and hands back the exit code.
pub(super) fn run(args: &Args) -> Result<u8, Failure> {
    let reviewer = args.name.split_whitespace().collect::<Vec<_>>().join(" ");
    if reviewer.is_empty() {
        return Err(Failure::new("say who you are: --name NAME"));
    }
    let now = clock::now();
    let class = class::read(&args.folder, now.timestamp())
        .map_err(|problems| Failure::problems("this class cannot be used", &problems))?;
    let queue = queue(&class, &reviewer, args.blind);
    let screen = Screen::open(args.plain, args.color)?;
    let editor = editor::open(screen.is_terminal(), COMMANDS.names());
    let log = Log::new(&args.folder, &reviewer);
    let mut sitting = Sitting { args, class: &class, reviewer, queue, screen, editor, log, marked: 0 };
    sitting.run(now.time_zone())?;
    Ok(CLEAN)
}

/// What there is to be marked.
struct Queue {
    /// Finished sessions, those without a mark of this reviewer first.
    sessions: Vec<usize>,
    /// How many of them have none.
    new: usize,
    /// How many sessions are not finished.
    unfinished: usize,
}

fn queue(class: &Class, reviewer: &str, is_blind: bool) -> Queue {
    let is_marked = |number: usize| {
        let mut own = class.reviews.iter().filter(|review| review.reviewer == reviewer);
        own.any(|review| review.attempt == number && review.is_current)
    };
    let all = || class.attempts.iter().enumerate();
    let mut sessions: Vec<usize> =
        all().filter(|(_, attempt)| attempt.is_finished()).map(|(number, _)| number).collect();
    // By time the tries of one person would follow each other, and a class has its day for each.
    if is_blind {
        sessions.sort_by_key(|&number| shuffled(&class.attempts[number], reviewer));
    }
    let (mut new, marked): (Vec<usize>, Vec<usize>) =
        sessions.into_iter().partition(|&number| !is_marked(number));
    let unfinished = all().filter(|(_, attempt)| !attempt.is_finished()).count();
    let count = new.len();
    new.extend(marked);
    Queue { sessions: new, new: count, unfinished }
}

/// A number that has nothing to do with who played, and when.
fn shuffled(attempt: &Attempt, reviewer: &str) -> u64 {
    fnv_1a(reviewer.bytes().chain(heard(attempt).bytes()).chain(attempt.file.bytes()))
}
