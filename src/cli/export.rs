//! `samehand export`

use crate::cli::audit;
use crate::cli::audit::Event;
use crate::cli::exit::Status;
use crate::cli::terminal;
use crate::cli::usage;
use crate::report::{ExportFormat, Report, export, read_report};
use anyhow::Context;
use clap::ValueEnum;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

/// Write a report for other programs: graphs, and exchanges between analysts
///
/// Graphs hold every applicant and every link; stix and misp hold groups only. Contacts and names are left out unless the
/// scan revealed them and --reveal is given again.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// The report.json of a scan, or the folder that holds it
    report: PathBuf,

    /// What to write
    #[arg(long, value_enum, help_heading = "Report")]
    format: Format,

    /// Write to this file; without it to stdout
    #[arg(short, long, value_name = "FILE", help_heading = "Report")]
    output: Option<PathBuf>,

    /// Write the contacts and names of a report that was made with --reveal
    #[arg(long, help_heading = "Report")]
    reveal: bool,

    /// Append a line about this to FILE [default with -o: audit.jsonl beside the report; a --reveal without -o, on stderr]
    #[arg(long, value_name = "FILE", help_heading = "Report")]
    audit: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    /// For networkx, igraph, yEd, Gephi.
    #[value(name = "graphml")]
    GraphMl,
    /// For Gephi.
    Gexf,
    /// STIX 2.1 bundle of the groups.
    Stix,
    /// MISP event of the groups.
    Misp,
}

impl From<Format> for ExportFormat {
    fn from(format: Format) -> Self {
        match format {
            Format::GraphMl => Self::GraphMl,
            Format::Gexf => Self::Gexf,
            Format::Stix => Self::Stix,
            Format::Misp => Self::Misp,
        }
    }
}

/// Runs the command.
pub(in crate::cli) fn run(args: &Args) -> anyhow::Result<Status> {
    let report = read_report(&args.report)?;
    let mut written = Vec::new();
    export(&report, args.format.into(), args.reveal, &mut written)?;
    if let Some(path) = &args.output
        && is_input(&args.report, path)
    {
        return Err(usage(format!(
            "{} is the report itself; name another file",
            path.display()
        )));
    }
    log(args, &report)?;
    let Some(path) = &args.output else {
        terminal::to_stdout(|out| out.write_all(&written))?;
        return Ok(Status::Finished);
    };
    write(path, &written).with_context(|| format!("failed to write {}", path.display()))?;
    terminal::tell(&format!("written to {}", path.display()));
    Ok(Status::Finished)
}

/// The line of the audit log, before anything is shown.
fn log(args: &Args, report: &Report) -> anyhow::Result<()> {
    let format = args.format.to_possible_value();
    let file = args.output.as_ref().map(|path| path.display().to_string());
    let event = Event {
        what: "export",
        options: vec![(
            "format",
            format.map_or(String::new(), |f| f.get_name().into()),
        )],
        reveal: args.reveal,
        report: file.clone().unwrap_or_else(|| "stdout".into()),
        input_digest: Some(&report.run.input_digest.0),
        files: file.into_iter().collect(),
    };
    let log = audit::beside(args.audit.as_deref(), &args.report, args.output.is_some());
    audit::append(log.as_deref(), &event)
}

fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut out = BufWriter::new(File::create(path)?);
    out.write_all(bytes)?;
    out.flush()
}

/// Whether writing to `output` would replace the report that was read.
fn is_input(report: &Path, output: &Path) -> bool {
    let Ok(output) = fs::canonicalize(output) else {
        return false;
    };
    [report.to_path_buf(), report.join("report.json")]
        .iter()
        .any(|input| fs::canonicalize(input).is_ok_and(|input| input == output))
}
