//! What reading and comparing code costs, beside peers.
//!
//! `cargo bench --bench code -- [--files FOLDER] [--pool FOLDER [--dolos NODE_MODULES]]`
//!
//! 1. CPU time of the prints of FOLDER's files (this crate's `src` without one) beside that of tree-sitter's parse alone, by
//!    language, the least of three rounds; wanted: at least 0.7 of the parser's speed.
//! 2. `--pool`: each folder in FOLDER is a repository; of the first 500 by name, up to eight Rust files each are read,
//!    joined and compared as the program does. `--dolos`: the same files with dolos-lib (`npm install @dodona/dolos-lib`),
//!    by `dolos.mjs` beside this; wanted: a tenth of its CPU time. Its own folder of sources, which cargo keeps, is such a
//!    FOLDER.
//! 3. Pools of 100, 1,000 and 5,000 invented repositories, of which one in fifty is a copy: CPU seconds and memory.
#![allow(clippy::unwrap_used)]

use rustix::time::{ClockId, clock_gettime};
use samehand::features::code::CodeReader;
use samehand::features::code::copied::{Marks, Prints, copied};
use samehand::features::code::tell_language;
use samehand::link::{Background, Join, Key, KeySink, PoolCounts, Source, propose};
use samehand::model::{CodeMark, CodePrint, CodeUnit, FileClass, Language, ObjectId, mix};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let option = |name: &str| args.iter().position(|a| a == name).map(|i| &args[i + 1]);
    speed(Path::new(option("--files").map_or("src", |f| f)));
    match option("--pool") {
        Some(folder) => pool(Path::new(folder), option("--dolos").map(Path::new)),
        None => println!("\nno --pool: nothing compared with dolos-lib"),
    }
    println!("\ninvented repositories of {FILES} files with {MARKS} fingerprints each");
    println!(
        "{:>6} {:>12} {:>10} {:>8} {:>10} {:>12}",
        "pool", "fingerprints", "CPU", "pairs", "prints", "peak memory"
    );
    for size in [100, 1_000, 5_000] {
        growth(size);
    }
}

fn cpu() -> f64 {
    let t = clock_gettime(ClockId::ProcessCPUTime);
    t.tv_sec as f64 + t.tv_nsec as f64 * 1e-9
}

/// Most memory that this process had, MB, where the system tells.
fn peak() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|l| l.strip_prefix("VmHWM:"));
    let kb = line.and_then(|l| l.trim().trim_end_matches(" kB").parse::<f64>().ok());
    kb.map_or(f64::NAN, |kb| kb / 1024.0)
}

fn least<T>(mut work: impl FnMut() -> T) -> f64 {
    let round = |_| {
        let start = cpu();
        std::hint::black_box(work());
        cpu() - start
    };
    (0..3).map(round).fold(f64::MAX, f64::min)
}

/// Files below a folder, sorted.
fn files(folder: &Path) -> Vec<PathBuf> {
    let (mut paths, mut open) = (Vec::new(), vec![folder.to_path_buf()]);
    while let Some(dir) = open.pop() {
        for entry in std::fs::read_dir(&dir).unwrap().flatten() {
            match entry.path() {
                path if path.is_dir() => open.push(path),
                path => paths.push(path),
            }
        }
    }
    paths.sort();
    paths
}

fn speed(folder: &Path) {
    let mut by_language: BTreeMap<Language, Vec<(String, Vec<u8>)>> = BTreeMap::new();
    for path in files(folder) {
        let Ok(bytes) = std::fs::read(&path) else {
            continue;
        };
        let shown = path.to_string_lossy().into_owned();
        let language = tell_language(&shown, &bytes).filter(|l| grammar(*l).is_some());
        if let Some(language) = language.filter(|_| bytes.len() < 400_000) {
            by_language
                .entry(language)
                .or_default()
                .push((shown, bytes));
        }
    }
    println!("language     files     MB  parse alone     prints  share of the parser's speed");
    let mut sums = [0.0; 3];
    for (language, files) in by_language {
        let megabytes = files.iter().map(|f| f.1.len()).sum::<usize>() as f64 / 1e6;
        let grammar = grammar(language).unwrap();
        let parse = least(|| {
            let mut parser = tree_sitter::Parser::new();
            parser.set_language(&grammar).unwrap();
            for (_, bytes) in &files {
                std::hint::black_box(parser.parse(bytes, None));
            }
        });
        let print = least(|| {
            let mut reader = CodeReader::default();
            for (path, bytes) in &files {
                std::hint::black_box(reader.print(path, bytes));
            }
        });
        sums = [sums[0] + megabytes, sums[1] + parse, sums[2] + print];
        row(language.name(), files.len(), [megabytes, parse, print]);
    }
    row("all", 0, sums);
}

fn row(name: &str, num: usize, [megabytes, parse, print]: [f64; 3]) {
    println!(
        "{name:<12} {num:>5} {megabytes:>6.1} {:>7.2} MB/s {:>5.2} MB/s  {:.2}",
        megabytes / parse,
        megabytes / print,
        parse / print
    );
}

/// Repositories and files of each that are compared: what dolos-lib still holds in memory.
const REPOSITORIES: usize = 500;
const FILES_EACH: usize = 8;

