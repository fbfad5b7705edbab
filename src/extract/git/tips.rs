//! The files that stand at the tips of a repository, by blob id: names and sizes, never contents.
//!
//! Each tree is read once, however often it stands in others, so a tree of trees that repeats itself a billion times
//! costs what its distinct parts cost. Trees are taken in the order of their paths: the first path at which a tree is
//! met is the first in byte order, and so are those of the files in it. Submodules and links are left out.

use crate::extract::git::classify;
use crate::extract::git::walk::Budget;
use crate::extract::git::walk::oid;
use crate::model::CodeUnit;
use crate::model::ObjectId;
use git2::{ObjectType, Odb};
use std::cmp::Reverse;
use std::collections::hash_map::Entry;
use std::collections::{BinaryHeap, HashMap, HashSet};

/// Deepest directory that is read.
const MAX_DEPTH: usize = 64;
/// Largest tree object, bytes: some 200,000 files in one directory.
const TREE_LEN: usize = 8 << 20;
/// Longest path that is read, bytes (`PATH_MAX` of Linux).
const PATH_LEN: usize = 4096;
/// After so many missing objects no more are looked for: each costs a look into every pack directory.
const MAX_MISSING: usize = 1000;
/// The same for a clone that left files out on purpose: the files of a large repository.
const MAX_LEFT_OUT: usize = 50_000;

/// A look at the tips.
struct Tips<'r> {
    odb: &'r Odb<'r>,
    /// Trees not yet read, the least path first; a path ends in `/` or is empty.
    open: BinaryHeap<Reverse<(Vec<u8>, ObjectId)>>,
    seen: HashSet<ObjectId>,
    blobs: HashMap<ObjectId, Vec<u8>>,
    num_missing: usize,
    /// Files were left out when it was cloned.
    is_partial: bool,
    num_large: usize,
    num_deep: usize,
    stopped: bool,
}

/// What stands at the tips.
pub(in crate::extract::git) struct Found {
    /// The files, sorted by path then id.
    pub units: Vec<CodeUnit>,
    /// Every tree that was read.
    pub trees: HashSet<ObjectId>,
    /// What could not be read.
    pub warnings: Vec<String>,
}

/// Reads the trees.
pub(in crate::extract::git) fn read<'r>(
    odb: &'r Odb<'r>,
    trees: impl IntoIterator<Item = ObjectId>,
    is_partial: bool,
    budget: &mut Budget,
) -> Found {
    let mut tips = Tips {
        odb,
        open: trees
            .into_iter()
            .map(|id| Reverse((Vec::new(), id)))
            .collect(),
        seen: HashSet::new(),
        blobs: HashMap::new(),
        num_missing: 0,
        is_partial,
        num_large: 0,
        num_deep: 0,
        stopped: false,
    };
    while let Some(Reverse((path, id))) = tips.open.pop() {
        if tips.seen.contains(&id) {
            continue;
        }
        if !budget.take() || tips.num_missing >= tips.max_missing() {
            tips.stopped = true;
            break;
        }
        tips.tree(&path, id);
    }
    let mut units = tips.units(budget);
    units.sort_unstable_by(|a, b| (&a.path, a.blob).cmp(&(&b.path, b.blob)));
    Found {
        units,
        warnings: tips.warnings(),
        trees: tips.seen,
    }
}

