//! Which kind of pool a path is, and several pools joined into one.

use crate::intake::folder;
use crate::intake::listing;
use crate::intake::manifest;
use crate::intake::walk;
use crate::intake::zipped;
use crate::intake::{Copies, Entry, IntakeError, Pool};
use crate::model::{ApplicantId, Problem, RepositoryUrl};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// The manifests that a folder may hold, in the order in which they are looked for.
pub(in crate::intake) const MANIFESTS: [&str; 2] = ["manifest.csv", "manifest.jsonl"];

/// One pool, before it meets others.
#[derive(Debug)]
pub(in crate::intake) struct Opened {
    /// The path, canonical: what pools are sorted and told apart by.
    pub key: PathBuf,
    /// The folder that sources stand in, canonical: no link may leave it.
    pub root: PathBuf,
    /// Applicants in any order.
    pub entries: Vec<Entry>,
    /// Problems in any order.
    pub problems: Vec<Problem>,
    /// Manifests and their bytes.
    pub manifests: Vec<(String, Vec<u8>)>,
    /// Addresses of repositories, in any order.
    pub addresses: Vec<RepositoryUrl>,
}

impl Opened {
    /// An empty pool that stands in `dir`.
    pub(in crate::intake) fn new(dir: &Path) -> Self {
        let root = walk::canonical(dir);
        Self {
            key: root.clone(),
            root,
            entries: Vec::new(),
            problems: Vec::new(),
            manifests: Vec::new(),
            addresses: Vec::new(),
        }
    }

    /// The name of its folder.
    fn name(&self) -> String {
        walk::shown_name(&self.root)
    }

    fn shown_paths(&self) -> impl Iterator<Item = &String> {
        let sources = self
            .entries
            .iter()
            .flat_map(|e| e.sources.iter().map(|s| &s.shown));
        sources.chain(self.manifests.iter().map(|(shown, _)| shown))
    }

    /// Puts `prefix/` before everything that reports would name like something of an earlier pool.
    fn prefix_paths(&mut self, prefix: &str) {
        let put = |shown: &mut String| *shown = format!("{prefix}/{shown}");
        self.manifests.iter_mut().for_each(|(shown, _)| put(shown));
        self.problems.iter_mut().for_each(|p| put(&mut p.source));
        for entry in &mut self.entries {
            entry.sources.iter_mut().for_each(|s| put(&mut s.shown));
            if let Some((manifest, _)) = &mut entry.row {
                put(manifest);
            }
        }
    }
}

/// Opens one pool of whichever kind it is.
pub(in crate::intake) fn open_one(path: &Path, copies: &Rc<Copies>) -> Result<Opened, IntakeError> {
    let meta = fs::metadata(path).map_err(|e| IntakeError::unreadable(path, walk::reason(&e)))?;
    if meta.is_file() && listing::is_archive(path) {
        return zipped::open(path, copies);
    }
    if !meta.is_dir() {
        return manifest::open(path, copies);
    }
    if let Some(manifest) = own_manifest(path) {
        if manifest.is_symlink() {
            return Err(IntakeError::not_a_pool(
                path,
                "its manifest is a link; hand in the file it leads to",
            ));
        }
        return manifest::open(&manifest, copies);
    }
    let bare = walk::repository(path) == walk::Repository::Whole && !path.join(".git").exists();
    if bare {
        return Err(IntakeError::not_a_pool(
            path,
            "it is a repository; hand in the folder that holds it",
        ));
    }
    folder::open(path, copies)
}

fn own_manifest(dir: &Path) -> Option<PathBuf> {
    MANIFESTS
        .iter()
        .map(|name| dir.join(name))
        .find(|path| path.is_file())
}

