//! A profile depends on its applicant alone, and reads back from storage as it was.
#![allow(clippy::unwrap_used)]

use samehand::intake;
use samehand::model::Profile;
use samehand::pipeline::{Options, Silent, read};
use std::fs;
use std::path::{Path, PathBuf};

fn profiles(pool: &Path) -> Vec<Profile> {
    let options = Options {
        worker: Some(env!("CARGO_BIN_EXE_samehand").into()),
        ..Options::default()
    };
    let pool = intake::open(&[pool.to_path_buf()]).unwrap();
    read(&pool, &options, &Silent)
        .unwrap()
        .into_iter()
        .map(|a| a.profile)
        .collect()
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(|e| e.unwrap()) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn a_profile_does_not_change_when_others_join() {
    let demo = PathBuf::from("corpora/demo");
    let dir = tempfile::tempdir().unwrap();
    // Without the manifest: the folder names are the ids, and each applicant stands alone in a pool of their own.
    let all = dir.path().join("all");
    copy(&demo, &all);
    fs::remove_file(all.join("manifest.csv")).unwrap();
    let together = profiles(&all);
    assert!(together.len() >= 24);
    for id in ["a03", "a07", "a10", "a13", "a17"] {
        let alone = dir.path().join(format!("only-{id}"));
        copy(&demo.join(id), &alone.join(id));
        let alone = profiles(&alone);
        assert_eq!(alone.len(), 1);
        let joined = together
            .iter()
            .find(|p| p.applicant.as_str() == id)
            .unwrap();
        assert_eq!(&alone[0], joined, "{id}");
        assert!(!joined.documents.is_empty() || !joined.histories.is_empty());
    }
}

#[test]
fn a_profile_reads_back_from_storage() {
    for profile in profiles(Path::new("corpora/demo")) {
        let bytes = postcard::to_stdvec(&profile).unwrap();
        assert_eq!(postcard::from_bytes::<Profile>(&bytes).unwrap(), profile);
        let json = serde_json::to_string(&profile).unwrap();
        assert_eq!(serde_json::from_str::<Profile>(&json).unwrap(), profile);
    }
}
