//! Repositories in one file: each way of packing gives what the folder gives, and each hazard is refused or harmless.

use crate::extract::Job;
use crate::extract::Limits;
use crate::extract::NoVisitor;
use crate::extract::ReadError;
use crate::extract::git;
use crate::extract::git::fixture::Fixture;
use crate::extract::git::fixture::see;
use crate::model::History;
use crate::model::Reading;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use tar::EntryType;
use tempfile::TempDir;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// Files of a packed repository: name and content, or what else the entry is.
enum Item<'a> {
    File(&'a str, Vec<u8>),
    Link(&'a str, &'a str),
}

fn file<'a>(name: &'a str, content: &str) -> Item<'a> {
    Item::File(name, content.into())
}

/// Every file below `dir`, with `prefix/` before its path.
fn files_of(dir: &Path, prefix: &str) -> Vec<(String, Vec<u8>)> {
    let all = walkdir::WalkDir::new(dir).sort_by_file_name();
    let files = all
        .into_iter()
        .map(Result::unwrap)
        .filter(|e| e.file_type().is_file());
    files
        .map(|e| {
            let rest = e.path().strip_prefix(dir).unwrap().to_str().unwrap();
            (format!("{prefix}{rest}"), fs::read(e.path()).unwrap())
        })
        .collect()
}

