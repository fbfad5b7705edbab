//! A labelled benchmark of text reuse: families of résumés with what was done to them, and how well each score finds them.
//!
//! `cargo run --release --example text_families -- [--base TEXTS.jsonl.gz] [--num 600] [--per-kind 25] [--seeds 1,2]`
//!
//! Without `--base` the texts are invented (`prose.rs`: work that a grammar describes and stock bullets that many share);
//! with it, real texts (`{"id", "text"}` a line) that are read and never written. Each seed draws half of the texts for
//! the pool and leaves the others to the in-domain reference, then derives (`derive.rs`): contact swap, shuffle, three
//! strengths of paraphrase, 15, 30 and 50 % reuse, reuse with paraphrase, campaigns of several hosts. Thresholds are those
//! that flag no more unplanted pairs than a budget allows on one seed; recall and precision are reported on the next.

#![allow(clippy::unwrap_used)]

mod derive;
mod prose;
mod scores;

use derive::{Family, KINDS, plant};
use flate2::read::GzDecoder;
use samehand::features::shingle::phrases;
use samehand::features::token::tokens;
use samehand::model::{hash_text, mix};
use scores::{Reference, SCORES, measure};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufRead, BufReader};

/// Unplanted pairs flagged, per résumé of the pool. The last is one per five in a pool of 5,100: the share of pairs at
/// which earlier measurements of these scores were made (METHODS: text reuse).
const BUDGETS: [(&str, Budget); 3] = [
    ("1 per 5 résumés", Budget::PerText(0.2)),
    ("1 per 20 résumés", Budget::PerText(0.05)),
    (
        "as 1 per 5 in a pool of 5,100",
        Budget::OfPairs(1000.0 / 13e6),
    ),
];

#[derive(Clone, Copy)]
enum Budget {
    PerText(f64),
    OfPairs(f64),
}

impl Budget {
    fn allows(self, num: usize) -> usize {
        let num = num as f64;
        match self {
            Budget::PerText(share) => (num * share) as usize,
            Budget::OfPairs(share) => (num * (num - 1.0) / 2.0 * share) as usize,
        }
    }
}

/// Command line.
struct Options {
    base: Option<String>,
    num: usize,
    per_kind: usize,
    seeds: Vec<u64>,
}

/// What one seed gave: for each score the planted pairs with their kind and score, and the unplanted scores, descending.
struct Seed {
    num: usize,
    planted: Vec<Vec<(usize, f64)>>,
    unplanted: Vec<Vec<f64>>,
}

fn main() -> anyhow::Result<()> {
    let options = options()?;
    for reference in [Reference::InDomain, Reference::Shipped, Reference::None] {
        println!("\n## reference: {}", reference.name());
        let seeds: Vec<Seed> = options
            .seeds
            .iter()
            .map(|&seed| run(&options, seed, reference))
            .collect::<anyhow::Result<_>>()?;
        for (name, budget) in BUDGETS {
            println!("\n### at most {name}");
            table(&seeds, budget, reference);
        }
    }
    Ok(())
}

fn options() -> anyhow::Result<Options> {
    let mut options = Options {
        base: None,
        num: 600,
        per_kind: 25,
        seeds: vec![1, 2],
    };
    let mut arguments = std::env::args().skip(1);
    while let Some(option) = arguments.next() {
        let value = arguments
            .next()
            .ok_or_else(|| anyhow::anyhow!("{option} needs a value"))?;
        match option.as_str() {
            "--base" => options.base = Some(value),
            "--num" => options.num = value.parse()?,
            "--per-kind" => options.per_kind = value.parse()?,
            "--seeds" => {
                options.seeds = value.split(',').map(str::parse).collect::<Result<_, _>>()?;
            }
            _ => anyhow::bail!("unknown option {option}"),
        }
    }
    Ok(options)
}

