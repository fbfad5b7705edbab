//! One join for every detector: keys to buckets, then pairs from small buckets, groups from hot ones.
//!
//! - [`Join::AnyKey`]: every pair of a small bucket whose roles meet.
//! - [`Join::Mass`]: weights of small buckets are added up row by row in a dense counter; no list of pairs is ever built.
//! - A *hot* bucket never makes pairs: 200 applicants on one template would be 19,900 of them. Hot buckets make groups,
//!   and groups that overlap merge. A group hides no pair that reaches its mass through small buckets; a pair that needs
//!   hot ones too is proposed where no group holds both.
//! - [`Join::OnCandidates`]: the pairs that the others proposed.
//!
//! Memory is linear in the rows, 12 bytes each, of one detector at a time: the next one's keys are made when the last
//! one's are gone. Nothing depends on the order of the rows or on the number of threads.

use crate::link::buckets::{Buckets, Worth};
use crate::link::groups::{Group, MOST, families, merge};
use crate::link::key::{Join, Key, KeySink, PackedRow};
use crate::link::leaders::Hot;
use crate::link::pairs::{Pair, pairs};
use rayon::prelude::*;

/// Profiles whose keys one task collects.
const BLOCK: usize = 1024;

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

/// Where the engine gets keys and weights from; detectors and profiles are numbers to it.
pub trait Source: Sync {
    /// Number of profiles; they are numbered from 0.
    fn num_profiles(&self) -> usize;

    /// How candidates of each detector arise.
    fn joins(&self) -> Vec<Join>;

    /// Puts the keys of one profile for one detector into the sink.
    fn keys(&self, detector: u16, profile: u32, sink: &mut KeySink);

    /// What a key weighs for a detector whose join is a `Mass`. What weighs nothing makes no candidate.
    fn weight(&self, detector: u16, key: Key) -> f32;

    /// How many profiles carry a key, where this source knows only some of them; whether a bucket is hot depends on all.
    fn holders(&self, _detector: u16, _key: Key) -> Option<usize> {
        None
    }
}

/// Proposals of all detectors, sorted.
pub fn propose(source: &dyn Source) -> Vec<Proposal> {
    let joins = source.joins();
    let mut out: Vec<Proposal> = Vec::new();
    for (detector, join) in joins.iter().enumerate() {
        let detector = detector as u16;
        let (pairs, groups) = match *join {
            Join::AnyKey => any_key(source, detector),
            Join::Mass { min } => mass(source, detector, min),
            Join::Never | Join::OnCandidates => continue,
        };
        let pairs = pairs
            .into_iter()
            .map(|pair| (pair.members.into(), pair.keys));
        let groups = groups.into_iter().map(|group| (group.members, group.keys));
        out.extend(pairs.chain(groups).map(|(members, keys)| Proposal {
            detector,
            members,
            keys,
        }));
    }
    let on_candidates = (0..joins.len()).filter(|&d| joins[d] == Join::OnCandidates);
    let pairs = all_pairs(&out);
    out.extend(on_candidates.flat_map(|detector| {
        pairs.iter().map(move |members| Proposal {
            detector: detector as u16,
            members: members.to_vec(),
            keys: Vec::new(),
        })
    }));
    out.sort_unstable();
    // A group of two may be a pair as well.
    out.dedup_by(|next, kept| {
        let same = next.detector == kept.detector && next.members == kept.members;
        if same {
            kept.keys.append(&mut next.keys);
            kept.keys.sort_unstable();
            kept.keys.dedup();
        }
        same
    });
    out
}

fn any_key(source: &dyn Source, detector: u16) -> (Vec<Pair>, Vec<Group>) {
    let num_profiles = source.num_profiles();
    let buckets = Buckets::new(
        rows(source, detector),
        &Asked {
            source,
            detector,
            weighs: false,
        },
    );
    let none = Hot::none(num_profiles);
    let pairs = pairs(&buckets, num_profiles, 1.0, &none);
    let groups = families(&buckets, &pairs);
    (pairs, groups)
}

fn mass(source: &dyn Source, detector: u16, min: f32) -> (Vec<Pair>, Vec<Group>) {
    let num_profiles = source.num_profiles();
    let buckets = Buckets::new(
        rows(source, detector),
        &Asked {
            source,
            detector,
            weighs: true,
        },
    );
    let mut hot = Hot::new(&buckets, num_profiles, min);
    let groups = merge(hot.groups(&buckets, min), MOST);
    hot.set_groups(&groups);
    (pairs(&buckets, num_profiles, min, &hot), groups)
}

/// What a source says of the keys of one detector.
struct Asked<'a> {
    source: &'a dyn Source,
    detector: u16,
    /// Whether keys weigh differently.
    weighs: bool,
}

impl Worth for Asked<'_> {
    fn weight(&self, key: Key) -> f32 {
        match self.weighs {
            true => self.source.weight(self.detector, key),
            false => 1.0,
        }
    }

    fn holders(&self, key: Key) -> Option<usize> {
        self.source.holders(self.detector, key)
    }
}

/// The keys of all profiles for one detector, in blocks.
fn rows(source: &dyn Source, detector: u16) -> Vec<Vec<PackedRow>> {
    let num_profiles = source.num_profiles();
    let block = |block: usize| {
        let start = block * BLOCK;
        let mut sink = KeySink::new(detector, 0);
        for profile in start..num_profiles.min(start + BLOCK) {
            sink.go_to(profile as u32);
            source.keys(detector, profile as u32, &mut sink);
        }
        sink.into_packed()
    };
    (0..num_profiles.div_ceil(BLOCK))
        .into_par_iter()
        .map(block)
        .collect()
}

/// The different pairs among proposals, sorted.
fn all_pairs(proposals: &[Proposal]) -> Vec<[u32; 2]> {
    let pair = |p: &Proposal| <[u32; 2]>::try_from(p.members.as_slice()).ok();
    let mut pairs: Vec<[u32; 2]> = proposals.iter().filter_map(pair).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

#[cfg(test)]
mod tests;
