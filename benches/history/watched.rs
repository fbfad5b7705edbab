//! A run of the program, watched through `/proc`.

use anyhow::{Context, Result, ensure};
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

/// What a process took.
#[derive(Clone, Copy, Default)]
pub struct Taken {
    /// CPU seconds, user and system.
    pub cpu: f64,
    /// Largest resident memory, bytes.
    pub peak: f64,
}

/// What a run took.
pub struct Run {
    /// CPU seconds of the program and of its workers that it has waited for: all of them.
    pub cpu: f64,
    /// The program itself.
    pub parent: Taken,
    /// Its workers: CPU seconds together, memory of the largest.
    pub workers: Taken,
    /// Largest resident memory of the program and its workers at one time, bytes.
    pub peak: f64,
    /// What it wrote to standard output.
    pub output: serde_json::Value,
}

/// Scans a pool on one thread.
pub fn scan(pool: &Path) -> Result<Run> {
    let scan = ["scan", "--format", "json", "--progress", "never", "-j", "1"];
    run(&[&scan.map(OsStr::new)[..], &[pool.as_os_str()]].concat())
}

/// Repositories whose commits are in a report.
pub fn num_repositories(report: &serde_json::Value) -> usize {
    let applicants = report["applicants"].as_array().into_iter().flatten();
    let sources = applicants.filter_map(|a| a["sources"].as_array());
    let kinds = sources.flatten().map(|source| &source["kind"]);
    kinds.filter(|kind| *kind == "git").count()
}

/// Runs the program, which is to print JSON.
pub fn run(arguments: &[&OsStr]) -> Result<Run> {
    let output = tempfile::NamedTempFile::new()?;
    let before = children_seconds()?;
    let mut child = Command::new(env!("CARGO_BIN_EXE_samehand"))
        .args(arguments)
        .stdout(Stdio::from(output.reopen()?))
        .stderr(Stdio::null())
        .spawn()?;
    let (mut parent, mut workers) = (Taken::default(), BTreeMap::new());
    let mut peak = 0.0f64;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        parent = taken(child.id()).unwrap_or(parent);
        let mut now = resident(child.id());
        for worker in children(child.id()) {
            now += resident(worker);
            if let Some(taken) = taken(worker) {
                workers.insert(worker, taken);
            }
        }
        peak = peak.max(now);
        std::thread::sleep(Duration::from_millis(2));
    };
    ensure!(
        matches!(status.code(), Some(0..=3)),
        "it ended with {status}"
    );
    Ok(Run {
        cpu: children_seconds()? - before,
        parent,
        workers: Taken {
            cpu: workers.values().map(|w| w.cpu).sum(),
            peak: workers.values().map(|w| w.peak).fold(0.0, f64::max),
        },
        peak,
        output: serde_json::from_reader(output.reopen()?)?,
    })
}

fn children(parent: u32) -> Vec<u32> {
    let mut all = Vec::new();
    let tasks = std::fs::read_dir(format!("/proc/{parent}/task"));
    for task in tasks.into_iter().flatten().flatten() {
        let children = std::fs::read_to_string(task.path().join("children")).unwrap_or_default();
        all.extend(
            children
                .split_whitespace()
                .filter_map(|id| id.parse::<u32>().ok()),
        );
    }
    all
}

/// What a running process took so far; `None` where it has ended, and has no memory any more.
fn taken(process: u32) -> Option<Taken> {
    let peak = memory(process, "VmHWM:")?;
    let (user, system, ..) = ticks(&process.to_string())?;
    Some(Taken {
        cpu: (user + system) / TICKS,
        peak,
    })
}

/// Resident memory of a running process, bytes.
fn resident(process: u32) -> f64 {
    memory(process, "VmRSS:").unwrap_or(0.0)
}

fn memory(process: u32, field: &str) -> Option<f64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let size = status.lines().find_map(|l| l.strip_prefix(field))?;
    let size: f64 = size.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(size * 1024.0)
}

/// Clock ticks of a second (`USER_HZ`).
const TICKS: f64 = 100.0;

/// User and system time of a process, then of its children that it has waited for, in ticks.
fn ticks(process: &str) -> Option<(f64, f64, f64, f64)> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // the name of the program is in brackets and may hold blanks
    let mut fields = stat.rsplit_once(") ")?.1.split(' ').skip(11);
    let mut next = || fields.next()?.parse().ok();
    Some((next()?, next()?, next()?, next()?))
}

fn children_seconds() -> Result<f64> {
    let (_, _, user, system) = ticks("self").context("/proc/self/stat is unreadable")?;
    Ok((user + system) / TICKS)
}
