//! The two measurements, and their lines.

use crate::git;
use crate::made;
use crate::made::Change;
use crate::watched::{num_repositories, scan};
use anyhow::{Context, Result, ensure};
use samehand::extract::{Job, Limits, NoVisitor};
use samehand::model::Reading;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

const ROUNDS: usize = 3;
/// Repositories of the second measurement.
const SMALL: usize = 1000;

pub fn main() -> Result<()> {
    let arguments: Vec<_> = std::env::args_os()
        .skip(1)
        .filter(|a| a != "--bench")
        .collect();
    let number = |n: Option<&OsString>| n?.to_str()?.parse().ok();
    match arguments.first() {
        Some(first) if first == "small" => smalls(number(arguments.get(1)).unwrap_or(SMALL)),
        Some(first) if first == "pool" => pool(&arguments[1..]),
        Some(_) => large(&arguments.iter().map(PathBuf::from).collect::<Vec<_>>()),
        None => {
            let made = tempfile::tempdir()?;
            made::large(made.path())?;
            large(&[made.path().into()])?;
            smalls(SMALL)
        }
    }
}

/// Each repository alone: the commits beside `git log`, commits and files beside `git log` and a list of the files with
/// their sizes, then a scan.
fn large(paths: &[PathBuf]) -> Result<()> {
    for path in paths {
        let pool = tempfile::tempdir()?;
        let dir = pool.path().join("p1");
        std::fs::create_dir(&dir)?;
        copy(&git::git_dir(&path.canonicalize()?), &dir.join("work.git"))?;
        let bare = tempfile::tempdir()?;
        let commits_only = bare.path().join("commits.git");
        copy(&dir.join("work.git"), &commits_only)?;
        git::commits_only(path, &commits_only)?;
        println!("{}", path.display());
        let commits = walk(&commits_only, git::log)?;
        println!("  {:>7} commits          {commits}", commits.num_commits);
        let both = walk(&dir.join("work.git"), |p| Ok(git::log(p)? + git::list(p)?))?;
        println!("  and {:>7} files at tips {both}", both.num_files);
        let scan = scan(pool.path())?;
        ensure!(
            num_repositories(&scan.output) == 1,
            "the repository was not scanned"
        );
        println!(
            "  scan {:.2} s: worker {:.2} s, contents thus {:.2} s, at most {:.0} MB; parent {:.2} s, {:.0} MB; together {:.0} MB",
            scan.cpu,
            scan.workers.cpu,
            scan.workers.cpu - both.ours,
            scan.workers.peak / 1e6,
            scan.parent.cpu,
            scan.parent.peak / 1e6,
            scan.peak / 1e6
        );
    }
    Ok(())
}

/// CPU seconds of one reading by us and by git, the least of the rounds.
struct Walked {
    num_commits: usize,
    num_files: usize,
    ours: f64,
    theirs: f64,
}

impl std::fmt::Display for Walked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (ours, theirs) = (self.ours, self.theirs);
        let ratio = ours / theirs;
        write!(
            f,
            "samehand {ours:.2} s, git {theirs:.2} s, ratio {ratio:.2}"
        )
    }
}

fn walk(path: &Path, peer: impl Fn(&[PathBuf]) -> Result<f64>) -> Result<Walked> {
    let (mut ours, mut theirs) = (f64::MAX, f64::MAX);
    let mut read = (0, 0);
    for _ in 0..ROUNDS {
        let start = own_cpu();
        read = self::read(path)?;
        ours = ours.min(own_cpu() - start);
        theirs = theirs.min(peer(&[path.into()])?);
    }
    let (num_commits, num_files) = read;
    Ok(Walked {
        num_commits,
        num_files,
        ours,
        theirs,
    })
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

/// Many small repositories, each of another applicant: edited as people do, and rewritten by every commit.
fn smalls(number: usize) -> Result<()> {
    for change in [Change::Edit, Change::Rewrite] {
        let pool = tempfile::tempdir()?;
        let paths = made::small(pool.path(), number, change)?;
        print!("{change:?}, {} commits each: ", made::SMALL_COMMITS);
        all(pool.path(), &paths)?;
    }
    Ok(())
}

/// Repositories that exist, each of another applicant.
fn pool(paths: &[OsString]) -> Result<()> {
    let pool = tempfile::tempdir()?;
    let mut copies = Vec::with_capacity(paths.len());
    for (n, path) in paths.iter().enumerate() {
        let dir = pool.path().join(format!("p{n:04}"));
        std::fs::create_dir(&dir)?;
        let to = dir.join("work.git");
        copy(&git::git_dir(&Path::new(path).canonicalize()?), &to)?;
        copies.push(to);
    }
    all(pool.path(), &copies)
}

/// A scan of a pool of repositories beside `git log` of each.
fn all(pool: &Path, paths: &[PathBuf]) -> Result<()> {
    let number = paths.len();
    let theirs = git::log(paths)?;
    let scan = scan(pool)?;
    let scanned = num_repositories(&scan.output);
    ensure!(
        scanned == number,
        "{scanned} of {number} repositories were scanned"
    );
    println!(
        "{number} repositories: scan {:.2} s, {:.0} for each CPU second (worker {:.2} s, {:.0} MB; parent {:.2} s, {:.0} MB); git log {theirs:.2} s, {:.0}",
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
