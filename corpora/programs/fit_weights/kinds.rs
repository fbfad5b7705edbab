//! What is found of each kind of campaign, and why the rest is not.

use crate::figures::is_named;
use crate::rows::Rows;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Recall of each kind and grade.
pub fn kinds(rows: &Rows, strength: &[f64], out: &mut String) {
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
