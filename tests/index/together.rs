//! One process adds while another checks. The long version is `corpora/programs/stress_index.py`.

use crate::{arg, pools, report, samehand};
use serde_json::Value;
use std::process::{Command, Stdio};

fn pairs(report: &Value, who: &str) -> Vec<String> {
    let links = report["links"].as_array().unwrap().iter();
    let about = links.filter(|l| l["a"] == who || l["b"] == who);
    let mut pairs: Vec<String> = about.map(|l| format!("{} {}", l["a"], l["b"])).collect();
    pairs.sort();
    pairs
}

#[test]
fn one_adds_while_another_checks() {
    let dir = tempfile::tempdir().unwrap();
    let (pool, file) = (dir.path().join("pool"), dir.path().join("index"));
    pools::write(&pool, 80, 8);
    let names: Vec<_> = (0..80).map(|i| pool.join(pools::name(i))).collect();
    // The copy of applicant 8 and two of the template.
    let asked = [&names[9], &names[0], &names[5]];
    assert_eq!(
        samehand(&["index", "add", arg(&pool), "--index", arg(&file)], "").code,
        0
    );
    // Everybody again, from elsewhere and so with other bytes: each is replaced while others read.
    let moved = dir.path().join("moved");
    std::fs::create_dir(&moved).unwrap();
    for name in &names {
        let text = std::fs::read_to_string(name).unwrap();
        std::fs::write(moved.join(name.file_name().unwrap()), text + "\n").unwrap();
    }
    let mut child = Command::new(env!("CARGO_BIN_EXE_samehand"))
        .args(["index", "add", arg(&moved), "--index", arg(&file)])
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let batch = report(&["scan", arg(&pool), "--format", "json"]);
    let mut rounds = 0;
    loop {
        let is_over = child.try_wait().unwrap().is_some();
        for path in asked {
            let id = path.file_name().unwrap().to_str().unwrap();
            let checked = report(&["check", arg(path), "--index", arg(&file)]);
            assert_eq!(
                pairs(&checked, id),
                pairs(&batch, id),
                "round {rounds}, {id}"
            );
            rounds += 1;
        }
        if is_over {
            break;
        }
    }
    assert!(child.wait().unwrap().success());
    assert_eq!(
        samehand(&["index", "verify", "--index", arg(&file)], "").code,
        0
    );
}
