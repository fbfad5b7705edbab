//! Buckets around new applicants to candidates: the join of a scan, over the part of the pool that can matter.

use crate::detect::Detector;
use crate::link::Background;
use crate::link::Candidate;
use crate::link::Join;
use crate::link::Key;
use crate::link::KeySink;
use crate::link::Role;
use crate::link::Source;
use crate::link::propose;
use crate::model::ApplicantId;
use crate::pipeline::index::facts::person_keys;
use crate::pipeline::index::near::{Near, Search};
use crate::pipeline::index::people::{Number, People};
use crate::store::{Snapshot, StoreError};
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// Most applications of one person that are looked at.
const MOST_APPLICATIONS: usize = 100;

/// Who is to be compared, by number.
pub(in crate::pipeline::index) struct Wanted {
    /// (detector, members, keys), in the engine's order.
    proposals: Vec<(u16, Vec<Number>, Vec<Key>)>,
    /// Detectors of which something was not followed to its end.
    pub cut: BTreeSet<&'static str>,
}

/// Part of a pool, as the engine sees it.
struct Part<'a> {
    /// Sorted by id, as profiles of a scan are.
    people: &'a [Number],
    detectors: &'a [&'static dyn Detector],
    background: &'a Background,
    near: &'a [Near],
    /// Keys by detector and place in `people`.
    keys: Vec<BTreeMap<u32, Vec<(Key, Role)>>>,
}

impl Source for Part<'_> {
    fn num_profiles(&self) -> usize {
        self.people.len()
    }

    fn joins(&self) -> Vec<Join> {
        self.detectors.iter().map(|d| d.join()).collect()
    }

    fn keys(&self, detector: u16, profile: u32, sink: &mut KeySink) {
        let rows = self.keys[usize::from(detector)].get(&profile);
        for &(key, role) in rows.into_iter().flatten() {
            match role {
                Role::Both => sink.both(key),
                Role::Owns => sink.owns(key),
                Role::Mentions => sink.mentions(key),
            }
        }
    }

    fn weight(&self, detector: u16, key: Key) -> f32 {
        self.detectors[usize::from(detector)].weight(key, self.background)
    }

    fn holders(&self, detector: u16, key: Key) -> Option<usize> {
        self.near[usize::from(detector)].sizes.get(&key).copied()
    }
}

/// Finds whom the new ones are to be compared with, and loads those.
///
/// # Errors
/// What the index says.
pub(in crate::pipeline::index) fn wanted(
    people: &mut People<'_>,
    snapshot: &Snapshot<'_>,
    detectors: &[&'static dyn Detector],
    background: &Background,
) -> Result<Wanted, StoreError> {
    let mut near = Vec::new();
    for &detector in detectors {
        let search = Search {
            snapshot,
            background,
            detector,
        };
        near.push(search.run(people)?);
    }
    let order = in_order(people, &near)?;
    let part = part(&order, detectors, background, &near);
    let mut proposals = Vec::new();
    for proposal in propose(&part) {
        let members: Vec<Number> = proposal
            .members
            .iter()
            .map(|&i| order[i as usize])
            .collect();
        if members.iter().any(|n| People::is_new(*n)) {
            proposals.push((proposal.detector, members, proposal.keys));
        }
    }
    let members = proposals.iter().flat_map(|p| p.1.iter().copied());
    let same = same_person(people, snapshot)?;
    people.load(members.chain(same).collect::<Vec<_>>().into_iter())?;
    let cut = detectors
        .iter()
        .zip(&near)
        .filter(|(_, near)| near.is_cut)
        .map(|(d, _)| d.card().id)
        .collect();
    Ok(Wanted { proposals, cut })
}

/// Everybody in a bucket, and everybody new, in the order in which a scan has them.
fn in_order(people: &People<'_>, near: &[Near]) -> Result<Vec<Number>, StoreError> {
    let buckets = near.iter().flat_map(|n| n.buckets.values());
    let mut all: BTreeSet<Number> = buckets.flatten().map(|h| h.0).collect();
    all.extend(people.handed_in());
    let mut named = all
        .into_iter()
        .map(|n| Ok((people.id(n)?, n)))
        .collect::<Result<Vec<(ApplicantId, Number)>, StoreError>>()?;
    named.sort();
    Ok(named.into_iter().map(|n| n.1).collect())
}

fn part<'a>(
    order: &'a [Number],
    detectors: &'a [&'static dyn Detector],
    background: &'a Background,
    near: &'a [Near],
) -> Part<'a> {
    let places: BTreeMap<Number, u32> = order.iter().copied().zip(0..).collect();
    let keys = near.iter().map(|near| {
        let mut rows: BTreeMap<u32, Vec<(Key, Role)>> = BTreeMap::new();
        for (&key, holders) in &near.buckets {
            for (number, role) in holders {
                rows.entry(places[number]).or_default().push((key, *role));
            }
        }
        rows
    });
    Part {
        people: order,
        detectors,
        background,
        near,
        keys: keys.collect(),
    }
}

/// Other applications of those handed in.
fn same_person(
    people: &People<'_>,
    snapshot: &Snapshot<'_>,
) -> Result<BTreeSet<Number>, StoreError> {
    let mut same = BTreeSet::new();
    for number in people.handed_in() {
        for key in person_keys(people.profile(number)) {
            let holders = snapshot.holders(key, MOST_APPLICATIONS)?;
            same.extend(holders.into_iter().map(|h| h.0));
        }
    }
    Ok(same)
}

impl Wanted {
    /// The candidates, once everybody is loaded.
    pub fn candidates<'p>(&self, people: &'p People<'_>) -> Vec<(u16, Candidate<'p>)> {
        let candidate = |(detector, members, keys): &(u16, Vec<Number>, Vec<Key>)| {
            let members = members.iter().map(|&n| people.profile(n)).collect();
            let keys = keys.clone();
            (*detector, Candidate { members, keys })
        };
        self.proposals.iter().map(candidate).collect()
    }
}