/// Texts of the base: for the pool and for the reference.
fn base(options: &Options, seed: u64) -> anyhow::Result<(Vec<String>, Vec<String>)> {
    let mut halves = (Vec::new(), Vec::new());
    let mut put = |id: &str, text: String| {
        if mix(hash_text(id) ^ mix(seed)) & 1 == 0 {
            halves.0.push(text);
        } else {
            halves.1.push(text);
        }
    };
    let Some(path) = &options.base else {
        for i in 0..2 * options.num as u64 {
            put(&i.to_string(), prose::resume(i));
        }
        return Ok(halves);
    };
    let mut seen = BTreeSet::new();
    for line in BufReader::new(GzDecoder::new(File::open(path)?)).lines() {
        let row: serde_json::Value = serde_json::from_str(&line?)?;
        let (id, text) = (
            row["id"].as_str().unwrap_or_default(),
            row["text"].as_str().unwrap_or_default(),
        );
        let words = tokens(text);
        if words.len() >= 150 && seen.insert(words.iter().fold(0, |h, t| mix(h ^ t.hash))) {
            put(id, text.into());
        }
    }
    halves.0.truncate(options.num);
    Ok(halves)
}

fn run(options: &Options, seed: u64, reference: Reference) -> anyhow::Result<Seed> {
    let (pool, held) = base(options, seed)?;
    let family: Family = plant(pool, options.per_kind, seed);
    let mut counts: BTreeMap<u64, u32> = BTreeMap::new();
    if matches!(reference, Reference::InDomain) {
        for text in &held {
            let all: BTreeSet<u64> = phrases(&tokens(text)).iter().map(|p| p.hash).collect();
            for phrase in all {
                *counts.entry(phrase).or_default() += 1;
            }
        }
    }
    let scored = measure(&family.texts, reference, &counts);
    let mut out = Seed {
        num: family.texts.len(),
        planted: vec![Vec::new(); SCORES.len()],
        unplanted: vec![Vec::new(); SCORES.len()],
    };
    for (which, scores) in scored.iter().enumerate() {
        for (&pair, &kind) in &family.planted {
            out.planted[which].push((kind, scores.get(&pair).copied().unwrap_or(0.0)));
        }
        let unplanted = scores
            .iter()
            .filter(|(pair, _)| !family.related.contains(*pair));
        out.unplanted[which] = unplanted.map(|(_, &score)| score).collect();
        out.unplanted[which].sort_by(|a, b| b.total_cmp(a));
    }
    eprintln!(
        "seed {seed}: {} texts, {} planted pairs",
        out.num,
        family.planted.len()
    );
    Ok(out)
}

/// For each score: recall of each kind, mean, precision and flagged unplanted pairs on each seed but the first, at the
/// threshold of the seed before.
fn table(seeds: &[Seed], budget: Budget, reference: Reference) {
    let head: Vec<String> = KINDS.iter().map(|k| format!("{k:>9}")).collect();
    println!(
        "{:<26} {} |  mean  prec. unplanted (allowed)",
        "recall %",
        head.join(" ")
    );
    for (which, score) in SCORES.iter().enumerate() {
        if !score.speaks_with(reference) {
            continue;
        }
        for pair in seeds.windows(2) {
            let (chosen, held) = (&pair[0], &pair[1]);
            let allowed = budget.allows(chosen.num);
            let threshold = chosen.unplanted[which].get(allowed).copied().unwrap_or(0.0);
            let flagged = |s: f64| s > threshold && s > 0.0;
            let recall: Vec<f64> = (0..KINDS.len())
                .map(|kind| {
                    let mine = held.planted[which].iter().filter(|p| p.0 == kind);
                    let (found, all) =
                        mine.fold((0, 0), |(f, n), p| (f + usize::from(flagged(p.1)), n + 1));
                    100.0 * f64::from(found as u32) / f64::from(all.max(1))
                })
                .collect();
            let found = held.planted[which].iter().filter(|p| flagged(p.1)).count();
            let wrong = held.unplanted[which]
                .iter()
                .filter(|&&s| flagged(s))
                .count();
            let cells: Vec<String> = recall.iter().map(|r| format!("{r:>9.0}")).collect();
            println!(
                "{:<26} {} | {:>5.1} {:>5.1} {wrong:>4} ({}) at {threshold:.3}",
                score.name,
                cells.join(" "),
                recall.iter().sum::<f64>() / recall.len() as f64,
                100.0 * found as f64 / (found + wrong).max(1) as f64,
                budget.allows(held.num),
            );
        }
    }
}
