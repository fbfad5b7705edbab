//! `samehand inspect`

use crate::cli::exit::Status;
use crate::cli::terminal;
use crate::pipeline::{self, Options};
use clap::ValueEnum;
use std::path::PathBuf;

/// Show what one file or repository keeps: tools, times, lineage, revisions, links, pictures, contacts, commits
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// A document or a repository
    path: PathBuf,

    /// How to print it
    #[arg(long, value_enum, default_value_t = Format::Human, help_heading = "Report")]
    format: Format,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For reading.
    Human,
    /// For programs.
    Json,
}

/// Runs the command.
pub(in crate::cli) fn run(args: &Args) -> anyhow::Result<Status> {
    let inspection = pipeline::inspect(&args.path, &Options::default())?;
    match args.format {
        Format::Human => terminal::to_stdout(|out| inspection.write_human(out))?,
        Format::Json => terminal::to_stdout(|out| {
            serde_json::to_writer_pretty(&mut *out, &inspection)?;
            out.write_all(b"\n")
        })?,
    }
    Ok(Status::Finished)
}
