//! Hot buckets to groups: sets of profiles that values shared by many hold together.
//!
//! A group is only a proposal: it may hold more than belong together, and the detector splits it.

use crate::link::engine::{Bucket, Proposal};
use crate::link::key::Key;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// Groups of a `Mass` merge at this Jaccard index of their members.
const MERGE_AT: f64 = 0.8;

/// Groups of a `AnyKey` merge when this share of the smaller stands in the larger: the bands of a signature each
/// catch another part of one family, and the detector splits what does not belong together.
const MERGE_WITHIN: f64 = 0.5;

/// Pairs with members of a group that make somebody a member: one may be chance, the detector looks at two.
const TIES: usize = 2;

/// Groups of a [`Join::AnyKey`](crate::link::Join::AnyKey): hot buckets that overlap, with whoever is paired with two of
/// their members.
pub(in crate::link) fn families<'a>(
    detector: u16,
    buckets: &[Bucket],
    pairs: impl Iterator<Item = &'a (u32, u32)>,
) -> Vec<Proposal> {
    let overlaps = |group: &BTreeSet<u32>, members: &[u32]| within(group, members) >= MERGE_WITHIN;
    let mut hot = groups(detector, buckets, &overlaps);
    let mut neighbours: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for &(a, b) in pairs {
        neighbours.entry(a).or_default().push(b);
        neighbours.entry(b).or_default().push(a);
    }
    for group in &mut hot {
        grow(&mut group.members, &neighbours);
    }
    // Grown groups may have come to overlap.
    hot.sort_by(|a, b| b.members.len().cmp(&a.members.len()).then(a.cmp(b)));
    let mut whole: Vec<Proposal> = Vec::new();
    for group in hot {
        let members: BTreeSet<u32> = group.members.iter().copied().collect();
        match whole.iter_mut().find(|w| overlaps(&members, &w.members)) {
            Some(other) => {
                other.members = members.into_iter().chain(other.members.drain(..)).collect();
                other.members.sort_unstable();
                other.members.dedup();
                other.keys.extend(group.keys);
                other.keys.sort_unstable();
            }
            None => whole.push(group),
        }
    }
    whole
}

/// Groups of a [`Join::Mass`](crate::link::Join::Mass): hot buckets that overlap and weigh at least `min` together.
pub(in crate::link) fn heavy(
    detector: u16,
    buckets: &[Bucket],
    weight: &dyn Fn(Key) -> f32,
    min: f32,
) -> Vec<Proposal> {
    let overlaps = |group: &BTreeSet<u32>, members: &[u32]| overlap(group, members) >= MERGE_AT;
    let mut all = groups(detector, buckets, &overlaps);
    all.retain(|group| group.keys.iter().map(|&k| weight(k)).sum::<f32>() >= min);
    all
}

/// Takes into a group whoever is paired with at least [`TIES`] of its members: hot bands catch only a part of a family,
/// small ones the rest. The detector splits what does not belong together.
fn grow(group: &mut Vec<u32>, neighbours: &BTreeMap<u32, Vec<u32>>) {
    let mut members: BTreeSet<u32> = group.iter().copied().collect();
    let mut ties: BTreeMap<u32, usize> = BTreeMap::new();
    let mut new: Vec<u32> = group.clone();
    while let Some(member) = new.pop() {
        for &other in neighbours.get(&member).into_iter().flatten() {
            let tied = ties.entry(other).or_default();
            *tied += 1;
            if *tied >= TIES && members.insert(other) {
                new.push(other);
            }
        }
    }
    *group = members.into_iter().collect();
}

/// One proposal for each set of profiles in hot buckets, those that overlap merged.
fn groups(
    detector: u16,
    buckets: &[Bucket],
    overlaps: &dyn Fn(&BTreeSet<u32>, &[u32]) -> bool,
) -> Vec<Proposal> {
    let mut sets: BTreeMap<&[u32], Vec<Key>> = BTreeMap::new();
    for bucket in buckets.iter().filter(|b| b.is_hot()) {
        sets.entry(&bucket.profiles).or_default().push(bucket.key);
    }
    let mut sets: Vec<(&[u32], Vec<Key>)> = sets.into_iter().collect();
    sets.sort_by(|(a, _), (b, _)| b.len().cmp(&a.len()).then(a.cmp(b)));
    let mut merged: Vec<(BTreeSet<u32>, Vec<Key>)> = Vec::new();
    for (members, keys) in sets {
        match merged
            .iter_mut()
            .find(|(group, _)| overlaps(group, members))
        {
            Some((group, all)) => {
                group.extend(members);
                all.extend(keys);
            }
            None => merged.push((members.iter().copied().collect(), keys)),
        }
    }
    let proposal = |(group, mut keys): (BTreeSet<u32>, Vec<Key>)| {
        keys.sort_unstable();
        let members = group.into_iter().collect();
        Proposal {
            detector,
            members,
            keys,
        }
    };
    merged.into_iter().map(proposal).collect()
}

/// Share of the smaller of two member lists that stands in the other.
fn within(a: &BTreeSet<u32>, b: &[u32]) -> f64 {
    let shared = b.iter().filter(|p| a.contains(p)).count();
    shared as f64 / a.len().min(b.len()) as f64
}

/// Jaccard index of two member lists.
fn overlap(a: &BTreeSet<u32>, b: &[u32]) -> f64 {
    let shared = b.iter().filter(|p| a.contains(p)).count();
    shared as f64 / (a.len() + b.len() - shared) as f64
}
