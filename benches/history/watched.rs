//! A scan with the program, watched through `/proc`.

use anyhow::{Context, Result, ensure};
use std::collections::BTreeMap;
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

/// What a scan took.
pub struct Scanned {
    /// CPU seconds of the program and of its workers that it has waited for: all of them.
    pub cpu: f64,
    /// The program itself.
    pub parent: Taken,
    /// Its workers: CPU seconds together, memory of the largest.
    pub workers: Taken,
    /// Repositories whose commits are in the report.
    pub repositories: usize,
}

/// Scans a pool on one thread.
pub fn scan(pool: &Path) -> Result<Scanned> {
    let report = tempfile::NamedTempFile::new()?;
    let before = children_seconds()?;
    let mut child = Command::new(env!("CARGO_BIN_EXE_samehand"))
        .args(["scan", "--format", "json", "--progress", "never", "-j", "1"])
        .arg(pool)
        .stdout(Stdio::from(report.reopen()?))
        .stderr(Stdio::null())
        .spawn()?;
    let (mut parent, mut workers) = (Taken::default(), BTreeMap::new());
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        parent = taken(child.id()).unwrap_or(parent);
        for worker in children(child.id()) {
            if let Some(now) = taken(worker) {
                workers.insert(worker, now);
            }
        }
        std::thread::sleep(Duration::from_millis(2));
    };
    ensure!(
        matches!(status.code(), Some(0..=3)),
        "scan ended with {status}"
    );
    let report: serde_json::Value = serde_json::from_reader(report.reopen()?)?;
    let applicants = report["applicants"]
        .as_array()
        .context("a report has applicants")?;
    let sources = applicants.iter().filter_map(|a| a["sources"].as_array());
    let kinds = sources.flatten().map(|source| &source["kind"]);
    Ok(Scanned {
        cpu: children_seconds()? - before,
        parent,
        workers: Taken {
            cpu: workers.values().map(|w| w.cpu).sum(),
            peak: workers.values().map(|w| w.peak).fold(0.0, f64::max),
        },
        repositories: kinds.filter(|kind| *kind == "git").count(),
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
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let peak = status.lines().find_map(|l| l.strip_prefix("VmHWM:"))?;
    let peak: f64 = peak.trim().strip_suffix(" kB")?.parse().ok()?;
    let (user, system, ..) = ticks(&process.to_string())?;
    Some(Taken {
        cpu: (user + system) / TICKS,
        peak: peak * 1024.0,
    })
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
