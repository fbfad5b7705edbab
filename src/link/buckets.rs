//! Rows to buckets: who carries the same key. The memory of a join stands here, and it is linear in the rows.
//!
//! Rows are cut by the highest bits of their key into parts that fit a cache, each part is sorted by one thread, and what
//! only one profile carries is dropped at once; most keys of a pool are of that kind. What is left lies in flat arrays.

use crate::link::key::{Key, PackedRow, Role};
use rayon::prelude::*;

/// Rows of a part: 3 MB, which a processor's second-level cache about holds.
const PART_BITS: u32 = 18;

/// A bucket with more profiles than this is hot: pairs grow with its square, and a value that so many share is first of
/// all a common value. A dozen keeps any bucket below 66 pairs.
pub const HOT_BUCKET: usize = 12;

/// Most cuts: 4,096 parts.
const MAX_CUT: u32 = 12;

/// Lists of numbers, one after the other in one array.
#[derive(Debug, Default)]
pub(in crate::link) struct Lists {
    starts: Vec<usize>,
    items: Vec<u32>,
}

impl Lists {
    /// `num` lists of the given pairs (list, item); the items of a list stand in the order of the pairs. `pairs` is
    /// called twice and has to give the same.
    pub fn new<I: Iterator<Item = (u32, u32)>>(num: usize, pairs: impl Fn() -> I) -> Self {
        let mut starts = vec![0usize; num + 2];
        for (list, _) in pairs() {
            starts[list as usize + 2] += 1;
        }
        for i in 2..starts.len() {
            starts[i] += starts[i - 1];
        }
        let mut items = vec![0; starts[num + 1]];
        for (list, item) in pairs() {
            let at = &mut starts[list as usize + 1];
            items[*at] = item;
            *at += 1;
        }
        starts.pop();
        Self { starts, items }
    }

    /// One list.
    pub fn get(&self, list: u32) -> &[u32] {
        &self.items[self.starts[list as usize]..self.starts[list as usize + 1]]
    }
}

/// What there is to know of a key besides who carries it.
pub(in crate::link) trait Worth: Sync {
    /// What it weighs.
    fn weight(&self, key: Key) -> f32;

    /// How many carry it, where the rows do not hold all of them.
    fn holders(&self, key: Key) -> Option<usize>;
}

/// A profile in a bucket, with whether the value is only mentioned there and meets nobody who mentions it too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::link) struct Member(u32);

impl Member {
    fn new(profile: u32, only_mentions: bool) -> Self {
        Self(profile << 1 | u32::from(only_mentions))
    }

    /// Index of the profile.
    pub fn profile(self) -> u32 {
        self.0 >> 1
    }

    /// Whether the value is the profile's own, at least in one place.
    fn owns(self) -> bool {
        self.0 & 1 == 0
    }
}

/// A bucket as one of its profiles sees it.
#[derive(Clone, Copy, Debug)]
pub(in crate::link) struct Carried(u32);

impl Carried {
    fn new(bucket: u32, member: Member) -> Self {
        Self(bucket << 1 | member.0 & 1)
    }

    /// An item of [`Buckets::of_profiles`].
    pub fn from_item(item: u32) -> Self {
        Self(item)
    }

    /// The bucket.
    pub fn bucket(self) -> u32 {
        self.0 >> 1
    }

    /// The profile as others in the bucket see it.
    pub fn member(self, profile: u32) -> Member {
        Member(profile << 1 | self.0 & 1)
    }

    /// Whether the profile meets another member of the bucket.
    pub fn meets(self, other: Member) -> bool {
        self.0 & other.0 & 1 == 0
    }
}

/// Keys that at least two profiles carry, one of them as their own; sorted by key.
#[derive(Debug, Default)]
pub(in crate::link) struct Buckets {
    keys: Vec<Key>,
    weights: Vec<f32>,
    hot: Vec<bool>,
    starts: Vec<usize>,
    members: Vec<Member>,
}

