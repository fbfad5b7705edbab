//! The audit log: who made which report of what, whether it showed contacts and names, what a reviewer had decided, and
//! what was handed on or deleted.
//!
//! One line of JSON for each scan, export, disclosure and purge, appended and never rewritten: beside the report (`audit.jsonl`) or in the file of
//! `--audit`. It is written before the report is shown, so that nothing is revealed without a line; where there is neither
//! folder nor file, the line of a run with `--reveal` goes to stderr. The line holds digests and ids, no contact and no
//! name; the report itself stays the same bytes. It does not protect itself from who may write to the file.

use crate::cli::options::{now, typed_command};
use crate::cli::output::Output;
use crate::cli::terminal;
use crate::cli::usage;
use crate::intake;
use crate::model::Digest;
use crate::report::DecisionEntry;
use crate::report::Report;
use crate::report::ReviewEntry;
use crate::report::State;
use crate::report::TableEntry;
use crate::report::Tool;
use anyhow::Context;
use serde::Serialize;
use std::collections::BTreeMap;
use std::fs::OpenOptions;
use std::io::Write;
use std::path::{Path, PathBuf};

/// What the lines follow.
const SCHEMA: &str = "audit/1";

/// Name of the log beside a report.
pub(in crate::cli) const FILE: &str = "audit.jsonl";

/// Where the lines go.
#[derive(Debug)]
pub(in crate::cli) struct Audit {
    file: Option<PathBuf>,
}

/// One line.
#[derive(Serialize)]
struct Line<'a> {
    schema: &'static str,
    event: &'a str,
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
    #[serde(skip_serializing_if = "Option::is_none")]
    review: Option<Review<'a>>,
}

/// The decisions that a run was given: which, and what became of each. Notes are left to the report.
#[derive(Serialize)]
struct Review<'a> {
    sha256: &'a Digest,
    decisions: u64,
    dismissed: Vec<&'a str>,
    noted: Vec<&'a str>,
    outdated: Vec<&'a str>,
    unmatched: Vec<&'a str>,
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
        write(self.file.as_deref(), &line(report, reveal, output), reveal)
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
        schema: SCHEMA,
        // The first word behind the program's name: scan, compare.
        event: report.run.command.split(' ').nth(1).unwrap_or("scan"),
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
        review: report.review.as_ref().map(|r| review(report, r)),
    }
}

fn review<'a>(report: &'a Report, review: &'a ReviewEntry) -> Review<'a> {
    let evidence = report.evidence.iter().map(|e| (&e.id, &e.decision));
    let findings = report.findings.iter().map(|f| (&f.id, &f.decision));
    let links = report.links.iter().map(|l| (&l.id, &l.decision));
    let all: Vec<(&String, &DecisionEntry)> = evidence
        .chain(findings)
        .chain(links)
        .filter_map(|(id, decision)| Some((id, decision.as_ref()?)))
        .collect();
    let ids = |holds: &dyn Fn(&DecisionEntry) -> bool| {
        let some = all.iter().filter(|(_, d)| holds(d));
        some.map(|(id, _)| id.as_str()).collect()
    };
    Review {
        sha256: &review.sha256,
        decisions: review.decisions,
        dismissed: ids(&DecisionEntry::dismisses),
        noted: ids(&|d| d.state == State::Noted),
        outdated: ids(&|d| d.state == State::Dismissed && d.outdated),
        unmatched: review.unmatched.iter().map(|d| d.id.as_str()).collect(),
    }
}

/// What was done with a report that was made before.
pub(in crate::cli) struct Event<'a> {
    /// `export`, `disclose`, `purge`.
    pub what: &'static str,
    /// Options that say which part, by name.
    pub options: Vec<(&'static str, String)>,
    /// Whether contacts and names were shown.
    pub reveal: bool,
    /// Where it went, or what was deleted.
    pub report: String,
    /// Digest of what was scanned.
    pub input_digest: Option<&'a str>,
    /// Files that were written or deleted.
    pub files: Vec<String>,
}

#[derive(Serialize)]
struct EventLine<'a> {
    schema: &'static str,
    event: &'static str,
    time: String,
    by: String,
    tool: Tool,
    command: String,
    options: BTreeMap<&'static str, &'a str>,
    reveal: bool,
    report: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    input_digest: Option<&'a str>,
    files: &'a [String],
}

/// Appends the line of an event to `file`; without one, a reveal is told on stderr.
///
/// # Errors
/// When it cannot be written: then nothing may be shown or handed on either.
pub(in crate::cli) fn append(file: Option<&Path>, event: &Event<'_>) -> anyhow::Result<()> {
    let line = EventLine {
        schema: SCHEMA,
        event: event.what,
        time: now(),
        by: operator(),
        tool: Tool {
            name: "samehand".into(),
            version: env!("CARGO_PKG_VERSION").into(),
        },
        command: typed_command(),
        options: event
            .options
            .iter()
            .map(|(k, v)| (*k, v.as_str()))
            .collect(),
        reveal: event.reveal,
        report: &event.report,
        input_digest: event.input_digest,
        files: &event.files,
    };
    write(file, &line, event.reveal)
}

fn write(file: Option<&Path>, line: &impl Serialize, reveal: bool) -> anyhow::Result<()> {
    let mut line = serde_json::to_string(line)?;
    match file {
        Some(file) => {
            line.push('\n');
            let failed = || format!("failed to write to the audit log {}", file.display());
            let log = OpenOptions::new().append(true).create(true).open(file);
            let mut log = log.with_context(failed)?;
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

/// The log of what is done with a report: `--audit`, else the one beside the report where something is written to a file.
pub(in crate::cli) fn beside(
    asked: Option<&Path>,
    report: &Path,
    to_a_file: bool,
) -> Option<PathBuf> {
    let folder = match report.is_dir() {
        true => report,
        false => report.parent().unwrap_or(Path::new("")),
    };
    match asked {
        Some(file) => Some(file.to_path_buf()),
        None => to_a_file.then(|| folder.join(FILE)),
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
