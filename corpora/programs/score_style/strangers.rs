//! A pool in which nobody has a mate: one repository an owner, every pair compared as `code-style` does.

use crate::units::Unit;
use crate::units::read;
use rayon::prelude::*;
use samehand::features::code::style::Hand;
use samehand::features::code::style::LANGUAGES;
use samehand::features::code::style::MIN_TOKENS;
use samehand::features::code::style::likeness;
use samehand::features::code::style::trim;
use samehand::link::Background;
use samehand::model::CodeUnit;
use std::collections::BTreeMap;
use std::path::Path;
use std::path::PathBuf;

/// Likenesses at which pairs are counted; the second is the reporting threshold.
const STEPS: [f64; 6] = [0.25, 0.31, 0.4, 0.5, 0.6, 0.7];

/// The first repository of each owner; folders are named OWNER+NAME.
fn owners(folder: &Path) -> Vec<PathBuf> {
    let paths = std::fs::read_dir(folder)
        .unwrap()
        .flatten()
        .map(|e| e.path());
    let mut first: BTreeMap<String, PathBuf> = BTreeMap::new();
    for path in paths.filter(|p| p.is_dir()) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let owner = name.split('+').next().unwrap_or_default().to_string();
        let kept = first.entry(owner).or_insert_with(|| path.clone());
        if path < *kept {
            *kept = path;
        }
    }
    first.into_values().collect()
}

fn own(mut unit: Unit, background: &Background) -> Vec<CodeUnit> {
    unit.files.retain(|u| {
        let marks = &u.print.as_ref().unwrap().marks;
        let public = marks
            .iter()
            .filter(|m| background.code_marks.contains(m.hash))
            .count();
        public * 5 <= marks.len() && !background.scaffold.contains(&u.blob)
    });
    trim(&mut unit.files);
    unit.files
}

/// Compares and prints.
pub fn strangers(folder: &Path) {
    let background = Background::shipped();
    let pool: Vec<Vec<CodeUnit>> = owners(folder)
        .par_iter()
        .map(|p| own(read(p), &background))
        .collect();
    let bytes: Vec<usize> = pool.iter().map(|units| kept_bytes(units)).collect();
    println!(
        "{} repositories; habits kept: {} bytes on average, {} at most",
        pool.len(),
        bytes.iter().sum::<usize>() / bytes.len().max(1),
        bytes.iter().max().unwrap_or(&0)
    );
    for (name, language) in LANGUAGES {
        let hands: Vec<Hand<'_>> = pool
            .iter()
            .map(|units| Hand::new(language, units))
            .filter(Hand::is_enough)
            .collect();
        let pairs: Vec<(usize, usize)> = (0..hands.len())
            .flat_map(|a| (a + 1..hands.len()).map(move |b| (a, b)))
            .collect();
        let compare = |&(a, b): &(usize, usize)| {
            let (left, right) = (hands[a].without(&hands[b]), hands[b].without(&hands[a]));
            let least = left.num_tokens().min(right.num_tokens());
            let is_short =
                left.looks_formatted() && right.looks_formatted() && least < 2 * MIN_TOKENS;
            let may_speak = |hand: &Hand<'_>| hand.is_enough() && hand.is_varied();
            let enough = may_speak(&left) && may_speak(&right) && !is_short;
            Some(likeness(&left, &right).filter(|_| enough)?.score)
        };
        let mut scores: Vec<f64> = pairs.par_iter().filter_map(compare).collect();
        scores.sort_by(f64::total_cmp);
        let reached: Vec<String> = STEPS
            .iter()
            .map(|step| format!("{step}: {}", scores.iter().filter(|s| *s >= step).count()))
            .collect();
        let highest: Vec<String> = scores
            .iter()
            .rev()
            .take(3)
            .map(|s| format!("{s:.3}"))
            .collect();
        println!(
            "{name}: {} repositories, {} pairs; reached {}; highest {}",
            hands.len(),
            scores.len(),
            reached.join(", "),
            highest.join(" ")
        );
    }
}

/// Bytes of the habits of a repository as a worker sends them, about: three a count, four an answer.
fn kept_bytes(units: &[CodeUnit]) -> usize {
    let styles = units
        .iter()
        .filter_map(|u| u.print.as_ref()?.style.as_ref());
    styles
        .map(|s| 3 * s.counts.len() + 3 * s.answers.len())
        .sum()
}
