//! A process that is killed while it adds leaves a whole index, and the next run completes it. The long version is
//! `corpora/programs/stress_index.py`.

use crate::{arg, pools, samehand};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

#[test]
fn an_ended_run_leaves_a_whole_index() {
    let dir = tempfile::tempdir().unwrap();
    let (pool, file) = (dir.path().join("pool"), dir.path().join("index"));
    pools::write(&pool, 150, 10);
    let add = [
        "index",
        "add",
        arg(&pool),
        "--index",
        arg(&file),
        "--progress",
        "never",
    ];
    let mut before = 0;
    for moment in 0..6u64 {
        let mut child = Command::new(env!("CARGO_BIN_EXE_samehand"))
            .args(add)
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let start = Instant::now();
        let wait = Duration::from_millis(150 + samehand::model::mix(moment) % 1200);
        while start.elapsed() < wait && child.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_millis(5));
        }
        // Fails where the run was faster.
        let _ = child.kill();
        child.wait().unwrap();
        if !file.exists() {
            continue;
        }
        let said = samehand(&["index", "verify", "--index", arg(&file)], "");
        assert_eq!(said.code, 0, "{}", said.told);
        let list = samehand(&["index", "list", "--index", arg(&file)], "");
        let now = list.out.lines().count();
        assert!(now >= before, "what was written stays");
        before = now;
    }
    let said = samehand(&add, "");
    assert_eq!(said.code, 0, "{}", said.told);
    let said = samehand(&["index", "verify", "--index", arg(&file)], "");
    assert_eq!(said.code, 0, "{}", said.told);
    let list = samehand(&["index", "list", "--index", arg(&file)], "");
    assert_eq!(list.out.lines().count(), 150);
    let again = samehand(&add, "");
    assert!(
        again.told.contains("0 added, 0 replaced, 150 unchanged"),
        "{}",
        again.told
    );
}

#[test]
fn what_is_no_index_is_refused_by_name() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("notes.txt");
    for (bytes, says) in [
        (
            "not a database, but long enough to be taken for one by its size: it goes on and on and on and on and on",
            "is no index",
        ),
        ("", ""),
    ] {
        std::fs::write(&file, bytes).unwrap();
        let said = samehand(&["index", "list", "--index", arg(&file)], "");
        match says {
            "" => assert_eq!(
                said.code, 0,
                "an empty file is an empty index: {}",
                said.told
            ),
            says => assert!(
                said.code == 1 && said.told.contains(says) && said.told.contains("notes.txt"),
                "{}",
                said.told
            ),
        }
    }
    let missing = dir.path().join("missing");
    let said = samehand(&["check", arg(&file), "--index", arg(&missing)], "");
    assert!(
        said.code == 1 && said.told.contains("there is no index"),
        "{}",
        said.told
    );
    assert!(!missing.exists());
}
