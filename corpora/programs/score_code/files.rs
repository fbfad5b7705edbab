//! The likeness of two short files: how much of the shorter one's syntax the other has, and how many written words they share.

use samehand::features::code::CodeReader;
use std::collections::BTreeSet;
use std::collections::HashMap;
use std::path::Path;
use std::path::PathBuf;

/// Leaves of a run in the normalised stream. Chosen on the even tasks of IR-Plag among 2 to 8: longer runs lose what was
/// reordered, shorter ones what was only renamed (docs/code.md).
const RUN: usize = 5;
/// Weight of the written words, chosen on the same tasks among .1 to .6.
const SHARE: f64 = 0.4;

/// How alike two files are, 0 to 1; of a folder its first file is taken.
pub fn likeness(left: &Path, right: &Path) -> f64 {
    let runs = contained(&runs(left, RUN, 0), &runs(right, RUN, 0));
    let words = |path: &Path| -> BTreeSet<u64> { self::runs(path, 1, 1).into_iter().collect() };
    (1.0 - SHARE) * runs + SHARE * dice(&words(left), &words(right))
}

fn runs(path: &Path, k: usize, stream: usize) -> Vec<u64> {
    let path = first_file(path);
    let bytes = std::fs::read(&path).unwrap();
    let [normalised, written] = CodeReader::default()
        .grams(&path.to_string_lossy(), &bytes, k)
        .unwrap_or_default();
    if stream == 0 { normalised } else { written }
}

fn first_file(path: &Path) -> PathBuf {
    if !path.is_dir() {
        return path.into();
    }
    let files = std::fs::read_dir(path).unwrap().flatten().map(|e| e.path());
    files.min().unwrap()
}

/// Share of the shorter file's runs that the other has, each as often as it stands there.
fn contained(a: &[u64], b: &[u64]) -> f64 {
    let mut counts: HashMap<u64, usize> = HashMap::new();
    a.iter()
        .for_each(|run| *counts.entry(*run).or_default() += 1);
    let mut is_shared = |run: &&u64| match counts.get_mut(*run) {
        Some(left) if *left > 0 => {
            *left -= 1;
            true
        }
        _ => false,
    };
    let shared = b.iter().filter(|run| is_shared(run)).count();
    shared as f64 / a.len().min(b.len()).max(1) as f64
}

/// Dice coefficient of two sets.
fn dice(a: &BTreeSet<u64>, b: &BTreeSet<u64>) -> f64 {
    let shared = a.intersection(b).count();
    2.0 * shared as f64 / (a.len() + b.len()).max(1) as f64
}
