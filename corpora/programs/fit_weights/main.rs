//! Fits the weights of families and what depends on them, and reports on other worlds.
//!
//! ```text
//! cargo run --release --example generate_pool -- FIT --side fit --worlds 12 --seed 1
//! cargo run --release --example generate_pool -- REPORT --side report --worlds 12 --seed 1001
//! for w in FIT/* REPORT/*; do samehand scan $w/pool -o $w --format json; done
//! cargo run --release --example fit_weights -- FIT REPORT [--write]
//! ```
//! Prints Markdown: what was fitted, then AUC, average precision, equal error rate, Cllr and Cllr_min, B-cubed, recall by
//! kind, the honesty of the ratios by stratum. With `--write` it writes `corpora/calibration/weights.json`, and the figures
//! and curves into docs/. The reports must be scanned again with the new weights for relations and groups to be theirs.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod curves;
mod figures;
mod fit;
mod rows;

use anyhow::Context;
use samehand::weigh::Weights;
use std::fs;
use std::path::Path;

const WEIGHTS: &str = "corpora/calibration/weights.json";
const DOCS: &str = "docs/weighing.md";
const MARK: &str = "<!-- measured -->\n";

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let write = arguments.iter().any(|a| a == "--write");
    let folders: Vec<&String> = arguments.iter().filter(|a| !a.starts_with("--")).collect();
    let [fitted_on, reported_on] = folders.as_slice() else {
        anyhow::bail!("fit_weights FIT REPORT [--write]");
    };
    let rows = rows::read(Path::new(fitted_on))?;
    let same = rows.rows.iter().filter(|r| r.is_same).count();
    let corpus = format!(
        "{} invented worlds, {same} pairs of one hand and {} of two; every kind of campaign of the generator alone and mixed",
        rows.num_worlds,
        rows.rows.len() - same
    );
    let source = "cargo run --release --example fit_weights, on worlds of generate_pool --side fit; reported on --side report (docs/weighing.md)";
    let (table, cost) = fit::fit(&rows, &corpus, source)?;
    println!("fitted: Cllr {cost:.4} on {corpus}\n{table:#}");
    let weights = Weights::read(&table.to_string())?;
    let rows = rows::read(Path::new(reported_on))?;
    let strength = figures::strengths(&rows, &weights);
    let (picture, bins) = curves::reliability(&rows, &strength);
    let text = format!("{}\n{bins}", figures::figures(&rows, &weights));
    println!("{text}");
    if write {
        fs::write(WEIGHTS, format!("{table:#}\n")).context(WEIGHTS)?;
        fs::write("docs/weighing-tippett.svg", curves::tippett(&rows, &strength))?;
        fs::write("docs/weighing-reliability.svg", picture)?;
        let docs = fs::read_to_string(DOCS).context(DOCS)?;
        let (head, _) = docs.split_once(MARK).with_context(|| format!("{DOCS} has no place for figures"))?;
        fs::write(DOCS, format!("{head}{MARK}\n{text}"))?;
    }
    Ok(())
}
