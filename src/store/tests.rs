use crate::link::Role;
use crate::model::{ApplicantId, Profile, hash_text};
use crate::store::*;
use tempfile::TempDir;

/// One key and one count for the id's first letter, one key of its own.
fn keying(version: &str) -> Keying {
    Keying {
        version: version.into(),
        facts: Box::new(|profile| {
            let id = profile.applicant.as_str();
            let mut keys = vec![
                (hash_text(&id[..1]), Role::Owns),
                (hash_text(id), Role::Mentions),
            ];
            keys.sort_unstable();
            let hash = u32::from(id.as_bytes()[0]);
            let counts = vec![Counted::Applicants.people(), Counted::Code.at(hash)];
            Facts { keys, counts }
        }),
    }
}

fn kept(id: &str, run: i64) -> Kept {
    Kept {
        record: Record {
            profile: Profile::empty(ApplicantId::new(id)),
            name: Some("A Name".into()),
            problems: Vec::new(),
        },
        sources: vec![KeptSource {
            shown: "r.pdf".into(),
            path: "/pool/r.pdf".into(),
            repository: false,
            inside: None,
            digest: "d".into(),
        }],
        stamp: format!("stamp of {id}"),
        added: 10,
        run,
    }
}

fn filled(dir: &TempDir, ids: &[&str]) -> Index {
    let mut index = Index::create(&dir.path().join("index"), keying("1")).unwrap();
    let run = index
        .begin_run("2026-01-01T00:00:00Z", "samehand", &[])
        .unwrap();
    for id in ids {
        assert_eq!(index.put(&kept(id, run)).unwrap(), Put::New);
    }
    index
}

#[test]
fn what_is_put_in_is_found_by_key_and_counted() {
    let dir = tempfile::tempdir().unwrap();
    let index = filled(&dir, &["anna", "ada", "ben"]);
    let asked = index.snapshot().unwrap();
    assert_eq!(
        asked.holders(hash_text("a"), 9).unwrap(),
        [(1, Role::Owns), (2, Role::Owns)]
    );
    assert_eq!(asked.holders(hash_text("a"), 1).unwrap().len(), 1);
    assert_eq!(
        asked.holders(hash_text("ben"), 9).unwrap(),
        [(3, Role::Mentions)]
    );
    let count = |at| asked.count(at).unwrap();
    assert_eq!(count(Counted::Code.at(u32::from(b'a'))), 2);
    assert_eq!(count(Counted::Applicants.people()), 3);
    assert_eq!(count(Counted::Shingles.people()), 0);
    let ada = ApplicantId::new("ada");
    assert_eq!(asked.unchanged(&ada, "stamp of ada").unwrap(), Some(2));
    assert_eq!(asked.unchanged(&ada, "another").unwrap(), None);
    let record = asked.unpack()(&asked.packed(2).unwrap()).unwrap();
    assert_eq!(record, kept("ada", 1).record);
    assert_eq!(asked.sources(2).unwrap(), kept("ada", 1).sources);
    drop(asked);
    assert_eq!(index.verify().unwrap(), Vec::<String>::new());
}

#[test]
fn whoever_is_put_in_again_replaces_and_whoever_leaves_is_not_counted() {
    let dir = tempfile::tempdir().unwrap();
    let mut index = filled(&dir, &["anna", "ada"]);
    assert_eq!(index.put(&kept("ada", 1)).unwrap(), Put::Replaced);
    assert_eq!(index.added_before(11).unwrap().len(), 2);
    assert!(index.added_before(10).unwrap().is_empty());
    let ids = [ApplicantId::new("ada"), ApplicantId::new("nobody")];
    assert_eq!(index.forget(&ids).unwrap(), ids[..1]);
    let asked = index.snapshot().unwrap();
    assert_eq!(asked.holders(hash_text("a"), 9).unwrap().len(), 1);
    assert_eq!(asked.count(Counted::Code.at(u32::from(b'a'))).unwrap(), 1);
    assert_eq!(asked.list().unwrap().len(), 1);
    drop(asked);
    assert!(index.verify().unwrap().is_empty());
}

#[test]
fn another_version_makes_keys_anew_and_leaves_other_profiles_out() {
    let dir = tempfile::tempdir().unwrap();
    let index = filled(&dir, &["anna", "ada"]);
    let path = index.path().to_path_buf();
    index
        .connection()
        .execute_batch(
            "UPDATE applicant SET version = 0 WHERE applicant = 'ada';
             DELETE FROM key; DELETE FROM frequency;",
        )
        .unwrap();
    assert!(!index.verify().unwrap().is_empty(), "the keys are missing");
    drop(index);
    let mut index = Index::open(&path, keying("2")).unwrap();
    assert!(index.verify().unwrap().is_empty());
    assert_eq!(index.outdated().unwrap(), [ApplicantId::new("ada")]);
    let asked = index.snapshot().unwrap();
    assert_eq!(asked.holders(hash_text("a"), 9).unwrap(), [(1, Role::Owns)]);
    assert_eq!(asked.everybody().unwrap(), [1]);
    drop(asked);
    assert_eq!(index.put(&kept("ada", 1)).unwrap(), Put::Replaced);
    assert!(index.outdated().unwrap().is_empty());
}

#[test]
fn a_reader_sees_one_moment() {
    let dir = tempfile::tempdir().unwrap();
    let mut writer = filled(&dir, &["anna"]);
    let reader = Index::open(writer.path(), keying("1")).unwrap();
    let before = reader.snapshot().unwrap();
    writer.put(&kept("ada", 1)).unwrap();
    assert_eq!(before.list().unwrap().len(), 1);
    drop(before);
    assert_eq!(reader.snapshot().unwrap().list().unwrap().len(), 2);
}

#[test]
fn what_is_damaged_or_newer_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let index = filled(&dir, &["anna"]);
    let path = index.path().to_path_buf();
    index
        .connection()
        .execute_batch("UPDATE profile SET hash = hash + 1")
        .unwrap();
    let faults = index.verify().unwrap();
    assert!(faults[0].contains("not what was written"), "{faults:?}");
    index
        .connection()
        .execute_batch("PRAGMA user_version = 99")
        .unwrap();
    drop(index);
    let error = Index::open(&path, keying("1")).unwrap_err().to_string();
    assert!(
        error.contains("newer") && error.contains("index"),
        "{error}"
    );
    let missing = Index::open(&dir.path().join("none"), keying("1")).unwrap_err();
    assert!(matches!(missing, StoreError::Missing(_)));
}
