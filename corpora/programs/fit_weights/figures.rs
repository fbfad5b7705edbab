//! Figures of worlds that nothing was fitted to, as Markdown.

use crate::honesty::honesty;
use crate::kinds::kinds;
use crate::rows::{Row, Rows};
use samehand::evaluate::{LikelihoodCost, Shown, Steps};
use samehand::model::Words;
use samehand::weigh::Weights;
use std::collections::BTreeMap;
use std::fmt::Write as _;

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
    rows.seen.iter().map(|s| s.strength(weights)).collect()
}

/// Whether the report names a relation for all that it says of two.
pub fn is_named(rows: &Rows, row: &Row) -> bool {
    rows.seen[row.seen].is_named
}

/// Where the report shows two.
fn shown(rows: &Rows, row: &Row, strength: f64) -> f64 {
    let seen = &rows.seen[row.seen];
    let shown = Shown {
        is_grouped: row.is_grouped,
        is_told: seen.is_told(),
        is_of_many: seen.link.is_none(),
        is_named: seen.is_named,
        beyond_relation: seen.link.as_ref().map_or(0.0, |l| l.beyond_relation()),
        log10_lr: strength,
    };
    shown.score()
}

/// Figures of all pairs, and with at most ten pairs of each hand.
fn head(rows: &Rows, strength: &[f64], out: &mut String) {
    let all: Vec<&Row> = rows.rows.iter().filter(|r| r.has_campaigns).collect();
    let counted: Vec<&Row> = all.iter().copied().filter(|r| r.is_counted).collect();
    let is_mixed = |r: &&Row| !r.is_same || r.kind.contains('+');
    let mixed: Vec<&Row> = counted.iter().copied().filter(is_mixed).collect();
    let small: Vec<&Row> = all.iter().copied().filter(|r| !r.is_large).collect();
    let same = |of: &[&Row]| of.iter().filter(|r| r.is_same).count();
    let _ = writeln!(
        out,
        "{} worlds, {} of them with campaigns: {} pairs of one hand, {} of two. {} pairs are of hands of no more than a dozen. One hand of sixty has 1,770 pairs, so the further columns count at most ten of \
         each hand, large or small, and none of two who only point at a third: {} pairs, {} of them of hands that leave several \
         things.\n",
        rows.num_worlds,
        rows.bcubed.len(),
        same(&all),
        all.len() - same(&all),
        same(&small),
        same(&counted),
        same(&mixed)
    );
    let _ = writeln!(
        out,
        "| measure | all pairs | of hands of at most twelve | at most ten of a hand | … of hands that leave several things |\n\
         |---|---|---|---|---|"
    );
    let columns = [all, small, counted, mixed].map(|of| measures(rows, strength, &of));
    for (at, (name, _)) in columns[0].iter().enumerate() {
        let cells: Vec<&str> = columns.iter().map(|c| c[at].1.as_str()).collect();
        let _ = writeln!(out, "| {name} | {} |", cells.join(" | "));
    }
    let bcubed = rows.bcubed.iter().sum::<f64>() / rows.bcubed.len().max(1) as f64;
    let _ = writeln!(out, "| B-cubed F1, mean of worlds | {bcubed:.3} | | | |\n");
}

/// Name and value of each measure over some pairs.
fn measures(rows: &Rows, strength: &[f64], of: &[&Row]) -> Vec<(&'static str, String)> {
    let mut out = orders(rows, strength, of);
    out.extend(shares(rows, strength, of));
    out
}

/// How well pairs are ordered, and what their ratios cost.
fn orders(rows: &Rows, strength: &[f64], of: &[&Row]) -> Vec<(&'static str, String)> {
    let steps = |score: &dyn Fn(&Row) -> f64| Steps::new(of.iter().map(|r| (score(r), r.is_same)));
    let plain = steps(&|r| strength[r.seen]);
    let as_shown = steps(&|r| shown(rows, r, strength[r.seen]));
    let compared = of.iter().filter(|r| r.is_compared());
    let compared = Steps::new(compared.map(|r| (strength[r.seen], r.is_same)));
    let number = |x: Option<f64>| x.map_or("–".into(), |x| format!("{x:.3}"));
    let cost = |s: &Steps| {
        LikelihoodCost::of(s).map_or("–".into(), |c| {
            let lost = c.cllr - c.cllr_min;
            format!("{:.3} − {:.3} = {lost:.3}", c.cllr, c.cllr_min)
        })
    };
    let (by_report, by_strength) = (as_shown.ranking(), plain.ranking());
    let by_ratio = compared.ranking();
    vec![
        ("AUC, in the order of the report", number(by_report.auc)),
        (
            "AUC, by strength, against unrelated people",
            number(by_ratio.auc),
        ),
        (
            "average precision, in the order of the report",
            number(by_report.average_precision),
        ),
        (
            "average precision, by strength",
            number(by_strength.average_precision),
        ),
        (
            "average precision, by strength, against unrelated people",
            number(by_ratio.average_precision),
        ),
        ("equal error rate", number(plain.equal_error_rate())),
        (
            "Cllr − Cllr_min, one hand against unrelated people",
            cost(&compared),
        ),
        (
            "Cllr − Cllr_min, related people among the others",
            cost(&plain),
        ),
    ]
}

/// How many pairs are found, and how many of two hands stand where they should not.
fn shares(rows: &Rows, strength: &[f64], of: &[&Row]) -> Vec<(&'static str, String)> {
    let bound = Steps::new(
        of.iter()
            .map(|r| (shown(rows, r, strength[r.seen]), r.is_same)),
    )
    .bound(0);
    let num_same = of.iter().filter(|r| r.is_same).count().max(1);
    let same = |wanted: &dyn Fn(&Row) -> bool| {
        let found = of.iter().filter(|r| r.is_same && wanted(r)).count();
        format!("{:.3}", found as f64 / num_same as f64)
    };
    let others = |wanted: &dyn Fn(&Row) -> bool| {
        let wrong = of.iter().filter(|r| !r.is_same && wanted(r)).count();
        wrong.to_string()
    };
    // What is told once for many stands for the links of its pairs.
    let linked = |r: &Row| rows.seen[r.seen].is_told() && strength[r.seen] > 0.0;
    let strong = |r: &Row| linked(r) && Words::from_log10(strength[r.seen]) >= Words::Strong;
    vec![
        (
            "recall: pairs of one hand that the report links, groups or names together among those who share one thing",
            same(&|r| linked(r) || r.is_grouped),
        ),
        (
            "… that no relation is named for",
            same(&|r| r.is_grouped || linked(r) && !is_named(rows, r)),
        ),
        (
            "… above every pair of two hands",
            same(&|r| shown(rows, r, strength[r.seen]) > bound),
        ),
        ("… at *strong* or above", same(&strong)),
        ("… in one group", same(&|r| r.is_grouped)),
        (
            "pairs of two hands at *strong* or above that no relation is named for",
            others(&|r| {
                let is_strong = Words::from_log10(strength[r.seen]) >= Words::Strong;
                rows.seen[r.seen].is_told() && is_strong && !is_named(rows, r)
            }),
        ),
        ("pairs of two hands in one group", others(&|r| r.is_grouped)),
    ]
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
            let strata: Vec<&str> = row.strata.iter().flatten().copied().collect();
            *all.entry(format!("{} | {}", strata.join(" and "), ids.join(", ")))
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
