//! Hot buckets to groups: sets of profiles that values shared by many hold together.
//!
//! A group is only a proposal: it may hold more than belong together, and the detector splits it.

use crate::link::buckets::Buckets;
use crate::link::key::Key;
use crate::link::pairs::Pair;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::collections::HashMap;

/// Pairs with members of a group that make somebody a member: one may be chance, the detector looks at two.
const TIES: usize = 2;

/// Profiles with the keys that brought them together; both sorted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::link) struct Group {
    /// Indices of the profiles.
    pub members: Vec<u32>,
    /// The keys.
    pub keys: Vec<Key>,
}

/// Whether groups merge that have `shared` members in common, of `smaller` that the smaller one has.
pub(in crate::link) type Overlap = fn(shared: usize, smaller: usize) -> bool;

/// Groups of a [`Join::AnyKey`](crate::link::Join::AnyKey) merge when half of the smaller stands in the larger: the bands
/// of a signature each catch another part of one family.
const HALF: Overlap = |shared, smaller| 2 * shared >= smaller;

/// Groups of a [`Join::Mass`](crate::link::Join::Mass) merge when more than half of the smaller does: two who share
/// something of their own are not taken in because one of them is on the template.
pub(in crate::link) const MOST: Overlap = |shared, smaller| 2 * shared > smaller;

/// Groups of a [`Join::AnyKey`](crate::link::Join::AnyKey): hot buckets that overlap, with whoever is paired with two of
/// their members.
pub(in crate::link) fn families(buckets: &Buckets, pairs: &[Pair]) -> Vec<Group> {
    let hot = (0..buckets.len() as u32).filter(|&b| buckets.is_hot(b));
    let mut groups = merge(alike(buckets, hot), HALF);
    if groups.is_empty() {
        return groups;
    }
    let both_ways = |pair: &Pair| {
        let [a, b] = pair.members;
        [(a, b), (b, a)]
    };
    let mut neighbours: Vec<(u32, u32)> = pairs.iter().flat_map(both_ways).collect();
    neighbours.sort_unstable();
    for group in &mut groups {
        grow(&mut group.members, &neighbours);
    }
    // Grown groups may have come to overlap.
    merge(groups, HALF)
}

/// One group for each set of profiles that buckets hold.
fn alike(buckets: &Buckets, hot: impl Iterator<Item = u32>) -> Vec<Group> {
    let mut sets: BTreeMap<Vec<u32>, Vec<Key>> = BTreeMap::new();
    for bucket in hot {
        let members = buckets.members(bucket).iter().map(|m| m.profile());
        sets.entry(members.collect())
            .or_default()
            .push(buckets.key(bucket));
    }
    sets.into_iter()
        .map(|(members, keys)| Group { members, keys })
        .collect()
}

/// Takes into a group whoever is paired with at least [`TIES`] of its members: hot bands catch only a part of a family,
/// small ones the rest. `neighbours` are sorted. The detector splits what does not belong together.
fn grow(group: &mut Vec<u32>, neighbours: &[(u32, u32)]) {
    let mut members: BTreeSet<u32> = group.iter().copied().collect();
    let mut ties: BTreeMap<u32, usize> = BTreeMap::new();
    let mut new: Vec<u32> = group.clone();
    while let Some(member) = new.pop() {
        let from = neighbours.partition_point(|n| n.0 < member);
        for &(_, other) in neighbours[from..].iter().take_while(|n| n.0 == member) {
            let tied = ties.entry(other).or_default();
            *tied += 1;
            if *tied >= TIES && members.insert(other) {
                new.push(other);
            }
        }
    }
    *group = members.into_iter().collect();
}

/// Merges groups that overlap, from the largest to the smallest, each into the first that it overlaps with. Every member
/// knows its groups, so the work is linear in the members.
pub(in crate::link) fn merge(mut groups: Vec<Group>, overlap: Overlap) -> Vec<Group> {
    groups.sort_by(|a, b| {
        let by_size = b.members.len().cmp(&a.members.len());
        by_size.then_with(|| (&a.members, &a.keys).cmp(&(&b.members, &b.keys)))
    });
    let mut whole: Vec<Group> = Vec::new();
    let mut groups_of: HashMap<u32, Vec<usize>> = HashMap::new();
    for group in groups {
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for member in &group.members {
            for &other in groups_of.get(member).into_iter().flatten() {
                *shared.entry(other).or_default() += 1;
            }
        }
        let fits = |&(&other, &num): &(&usize, &usize)| {
            overlap(num, group.members.len().min(whole[other].members.len()))
        };
        let into = shared.iter().find(fits).map(|(&other, _)| other);
        let into = into.unwrap_or_else(|| {
            whole.push(Group {
                members: Vec::new(),
                keys: Vec::new(),
            });
            whole.len() - 1
        });
        for member in group.members {
            let of_member = groups_of.entry(member).or_default();
            if !of_member.contains(&into) {
                of_member.push(into);
                whole[into].members.push(member);
            }
        }
        whole[into].keys.extend(group.keys);
    }
    for group in &mut whole {
        group.members.sort_unstable();
        group.keys.sort_unstable();
        group.keys.dedup();
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(members: &[u32]) -> Group {
        Group {
            members: members.to_vec(),
            keys: vec![members.len() as u64],
        }
    }

    #[test]
    fn overlapping_groups_merge_and_others_stay() {
        let all = vec![group(&[7, 8, 9]), group(&[1, 2, 3, 4]), group(&[3, 4, 5])];
        let merged = merge(all, MOST);
        let members: Vec<Vec<u32>> = merged.iter().map(|g| g.members.clone()).collect();
        assert_eq!(members, [vec![1, 2, 3, 4, 5], vec![7, 8, 9]]);
        assert_eq!(merged[0].keys, [3, 4]);
    }

    #[test]
    fn a_pair_with_one_foot_in_a_group_stays_a_pair() {
        let all = || vec![group(&[1, 2, 3]), group(&[3, 9])];
        assert_eq!(merge(all(), MOST).len(), 2);
        assert_eq!(merge(all(), HALF).len(), 1);
    }
}
