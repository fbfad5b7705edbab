//! References of past applicants and job advertisements: what many have written ties nobody.
#![allow(clippy::unwrap_used)]

use samehand::model::mix;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

/// Invented words of no language: the shipped reference does not know them.
const BOILERPLATE: &str =
    "Mirrelo tav kendrit posan gluwe ristam. Hoddel virn castumo pelluk dremna stov.
Trugal menisto warp lindrak soveta quill. Banderu fost kilmar jendo pravik oxeltu.
Sarnomi delk hovart crispelo tund magriv. Walde perristo kunf ambrelu gostik rened.
Yorpal simdest crovu talmik endersko blau. Friggo narst peluwam dorkest viland umri.
";

/// What a recruiter wrote, and two applicants copied.
const ADVERT: &str = "Harbour operations engineer wanted
You keep the crane schedule of four berths running through storms and strikes alike.
You translate the wishes of pilots and stevedores into rules that a solver can read.
You have watched at least one timetable fail and can tell without blushing what you learned from it.
You write the drill book for night crews and test it yourself on the coldest night of the year.
You count stranded containers by hand before you trust a dashboard that counts them for you.
";

fn words(seed: usize, n: u64) -> String {
    let at = |i: u64| mix(mix(seed as u64 + 1) + i);
    let word = |i: u64| {
        let mut x = at(i);
        let letter = |x: &mut u64| {
            *x = mix(*x);
            (b'a' + (*x % 26) as u8) as char
        };
        (0..7).map(|_| letter(&mut x)).collect::<String>()
    };
    (0..n).map(word).collect::<Vec<_>>().join(" ")
}

fn samehand(args: &[&str], dir: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_samehand"))
        .args(args)
        .current_dir(dir)
        .output()
        .unwrap()
}

fn scan(args: &[&str], dir: &Path) -> Value {
    let out = samehand(&[&["scan", "pool", "--format", "json"], args].concat(), dir);
    let told = String::from_utf8_lossy(&out.stderr);
    assert_eq!(out.status.code(), Some(0), "{told}");
    serde_json::from_slice(&out.stdout).unwrap()
}

fn write(dir: &Path, pool: &str, id: &str, text: &str) {
    fs::create_dir_all(dir.join(pool)).unwrap();
    fs::write(dir.join(pool).join(format!("{id}.txt")), text).unwrap();
}

fn past(dir: &Path) {
    for i in 0..12 {
        let text = format!("{}\n{BOILERPLATE}", words(i, 60));
        write(dir, "past", &format!("p{i}"), &text);
    }
}

#[test]
fn a_background_of_past_applicants_is_built_described_and_used() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    past(dir);
    for i in 0..2 {
        let text = format!("{}\n{BOILERPLATE}", words(100 + i, 60));
        write(dir, "pool", &format!("a{i}"), &text);
    }
    let build = |threads| {
        let out = samehand(
            &[
                "background",
                "build",
                "past",
                "-o",
                "past.bg",
                "-j",
                threads,
            ],
            dir,
        );
        assert_eq!(out.status.code(), Some(0));
        (out.stdout, fs::read(dir.join("past.bg")).unwrap())
    };
    let (told, bytes) = build("1");
    assert_eq!(build("3").1, bytes, "the same with any number of threads");
    let told = String::from_utf8(told).unwrap();
    assert!(told.contains("applicants counted             12"), "{told}");
    let info = samehand(&["background", "info", "past.bg"], dir);
    assert_eq!(String::from_utf8(info.stdout).unwrap(), told);
    for word in ["Mirrelo", "mirrelo", "kendrit"] {
        let found = bytes.windows(word.len()).any(|w| w == word.as_bytes());
        assert!(!found, "the file holds no text");
    }
    let without = scan(&[], dir);
    let with = scan(&["--background", "past.bg"], dir);
    let tables = with["background"]["tables"].as_array().unwrap();
    let own = tables.iter().find(|t| t["name"] == "past").unwrap();
    assert_eq!(own["sha256"].as_str().unwrap().len(), 64);
    assert!(own["coverage"].as_f64().unwrap() > 0.2);
    assert_eq!(without["background"]["unknown_documents"], 2);
    assert!(with["background"]["coverage"].as_f64() > without["background"]["coverage"].as_f64());
    assert_eq!(
        with["links"].as_array().unwrap().len(),
        0,
        "{:#}",
        with["links"]
    );
}

#[test]
fn a_background_of_another_version_or_damaged_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    past(dir);
    write(dir, "pool", "a", BOILERPLATE);
    samehand(&["background", "build", "past", "-o", "past.bg"], dir);
    let bytes = fs::read(dir.join("past.bg")).unwrap();
    let content = &bytes[..bytes.len() - 32];
    let end = content.iter().skip(6).position(|&b| b == b'\n').unwrap() + 6;
    let header = String::from_utf8(content[..end].to_vec()).unwrap();
    let other = header.replace("\"hash_version\":1", "\"hash_version\":9");
    assert_ne!(other, header);
    let mut changed = [other.as_bytes(), &content[end..]].concat();
    let digest = Sha256::digest(&changed);
    changed.extend_from_slice(&digest);
    fs::write(dir.join("other.bg"), changed).unwrap();
    fs::write(dir.join("short.bg"), &bytes[..bytes.len() - 1]).unwrap();
    for (file, says) in [
        ("other.bg", "hash version 9"),
        ("short.bg", "damaged"),
        ("none.bg", "failed to read"),
    ] {
        let out = samehand(&["scan", "pool", "--background", file], dir);
        let told = String::from_utf8_lossy(&out.stderr).into_owned();
        assert_eq!(out.status.code(), Some(1), "{told}");
        assert!(told.contains(says) && told.contains(file), "{told}");
    }
}

#[test]
fn what_two_copied_from_the_job_advertisement_ties_nobody() {
    let dir = tempfile::tempdir().unwrap();
    let dir = dir.path();
    fs::write(dir.join("job.txt"), ADVERT).unwrap();
    // English enough for the reference to judge it, and different for each.
    let own = [
        "Summary\nI have led teams in the development of new business and worked closely with customers on time and budget.\n",
        "Profile\nResponsible for the day to day operations of a small department and for good relationships with clients.\n",
    ];
    for (i, own) in own.iter().enumerate() {
        write(
            dir,
            "pool",
            &format!("a{i}"),
            &format!("{own}{ADVERT}{}", words(i, 4)),
        );
    }
    assert_eq!(
        scan(&[], dir)["links"].as_array().unwrap().len(),
        1,
        "without it they are linked"
    );
    let report = scan(&["--job", "job.txt"], dir);
    assert_eq!(report["links"].as_array().unwrap().len(), 0);
    let aside = report["set_aside"].as_array().unwrap();
    let row = aside
        .iter()
        .find(|r| r["detector"] == "job-advertisement")
        .unwrap();
    assert_eq!(row["subjects"].as_array().unwrap().len(), 2);
    let tables = report["background"]["tables"].as_array().unwrap();
    assert!(
        tables
            .iter()
            .any(|t| t["name"] == "job-advertisement/job.txt")
    );
    let out = samehand(
        &[
            "compare",
            "pool/a0.txt",
            "pool/a1.txt",
            "--job",
            "job.txt",
            "--format",
            "json",
        ],
        dir,
    );
    let report: Value = serde_json::from_slice(&out.stdout).unwrap();
    assert_eq!(
        report["links"].as_array().unwrap().len(),
        0,
        "compare knows it too"
    );
}
