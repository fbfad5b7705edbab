//! The audit log: a line for each run, none lost, and no reveal without one.
#![allow(clippy::unwrap_used)]

use assert_cmd::Command;
use serde_json::Value;
use std::fs;
use std::path::Path;

const POOL: &str = "corpora/passages";

fn scan(more: &[&str]) -> std::process::Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_samehand"));
    let out = command.args(["scan", POOL]).args(more).output().unwrap();
    assert_eq!(out.status.code(), Some(0));
    out
}

fn lines(file: &Path) -> Vec<Value> {
    let text = fs::read_to_string(file).unwrap();
    let line = |l| serde_json::from_str(l).unwrap();
    text.lines().map(line).collect()
}

#[test]
fn every_run_adds_a_line_beside_its_report() {
    let dir = tempfile::tempdir().unwrap();
    let out = dir.path().join("report");
    let shown = out.display().to_string();
    scan(&["-o", &shown]);
    let first = fs::read(out.join("report.json")).unwrap();
    scan(&["-o", &shown, "--reveal"]);
    let log = lines(&out.join("audit.jsonl"));
    let reveals: Vec<_> = log.iter().map(|l| l["reveal"].as_bool().unwrap()).collect();
    assert_eq!(reveals, [false, true]);
    assert_eq!(log[0]["input_digest"], log[1]["input_digest"]);
    for line in &log {
        assert_eq!(line["schema"], "audit/1");
        assert!(line["time"].as_str().unwrap().ends_with('Z'));
        assert!(!line["inputs"].as_array().unwrap().is_empty());
        assert!(!line["tables"].as_array().unwrap().is_empty());
    }
    let text = fs::read_to_string(out.join("audit.jsonl")).unwrap();
    assert!(!text.contains('@'), "a log holds no contact");
    let report: Value = serde_json::from_slice(&first).unwrap();
    assert_eq!(report["run"]["input_digest"], log[0]["input_digest"]);
}

#[test]
fn a_log_may_stand_elsewhere_and_a_reveal_without_one_is_told() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("log");
    scan(&["--audit", &file.display().to_string(), "--format", "json"]);
    assert_eq!(lines(&file).len(), 1);
    let told =
        |out: std::process::Output| String::from_utf8(out.stderr).unwrap().contains("audit: {");
    assert!(told(scan(&["--format", "json", "--reveal"])));
    assert!(!told(scan(&["--format", "json"])));
}

#[test]
fn without_a_line_there_is_no_report() {
    let dir = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_samehand"));
    let args = ["scan", POOL, "--format", "json", "--reveal", "--audit"];
    let out = command.args(args).arg(dir.path()).output().unwrap();
    assert_eq!(out.status.code(), Some(1));
    assert!(out.stdout.is_empty());
}
