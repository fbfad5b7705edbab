//! Decisions from one report to the next: what was dismissed weighs nothing, stays in sight, and is open again when its
//! facts change.
#![allow(clippy::unwrap_used)]

use assert_cmd::Command;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

fn samehand(args: &[&str]) -> std::process::Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_samehand"));
    command.args(args).output().unwrap()
}

/// Three people with one phone number; the first two share a wallet, too.
fn pool(dir: &TempDir) -> PathBuf {
    let pool = dir.path().join("pool");
    let wallet = "1HNd8kNRxpi2iNodYANAnSLCZ6MZHVXFAG";
    for (id, name, wallet) in [
        ("a", "Orsolya Tennant", wallet),
        ("b", "Casimir Dellarosa", wallet),
        ("c", "Hidde Marrable", ""),
    ] {
        fs::create_dir_all(pool.join(id)).unwrap();
        let text = format!(
            "{name}\n{id}@{id}-workshop.example\n+44 20 7946 0123\n{wallet}\n\nExperience\nLocksmith number {id}\n"
        );
        fs::write(pool.join(id).join("resume.txt"), text).unwrap();
    }
    pool
}

fn scan(pool: &Path, more: &[&str]) -> (Value, i32) {
    let shown = pool.display().to_string();
    let mut args = vec!["scan", &shown, "--format", "json"];
    args.extend(more);
    let out = samehand(&args);
    let told = String::from_utf8_lossy(&out.stderr).into_owned();
    let report = serde_json::from_slice(&out.stdout).unwrap_or_else(|e| panic!("{e}: {told}"));
    (report, out.status.code().unwrap())
}

fn write(dir: &TempDir, decisions: Value) -> String {
    let path = dir.path().join("decisions.json");
    let file = json!({"schema": "decisions/1", "decisions": decisions});
    fs::write(&path, file.to_string()).unwrap();
    path.display().to_string()
}

fn link<'r>(report: &'r Value, a: &str, b: &str) -> Option<&'r Value> {
    let links = report["links"].as_array().unwrap();
    links.iter().find(|l| l["a"] == a && l["b"] == b)
}

#[test]
fn dismissed_evidence_stays_in_sight_and_weighs_nothing() {
    let dir = TempDir::new().unwrap();
    let pool = pool(&dir);
    let (before, _) = scan(&pool, &[]);
    let strength = |r: &Value| link(r, "a", "b").unwrap()["log10_lr"].as_f64().unwrap();
    let all = before["evidence"].as_array().unwrap();
    assert!(
        strength(&before) > 3.0 && before["review"].is_null(),
        "{before:#}"
    );
    let decide = |e: &Value| json!({"about": "evidence", "id": e["id"], "state": "dismissed", "note": "asked"});
    let file = write(&dir, all.iter().map(decide).collect());
    let log = dir.path().join("log").display().to_string();
    let (after, code) = scan(
        &pool,
        &["--decisions", &file, "--audit", &log, "--exit-on", "weak"],
    );
    assert_eq!(code, 0);
    assert_eq!(after["evidence"].as_array().unwrap().len(), all.len());
    assert!(after["links"].as_array().unwrap().is_empty());
    assert!(after["clusters"].as_array().unwrap().is_empty());
    for evidence in after["evidence"].as_array().unwrap() {
        assert_eq!(evidence["decision"]["state"], "dismissed");
        assert_eq!(evidence["decision"]["note"], "asked");
    }
    assert_eq!(after["review"]["decisions"], all.len());
    let line: Value = serde_json::from_str(&fs::read_to_string(log).unwrap()).unwrap();
    assert_eq!(
        line["review"]["dismissed"].as_array().unwrap().len(),
        all.len()
    );
    assert_eq!(line["review"]["sha256"], after["review"]["sha256"]);
    assert!(
        !line.to_string().contains("asked"),
        "notes stay out of the log"
    );
}

#[test]
fn a_dismissed_link_is_no_group_until_it_rests_on_more() {
    let dir = TempDir::new().unwrap();
    let pool = pool(&dir);
    let (before, code) = scan(&pool, &["--exit-on", "weak"]);
    assert_eq!(code, 10, "{before:#}");
    let decide = |l: &Value| json!({"about": "link", "id": l["id"], "state": "dismissed", "evidence": l["evidence"]});
    let links = before["links"].as_array().unwrap();
    let file = write(&dir, links.iter().map(decide).collect());
    let (after, code) = scan(&pool, &["--decisions", &file, "--exit-on", "weak"]);
    assert_eq!(
        (code, after["links"].as_array().unwrap().len()),
        (0, links.len())
    );
    assert!(after["clusters"].as_array().unwrap().is_empty());

    // Another number in both files: other digests, other evidence.
    for id in ["a", "b"] {
        let path = pool.join(id).join("resume.txt");
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, text.replace("0123", "0177")).unwrap();
    }
    let (changed, code) = scan(&pool, &["--decisions", &file, "--exit-on", "weak"]);
    assert_eq!(code, 10);
    assert_eq!(
        link(&changed, "a", "b").unwrap()["decision"]["outdated"],
        true
    );
}

#[test]
fn a_note_changes_nothing_but_is_told() {
    let dir = TempDir::new().unwrap();
    let pool = pool(&dir);
    let (before, _) = scan(&pool, &[]);
    let id = &before["evidence"][0]["id"];
    let file = write(
        &dir,
        json!([
            {"about": "evidence", "id": id, "state": "noted", "note": "wrote to a@a-workshop.example"},
            {"about": "finding", "id": "gone-1", "state": "dismissed"}
        ]),
    );
    let (after, _) = scan(&pool, &["--decisions", &file]);
    assert_eq!(after["clusters"], before["clusters"]);
    let note = after["evidence"][0]["decision"]["note"].as_str().unwrap();
    assert!(
        note.starts_with("wrote to ") && !note.contains("a-workshop"),
        "{note}"
    );
    assert_eq!(after["review"]["unmatched"][0]["id"], "gone-1");
}

#[test]
fn a_bad_file_is_one_clear_error() {
    let dir = TempDir::new().unwrap();
    let pool = pool(&dir).display().to_string();
    let path = dir.path().join("decisions.json");
    for (text, says) in [
        ("x", "no decisions that can be used: it is no JSON"),
        (
            "{\"schema\": \"decisions/9\"}",
            "this version reads decisions/1",
        ),
    ] {
        fs::write(&path, text).unwrap();
        let out = samehand(&["scan", &pool, "--decisions", &path.display().to_string()]);
        let told = String::from_utf8(out.stderr).unwrap();
        assert_eq!(out.status.code(), Some(2));
        assert!(told.lines().count() == 1 && told.contains(says), "{told}");
    }
    let inside = format!("{pool}/decisions.json");
    fs::write(&inside, "{}").unwrap();
    assert_eq!(
        samehand(&["scan", &pool, "--decisions", &inside])
            .status
            .code(),
        Some(2)
    );
    let missing = samehand(&["scan", &pool, "--decisions", "missing.json"]);
    assert_eq!(missing.status.code(), Some(2));
}
