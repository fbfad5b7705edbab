//! Whoever is checked against everybody else gets the evidence and the ratios of one scan of all, in whatever order the
//! others came in; and the report of the whole index is that scan, but for its header.

use crate::pools;
use samehand::intake::{self, Pool};
use samehand::pipeline::{Memory, Options, Silent, run};
use samehand::report::{Report, Run, write_json};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn options() -> Options {
    Options {
        worker: Some(env!("CARGO_BIN_EXE_samehand").into()),
        ..Options::default()
    }
}

fn open(paths: &[PathBuf]) -> Pool {
    intake::open(paths).unwrap()
}

/// The report as JSON, without its header.
fn plain(mut report: Report) -> Value {
    report.run = Run::default();
    let mut bytes = Vec::new();
    write_json(&report, &mut bytes).unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

/// Masked values carry a number, which counts the masked values of one report.
fn without_numbers(value: &Value) -> Value {
    let text = value.to_string();
    let mut parts = text.split(" #");
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let rest = part.trim_start_matches(|c: char| c.is_ascii_digit());
        plain += if rest.len() == part.len() { " #" } else { "" };
        plain += rest;
    }
    serde_json::from_str(&plain).unwrap()
}

/// Evidence about an applicant by id and subjects, whole.
fn evidence(report: &Value, who: &str) -> BTreeMap<String, Value> {
    let all = report["evidence"].as_array().unwrap().iter();
    let about = all.filter(|e| e["subjects"].as_array().unwrap().contains(&json!(who)));
    about
        .map(|e| {
            let key = format!("{} {}", e["id"], e["subjects"]);
            (key, without_numbers(e))
        })
        .collect()
}

/// Links of an applicant: everything but what depends on how many were compared, and the number expected by chance. (A
/// relation that explains a part stays named where the rest is not rare enough among so many comparisons.)
fn links(report: &Value, who: &str) -> BTreeMap<String, (Value, f64)> {
    let all = report["links"].as_array().unwrap().iter();
    let about = all.filter(|l| l["a"] == who || l["b"] == who);
    about
        .map(|l| {
            let mut rest = l.clone();
            let _ = rest["explained_by"].take();
            let chance = rest["expected_by_chance"].take().as_f64().unwrap();
            (format!("{} {}", l["a"], l["b"]), (rest, chance))
        })
        .collect()
}

fn set_aside(report: &Value, who: &str) -> Vec<Value> {
    let all = report["set_aside"].as_array().unwrap().iter();
    let about = all.filter(|s| s["subjects"].as_array().unwrap().contains(&json!(who)));
    about
        .map(|s| without_numbers(&json!([s["detector"], s["what"]])))
        .collect()
}

fn compare(paths: &[PathBuf]) {
    let options = options();
    let batch = plain(run(open(paths), &options, &Silent).unwrap());
    let num = open(paths).applicants.len() as f64;
    let dir = tempfile::tempdir().unwrap();
    for backwards in [false, true] {
        let file = dir.path().join(format!("index-{backwards}"));
        let mut memory = Memory::create(&file, &options).unwrap();
        let mut whole = open(paths);
        if backwards {
            whole.applicants.reverse();
        }
        let alone = |entry| Pool {
            applicants: vec![entry],
            ..Pool::default()
        };
        let mut first = true;
        for entry in whole.applicants {
            let mut one = alone(entry);
            if first {
                one.problems = whole.problems.clone();
                first = false;
            }
            let handed = memory.hand_in(one, &Silent).unwrap();
            assert_eq!(memory.add(&handed).unwrap().new, 1);
        }
        assert_eq!(
            plain(memory.report(&Silent).unwrap()),
            batch,
            "the whole index"
        );
        let (mut near, mut seen) = (0, 0);
        for entry in open(paths).applicants {
            let id = entry.id.to_string();
            let handed = memory.hand_in(alone(entry), &Silent).unwrap();
            assert_eq!(
                memory.add(&handed).unwrap().unchanged,
                1,
                "{id} is read again"
            );
            let checked = plain(memory.scan(&handed, &Silent).unwrap());
            assert_eq!(evidence(&checked, &id), evidence(&batch, &id), "{id}");
            let (mine, all) = (links(&checked, &id), links(&batch, &id));
            assert_eq!(mine.len(), all.len(), "{id}");
            // Whether the others are linked is not asked.
            assert_eq!(mine.len(), checked["links"].as_array().unwrap().len());
            for (pair, (link, chance)) in &mine {
                assert_eq!(link, &all[pair].0, "{pair}");
                let wanted = all[pair].1 * 2.0 / num;
                near += usize::from((chance - wanted).abs() <= 0.02 * wanted);
                seen += 1;
            }
            assert_eq!(set_aside(&checked, &id), set_aside(&batch, &id), "{id}");
        }
        assert!(near * 10 >= seen * 8, "n comparisons: {near} of {seen}");
    }
}

#[test]
fn what_many_share_is_told_of_one_as_of_all() {
    let dir = tempfile::tempdir().unwrap();
    for i in 0..30 {
        let phone = if i < 14 {
            "Phone: +44 7700 900 583\n"
        } else {
            ""
        };
        let text = format!("{phone}Summary\nclerk{i} at quay{i} and pier{i}\n");
        std::fs::write(dir.path().join(format!("p{i:02}.txt")), text).unwrap();
    }
    compare(&[dir.path().into()]);
}

#[test]
fn the_demo_one_by_one_is_the_demo_at_once() {
    compare(&["corpora/demo".into()]);
}

#[test]
fn groups_of_hot_values_are_the_same() {
    let dir = tempfile::tempdir().unwrap();
    let pool = dir.path().join("pool");
    pools::write(&pool, 45, 25);
    compare(&[pool]);
}

#[test]
fn half_a_pool_against_the_other_half_makes_the_links_between_them() {
    let dir = tempfile::tempdir().unwrap();
    let (pool, file) = (dir.path().join("pool"), dir.path().join("index"));
    pools::write(&pool, 30, 16);
    let options = options();
    let batch = plain(run(open(std::slice::from_ref(&pool)), &options, &Silent).unwrap());
    let mut memory = Memory::create(&file, &options).unwrap();
    let mut whole = open(std::slice::from_ref(&pool));
    let half = Pool {
        applicants: whole.applicants.split_off(15),
        ..Pool::default()
    };
    let ids: Vec<String> = half.applicants.iter().map(|e| e.id.to_string()).collect();
    let handed = memory.hand_in(whole, &Silent).unwrap();
    assert_eq!(memory.add(&handed).unwrap().new, 15);
    let handed = memory.hand_in(half, &Silent).unwrap();
    let checked = plain(memory.scan(&handed, &Silent).unwrap());
    for id in ids {
        assert_eq!(evidence(&checked, &id), evidence(&batch, &id), "{id}");
        let only = |l: BTreeMap<String, (Value, f64)>| -> Vec<Value> {
            l.into_values().map(|l| l.0).collect()
        };
        assert_eq!(only(links(&checked, &id)), only(links(&batch, &id)), "{id}");
    }
}

#[test]
fn another_pool() {
    if let Some(pool) = std::env::var_os("SAMEHAND_INDEX_POOL") {
        compare(&[Path::new(&pool).to_path_buf()]);
    }
}
