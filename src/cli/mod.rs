//! Arguments, terminal, exit code. One file is one subcommand; what they share stands in [`options`] and [`session`].
//!
//! stdout is the report, stderr progress and problems. A reader that closes stdout early is no failure.

mod args;
mod audit;
mod background;
mod check;
mod compare;
mod config;
mod disclose;
mod evaluate;
mod exit;
mod explain;
mod export;
mod fetch;
mod generate;
mod index;
mod inspect;
mod options;
mod output;
mod purge;
mod scan;
#[cfg(feature = "serve")]
mod serve;
mod session;
mod terminal;
mod watchlist;

pub use explain::{cards_markdown, cards_table};

use crate::pipeline;
use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Tells whether the same hand is behind several job applications.
///
/// It reads a pool of applicants and reports what ties some of them together, how strongly, where it stands and which
/// ordinary explanations there are. It runs offline and never gives a verdict about a person.
#[derive(Debug, Parser)]
#[command(
    name = "samehand",
    version,
    max_term_width = 100,
    subcommand_required = true,
    arg_required_else_help = true
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Scan(scan::Args),
    Check(check::Args),
    Index(index::Args),
    Fetch(fetch::Args),
    Inspect(inspect::Args),
    Compare(compare::Args),
    Background(background::Args),
    Disclose(disclose::Args),
    Evaluate(evaluate::Args),
    Explain(explain::Args),
    Export(export::Args),
    Purge(purge::Args),
    #[cfg(feature = "serve")]
    Serve(serve::Args),
    Watchlist(watchlist::Args),
    Generate(generate::Args),
    /// Reads sources for a scan; started by the program itself.
    #[command(hide = true)]
    Worker,
}

/// Runs the command line.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(e) => return say(&e),
    };
    match run(cli.command) {
        Ok(code) => code,
        Err(e) => failed(&e),
    }
}

fn run(command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Scan(args) => scan::run(&args).map(ExitCode::from),
        Command::Check(args) => check::run(&args).map(ExitCode::from),
        Command::Index(args) => index::run(&args).map(ExitCode::from),
        Command::Fetch(args) => fetch::run(&args).map(ExitCode::from),
        Command::Inspect(args) => inspect::run(&args).map(ExitCode::from),
        Command::Compare(args) => compare::run(&args).map(ExitCode::from),
        Command::Background(args) => background::run(&args).map(ExitCode::from),
        Command::Disclose(args) => disclose::run(&args).map(ExitCode::from),
        Command::Evaluate(args) => evaluate::run(&args).map(ExitCode::from),
        Command::Explain(args) => explain::run(&args).map(ExitCode::from),
        Command::Export(args) => export::run(&args).map(ExitCode::from),
        Command::Purge(args) => purge::run(&args).map(ExitCode::from),
        #[cfg(feature = "serve")]
        Command::Serve(args) => serve::run(&args).map(ExitCode::from),
        Command::Watchlist(args) => watchlist::run(&args).map(ExitCode::from),
        Command::Generate(args) => generate::run(&args).map(ExitCode::from),
        Command::Worker => Ok(pipeline::serve_worker()),
    }
}

fn failed(error: &anyhow::Error) -> ExitCode {
    if error.is::<terminal::Closed>() {
        return ExitCode::SUCCESS;
    }
    for line in format!("error: {error:#}").lines() {
        terminal::tell(line);
    }
    if error.is::<Usage>() {
        exit::Status::Usage.into()
    } else {
        exit::Status::Failed.into()
    }
}

/// Prints help, the version or a usage error as clap does.
fn say(message: &clap::Error) -> ExitCode {
    // Nobody is left to tell when this fails.
    let _ = message.print();
    if message.use_stderr() {
        exit::Status::Usage.into()
    } else {
        ExitCode::SUCCESS
    }
}

/// A usage error that clap cannot find by itself.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Usage(String);

fn usage(message: impl Into<String>) -> anyhow::Error {
    Usage(message.into()).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_definition_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_option_has_a_heading_and_one_line_of_help() {
        for command in Cli::command()
            .get_subcommands()
            .filter(|c| !c.is_hide_set())
        {
            for option in command
                .get_opts()
                .filter(|o| !["help", "version"].contains(&o.get_id().as_str()))
            {
                let name = format!("{} --{}", command.get_name(), option.get_id());
                assert!(
                    option
                        .get_help()
                        .is_some_and(|h| !h.to_string().contains('\n')),
                    "{name}: help"
                );
                assert!(option.get_help_heading().is_some(), "{name}: heading");
            }
        }
    }
}
