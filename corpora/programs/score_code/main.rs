//! Scores pairs of files or repositories by the code they share, and says how well the scores tell copies from others.
//!
//! ```text
//! cargo run --release --example score_code -- MANIFEST [--measure likeness|overlap|containment|score] [--pool] [--public] [--print]
//! ```
//! MANIFEST is tab-separated, paths relative to it, in one of two shapes:
//! - pairs: `left <tab> right <tab> 0|1 [<tab> group]`; figures are printed for each group and for all;
//! - units: `path <tab> label <tab> owner`: every pair of units of different owners is scored, and is a copy where both
//!   have the same label that is not `-`.
//!
//! A path is a file, a git repository (bare or not; also `repo` in it), or a folder of files. `--measure`: `score` is what
//! `code-copy` weighs, `containment` its share of the smaller side, `overlap` (the default) the same without
//! chaining; `likeness` compares single short files run by run of leaves, which fingerprints are too coarse for. `--pool` counts fingerprints over all units and weighs them as the program does;
//! without it each weighs the same. `--public` leaves out the shipped fingerprints of public code. `--print` prints every
//! score. Data sets stay outside the repository: docs/code.md says which there are.
#![allow(clippy::unwrap_used)]

mod figures;
mod files;
mod units;

use crate::figures::Figures;
use crate::units::Unit;
use crate::units::read;
use rayon::prelude::*;
use samehand::features::code::copied::Prints;
use samehand::features::code::copied::copied;
use samehand::link::Background;
use samehand::link::CodeMarks;
use samehand::link::PoolCounts;
use std::collections::BTreeMap;
use std::path::Path;

/// A pair to score: numbers of two units, whether it is a copy, and its group.
struct Pair {
    left: usize,
    right: usize,
    is_copy: bool,
    group: String,
}

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let has = |flag: &str| args.iter().any(|a| a == flag);
    let manifest = Path::new(args.first().expect("a manifest"));
    let text = std::fs::read_to_string(manifest)?;
    let (paths, pairs) = parse(&text);
    let folder = manifest.parent().unwrap_or(Path::new("."));
    let units: Vec<Unit> = paths.par_iter().map(|p| read(&folder.join(p))).collect();
    let background = background(&units, has("--pool"), has("--public"));
    let measure = args
        .iter()
        .position(|a| a == "--measure")
        .map(|i| args[i + 1].as_str());
    let measure = measure.unwrap_or("overlap");
    let prints: Vec<Prints<'_>> = units.iter().map(|u| Prints::new(&u.files)).collect();
    let likeness = |pair: &Pair| {
        let side = |unit: usize| folder.join(&paths[unit]);
        files::likeness(&side(pair.left), &side(pair.right))
    };
    let score = |pair: &Pair| {
        if measure == "likeness" {
            return likeness(pair);
        }
        score(
            &prints[pair.left],
            &prints[pair.right],
            &background,
            measure,
        )
    };
    let scores: Vec<f64> = pairs.par_iter().map(score).collect();
    if has("--print") {
        for (pair, score) in pairs.iter().zip(&scores) {
            println!(
                "{}\t{}\t{}\t{score:.4}",
                paths[pair.left],
                paths[pair.right],
                u8::from(pair.is_copy)
            );
        }
    }
    let mut groups: BTreeMap<&str, Vec<(f64, bool)>> = BTreeMap::new();
    for (pair, &score) in pairs.iter().zip(&scores) {
        for group in [pair.group.as_str(), "all"] {
            groups.entry(group).or_default().push((score, pair.is_copy));
        }
    }
    println!("group\tpairs\tcopies\tROC-AUC\tAP\tEER\trecall@0.1%\trecall@1%");
    for (group, scored) in groups.into_iter().filter(|(g, _)| !g.is_empty()) {
        println!("{group}\t{}", Figures::new(scored));
    }
    Ok(())
}

/// Paths of the units, and the pairs to score.
fn parse(text: &str) -> (Vec<String>, Vec<Pair>) {
    let rows: Vec<Vec<&str>> = text
        .lines()
        .filter(|l| !l.is_empty() && !l.starts_with('#'))
        .map(|l| l.split('\t').collect())
        .collect();
    let are_pairs = rows
        .iter()
        .all(|r| r.len() >= 3 && ["0", "1"].contains(&r[2]));
    let mut paths: Vec<String> = Vec::new();
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    let mut number = |path: &str| {
        *numbers.entry(path.into()).or_insert_with(|| {
            paths.push(String::from(path));
            paths.len() - 1
        })
    };
    let pairs = if are_pairs {
        let pair = |r: &Vec<&str>| Pair {
            left: number(r[0]),
            right: number(r[1]),
            is_copy: r[2] == "1",
            group: r.get(3).copied().unwrap_or_default().to_string(),
        };
        rows.iter().map(pair).collect()
    } else {
        let of: Vec<usize> = rows.iter().map(|r| number(r[0])).collect();
        let mut pairs = Vec::new();
        for (i, a) in rows.iter().enumerate() {
            for (j, b) in rows
                .iter()
                .enumerate()
                .skip(i + 1)
                .filter(|(_, b)| b[2] != a[2])
            {
                let is_copy = a[1] == b[1] && a[1] != "-";
                pairs.push(Pair {
                    left: of[i],
                    right: of[j],
                    is_copy,
                    group: String::new(),
                });
            }
        }
        pairs
    };
    (paths, pairs)
}

fn background(units: &[Unit], pool: bool, public: bool) -> Background {
    let marks = |i: usize, out: &mut Vec<u64>| {
        let prints = units[i].files.iter().filter_map(|f| f.print.as_ref());
        out.extend(prints.flat_map(|p| p.marks.iter().map(|m| m.hash)));
    };
    Background {
        code: if pool {
            PoolCounts::count(units.len(), 1 << 26, marks)
        } else {
            PoolCounts::default()
        },
        code_marks: if public {
            CodeMarks::shipped()
        } else {
            CodeMarks::default()
        },
        ..Background::default()
    }
}

fn score(left: &Prints<'_>, right: &Prints<'_>, background: &Background, measure: &str) -> f64 {
    // Counts of no pool call everything rare.
    let weight = |mark| background.code_weight(mark);
    if measure == "overlap" {
        return overlap(left, right, weight);
    }
    let found = copied(left, right, weight);
    match measure {
        "score" => found.score(),
        "containment" => found.containment(),
        other => panic!("no measure is called {other}"),
    }
}

/// Weight of what both have over the weight of the smaller side.
fn overlap(left: &Prints<'_>, right: &Prints<'_>, weight: impl Fn(u64) -> f64) -> f64 {
    let (a, b): (Vec<u64>, Vec<u64>) = (left.hashes().collect(), right.hashes().collect());
    let total = |all: &[u64]| all.iter().map(|h| weight(*h)).sum::<f64>();
    let both: f64 = a
        .iter()
        .filter(|h| b.binary_search(h).is_ok())
        .map(|h| weight(*h))
        .sum();
    let least = total(&a).min(total(&b));
    if least > 0.0 { both / least } else { 0.0 }
}
