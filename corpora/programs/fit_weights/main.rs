//! Fits the weights of families and what depends on them, and reports on other worlds.
//!
//! ```text
//! cargo run --release --example generate_pool -- FIT/mixed --side fit --worlds 80 --seed 1
//! cargo run --release --example generate_pool -- FIT/alike --side fit --worlds 5 --seed 501 --applicants 600 --campaigns 0 --alike 95
//! cargo run --release --example generate_pool -- FIT/ties --side fit --worlds 8 --seed 901 --applicants 600 --campaigns 0 --alike 95
//!     --relations household+colleagues+fork+namesakes+university
//! for w in FIT/*/*; do samehand scan $w/pool -o $w --format json; done
//! cargo run --release --example fit_weights -- fit FIT [--write]
//! ```
//! prints how families were joined and weighed; with `--write` it writes `corpora/calibration/weights.json`. Then, built anew:
//! ```text
//! cargo run --release --example generate_pool -- REPORT/mixed --side report --worlds 24 --seed 5001
//! cargo run --release --example generate_pool -- REPORT/alike --side report --worlds 5 --seed 5501 --applicants 600 --campaigns 0 --alike 95
//! cargo run --release --example generate_pool -- REPORT/ties --side report --worlds 8 --seed 5901 --applicants 600 --campaigns 0 --alike 95
//!     --relations household+colleagues+fork+namesakes+university
//! for w in REPORT/*/*; do samehand scan $w/pool -o $w --format json; done
//! cargo run --release --example fit_weights -- report REPORT [--write]
//! ```
//! prints Markdown of what the shipped weights are worth there: AUC, average precision, recall by kind, Cllr and Cllr_min,
//! B-cubed, the honesty of the ratios by stratum; with `--write` it puts that and the curves into docs/.
//! ```text
//! cargo run --release --example generate_pool -- SMALL --side report --worlds 1000 --seed 10001 --applicants 12 --campaigns 0
//! for w in SMALL/*; do samehand scan $w/pool -o $w --format json; done
//! cargo run --release --example fit_weights -- chance SMALL
//! ```
//! counts the links of strangers that chance is said not to bring.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod chance;
mod curves;
mod figures;
mod fit;
mod hands;
mod honesty;
mod kinds;
mod nothing;
mod rows;
mod scanned;

use anyhow::Context;
use samehand::weigh::Weights;
use std::fs;
use std::path::Path;

const WEIGHTS: &str = "corpora/calibration/weights.json";
const DOCS: &str = "docs/weighing.md";
const MARK: &str = "<!-- measured -->\n";

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["fit", folder] => fit(Path::new(folder), false),
        ["fit", folder, "--write"] => fit(Path::new(folder), true),
        ["report", folder] => report(Path::new(folder), false),
        ["report", folder, "--write"] => report(Path::new(folder), true),
        ["chance", folder] => {
            println!("{}", chance::of_strangers(Path::new(folder))?);
            Ok(())
        }
        _ => anyhow::bail!("fit_weights fit|report|chance FOLDER [--write]"),
    }
}

fn fit(folder: &Path, is_written: bool) -> anyhow::Result<()> {
    // What silence weighs comes first; it is part of what the weights are fitted on.
    let misses = fit::misses(&rows::read(folder, &Weights::shipped())?);
    let rows = rows::read(folder, &fit::with_misses(&misses)?)?;
    let same = rows.rows.iter().filter(|r| r.is_same).count();
    let corpus = format!(
        "{} invented worlds, {same} pairs of one hand and {} of two; every kind of campaign of the generator alone and mixed",
        rows.num_worlds,
        rows.rows.len() - same
    );
    let source = "cargo run --release --example fit_weights -- fit, on worlds of generate_pool --side fit; reported on --side report \
                  (docs/weighing.md). Misses: silence about one hand over silence about two, where the detector looked at both; every \
                  kind of campaign counts by its pairs; detectors with fewer than 30 silent pairs of one hand are left out. Nothing: of one \
                  hand's pairs at whom exactly these families looked, those of whom none found anything, upper 95 % bound over \
                  resampled hands. Relations: \
                  the stratum in which what is left is least rare, upper 95 % bound";
    let (table, cost) = fit::fit(&rows, misses, &corpus, source)?;
    println!("fitted: Cllr {cost:.4} on {corpus}\n{table:#}");
    if is_written {
        fs::write(WEIGHTS, format!("{table:#}\n")).context(WEIGHTS)?;
    }
    Ok(())
}

fn report(folder: &Path, is_written: bool) -> anyhow::Result<()> {
    let weights = Weights::shipped();
    let rows = rows::read(folder, &weights)?;
    let strength = figures::strengths(&rows, &weights);
    let (picture, bins) = curves::reliability(&rows, &strength);
    let text = format!("{}\n{bins}", figures::figures(&rows, &weights));
    println!("{text}");
    if is_written {
        let tippett = curves::tippett(&rows, &strength);
        fs::write("docs/weighing-tippett.svg", tippett)?;
        fs::write("docs/weighing-reliability.svg", picture)?;
        let docs = fs::read_to_string(DOCS).context(DOCS)?;
        let (head, _) = docs
            .split_once(MARK)
            .with_context(|| format!("{DOCS} has no place for figures"))?;
        fs::write(DOCS, format!("{head}{MARK}\n{text}"))?;
    }
    Ok(())
}
