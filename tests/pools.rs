//! What a pool is made of must not hide a pair in it: reuse on a template that everybody fills in, two copies among many.
//! `corpora/programs/measure_pools.py` does the same with thousands.
#![allow(clippy::unwrap_used)]

use samehand::model::mix;
use serde_json::Value;
use std::fs;
use std::process::Command;

/// Stock phrases that thousands of public résumés hold.
const TEMPLATE: &str = "Summary
Results driven professional with a proven track record of success and excellent communication skills.
Strengths
- Responsible for the day to day operations of the department and the development of new business.
- Worked closely with cross functional teams to ensure that all projects were completed on time and within budget.
- Developed and maintained strong relationships with customers and provided excellent customer service.
- Participated in all phases of the software development life cycle including requirements gathering and analysis.
- Excellent written and verbal communication skills with the ability to work independently and as part of a team.
";

const WORDS: [&str; 48] = [
    "built",
    "moved",
    "designed",
    "tested",
    "planned",
    "measured",
    "wrote",
    "trained",
    "system",
    "report",
    "team",
    "budget",
    "schedule",
    "customer",
    "server",
    "network",
    "library",
    "warehouse",
    "contract",
    "school",
    "hospital",
    "garden",
    "kitchen",
    "engine",
    "bridge",
    "market",
    "survey",
    "database",
    "website",
    "manual",
    "daily",
    "weekly",
    "national",
    "local",
    "regional",
    "external",
    "large",
    "small",
    "technical",
    "medical",
    "legal",
    "financial",
    "public",
    "private",
    "annual",
    "early",
    "seasonal",
    "modern",
];

/// Bullets of ordinary words in an order of their own.
fn bullets(seed: u64, n: u64) -> String {
    let word = |i: u64| WORDS[(mix(mix(seed + 1) ^ mix(i)) % WORDS.len() as u64) as usize];
    let bullet = |b: u64| {
        let words: Vec<&str> = (0..14).map(|w| word(b * 100 + w)).collect();
        format!("- {}.\n", words.join(" "))
    };
    (0..n).map(bullet).collect()
}

fn scan(texts: impl Iterator<Item = (String, String)>) -> Value {
    let dir = tempfile::tempdir().unwrap();
    for (id, text) in texts {
        fs::write(dir.path().join(&id), text).unwrap();
    }
    let out = Command::new(env!("CARGO_BIN_EXE_samehand"))
        .args(["scan", "--format", "json"])
        .arg(dir.path())
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&out.stderr);
    assert_eq!(out.status.code(), Some(0), "{told}");
    serde_json::from_slice(&out.stdout).unwrap()
}

fn links(report: &Value) -> Vec<(&str, &str)> {
    let links = report["links"].as_array().unwrap().iter();
    links
        .map(|l| (l["a"].as_str().unwrap(), l["b"].as_str().unwrap()))
        .collect()
}

#[test]
fn reuse_between_two_on_a_template_of_many_is_found() {
    let shared = bullets(7000, 6);
    let text = |i: u64| {
        let own = bullets(i, 8);
        let shared = if i == 11 || i == 83 {
            shared.as_str()
        } else {
            ""
        };
        (
            format!("t{i:03}"),
            format!("{TEMPLATE}Experience\n{own}{shared}"),
        )
    };
    let report = scan((0..120).map(text));
    assert!(
        links(&report).contains(&("t011", "t083")),
        "{:?}",
        links(&report)
    );
    let others = report["links"].as_array().unwrap().iter();
    let others = others.filter(|l| l["a"] != "t011" || l["b"] != "t083");
    let unexplained = others.filter(|l| l["explained_by"].as_array().unwrap().is_empty());
    assert_eq!(unexplained.count(), 0, "the template explains all others");
    let rows = report["evidence"].as_array().unwrap().len()
        + report["set_aside"].as_array().unwrap().len();
    assert!(
        rows <= 40,
        "a template is told once, not 7,140 times: {rows} rows"
    );
}

#[test]
fn two_copies_among_many_are_found() {
    let text = |i: u64| {
        (
            format!("o{i:03}"),
            format!("Experience\n{}", bullets(i % 299, 14)),
        )
    };
    let report = scan((0..300).map(text));
    assert_eq!(links(&report), [("o000", "o299")]);
}
