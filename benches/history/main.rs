//! What repositories cost, beside `git log` on the same ones.
//!
//! `cargo bench --bench history -- REPOSITORY…` reads each repository with the function that workers call, the least of
//! three rounds, in CPU seconds: its commits alone (signatures and trailers too) beside `git log --all` that prints the
//! same fields to nowhere, wanted at most 1.0; and commits with the files at the tips beside `git log` and git's own list
//! of those files with their sizes. Then it scans a pool of that repository alone with the program: CPU seconds and peak
//! memory of the worker, which also looks into the contents of files; wanted below 300 MB. Without a repository it makes
//! one of 20,000 commits.
//!
//! `cargo bench --bench history -- small [NUM]` makes NUM (1,000) repositories of 30 commits and 12 files and scans them on
//! one thread: repositories for each CPU second of the program and its worker, wanted at least 200, beside `git log`. It does so
//! twice: where each commit edits a part of a file, as people do, and where each writes a whole file anew. With
//! `pool REPOSITORY…` it scans those that are named.
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
