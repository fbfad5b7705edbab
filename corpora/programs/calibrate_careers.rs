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
use samehand::features::skills::{common_turns, lists};
use samehand::features::token::tokens;
use samehand::model::{CareerStep, SkillList, hash_text, mix};
use std::fs::File;
use std::io::{BufRead, BufReader};

/// As in `calibrate_text`: a shorter text is no résumé.
const MIN_WORDS: usize = 80;

/// Scores of the tables' points.
const CAREER_STEPS: [f64; 5] = [2.0, 2.5, 3.0, 3.5, 4.5];
const SKILLS_STEPS: [f64; 5] = [4.0, 6.0, 8.0, 10.0, 14.0];

/// Shares of one-hand pairs that show it: hypotheses, stated in the tables.
const CAREER_HIT_RATE: f64 = 0.2;
const SKILLS_HIT_RATE: f64 = 0.1;

/// The order of skills never weighs more than this, base-10 logarithm: moderate.
const SKILLS_MOST: f64 = 1.9;

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

/// A copy that one hand would make of a career: 0 as it is, 1 one step in three dropped, 2 every third start moved by a
/// month.
fn derive(steps: &[CareerStep], kind: usize) -> Vec<CareerStep> {
    let mut out = steps.to_vec();
    match kind {
        1 => {
            let mut n = 0;
            out.retain(|_| {
                n += 1;
                n % 3 != 0
            });
        }
        2 => {
            for step in out.iter_mut().step_by(3).filter(|s| s.from.month > 1) {
                step.from.month -= 1;
            }
        }
        _ => {}
    }
    out.sort();
    out
}

/// Score of two careers where every employer is taken for the same; 0 below two steps.
fn career(a: &[CareerStep], b: &[CareerStep]) -> f64 {
    let found = compare(a, b, |_, _| true);
    if found.pairs.len() >= 2 {
        found.score
    } else {
        0.0
    }
}

fn skills(a: &[SkillList], b: &[SkillList]) -> f64 {
    let all = a
        .iter()
        .flat_map(|x| b.iter().map(move |y| common_turns(x, y, |_| 1.0)));
    all.fold(0.0, f64::max)
}

/// For each step of the score: (upper bound of the control pairs' share at or above it, share of copies found).
fn measure(
    texts: &[Text],
    steps: &[f64],
    control: impl Fn(&Text, &Text) -> f64,
    copies: impl Fn(&Text) -> Vec<f64>,
) -> Vec<(f64, f64)> {
    let mut hits: Vec<(usize, usize, f64)> = Vec::new();
    for (i, a) in texts.iter().enumerate() {
        for (j, b) in texts.iter().enumerate().skip(i + 1) {
            let score = control(a, b);
            if score >= steps[0] {
                hits.push((i, j, score));
            }
        }
    }
    hits.sort_by(|a, b| b.2.total_cmp(&a.2));
    for (i, j, score) in hits.iter().take(12) {
        println!("   control {} {} score {score}", texts[*i].id, texts[*j].id);
    }
    let copies: Vec<f64> = texts.iter().flat_map(&copies).collect();
    let pairs = (texts.len() * (texts.len() - 1) / 2) as f64;
    let at = |&step: &f64| {
        let at: Vec<_> = hits.iter().filter(|h| h.2 >= step).collect();
        let rate = upper_bound(&at, texts.len()) / pairs;
        let found = copies.iter().filter(|s| **s >= step).count() as f64 / copies.len() as f64;
        println!(
            "   score ≥ {step:>4}: control {} of {pairs} (rate ≤ {rate:.2e}), copies found {found:.3}",
            at.len()
        );
        (rate, found)
    };
    steps.iter().map(at).collect()
}

