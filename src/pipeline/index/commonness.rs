//! How common a thing is in the index and among those handed in together: the counts that a scan of everybody would make,
//! for the values that the applicants in hand hold.

use crate::link::Background;
use crate::link::PoolCounts;
use crate::pipeline::index::facts::{counts, hashes};
use crate::pipeline::index::people::{Number, People};
use crate::pipeline::survey;
use crate::store::{Counted, Snapshot, StoreError};
use std::collections::BTreeMap;

/// Puts the counts into the background. Gives the number of applicants altogether.
///
/// # Errors
/// What the index says.
pub(in crate::pipeline::index) fn fill(
    background: &mut Background,
    people: &People<'_>,
    snapshot: &Snapshot<'_>,
) -> Result<usize, StoreError> {
    let mut changes: BTreeMap<u64, i64> = BTreeMap::new();
    let new = people.handed_in().map(|n| (n, 1));
    let replaced = people.replaced.iter().map(|&n| (n, -1));
    for (number, by) in new.chain(replaced) {
        for at in counts(people.profile(number), background) {
            *changes.entry(at).or_default() += by;
        }
    }
    let count = |at: u64| -> Result<u32, StoreError> {
        let changed = i64::from(snapshot.count(at)?) + changes.get(&at).copied().unwrap_or(0);
        Ok(u32::try_from(changed).unwrap_or(0))
    };
    let of_kind = |kind: Counted| -> Result<PoolCounts, StoreError> {
        let mut wanted: Vec<u32> = match is_asked(kind, people, background) {
            true => in_hand(people)
                .flat_map(|n| hashes(kind, people.profile(n)))
                .collect(),
            false => Vec::new(),
        };
        wanted.sort_unstable();
        wanted.dedup();
        let mut entries = Vec::new();
        for hash in wanted {
            let holders = count(kind.at(hash))?;
            if holders > 1 {
                entries.push((hash, holders));
            }
        }
        Ok(PoolCounts::from_entries(count(kind.people())?, entries))
    };
    let (holders, code, pool) = (
        of_kind(Counted::Fingerprints)?,
        of_kind(Counted::Code)?,
        of_kind(Counted::Shingles)?,
    );
    let num_applicants = count(Counted::Applicants.people())? as usize;
    (background.holders, background.code, background.pool) = (holders, code, pool);
    Ok(num_applicants)
}

fn in_hand<'a>(people: &'a People<'_>) -> impl Iterator<Item = Number> + 'a {
    people.handed_in().chain(people.loaded())
}

/// Whether a count will be asked: that of shingles only where the references know too little of somebody's document.
fn is_asked(kind: Counted, people: &People<'_>, background: &Background) -> bool {
    let uncovered = |n: Number| survey::is_uncovered(people.profile(n), background);
    kind != Counted::Shingles || in_hand(people).any(uncovered)
}
