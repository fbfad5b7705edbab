//! Watch lists against profiles: exact matches of strong identifiers, never of names.
//!
//! An entry is brought into the normal form of its kind before it is compared, as identifiers of a profile are. A hashed
//! list is compared by HMAC-SHA256 (RFC 2104) under the key that both sides share.

use crate::features::email;
use crate::features::identifiers;
use crate::features::phone_number;
use crate::model::{Fact, IdentifierKind, Place, Profile, Provenance};
use crate::report;
use crate::watch::{WatchEntry, WatchKind, WatchList};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::collections::{BTreeMap, BTreeSet};

/// Watch lists of a run, and the key of the hashed ones.
#[derive(Clone, Debug, Default)]
pub struct Watch {
    /// The lists.
    pub lists: Vec<WatchList>,
    /// Key of hashed lists; without it they cannot be compared.
    pub key: Option<Vec<u8>>,
}

/// An entry in normal form: kind and value.
type Normal = (IdentifierKind, String);

/// The normal form of an entry of a plain list; `None` where its value is none of its kind (a phone number without a
/// country code, a site that is no profile).
pub fn normal(entry: &WatchEntry) -> Option<Normal> {
    let found = |kind: IdentifierKind| {
        let all = identifiers::from_text(&entry.value, None);
        all.into_iter().find(|f| f.kind == kind).map(|f| f.value)
    };
    let (kind, value) = match entry.kind {
        WatchKind::Email => (IdentifierKind::Email, email::normalise(&entry.value)),
        WatchKind::Phone => {
            let number = phone_number::normalise(&entry.value, None);
            (IdentifierKind::Phone, number.map(|n| n.e164))
        }
        WatchKind::Account => (IdentifierKind::Account, found(IdentifierKind::Account)),
        WatchKind::Wallet => (IdentifierKind::Wallet, found(IdentifierKind::Wallet)),
    };
    value.map(|value| (kind, value))
}

/// The keyed hash under which two companies exchange an identifier: HMAC-SHA256 over kind, a colon and the normal form,
/// in lower-case hex.
pub fn keyed_hash(key: &[u8], kind: IdentifierKind, value: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    mac.update(word(kind).as_bytes());
    mac.update(b":");
    mac.update(value.as_bytes());
    let digest = mac.finalize().into_bytes();
    digest.iter().map(|b| format!("{b:02x}")).collect()
}

/// The word of a kind in a hashed list.
pub fn word(kind: IdentifierKind) -> &'static str {
    match kind {
        IdentifierKind::Account => "url",
        other => other.name(),
    }
}

/// Everything of the lists that stands among the applicants' own identifiers, sorted.
pub(in crate::pipeline) fn hits(profiles: &[&Profile], watch: &Watch) -> Vec<report::DraftHit> {
    let mut out = Vec::new();
    for list in &watch.lists {
        let mut entries: BTreeMap<(IdentifierKind, String), Vec<&WatchEntry>> = BTreeMap::new();
        for entry in &list.entries {
            let key = if list.hashed {
                Some((kind_of(entry.kind), entry.value.clone()))
            } else {
                normal(entry)
            };
            if let Some(key) = key {
                entries.entry(key).or_default().push(entry);
            }
        }
        for profile in profiles {
            for ((kind, value), at) in own(profile) {
                let wanted = match (list.hashed, &watch.key) {
                    (false, _) => value.clone(),
                    (true, Some(key)) => keyed_hash(key, kind, &value),
                    (true, None) => continue,
                };
                for entry in entries.get(&(kind, wanted)).into_iter().flatten() {
                    out.push(hit(
                        profile,
                        list,
                        entry,
                        kind.fact(value.clone()),
                        at.clone(),
                    ));
                }
            }
        }
    }
    out
}

fn hit(
    profile: &Profile,
    list: &WatchList,
    entry: &WatchEntry,
    identifier: Fact,
    at: Provenance,
) -> report::DraftHit {
    report::DraftHit {
        subject: profile.applicant.clone(),
        list: list.name.clone(),
        listed_by: entry.source.clone(),
        first_seen: entry.first_seen.clone(),
        note: entry.note.clone(),
        line: entry.line,
        identifier,
        at,
    }
}

/// What an applicant claims, writes into a document or commits under, each once with its first place. Accounts that a
/// document only mentions are somebody else's.
fn own(profile: &Profile) -> BTreeMap<Normal, Provenance> {
    let mut all = BTreeMap::new();
    for identifier in &profile.identifiers {
        if identifier.role.is_own() {
            all.entry((identifier.kind, identifier.value.clone()))
                .or_insert_with(|| identifier.at.clone());
        }
    }
    for (history, owner) in profile.histories.iter().zip(&profile.owners) {
        let emails: BTreeSet<&String> = owner.emails.iter().collect();
        for email in emails {
            all.entry((IdentifierKind::Email, email.clone()))
                .or_insert_with(|| Provenance::new(&history.source, Place::Whole));
        }
    }
    all
}

