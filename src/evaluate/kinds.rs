//! How much of each kind is found, when only so many pairs of two hands may stand as high.
//!
//! Recall of a mixed pool hides that one kind is always found and another never. A budget is a number of pairs, not a
//! share: "no pair of two hands above it" is a question a reader can ask of one pool.

use crate::evaluate::pairs::{Pair, Pool};
use crate::evaluate::ranking::Steps;
use serde::Serialize;
use std::collections::BTreeMap;

/// Pairs of two hands that may stand as high as what counts as found.
pub const BUDGETS: [u64; 3] = [0, 1, 10];

/// Recall of one kind at one budget.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct AtBudget {
    /// Pairs of two hands allowed.
    pub budget: u64,
    /// Pairs of one hand above all others of two hands.
    pub found: u64,
    /// found / pairs.
    pub recall: f64,
}

/// One kind of hand.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct KindRecall {
    /// The kind as the labels say; both, where two applicants of one hand have different ones.
    pub kind: String,
    /// Pairs of one hand.
    pub pairs: u64,
    /// Of these, the ones that a group holds.
    pub grouped: u64,
    /// Found at each budget.
    pub at_budget: Vec<AtBudget>,
}

/// The kind of a pair of one hand.
pub(in crate::evaluate) fn kind(pool: &Pool<'_>, pair: &Pair<'_>) -> String {
    let (a, b) = (&pool.people[pair.a].1.kind, &pool.people[pair.b].1.kind);
    match a == b {
        true => a.clone(),
        false => format!("{} + {}", a.min(b), a.max(b)),
    }
}

/// Recall by kind; `ranked` are the scores that budgets are spent on, `score` gives that of a pair.
pub(in crate::evaluate) fn recalls(
    pool: &Pool<'_>,
    ranked: &Steps,
    score: impl Fn(&Pair<'_>) -> f64,
) -> Vec<KindRecall> {
    let bounds = BUDGETS.map(|budget| (budget, ranked.bound(budget)));
    let mut kinds: BTreeMap<String, (u64, u64, [u64; BUDGETS.len()])> = BTreeMap::new();
    for pair in pool.pairs().filter(|p| p.is_same) {
        let (pairs, grouped, found) = kinds.entry(kind(pool, &pair)).or_default();
        *pairs += 1;
        *grouped += u64::from(pair.is_grouped);
        for (found, (_, bound)) in found.iter_mut().zip(bounds) {
            *found += u64::from(score(&pair) > bound);
        }
    }
    let row =
        |(kind, (pairs, grouped, found)): (String, (u64, u64, [u64; BUDGETS.len()]))| KindRecall {
            kind,
            pairs,
            grouped,
            at_budget: bounds
                .iter()
                .zip(found)
                .map(|((budget, _), found)| AtBudget {
                    budget: *budget,
                    found,
                    recall: found as f64 / pairs as f64,
                })
                .collect(),
        };
    kinds.into_iter().map(row).collect()
}
