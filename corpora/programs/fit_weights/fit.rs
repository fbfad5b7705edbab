//! Fits what `weights.json` holds: which families are joined, their weights, shares of misses, rates under relations.

use crate::rows::{Rows, STRATA, Values};
use samehand::evaluate::{LikelihoodCost, Steps};
use samehand::model::Relation;
use samehand::weigh::Weights;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Ways to join families: what reads one repository, and what reads one document, may count once.
const JOINED: [&[&[&str]]; 4] = [
    &[
        &["text"],
        &["document"],
        &["identity"],
        &["history", "code"],
    ],
    &[&["text"], &["document"], &["identity", "history", "code"]],
    &[&["text", "document"], &["identity"], &["history", "code"]],
    &[&["text", "document"], &["identity", "history", "code"]],
];
/// Families that stand alone in all of them.
const ALONE: [&[&str]; 3] = [&["contact"], &["image"], &["style"]];

/// Weights that are tried.
const GRID: [f64; 6] = [0.5, 0.6, 0.7, 0.8, 0.9, 1.0];

/// A weight below 1 must be worth this much Cllr: else the plain product stays.
const WORTH: f64 = 1e-4;

/// From these scores on the ratio against a relation is told, base-10 logarithm against unrelated people.
const SCORES: [f64; 7] = [-9.0, 0.0, 1.0, 2.0, 3.0, 4.0, 6.0];

/// Upper 95 % bound of the mean of a Poisson count (Garwood 1936; the approximation of Byar).
pub fn upper(count: f64) -> f64 {
    let n = count + 1.0;
    n * (1.0 - 1.0 / (9.0 * n) + 1.6449 / (3.0 * n.sqrt())).powi(3)
}

/// Fits on worlds; the text of `weights.json`.
pub fn fit(rows: &Rows, corpus: &str, source: &str) -> anyhow::Result<(Value, f64)> {
    let misses = misses(rows);
    let mut best: Option<(f64, Value)> = None;
    for joined in JOINED {
        let groups: Vec<Vec<&str>> = joined.iter().chain(&ALONE).map(|g| g.to_vec()).collect();
        let mut weights = vec![1.0; groups.len()];
        let mut cost = cllr(rows, &weights_of(&groups, &weights, json!({}))?);
        for _round in 0..2 {
            for at in 0..groups.len() {
                for tried in GRID {
                    let before = std::mem::replace(&mut weights[at], tried);
                    let new = cllr(rows, &weights_of(&groups, &weights, json!({}))?);
                    if new < cost - WORTH {
                        cost = new
                    } else {
                        weights[at] = before
                    }
                }
            }
        }
        println!("joined {joined:?}: weights {weights:?}, Cllr {cost:.4}");
        if best.as_ref().is_none_or(|(least, _)| cost < *least - WORTH) {
            best = Some((cost, json!([groups, weights])));
        }
    }
    let (cost, chosen) = best.expect("there are ways to join");
    let groups: Vec<Value> = chosen[0]
        .as_array()
        .into_iter()
        .flatten()
        .zip(chosen[1].as_array().into_iter().flatten())
        .map(|(families, weight)| json!({"families": families, "weight": weight}))
        .collect();
    let mut out = json!({"name": "weights", "version": "2", "corpus": corpus, "source": source,
        "groups": groups, "misses": misses, "relations": {}});
    let fitted = Weights::read(&out.to_string())?;
    out["relations"] = json!(relations(rows, &fitted));
    Ok((out, cost))
}

fn weights_of(groups: &[Vec<&str>], weights: &[f64], misses: Value) -> anyhow::Result<Weights> {
    let groups: Vec<Value> = groups
        .iter()
        .zip(weights)
        .map(|(f, w)| json!({"families": f, "weight": w}))
        .collect();
    let all = json!({"name": "w", "version": "0", "corpus": "", "groups": groups, "misses": misses, "relations": {}});
    Ok(Weights::read(&all.to_string())?)
}

/// Cllr of all pairs but those that are listed under an ordinary relation.
fn cllr(rows: &Rows, weights: &Weights) -> f64 {
    let strength: Vec<f64> = rows
        .seen
        .iter()
        .map(|s| weights.combine(&s.values).log10_lr)
        .collect();
    let named = |at: usize| {
        rows.seen[at]
            .link
            .as_ref()
            .is_some_and(|l| !l.explained_by.is_empty())
    };
    let counted = rows.rows.iter().filter(|r| !named(r.seen));
    let steps = Steps::new(counted.map(|r| (strength[r.seen], r.is_same)));
    LikelihoodCost::of(&steps).map_or(f64::INFINITY, |c| c.cllr)
}

/// Silence about one hand over silence about others, where a detector looked at both.
fn misses(rows: &Rows) -> BTreeMap<&'static str, f64> {
    let share = |looked: u64, found: u64| 1.0 - found as f64 / looked as f64;
    let of = |(id, [same, hit, other, chance]): (&&'static str, &[u64; 4])| {
        let ratio = share(*same, *hit) / share(*other, *chance);
        (*same >= 30).then(|| (*id, (ratio * 1e3).round().clamp(1.0, 1e3) / 1e3))
    };
    rows.found.iter().filter_map(of).collect()
}

/// What a relation leaves unexplained, among people so related and among pairs of one hand.
fn relations(rows: &Rows, weights: &Weights) -> BTreeMap<Relation, Value> {
    let all: BTreeSet<Relation> = STRATA.iter().filter_map(|(_, r)| *r).collect();
    let mut out = BTreeMap::new();
    for relation in all {
        let strata: Vec<&str> = STRATA
            .iter()
            .filter(|(_, r)| *r == Some(relation))
            .map(|(s, _)| *s)
            .collect();
        let mut counts = [[0.0; SCORES.len()]; 2];
        for row in rows
            .rows
            .iter()
            .filter(|r| r.is_same || strata.contains(&r.stratum))
        {
            let left = left(rows, row.seen, relation);
            let score = weights.combine(left).log10_lr;
            let at = SCORES.iter().rposition(|s| *s <= score).unwrap_or(0);
            counts[usize::from(row.is_same)][at] += 1.0;
        }
        let totals = counts.map(|c| c.iter().sum::<f64>());
        if totals[0] < 30.0 {
            continue;
        }
        let ratio = |at: usize| {
            let (hit, rate) = (counts[1][at] / totals[1], upper(counts[0][at]) / totals[0]);
            (hit / rate.min(1.0)).max(1e-3).log10()
        };
        // Never falling: a ratio that a higher score does not keep is not given to a lower one.
        let mut told: Vec<f64> = (0..SCORES.len()).map(ratio).collect();
        for at in (0..told.len() - 1).rev() {
            told[at] = told[at].min(told[at + 1]);
        }
        let points = SCORES.iter().zip(&told).zip(counts[0]);
        let points: Vec<Value> = points
            .map(|((score, lr), n)| json!({"score": score, "log10_lr": (lr * 100.0).floor() / 100.0, "related": n}))
            .collect();
        out.insert(relation, json!(points));
    }
    out
}

/// What a relation leaves of what was seen.
pub fn left(rows: &Rows, seen: usize, relation: Relation) -> &Values {
    let seen = &rows.seen[seen];
    seen.left.get(&relation).unwrap_or(&seen.values)
}
