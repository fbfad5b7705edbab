//! `samehand disclose`

use crate::cli::audit;
use crate::cli::audit::Event;
use crate::cli::exit::Status;
use crate::cli::terminal;
use crate::cli::usage;
use crate::report::{
    Disclosure, disclose, read_report, write_disclosure_html, write_disclosure_json,
};
use anyhow::Context;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

const FILES: [&str; 2] = ["disclosure.html", "disclosure.json"];

/// Write what a report holds about one applicant, for that applicant; others become unrecognisable
///
/// Contacts are shown as the report shows them: hand in a report made with --reveal to show the applicant's own unmasked.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// Id of the applicant, as the report names it
    applicant: String,

    /// The report.json of a scan, or the folder that holds it
    #[arg(long, value_name = "REPORT", help_heading = "Report")]
    report: PathBuf,

    /// Write disclosure.html and disclosure.json into this folder; without it the JSON is printed
    #[arg(short, long, value_name = "DIR", help_heading = "Report")]
    output: Option<PathBuf>,

    /// Append a line about this to FILE [default with -o: audit.jsonl beside the report]
    #[arg(long, value_name = "FILE", help_heading = "Report")]
    audit: Option<PathBuf>,
}

/// Runs the command.
pub(in crate::cli) fn run(args: &Args) -> anyhow::Result<Status> {
    let report = read_report(&args.report)?;
    let disclosure = disclose(&report, &args.applicant).map_err(|e| usage(e.to_string()))?;
    let reveal = report.run.options.contains_key("reveal");
    let event = Event {
        what: "disclose",
        options: vec![("applicant", args.applicant.clone())],
        reveal,
        report: shown(args.output.as_deref()),
        input_digest: Some(&report.run.input_digest.0),
        files: args
            .output
            .iter()
            .flat_map(|_| FILES.map(String::from))
            .collect(),
    };
    // Before anything is shown: what leaves the house leaves a line.
    let log = audit::beside(args.audit.as_deref(), &args.report, args.output.is_some());
    audit::append(log.as_deref(), &event)?;
    let Some(dir) = &args.output else {
        terminal::to_stdout(|out| write_disclosure_json(&disclosure, out))?;
        return Ok(Status::Finished);
    };
    write(&disclosure, dir).with_context(|| format!("failed to write to {}", dir.display()))?;
    terminal::tell(&format!("written to {}", dir.join(FILES[0]).display()));
    Ok(Status::Finished)
}

/// Where it goes, as the log names it.
fn shown(output: Option<&Path>) -> String {
    output.map_or_else(|| "stdout".into(), |dir| dir.display().to_string())
}

fn write(disclosure: &Disclosure, dir: &Path) -> io::Result<()> {
    fs::create_dir_all(dir)?;
    let mut html = BufWriter::new(File::create(dir.join(FILES[0]))?);
    write_disclosure_html(disclosure, &mut html)?;
    html.flush()?;
    let mut json = BufWriter::new(File::create(dir.join(FILES[1]))?);
    write_disclosure_json(disclosure, &mut json)?;
    json.flush()
}
