//! Measures `near-text` on real résumé texts and writes its calibration table.
//!
//! `cargo run --release --example calibrate_text -- TEXTS.jsonl.gz corpora/calibration/near-text.json`
//!
//! Input: one JSON object a line with `id` and `text`. The texts are split by a hash of the id: pairs of the first half
//! fit the table, pairs of the second half are the report printed beside it. Different-hand scores come from all pairs of a
//! half; same-hand scores from each text against a derived copy (contact swap, shuffle, light paraphrase, a third
//! dropped). Nothing of a text is written.

use flate2::read::GzDecoder;
use samehand::features::reuse::reuse;
use samehand::features::signature::{band_keys, estimate, sign_tokens};
use samehand::features::token::{Token, tokens};
use samehand::link::Background;
use samehand::model::{Signature, hash_text, mix};
use std::fs::File;
use std::io::{BufRead, BufReader};

/// Rare mass at the table's steps.
const STEPS: [f64; 7] = [20.0, 40.0, 60.0, 90.0, 130.0, 180.0, 250.0];
/// As in `detect::near_text`.
const MIN_JACCARD: f64 = 0.25;
const MIN_WORDS: usize = 80;
/// Share of one-hand pairs that reuse a whole text: a hypothesis, stated in the table.
const HIT_RATE: f64 = 0.3;

struct Text {
    id: String,
    text: String,
    tokens: Vec<Token>,
    signature: Signature,
}

impl Text {
    fn new(id: String, text: String) -> Self {
        let tokens = tokens(&text);
        let signature = sign_tokens(&tokens);
        Self {
            id,
            text,
            tokens,
            signature,
        }
    }

    /// The score of the detector; 0 where it stays silent.
    fn score(&self, other: &Text, background: &Background) -> f64 {
        let candidate = band_keys(&self.signature)
            .zip(band_keys(&other.signature))
            .any(|(a, b)| a == b)
            && estimate(&self.signature, &other.signature).is_some_and(|e| e >= 0.12);
        if !candidate {
            return 0.0;
        }
        let found = reuse(&self.tokens, &other.tokens, |p| {
            background.phrases.weight(p)
        });
        if found.jaccard >= MIN_JACCARD {
            found.mass
        } else {
            0.0
        }
    }
}

fn main() -> anyhow::Result<()> {
    let [input, output] = std::env::args()
        .skip(1)
        .collect::<Vec<_>>()
        .try_into()
        .map_err(|_| anyhow::anyhow!("usage: calibrate_text TEXTS.jsonl.gz OUT.json"))?;
    let background = Background::shipped();
    let mut halves = [Vec::new(), Vec::new()];
    let mut seen = std::collections::BTreeSet::new();
    for line in BufReader::new(GzDecoder::new(File::open(&input)?)).lines() {
        let row: serde_json::Value = serde_json::from_str(&line?)?;
        let (id, text) = (
            row["id"].as_str().unwrap_or_default(),
            row["text"].as_str().unwrap_or_default(),
        );
        let text = Text::new(id.into(), text.into());
        // The same text twice is one applicant twice, not two people.
        if text.tokens.len() >= MIN_WORDS
            && seen.insert(text.tokens.iter().fold(0, |h, t| mix(h ^ t.hash)))
        {
            halves[(hash_text(id) >> 13) as usize & 1].push(text);
        }
    }
    let names = ["fit", "report"];
    let mut tables = Vec::new();
    for (texts, name) in halves.iter().zip(names) {
        println!(
            "== {name}: {} texts, {} pairs",
            texts.len(),
            texts.len() * (texts.len() - 1) / 2
        );
        tables.push(measure(texts, &background));
    }
    write(&output, &tables[0], halves[0].len())
}

/// For each step: (control pairs at or above, upper bound of their share, share of derived copies at or above).
fn measure(texts: &[Text], background: &Background) -> Vec<(u64, f64, f64)> {
    let mut hits: Vec<(usize, usize, f64)> = Vec::new();
    for (i, a) in texts.iter().enumerate() {
        for (j, b) in texts.iter().enumerate().skip(i + 1) {
            let score = a.score(b, background);
            if score > 0.0 {
                hits.push((i, j, score));
            }
        }
    }
    hits.sort_by(|a, b| b.2.total_cmp(&a.2));
    for (i, j, score) in hits.iter().take(25) {
        println!(
            "   control {} {} rare mass {score:.1}",
            texts[*i].id, texts[*j].id
        );
    }
    let copies: Vec<Vec<f64>> = (0..4)
        .map(|kind| {
            texts
                .iter()
                .map(|t| t.score(&Text::new(String::new(), derive(&t.text, kind)), background))
                .collect()
        })
        .collect();
    let pairs = (texts.len() * (texts.len() - 1) / 2) as f64;
    STEPS.iter().map(|&step| {
        let at: Vec<_> = hits.iter().filter(|h| h.2 >= step).collect();
        let upper = upper_bound(&at, texts.len()) / pairs;
        let found = |scores: &Vec<f64>| scores.iter().filter(|s| **s >= step).count() as f64 / scores.len() as f64;
        let kinds: Vec<f64> = copies.iter().map(found).collect();
        let mean = kinds.iter().sum::<f64>() / kinds.len() as f64;
        println!("   mass ≥ {step:>4}: control {} (rate ≤ {upper:.2e}), copies found {mean:.3} {kinds:.3?}", at.len());
        (at.len() as u64, upper, mean)
    }).collect()
}

