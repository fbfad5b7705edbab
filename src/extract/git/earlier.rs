//! Files that stood in the repository once and stand at no tip any more: what a copy was before it was edited.
//!
//! Not every commit is looked at. [`MOMENTS`] states of the own branches, evenly spread over the history, give their
//! trees; each tree is read once, so what did not change costs nothing. Of a path the first, the last and a middle
//! earlier version are taken: the first is what was brought in. A history of up to [`MOMENTS`] commits is seen whole.
//!
//! Only source files, by their path, are taken, and only so many trees, files and bytes: reaching a limit is no fault,
//! the sample is smaller. A clone that left files out has few earlier versions or none: after some that are missing no
//! more are looked for.

use crate::extract::git::classify;
use crate::extract::git::tips::entries;
use crate::extract::git::walk::Budget;
use crate::extract::git::walk::oid;
use crate::model::CodeUnit;
use crate::model::FileClass;
use crate::model::History;
use crate::model::ObjectId;
use git2::{ObjectType, Odb};
use std::collections::{BTreeSet, HashMap, HashSet};

/// States of a history that are looked at: a choice, a power of two.
const MOMENTS: usize = 64;
/// Trees that are read at most. With it the largest of 370 public repositories costs a tenth of a second more.
const MAX_TREES: usize = 20_000;
/// Earlier versions that are taken at most, of all files together. A choice.
const MAX_FILES: usize = 2_000;
/// After so many missing objects no more are looked for: each costs a look into every pack directory.
const MAX_MISSING: usize = 50;
/// Longest path, bytes, and largest tree, bytes, that are looked at.
const MAX_PATH: usize = 1_024;
const MAX_TREE: usize = 1 << 20;
/// A size with which [`classify`] goes by the path alone.
const ANY_SIZE: u64 = 4_096;

/// Earlier versions of source files. Kept flat: a large history has half a million.
#[derive(Default)]
struct Versions {
    /// The number of each path that was met; none where it is not that of a source file.
    paths: HashMap<Box<[u8]>, Option<u32>>,
    /// Number of the path, moment, file.
    found: Vec<(u32, u8, ObjectId)>,
}

impl Versions {
    fn note(&mut self, path: &[u8], moment: usize, id: ObjectId) {
        let number = match self.paths.get(path) {
            Some(number) => *number,
            None => {
                let shown = String::from_utf8_lossy(path);
                let is_source = classify(&shown, ANY_SIZE) == FileClass::Source;
                let number = is_source.then_some(self.paths.len() as u32);
                self.paths.insert(path.into(), number);
                number
            }
        };
        if let Some(number) = number {
            self.found.push((number, moment as u8, id));
        }
    }

    /// Of each path the first, the last and a middle version: the rank among them, the path, the file.
    fn ranked(mut self) -> Vec<(usize, Box<[u8]>, ObjectId)> {
        self.found.sort_unstable();
        let mut paths: Vec<(u32, Box<[u8]>)> = self
            .paths
            .into_iter()
            .filter_map(|(path, number)| Some((number?, path)))
            .collect();
        paths.sort_unstable();
        let mut ranked = Vec::new();
        let of_paths = self.found.chunk_by(|a, b| a.0 == b.0);
        for ((_, path), versions) in paths.into_iter().zip(of_paths) {
            let places = [0, versions.len() - 1, versions.len() / 2];
            for (rank, at) in places.into_iter().enumerate() {
                ranked.push((rank, path.clone(), versions[at].2));
            }
        }
        ranked.sort_unstable();
        ranked
    }
}

/// Finds earlier versions of source files: sorted by path and id, marked as earlier, none of them at a tip. `trees` are
/// those that the tips hold and `tips` their files; `heads` the commits at the own branches.
pub(in crate::extract::git) fn find(
    odb: &Odb<'_>,
    history: &History,
    heads: &HashSet<ObjectId>,
    mut trees: HashSet<ObjectId>,
    tips: &[CodeUnit],
    budget: &mut Budget,
) -> Vec<CodeUnit> {
    let at_tips: HashSet<ObjectId> = tips.iter().map(|unit| unit.blob).collect();
    let roots = roots(history, heads);
    let mut found = Versions::default();
    let (mut left, mut num_missing) = (Budget(MAX_TREES), 0);
    for at in moments(roots.len()) {
        let mut open = vec![(Vec::new(), roots[at])];
        while let Some((path, id)) = open.pop() {
            if !trees.insert(id) {
                continue;
            }
            if !left.take() || !budget.take() {
                return units(odb, found, budget);
            }
            let Some(object) = tree(odb, id) else {
                num_missing += 1;
                if num_missing > MAX_MISSING {
                    return units(odb, found, budget);
                }
                continue;
            };
            let mut path = path;
            let base = path.len();
            for (mode, name, id) in entries(&object) {
                path.truncate(base);
                path.extend_from_slice(name);
                match mode {
                    _ if path.len() > MAX_PATH => {}
                    b"40000" | b"040000" if !trees.contains(&id) => {
                        open.push(([&path[..], b"/"].concat(), id));
                    }
                    b"100644" | b"100755" | b"100664" if !at_tips.contains(&id) => {
                        found.note(&path, at, id);
                    }
                    _ => {}
                }
            }
        }
    }
    units(odb, found, budget)
}

