//! Figures of worlds that nothing was fitted to, as Markdown.

use crate::fit::left;
use crate::rows::{Row, Rows, STRATA};
use samehand::evaluate::{LikelihoodCost, Steps};
use samehand::model::Words;
use samehand::weigh::Weights;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Fewer pairs expected say nothing of a rate.
const LEAST_EXPECTED: f64 = 30.0;

/// All figures.
pub fn figures(rows: &Rows, weights: &Weights) -> String {
    let strength = strengths(rows, weights);
    let mut out = String::new();
    head(rows, &strength, &mut out);
    kinds(rows, &strength, &mut out);
    honesty(rows, &strength, weights, &mut out);
    innocents(rows, &strength, &mut out);
    out
}

/// Strength of what was seen, base-10 logarithm.
pub fn strengths(rows: &Rows, weights: &Weights) -> Vec<f64> {
    rows.seen
        .iter()
        .map(|s| weights.combine(&s.values).log10_lr)
        .collect()
}

fn is_named(rows: &Rows, row: &Row) -> bool {
    rows.seen[row.seen]
        .link
        .as_ref()
        .is_some_and(|l| !l.explained_by.is_empty())
}

/// Links that a relation explains stand below all others, as the report treats them.
fn ranked(rows: &Rows, strength: &[f64]) -> Steps {
    let score = |r: &Row| match rows.seen[r.seen].link.is_some() && !is_named(rows, r) {
        true => strength[r.seen],
        false => f64::NEG_INFINITY,
    };
    Steps::new(rows.rows.iter().map(|r| (score(r), r.is_same)))
}

fn head(rows: &Rows, strength: &[f64], out: &mut String) {
    let same = rows.rows.iter().filter(|r| r.is_same).count();
    let all = Steps::new(rows.rows.iter().map(|r| (strength[r.seen], r.is_same)));
    let counted = rows.rows.iter().filter(|r| !is_named(rows, r));
    let counted = Steps::new(counted.map(|r| (strength[r.seen], r.is_same)));
    let (plain, unexplained) = (all.ranking(), ranked(rows, strength).ranking());
    let number = |x: Option<f64>| x.map_or("–".into(), |x| format!("{x:.3}"));
    let cost = |s: &Steps| match LikelihoodCost::of(s) {
        Some(c) => format!(
            "{:.3} | {:.3} | {:.3}",
            c.cllr,
            c.cllr_min,
            c.cllr - c.cllr_min
        ),
        None => "– | – | –".into(),
    };
    let of_same = |wanted: &dyn Fn(&Row) -> bool| {
        rows.rows.iter().filter(|r| r.is_same && wanted(r)).count() as f64 / same as f64
    };
    let strong = |r: &Row| {
        rows.seen[r.seen].link.is_some() && Words::from_log10(strength[r.seen]) >= Words::Strong
    };
    let wrong = rows
        .rows
        .iter()
        .filter(|r| !r.is_same && strong(r) && !is_named(rows, r))
        .count();
    let bcubed = rows.bcubed.iter().sum::<f64>() / rows.bcubed.len().max(1) as f64;
    let _ = writeln!(
        out,
        "{} worlds, {} pairs of one hand, {} of two.\n",
        rows.num_worlds,
        same,
        rows.rows.len() - same
    );
    let _ = writeln!(out, "| measure | value |\n|---|---|");
    let _ = writeln!(out, "| AUC of pairs | {} |", number(plain.auc));
    let _ = writeln!(
        out,
        "| average precision, links that a relation explains placed below | {} |",
        number(unexplained.average_precision)
    );
    let _ = writeln!(
        out,
        "| average precision, as ranked by strength | {} |",
        number(plain.average_precision)
    );
    let _ = writeln!(
        out,
        "| equal error rate | {} |",
        number(all.equal_error_rate())
    );
    let _ = writeln!(
        out,
        "| pairs of one hand with a link | {:.3} |",
        of_same(&|r| rows.seen[r.seen].link.is_some() && strength[r.seen] > 0.0)
    );
    let _ = writeln!(out, "| … at *strong* or above | {:.3} |", of_same(&strong));
    let _ = writeln!(
        out,
        "| … that no relation is named for | {:.3} |",
        of_same(&|r| strong(r) && !is_named(rows, r))
    );
    let _ = writeln!(
        out,
        "| … in one group | {:.3} |",
        of_same(&|r| r.is_grouped)
    );
    let _ = writeln!(
        out,
        "| pairs of two hands at *strong* or above that no relation is named for | {wrong} |"
    );
    let _ = writeln!(
        out,
        "| pairs of two hands in one group | {} |",
        rows.rows
            .iter()
            .filter(|r| !r.is_same && r.is_grouped)
            .count()
    );
    let _ = writeln!(out, "| B-cubed F1, mean of worlds | {bcubed:.3} |\n");
    let _ = writeln!(
        out,
        "| likelihood ratios | Cllr | Cllr_min | lost to calibration |\n|---|---|---|---|"
    );
    let _ = writeln!(out, "| all pairs | {} |", cost(&all));
    let _ = writeln!(
        out,
        "| without pairs that a relation is named for | {} |\n",
        cost(&counted)
    );
}