/// Upper 95 % bound of the number of hits: the larger of the Poisson bound and the 95th percentile over resamples of the
/// applicants, as in `calibrate_text`.
fn upper_bound(hits: &[&(usize, usize, f64)], num: usize) -> f64 {
    let k = hits.len() as f64;
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

/// Points of a stratum; `most` caps the base-10 logarithm.
fn points(steps: &[f64], measured: &[(f64, f64)], hit_rate: f64, most: f64) -> serde_json::Value {
    // A lower score never weighs more than a higher one.
    let mut strengths: Vec<f64> = measured
        .iter()
        .map(|(rate, found)| (hit_rate * found / rate).log10())
        .collect();
    for i in (1..strengths.len()).rev() {
        strengths[i - 1] = strengths[i - 1].min(strengths[i]);
    }
    let point = |((score, (rate, _)), strength): ((&f64, &(f64, f64)), f64)| {
        serde_json::json!({
            "score": score,
            "log10_lr": (strength.min(most) * 100.0).floor() / 100.0,
            "rate": format!("{rate:.2e}").parse::<f64>().unwrap_or(1.0),
        })
    };
    steps
        .iter()
        .zip(measured)
        .zip(strengths)
        .map(point)
        .collect()
}

fn main() -> anyhow::Result<()> {
    let [input, output] = std::env::args()
        .skip(1)
        .collect::<Vec<_>>()
        .try_into()
        .map_err(|_| anyhow::anyhow!("usage: calibrate_careers TEXTS.jsonl.gz FOLDER"))?;
    let halves = read(&input)?;
    let mut fitted = Vec::new();
    for (texts, name) in halves.iter().zip(["fit", "report"]) {
        let with = |n: usize| texts.iter().filter(|t| t.steps.len() >= n).count();
        let lists = texts.iter().filter(|t| !t.skills.is_empty()).count();
        println!(
            "== {name}: {} texts; {} with two steps, {} with three; {lists} with a list of skills",
            texts.len(),
            with(2),
            with(3)
        );
        println!(" same-career");
        let careers = measure(
            texts,
            &CAREER_STEPS,
            |a, b| career(&a.steps, &b.steps),
            |t| {
                (0..3)
                    .map(|kind| career(&t.steps, &derive(&t.steps, kind)))
                    .collect()
            },
        );
        println!(" skills-order");
        let orders = measure(
            texts,
            &SKILLS_STEPS,
            |a, b| skills(&a.skills, &b.skills),
            |t| vec![skills(&t.skills, &t.skills)],
        );
        fitted.push((careers, orders));
    }
    let (careers, orders) = &fitted[0];
    let corpus = format!(
        "all pairs of {} real résumé texts of different people (fit half of 1,200, exact duplicates removed)",
        halves[0].len()
    );
    let source =
        "cargo run --release --example calibrate_careers -- TEXTS.jsonl.gz corpora/calibration";
    let career_table = serde_json::json!({
        "name": "same-career", "version": "1", "corpus": corpus, "source": source,
        "hit_rate": CAREER_HIT_RATE,
        "hit_rate_source": "hypothesis: share of one-hand pairs that state one career under two names; advisories describe it, none counts it",
        "strata": {
            "": {"points": points(&CAREER_STEPS, careers, CAREER_HIT_RATE, f64::MAX), "note": "score: weight of the steps that agree (see career_match); rate: upper 95 % bound of pairs whose dates and titles agree, every employer taken for the same, so an upper bound too of pairs whose employers agree"},
            "one-employer": {"points": points(&CAREER_STEPS, careers, CAREER_HIT_RATE, 0.9), "note": "all steps at one employer: capped at weak, because colleagues were not among the control pairs"}
        }
    });
    let skills_table = serde_json::json!({
        "name": "skills-order", "version": "1", "corpus": corpus, "source": source,
        "hit_rate": SKILLS_HIT_RATE,
        "hit_rate_source": "hypothesis: share of one-hand pairs whose lists of skills stand in one order; nothing counts it",
        "strata": {"": {"points": points(&SKILLS_STEPS, orders, SKILLS_HIT_RATE, SKILLS_MOST), "note": "score: neighbours in both lists that no alphabet explains; rate: upper 95 % bound (Poisson, and resampling applicants); capped at moderate"}}
    });
    for (name, table) in [
        ("same-career", career_table),
        ("skills-order", skills_table),
    ] {
        std::fs::write(
            format!("{output}/{name}.json"),
            serde_json::to_string_pretty(&table)? + "\n",
        )?;
    }
    Ok(())
}