/// Upper 95 % bound of the number of hits: the larger of the Poisson bound and the 95th percentile over resamples of the
/// applicants (a person who stands in many hits makes the number less certain than as many independent pairs would).
fn upper_bound(hits: &[&(usize, usize, f64)], num: usize) -> f64 {
    let k = hits.len() as f64;
    // Exact for 0 (3.0) and close to the chi-squared quantile elsewhere (Wilson and Hilferty 1931).
    let poisson =
        (k + 1.0) * (1.0 - 1.0 / (9.0 * (k + 1.0)) + 1.645 / (3.0 * (k + 1.0).sqrt())).powi(3);
    let mut state = 7u64;
    let mut totals: Vec<f64> = (0..1000)
        .map(|_| {
            let mut weight = vec![0f64; num];
            for _ in 0..num {
                state = mix(state.wrapping_add(0x9E37_79B9_7F4A_7C15));
                weight[(state % num as u64) as usize] += 1.0;
            }
            hits.iter().map(|h| weight[h.0] * weight[h.1]).sum()
        })
        .collect();
    totals.sort_by(f64::total_cmp);
    poisson.max(totals[950])
}

/// A copy that one hand would make: 0 contact swap (the text as it is, other first lines), 1 lines shuffled, 2 one word in
/// ten changed, 3 a third of the lines dropped.
fn derive(text: &str, kind: usize) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_string).collect();
    let mut state = hash_text(text);
    let mut random = move || {
        state = mix(state.wrapping_add(0x9E37_79B9_7F4A_7C15));
        state
    };
    match kind {
        0 => lines.insert(0, "Another Person another street".into()),
        1 => lines.sort_by_cached_key(|_| random()),
        2 => {
            for line in &mut lines {
                let words = line
                    .split(' ')
                    .map(|w| if random() % 10 == 0 { "altered" } else { w });
                *line = words.collect::<Vec<_>>().join(" ");
            }
        }
        _ => lines.retain(|_| random() % 3 != 0),
    }
    lines.join("\n")
}

fn write(output: &str, table: &[(u64, f64, f64)], texts: usize) -> anyhow::Result<()> {
    // A lower score never weighs more than a higher one.
    let mut strengths: Vec<f64> = table
        .iter()
        .map(|(_, rate, found)| (HIT_RATE * found / rate).log10())
        .collect();
    for i in (1..strengths.len()).rev() {
        strengths[i - 1] = strengths[i - 1].min(strengths[i]);
    }
    let points: Vec<serde_json::Value> = STEPS
        .iter()
        .zip(table)
        .zip(strengths)
        .map(|((step, (_, rate, _)), log10_lr)| {
            serde_json::json!({
                "score": step,
                "log10_lr": (log10_lr * 100.0).floor() / 100.0,
                "rate": format!("{rate:.2e}").parse::<f64>().unwrap_or(1.0),
            })
        })
        .collect();
    let table = serde_json::json!({
        "name": "near-text",
        "version": "1",
        "corpus": format!("all pairs of {texts} real résumé texts of different people (fit half of 1,200, exact duplicates removed)"),
        "source": "cargo run --release --example calibrate_text -- TEXTS.jsonl.gz corpora/calibration/near-text.json",
        "hit_rate": HIT_RATE,
        "hit_rate_source": "hypothesis: share of one-hand pairs that reuse a whole text; advisories call repeated résumé text common, none counts it",
        "strata": {"": {"points": points, "note": "score: rare mass; rate: upper 95 % bound (Poisson, and resampling applicants); log10_lr = log10(hit_rate x share of derived copies at the score / rate)"}}
    });
    std::fs::write(output, serde_json::to_string_pretty(&table)? + "\n")?;
    Ok(())
}
