//! Which ordinary relations explain evidence between two applicants.

use crate::model::{Evidence, Relation};
use crate::weigh::Weighed;
use std::collections::BTreeSet;

/// Every relation that explains some of what weighs anything.
pub(in crate::weigh) fn some(items: &[&(Evidence, Weighed)]) -> Vec<Relation> {
    let all: BTreeSet<Relation> = named(items).flatten().copied().collect();
    all.into_iter().collect()
}

/// Relations to name for a link that is not more than ordinary: those that explain every piece that any relation explains.
/// Where no relation explains all of these, every one that explains some: two ordinary things together are no sign of one
/// hand. Evidence that nothing explains names nothing.
pub(in crate::weigh) fn by(items: &[&(Evidence, Weighed)]) -> Vec<Relation> {
    let some = some(items);
    let common = |r: &&Relation| named(items).all(|by| by.contains(r));
    let all: Vec<Relation> = some.iter().filter(common).copied().collect();
    match all.is_empty() {
        true => some,
        false => all,
    }
}

/// The relations of each piece that weighs anything and that a relation explains.
fn named<'a>(items: &'a [&(Evidence, Weighed)]) -> impl Iterator<Item = &'a [Relation]> {
    let weighs = |(e, w): &&&(Evidence, Weighed)| w.log10_lr > 0.0 && !e.explained_by.is_empty();
    items
        .iter()
        .filter(weighs)
        .map(|(e, _)| e.explained_by.as_slice())
}