fn kind_of(kind: WatchKind) -> IdentifierKind {
    match kind {
        WatchKind::Email => IdentifierKind::Email,
        WatchKind::Phone => IdentifierKind::Phone,
        WatchKind::Account => IdentifierKind::Account,
        WatchKind::Wallet => IdentifierKind::Wallet,
    }
}

/// What the report says about each list.
pub(in crate::pipeline) fn lists(watch: &Watch) -> Vec<report::WatchListEntry> {
    let entry = |list: &WatchList| report::WatchListEntry {
        name: list.name.clone(),
        format: list.format.into(),
        sha256: list.sha256.clone(),
        identifiers: list.entries.len() as u64,
        unusable: if list.hashed {
            0
        } else {
            list.entries.iter().filter(|e| normal(e).is_none()).count() as u64
        },
        names: list.num_names,
        other: list.num_other,
        hashed: list.hashed,
    };
    watch.lists.iter().map(entry).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::IdentifierRole;
    use crate::model::{ApplicantId, Identifier, SourceInfo, SourceKind};
    use crate::watch;
    use std::path::Path;

    fn list(name: &str) -> WatchList {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        watch::read(&root.join("corpora/watchlists").join(name)).unwrap()
    }

    fn person(id: &str, all: &[(IdentifierKind, &str, IdentifierRole)]) -> Profile {
        let source = SourceInfo {
            path: format!("{id}/cv.pdf"),
            sha256: Default::default(),
            kind: SourceKind::Pdf,
            engine: None,
        };
        let identifier =
            |(kind, value, role): &(IdentifierKind, &str, IdentifierRole)| Identifier {
                kind: *kind,
                value: (*value).into(),
                written: (*value).into(),
                role: *role,
                assumed_region: false,
                at: Provenance::new(&source, Place::Whole),
            };
        Profile {
            identifiers: all.iter().map(identifier).collect(),
            ..Profile::empty(ApplicantId::new(id))
        }
    }

    fn pool() -> Vec<Profile> {
        use IdentifierKind::{Account, Email, Phone, Wallet};
        use IdentifierRole::{Claimed, Contact, Mention};
        vec![
            person(
                "a",
                &[
                    (Email, "w.holt@holtmail.test", Claimed),
                    (Phone, "+442079460991", Contact),
                    (Wallet, "1ESQGx7pc9su7NZJuMcwQTpFchCM6GrND4", Contact),
                ],
            ),
            person("b", &[(Account, "github.com/wholt-builds", Mention)]),
            person("c", &[(Account, "github.com/wholt-builds", Claimed)]),
            person("d", &[(Email, "holt@holtmail.test", Claimed)]),
        ]
    }

    fn found(watch: &Watch) -> Vec<(String, String)> {
        let pool = pool();
        let profiles: Vec<&Profile> = pool.iter().collect();
        let mut all: Vec<_> = hits(&profiles, watch)
            .into_iter()
            .map(|h| (h.subject.to_string(), h.identifier.kind().to_string()))
            .collect();
        all.sort();
        all
    }

    fn expected() -> Vec<(String, String)> {
        [
            ("a", "email"),
            ("a", "phone"),
            ("a", "wallet"),
            ("c", "account"),
        ]
        .map(|(who, kind)| (who.to_string(), kind.to_string()))
        .to_vec()
    }

    #[test]
    fn every_format_finds_the_same_people_and_never_a_mention_or_a_near_miss() {
        for name in ["plain.csv", "stix.json", "misp.json", "sdn.csv", "sdn.xml"] {
            let watch = Watch {
                lists: vec![list(name)],
                key: None,
            };
            assert_eq!(found(&watch), expected(), "{name}");
        }
    }

    #[test]
    fn a_hashed_list_finds_the_same_with_its_key_and_nothing_without() {
        let mut hashed = list("plain.csv");
        hashed.hashed = true;
        for entry in &mut hashed.entries {
            let (kind, value) = normal(entry).unwrap();
            entry.value = keyed_hash(b"shared secret", kind, &value);
        }
        let with = |key: Option<&[u8]>| Watch {
            lists: vec![hashed.clone()],
            key: key.map(<[u8]>::to_vec),
        };
        assert_eq!(found(&with(Some(b"shared secret"))), expected());
        assert!(found(&with(Some(b"another"))).is_empty());
        assert!(found(&with(None)).is_empty());
    }

    #[test]
    fn the_keyed_hash_is_hmac_sha256() {
        // RFC 4231 has no vector of this message; the value was computed with OpenSSL:
        // printf 'email:a@example.org' | openssl dgst -sha256 -hmac key
        assert_eq!(
            keyed_hash(b"key", IdentifierKind::Email, "a@example.org"),
            "d324a19e9ad151edf5e78543e053c810ff971f92cf4cc1458c72f19f7d6db50d"
        );
    }
}