/// Opens every path with `open` and joins the results, in an order that depends on the paths alone.
pub(in crate::intake) fn join(
    paths: &[PathBuf],
    open: impl Fn(&Path) -> Result<Opened, IntakeError>,
) -> Result<Pool, IntakeError> {
    let mut opened = paths
        .iter()
        .map(|path| open(path))
        .collect::<Result<Vec<_>, _>>()?;
    opened.sort_by(|a, b| a.key.cmp(&b.key));
    opened.dedup_by(|a, b| a.key == b.key);
    let mut pool = Pool::default();
    let mut taken = Taken::default();
    for one in opened {
        taken.admit(one, &mut pool);
    }
    pool.applicants.sort_by(|a, b| a.id.cmp(&b.id));
    pool.manifests.sort();
    pool.problems.sort();
    pool.problems.dedup();
    pool.addresses.sort();
    pool.addresses.dedup();
    Ok(pool)
}

/// Names that earlier pools use.
#[derive(Default)]
struct Taken {
    pools: BTreeSet<String>,
    paths: BTreeSet<String>,
    ids: BTreeSet<String>,
}

impl Taken {
    fn admit(&mut self, mut one: Opened, pool: &mut Pool) {
        let name = free(&one.name(), &self.pools);
        self.pools.insert(name.clone());
        if one.shown_paths().any(|shown| self.paths.contains(shown)) {
            one.prefix_paths(&name);
        }
        self.paths.extend(one.shown_paths().cloned());
        for mut entry in one.entries {
            entry.sources.sort();
            entry.sources.dedup();
            if self.ids.contains(entry.id.as_str()) {
                entry.id = ApplicantId::new(free(&format!("{name}/{}", entry.id), &self.ids));
            }
            self.ids.insert(entry.id.as_str().into());
            pool.applicants.push(entry);
        }
        pool.problems.extend(one.problems);
        pool.manifests.extend(one.manifests);
        pool.addresses.extend(one.addresses);
    }
}

/// `wanted`, numbered if it is taken.
fn free(wanted: &str, taken: &BTreeSet<String>) -> String {
    let numbered = (2..).map(|n| format!("{wanted} ({n})"));
    std::iter::once(wanted.to_string())
        .chain(numbered)
        .find(|name| !taken.contains(name))
        .expect("numbers do not end")
}

/// See [`crate::intake::would_read`].
pub(in crate::intake) fn would_read(paths: &[PathBuf], dir: &Path) -> bool {
    // `dir` need not exist yet: its nearest folder that does decides where it stands.
    let Ok(dir) = std::path::absolute(dir) else {
        return false;
    };
    let Some(standing) = dir.ancestors().find(|d| d.exists()) else {
        return false;
    };
    let whole = walk::canonical(standing).join(dir.strip_prefix(standing).unwrap_or(Path::new("")));
    paths
        .iter()
        .filter(|p| p.is_dir() && own_manifest(p).is_none())
        .any(|p| whole.starts_with(walk::canonical(p)))
}

#[cfg(test)]
mod tests {
    use crate::intake::Pool;
    use crate::intake::{open, open_applicants, would_read};
    use std::fs;
    use std::path::{Path, PathBuf};

