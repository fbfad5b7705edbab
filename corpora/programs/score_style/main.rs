//! Measures habits of code on packages by hand and on repositories of strangers.
//!
//! ```text
//! cargo run --release --example score_style -- dump FOLDER/code/LANGUAGE LANGUAGE.dump
//! cargo run --release --example score_style -- strangers REPOSITORIES
//! ```
//! `dump` counts every habit of the packages that `build_style_cohort.py` laid out; `build_style_tables.py` builds the shipped
//! tables of it, measures them and writes the calibration. `strangers` compares every pair of repositories of different
//! owners (folders named OWNER+NAME; one each) with the shipped tables: a pool in which nobody has a mate.
#![allow(clippy::unwrap_used)]

mod dump;
mod packages;
mod strangers;
#[path = "../score_code/units.rs"]
mod units;

use rayon::prelude::*;
use std::path::Path;

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let folder = Path::new(args.get(1).expect("a mode and a folder"));
    if args[0] == "strangers" {
        strangers::strangers(folder);
        return Ok(());
    }
    let listed = packages::list(folder);
    let read = |(hand, path): &(usize, std::path::PathBuf)| packages::read(*hand, path);
    let all: Vec<packages::Package> = listed.par_iter().map(read).collect();
    let mut out = std::io::BufWriter::new(std::fs::File::create(&args[2])?);
    dump::dump(&all, &mut out)?;
    Ok(())
}
