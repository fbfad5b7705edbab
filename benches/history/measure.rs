//! The two measurements, and their lines.

use crate::git;
use crate::made;
use crate::watched::scan;
use anyhow::{Context, Result, ensure};
use samehand::extract::{Job, Limits, NoVisitor};
use samehand::model::Reading;
use std::path::{Path, PathBuf};

const ROUNDS: usize = 3;
/// Repositories of the second measurement.
const SMALL: usize = 1000;

pub fn main() -> Result<()> {
    let arguments: Vec<_> = std::env::args_os()
        .skip(1)
        .filter(|a| a != "--bench")
        .collect();
    let number = |n: Option<&std::ffi::OsString>| n?.to_str()?.parse().ok();
    match arguments.first() {
        Some(first) if first == "small" => small(number(arguments.get(1)).unwrap_or(SMALL)),
        Some(_) => large(&arguments.iter().map(PathBuf::from).collect::<Vec<_>>()),
        None => {
            let made = tempfile::tempdir()?;
            made::large(made.path())?;
            large(&[made.path().into()])?;
            small(SMALL)
        }
    }
}

/// Each repository alone: the walk beside `git log`, then a scan.
fn large(paths: &[PathBuf]) -> Result<()> {
    println!(
        "{:>9} {:>8} {:>10} {:>8} {:>6}  repository",
        "commits", "files", "samehand", "git log", "ratio"
    );
    for path in paths {
        let (mut ours, mut theirs) = (f64::MAX, f64::MAX);
        let (mut commits, mut files) = (0, 0);
        for _ in 0..ROUNDS {
            let start = own_cpu();
            (commits, files) = read(path)?;
            ours = ours.min(own_cpu() - start);
            theirs = theirs.min(git::log(std::slice::from_ref(path))?);
        }
        let ratio = ours / theirs;
        println!(
            "{commits:>9} {files:>8} {ours:>8.2} s {theirs:>6.2} s {ratio:>6.2}  {}",
            path.display()
        );
        let pool = tempfile::tempdir()?;
        let dir = pool.path().join("p1");
        std::fs::create_dir(&dir)?;
        copy(&path.canonicalize()?, &dir.join("work.git"))?;
        let scan = scan(pool.path())?;
        ensure!(scan.repositories == 1, "the repository was not scanned");
        println!(
            "          scan {:.2} s: worker {:.2} s, contents thus {:.2} s, at most {:.0} MB; parent {:.2} s, {:.0} MB",
            scan.cpu,
            scan.workers.cpu,
            scan.workers.cpu - ours,
            scan.workers.peak / 1e6,
            scan.parent.cpu,
            scan.parent.peak / 1e6
        );
    }
    Ok(())
}

/// Files are linked where they can be: a repository may be large.
fn copy(from: &Path, to: &Path) -> Result<()> {
    std::fs::create_dir(to)?;
    for entry in std::fs::read_dir(from)? {
        let (entry, to) = (entry?, to.to_path_buf());
        let to = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &to)?;
        } else if std::fs::hard_link(entry.path(), &to).is_err() {
            std::fs::copy(entry.path(), &to)?;
        }
    }
    Ok(())
}

/// Many small repositories, each of another applicant.
fn small(number: usize) -> Result<()> {
    let pool = tempfile::tempdir()?;
    let paths = made::small(pool.path(), number)?;
    let theirs = git::log(&paths)?;
    let scan = scan(pool.path())?;
    ensure!(
        scan.repositories == number,
        "{} of {number} repositories were scanned",
        scan.repositories
    );
    println!(
        "{number} repositories of {} commits: scan {:.2} s, {:.0} for each CPU second (worker {:.2} s, {:.0} MB; parent {:.2} s, {:.0} MB); git log {theirs:.2} s, {:.0}",
        made::SMALL_COMMITS,
        scan.cpu,
        number as f64 / scan.cpu,
        scan.workers.cpu,
        scan.workers.peak / 1e6,
        scan.parent.cpu,
        scan.parent.peak / 1e6,
        number as f64 / theirs,
    );
    Ok(())
}

fn read(path: &Path) -> Result<(usize, usize)> {
    // a bench may read larger repositories than a worker
    let limits = Limits {
        memory: 8 << 30,
        ..Limits::default()
    };
    let job = Job {
        path: path.into(),
        shown: "bench".into(),
        repository: true,
        inside: None,
        attempt: 0,
    };
    let read = samehand::extract::read(&job, &limits, &mut NoVisitor);
    match read.with_context(|| path.display().to_string())?.1 {
        Reading::Repository { history, code, .. } => Ok((history.commits.len(), code.len())),
        Reading::Document(_) => anyhow::bail!("a repository was read as a document"),
    }
}

/// CPU seconds of this process.
fn own_cpu() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}
