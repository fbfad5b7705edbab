//! Somebody with real files, from the files to the report and into the index.

use crate::made;
use crate::made::Change;
use crate::watched::run;
use anyhow::{Context, Result, ensure};
use samehand::intake;
use samehand::pipeline::{Memory, Silent};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

/// A résumé of two pages.
const RESUME: &str = "corpora/demo/a04/resume.pdf";
const COMMITS: usize = 200;
const ROUNDS: usize = 12;

/// Puts the same files in again and again, each time as somebody new, and takes them out.
pub fn measure(memory: &mut Memory, index: &Path) -> Result<()> {
    let dir = tempfile::tempdir()?;
    let (mut times, mut cpu, mut peak) = (Vec::new(), 0.0, 0.0f64);
    for round in 0..ROUNDS {
        let applicant = files(dir.path(), &format!("by-program-{round}"), round)?;
        let start = Instant::now();
        let run = run(&[
            OsStr::new("check"),
            applicant.as_os_str(),
            OsStr::new("--index"),
            index.as_os_str(),
            OsStr::new("--add"),
        ])?;
        times.push(start.elapsed().as_secs_f64() * 1000.0);
        (cpu, peak) = (cpu + run.cpu, peak.max(run.peak));
        let sources = run.output["applicants"][0]["sources"].as_array();
        ensure!(
            sources.is_some_and(|s| s.len() == 2),
            "the files were not read"
        );
        remove(index, &applicant)?;
    }
    print("by the program", times);
    println!(
        "    {:.0} CPU ms, {:.0} MB at most with its workers",
        cpu * 1000.0 / ROUNDS as f64,
        peak / 1e6
    );
    let mut times = Vec::new();
    for round in 0..ROUNDS {
        let applicant = files(dir.path(), &format!("by-server-{round}"), round)?;
        let start = Instant::now();
        let handed = memory.hand_in(
            intake::open_applicants(std::slice::from_ref(&applicant))?,
            &Silent,
        )?;
        memory.scan(&handed, &Silent)?;
        memory.add(&handed)?;
        times.push(start.elapsed().as_secs_f64() * 1000.0);
        remove(index, &applicant)?;
    }
    print("by one that stays", times);
    Ok(())
}

fn print(what: &str, mut times: Vec<f64>) {
    times.sort_by(f64::total_cmp);
    println!(
        "  real files {what}: median {:.0} ms, slowest {:.0} ms",
        times[times.len() / 2],
        times[times.len() - 1]
    );
}

/// The folder of somebody new; the repository is another one each time.
fn files(dir: &Path, name: &str, number: usize) -> Result<PathBuf> {
    let applicant = dir.join(name);
    std::fs::create_dir(&applicant)?;
    std::fs::copy(RESUME, applicant.join("resume.pdf"))?;
    made::one(&applicant.join("work.git"), number, COMMITS, Change::Edit)?;
    Ok(applicant)
}

fn remove(index: &Path, applicant: &Path) -> Result<()> {
    let name = applicant
        .file_name()
        .context("it is a folder with a name")?;
    let mut remove = Command::new(env!("CARGO_BIN_EXE_samehand"));
    remove
        .args(["index", "remove"])
        .arg(name)
        .arg("--index")
        .arg(index);
    let done = remove
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()?;
    ensure!(done.success(), "failed to remove {}", applicant.display());
    Ok(())
}
