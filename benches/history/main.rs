//! What repositories cost, beside `git log` on the same ones.
//!
//! `cargo bench --bench history -- REPOSITORY…` reads each repository with the function that workers call (commits,
//! signatures, trailers, and the files at the tips) and lets `git log --all` print the same fields to nowhere: the CPU
//! seconds of both, the least of three rounds, and their ratio, wanted at most 1.0. Then it scans a pool of that
//! repository alone with the program: CPU seconds and peak memory of the worker, which also looks into the contents of
//! files; wanted below 300 MB. Without a repository it makes one of 20,000 commits.
//!
//! `cargo bench --bench history -- small [NUM]` makes NUM (1,000) repositories of 30 commits and 12 files and scans them on
//! one thread: repositories for each CPU second of the program and its worker, wanted at least 200, beside `git log`.
//!
//! Without arguments it does both. Processes are watched through `/proc`, so this runs on Linux only.

#![allow(missing_docs)]

#[cfg(target_os = "linux")]
mod git;
#[cfg(target_os = "linux")]
mod made;
#[cfg(target_os = "linux")]
mod measure;
#[cfg(target_os = "linux")]
mod watched;

#[cfg(target_os = "linux")]
fn main() -> anyhow::Result<()> {
    measure::main()
}

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("processes are watched on Linux only");
}
