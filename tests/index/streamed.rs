//! `check`: a folder, files, JSON on stdin, and one applicant a line.

use crate::{arg, pools, report, samehand};
use serde_json::{Value, json};

#[test]
fn one_applicant_a_line_in_their_order() {
    let dir = tempfile::tempdir().unwrap();
    let (pool, file) = (dir.path().join("pool"), dir.path().join("index"));
    pools::write(&pool, 12, 4);
    assert_eq!(
        samehand(&["index", "add", arg(&pool), "--index", arg(&file)], "").code,
        0
    );
    let mut names: Vec<String> = std::fs::read_dir(&pool)
        .unwrap()
        .map(|e| e.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let row = |name: &str| json!({"id": format!("new {name}"), "resume": [name]}).to_string();
    let lines = [
        row(&names[0]),
        "{\"id\": \"cut".into(),
        String::new(),
        "[1]".into(),
        row(&names[5]),
        json!({"id": "away", "resume": "../index"}).to_string(),
        row(&names[1]),
    ];
    let args = [
        "check",
        "--jsonl",
        "--index",
        arg(&file),
        "--root",
        arg(&pool),
    ];
    let said = samehand(&args, &lines.join("\n"));
    assert_eq!(said.code, 3, "{}", said.told);
    let answers: Vec<Value> = said
        .out
        .lines()
        .map(|l| serde_json::from_str(l).unwrap())
        .collect();
    let kinds: Vec<&str> = answers
        .iter()
        .map(|a| a["schema"].as_str().unwrap())
        .collect();
    let wanted = [
        "report/1", "error/1", "error/1", "report/1", "report/1", "report/1",
    ];
    assert_eq!(kinds, wanted, "{}", said.out);
    assert_eq!(
        (&answers[1]["line"], &answers[2]["line"]),
        (&json!(2), &json!(4))
    );
    for (answer, name) in [(0, &names[0]), (3, &names[5]), (5, &names[1])] {
        let links = answers[answer]["links"].as_array().unwrap();
        let own = format!("new {name}");
        let is_copy = |l: &Value| {
            [&l["a"], &l["b"]]
                .map(|v| v.as_str().unwrap().to_owned())
                .contains(name)
        };
        assert!(links.iter().any(is_copy), "{own} is tied to the same file");
    }
    // The same by a single object, and by the file.
    let one = samehand(
        &["check", "-", "--index", arg(&file), "--root", arg(&pool)],
        &row(&names[5]),
    );
    let one: Value = serde_json::from_str(&one.out).unwrap();
    assert_eq!(one["links"], answers[3]["links"]);
    let path = pool.join(&names[5]);
    let id = format!("new {}", names[5]);
    let by_file = report(&["check", arg(&path), "--id", &id, "--index", arg(&file)]);
    assert_eq!(by_file["links"], one["links"]);
    assert_eq!(
        samehand(&["index", "list", "--index", arg(&file)], "")
            .out
            .lines()
            .count(),
        12
    );
    let said = samehand(
        &[
            "check",
            arg(&path),
            "--id",
            &id,
            "--index",
            arg(&file),
            "--add",
        ],
        "",
    );
    assert_eq!(said.code, 0, "{}", said.told);
    assert_eq!(
        samehand(&["index", "list", "--index", arg(&file)], "")
            .out
            .lines()
            .count(),
        13
    );
}

#[test]
fn a_scan_may_be_kept() {
    let dir = tempfile::tempdir().unwrap();
    let (pool, file) = (dir.path().join("pool"), dir.path().join("index"));
    pools::write(&pool, 6, 3);
    let scan = [
        "scan",
        arg(&pool),
        "--format",
        "json",
        "--index",
        arg(&file),
    ];
    assert_eq!(samehand(&scan, "").code, 1, "there is none yet");
    let kept = report(&[&scan[..], &["--add"]].concat());
    let alone = report(&scan[..4]);
    assert_eq!(kept["evidence"], alone["evidence"]);
    assert_eq!(kept["links"], alone["links"]);
    let again = report(&scan);
    assert_eq!(
        again["links"], alone["links"],
        "nobody is compared with themselves"
    );
}
