//! Fits what `weights.json` holds: which families are joined, their weights, shares of misses, rates under relations.

use crate::hands::{Hand, bound};
use crate::nothing;
use crate::rows::{Found, Row, Rows, STRATA, Values};
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

/// Counts up with every table that is shipped.
const VERSION: &str = "5";

const NOTHING: &str = "Of one hand's pairs at whom exactly these families looked, those of whom none found anything: upper 95 % bound over \
                       resampled hands, and never less than that of no miss in so many hands";

/// Weights that are tried.
const GRID: [f64; 6] = [0.5, 0.6, 0.7, 0.8, 0.9, 1.0];

/// A weight below 1, or one more join, must be worth this much Cllr: else the plain product stays.
const WORTH: f64 = 1e-3;

/// From these scores on the ratio against a relation is told, base-10 logarithm against unrelated people.
const SCORES: [f64; 7] = [-9.0, 0.0, 1.0, 2.0, 3.0, 4.0, 6.0];

/// Upper 95 % bound of the mean of a Poisson count (Garwood 1936; the approximation of Byar).
pub fn upper(count: f64) -> f64 {
    let n = count + 1.0;
    n * (1.0 - 1.0 / (9.0 * n) + 1.6449 / (3.0 * n.sqrt())).powi(3)
}