fn pool(folder: &Path, dolos: Option<&Path>) {
    let mut repositories: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .flatten()
        .map(|e| e.path())
        .filter(|p| p.is_dir())
        .collect();
    repositories.sort();
    let rust = |path: &PathBuf| {
        let size = std::fs::metadata(path).map_or(0, |m| m.len());
        path.extension().is_some_and(|e| e == "rs") && (400..100_000).contains(&size)
    };
    let of = |r: &PathBuf| files(r).into_iter().filter(rust).take(FILES_EACH).collect();
    let all: Vec<Vec<PathBuf>> = repositories.iter().map(of).collect();
    let all: Vec<_> = all
        .into_iter()
        .filter(|f| !f.is_empty())
        .take(REPOSITORIES)
        .collect();
    let (num, before) = (all.iter().map(Vec::len).sum::<usize>(), peak());
    let start = cpu();
    let mut reader = CodeReader::default();
    let mut read = |path: &PathBuf| {
        let bytes = std::fs::read(path).unwrap();
        let shown = path.to_string_lossy().into_owned();
        let size = bytes.len() as u64;
        let mut unit = CodeUnit::new(ObjectId([0; 20]), shown, size, FileClass::Source);
        reader.visit(&mut unit, &bytes);
        unit
    };
    let pool = Pool(
        all.iter()
            .map(|f| f.iter().map(&mut read).collect())
            .collect(),
    );
    let reading = cpu() - start;
    let pairs = compare(&pool);
    let whole = cpu() - start;
    println!("\n{} repositories, {num} files", all.len());
    println!("             reading     whole     pairs  memory");
    println!(
        "samehand    {reading:>6.1} s  {whole:>6.1} s  {pairs:>8}  {:.0} MB",
        peak() - before
    );
    let Some(modules) = dolos else {
        return println!("no --dolos: dolos-lib was not run");
    };
    let told = run_dolos(modules, &all.concat());
    let [index, ended, pairs, memory] = [0, 1, 2, 3].map(|i| told[i].parse::<f64>().unwrap());
    println!(
        "dolos {}  {index:>6.1} s  {ended:>6.1} s  {pairs:>8}  {memory:.0} MB",
        told[4]
    );
    println!("{:.1} times the CPU time", ended / whole);
}

/// What `dolos.mjs` prints.
fn run_dolos(modules: &Path, files: &[PathBuf]) -> Vec<String> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/dolos.mjs");
    let mut node = Command::new("node")
        .arg("--max-old-space-size=12000")
        .arg(script)
        .arg(modules)
        .arg("rust")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node is installed");
    let list: Vec<String> = files.iter().map(|f| f.display().to_string()).collect();
    let mut stdin = node.stdin.take().unwrap();
    stdin.write_all(list.join("\n").as_bytes()).unwrap();
    drop(stdin);
    let out = node.wait_with_output().unwrap().stdout;
    let out = String::from_utf8(out).unwrap();
    out.split_whitespace().map(String::from).collect()
}

fn grammar(language: Language) -> Option<tree_sitter::Language> {
    Some(match language {
        Language::Rust => tree_sitter_rust::LANGUAGE.into(),
        Language::Python => tree_sitter_python::LANGUAGE.into(),
        Language::JavaScript => tree_sitter_javascript::LANGUAGE.into(),
        Language::Java => tree_sitter_java::LANGUAGE.into(),
        Language::Go => tree_sitter_go::LANGUAGE.into(),
        Language::C => tree_sitter_c::LANGUAGE.into(),
        Language::TypeScript => tree_sitter_typescript::LANGUAGE_TYPESCRIPT.into(),
        Language::Tsx => tree_sitter_typescript::LANGUAGE_TSX.into(),
        Language::Php => tree_sitter_php::LANGUAGE_PHP.into(),
        Language::CSharp => tree_sitter_c_sharp::LANGUAGE.into(),
        Language::Cpp => tree_sitter_cpp::LANGUAGE.into(),
        Language::Solidity => tree_sitter_solidity::LANGUAGE.into(),
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

/// Joins and compares a pool; how many pairs share more than chance.
fn compare(pool: &Pool) -> usize {
    let marks = |i: usize, out: &mut Vec<u64>| {
        let prints = pool.0[i].iter().filter_map(|u| u.print.as_ref());
        out.extend(prints.flat_map(|p| p.marks.iter().map(|m| m.hash)));
    };
    let num_marks = (0..pool.0.len())
        .map(|i| {
            let mut all = Vec::new();
            marks(i, &mut all);
            all.len() as u64
        })
        .sum();
    let background = Background {
        code: PoolCounts::count(pool.0.len(), num_marks, marks),
        ..Background::default()
    };
    let mut num_pairs = 0;
    for proposal in propose(pool).iter().filter(|p| p.members.len() == 2) {
        let [left, right] = [0, 1].map(|i| &pool.0[proposal.members[i] as usize]);
        let prints = left.iter().filter_map(|u| u.print.as_ref());
        let of_left: Marks = prints.flat_map(|p| &p.marks).map(|m| m.hash).collect();
        let right = Prints::among(right, Some(&of_left));
        let shared: Marks = right.hashes().collect();
        let left = Prints::among(left, Some(&shared));
        let found = copied(&left, &right, |mark| background.code_weight(mark));
        num_pairs += usize::from(found.score() > 20.0);
    }
    num_pairs
}

fn growth(size: u64) {
    let pool = Pool((0..size).map(repository).collect());
    let num_marks = size * FILES * MARKS;
    let start = cpu();
    let num_pairs = compare(&pool);
    let megabytes = (num_marks as usize * size_of::<CodeMark>()) as f64 / 1e6;
    println!(
        "{size:>6} {num_marks:>12} {:>8.2} s {num_pairs:>8} {megabytes:>7.0} MB {:>9.0} MB",
        cpu() - start,
        peak()
    );
}
