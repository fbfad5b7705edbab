//! Stub for building the command line; replaced at the merge.

use crate::extract;
use crate::intake;
use crate::model::Problem;
use crate::report;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Stub.
#[derive(Clone, Debug)]
pub struct Options {
    /// Threads.
    pub threads: usize,
    /// Detectors that are off.
    pub off: BTreeSet<String>,
    /// Unmasked.
    pub reveal: bool,
    /// Chance.
    pub chance: f64,
    /// Worker binary.
    pub worker: Option<PathBuf>,
    /// Limits.
    pub limits: extract::Limits,
    /// Command line.
    pub command: String,
    /// Options that differ.
    pub changed: BTreeMap<String, String>,
    /// RFC 3339.
    pub started: String,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            threads: 1,
            off: BTreeSet::new(),
            reveal: false,
            chance: 0.05,
            worker: None,
            limits: extract::Limits::default(),
            command: String::new(),
            changed: BTreeMap::new(),
            started: String::new(),
        }
    }
}

/// Stub.
pub trait Progress: Sync {
    /// A stage begins.
    fn stage(&self, name: &str, total: u64);
    /// One step of it.
    fn step(&self);
    /// Something could not be read.
    fn problem(&self, problem: &Problem);
    /// The end.
    fn finish(&self);
}

/// Stub.
pub struct Silent;

impl Progress for Silent {
    fn stage(&self, _: &str, _: u64) {}
    fn step(&self) {}
    fn problem(&self, _: &Problem) {}
    fn finish(&self) {}
}

/// Stub.
#[derive(Serialize)]
pub struct Inspection {
    path: String,
}

impl Inspection {
    /// Stub.
    ///
    /// # Errors
    /// The writer's.
    pub fn write_human(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{}", self.path)
    }
}

/// Stub.
///
/// # Errors
/// None.
pub fn run(
    pool: intake::Pool,
    options: &Options,
    progress: &dyn Progress,
) -> anyhow::Result<report::Report> {
    progress.stage("reading", pool.applicants.len() as u64);
    pool.problems.iter().for_each(|p| progress.problem(p));
    progress.finish();
    Ok(report::Report {
        schema: "report/1".into(),
        tool: report::Tool {
            name: "samehand".into(),
            version: env!("CARGO_PKG_VERSION").into(),
        },
        run: report::Run {
            started: options.started.clone(),
            command: options.command.clone(),
            options: options.changed.clone(),
            threads: options.threads,
            ..Default::default()
        },
        background: report::BackgroundEntry::default(),
        applicants: vec![],
        evidence: vec![],
        findings: vec![],
        links: vec![],
        clusters: vec![],
        set_aside: vec![],
        problems: pool.problems,
    })
}

/// Stub.
///
/// # Errors
/// A missing file.
pub fn inspect(path: &Path, _: &Options) -> anyhow::Result<Inspection> {
    std::fs::metadata(path).map_err(|_| anyhow::anyhow!("failed to open {}", path.display()))?;
    Ok(Inspection {
        path: path.display().to_string(),
    })
}

/// Stub.
pub fn serve_worker() -> ExitCode {
    ExitCode::SUCCESS
}
