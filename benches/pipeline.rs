//! A whole scan: CPU and memory of the parent and its workers together, beside `pdftotext` on the same files.
//!
//! `cargo bench --bench pipeline [-- NUM]` (default 1,000) builds NUM one-page PDFs in a temporary folder, scans them with
//! the released binary at two threads, and runs `pdftotext` once per file. Memory is the largest sum of the resident sets
//! of the parent and its workers, sampled every 10 ms; pages that processes share count in each. Needs Linux (`/proc`).

use lopdf::content::{Content, Operation};
use lopdf::{Document, Object, Stream, dictionary};
use samehand::model::mix;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let num: usize = std::env::args()
        .skip(1)
        .find_map(|a| a.parse().ok())
        .unwrap_or(1000);
    let pool = tempfile::tempdir()?;
    for i in 0..num {
        pdf(&pool.path().join(format!("p{i:05}.pdf")), i as u64)?;
    }
    let (scan, peak, wall) = scan(pool.path())?;
    println!(
        "samehand scan, {num} one-page PDFs, 2 threads: {scan:.2} CPU s, {wall:.2} s, {:.0} MB at most",
        peak / 1e6
    );
    let before = children_seconds()?;
    for i in 0..num {
        let file = pool.path().join(format!("p{i:05}.pdf"));
        let done = Command::new("pdftotext")
            .arg(file)
            .arg("-")
            .stdout(Stdio::null())
            .status();
        if done.is_err() {
            println!("pdftotext is not installed: no peer in this run");
            return Ok(());
        }
    }
    let peer = children_seconds()? - before;
    println!(
        "pdftotext, one process per file: {peer:.2} CPU s; samehand / pdftotext {:.2}",
        scan / peer
    );
    Ok(())
}

/// CPU seconds, largest resident memory in bytes, wall seconds.
fn scan(pool: &Path) -> Result<(f64, f64, f64), Box<dyn std::error::Error>> {
    let before = children_seconds()?;
    let start = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_samehand"))
        .args(["scan", "--format", "json", "--progress", "never", "-j", "2"])
        .arg(pool)
        .stdout(Stdio::null())
        .spawn()?;
    let mut peak = 0f64;
    while child.try_wait()?.is_none() {
        peak = peak.max(resident(child.id()));
        std::thread::sleep(Duration::from_millis(10));
    }
    Ok((
        children_seconds()? - before,
        peak,
        start.elapsed().as_secs_f64(),
    ))
}

/// Resident bytes of a process and its children.
fn resident(parent: u32) -> f64 {
    let mut all = vec![parent.to_string()];
    for task in std::fs::read_dir(format!("/proc/{parent}/task"))
        .into_iter()
        .flatten()
        .flatten()
    {
        let children = std::fs::read_to_string(task.path().join("children")).unwrap_or_default();
        all.extend(children.split_whitespace().map(str::to_string));
    }
    let pages = |id: &String| -> Option<f64> {
        let statm = std::fs::read_to_string(format!("/proc/{id}/statm")).ok()?;
        statm.split_whitespace().nth(1)?.parse().ok()
    };
    all.iter().filter_map(pages).sum::<f64>() * 4096.0
}

/// CPU seconds of all children that have ended and been waited for, theirs included; in ticks of 10 ms.
fn children_seconds() -> Result<f64, Box<dyn std::error::Error>> {
    let stat = std::fs::read_to_string("/proc/self/stat")?;
    let after_name = stat.rsplit(')').next().unwrap_or_default();
    let fields: Vec<&str> = after_name.split_whitespace().collect();
    Ok((fields[13].parse::<f64>()? + fields[14].parse::<f64>()?) / 100.0)
}

/// A page of résumé-like lines in Helvetica, different for each seed.
fn pdf(path: &Path, seed: u64) -> Result<(), Box<dyn std::error::Error>> {
    let mut state = mix(seed + 1);
    let mut word = || {
        state = mix(state.wrapping_add(0x9E37_79B9_7F4A_7C15));
        (0..3 + state % 6)
            .map(|i| (b'a' + ((state >> (8 + i * 5)) % 26) as u8) as char)
            .collect::<String>()
    };
    let mut operations = vec![
        Operation::new("BT", vec![]),
        Operation::new("Tf", vec!["F1".into(), 10.into()]),
        Operation::new("TL", vec![14.into()]),
        Operation::new("Td", vec![50.into(), 780.into()]),
    ];
    for _ in 0..48 {
        let line: Vec<String> = (0..11).map(|_| word()).collect();
        operations.push(Operation::new(
            "Tj",
            vec![Object::string_literal(line.join(" "))],
        ));
        operations.push(Operation::new("T*", vec![]));
    }
    operations.push(Operation::new("ET", vec![]));
    let mut doc = Document::with_version("1.5");
    let pages = doc.new_object_id();
    let font = doc.add_object(
        dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" },
    );
    let resources = doc.add_object(dictionary! { "Font" => dictionary! { "F1" => font } });
    let content = doc.add_object(Stream::new(
        dictionary! {},
        Content { operations }.encode()?,
    ));
    let page =
        doc.add_object(dictionary! { "Type" => "Page", "Parent" => pages, "Contents" => content });
    let kids = dictionary! {
        "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1, "Resources" => resources,
        "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
    };
    doc.objects.insert(pages, Object::Dictionary(kids));
    let catalog = doc.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    doc.trailer.set("Root", catalog);
    doc.compress();
    doc.save(path)?;
    Ok(())
}
