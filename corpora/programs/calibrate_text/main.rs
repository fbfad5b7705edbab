//! Measures `near-text`, `shared-passages` and `paraphrase` on real résumé texts and writes their calibration tables.
//!
//! `cargo run --release --example calibrate_text -- TEXTS.jsonl.gz [--same ID+ID]… [--write]`
//!
//! Input: one JSON object a line with `id` and `text`; nothing of a text is written. Each `--same` names two texts that
//! evidently are one person's versions (found by looking at the highest pairs): that pair is left out. The texts are
//! split by a hash of the id: pairs inside the first half fit the tables, pairs inside the second are the report.
//! One-hand scores come from derived texts (`text_families/derive.rs`). With `--write` the tables go to
//! `corpora/calibration/` and the figures into `docs/text.md`, between its marks.

#![allow(clippy::unwrap_used)]

#[path = "../text_families/derive.rs"]
#[allow(dead_code)]
mod derive;
mod pairs;
mod tables;
mod tail;

use derive::{KINDS, plant};
use flate2::read::GzDecoder;
use pairs::{Text, Told, all_pairs};
use samehand::features::token::tokens;
use samehand::link::Background;
use samehand::model::{hash_text, mix};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{BufRead, BufReader};
use tables::{DETECTORS, Table};
use tail::Fit;

/// Derived pairs of each kind.
const PER_KIND: usize = 60;
/// Pairs in a pool of 3,000, and text detectors that share the chance rate.
const COMPARISONS: f64 = 3000.0 * 2999.0 / 2.0;
const FAMILY: f64 = 5.0;

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let (mut input, mut same, mut write) = (None, BTreeSet::new(), false);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--write" => write = true,
            "--same" => {
                let pair = arguments.next().unwrap_or_default();
                let (a, b) = pair
                    .split_once('+')
                    .ok_or_else(|| anyhow::anyhow!("--same ID+ID"))?;
                same.insert((a.min(b).to_string(), a.max(b).to_string()));
            }
            _ => input = Some(argument),
        }
    }
    let input = input.ok_or_else(|| {
        anyhow::anyhow!("usage: calibrate_text TEXTS.jsonl.gz [--same ID+ID]… [--write]")
    })?;
    let background = Background::shipped();
    let halves = read(&input)?;
    let told: Vec<Vec<Told>> = halves
        .iter()
        .map(|texts| {
            let mut told = all_pairs(texts, &background);
            told.retain(|t| {
                let (a, b) = (&texts[t.a as usize].id, &texts[t.b as usize].id);
                !same.contains(&(a.min(b).clone(), a.max(b).clone()))
            });
            told
        })
        .collect();
    for (name, (texts, told)) in ["fit", "report"].iter().zip(halves.iter().zip(&told)) {
        println!("== {name}: {} texts", texts.len());
        for (what, of) in [
            ("aligned", (|t| t.aligned) as fn(&Told) -> f64),
            ("retold", |t| t.retold),
        ] {
            let mut all: Vec<&Told> = told.iter().collect();
            all.sort_by(|x, y| of(y).total_cmp(&of(x)));
            for t in all.iter().take_while(|t| of(t) > 0.0 && t.speaks()) {
                let (a, b) = (&texts[t.a as usize].id, &texts[t.b as usize].id);
                println!("   {what} {a} {b} {:?} {:.1}", t.spoken, of(t));
            }
        }
    }
    let planted = planted(&halves[0], &background);
    let mut out = String::new();
    writeln!(
        out,
        "{} texts fit the tables ({} pairs), {} others are the report ({} pairs); {} pairs are left out because they \
        evidently are two versions of one person's résumé.\n",
        halves[0].len(),
        num_pairs(&halves[0]),
        halves[1].len(),
        num_pairs(&halves[1]),
        same.len()
    )?;
    for detector in DETECTORS {
        let fit = Fit::new(
            &scores(&told[0], detector.of),
            halves[0].len(),
            detector.least,
        );
        let check = scores(&told[1], detector.of);
        let copies: Vec<f64> = planted
            .iter()
            .filter(|(kind, _)| detector.kinds.contains(&KINDS[*kind]))
            .map(|(_, told)| (detector.says)(told))
            .collect();
        let table = Table::new(detector, &fit, &copies, halves[0].len());
        writeln!(out, "### `{}`\n", detector.name)?;
        fit.describe(&check, halves[1].len(), &mut out)?;
        table.describe(&check, num_pairs(&halves[1]), &mut out)?;
        if write {
            table.write()?;
        }
    }
    writeln!(
        out,
        "### A copy in a pool of 3,000\n\n| kind | told by near-text | by shared-passages | by paraphrase | by any | expected by chance ≤ 0.05 |\n|---|---|---|---|---|---|"
    )?;
    let read_back = tables::read();
    for (k, kind) in KINDS.iter().enumerate() {
        let mine: Vec<&Told> = planted.iter().filter(|p| p.0 == k).map(|p| &p.1).collect();
        let share = |of: &dyn Fn(&Told) -> bool| {
            100.0 * mine.iter().filter(|t| of(t)).count() as f64 / mine.len().max(1) as f64
        };
        let says: Vec<f64> = DETECTORS
            .iter()
            .map(|d| share(&|t| (d.says)(t) > 0.0))
            .collect();
        let rare = share(&|t| {
            let rates = DETECTORS
                .iter()
                .map(|d| read_back.weigh(d.name, (d.says)(t)).rate);
            (rates.fold(1.0, f64::min) * FAMILY).min(1.0) * COMPARISONS <= 0.05
        });
        let any = share(&|t| DETECTORS.iter().any(|d| (d.says)(t) > 0.0));
        writeln!(
            out,
            "| {kind} | {:.0} % | {:.0} % | {:.0} % | {any:.0} % | {rare:.0} % |",
            says[0], says[1], says[2]
        )?;
    }
    println!("{out}");
    if write {
        tables::document(&out)?;
    }
    Ok(())
}

