//! Deleting reports: old ones, and those that hold an applicant; everything else stays, and the log says what went.
#![allow(clippy::unwrap_used)]

use assert_cmd::Command;
use serde_json::Value;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

fn samehand(args: &[&str]) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_samehand"));
    let out = command.args(args).output().unwrap();
    let told = String::from_utf8(out.stderr).unwrap();
    (out.status.code().unwrap(), told)
}

fn log(folder: &Path) -> Vec<Value> {
    let text = fs::read_to_string(folder.join("audit.jsonl")).unwrap();
    text.lines()
        .map(|l| serde_json::from_str(l).unwrap())
        .collect()
}

/// A report in `dir/name`, made now, or on a day long ago.
fn report(dir: &TempDir, name: &str, started: Option<&str>) -> String {
    let folder = dir.path().join(name);
    let shown = folder.display().to_string();
    assert_eq!(samehand(&["scan", "corpora/passages", "-o", &shown]).0, 0);
    if let Some(day) = started {
        let path = folder.join("report.json");
        let mut report: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        report["run"]["started"] = day.into();
        fs::write(&path, report.to_string()).unwrap();
    }
    fs::write(folder.join("my notes.txt"), "keep").unwrap();
    shown
}

#[test]
fn old_reports_go_and_the_rest_stays() {
    let dir = TempDir::new().unwrap();
    let old = report(&dir, "old", Some("2020-01-02T03:04:05Z"));
    let new = report(&dir, "new", None);
    let all = dir.path().display().to_string();
    let (_, told) = samehand(&["purge", "--older-than", "180d", "--dry-run", &all]);
    assert!(told.contains("would delete the report in") && told.contains("2020-01-02"));
    assert!(Path::new(&old).join("report.json").exists());

    let (code, told) = samehand(&["purge", "--older-than", "180d", &all]);
    assert_eq!(code, 0, "{told}");
    let left: Vec<String> = fs::read_dir(&old)
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    let mut left = left;
    left.sort();
    assert_eq!(left, ["audit.jsonl", "my notes.txt"]);
    assert!(Path::new(&new).join("report.html").exists());
    let lines = log(Path::new(&old));
    let line = lines.last().unwrap();
    assert_eq!((&line["event"], lines.len()), (&Value::from("purge"), 2));
    assert_eq!(line["input_digest"], lines[0]["input_digest"]);
    assert!(
        line["files"]
            .as_array()
            .unwrap()
            .contains(&"links.csv".into())
    );
    assert!(
        samehand(&["purge", "--older-than", "180d", &all])
            .1
            .contains("nothing to delete")
    );
}

#[test]
fn a_report_that_holds_an_applicant_goes_as_a_whole() {
    let dir = TempDir::new().unwrap();
    let folder = report(&dir, "one", None);
    let report: Value =
        serde_json::from_slice(&fs::read(Path::new(&folder).join("report.json")).unwrap()).unwrap();
    let id = report["applicants"][0]["id"].as_str().unwrap().to_string();
    let out = format!("{folder}/mine");
    samehand(&["disclose", &id, "--report", &folder, "-o", &out]);
    assert!(
        samehand(&["purge", "--applicant", "nobody", &folder])
            .1
            .contains("nothing to delete")
    );
    let (code, told) = samehand(&["purge", "--applicant", &id, &folder]);
    assert_eq!(code, 0);
    assert!(
        told.contains("the report in") && told.contains("the disclosure in"),
        "{told}"
    );
    assert!(!Path::new(&folder).join("report.json").exists());
    assert!(!Path::new(&out).join("disclosure.html").exists());
    assert!(Path::new(&folder).join("my notes.txt").exists());
}

#[test]
fn nothing_is_deleted_without_saying_what() {
    let dir = TempDir::new().unwrap();
    let all = dir.path().display().to_string();
    assert_eq!(samehand(&["purge", &all]).0, 2);
    assert_eq!(samehand(&["purge", "--older-than", "soon", &all]).0, 2);
    assert_eq!(
        samehand(&["purge", "--older-than", "1d", "no such folder"]).0,
        2
    );
    // A file that only has the name of a report is nobody's report.
    fs::write(dir.path().join("report.json"), "{\"sales\": 1}").unwrap();
    assert!(
        samehand(&["purge", "--older-than", "0d", &all])
            .1
            .contains("nothing to delete")
    );
}
