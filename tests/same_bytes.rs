//! Equal input, equal bytes: at any number of threads, at any time, wherever the pool lies. Only `run` may differ.

#![allow(clippy::unwrap_used)]

use assert_cmd::Command;
use std::fs;
use std::path::Path;

const DEMO: &str = "corpora/demo";

/// `report.json` of a scan, without its `run`.
fn scanned(pool: &Path, threads: &str) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_samehand"));
    let output = command
        .arg("scan")
        .arg(pool)
        .args(["--format", "json", "-j", threads])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        matches!(output.status.code(), Some(0 | 3)),
        "{:?}: {said}",
        output.status
    );
    without_run(&String::from_utf8(output.stdout).unwrap())
}

/// The text around the value of the first key `run`, as it is: parsed and printed again, the order of keys would be lost.
fn without_run(report: &str) -> String {
    let (before, rest) = report.split_once("\"run\":").expect("a report has a run");
    let mut values = serde_json::Deserializer::from_str(rest).into_iter::<serde_json::Value>();
    values.next().unwrap().unwrap();
    format!("{before}{}", &rest[values.byte_offset()..])
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(|e| e.unwrap()) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn threads_and_place_change_nothing() {
    let once = scanned(Path::new(DEMO), "1");
    assert!(once.contains("\"applicants\""));
    assert!(
        once == scanned(Path::new(DEMO), "8"),
        "1 and 8 threads differ"
    );
    let elsewhere = tempfile::tempdir().unwrap();
    let moved = elsewhere.path().join("another name");
    copy(Path::new(DEMO), &moved);
    assert!(once == scanned(&moved, "3"), "a copy of the pool differs");
}

#[test]
fn only_run_is_left_out() {
    let report =
        "{\n  \"schema\": 1,\n  \"run\": {\"started\": \"now\", \"run\": {}},\n  \"links\": []\n}";
    assert_eq!(
        without_run(report),
        "{\n  \"schema\": 1,\n  ,\n  \"links\": []\n}"
    );
}