/// Fits on worlds; the text of `weights.json`.
pub fn fit(
    rows: &Rows,
    misses: Misses,
    corpus: &str,
    source: &str,
) -> anyhow::Result<(Value, f64)> {
    let shared = shared(rows);
    let mut best: Option<(f64, Value)> = None;
    for joined in JOINED {
        let groups: Vec<Vec<&str>> = joined.iter().chain(&ALONE).map(|g| g.to_vec()).collect();
        let mut weights = vec![1.0; groups.len()];
        let mut cost = cllr(rows, &shared, &weights_of(&groups, &weights, json!({}))?);
        for _round in 0..2 {
            for at in 0..groups.len() {
                for tried in GRID {
                    let before = std::mem::replace(&mut weights[at], tried);
                    let new = cllr(rows, &shared, &weights_of(&groups, &weights, json!({}))?);
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
        .map(
            |(families, weight)| match families.as_array().map_or(0, Vec::len) {
                0 | 1 => json!({"families": families, "weight": weight}),
                _ => json!({"families": families, "weight": weight, "both": both(rows, families)}),
            },
        )
        .collect();
    let mut out = json!({"name": "weights", "version": VERSION, "corpus": corpus, "source": source,
        "groups": groups, "misses": misses, "nothing": nothing::found(rows), "nothing_source": NOTHING, "relations": {}});
    let fitted = Weights::read(&out.to_string())?;
    out["relations"] = json!(relations(rows, &fitted));
    let (greatest, of) = greatest_plain(rows, &fitted);
    out["unexplained"] = json!((greatest / STEP).floor() * STEP + STEP);
    out["unexplained_source"] = json!(format!(
        "the next step of {STEP} above {greatest:.2}, the most that any of {of} pairs of people with an ordinary relation had"
    ));
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

/// How many pairs share what was seen: of one hand, of unrelated people. What the ratio compares, and nothing else.
fn shared(rows: &Rows) -> Vec<[u64; 2]> {
    let mut counts = vec![[0; 2]; rows.seen.len()];
    for row in rows.rows.iter().filter(|r| r.is_compared() && r.is_counted) {
        counts[row.seen][usize::from(!row.is_same)] += 1;
    }
    counts
}

fn cllr(rows: &Rows, shared: &[[u64; 2]], weights: &Weights) -> f64 {
    let strength = rows
        .seen
        .iter()
        .zip(shared)
        .map(|(seen, [same, other])| (seen.strength(weights), *same, *other));
    LikelihoodCost::of(&Steps::counted(strength)).map_or(f64::INFINITY, |c| c.cllr)
}

/// Of unrelated people's pairs that show one family of a joined group, the share that shows a second one: its upper bound.
fn both(rows: &Rows, families: &Value) -> f64 {
    let members: Vec<&str> = families
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let shown = |at: usize| {
        let values = &rows.seen[at].values;
        let shows = |f: &&&str| {
            values
                .iter()
                .any(|(g, v)| g.name() == **f && v.iter().any(|e| *e > 1.0))
        };
        members.iter().filter(shows).count()
    };
    let counts: Vec<usize> = rows
        .rows
        .iter()
        .filter(|r| !r.is_same && r.is_compared())
        .map(|r| shown(r.seen))
        .collect();
    let (one, two) = (
        counts.iter().filter(|c| **c > 0).count(),
        counts.iter().filter(|c| **c > 1).count(),
    );
    println!("{members:?}: {one} pairs of unrelated people show one, {two} two");
    ((upper(two as f64) / one.max(1) as f64).min(1.0) * 1e3).ceil() / 1e3
}

/// Detector → share of silence about one hand over that about others.
pub type Misses = BTreeMap<&'static str, f64>;

/// Weights that know only what silence weighs.
pub fn with_misses(misses: &Misses) -> anyhow::Result<Weights> {
    weights_of(&[], &[], json!(misses))
}

/// Fewer silent pairs of one hand say nothing of how often it is silent: where only what was planted could be looked at,
/// all is found.
const LEAST_SILENT: f64 = 30.0;

/// Silence about one hand, at its upper 95 % bound, over silence about others, where a detector looked at both: silence must
/// not speak against one hand more than was measured. Every kind of campaign counts by its pairs, however many of them hand
/// in what the detector reads: those about repositories all hand in repositories, and must not speak for hands that are about
/// something else.
pub fn misses(rows: &Rows) -> Misses {
    let kinds = rows.kinds.iter().map(|(k, n)| (k.as_str(), *n as f64));
    let of_kind: BTreeMap<&str, f64> = kinds.collect();
    let of = |(id, found): (&&'static str, &Found)| {
        let hand = |(hand, [looked, found]): (&usize, &[u64; 2])| Hand {
            kind: &rows.kind_of[hand],
            pairs: *looked as f64,
            silent: (looked - found) as f64,
        };
        let hands: Vec<Hand<'_>> = found.same.iter().map(hand).collect();
        let hands: Vec<&Hand<'_>> = hands.iter().collect();
        let silent: f64 = hands.iter().map(|h| h.silent).sum();
        // What looks only where a campaign is about it says nothing of the silence about others.
        let looked: BTreeSet<&str> = hands.iter().map(|h| h.kind).collect();
        let looked: f64 = looked.iter().map(|kind| of_kind[kind]).sum();
        if silent < LEAST_SILENT || 2.0 * looked < of_kind.values().sum::<f64>() {
            return None;
        }
        let [of_others, found_others] = found.others.map(|n| n as f64);
        let ratio = bound(&hands, &of_kind) * of_others / (of_others - found_others);
        Some((*id, (ratio * 1e3).round().clamp(1.0, 1e3) / 1e3))
    };
    rows.found.iter().filter_map(of).collect()
}

/// Fewer pairs of people so related say nothing of a rate.
const LEAST_RELATED: f64 = 30.0;

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
        let count = |wanted: &dyn Fn(&Row) -> bool| {
            let mut counts = [0.0; SCORES.len()];
            for row in rows.rows.iter().filter(|r| wanted(r)) {
                let score = weights.combine(left(rows, row.seen, relation)).log10_lr;
                counts[SCORES.iter().rposition(|s| *s <= score).unwrap_or(0)] += 1.0;
            }
            counts
        };
        let same = count(&|r| r.is_same && r.is_counted);
        let others: Vec<[f64; SCORES.len()]> =
            strata.iter().map(|s| count(&|r| r.is_of(s))).collect();
        let total = |counts: &[f64; SCORES.len()]| counts.iter().sum::<f64>();
        if others.iter().any(|c| total(c) < LEAST_RELATED) {
            println!("{relation:?}: too few pairs, not told");
            continue;
        }
        // Where one word stands for several relations, the one under which it is least rare speaks.
        let rate = |at: usize| {
            let of = |c: &[f64; SCORES.len()]| upper(c[at]) / total(c);
            others.iter().map(of).fold(0.0, f64::max).min(1.0)
        };
        let ratio = |at: usize| (same[at] / total(&same) / rate(at)).max(1e-3).log10();
        // Never falling: a ratio that a higher score does not keep is not given to a lower one.
        let mut told: Vec<f64> = (0..SCORES.len()).map(ratio).collect();
        for at in (0..told.len() - 1).rev() {
            told[at] = told[at].min(told[at + 1]);
        }
        let num = |at: usize| others.iter().map(|c| c[at]).sum::<f64>();
        let point = |(at, score): (usize, &f64)| json!({"score": score, "log10_lr": (told[at] * 100.0).floor() / 100.0, "related": num(at)});
        let points: Vec<Value> = SCORES.iter().enumerate().map(point).collect();
        out.insert(relation, json!(points));
    }
    out
}

/// In such steps is told how strong what nothing explains must be, base-10 logarithm.
const STEP: f64 = 0.25;

/// The most that no relation explains between people with an ordinary relation, and how many such pairs there are.
fn greatest_plain(rows: &Rows, weights: &Weights) -> (f64, usize) {
    let related = || rows.rows.iter().filter(|r| !r.is_same && !r.is_unrelated());
    let scores = related().map(|r| weights.combine(&rows.seen[r.seen].plain).log10_lr);
    (scores.fold(0.0, f64::max), related().count())
}

/// What a relation leaves of what was seen.
pub fn left(rows: &Rows, seen: usize, relation: Relation) -> &Values {
    let seen = &rows.seen[seen];
    seen.left.get(&relation).unwrap_or(&seen.values)
}
