//! Everything that could be a habit, counted file by file: what `build_style_tables.py` chooses from.

use crate::packages::Package;
use rayon::prelude::*;
use samehand::features::code::CodeReader;
use samehand::features::code::style::Names;
use samehand::link::Background;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::collections::HashMap;
use std::io::Write;

/// Share of hands that use a name that is kept; no fewer than [`FEWEST`].
const NAME_SHARE: f64 = 0.12;
const FEWEST: usize = 8;
/// Share of hands that have a habit that is listed.
const HABIT_SHARE: f64 = 0.25;

type Found = HashMap<Vec<u8>, u32>;

/// What was counted in one file: habits, and answers to questions of layout.
type Counted = (Found, Vec<[u16; 2]>);

/// Names that many hands use.
fn names(packages: &[Package], num_hands: usize) -> BTreeSet<Vec<u8>> {
    let of = |package: &Package| {
        let mut reader = CodeReader::default();
        let mut names = BTreeSet::new();
        for file in &package.files {
            reader.names(&file.unit.path, &file.bytes, |name| {
                names.insert(name.to_vec());
            });
        }
        (package.hand, names)
    };
    let by_package: Vec<(usize, BTreeSet<Vec<u8>>)> = packages.par_iter().map(of).collect();
    let mut hands: HashMap<Vec<u8>, BTreeSet<usize>> = HashMap::new();
    for (hand, names) in by_package {
        for name in names {
            hands.entry(name).or_default().insert(hand);
        }
    }
    let least = FEWEST.max((num_hands as f64 * NAME_SHARE) as usize);
    let common = hands.into_iter().filter(|(_, h)| h.len() >= least);
    common.map(|(name, _)| name).collect()
}

/// Counts every habit in the files of a package.
fn count(package: &Package, names: &Names) -> Vec<Counted> {
    let mut reader = CodeReader::default();
    let of = |file: &crate::packages::File| {
        let mut found: Found = HashMap::new();
        let note = |habit: &[u8]| match found.get_mut(habit) {
            Some(n) => *n += 1,
            None => {
                found.insert(habit.to_vec(), 1);
            }
        };
        let answers = reader.habits(&file.unit.path, &file.bytes, names, note);
        (found, answers.map_or_else(Vec::new, |a| a.to_vec()))
    };
    package.files.iter().map(of).collect()
}

fn shown(text: &[u8]) -> String {
    let escaped = text.iter().flat_map(|b| std::ascii::escape_default(*b));
    escaped.map(char::from).collect()
}

fn join<T>(items: impl IntoIterator<Item = T>, text: impl Fn(T) -> String) -> String {
    items.into_iter().map(text).collect::<Vec<_>>().join(" ")
}

/// Writes names, habits and files to `out`.
pub fn dump(packages: &[Package], out: &mut dyn Write) -> std::io::Result<()> {
    let hands: BTreeSet<usize> = packages.iter().map(|p| p.hand).collect();
    let names = names(packages, hands.len());
    for name in &names {
        writeln!(out, "W\t{}", shown(name))?;
    }
    let names: Names = names.iter().map(Vec::as_slice).collect();
    let all: Vec<Vec<Counted>> = packages.par_iter().map(|p| count(p, &names)).collect();
    let mut held: BTreeMap<&[u8], BTreeSet<usize>> = BTreeMap::new();
    for (package, files) in packages.iter().zip(&all) {
        for habit in files.iter().flat_map(|(found, _)| found.keys()) {
            held.entry(habit).or_default().insert(package.hand);
        }
    }
    let least = (hands.len() as f64 * HABIT_SHARE) as usize;
    held.retain(|_, hands| hands.len() >= least);
    let index: HashMap<&[u8], usize> = held.keys().enumerate().map(|(n, k)| (*k, n)).collect();
    for (text, hands) in &held {
        writeln!(out, "H\t{}\t{}", shown(text), hands.len())?;
    }
    let background = Background::shipped();
    for (package, files) in packages.iter().zip(&all) {
        for (file, (found, answers)) in package.files.iter().zip(files) {
            let print = file.unit.print.as_ref().unwrap();
            let is_public = |m: &&samehand::model::CodeMark| background.code_marks.contains(m.hash);
            let counts = found
                .iter()
                .filter_map(|(k, n)| Some((*index.get(k.as_slice())?, *n)));
            let counts: BTreeMap<usize, u32> = counts.collect();
            writeln!(
                out,
                "F\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}",
                package.hand,
                package.name,
                file.unit.path,
                print.num_tokens,
                print.marks.iter().filter(is_public).count(),
                join(&print.marks, |m| (m.hash >> 32).to_string()),
                join(answers, |[yes, num]| format!("{yes}:{num}")),
                join(&counts, |(k, n)| format!("{k}:{n}")),
            )?;
        }
    }
    Ok(())
}