    fn write(root: &Path, file: &str) {
        let path = root.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "text").unwrap();
    }

    fn ids(pool: &Pool) -> Vec<&str> {
        pool.applicants.iter().map(|a| a.id.as_str()).collect()
    }

    fn shown(pool: &Pool) -> Vec<&str> {
        pool.applicants
            .iter()
            .flat_map(|a| a.sources.iter().map(|s| s.shown.as_str()))
            .collect()
    }

    #[test]
    fn a_folder_or_a_file_is_an_applicant() {
        let dir = tempfile::tempdir().unwrap();
        for file in [
            "anna/resume.pdf",
            "anna/certificates/one.pdf",
            "ben.docx",
            "clara.git/HEAD",
            "case.toml",
            ".DS_Store",
            "~$ben.docx",
            ".git/HEAD",
        ] {
            write(dir.path(), file);
        }
        fs::create_dir_all(dir.path().join("clara.git/objects")).unwrap();
        fs::create_dir_all(dir.path().join("clara.git/refs")).unwrap();
        fs::create_dir_all(dir.path().join("dora")).unwrap();
        let pool = open(&[dir.path().into()]).unwrap();
        assert_eq!(ids(&pool), ["anna", "ben.docx", "clara.git"]);
        assert_eq!(
            shown(&pool),
            [
                "anna/certificates/one.pdf",
                "anna/resume.pdf",
                "ben.docx",
                "clara.git"
            ]
        );
        assert!(pool.applicants[2].sources[0].repository);
        assert_eq!(pool.problems.len(), 1, "{:?}", pool.problems);
        assert_eq!(pool.problems[0].source, "dora");
    }

    #[test]
    fn what_is_no_pool_says_what_to_hand_in() {
        let dir = tempfile::tempdir().unwrap();
        write(dir.path(), "bare/HEAD");
        fs::create_dir_all(dir.path().join("bare/objects")).unwrap();
        fs::create_dir_all(dir.path().join("bare/refs")).unwrap();
        write(dir.path(), "people.xlsx");
        for (path, says) in [
            ("bare", "repository"),
            ("people.xlsx", "CSV"),
            ("missing", "no such file"),
        ] {
            let error = open(&[dir.path().join(path)]).unwrap_err().to_string();
            assert!(error.contains(says), "{error}");
        }
    }

    #[test]
    fn pools_join_in_any_order_and_a_duplicate_id_is_prefixed() {
        let dir = tempfile::tempdir().unwrap();
        for file in [
            "a/anna/r.txt",
            "a/ben/r.txt",
            "b/anna/r.txt",
            "b/carl/r.txt",
            "x/b/anna/r.txt",
        ] {
            write(dir.path(), file);
        }
        let paths: Vec<PathBuf> = ["b", "x/b", "a", "a"]
            .iter()
            .map(|p| dir.path().join(p))
            .collect();
        let pool = open(&paths).unwrap();
        assert_eq!(ids(&pool), ["anna", "b (2)/anna", "b/anna", "ben", "carl"]);
        assert_eq!(
            shown(&pool),
            [
                "anna/r.txt",
                "b (2)/anna/r.txt",
                "b/anna/r.txt",
                "ben/r.txt",
                "b/carl/r.txt"
            ]
        );
        let mut turned = paths.clone();
        turned.reverse();
        assert_eq!(format!("{:?}", open(&turned).unwrap()), format!("{pool:?}"));
    }

    #[test]
    fn pools_that_share_no_name_keep_theirs() {
        let dir = tempfile::tempdir().unwrap();
        write(dir.path(), "a/anna/r.txt");
        write(dir.path(), "b/ben/r.txt");
        let pool = open(&[dir.path().join("b"), dir.path().join("a")]).unwrap();
        assert_eq!(shown(&pool), ["anna/r.txt", "ben/r.txt"]);
    }

    #[test]
    fn two_paths_are_two_applicants() {
        let dir = tempfile::tempdir().unwrap();
        write(dir.path(), "a/resume.txt");
        write(dir.path(), "b/resume.txt");
        let pool = open_applicants(&[
            dir.path().join("a/resume.txt"),
            dir.path().join("b/resume.txt"),
        ])
        .unwrap();
        assert_eq!(ids(&pool), ["b/resume.txt", "resume.txt"]);
        let pool = open_applicants(&[dir.path().join("a"), dir.path().join("b")]).unwrap();
        assert_eq!(shown(&pool), ["a/resume.txt", "b/resume.txt"]);
    }

    #[test]
    fn a_report_inside_a_folder_of_applicants_would_be_read() {
        let dir = tempfile::tempdir().unwrap();
        write(dir.path(), "plain/anna.txt");
        write(dir.path(), "listed/manifest.csv");
        let plain = [dir.path().join("plain")];
        assert!(would_read(&plain, &dir.path().join("plain/report/new")));
        assert!(!would_read(&plain, &dir.path().join("plain-report")));
        assert!(!would_read(
            &[dir.path().join("listed")],
            &dir.path().join("listed/report")
        ));
    }
}
