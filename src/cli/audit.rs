//! The audit log: who made which report of what, and whether it showed contacts and names.
//!
//! One line of JSON for each run, appended and never rewritten: beside the report (`audit.jsonl`) or in the file of
//! `--audit`. It is written before the report is shown, so that nothing is revealed without a line; where there is neither
//! folder nor file, the line of a run with `--reveal` goes to stderr. The line holds digests and ids, no contact and no
//! name; the report itself stays the same bytes. It does not protect itself from who may write to the file.

use crate::cli::output::Output;
use crate::cli::terminal;
use crate::cli::usage;
use crate::intake;
use crate::model::Digest;
use crate::report::Report;
use crate::report::TableEntry;
use crate::report::Tool;
use anyhow::Context;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Name of the log beside a report.
const FILE: &str = "audit.jsonl";

/// Where the lines go.
#[derive(Debug)]
pub(in crate::cli) struct Audit {
    file: Option<PathBuf>,
}

/// One line.
#[derive(Serialize)]
struct Line<'a> {
    schema: &'static str,
    time: &'a str,
    by: String,
    tool: &'a Tool,
    command: &'a str,
    options: &'a BTreeMap<String, String>,
    reveal: bool,
    report: String,
    input_digest: &'a Digest,
    inputs: Vec<Input<'a>>,
    tables: &'a [TableEntry],
    applicants: usize,
    findings: usize,
    links: usize,
    clusters: usize,
}

#[derive(Serialize, PartialEq, Eq, PartialOrd, Ord)]
struct Input<'a> {
    path: &'a str,
    sha256: &'a Digest,
}

impl Audit {
    /// `--audit`, else the folder of the report.
    ///
    /// # Errors
    /// A usage error for a file in the pool, which the next run would read as an applicant.
    pub(in crate::cli) fn new(
        asked: Option<&Path>,
        output: &Output,
        pools: &[PathBuf],
    ) -> anyhow::Result<Self> {
        let file = match (asked, output) {
            (Some(file), _) => Some(file.to_path_buf()),
            (None, Output::Files { dir, .. }) => Some(dir.join(FILE)),
            (None, Output::Summary | Output::Json) => None,
        };
        match &file {
            Some(file) if intake::would_read(pools, file) => Err(usage(format!(
                "{} lies in the pool and would be read as an applicant next time",
                file.display()
            ))),
            _ => Ok(Self { file }),
        }
    }

    /// Appends the line of a run.
    ///
    /// # Errors
    /// When it cannot be written: the report is then not shown either.
    pub(in crate::cli) fn write(
        &self,
        report: &Report,
        reveal: bool,
        output: &Output,
    ) -> anyhow::Result<()> {
        let mut line = serde_json::to_string(&line(report, reveal, output))?;
        match &self.file {
            Some(file) => {
                line.push('\n');
                let failed = || format!("failed to write to the audit log {}", file.display());
                let mut log = OpenOptions::new().append(true).create(true).open(file);
                let log = log
                    .as_mut()
                    .map_err(|e| std::io::Error::new(e.kind(), e.to_string()));
                let log = log.with_context(failed)?;
                // One write, so that runs at one time do not mix their lines.
                log.write_all(line.as_bytes()).with_context(failed)
            }
            None if reveal => {
                terminal::tell(&format!("audit: {line}"));
                Ok(())
            }
            None => Ok(()),
        }
    }
}

fn line<'a>(report: &'a Report, reveal: bool, output: &Output) -> Line<'a> {
    let sources = report.applicants.iter().flat_map(|a| &a.sources);
    let mut inputs: Vec<Input<'_>> = sources
        .map(|s| Input {
            path: &s.path,
            sha256: &s.sha256,
        })
        .collect();
    inputs.sort();
    inputs.dedup();
    Line {
        schema: "audit/1",
        time: &report.run.started,
        by: operator(),
        tool: &report.tool,
        command: &report.run.command,
        options: &report.run.options,
        reveal,
        report: match output {
            Output::Files { dir, .. } => dir.display().to_string(),
            Output::Summary | Output::Json => "stdout".into(),
        },
        input_digest: &report.run.input_digest,
        inputs,
        tables: &report.background.tables,
        applicants: report.applicants.len(),
        findings: report.findings.len(),
        links: report.links.len(),
        clusters: report.clusters.len(),
    }
}

/// The login of whoever runs the program, as the system tells it; empty where it does not.
fn operator() -> String {
    let names = ["USER", "LOGNAME", "USERNAME"];
    names
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|v| !v.is_empty()))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_log_stands_beside_the_report_and_not_in_the_pool() {
        let dir = tempfile::tempdir().unwrap();
        let (pool, out) = (dir.path().join("pool"), dir.path().join("out"));
        std::fs::create_dir_all(&pool).unwrap();
        let files = Output::Files {
            dir: out.clone(),
            formats: BTreeSet::new(),
        };
        let pools = [pool.clone()];
        let beside = Audit::new(None, &files, &pools).unwrap();
        assert_eq!(beside.file, Some(out.join(FILE)));
        assert_eq!(Audit::new(None, &Output::Json, &pools).unwrap().file, None);
        assert!(Audit::new(Some(&pool.join("log")), &files, &pools).is_err());
    }
}
