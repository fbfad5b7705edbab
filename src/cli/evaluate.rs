//! `samehand evaluate`

use crate::cli::exit::Status;
use crate::cli::terminal;
use crate::detect::DETECTORS;
use crate::evaluate::{Labels, evaluate, write_human};
use crate::model::Family;
use crate::report::read_report;
use anyhow::Context;
use clap::ValueEnum;
use std::fs::File;
use std::path::PathBuf;

/// Measure a report against labels: what was found, what was missed, who was flagged without cause
///
/// LABELS is a CSV with the columns applicant and hand, and kind if you have it. Applicants with the same word under hand
/// were prepared by one hand; an empty hand is a hand of its own. A kind that begins with innocent marks a look-alike.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// The report.json of a scan, or the folder that holds it
    report: PathBuf,

    /// Who shares a hand
    labels: PathBuf,

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
    let report = read_report(&args.report)?;
    let named = || args.labels.display().to_string();
    let file = File::open(&args.labels).with_context(|| format!("failed to open {}", named()))?;
    let labels = Labels::read(file).with_context(named)?;
    let families: Vec<(&str, Family)> = DETECTORS
        .iter()
        .map(|d| (d.card().id, d.card().family))
        .collect();
    let evaluation = evaluate(&report, &labels, &families).with_context(named)?;
    match args.format {
        Format::Human => terminal::to_stdout(|out| write_human(&evaluation, out))?,
        Format::Json => terminal::to_stdout(|out| {
            serde_json::to_writer_pretty(&mut *out, &evaluation)?;
            out.write_all(b"\n")
        })?,
    }
    Ok(Status::Finished)
}
