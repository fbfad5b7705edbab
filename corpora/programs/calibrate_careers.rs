//! Measures `same-career` and `skills-order` on real résumé texts and writes their calibration tables.
//!
//! `cargo run --release --example calibrate_careers -- TEXTS.jsonl.gz corpora/calibration`
//!
//! Input: one JSON object a line with `id` and `text`; split by a hash of the id as in `calibrate_text`. The texts name no
//! employers (every one is a placeholder), so all employers are taken for the same: what is measured is how often two
//! unrelated people have the same *dates and titles* in order, which is more than have the same employers too.
//! Nothing of a text is written.

use flate2::read::GzDecoder;
use samehand::features::career::steps;
use samehand::features::career_match::compare;
use samehand::features::skills::{common_order, lists};
use samehand::features::token::tokens;
use samehand::model::{CareerStep, SkillList, hash_text, mix};
use std::fs::File;
use std::io::{BufRead, BufReader};

/// As in `calibrate_text`: a shorter text is no résumé.
const MIN_WORDS: usize = 80;

struct Text {
    id: String,
    steps: Vec<CareerStep>,
    skills: Vec<SkillList>,
}

fn read(input: &str) -> anyhow::Result<[Vec<Text>; 2]> {
    let mut halves = [Vec::new(), Vec::new()];
    let mut seen = std::collections::BTreeSet::new();
    for line in BufReader::new(GzDecoder::new(File::open(input)?)).lines() {
        let row: serde_json::Value = serde_json::from_str(&line?)?;
        let (id, text) = (
            row["id"].as_str().unwrap_or_default(),
            row["text"].as_str().unwrap_or_default(),
        );
        let words = tokens(text);
        // The same text twice is one applicant twice, not two people.
        if words.len() >= MIN_WORDS && seen.insert(words.iter().fold(0, |h, t| mix(h ^ t.hash))) {
            halves[(hash_text(id) >> 13) as usize & 1].push(Text {
                id: id.into(),
                steps: steps(text),
                skills: lists(text),
            });
        }
    }
    Ok(halves)
}

fn main() -> anyhow::Result<()> {
    let [input, _output] = std::env::args()
        .skip(1)
        .collect::<Vec<_>>()
        .try_into()
        .map_err(|_| anyhow::anyhow!("usage: calibrate_careers TEXTS.jsonl.gz FOLDER"))?;
    let start = std::time::Instant::now();
    let halves = read(&input)?;
    println!("read in {:?}", start.elapsed());
    for texts in &halves {
        let with = |n: usize| texts.iter().filter(|t| t.steps.len() >= n).count();
        println!(
            "{} texts; with 1, 2, 3, 5 steps: {} {} {} {}; titles {} of {}; skills lists in {}",
            texts.len(),
            with(1), with(2), with(3), with(5),
            texts.iter().flat_map(|t| &t.steps).filter(|s| !s.title.is_empty()).count(),
            texts.iter().map(|t| t.steps.len()).sum::<usize>(),
            texts.iter().filter(|t| !t.skills.is_empty()).count(),
        );
        let mut hits = Vec::new();
        let mut orders = Vec::new();
        for (i, a) in texts.iter().enumerate() {
            for b in &texts[i + 1..] {
                let m = compare(&a.steps, &b.steps, |_, _| true);
                if m.score >= 1.0 {
                    hits.push((m.score, m.pairs.len(), m.exact, &a.id, &b.id));
                }
                for x in &a.skills {
                    for y in &b.skills {
                        let (order, common) = common_order(&x.items, &y.items);
                        if order >= 3 {
                            orders.push((order, common, x.items.len().min(y.items.len()), &a.id, &b.id));
                        }
                    }
                }
            }
        }
        hits.sort_by(|a, b| b.0.total_cmp(&a.0));
        for s in [1.0, 1.25, 1.5, 1.75, 2.0, 2.25, 2.5, 3.0, 3.5, 4.0, 4.5] {
            println!("  score >= {s}: {} (of these two steps or more {})", hits.iter().filter(|h| h.0 >= s).count(), hits.iter().filter(|h| h.0 >= s && h.1 >= 2).count());
        }
        for h in hits.iter().filter(|h| h.1 >= 2).take(25) {
            println!("   {h:?}");
        }
        orders.sort_by(|a, b| b.0.cmp(&a.0));
        for s in [3, 4, 5, 6, 7, 8, 10, 12, 15] {
            println!("  order >= {s}: {}", orders.iter().filter(|h| h.0 >= s).count());
        }
        for h in orders.iter().take(25) {
            println!("   {h:?}");
        }
    }
    Ok(())
}
