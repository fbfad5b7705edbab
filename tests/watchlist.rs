//! The built program with watch lists: who is named, and that a broken list starts nothing.
#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::process::{Command, Output};

fn samehand(args: &[&str], dir: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_samehand"))
        .args(args)
        .current_dir(dir)
        .output()
        .unwrap()
}

/// A pool in which one applicant has an address of the sample lists and another only bears a listed name.
fn pool(dir: &Path) {
    let pool = dir.join("pool");
    for (who, text) in [
        (
            "p1",
            "Ivo Brandt\nw.holt@holtmail.test\nKept the ledgers of two ferry lines.",
        ),
        (
            "p2",
            "Wren Holt\nwren@example.net\nRan the night desk of a small library.",
        ),
    ] {
        std::fs::create_dir_all(pool.join(who)).unwrap();
        std::fs::write(pool.join(who).join("cv.txt"), text).unwrap();
    }
    let lists = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/watchlists");
    for name in [
        "plain.csv",
        "stix.json",
        "misp.json",
        "sdn.csv",
        "sdn.xml",
        "opensanctions.csv",
    ] {
        std::fs::copy(lists.join(name), dir.join(name)).unwrap();
    }
}

fn report(args: &[&str], dir: &Path) -> serde_json::Value {
    let out = samehand(args, dir);
    assert!(
        out.status.success(),
        "{}",
        String::from_utf8_lossy(&out.stderr)
    );
    serde_json::from_slice(&out.stdout).unwrap()
}

#[test]
fn a_listed_address_is_named_with_its_list_and_a_listed_name_is_not() {
    let dir = tempfile::tempdir().unwrap();
    pool(dir.path());
    for list in [
        "plain.csv",
        "stix.json",
        "misp.json",
        "sdn.csv",
        "sdn.xml",
        "opensanctions.csv",
    ] {
        let report = report(
            &["scan", "pool", "--format", "json", "--watchlist", list],
            dir.path(),
        );
        let hits = report["watch_hits"].as_array().unwrap();
        assert_eq!(hits.len(), 1, "{list}: {hits:?}");
        assert_eq!(
            (&hits[0]["subject"], &hits[0]["list"]),
            (&"p1".into(), &list.into())
        );
        assert!(
            !report.to_string().contains("w.holt@"),
            "{list}: not masked"
        );
    }
}

#[test]
fn a_hashed_list_works_with_its_key_only() {
    let dir = tempfile::tempdir().unwrap();
    pool(dir.path());
    std::fs::write(dir.path().join("key"), "sixteen bytes or more\n").unwrap();
    let hashed = samehand(
        &["watchlist", "hash", "plain.csv", "--key", "key"],
        dir.path(),
    );
    assert!(hashed.status.success());
    let text = String::from_utf8(hashed.stdout).unwrap();
    assert!(
        text.starts_with("type,hmac,first_seen\n") && !text.contains("holt"),
        "{text}"
    );
    std::fs::write(dir.path().join("hashed.csv"), text).unwrap();
    let args = [
        "scan",
        "pool",
        "--format",
        "json",
        "--watchlist",
        "hashed.csv",
    ];
    let without = samehand(&args, dir.path());
    assert_eq!(without.status.code(), Some(2));
    let with = report(
        &[&args[..], &["--watchlist-key", "key"]].concat(),
        dir.path(),
    );
    assert_eq!(with["watch_hits"].as_array().unwrap().len(), 1);
}

#[test]
fn a_broken_list_is_one_clear_error_and_nothing_is_scanned() {
    let dir = tempfile::tempdir().unwrap();
    pool(dir.path());
    std::fs::write(
        dir.path().join("bad.csv"),
        "type,value\nemail,a@example.org\nfax,1\n",
    )
    .unwrap();
    let out = samehand(
        &["scan", "pool", "-o", "out", "--watchlist", "bad.csv"],
        dir.path(),
    );
    assert_eq!(out.status.code(), Some(1));
    let said = String::from_utf8(out.stderr).unwrap();
    assert!(
        said.contains("watch list bad.csv, line 3: unknown type \"fax\""),
        "{said}"
    );
    assert!(!dir.path().join("out").exists());
}
