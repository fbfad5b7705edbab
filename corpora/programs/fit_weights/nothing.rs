//! How often nothing at all is found of two whom one hand prepared, by the families that looked.

use crate::fit::upper;
use crate::hands::{Hand, bound, share};
use crate::rows::{Row, Rows};
use samehand::model::Family;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// Fewer hands say nothing of a share.
const LEAST_HANDS: usize = 50;

/// Families that looked → upper 95 % bound, over resampled hands, of the share of one hand's pairs of whom nothing is found;
/// also of two who only point at a third.
///
/// Every kind of campaign counts by its pairs, as in what one detector misses: those about repositories all hand in
/// repositories, and must not speak for hands that are about something else. A large hand counts by all of its pairs: few
/// hands hold most of them, and resampling makes the bound wide enough for that.
pub fn found(rows: &Rows) -> Vec<Value> {
    let mut all: BTreeMap<BTreeSet<Family>, BTreeMap<usize, Hand<'_>>> = BTreeMap::new();
    let mut of_kind: BTreeMap<&str, f64> = BTreeMap::new();
    for row in &rows.rows {
        let Some(hand) = row.hand else { continue };
        let kind = kind(row);
        let seen = &rows.seen[row.seen];
        *of_kind.entry(kind).or_default() += 1.0;
        let looked = seen.values.keys().copied().collect();
        let empty = || Hand {
            kind,
            pairs: 0.0,
            silent: 0.0,
        };
        let of_hand = all
            .entry(looked)
            .or_default()
            .entry(hand)
            .or_insert_with(empty);
        of_hand.pairs += 1.0;
        if !(seen.is_told() || seen.is_aside) {
            of_hand.silent += 1.0;
        }
    }
    let mut out = Vec::new();
    for (families, hands) in all {
        let hands: Vec<&Hand<'_>> = hands.values().collect();
        let share = share(&hands, &of_kind);
        let bound = bound(&hands, &of_kind);
        let names: Vec<&str> = families.iter().map(|f| f.name()).collect();
        println!(
            "{names:?}: {} hands, nothing found of {share:.3}, at most {bound:.3}",
            hands.len()
        );
        if hands.len() >= LEAST_HANDS {
            // Where nobody was missed, resampling finds nobody either: then as many hands as there are bound the share.
            let bound = bound.max(upper(0.0) / hands.len() as f64);
            let up = (bound * 1e3).ceil() / 1e3;
            out.push(json!({"families": names, "share": up, "hands": hands.len(), "seen": (share * 1e3).round() / 1e3}));
        }
    }
    out
}

/// The kind of its campaign without the grade.
fn kind(row: &Row) -> &str {
    row.kind.split(" (").next().unwrap_or_default()
}
