//! Who in the index may be near to those handed in: the part of the join that a batch scan would do for them.
//!
//! For each detector the buckets of the new ones are read whole, so pairs come about as in a scan of everybody. Groups of
//! hot buckets depend on more: on who else shares what with their members. Those are followed, member by member, as far
//! as the join itself would reach; see `docs/index.md` for where that ends.

use crate::detect::Detector;
use crate::link::Background;
use crate::link::HOT_BUCKET;
use crate::link::Join;
use crate::link::Key;
use crate::link::LIGHT;
use crate::link::Role;
use crate::pipeline::index::facts::{keys_of, stored};
use crate::pipeline::index::people::{Number, People};
use crate::store::{Holder, Snapshot, StoreError};
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// Most rows that are read of one key, the lowest numbers first, so that different keys give the same applicants. A
/// choice: what five hundred share is common, and a group of so many says what a larger one would say.
const MOST_HOLDERS: usize = 512;

/// Applicants whose own keys are followed for one detector. A choice: each is loaded, in half a millisecond or so.
const MOST_FOLLOWED: usize = 256;

/// Neighbours that could make somebody a member of a group by pairs.
const TIES: usize = 2;

/// The buckets around the new ones, for one detector.
pub(in crate::pipeline::index) struct Near {
    /// Those who carry a key: numbers and roles.
    pub buckets: BTreeMap<Key, Vec<Holder>>,
    /// How many applicants carry a key, more than [`HOT_BUCKET`] where that is all that is known.
    pub sizes: BTreeMap<Key, usize>,
    /// Whether something was not followed to its end.
    pub is_cut: bool,
}

/// What the search asks.
pub(in crate::pipeline::index) struct Search<'a> {
    /// The index.
    pub snapshot: &'a Snapshot<'a>,
    /// What keys weigh.
    pub background: &'a Background,
    /// The detector.
    pub detector: &'static dyn Detector,
}

impl Search<'_> {
    /// Everything around those handed in; loads the applicants whose keys it follows.
    ///
    /// # Errors
    /// What the index says.
    pub fn run(&self, people: &mut People<'_>) -> Result<Near, StoreError> {
        let mut near = Near {
            buckets: BTreeMap::new(),
            sizes: BTreeMap::new(),
            is_cut: false,
        };
        let mut own: BTreeMap<Key, Vec<Holder>> = BTreeMap::new();
        let new: Vec<Number> = people.handed_in().collect();
        for &number in &new {
            for (key, role) in self.keys(people, number) {
                own.entry(key).or_default().push((number, role));
            }
        }
        let least = match self.detector.join() {
            Join::AnyKey => None,
            Join::Mass { min } => Some(min),
            Join::Never | Join::OnCandidates => return Ok(near),
        };
        let mut followed: BTreeSet<Number> = BTreeSet::new();
        let mut queue = new;
        while !queue.is_empty() {
            people.load(queue.iter().copied())?;
            let mut keys: BTreeMap<Number, Vec<(Key, Role)>> = BTreeMap::new();
            for &number in &queue {
                let of_one = self.keys(people, number);
                for &(key, _) in &of_one {
                    self.read(key, least, &own, &people.replaced, &mut near)?;
                }
                keys.insert(number, of_one);
            }
            followed.extend(queue);
            let mut next = match least {
                None => near.by_any_key(&followed),
                Some(min) => self.reached(&keys, min, &near),
            };
            next.retain(|n| !followed.contains(n));
            let left = MOST_FOLLOWED.saturating_sub(followed.len());
            near.is_cut |= next.len() > left;
            queue = next.into_iter().take(left).collect();
        }
        Ok(near)
    }

    fn keys(&self, people: &People<'_>, number: Number) -> Vec<(Key, Role)> {
        keys_of(self.detector, people.profile(number), self.background)
    }

    /// Reads the bucket of a key, once.
    fn read(
        &self,
        key: Key,
        least: Option<f32>,
        own: &BTreeMap<Key, Vec<Holder>>,
        replaced: &BTreeSet<Number>,
        near: &mut Near,
    ) -> Result<(), StoreError> {
        if near.sizes.contains_key(&key) {
            return Ok(());
        }
        // A light key counts while few carry it; of those that many carry the join takes no notice.
        let is_light = least.is_some_and(|min| self.weight(key) < min * LIGHT);
        let most = match is_light {
            true => 2 * (HOT_BUCKET + 1) + replaced.len(),
            false => MOST_HOLDERS,
        };
        let mut holders = self.snapshot.holders(stored(self.detector, key), most)?;
        let all_read = holders.len() < most;
        holders.retain(|(n, _)| !replaced.contains(n));
        holders.extend(own.get(&key).into_iter().flatten());
        let different: BTreeSet<Number> = holders.iter().map(|h| h.0).collect();
        let size = match all_read {
            true => different.len(),
            false => different.len().max(HOT_BUCKET + 1),
        };
        near.is_cut |= !all_read && !is_light;
        near.sizes.insert(key, size);
        if size > 1 && !(is_light && size > HOT_BUCKET) {
            near.buckets.insert(key, holders);
        }
        Ok(())
    }

    /// Those who reach the least mass with one of these by hot keys alone: the ones a group is made of.
    fn reached(
        &self,
        keys: &BTreeMap<Number, Vec<(Key, Role)>>,
        min: f32,
        near: &Near,
    ) -> BTreeSet<Number> {
        let mut out = BTreeSet::new();
        for (&number, of_one) in keys {
            let mut mass: BTreeMap<Number, f32> = BTreeMap::new();
            for of_key in of_one.chunk_by(|a, b| a.0 == b.0) {
                let key = of_key[0].0;
                if near.sizes.get(&key).is_none_or(|&size| size <= HOT_BUCKET) {
                    continue;
                }
                let weight = self.weight(key);
                let mentions = of_key.iter().all(|k| k.1 == Role::Mentions);
                for other in near.met(key, number, mentions) {
                    *mass.entry(other).or_default() += weight;
                }
            }
            out.extend(mass.into_iter().filter(|m| m.1 >= min).map(|m| m.0));
        }
        out
    }

    /// What a key weighs in a mass join.
    pub fn weight(&self, key: Key) -> f32 {
        self.detector.weight(key, self.background)
    }
}

impl Near {
    /// Those whose keys have to be followed where one shared key is enough. Without a hot bucket there is no group; then it
    /// is enough to look whether two neighbours of a new one stand in one.
    fn by_any_key(&self, followed: &BTreeSet<Number>) -> BTreeSet<Number> {
        let holders = || self.buckets.values().flatten().map(|h| h.0);
        let all: BTreeSet<Number> = holders().collect();
        let is_hot = self.sizes.values().any(|&size| size > HOT_BUCKET);
        let only_new = followed.iter().all(|n| People::is_new(*n));
        let neighbours = all.iter().filter(|n| !People::is_new(**n)).count();
        match is_hot || only_new && neighbours >= TIES {
            true => all,
            false => BTreeSet::new(),
        }
    }

    /// Others who meet somebody by a key.
    fn met(&self, key: Key, number: Number, mentions: bool) -> BTreeSet<Number> {
        let holders = self.buckets.get(&key).into_iter().flatten();
        holders
            .filter(|(n, role)| *n != number && !(mentions && *role == Role::Mentions))
            .map(|h| h.0)
            .collect()
    }
}
