//! Which ordinary relation explains a link as a whole.

use crate::model::{Evidence, Relation};
use crate::weigh::Weighed;
use std::collections::BTreeSet;

/// Relations that explain what weighs anything: those that explain every piece that any relation explains. Where no relation
/// explains all of these, every one that explains some: two ordinary things together are no sign of one hand.
///
/// Nothing is named where what no relation explains `carries` the link alone. Where it does not, it is a crumb beside
/// something ordinary, and what is ordinary stays named. Evidence that nothing explains at all names nothing.
pub(in crate::weigh) fn by(items: &[&(Evidence, Weighed)], carries: bool) -> Vec<Relation> {
    let named: Vec<&[Relation]> = items
        .iter()
        .filter(|(e, w)| w.log10_lr > 0.0 && !e.explained_by.is_empty())
        .map(|(e, _)| e.explained_by.as_slice())
        .collect();
    let Some(first) = named.first().filter(|_| !carries) else {
        return Vec::new();
    };
    let common = |r: &&Relation| named.iter().all(|by| by.contains(r));
    let all: Vec<Relation> = first.iter().filter(common).copied().collect();
    if !all.is_empty() {
        return all;
    }
    let some: BTreeSet<Relation> = named.iter().flat_map(|by| by.iter().copied()).collect();
    some.into_iter().collect()
}