fn num_pairs(texts: &[Text]) -> usize {
    texts.len() * (texts.len() - 1) / 2
}

/// Control scores (text, text, score) that speak for a detector.
fn scores(told: &[Told], of: fn(&Told) -> Option<f64>) -> Vec<(u32, u32, f64)> {
    told.iter()
        .filter_map(|t| Some((t.a, t.b, of(t)?)))
        .collect()
}

fn read(input: &str) -> anyhow::Result<[Vec<Text>; 2]> {
    let mut halves = [Vec::new(), Vec::new()];
    let mut seen = BTreeSet::new();
    for line in BufReader::new(GzDecoder::new(File::open(input)?)).lines() {
        let row: serde_json::Value = serde_json::from_str(&line?)?;
        let (id, text) = (
            row["id"].as_str().unwrap_or_default(),
            row["text"].as_str().unwrap_or_default(),
        );
        let words = tokens(text);
        // The same text twice is one applicant twice, not two people.
        if words.len() >= 80 && seen.insert(words.iter().fold(0, |h, t| mix(h ^ t.hash))) {
            halves[(hash_text(id) >> 13) as usize & 1].push(Text::new(id, text));
        }
    }
    Ok(halves)
}

/// Derived pairs of the first half: kind, and what is told of them.
fn planted(texts: &[Text], background: &Background) -> Vec<(usize, Told)> {
    let pool: Vec<String> = texts
        .iter()
        .filter(|t| t.words.len() >= 150)
        .map(|t| t.text.clone())
        .collect();
    let family = plant(pool, PER_KIND, 11);
    let all: Vec<Text> = family.texts.iter().map(|t| Text::new("", t)).collect();
    let told = all_pairs(&all, background);
    let found = |pair: (u32, u32)| told.iter().find(|t| (t.a, t.b) == pair).cloned();
    let silent = |(a, b)| Told {
        a,
        b,
        score: 0.0,
        aligned: 0.0,
        retold: 0.0,
        spoken: None,
    };
    family
        .planted
        .iter()
        .map(|(&pair, &kind)| (kind, found(pair).unwrap_or(silent(pair))))
        .collect()
}