impl Buckets {
    /// Buckets of rows that come in blocks, in any order and with repetitions. Keys whose `weight` is not above 0 are
    /// dropped: they could not make a candidate.
    pub fn new(blocks: Vec<Vec<PackedRow>>, worth: &dyn Worth) -> Self {
        let parts = parts(blocks, worth);
        let mut all = Self::default();
        all.keys
            .reserve_exact(parts.iter().map(|p| p.keys.len()).sum());
        all.weights.reserve_exact(all.keys.capacity());
        all.hot.reserve_exact(all.keys.capacity());
        all.starts.reserve_exact(all.keys.capacity() + 1);
        all.members
            .reserve_exact(parts.iter().map(|p| p.members.len()).sum());
        for part in parts {
            let before = all.members.len();
            all.keys.extend(part.keys);
            all.weights.extend(part.weights);
            all.hot.extend(part.hot);
            all.starts.extend(part.starts.iter().map(|s| s + before));
            all.members.extend(part.members);
        }
        all.starts.push(all.members.len());
        all
    }

    /// Number of buckets.
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// The key of a bucket.
    pub fn key(&self, bucket: u32) -> Key {
        self.keys[bucket as usize]
    }

    /// What the key weighs.
    pub fn weight(&self, bucket: u32) -> f32 {
        self.weights[bucket as usize]
    }

    /// The profiles of a bucket, ascending.
    pub fn members(&self, bucket: u32) -> &[Member] {
        &self.members[self.starts[bucket as usize]..self.starts[bucket as usize + 1]]
    }

    /// Whether too many share it for pairs.
    pub fn is_hot(&self, bucket: u32) -> bool {
        self.hot[bucket as usize]
    }

    /// For each profile the buckets of those that `wanted` names in which it stands, ascending.
    pub fn of_profiles(&self, num_profiles: usize, wanted: &dyn Fn(u32) -> bool) -> Lists {
        Lists::new(num_profiles, || {
            (0..self.len() as u32)
                .filter(|&bucket| wanted(bucket))
                .flat_map(|bucket| {
                    let carried = move |m: &Member| (m.profile(), Carried::new(bucket, *m).0);
                    self.members(bucket).iter().map(carried)
                })
        })
    }

    /// Adds a bucket if its rows, sorted, make one.
    fn push(&mut self, rows: &[PackedRow], worth: &dyn Worth) {
        let before = self.members.len();
        for of_profile in rows.chunk_by(|a, b| a.profile() == b.profile()) {
            let only_mentions = of_profile.iter().all(|r| r.role() == Role::Mentions);
            self.members
                .push(Member::new(of_profile[0].profile(), only_mentions));
        }
        let new = &self.members[before..];
        let meets = new.len() >= 2 && new.iter().any(|m| m.owns());
        let weight = if meets {
            worth.weight(rows[0].key)
        } else {
            0.0
        };
        if weight > 0.0 {
            let holders = worth.holders(rows[0].key).unwrap_or(0).max(new.len());
            self.hot.push(holders > HOT_BUCKET);
            self.keys.push(rows[0].key);
            self.weights.push(weight);
            self.starts.push(before);
        } else {
            self.members.truncate(before);
        }
    }
}

/// Buckets of each part of the key space, in its order.
fn parts(mut blocks: Vec<Vec<PackedRow>>, worth: &dyn Worth) -> Vec<Buckets> {
    let rows: usize = blocks.iter().map(Vec::len).sum();
    let cut = (rows >> PART_BITS)
        .next_power_of_two()
        .trailing_zeros()
        .min(MAX_CUT);
    let borders: Vec<Vec<u32>> = blocks
        .par_iter_mut()
        .map(|block| scatter(block, cut))
        .collect();
    (0..1usize << cut)
        .into_par_iter()
        .map(|part| {
            let of_part = || {
                blocks
                    .iter()
                    .zip(&borders)
                    .map(|(block, at)| &block[at[part] as usize..at[part + 1] as usize])
            };
            let mut sorted: Vec<PackedRow> = Vec::with_capacity(of_part().map(<[_]>::len).sum());
            of_part().for_each(|rows| sorted.extend_from_slice(rows));
            sorted.sort_unstable_by_key(|r| (r.key, r.who));
            let mut buckets = Buckets::default();
            for rows in sorted.chunk_by(|a, b| a.key == b.key) {
                if rows.len() > 1 {
                    buckets.push(rows, worth);
                }
            }
            buckets
        })
        .collect()
}