impl Tips<'_> {
    /// Reads one tree: its subtrees are to be read, its files are noted.
    fn tree(&mut self, path: &[u8], id: ObjectId) {
        if path.iter().filter(|&&b| b == b'/').count() > MAX_DEPTH || path.len() > PATH_LEN {
            self.num_deep += 1;
            return;
        }
        self.seen.insert(id);
        match self.odb.read_header(oid(&id)) {
            Ok((size, ObjectType::Tree)) if size <= TREE_LEN => {}
            Ok(_) => {
                self.num_large += 1;
                return;
            }
            Err(_) => {
                self.num_missing += 1;
                return;
            }
        }
        let Ok(object) = self.odb.read(oid(&id)) else {
            self.num_missing += 1;
            return;
        };
        for (mode, name, id) in entries(object.data()) {
            match mode {
                b"40000" | b"040000" if !self.seen.contains(&id) => {
                    self.open.push(Reverse(([path, name, b"/"].concat(), id)));
                }
                // regular files; 0664 is a mode of early git
                b"100644" | b"100755" | b"100664" => {
                    let path = [path, name].concat();
                    match self.blobs.entry(id) {
                        Entry::Vacant(new) => drop(new.insert(path)),
                        Entry::Occupied(mut old) if path < *old.get() => drop(old.insert(path)),
                        Entry::Occupied(_) => {}
                    }
                }
                _ => {}
            }
        }
    }

    /// The files with their sizes, which stand in the objects' headers.
    fn units(&mut self, budget: &mut Budget) -> Vec<CodeUnit> {
        let mut blobs: Vec<_> = std::mem::take(&mut self.blobs).into_iter().collect();
        blobs.sort_unstable();
        let mut units = Vec::with_capacity(blobs.len());
        for (blob, path) in blobs {
            if !budget.take() || self.num_missing >= self.max_missing() {
                self.stopped = true;
                break;
            }
            match self.odb.read_header(oid(&blob)) {
                Ok((size, ObjectType::Blob)) => {
                    let path = String::from_utf8_lossy(&path).into_owned();
                    let (size, class) = (size as u64, classify(&path, size as u64));
                    units.push(CodeUnit::new(blob, path, size, class));
                }
                _ => self.num_missing += 1,
            }
        }
        units
    }

    fn max_missing(&self) -> usize {
        if self.is_partial {
            MAX_LEFT_OUT
        } else {
            MAX_MISSING
        }
    }

    fn warnings(&self) -> Vec<String> {
        let mut warnings = Vec::new();
        let mut say = |number: usize, what: &str| {
            if number > 0 {
                warnings.push(format!("{number} {what}"));
            }
        };
        say(
            self.num_missing,
            match self.is_partial {
                true => "current files were left out when the repository was cloned",
                false => "objects of the current files are missing",
            },
        );
        say(self.num_large, "directories are too large to read");
        say(self.num_deep, "directories are nested too deeply to read");
        if self.stopped {
            warnings
                .push("not all current files were read: the limit on objects was reached".into());
        }
        warnings
    }
}

/// Mode, name and id of each entry of a tree object (`<mode> <name>\0<20 bytes>`), up to the first broken one.
pub(in crate::extract::git) fn entries(
    data: &[u8],
) -> impl Iterator<Item = (&[u8], &[u8], ObjectId)> {
    let mut rest = data;
    std::iter::from_fn(move || {
        let space = rest.iter().position(|&b| b == b' ')?;
        let end = space + rest[space..].iter().position(|&b| b == 0)?;
        let id = rest.get(end + 1..end + 21)?.try_into().ok()?;
        let entry = (&rest[..space], &rest[space + 1..end], ObjectId(id));
        rest = &rest[end + 21..];
        Some(entry)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entries_end_at_the_first_broken_one() {
        let mut data = b"100644 a.rs\0".to_vec();
        data.extend([1; 20]);
        data.extend(b"40000 b c\0");
        data.extend([2; 20]);
        let whole: Vec<_> = entries(&data)
            .map(|(m, n, i)| (m.to_vec(), n.to_vec(), i.0[0]))
            .collect();
        assert_eq!(
            whole,
            [
                (b"100644".to_vec(), b"a.rs".to_vec(), 1),
                (b"40000".to_vec(), b"b c".to_vec(), 2)
            ]
        );
        for cut in 0..data.len() {
            assert_eq!(
                entries(&data[..cut]).count(),
                usize::from(cut >= 32),
                "cut at {cut}"
            );
        }
    }
}
