//! `samehand index report`

use crate::cli::args::Shared;
use crate::cli::args::WORDS;
use crate::cli::audit::Audit;
use crate::cli::exit::Status;
use crate::cli::index::File;
use crate::cli::options::Settings;
use crate::cli::output::Output;
use crate::cli::session;
use crate::model::Words;
use crate::pipeline::Memory;
use std::path::PathBuf;

/// Report on everybody in an index, as one scan of them all
///
/// Code that the report draws is read again from where it lay; what lies there no more is not drawn.
#[derive(Debug, clap::Args)]
#[command(after_help = WORDS)]
pub(in crate::cli::index) struct Args {
    #[command(flatten)]
    file: File,

    #[command(flatten)]
    shared: Shared,

    /// What was dismissed or noted [default: what `samehand index decide` keeps]; see docs/decisions.md
    #[arg(long, value_name = "FILE", help_heading = "Report")]
    decisions: Option<PathBuf>,

    /// Exit with 10 when a cluster holds a link of at least this strength that nobody dismissed
    #[arg(long, value_name = "WORD", help_heading = "Report")]
    exit_on: Option<Words>,
}

/// Runs the command.
pub(in crate::cli::index) fn run(args: &Args) -> anyhow::Result<Status> {
    let settings = Settings::new(&args.shared, args.exit_on)?;
    let settings = settings.with_decisions(args.decisions.as_deref(), &[])?;
    let output = Output::new(&settings, &[])?;
    let audit = Audit::new(settings.audit.as_deref(), &output, &[])?;
    let mut memory = Memory::open(&args.file.index, &settings.options)?;
    session::write(&settings, &output, &audit, |screen| memory.report(screen))
}