/// Orders a block by the highest `cut` bits of the keys; gives where each of the 2^`cut` parts begins, and the end.
fn scatter(block: &mut Vec<PackedRow>, cut: u32) -> Vec<u32> {
    let part = |row: &PackedRow| row.key.checked_shr(64 - cut).unwrap_or(0) as usize;
    let mut starts = vec![0u32; (1 << cut) + 1];
    block.iter().for_each(|row| starts[part(row) + 1] += 1);
    for i in 1..starts.len() {
        starts[i] += starts[i - 1];
    }
    let mut next = starts.clone();
    let mut ordered = vec![PackedRow { key: 0, who: 0 }; block.len()];
    for row in block.iter() {
        let at = &mut next[part(row)];
        ordered[*at as usize] = *row;
        *at += 1;
    }
    *block = ordered;
    starts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::key::KeySink;
    use proptest::prelude::*;
    use std::collections::{BTreeMap, BTreeSet};

    fn blocks(rows: &[(Key, u32)], size: usize) -> Vec<Vec<PackedRow>> {
        let packed = |&(key, profile): &(Key, u32)| {
            let mut sink = KeySink::new(0, profile);
            sink.both(key);
            sink.into_packed()[0]
        };
        rows.chunks(size)
            .map(|c| c.iter().map(packed).collect())
            .collect()
    }

    #[test]
    fn parts_of_the_key_space_come_in_order() {
        let mut block = blocks(&[(u64::MAX, 1), (5, 2), (1 << 63, 3), (4, 4)], 9).remove(0);
        assert_eq!(scatter(&mut block, 1), [0, 2, 4]);
        let order: Vec<u32> = block.iter().map(|r| r.profile()).collect();
        assert_eq!(order, [2, 4, 1, 3]);
        assert_eq!(scatter(&mut block, 0), [0, 4]);
    }

    #[test]
    fn lists_keep_their_order() {
        let pairs = [(2, 7), (0, 1), (2, 3)];
        let lists = Lists::new(4, || pairs.into_iter());
        let all: Vec<&[u32]> = (0..4).map(|i| lists.get(i)).collect();
        assert_eq!(all, [&[1][..], &[], &[7, 3], &[]]);
    }

    struct Plain;

    impl Worth for Plain {
        fn weight(&self, _: Key) -> f32 {
            1.0
        }

        fn holders(&self, _: Key) -> Option<usize> {
            None
        }
    }

    proptest! {
        /// As a map would hold them, however the rows are cut into blocks.
        #[test]
        fn buckets_hold_what_a_map_would(
            rows in prop::collection::vec((0u64..40, 0u32..12), 0..200), size in 1usize..60, spread in any::<bool>(),
        ) {
            let key = |k: u64| if spread { k << 58 | k } else { k };
            let rows: Vec<(Key, u32)> = rows.iter().map(|&(k, p)| (key(k), p)).collect();
            let mut map: BTreeMap<Key, BTreeSet<u32>> = BTreeMap::new();
            rows.iter().for_each(|&(k, p)| { map.entry(k).or_default().insert(p); });
            map.retain(|_, who| who.len() > 1);
            let buckets = Buckets::new(blocks(&rows, size), &Plain);
            let found: BTreeMap<Key, BTreeSet<u32>> = (0..buckets.len() as u32)
                .map(|b| (buckets.key(b), buckets.members(b).iter().map(|m| m.profile()).collect()))
                .collect();
            prop_assert_eq!(found, map);
        }
    }
}
