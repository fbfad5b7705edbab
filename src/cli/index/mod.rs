//! `samehand index`

mod add;
mod ask;
mod report;

use crate::cli::exit::Status;
use clap::Subcommand;
use std::path::PathBuf;

/// Keep applicants for later comparisons: add, list, remove, verify, report on all of them
///
/// An index is one file. `samehand check` and `samehand scan --index` compare new applicants with everybody in it.
///
/// Exit codes: 0 finished; 3 finished, some inputs could not be read; 2 usage; 1 the run failed, or the index is not whole.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Add(add::Args),
    List(ask::List),
    Stats(ask::Stats),
    Verify(ask::Verify),
    Remove(ask::Remove),
    Decide(ask::Decide),
    Report(Box<report::Args>),
}

/// The file.
#[derive(Debug, clap::Args)]
pub(in crate::cli::index) struct File {
    /// The index
    #[arg(long, value_name = "FILE", help_heading = "Index")]
    pub index: PathBuf,
}

/// Runs the command.
pub(in crate::cli) fn run(args: &Args) -> anyhow::Result<Status> {
    match &args.command {
        Command::Add(args) => add::run(args),
        Command::List(args) => ask::list(args),
        Command::Stats(args) => ask::stats(args),
        Command::Verify(args) => ask::verify(args),
        Command::Remove(args) => ask::remove(args),
        Command::Decide(args) => ask::decide(args),
        Command::Report(args) => report::run(args),
    }
}
