//! One join for every detector: sort by (detector, key), then pairs from small buckets, groups from hot ones.
//!
//! - [`Join::AnyKey`]: every pair of a small bucket whose roles meet.
//! - [`Join::Mass`]: weights of small buckets are added up row by row in a dense counter; memory stays linear in the
//!   rows, and no list of pairs is ever built.
//! - A *hot* bucket never makes pairs: 200 applicants on one template would be 19,900 of them. It makes one group, and
//!   groups that overlap merge. A group hides no pair that reaches its mass through small
//!   buckets.
//! - [`Join::OnCandidates`]: the pairs that the others proposed.

use crate::link::groups::{families, heavy};
use crate::link::{Join, Key, KeyRow, Role};
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::ops::Range;

/// A bucket with more profiles than this is hot: pairs grow with its square, and a value that so many share is first of
/// all a common value. A dozen keeps any bucket below 66 pairs.
pub const HOT_BUCKET: usize = 12;

/// Profiles worth an exact comparison, by index.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Proposal {
    /// Index of the detector that will compare them.
    pub detector: u16,
    /// Indices of the profiles, sorted; two for a pair, more for a group.
    pub members: Vec<u32>,
    /// The keys that proposed them, sorted.
    pub keys: Vec<Key>,
}

/// One key of one detector with everybody who carries it.
pub(in crate::link) struct Bucket {
    /// The key.
    pub key: Key,
    /// (profile, role), sorted; a profile may stand in it with two roles.
    rows: Vec<(u32, Role)>,
    /// Different profiles, sorted.
    pub profiles: Vec<u32>,
}

impl Bucket {
    /// Whether too many share it for pairs.
    pub fn is_hot(&self) -> bool {
        self.profiles.len() > HOT_BUCKET
    }

    /// Whether the roles of two profiles in this bucket meet.
    fn meets(&self, a: u32, b: u32) -> bool {
        let roles = |p: u32| {
            self.rows
                .iter()
                .filter(move |(profile, _)| *profile == p)
                .map(|(_, role)| *role)
        };
        roles(a).any(|x| roles(b).any(|y| x.meets(y)))
    }

    /// Whether anybody carries it as their own: without, nobody meets anybody.
    fn has_owner(&self) -> bool {
        self.rows.iter().any(|(_, role)| *role != Role::Mentions)
    }
}

/// Proposals of all detectors, sorted. `joins[d]` says how candidates of detector `d` arise, `weight(d, key)` what a key
/// weighs for it; `rows` may come in any order.
pub fn propose(
    mut rows: Vec<KeyRow>,
    joins: &[Join],
    weight: &(dyn Fn(u16, Key) -> f32 + Sync),
) -> Vec<Proposal> {
    rows.sort_unstable();
    rows.dedup();
    let mut out = Vec::new();
    for range in ranges(&rows, |r| r.detector) {
        let detector = rows[range.start].detector;
        let buckets = buckets(&rows[range]);
        match joins.get(usize::from(detector)) {
            Some(Join::AnyKey) => any_key(detector, &buckets, &mut out),
            Some(Join::Mass { min }) => mass(
                detector,
                &buckets,
                *min,
                &|key| weight(detector, key),
                &mut out,
            ),
            _ => {}
        }
    }
    let pairs: BTreeSet<Vec<u32>> = out
        .iter()
        .filter(|p| p.members.len() == 2)
        .map(|p| p.members.clone())
        .collect();
    for (detector, _) in joins
        .iter()
        .enumerate()
        .filter(|(_, join)| **join == Join::OnCandidates)
    {
        let detector = detector as u16;
        out.extend(pairs.iter().map(|members| Proposal {
            detector,
            members: members.clone(),
            keys: Vec::new(),
        }));
    }
    out.sort();
    out
}

/// Runs of equal `by` in a sorted list.
fn ranges<T, K: PartialEq>(rows: &[T], by: impl Fn(&T) -> K) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    for chunk in rows.chunk_by(|a, b| by(a) == by(b)) {
        out.push(start..start + chunk.len());
        start += chunk.len();
    }
    out
}

/// Buckets with at least two profiles, one of whom carries the key as their own; sorted by key.
fn buckets(rows: &[KeyRow]) -> Vec<Bucket> {
    let mut out = Vec::new();
    for range in ranges(rows, |r| r.key) {
        let rows = &rows[range];
        let mut profiles: Vec<u32> = rows.iter().map(|r| r.profile).collect();
        profiles.dedup();
        if profiles.len() >= 2 {
            let bucket = Bucket {
                key: rows[0].key,
                rows: rows.iter().map(|r| (r.profile, r.role)).collect(),
                profiles,
            };
            if bucket.has_owner() {
                out.push(bucket);
            }
        }
    }
    out
}

fn any_key(detector: u16, buckets: &[Bucket], out: &mut Vec<Proposal>) {
    let mut pairs: BTreeMap<(u32, u32), Vec<Key>> = BTreeMap::new();
    for bucket in buckets.iter().filter(|b| !b.is_hot()) {
        for (i, &a) in bucket.profiles.iter().enumerate() {
            for &b in bucket.profiles[i + 1..]
                .iter()
                .filter(|&&b| bucket.meets(a, b))
            {
                pairs.entry((a, b)).or_default().push(bucket.key);
            }
        }
    }
    out.extend(families(detector, buckets, pairs.keys()));
    out.extend(pairs.into_iter().map(|((a, b), keys)| Proposal {
        detector,
        members: vec![a, b],
        keys,
    }));
}

