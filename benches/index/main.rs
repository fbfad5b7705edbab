//! One applicant against an index of 1,000, 10,000 and 100,000: time, memory, bytes.
//!
//! `cargo bench --bench index [-- [--at FILE] NUM…]` (default 1000 10000). Résumés are composed of ordinary words in any order, every fifth
//! one of many, so that two strangers seldom share five in a row, and go through the real features; one in four has a repository,
//! the history and code of one of `corpora/demo` with every hash and time moved. Of these nothing is extracted, so that the
//! index alone is timed. Then somebody with real files, a résumé of two pages and a repository of 200 commits, is put in with
//! everything that belongs to it: by the program, which begins anew each time, and by one that stays, as a server does. The
//! index lies in the system's temporary folder: `TMPDIR=/dev/shm` leaves the disk out of the building. With `--at FILE` it
//! lies there and stays, and what it holds already is not built again.
//!
//! There is no peer that does the same.
#![allow(clippy::unwrap_used)]

mod people;
#[cfg(target_os = "linux")]
mod whole;

#[allow(dead_code)] // the other benchmark asks it
#[cfg(target_os = "linux")]
#[path = "../history/git.rs"]
mod git;
#[allow(dead_code)]
#[cfg(target_os = "linux")]
#[path = "../history/made.rs"]
mod made;
#[allow(dead_code)]
#[cfg(target_os = "linux")]
#[path = "../history/watched.rs"]
mod watched;

use crate::people::{applicant, applicant_with, bases};
use samehand::model::{ApplicantId, mix};
use samehand::pipeline::{Applicant, Handed, Memory, Options, Silent, index_at};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Applicants who are checked.
const CHECKED: u64 = 60;
/// Applicants made and put in at a time.
const PART: u64 = 500;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let sizes: Vec<u64> = arguments.iter().filter_map(|a| a.parse().ok()).collect();
    let at = arguments.iter().position(|a| a == "--at");
    let at = at.and_then(|at| arguments.get(at + 1));
    let sizes = match sizes.is_empty() {
        true => vec![1000, 10_000],
        false => sizes,
    };
    let options = Options {
        threads: 2,
        worker: Some(env!("CARGO_BIN_EXE_samehand").into()),
        ..Options::default()
    };
    let bases = bases(&options);
    let dir = tempfile::tempdir().unwrap();
    let file = at.map_or(dir.path().join("index"), PathBuf::from);
    let mut memory = Memory::create(&file, &options).unwrap();
    let mut there = index_at(&file)
        .unwrap()
        .snapshot()
        .unwrap()
        .num_applicants()
        .unwrap();
    for size in sizes {
        let start = Instant::now();
        while there < size {
            let until = size.min(there + PART);
            let part = (there..until).map(|i| applicant(i, &bases)).collect();
            memory.add(&Handed::made(part)).unwrap();
            there = until;
        }
        println!(
            "{size} applicants: built in {:.0} s",
            start.elapsed().as_secs_f64()
        );
        bytes(&file);
        check(&mut memory, size, &bases);
        #[cfg(target_os = "linux")]
        whole::measure(&mut memory, &file).unwrap();
    }
}

fn bytes(file: &Path) {
    let index = index_at(file).unwrap();
    let stats = index.snapshot().unwrap().stats().unwrap();
    let of = |names: &[&str]| -> f64 {
        let parts = stats.pages.iter().filter(|p| names.contains(&p.0.as_str()));
        parts.map(|p| p.1).sum::<u64>() as f64 / stats.applicants as f64
    };
    println!(
        "  bytes an applicant: keys {:.0}, counts {:.0}, profiles {:.0}; {:.0} keys",
        of(&["key"]),
        of(&["frequency"]),
        of(&["profile"]),
        stats.keys as f64 / stats.applicants as f64
    );
}

fn check(memory: &mut Memory, size: u64, bases: &[Applicant]) {
    for (what, code) in [("a résumé", false), ("a résumé and a repository", true)] {
        let (mut times, mut ties) = (Vec::new(), 0);
        reset_peak();
        let mut spent = 0.0;
        for n in 0..CHECKED {
            // Every third is a copy of somebody in the index under another name.
            let seed = match n % 3 {
                0 => mix(n) % size,
                _ => 1_000_000_000 + n,
            };
            let mut one = applicant_with(seed, bases, code);
            one.profile.applicant = ApplicantId::new(format!("checked {n}"));
            let handed = Handed::made(vec![one]);
            let (start, before) = (Instant::now(), cpu());
            let report = memory.scan(&handed, &Silent).unwrap();
            times.push(start.elapsed().as_secs_f64() * 1000.0);
            spent += cpu() - before;
            ties += usize::from(report.links.iter().any(|l| l.log10_lr > 2.0));
        }
        times.sort_by(f64::total_cmp);
        println!(
            "  {what}: {:.1} CPU ms, median {:.1} ms, nine in ten below {:.1} ms, slowest {:.1} ms; {ties} of {CHECKED} tied; {} MB at most",
            spent * 1000.0 / CHECKED as f64,
            times[times.len() / 2],
            times[times.len() * 9 / 10],
            times[times.len() - 1],
            peak()
        );
    }
}

/// CPU seconds of this process so far, in hundredths; needs Linux.
fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default();
    let ticks = fields.split_whitespace().skip(11).take(2);
    ticks.filter_map(|t| t.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// Forgets the largest memory so far; needs Linux.
fn reset_peak() {
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

/// Largest resident memory since, MB.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with("VmHWM:"));
    let kb = line.and_then(|l| l.split_whitespace().nth(1)?.parse::<u64>().ok());
    kb.unwrap_or(0) / 1000
}
