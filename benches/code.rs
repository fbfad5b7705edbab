//! What reading and comparing code costs.
//!
//! `cargo bench --bench code -- [FOLDER]` takes the Rust, Python, JavaScript, Java and Go files of FOLDER (this crate's `src`
//! without one) and prints the CPU time of their prints beside that of tree-sitter's parse alone, the least of three rounds;
//! wanted: at least 0.7 of the parser's speed. Then it joins and compares pools of 100, 1,000 and 5,000 invented
//! repositories, of which one in fifty is a copy, as the program does, and prints CPU seconds and the memory they hold.
#![allow(clippy::unwrap_used)]

use rustix::time::{ClockId, clock_gettime};
use samehand::features::code::CodeReader;
use samehand::features::code::copied::{Prints, copied};
use samehand::features::code::tell_language;
use samehand::link::{Background, Join, Key, KeySink, PoolCounts, Source, propose};
use samehand::model::{CodeMark, CodePrint, CodeUnit, FileClass, Language, ObjectId, mix};
use std::path::{Path, PathBuf};

fn main() {
    let folder = std::env::args().skip(1).find(|a| a != "--bench");
    speed(Path::new(folder.as_deref().unwrap_or("src")));
    println!(
        "\n{:>6} {:>12} {:>10} {:>8} {:>10}",
        "pool", "fingerprints", "CPU", "pairs", "prints"
    );
    for size in [100, 1_000, 5_000] {
        growth(size);
    }
}

fn cpu() -> f64 {
    let t = clock_gettime(ClockId::ProcessCPUTime);
    t.tv_sec as f64 + t.tv_nsec as f64 * 1e-9
}

fn least<T>(mut work: impl FnMut() -> T) -> f64 {
    let round = |_| {
        let start = cpu();
        std::hint::black_box(work());
        cpu() - start
    };
    (0..3).map(round).fold(f64::MAX, f64::min)
}

fn speed(folder: &Path) {
    let mut files: Vec<(PathBuf, Vec<u8>, tree_sitter::Language)> = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(dir) = open.pop() {
        for entry in std::fs::read_dir(&dir).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let Ok(bytes) = std::fs::read(&path) else {
                continue;
            };
            let Some(language) = tell_language(&path.to_string_lossy(), &bytes).and_then(grammar)
            else {
                continue;
            };
            if bytes.len() < 400_000 {
                files.push((path, bytes, language));
            }
        }
    }
    let megabytes = files.iter().map(|f| f.1.len()).sum::<usize>() as f64 / 1e6;
    let parse = least(|| {
        let mut parser = tree_sitter::Parser::new();
        for (_, bytes, language) in &files {
            parser.set_language(language).unwrap();
            std::hint::black_box(parser.parse(bytes, None));
        }
    });
    let print = least(|| {
        let mut reader = CodeReader::default();
        for (path, bytes, _) in &files {
            std::hint::black_box(reader.print(&path.to_string_lossy(), bytes));
        }
    });
    println!("{} files, {megabytes:.1} MB", files.len());
    println!("parse alone {:6.2} MB/s", megabytes / parse);
    println!(
        "prints      {:6.2} MB/s, {:.2} of the parser's speed",
        megabytes / print,
        parse / print
    );
}

fn grammar(language: Language) -> Option<tree_sitter::Language> {
    Some(match language {
        Language::Rust => tree_sitter_rust::LANGUAGE.into(),
        Language::Python => tree_sitter_python::LANGUAGE.into(),
        Language::JavaScript => tree_sitter_javascript::LANGUAGE.into(),
        Language::Java => tree_sitter_java::LANGUAGE.into(),
        Language::Go => tree_sitter_go::LANGUAGE.into(),
        _ => return None,
    })
}

/// Fingerprints of a repository: 20 files of 200, one in four of them a starter's that half of the pool has.
const FILES: u64 = 20;
const MARKS: u64 = 200;

fn repository(number: u64) -> Vec<CodeUnit> {
    // One in fifty is the one before it under another name.
    let seed = if number % 50 == 49 {
        number - 1
    } else {
        number
    };
    let file = |file: u64| {
        let is_starter = file.is_multiple_of(4) && number.is_multiple_of(2);
        let from = if is_starter { 1 << 40 } else { seed << 20 } | file << 10;
        let mark = |n: u64| CodeMark {
            hash: mix(from + n + 1),
            first: n as u32,
            more: 2,
        };
        let mut unit = CodeUnit::new(
            ObjectId([0; 20]),
            format!("src/{file}.js"),
            9_000,
            FileClass::Source,
        );
        unit.print = Some(CodePrint {
            language: Language::JavaScript,
            lexical: false,
            num_tokens: 700,
            marks: (0..MARKS).map(mark).collect(),
            raw: Vec::new(),
            style: None,
        });
        unit
    };
    (0..FILES).map(file).collect()
}

struct Pool(Vec<Vec<CodeUnit>>);

impl Source for Pool {
    fn num_profiles(&self) -> usize {
        self.0.len()
    }

    fn joins(&self) -> Vec<Join> {
        vec![Join::Mass { min: 30.0 }]
    }

    fn keys(&self, _: u16, profile: u32, sink: &mut KeySink) {
        let prints = self.0[profile as usize]
            .iter()
            .filter_map(|u| u.print.as_ref());
        prints
            .flat_map(|p| &p.marks)
            .for_each(|m| sink.both(m.hash));
    }

    fn weight(&self, _: u16, _: Key) -> f32 {
        1.0
    }
}

fn growth(size: u64) {
    let pool = Pool((0..size).map(repository).collect());
    let num_marks = size * FILES * MARKS;
    let start = cpu();
    let marks = |i: usize, out: &mut Vec<u64>| {
        let prints = pool.0[i].iter().filter_map(|u| u.print.as_ref());
        out.extend(prints.flat_map(|p| p.marks.iter().map(|m| m.hash)));
    };
    let background = Background {
        code: PoolCounts::count(size as usize, num_marks, marks),
        ..Background::default()
    };
    let mut num_pairs = 0;
    for proposal in propose(&pool).iter().filter(|p| p.members.len() == 2) {
        let side = |i: usize| Prints::new(&pool.0[proposal.members[i] as usize]);
        let found = copied(&side(0), &side(1), |mark| background.code_weight(mark));
        num_pairs += usize::from(found.score() > 100.0);
    }
    let megabytes = (num_marks as usize * size_of::<CodeMark>()) as f64 / 1e6;
    println!(
        "{size:>6} {num_marks:>12} {:>8.2} s {num_pairs:>8} {megabytes:>7.0} MB",
        cpu() - start
    );
}
