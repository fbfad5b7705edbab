//! Builds `corpora/background/rhythms.bin` from the times of anonymous authors' commits.
//!
//! `cargo run --release --example build_rhythms -- commit_rhythms.csv.gz corpora/background/rhythms.bin`
//!
//! The output holds groups of at least five people, smoothed and rounded: `src/features/rhythm/table.rs`.

mod rhythm_data;

use samehand::features::rhythm::Activity;
use samehand::features::rhythm::Rhythms;

fn main() -> anyhow::Result<()> {
    let [input, output] = std::env::args()
        .skip(1)
        .collect::<Vec<_>>()
        .try_into()
        .map_err(|_| anyhow::anyhow!("usage: build_rhythms RHYTHMS.csv.gz OUT.bin"))?;
    let authors = rhythm_data::read(&input)?;
    let people: Vec<_> = authors.into_values().map(Activity::by_own_clock).collect();
    let bytes = Rhythms::build(&people);
    println!("{} authors, {} bytes", people.len(), bytes.len());
    std::fs::write(&output, bytes)?;
    Ok(())
}
