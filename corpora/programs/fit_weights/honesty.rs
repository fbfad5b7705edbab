//! Whether ratios mean what they say: the share of pairs at each ratio beside what the ratio promises, by stratum.

use crate::fit::left;
use crate::rows::{Row, Rows, STRATA};
use samehand::weigh::Weights;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Fewer pairs expected say nothing of a rate.
const LEAST_EXPECTED: f64 = 30.0;

/// The share of pairs at each ratio beside what the ratio promises, by stratum.
pub fn honesty(rows: &Rows, strength: &[f64], weights: &Weights, out: &mut String) {
    let _ = writeln!(
        out,
        "| stratum | pairs | ratio against | x | share of two hands at LR ≥ x | 1/x | |\n|---|---|---|---|---|---|---|"
    );
    let mut line = |name: &str, against: &str, scores: &[f64]| steps(name, against, scores, out);
    let others = |stratum: &str| {
        let of_it = rows.rows.iter().filter(|r| r.is_of(stratum));
        of_it.collect::<Vec<_>>()
    };
    let unrelated: Vec<&Row> = rows.rows.iter().filter(|r| r.is_unrelated()).collect();
    let of = |all: &[&Row]| all.iter().map(|r| strength[r.seen]).collect::<Vec<_>>();
    line("unrelated", "unrelated", &of(&unrelated));
    for (stratum, relation) in STRATA {
        let pairs = others(stratum);
        let Some(relation) = relation else {
            line(stratum, "unrelated", &of(&pairs));
            continue;
        };
        let against = |r: &&Row| {
            weights.against(
                relation,
                weights.combine(left(rows, r.seen, relation)).log10_lr,
            )
        };
        let told: Vec<f64> = pairs.iter().filter_map(against).collect();
        match told.len() == pairs.len() {
            true => line(stratum, relation.question(), &told),
            false => line(
                stratum,
                &format!("{} not measured", relation.question()),
                &[],
            ),
        }
    }
    for (what, of_row) in [
        ("", (|r: &Row| &r.format) as fn(&Row) -> &String),
        ("language ", |r| &r.language),
        ("convention ", |r| &r.convention),
    ] {
        let mut by: BTreeMap<&String, Vec<&Row>> = BTreeMap::new();
        unrelated
            .iter()
            .for_each(|r| by.entry(of_row(r)).or_default().push(r));
        for (name, pairs) in by {
            line(
                &format!("unrelated, {what}{name}"),
                "unrelated",
                &of(&pairs),
            );
        }
    }
    let _ = writeln!(
        out,
        "\n| one hand | pairs | x | share at LR ≤ 1/x | 1/x | |\n|---|---|---|---|---|---|"
    );
    let same: Vec<f64> = rows
        .rows
        .iter()
        .filter(|r| r.is_same)
        .map(|r| strength[r.seen])
        .collect();
    for power in 1..8 {
        let x = 10f64.powf(f64::from(power) / 2.0);
        if same.len() as f64 / x >= LEAST_EXPECTED {
            let share =
                same.iter().filter(|s| **s <= -x.log10()).count() as f64 / same.len() as f64;
            let holds = if share <= 1.0 / x {
                "holds"
            } else {
                "**fails**"
            };
            let _ = writeln!(
                out,
                "| | {} | {x:.1} | {share:.5} | {:.5} | {holds} |",
                same.len(),
                1.0 / x
            );
        }
    }
    out.push('\n');
}

/// The steepest of the steps that a number of pairs can speak of, and every one that fails.
fn steps(name: &str, against: &str, scores: &[f64], out: &mut String) {
    let num = scores.len() as f64;
    let mut told = false;
    for power in (1..16).rev() {
        let x = 10f64.powf(f64::from(power) / 2.0);
        if num / x < LEAST_EXPECTED {
            continue;
        }
        let share = scores.iter().filter(|s| **s >= x.log10()).count() as f64 / num;
        let holds = share <= 1.0 / x;
        if !holds || !told {
            let word = if holds { "holds" } else { "**fails**" };
            let _ = writeln!(
                out,
                "| {name} | {num} | {against} | {x:.1} | {share:.6} | {:.6} | {word} |",
                1.0 / x
            );
            told = true;
        }
    }
    if !told {
        let _ = writeln!(
            out,
            "| {name} | {num} | {against} | – | too few pairs | – | |"
        );
    }
}
