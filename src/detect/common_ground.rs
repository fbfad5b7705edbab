//! What applicants have in common before anything is compared: repositories that grew from one root, and files.
//!
//! A value that stands there was copied with the repository or the file, and ties nobody by itself.

use crate::model::ObjectId;
use crate::model::Place;
use crate::model::Profile;
use crate::model::Provenance;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// The repositories and files of several applicants that at least two of them have.
pub(in crate::detect) struct CommonGround {
    repositories: BTreeSet<String>,
    blobs: BTreeSet<ObjectId>,
}

impl CommonGround {
    /// Of two or more.
    pub fn new(members: &[&Profile]) -> Self {
        let commits = |p: &Profile| -> BTreeSet<ObjectId> {
            let all = p.histories.iter().flat_map(|h| &h.commits);
            all.map(|c| c.id).collect()
        };
        let blobs = |p: &Profile| -> BTreeSet<ObjectId> {
            p.code.iter().flatten().map(|unit| unit.blob).collect()
        };
        let common = held_by_several(members.iter().map(|p| commits(p)));
        let grown = |h: &&crate::model::History| h.commits.iter().any(|c| common.contains(&c.id));
        let histories = members.iter().flat_map(|p| &p.histories);
        Self {
            repositories: histories
                .filter(grown)
                .map(|h| h.source.path.clone())
                .collect(),
            blobs: held_by_several(members.iter().map(|p| blobs(p))),
        }
    }

    /// Whether a place lies in it.
    pub fn holds(&self, at: &Provenance) -> bool {
        let copied = match &at.place {
            Place::File { blob, .. } | Place::Lines { blob, .. } => self.blobs.contains(blob),
            _ => false,
        };
        copied || self.repositories.contains(&at.source)
    }
}

fn held_by_several(all: impl Iterator<Item = BTreeSet<ObjectId>>) -> BTreeSet<ObjectId> {
    let mut holders: BTreeMap<ObjectId, u32> = BTreeMap::new();
    for id in all.flatten() {
        *holders.entry(id).or_default() += 1;
    }
    holders.retain(|_, num| *num > 1);
    holders.into_keys().collect()
}