fn tarred(items: &[Item<'_>]) -> Vec<u8> {
    let mut tar = tar::Builder::new(Vec::new());
    for item in items {
        let (name, content, kind) = match item {
            Item::File(name, content) => (name, content.as_slice(), EntryType::Regular),
            Item::Link(name, _) => (name, &b""[..], EntryType::Symlink),
        };
        let mut header = tar::Header::new_ustar();
        // Written as it is: the library refuses to write what these tests need.
        let bytes = name.as_bytes();
        header.as_old_mut().name[..bytes.len()].copy_from_slice(bytes);
        header.set_entry_type(kind);
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        if let Item::Link(_, target) = item {
            header.set_link_name(target).unwrap();
        }
        header.set_cksum();
        tar.append(&header, content).unwrap();
    }
    tar.into_inner().unwrap()
}

fn zipped(items: &[Item<'_>]) -> Vec<u8> {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for item in items {
        match item {
            Item::File(name, content) => {
                zip.start_file(*name, SimpleFileOptions::default()).unwrap();
                zip.write_all(content).unwrap();
            }
            Item::Link(name, target) => {
                zip.add_symlink(*name, *target, SimpleFileOptions::default())
                    .unwrap();
            }
        }
    }
    zip.finish().unwrap().into_inner()
}

fn gzipped(bytes: &[u8]) -> Vec<u8> {
    let mut out = GzEncoder::new(Vec::new(), Compression::fast());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

/// A file to read, and the folder in which it is unpacked.
struct Case {
    dir: TempDir,
}

impl Case {
    fn of(bytes: &[u8]) -> Self {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("file"), bytes).unwrap();
        fs::create_dir(dir.path().join("scratch")).unwrap();
        Self { dir }
    }

    fn scratch(&self) -> PathBuf {
        self.dir.path().join("scratch")
    }

    fn read(&self, inside: Option<u32>, limits: Limits) -> Result<Seen, ReadError> {
        let limits = Limits {
            scratch: Some(self.scratch()),
            ..limits
        };
        let job = Job {
            path: self.dir.path().join("file"),
            shown: "ann/repo".into(),
            repository: true,
            inside,
            attempt: 0,
        };
        let read = git::read_packed(&job, &limits, &mut NoVisitor);
        assert_eq!(
            fs::read_dir(self.scratch()).unwrap().count(),
            0,
            "nothing stays behind"
        );
        assert_eq!(
            fs::read_dir(self.dir.path()).unwrap().count(),
            2,
            "nothing lies beside"
        );
        let (digest, reading) = read?;
        let Reading::Repository {
            history, warnings, ..
        } = reading
        else {
            panic!("a repository was read")
        };
        Ok(Seen {
            digest,
            history: *history,
            warnings,
        })
    }
}

#[derive(Debug)]
struct Seen {
    digest: String,
    history: History,
    warnings: Vec<String>,
}

fn read(bytes: &[u8]) -> Result<Seen, ReadError> {
    Case::of(bytes).read(None, Limits::default())
}

fn why_not(bytes: &[u8]) -> String {
    read(bytes).unwrap_err().to_string()
}

/// The items of a merged repository, `.git` at `prefix`, with `more` behind.
fn merged_with<'a>(files: &'a [(String, Vec<u8>)], more: Vec<Item<'a>>) -> Vec<Item<'a>> {
    let files = files
        .iter()
        .map(|(name, content)| Item::File(name, content.clone()));
    files.chain(more).collect()
}

#[test]
fn every_way_of_packing_gives_the_same() {
    let repo = Fixture::merged();
    repo.git(&["tag", "-m", "First", "v1"]);
    for pack in [false, true] {
        if pack {
            repo.git(&["gc", "-q"]);
        }
        let whole = see(&repo);
        repo.git(&["bundle", "create", "-q", "all.bundle", "--all"]);
        let bundle = fs::read(repo.path().join("all.bundle")).unwrap();
        fs::remove_file(repo.path().join("all.bundle")).unwrap();
        let tree = files_of(repo.path(), "repo/");
        let bare = files_of(&repo.git_dir(), "");
        let (tree, bare) = (merged_with(&tree, vec![]), merged_with(&bare, vec![]));
        for (what, bytes) in [
            ("bundle", bundle),
            ("tar of a work tree", tarred(&tree)),
            ("tar.gz of a work tree", gzipped(&tarred(&tree))),
            ("tar of a bare repository", tarred(&bare)),
            ("zip of a work tree", zipped(&tree)),
            ("zip of a bare repository", zipped(&bare)),
        ] {
            let seen = read(&bytes).unwrap_or_else(|e| panic!("{what}: {e}"));
            assert_eq!(seen.digest, whole.digest, "{what}");
            assert_eq!(seen.history.commits, whole.history.commits, "{what}");
            assert!(
                seen.warnings.is_empty() && !seen.history.truncated,
                "{what}: {:?}",
                seen.warnings
            );
        }
    }
}

#[test]
fn a_git_folder_is_read_like_its_work_tree() {
    let repo = Fixture::merged();
    let limits = Limits::default();
    let (digest, _) = git::read(&repo.git_dir(), "x", &limits, &mut NoVisitor).unwrap();
    assert_eq!(digest, see(&repo).digest);
}

#[test]
fn an_entry_of_an_export_is_read_in_place() {
    let repo = Fixture::merged();
    let tree = files_of(repo.path(), "export/ann/repo/");
    repo.git(&["bundle", "create", "-q", "all.bundle", "--all"]);
    let bundle = fs::read(repo.path().join("all.bundle")).unwrap();
    let more = vec![
        file("export/ann/cv.txt", "text"),
        Item::File("export/ann/old.bundle", bundle),
        file("export/ben/.git/HEAD", "ref: refs/heads/main"),
        file("export/ben/.git/refs/heads/main", "zz"),
    ];
    let items = merged_with(&tree, more);
    let at = |end: &str| {
        let name = |i: &Item<'_>| matches!(i, Item::File(name, _) if name.ends_with(end));
        items.iter().position(name).unwrap() as u32
    };
    let case = Case::of(&zipped(&items));
    for index in [at("ann/repo/.git/HEAD"), at("old.bundle")] {
        let seen = case.read(Some(index), Limits::default()).unwrap();
        assert_eq!(seen.history.commits.len(), 4);
        assert!(seen.warnings.is_empty(), "{:?}", seen.warnings);
    }
    let why = case
        .read(Some(at("ben/.git/HEAD")), Limits::default())
        .unwrap_err();
    assert_eq!(why.to_string(), "the repository has no commits");
}

#[test]
fn an_incremental_bundle_is_a_truncated_history() {
    let repo = Fixture::with_one_commit();
    for n in 0..4 {
        // A file of its own in each commit: nothing is stored as a difference to what was left out.
        repo.commit(
            &format!("{n}/{n}.rs"),
            &format!("fn f{n}() {{}}\n"),
            "More",
            1_600_000_100 + n,
            "+0200",
        );
    }
    repo.git(&["bundle", "create", "-q", "new.bundle", "main~2..main"]);
    let seen = read(&fs::read(repo.path().join("new.bundle")).unwrap()).unwrap();
    assert_eq!(seen.history.commits.len(), 2);
    assert!(seen.history.truncated);
    assert!(
        seen.warnings[0].contains("incremental bundle"),
        "{:?}",
        seen.warnings
    );
}

#[test]
fn broken_bundles_are_refused() {
    let repo = Fixture::merged();
    repo.git(&["bundle", "create", "-q", "all.bundle", "--all"]);
    let whole = fs::read(repo.path().join("all.bundle")).unwrap();
    let pack = whole.windows(4).position(|w| w == b"PACK").unwrap();
    let mut many = whole.clone();
    many[pack + 8..pack + 12].copy_from_slice(&u32::MAX.to_be_bytes());
    let mut other = whole.clone();
    other[pack + 3] = b'X';
    for (bytes, says) in [
        (&whole[..pack + 4], "its pack is missing"),
        (&whole[..whole.len() - 30], "git bundle"),
        (&many, "objects"),
        (&other, "its pack is none"),
    ] {
        let why = why_not(bytes);
        assert!(why.contains(says), "{why}");
    }
    for at in (pack + 12..whole.len()).step_by(23) {
        let mut broken = whole.clone();
        broken[at] ^= 0xff;
        assert!(
            matches!(read(&broken), Err(ReadError::Damaged { .. })),
            "byte {at}"
        );
    }
}

#[test]
fn what_leads_elsewhere_is_refused_in_archives_too() {
    let repo = Fixture::merged();
    let files = files_of(repo.path(), "repo/");
    for (item, says) in [
        (
            file("repo/.git/objects/info/alternates", "/srv/other"),
            "alternates exists",
        ),
        (file("repo/.git/commondir", ".."), "commondir exists"),
        (file("repo/.git/reftable/tables.list", ""), "reftable"),
        (
            Item::Link("repo/.git/refs/heads/x", "/etc/passwd"),
            "refs/heads/x is a link",
        ),
        (
            Item::Link("repo/.git/objects/ab", "/srv/other"),
            "objects/ab is a link",
        ),
        (
            file("repo/.git/HEAD", "ref: refs/heads/other"),
            "HEAD is in it twice",
        ),
        (file("repo/.git/refs/heads/main/x", "x"), "in it twice"),
    ] {
        let is_double = says.contains("HEAD is in it");
        let items = merged_with(&files, vec![item]);
        for bytes in [Some(tarred(&items)), (!is_double).then(|| zipped(&items))] {
            let Some(bytes) = bytes else { continue };
            let why = why_not(&bytes);
            assert!(why.contains(says), "{says}: {why}");
        }
    }
    for (item, says) in [
        (file("repo/.git", "gitdir: /srv/other"), ".git is a file"),
        (Item::Link("repo/.git", "/srv/other"), ".git is a link"),
    ] {
        assert!(why_not(&tarred(&[file("repo/x", "x"), item])).contains(says));
    }
}

#[test]
fn names_that_lead_out_are_never_written() {
    let repo = Fixture::merged();
    let files = files_of(repo.path(), "repo/");
    let evil = vec![
        file("../evil", "x"),
        file("/tmp/samehand-evil", "x"),
        file("repo/.git/refs/../../../../evil", "x"),
        Item::Link("repo/link", "/etc"),
        file("repo/link/evil", "x"),
    ];
    let items = merged_with(&files, evil);
    for bytes in [tarred(&items), zipped(&items)] {
        // `Case::read` looks that nothing lies beside.
        let seen = read(&bytes).unwrap();
        assert_eq!(seen.history.commits.len(), 4);
        assert_eq!(
            seen.warnings,
            ["3 names lead out of the archive and were not read"]
        );
    }
    assert!(!Path::new("/tmp/samehand-evil").exists());
}

#[test]
fn neither_hooks_nor_configuration_are_unpacked() {
    for name in [
        "config",
        "hooks/post-checkout",
        "index",
        "logs/HEAD",
        "info/grafts",
    ] {
        let whole = format!("repo/.git/{name}");
        let needed = git::layout::needed("repo/.git", &whole, git::layout::EntryKind::File);
        assert_eq!(needed.unwrap(), None, "{name}");
    }
}

#[test]
fn bombs_end_at_the_limits() {
    let repo = Fixture::merged();
    let files = files_of(repo.path(), "repo/");
    let limits = || Limits {
        unpacked: 4 << 20,
        ..Limits::default()
    };
    let pack = "repo/.git/objects/pack/pack-1.pack";
    let zeros = |num| Item::File(pack, vec![0; num]);
    let small = merged_with(&files, vec![zeros(5 << 20)]);
    for bytes in [gzipped(&tarred(&small)), zipped(&small)] {
        let why = Case::of(&bytes).read(None, limits()).unwrap_err();
        assert!(matches!(why, ReadError::Bomb(_)), "{why}");
    }
    // What is passed over counts too, in a larger sum.
    let beside = merged_with(&files, vec![Item::File("repo/movie", vec![0; 20 << 20])]);
    let why = Case::of(&gzipped(&tarred(&beside)))
        .read(None, limits())
        .unwrap_err();
    assert_eq!(
        why.to_string(),
        "expands beyond the limits: it holds more than 16 MB"
    );
}

#[test]
fn many_repositories_and_none_are_told() {
    let repo = Fixture::merged();
    let (a, b) = (files_of(repo.path(), "a/"), files_of(repo.path(), "b/"));
    let both = merged_with(&a, merged_with(&b, vec![]));
    assert!(why_not(&tarred(&both)).contains("2 repositories in one archive"));
    assert!(why_not(&tarred(&[file("cv.txt", "x")])).contains("without a git repository"));
    assert!(why_not(b"rubbish").contains("not a format"));
    assert_eq!(why_not(b""), "the file is empty");
    assert!(read(&gzipped(b"text")).is_err());
}
