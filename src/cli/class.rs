//! `amends class`.

mod init;
mod report;
mod review;

use clap::Subcommand;

use super::failure::Failure;

/// Teach a class: set it up, see how everybody does, and mark sessions yourself
///
/// A class is a folder that you share. Everybody plays with `amends play --class DIR --name NAME`,
/// and what is played is recorded in it. Nothing is sent anywhere.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(super) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    Init(init::Args),
    Report(report::Args),
    Review(review::Args),
}

const EXAMPLES: &str = "\
Examples:
  amends class init autumn                      make the folder of a class
  amends check autumn                           is the roster right, and class.yaml?
  amends play --class autumn --name NAME        what everybody of the class types
  amends class report autumn -o report.html     how they do, on one page
  amends class review autumn --name Kim         your own marks, beside the machine's";

/// Does what is wanted, and hands back the exit code.
pub(super) fn run(args: &Args) -> Result<u8, Failure> {
    match &args.what {
        What::Init(args) => init::run(args),
        What::Report(args) => report::run(args),
        What::Review(args) => review::run(args),
    }
}
