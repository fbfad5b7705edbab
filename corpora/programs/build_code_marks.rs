//! Builds `corpora/background/code_marks.bin`: fingerprints of code that anybody may have from elsewhere.
//!
//! ```text
//! cargo run --release --example build_code_marks -- FOLDER OUT
//! ```
//! FOLDER is what `corpora/background/build_code_marks.py` lays out.
#![allow(clippy::unwrap_used)]

use samehand::features::code::CodeReader;
use samehand::link::CodeMarks;
use std::path::PathBuf;

fn main() -> anyhow::Result<()> {
    let mut args = std::env::args().skip(1);
    let (folder, out) = (
        args.next().expect("a folder"),
        args.next().expect("a file to write"),
    );
    let mut open = vec![PathBuf::from(folder)];
    let mut paths = Vec::new();
    while let Some(dir) = open.pop() {
        for entry in std::fs::read_dir(&dir)?.flatten() {
            match entry.path() {
                path if path.is_dir() => open.push(path),
                path => paths.push(path),
            }
        }
    }
    paths.sort();
    let mut reader = CodeReader::default();
    let mut marks = Vec::new();
    for path in &paths {
        let bytes = std::fs::read(path)?;
        let print = reader.print(&path.to_string_lossy(), &bytes);
        marks.extend(print.into_iter().flat_map(|p| p.marks).map(|m| m.hash));
    }
    let table = CodeMarks::new(marks);
    println!("{} fingerprints of {} files", table.len(), paths.len());
    std::fs::write(out, table.to_bytes())?;
    Ok(())
}
