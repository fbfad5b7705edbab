//! Pairs of profiles by what they share in small buckets, row by row in a dense counter.
//!
//! For one profile after the other the weights of its buckets are added up for everybody else in them; what reaches the
//! least mass is a pair. No list of all pairs is ever built: the counter has one number for each profile and is used
//! again for the next row, one counter for each thread. Rows do not depend on each other, so the number of threads
//! changes nothing.

use crate::link::buckets::{Buckets, Carried, Lists};
use crate::link::key::Key;
use crate::link::leaders::Hot;
use rayon::prelude::*;
use std::ops::Range;

/// Rows that one task takes at once.
const BLOCK: usize = 256;

/// Tasks for each thread: enough to even out, few enough that counters are seldom made anew.
const SPLITS: usize = 4;

/// Two profiles, the smaller index first, with the keys that proposed them, sorted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::link) struct Pair {
    /// Indices of the profiles.
    pub members: [u32; 2],
    /// The keys.
    pub keys: Vec<Key>,
}

/// One number for each profile, most of them 0.
#[derive(Debug)]
pub(in crate::link) struct Counter {
    mass: Vec<f32>,
    touched: Vec<u32>,
}

impl Counter {
    /// A counter of zeros.
    pub fn new(num_profiles: usize) -> Self {
        Self {
            mass: vec![0.0; num_profiles],
            touched: Vec::new(),
        }
    }

    /// Adds a weight above 0 to one profile's number.
    pub fn add(&mut self, profile: u32, weight: f32) {
        let mass = &mut self.mass[profile as usize];
        if *mass == 0.0 {
            self.touched.push(profile);
        }
        *mass += weight;
    }

    /// Gives every number above 0 in the order of the profiles, and sets it to 0.
    pub fn drain(&mut self, mut see: impl FnMut(u32, f32)) {
        self.touched.sort_unstable();
        for profile in self.touched.drain(..) {
            see(profile, std::mem::take(&mut self.mass[profile as usize]));
        }
    }
}

/// Every pair that reaches `min` by small buckets, and every pair without a common group that reaches it by small buckets
/// and hot ones together; sorted.
pub(in crate::link) fn pairs(
    buckets: &Buckets,
    num_profiles: usize,
    min: f32,
    hot: &Hot,
) -> Vec<Pair> {
    let small = buckets.of_profiles(num_profiles, &|b| !buckets.is_hot(b));
    let num_blocks = num_profiles.div_ceil(BLOCK);
    let at_once = num_blocks.div_ceil(SPLITS * rayon::current_num_threads());
    let search = Search {
        buckets,
        small,
        min,
        hot,
    };
    let blocks: Vec<Vec<Pair>> = (0..num_blocks)
        .into_par_iter()
        .with_min_len(at_once.max(1))
        .map_init(
            || Counter::new(num_profiles),
            |counter, block| {
                let start = block * BLOCK;
                search.rows(start..num_profiles.min(start + BLOCK), counter)
            },
        )
        .collect();
    blocks.into_iter().flatten().collect()
}

struct Search<'a> {
    buckets: &'a Buckets,
    small: Lists,
    min: f32,
    hot: &'a Hot,
}

impl Search<'_> {
    fn rows(&self, rows: Range<usize>, counter: &mut Counter) -> Vec<Pair> {
        let mut out = Vec::new();
        for a in rows.start as u32..rows.end as u32 {
            for &item in self.small.get(a) {
                let mine = Carried::from_item(item);
                let weight = self.buckets.weight(mine.bucket());
                let members = self.buckets.members(mine.bucket()).iter().rev();
                for other in members.take_while(|m| m.profile() > a) {
                    if mine.meets(*other) {
                        counter.add(other.profile(), weight);
                    }
                }
            }
            counter.drain(|b, mass| out.extend(self.pair(a, b, mass)));
        }
        out
    }

    /// The pair, if it reaches the least mass; `rare` is what it has by small buckets.
    fn pair(&self, a: u32, b: u32, rare: f32) -> Option<Pair> {
        let by_hot = if rare >= self.min {
            Vec::new()
        } else {
            self.hot.completing(self.buckets, a, b, self.min - rare)?
        };
        let shared = common(self.small.get(a), self.small.get(b));
        let mut keys: Vec<Key> = shared
            .chain(by_hot)
            .map(|bucket| self.buckets.key(bucket))
            .collect();
        keys.sort_unstable();
        Some(Pair {
            members: [a, b],
            keys,
        })
    }
}

/// Buckets that two profiles both stand in and meet, of two ascending lists of [`Carried`] items.
pub(in crate::link) fn common<'a>(a: &'a [u32], b: &'a [u32]) -> impl Iterator<Item = u32> + 'a {
    let mut rest = b;
    a.iter().filter_map(move |&x| {
        let ahead = rest.iter().take_while(|&&y| y >> 1 < x >> 1).count();
        rest = &rest[ahead..];
        let y = *rest.first()?;
        (x >> 1 == y >> 1 && x & y & 1 == 0).then_some(x >> 1)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_buckets_leave_out_two_who_mention() {
        let item = |bucket: u32, mentions: u32| bucket << 1 | mentions;
        let a = [item(1, 0), item(3, 1), item(4, 1), item(9, 0)];
        let b = [item(0, 0), item(3, 0), item(4, 1), item(8, 0), item(9, 1)];
        assert_eq!(common(&a, &b).collect::<Vec<_>>(), [3, 9]);
    }

    #[test]
    fn a_counter_is_empty_after_it_was_drained() {
        let mut counter = Counter::new(5);
        counter.add(4, 1.0);
        counter.add(2, 0.5);
        counter.add(4, 1.0);
        let mut seen = Vec::new();
        counter.drain(|p, m| seen.push((p, m)));
        assert_eq!(seen, [(2, 0.5), (4, 2.0)]);
        counter.drain(|_, _| panic!("nothing is left"));
    }
}
