//! What the index keeps of a profile for finding it again: the keys of every detector, and what is counted of a pool.

use crate::detect::DETECTORS;
use crate::detect::Detector;
use crate::link::Background;
use crate::link::Join;
use crate::link::Key;
use crate::link::KeySink;
use crate::link::Role;
use crate::link::table_hash;
use crate::model::{HASH_VERSION, PROFILE_VERSION, Profile, combine, hash_text};
use crate::pipeline::repeated;
use crate::pipeline::survey;
use crate::store::{Counted, Facts, Keying};
use std::sync::LazyLock;

/// Version of what is made here of a profile.
const VERSION: u32 = 1;

/// The name under which keys stand that tell one person who applies again.
const PERSON: &str = "one person";

/// The shipped references, once for all indexes that a process has open.
static SHIPPED: LazyLock<Background> = LazyLock::new(Background::shipped);

/// The shipped references, without decoding them again.
pub(in crate::pipeline::index) fn shipped() -> Background {
    SHIPPED.clone()
}

/// How keys and counts are made, with the shipped references: those that a run adds make phrases more common, never rarer.
pub(in crate::pipeline::index) fn keying() -> Keying {
    let background = &*SHIPPED;
    let tables = background.references.iter().map(|r| &r.sha256.0);
    let tables = tables.chain(background.tables.iter().map(|t| &t.sha256.0));
    let detectors = DETECTORS
        .iter()
        .map(|d| format!("{} {:?}", d.card().id, d.join()));
    let parts: Vec<String> = tables.cloned().chain(detectors).collect();
    let tool = env!("CARGO_PKG_VERSION");
    let version = format!(
        "samehand {tool}, profiles {PROFILE_VERSION}, hashes {HASH_VERSION}, keys {VERSION}, {:016x}",
        hash_text(&parts.join("\n"))
    );
    Keying {
        version,
        facts: Box::new(|profile| facts(profile, &SHIPPED)),
    }
}

fn facts(profile: &Profile, background: &Background) -> Facts {
    let mut keys: Vec<(u64, Role)> = Vec::new();
    for detector in DETECTORS {
        let id = hash_text(detector.card().id);
        let of_detector = keys_of(*detector, profile, background);
        keys.extend(of_detector.iter().map(|&(k, role)| (combine(id, k), role)));
    }
    keys.extend(person_keys(profile).map(|k| (k, Role::Both)));
    keys.sort_unstable();
    keys.dedup();
    Facts {
        keys,
        counts: counts(profile, background),
    }
}

/// The keys of a profile for one detector that can make candidates, sorted.
pub(in crate::pipeline::index) fn keys_of(
    detector: &dyn Detector,
    profile: &Profile,
    background: &Background,
) -> Vec<(Key, Role)> {
    let join = detector.join();
    if matches!(join, Join::Never | Join::OnCandidates) {
        return Vec::new();
    }
    let mut sink = KeySink::new(0, 0);
    detector.keys(profile, &mut sink);
    let rows = sink.into_rows().into_iter();
    let weighs = |key| !matches!(join, Join::Mass { .. }) || detector.weight(key, background) > 0.0;
    rows.filter(|row| weighs(row.key))
        .map(|row| (row.key, row.role))
        .collect()
}

/// The number under which the index keeps a detector's key.
pub(in crate::pipeline::index) fn stored(detector: &dyn Detector, key: Key) -> u64 {
    combine(hash_text(detector.card().id), key)
}

/// Keys that two applications of one person share.
pub(in crate::pipeline::index) fn person_keys(profile: &Profile) -> impl Iterator<Item = u64> {
    repeated::values(profile).map(|(name, fact)| {
        let value = combine(hash_text(fact.kind()), hash_text(fact.raw()));
        combine(hash_text(PERSON), combine(name.0, value))
    })
}

/// What the counts of a pool take from an applicant: the 32-bit hashes by kind, and which counts are about the applicant.
pub(in crate::pipeline::index) fn counts(profile: &Profile, background: &Background) -> Vec<u64> {
    let mut out = Vec::new();
    for (kind, takes_part) in [
        (Counted::Fingerprints, true),
        (Counted::Code, survey::num_code(profile) > 0),
        (Counted::Shingles, survey::is_unknown(profile, background)),
    ] {
        if takes_part {
            out.push(kind.people());
            out.extend(hashes(kind, profile).into_iter().map(|h| kind.at(h)));
        }
    }
    out.push(Counted::Applicants.people());
    out.sort_unstable();
    out.dedup();
    out
}

/// The values of a profile of which a count holds the holders, as their 32 bits; sorted.
pub(in crate::pipeline::index) fn hashes(kind: Counted, profile: &Profile) -> Vec<u32> {
    let mut all = Vec::new();
    match kind {
        Counted::Fingerprints => survey::prints_of(profile, &mut all),
        Counted::Code => survey::code_of(profile, &mut all),
        Counted::Shingles => survey::shingles_of(profile, &mut all),
        Counted::Applicants => {}
    }
    let mut hashes: Vec<u32> = all.into_iter().map(table_hash).collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}