/// The trees of all commits of the own branches, oldest first.
fn roots(history: &History, heads: &HashSet<ObjectId>) -> Vec<ObjectId> {
    let by_id: HashMap<ObjectId, usize> = history
        .commits
        .iter()
        .enumerate()
        .map(|(n, commit)| (commit.id, n))
        .collect();
    let mut open: Vec<usize> = heads
        .iter()
        .filter_map(|id| by_id.get(id).copied())
        .collect();
    let mut reached = BTreeSet::new();
    while let Some(at) = open.pop() {
        if reached.insert(at) {
            let parents = history.commits[at].parents.iter();
            open.extend(parents.filter_map(|id| by_id.get(id)));
        }
    }
    // Commits are sorted by time.
    reached.iter().map(|&at| history.commits[at].tree).collect()
}

/// Which of `num` states are looked at: the oldest first, then the middle, the quarters and so on.
fn moments(num: usize) -> Vec<usize> {
    if num <= MOMENTS {
        return (0..num).collect();
    }
    let bits = usize::BITS - MOMENTS.ilog2();
    let spread = |i: usize| (i.reverse_bits() >> bits) * (num - 1) / (MOMENTS - 1);
    (0..MOMENTS).map(spread).collect()
}

fn tree(odb: &Odb<'_>, id: ObjectId) -> Option<Vec<u8>> {
    let (size, kind) = odb.read_header(oid(&id)).ok()?;
    if kind != ObjectType::Tree || size > MAX_TREE {
        return None;
    }
    Some(odb.read(oid(&id)).ok()?.data().to_vec())
}

/// Where there are too many, the first versions of all paths go first.
fn units(odb: &Odb<'_>, found: Versions, budget: &mut Budget) -> Vec<CodeUnit> {
    let mut seen = HashSet::new();
    let (mut units, mut num_missing) = (Vec::new(), 0);
    for (_, path, blob) in found.ranked() {
        if units.len() >= MAX_FILES || num_missing > MAX_MISSING || !budget.take() {
            break;
        }
        if !seen.insert(blob) {
            continue;
        }
        let Ok((size, ObjectType::Blob)) = odb.read_header(oid(&blob)) else {
            num_missing += 1;
            continue;
        };
        let path = String::from_utf8_lossy(&path).into_owned();
        let class = classify(&path, size as u64);
        if class == FileClass::Source {
            let mut unit = CodeUnit::new(blob, path, size as u64, class);
            unit.earlier = true;
            units.push(unit);
        }
    }
    units.sort_unstable_by(|a, b| (&a.path, a.blob).cmp(&(&b.path, b.blob)));
    units
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::Limits;
    use crate::extract::git::fixture::{Fixture, look, see};

    fn text(what: &str) -> String {
        format!("fn {what}() {{}}\n").repeat(20)
    }

    #[test]
    fn moments_are_spread_evenly_and_the_oldest_is_the_first() {
        assert_eq!(moments(3), [0, 1, 2]);
        let mut many = moments(10_000);
        assert_eq!(many[..2], [0, 32 * 9_999 / 63]);
        many.sort_unstable();
        many.dedup();
        assert_eq!((many.len(), many[63]), (MOMENTS, 9_999));
    }

    #[test]
    fn what_stood_there_once_is_found_and_marked() {
        let repo = Fixture::new();
        repo.commit("a.rs", &text("first"), "Begin", 1_600_000_000, "+0000");
        repo.commit("gone.rs", &text("gone"), "More", 1_600_000_010, "+0000");
        repo.commit("data.csv", &text("rows"), "Data", 1_600_000_020, "+0000");
        repo.commit("a.rs", &text("second"), "Edit", 1_600_000_030, "+0000");
        repo.git(&["rm", "-q", "gone.rs", "data.csv"]);
        repo.git(&["commit", "-q", "-m", "Tidy"]);
        let seen = see(&repo);
        let shown: Vec<(&str, bool)> = seen.code.iter().map(|u| (&*u.path, u.earlier)).collect();
        assert_eq!(shown, [("a.rs", false), ("a.rs", true), ("gone.rs", true)]);
        let none = Limits {
            earlier: 0,
            ..Limits::default()
        };
        assert_eq!(look(&repo, &none).unwrap().code.len(), 1);
    }
}
