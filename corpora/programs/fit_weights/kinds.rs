//! What becomes of each kind of campaign: grouped, or missed and for which reason.

use crate::rows::{Row, Rows};
use samehand::model::Relation;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// A link that chance may bring more often makes no group.
const CHANCE: f64 = 0.05;

/// Pairs of one kind.
#[derive(Default)]
struct Counts {
    pairs: u64,
    grouped: u64,
    unlinked: u64,
    /// Told of many, or linked, and an ordinary relation is named for it.
    named: u64,
    relations: BTreeMap<Relation, u64>,
    /// Linked, and so many such links are expected among strangers.
    by_chance: u64,
    /// Linked well enough, and apart all the same.
    apart: u64,
    /// Linked, or told of many.
    linked: u64,
    strong: u64,
}

impl Counts {
    fn add(&mut self, rows: &Rows, row: &Row, strength: f64) {
        self.pairs += 1;
        let seen = &rows.seen[row.seen];
        let is_told = seen.is_told() && strength > 0.0;
        self.linked += u64::from(is_told);
        self.strong += u64::from(is_told && strength >= 3.0);
        match seen.link.as_ref().filter(|_| is_told) {
            _ if row.is_grouped => self.grouped += 1,
            None if !is_told => self.unlinked += 1,
            // What many share is told once, and chance does not bring it: else it would be a group.
            None => self.named += 1,
            Some(link) if !link.explained_by.is_empty() => {
                self.named += 1;
                for relation in &link.explained_by {
                    *self.relations.entry(*relation).or_default() += 1;
                }
            }
            Some(link) if link.expected_by_chance > CHANCE => self.by_chance += 1,
            Some(_) => self.apart += 1,
        }
    }
}

/// One line for each kind and grade.
pub fn kinds(rows: &Rows, strength: &[f64], out: &mut String) {
    let mut kinds: BTreeMap<&str, Counts> = BTreeMap::new();
    for row in rows.rows.iter().filter(|r| r.is_same) {
        let counts = kinds.entry(&row.kind).or_default();
        counts.add(rows, row, strength[row.seen]);
    }
    let _ = writeln!(
        out,
        "Every pair of one hand by kind and grade. Those in no group stand under the reason: nothing found, a relation named, \
         more than {CHANCE} expected by chance, or tied to too few of the group.\n\n\
         | kind (grade) | pairs | linked | at *strong* or above | in one group | nothing found | relation named | by chance | too few |\n\
         |---|---|---|---|---|---|---|---|---|"
    );
    for (kind, c) in kinds {
        let mut relations: Vec<(Relation, u64)> = c.relations.into_iter().collect();
        relations.sort_by_key(|(r, n)| (std::cmp::Reverse(*n), *r));
        let words: Vec<&str> = relations
            .iter()
            .take(2)
            .map(|(r, _)| r.question())
            .collect();
        let _ = writeln!(
            out,
            "| {kind} | {} | {} | {} | {} | {} | {} {} | {} | {} |",
            c.pairs,
            c.linked,
            c.strong,
            c.grouped,
            c.unlinked,
            c.named,
            words.join(" "),
            c.by_chance,
            c.apart
        );
    }
    out.push('\n');
}