fn mass(
    detector: u16,
    buckets: &[Bucket],
    min: f32,
    weight: &dyn Fn(Key) -> f32,
    out: &mut Vec<Proposal>,
) {
    let weights: Vec<f32> = buckets.iter().map(|b| weight(b.key)).collect();
    let width = buckets
        .iter()
        .filter_map(|b| b.profiles.last())
        .max()
        .map_or(0, |&p| p as usize + 1);
    let mut of_profile: Vec<Vec<u32>> = vec![Vec::new(); width];
    for (i, bucket) in buckets.iter().enumerate().filter(|(_, b)| !b.is_hot()) {
        for &p in &bucket.profiles {
            of_profile[p as usize].push(i as u32);
        }
    }
    let mut counter = vec![0f32; width];
    let mut touched: Vec<u32> = Vec::new();
    for a in 0..width as u32 {
        let mine = &of_profile[a as usize];
        for &i in mine {
            let bucket = &buckets[i as usize];
            for &b in bucket
                .profiles
                .iter()
                .filter(|&&b| b > a && bucket.meets(a, b))
            {
                if counter[b as usize] == 0.0 {
                    touched.push(b);
                }
                counter[b as usize] += weights[i as usize];
            }
        }
        touched.sort_unstable();
        for b in touched.drain(..) {
            let reached = std::mem::take(&mut counter[b as usize]) >= min;
            if reached {
                let shared = |i: &&u32| buckets[**i as usize].profiles.binary_search(&b).is_ok();
                let keys = mine
                    .iter()
                    .filter(shared)
                    .map(|&i| buckets[i as usize].key)
                    .collect();
                out.push(Proposal {
                    detector,
                    members: vec![a, b],
                    keys,
                });
            }
        }
    }
    out.extend(heavy(detector, buckets, weight, min));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(list: &[(Key, &[u32])]) -> Vec<KeyRow> {
        let row = |key: Key, profile: u32| KeyRow {
            detector: 0,
            key,
            profile,
            role: Role::Both,
        };
        list.iter()
            .flat_map(|(key, who)| who.iter().map(move |&p| row(*key, p)))
            .collect()
    }

    fn members(proposals: &[Proposal]) -> Vec<Vec<u32>> {
        proposals.iter().map(|p| p.members.clone()).collect()
    }

    const ONE: &(dyn Fn(u16, Key) -> f32 + Sync) = &|_, _| 1.0;

    #[test]
    fn small_buckets_make_pairs() {
        let found = propose(
            rows(&[(1, &[0, 1, 2]), (2, &[1, 2]), (3, &[4])]),
            &[Join::AnyKey],
            ONE,
        );
        assert_eq!(members(&found), [vec![0, 1], vec![0, 2], vec![1, 2]]);
        assert_eq!(found[2].keys, [1, 2]);
    }

    #[test]
    fn mentions_never_meet_mentions() {
        let row = |profile, role| KeyRow {
            detector: 0,
            key: 9,
            profile,
            role,
        };
        let found = propose(
            vec![
                row(0, Role::Mentions),
                row(1, Role::Mentions),
                row(2, Role::Owns),
            ],
            &[Join::AnyKey],
            ONE,
        );
        assert_eq!(members(&found), [vec![0, 2], vec![1, 2]]);
    }

    #[test]
    fn mass_adds_up_over_keys() {
        let list = rows(&[(1, &[0, 1]), (2, &[0, 1]), (3, &[0, 1, 2]), (4, &[1, 2])]);
        assert_eq!(
            members(&propose(list, &[Join::Mass { min: 3.0 }], ONE)),
            [vec![0, 1]]
        );
    }

    #[test]
    fn a_hot_key_makes_one_group_and_hides_no_pair() {
        let all: Vec<u32> = (0..60).collect();
        let most: Vec<u32> = (0..55).collect();
        let list = rows(&[(1, &all), (2, &most), (3, &[7, 9])]);
        let found = members(&propose(list, &[Join::AnyKey], ONE));
        assert_eq!(
            found,
            [all, vec![7, 9]],
            "two hot keys merge; the rare key still makes its pair"
        );
    }

    #[test]
    fn input_order_does_not_matter() {
        let mut list = rows(&[(1, &[0, 1, 2]), (2, &[1, 2]), (5, &[0, 2])]);
        let forward = propose(list.clone(), &[Join::AnyKey], ONE);
        list.reverse();
        assert_eq!(forward, propose(list, &[Join::AnyKey], ONE));
    }

    #[test]
    fn on_candidates_sees_the_pairs_of_others() {
        let found = propose(
            rows(&[(1, &[3, 8])]),
            &[Join::AnyKey, Join::OnCandidates],
            ONE,
        );
        assert_eq!(
            found
                .iter()
                .map(|p| (p.detector, p.members.clone()))
                .collect::<Vec<_>>(),
            [(0, vec![3, 8]), (1, vec![3, 8])]
        );
    }
}
