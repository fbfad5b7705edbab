//! Measures how often READMEs of unrelated owners differ in nothing but their people, and writes the table of `readme-swap`.
//!
//! ```text
//! cargo run --release --example measure_readmes -- REPOS [--write corpora/calibration/readme-swap.json]
//! ```
//! REPOS is a folder with one folder per owner and repository, named `owner+name`, each a git repository (or `repo` in it).
//! They are used for measuring and stay where they are: nothing of them goes into the table, not even their names. One
//! repository of each owner counts. Control pairs: all pairs of different owners. Planted: each README with every personal
//! string replaced, which the detector sees as another person's; counted is how many reach each score. Every second owner
//! is held back for the check that is printed.
#![allow(clippy::unwrap_used)]

use samehand::features::readme::{have_same_title, likeness, num_words, read};
use samehand::model::{CodeUnit, FileClass, ObjectId, Readme};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

const POINTS: [f64; 3] = [114.0, 200.0, 400.0];
/// As in shared-blobs.json.
const HIT_RATE: f64 = 0.15;
/// What the detector asks for.
const MIN_WORDS: usize = 120;
const MIN_LIKENESS: f64 = 0.95;

fn main() -> anyhow::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let all: Vec<Readme> = owners(Path::new(&args[0]))
        .iter()
        .filter_map(|repo| readme(repo))
        .collect();
    let long: Vec<&Readme> = all.iter().filter(|r| num_words(r) >= MIN_WORDS).collect();
    let (mut own, mut held) = (Vec::new(), Vec::new());
    for (i, a) in long.iter().enumerate() {
        for (j, b) in long.iter().enumerate().skip(i + 1) {
            let into = if i % 2 == 1 && j % 2 == 1 {
                &mut held
            } else {
                &mut own
            };
            into.push(score(a, b));
        }
    }
    let planted: Vec<f64> = all.iter().map(|r| score(r, &swapped(r))).collect();
    println!(
        "{} repositories with a README, {} of them with enough words",
        all.len(),
        long.len()
    );
    println!("alike in words, whoever is named: {}", alike(&long));
    let (mut points, mut last) = (Vec::new(), None);
    for point in POINTS {
        let hits = |scores: &[f64]| scores.iter().filter(|s| **s >= point).count();
        let rate = poisson_upper(hits(&own)) / own.len() as f64;
        let reach = hits(&planted) as f64 / planted.len() as f64;
        let lr = (HIT_RATE * reach / rate).log10().max(-3.0);
        println!(
            "{point}: {} of {} control pairs, {} of {} held back, planted {reach:.2}, log10 LR {lr:.2}",
            hits(&own),
            own.len(),
            hits(&held),
            held.len()
        );
        // A higher score says more only where fewer of the control pairs reach it.
        if last.is_none_or(|last| rate < last) {
            points.push(serde_json::json!({
                "score": point, "log10_lr": (lr * 1e3).round() / 1e3, "rate": (rate * 1e6).round() / 1e6,
            }));
            last = Some(rate);
        }
    }
    let table = serde_json::json!({
        "name": "readme-swap", "version": "1",
        "corpus": format!(
            "{} public repositories of as many unrelated owners with a README of {MIN_WORDS} words or more, {} of their pairs; {} \
             pairs of every second owner were held back for the check", long.len(), own.len(), held.len()),
        "source": "cargo run --release --example measure_readmes -- REPOS --write corpora/calibration/readme-swap.json",
        "hit_rate": HIT_RATE,
        "hit_rate_source": "hypothesis, as in shared-blobs: of pairs of applications that one hand prepared with repositories, 15 % contain \
             a copied project; multiplied by the share of READMEs that reach the score when every personal string in them is replaced",
        "strata": {"": {"points": points}},
    });
    if args.get(1).is_some_and(|a| a == "--write") {
        std::fs::write(&args[2], serde_json::to_string_pretty(&table)? + "\n")?;
    }
    Ok(())
}

/// What the detector scores.
fn score(a: &Readme, b: &Readme) -> f64 {
    let words = num_words(a).min(num_words(b));
    let differs = |x: &Readme, y: &Readme| x.who.iter().any(|w| !y.who.contains(w));
    let likeness = likeness(a, b);
    let counts = words >= MIN_WORDS && differs(a, b) && differs(b, a) && have_same_title(a, b);
    match counts && likeness >= MIN_LIKENESS {
        true => words as f64 * likeness,
        false => 0.0,
    }
}

/// Pairs that would count if nobody had to differ.
fn alike(all: &[&Readme]) -> usize {
    let later = |i: usize| all[i + 1..].iter();
    let like = |i: usize| {
        later(i)
            .filter(|b| likeness(all[i], b) >= MIN_LIKENESS)
            .count()
    };
    (0..all.len()).map(like).sum()
}

fn swapped(readme: &Readme) -> Readme {
    let mut other = readme.clone();
    other.who.iter_mut().for_each(|w| *w ^= 1);
    other
}

fn owners(folder: &Path) -> Vec<PathBuf> {
    let mut seen: BTreeMap<String, PathBuf> = BTreeMap::new();
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .flatten()
        .map(|e| e.path())
        .collect();
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let repo = if path.join("repo").is_dir() {
            path.join("repo")
        } else {
            path
        };
        let owner = name.split('+').next().unwrap_or_default().to_string();
        seen.entry(owner).or_insert(repo);
    }
    seen.into_values().collect()
}

fn readme(repo: &Path) -> Option<Readme> {
    let git = |args: &[&str]| {
        let out = Command::new("git")
            .arg("-C")
            .arg(repo)
            .args(args)
            .output()
            .ok()?;
        out.status.success().then_some(out.stdout)
    };
    let names = String::from_utf8(git(&["ls-tree", "--name-only", "HEAD"])?).ok()?;
    let name = names.lines().find(|n| {
        let low = n.to_lowercase();
        low.starts_with("readme")
            && ["readme", "readme.md", "readme.rst", "readme.txt"].contains(&low.as_str())
    })?;
    let bytes = git(&["cat-file", "blob", &format!("HEAD:{name}")])?;
    let unit = CodeUnit::new(
        ObjectId([0; 20]),
        name.into(),
        bytes.len() as u64,
        FileClass::Data,
    );
    read(&unit, &bytes)
}

/// Upper 95 % bound of a Poisson mean.
fn poisson_upper(hits: usize) -> f64 {
    let (mut low, mut high) = (
        hits as f64,
        hits as f64 + 20.0 + 5.0 * (hits as f64 + 1.0).sqrt(),
    );
    for _ in 0..80 {
        let middle = (low + high) / 2.0;
        let mut term = (-middle).exp();
        let mut tail = term;
        for k in 1..=hits {
            term *= middle / k as f64;
            tail += term;
        }
        if tail > 0.05 {
            low = middle
        } else {
            high = middle
        }
    }
    low
}