/// Recall of each kind and grade.
fn kinds(rows: &Rows, strength: &[f64], out: &mut String) {
    let mut kinds: BTreeMap<&str, [u64; 5]> = BTreeMap::new();
    for row in rows.rows.iter().filter(|r| r.is_same) {
        let counts = kinds.entry(&row.kind).or_default();
        let link = rows.seen[row.seen].link.is_some() && strength[row.seen] > 0.0;
        counts[0] += 1;
        counts[1] += u64::from(link);
        counts[2] += u64::from(link && strength[row.seen] >= 3.0);
        counts[3] += u64::from(link && is_named(rows, row));
        counts[4] += u64::from(row.is_grouped);
    }
    let _ = writeln!(
        out,
        "| kind (grade) | pairs | linked | strong or above | a relation named | in one group |\n|---|---|---|---|---|---|"
    );
    for (kind, [pairs, linked, strong, named, grouped]) in kinds {
        let _ = writeln!(
            out,
            "| {kind} | {pairs} | {linked} | {strong} | {named} | {grouped} |"
        );
    }
    out.push('\n');
}

/// The share of pairs at each ratio beside what the ratio promises, by stratum.
fn honesty(rows: &Rows, strength: &[f64], weights: &Weights, out: &mut String) {
    let _ = writeln!(
        out,
        "| stratum | pairs | ratio against | x | share of two hands at LR ≥ x | 1/x | |\n|---|---|---|---|---|---|---|"
    );
    let mut line = |name: &str, against: &str, scores: &[f64]| steps(name, against, scores, out);
    let others = |stratum: &str| {
        rows.rows
            .iter()
            .filter(|r| !r.is_same && r.stratum == stratum)
            .collect::<Vec<_>>()
    };
    let unrelated = others("unrelated");
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
        line(stratum, &format!("{relation:?}").to_lowercase(), &told);
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

/// Pairs of two hands at strong or above without a named relation, by stratum and detectors.
fn innocents(rows: &Rows, strength: &[f64], out: &mut String) {
    let mut all: BTreeMap<String, u64> = BTreeMap::new();
    for row in rows
        .rows
        .iter()
        .filter(|r| !r.is_same && !is_named(rows, r))
    {
        if let Some(link) = rows.seen[row.seen]
            .link
            .as_ref()
            .filter(|_| strength[row.seen] >= 3.0)
        {
            let mut ids: Vec<&str> = link
                .evidence
                .iter()
                .filter_map(|e| Some(e.rsplit_once('-')?.0))
                .collect();
            ids.sort_unstable();
            ids.dedup();
            *all.entry(format!("{} | {}", row.stratum, ids.join(", ")))
                .or_default() += 1;
        }
    }
    if !all.is_empty() {
        let _ = writeln!(
            out,
            "| pairs of two hands at strong or above, no relation named | detectors | pairs |\n|---|---|---|"
        );
    }
    for (what, num) in all {
        let _ = writeln!(out, "| {what} | {num} |");
    }
}
