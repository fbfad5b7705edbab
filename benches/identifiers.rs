//! Identifier extraction beside plain regular expressions over the same texts in the same run.
//!
//! `cargo bench --bench identifiers [-- TEXTS.jsonl.gz]`: MB per CPU second, one thread, of résumé text (made here: prose
//! with a head of contacts, dates, links; and the given texts, one JSON object a line with a `text`) and of source code
//! (this crate's own). Ours finds, checks and normalises every kind; the peer (benches/naive) only searches the five kinds of
//! contact. CPU seconds of the thread; the best of five runs.
#![allow(clippy::unwrap_used)]

mod naive;
// What it plants is counted by benches/text.rs only.
#[allow(dead_code)]
mod prose;

use flate2::read::GzDecoder;
use prose::Prose;
use rustix::time::{ClockId, clock_gettime};
use samehand::features::identifiers;
use samehand::features::marks;
use samehand::features::whose;
use samehand::model::{Digest, PagedText, SourceInfo, SourceKind};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

const RUNS: usize = 5;
/// Bytes of prose to a block of contacts.
const STRETCH: usize = 4_000;

fn cpu() -> f64 {
    let t = clock_gettime(ClockId::ThreadCPUTime);
    t.tv_sec as f64 + t.tv_nsec as f64 / 1e9
}

/// MB per CPU second of the best run, and what was counted.
fn rate(texts: &[String], work: impl Fn(&str) -> usize) -> (f64, usize) {
    let megabytes = texts.iter().map(String::len).sum::<usize>() as f64 / 1e6;
    let mut best = f64::MAX;
    let mut num = 0;
    for _ in 0..RUNS {
        let start = cpu();
        num = texts.iter().map(|t| work(t)).sum();
        best = best.min(cpu() - start);
    }
    (megabytes / best, num)
}

/// Prose of a résumé with what stands around it: contacts, spans of months, links.
fn resumes(num: u64) -> Vec<String> {
    let prose = Prose::new(3, num);
    let resume = |n: u64| {
        let spans: String = (0..6)
            .map(|i| {
                format!(
                    "Engineer, Quayhollow {i}  0{}/20{:02} - 1{}/20{:02}\n",
                    1 + i,
                    10 + i,
                    i % 3,
                    12 + i
                )
            })
            .collect();
        format!(
            "Person {n}\n{} Quay Road, Seattle, WA 98101\nperson.{n}@mail.example | +1 206 555 01{:02} | github.com/person{n} | linkedin.com/in/person-{n}\n\n{}\n{spans}Portfolio: https://person{n}.dev/ GPA 3.8/4.0, 45% faster, $1,200,000 saved\n",
            n + 1000,
            n % 100,
            prose.document(n)
        )
    };
    (0..num).map(resume).collect()
}

fn source_code(dir: &Path, out: &mut Vec<String>) {
    let mut paths: Vec<_> = std::fs::read_dir(dir)
        .unwrap()
        .map(|e| e.unwrap().path())
        .collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            source_code(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(std::fs::read_to_string(path).unwrap());
        }
    }
}

fn given(path: &str) -> Vec<String> {
    let lines = BufReader::new(GzDecoder::new(File::open(path).unwrap())).lines();
    let text = |line: String| {
        let row: serde_json::Value = serde_json::from_str(&line).unwrap();
        row["text"].as_str().unwrap_or_default().to_owned()
    };
    lines.map(|l| text(l.unwrap())).collect()
}

fn table(name: &str, texts: &[String]) {
    let megabytes = texts.iter().map(String::len).sum::<usize>() as f64 / 1e6;
    println!("{name}: {} texts, {megabytes:.1} MB", texts.len());
    let source = SourceInfo {
        path: String::new(),
        sha256: Digest::default(),
        kind: SourceKind::Text,
        engine: None,
    };
    let (each, together) = (naive::each(), naive::together());
    let peers = [
        rate(texts, |t| each.iter().map(|r| r.find_iter(t).count()).sum()),
        rate(texts, |t| together.find_iter(t).count()),
    ];
    let row = |what: &str, (speed, num): (f64, usize)| {
        let times = speed / peers[0].0;
        println!("  {what:<44} {speed:>7.0} MB/CPU-s  {times:>5.1} x  {num:>7} found");
    };
    row("peer: a pattern a kind, search only", peers[0]);
    row("peer: one pattern, search only", peers[1]);
    row(
        "contacts and marks in one pass",
        rate(texts, |t| identifiers::with_marks(t, Some("US")).len()),
    );
    row(
        "contacts, country assumed",
        rate(texts, |t| identifiers::from_text(t, Some("US")).len()),
    );
    row(
        "contacts, no country",
        rate(texts, |t| identifiers::from_text(t, None).len()),
    );
    row(
        "marks: machines, services, keys, secrets",
        rate(texts, |t| marks::from_text(t).len()),
    );
    let paged: Vec<PagedText> = texts
        .iter()
        .map(|t| PagedText::new(t.clone(), Vec::new()))
        .collect();
    let at = std::cell::Cell::new(0);
    row(
        "all kinds, addresses, roles",
        rate(texts, |_| {
            let text = &paged[at.get() % paged.len()];
            at.set(at.get() + 1);
            whose::from_document(text, &[], &source, Some("US")).len()
        }),
    );
}

/// One block of contacts before each stretch of about 4 kB of prose.
fn with_contacts(prose: &str) -> Vec<String> {
    let stretches = stretches(prose);
    let numbered = stretches.iter().enumerate();
    let text = |(n, text): (usize, &String)| {
        format!(
            "Person {n}\nperson.{n}@mail.example | +1 206 555 01{:02} | github.com/person{n} | linkedin.com/in/person-{n}\n\n{text}",
            n % 100
        )
    };
    numbered.map(text).collect()
}

/// A text in parts of whole lines, of about 4 kB where lines are short.
fn stretches(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    for line in text.split_inclusive('\n') {
        if parts.last().is_some_and(|p| p.len() >= STRETCH) {
            parts.push(String::new());
        }
        parts.last_mut().unwrap().push_str(line);
    }
    parts
}

fn main() {
    let path = std::env::args().skip(1).find(|a| !a.starts_with("--"));
    let prose = Prose::new(3, 2_000);
    let documents: String = (0..2_000).map(|n| prose.document(n)).collect();
    let made = with_contacts(&documents);
    table("résumé text, made, a block of contacts in 4 kB", &made);
    if let Some(path) = path {
        let given = given(&path);
        table("résumé text, given, without contacts", &given);
        // Texts are joined: many are shorter than a stretch.
        let given = with_contacts(&given.join("\n"));
        table("résumé text, given, a block of contacts in 4 kB", &given);
    }
    table(
        "résumé text, made, dense: dates and six contacts in 3 kB",
        &resumes(2_000),
    );
    let mut code = Vec::new();
    source_code(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut code,
    );
    table("source code", &code);
}
