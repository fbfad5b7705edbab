//! Where a repository's files are, and whether they may be opened at all.
//!
//! A repository comes from a stranger. Its files can point out of it: `objects/info/alternates` and `commondir` name
//! other directories, a `.git` file or a link stands for another place. libgit2 and git follow them, and would read one
//! applicant's repository, or the user's own, as another's. All of this is looked for before anything is opened.
//! The configuration is never read: it can name further files and programs.

use crate::extract::Limits;
use crate::extract::ReadError;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// Files that lead to other repositories, with what they do.
const LEADS_OUT: [(&str, &str); 3] = [
    ("commondir", "keeps its files in another repository"),
    (
        "objects/info/alternates",
        "reads objects of another repository",
    ),
    (
        "objects/info/http-alternates",
        "reads objects of another repository",
    ),
];
/// Why a repository with the newer storage of refs is refused.
pub(in crate::extract::git) const REFTABLE: &str =
    "it stores its refs as reftable, which is not read yet";
/// libgit2 maps packs in pieces of this size (`DEFAULT_WINDOW_SIZE` in its mwindow.c, 64-bit).
const PACK_WINDOW: u64 = 1 << 30;

/// The directory that holds `HEAD`, `objects` and `refs`: `.git` of a work tree, or a bare repository itself.
///
/// # Errors
/// [`ReadError::Refused`] where a file of it leads elsewhere.
pub(in crate::extract::git) fn locate(path: &Path, limits: &Limits) -> Result<PathBuf, ReadError> {
    let inner = path.join(".git");
    let dir = match fs::symlink_metadata(&inner) {
        Ok(meta) if meta.is_symlink() => {
            return Err(refused("its .git is a link to another place"));
        }
        Ok(meta) if meta.is_file() => {
            return Err(refused("its .git is a file that points to another place"));
        }
        Ok(_) => inner,
        Err(_) => path.to_path_buf(),
    };
    let root = fs::symlink_metadata(dir.join("HEAD")).map_err(|e| match e.kind() {
        std::io::ErrorKind::NotFound => ReadError::damaged("git repository", "it has no HEAD"),
        _ => ReadError::Io(e.to_string()),
    })?;
    if root.is_symlink() {
        return Err(refused("HEAD is a link to another place"));
    }
    check_files(&dir, limits)?;
    for part in ["objects", "refs"] {
        if !dir.join(part).is_dir() {
            return Err(ReadError::damaged(
                "git repository",
                format!("it has no {part} directory"),
            ));
        }
    }
    if dir.join("reftable").exists() {
        return Err(refused(REFTABLE));
    }
    Ok(dir)
}

/// Why a file of a repository leads to another one, by its path; `None` for all others.
pub(in crate::extract::git) fn leads_out(file: &str) -> Option<String> {
    let (file, does) = LEADS_OUT.iter().find(|(name, _)| *name == file)?;
    Some(format!("{file} exists: it {does}"))
}

/// Whether objects were left out on purpose when it was cloned, to be fetched when needed. They never are here: the
/// reader has raw objects of one folder and no remote.
pub(in crate::extract::git) fn is_partial(dir: &Path) -> bool {
    let packs = fs::read_dir(dir.join("objects/pack"));
    let is_promisor = |e: &fs::DirEntry| e.path().extension().is_some_and(|x| x == "promisor");
    packs.is_ok_and(|mut all| all.any(|e| e.as_ref().is_ok_and(is_promisor)))
}

/// Looks at the kind of every file and at the size of the packs, which are mapped into memory.
fn check_files(dir: &Path, limits: &Limits) -> Result<(), ReadError> {
    for (file, _) in LEADS_OUT {
        if let Some(why) = leads_out(file).filter(|_| fs::symlink_metadata(dir.join(file)).is_ok())
        {
            return Err(refused(why));
        }
    }
    let (mut indexes, mut largest, mut num_files) = (0, 0, 0usize);
    for entry in WalkDir::new(dir).min_depth(1).follow_links(false) {
        let entry = entry.map_err(|e| ReadError::Io(e.to_string()))?;
        let kind = entry.file_type();
        let shown = || {
            entry
                .path()
                .strip_prefix(dir)
                .unwrap_or(entry.path())
                .to_string_lossy()
                .replace('\\', "/")
        };
        if kind.is_symlink() {
            return Err(refused(format!("{} is a link to another place", shown())));
        }
        if !kind.is_file() && !kind.is_dir() {
            return Err(refused(format!(
                "{} is neither a file nor a directory",
                shown()
            )));
        }
        num_files += 1;
        if num_files > limits.objects {
            return Err(ReadError::TooLarge {
                limit: format!("{} files", limits.objects),
            });
        }
        let size = || entry.metadata().map_or(0, |m| m.len());
        match entry.path().extension().and_then(|e| e.to_str()) {
            Some("pack") => largest = size().max(largest),
            Some("idx") => indexes += size(),
            _ => {}
        }
    }
    if largest.min(PACK_WINDOW) + indexes > limits.memory / 4 * 3 {
        return Err(ReadError::TooLarge {
            limit: format!("{} MB in one pack", (limits.memory / 4 * 3) >> 20),
        });
    }
    Ok(())
}

/// Reads a small file of the repository; `None` where it does not exist or is larger than `limit` bytes.
pub(in crate::extract::git) fn small_file(path: &Path, limit: u64) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    fs::File::open(path)
        .ok()?
        .take(limit + 1)
        .read_to_end(&mut bytes)
        .ok()?;
    (bytes.len() as u64 <= limit).then_some(bytes)
}

/// A refusal with its reason.
pub(in crate::extract::git) fn refused(why: impl Into<String>) -> ReadError {
    ReadError::Refused(why.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::git::fixture::Fixture;

    fn refusal(path: &Path) -> String {
        match locate(path, &Limits::default()) {
            Err(ReadError::Refused(why)) => why,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn files_that_lead_elsewhere_are_refused() {
        for (file, _) in LEADS_OUT {
            let repo = Fixture::with_one_commit();
            assert!(locate(repo.path(), &Limits::default()).is_ok());
            let path = repo.git_dir().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, "/srv/other\n").unwrap();
            assert!(refusal(repo.path()).starts_with(file), "{file}");
        }
    }

    #[test]
    fn a_git_file_is_refused() {
        let repo = Fixture::with_one_commit();
        let dir = tempfile::tempdir().unwrap();
        fs::write(
            dir.path().join(".git"),
            format!("gitdir: {}\n", repo.git_dir().display()),
        )
        .unwrap();
        assert!(refusal(dir.path()).contains(".git is a file"));
    }

    #[cfg(unix)]
    #[test]
    fn a_link_anywhere_inside_is_refused() {
        for link in [
            "HEAD",
            "refs/heads/x",
            "objects/pack",
            "objects/ab",
            "hooks/pre-commit",
            "packed-refs",
        ] {
            let repo = Fixture::with_one_commit();
            let path = repo.git_dir().join(link);
            if path.is_dir() {
                fs::remove_dir_all(&path).unwrap();
            }
            let _ = fs::remove_file(&path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::os::unix::fs::symlink("/srv/other", &path).unwrap();
            assert_eq!(
                refusal(repo.path()),
                format!("{link} is a link to another place")
            );
        }
        let repo = Fixture::with_one_commit();
        let dir = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink(repo.git_dir(), dir.path().join(".git")).unwrap();
        assert!(refusal(dir.path()).contains(".git is a link"));
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_is_refused_and_never_opened() {
        let repo = Fixture::with_one_commit();
        let _listener =
            std::os::unix::net::UnixListener::bind(repo.git_dir().join("objects/pipe")).unwrap();
        assert_eq!(
            refusal(repo.path()),
            "objects/pipe is neither a file nor a directory"
        );
    }

    #[test]
    fn what_is_no_repository_is_said_so() {
        let dir = tempfile::tempdir().unwrap();
        let error = locate(dir.path(), &Limits::default()).unwrap_err();
        assert_eq!(error.to_string(), "damaged git repository: it has no HEAD");
        fs::write(dir.path().join("HEAD"), "ref: refs/heads/main\n").unwrap();
        let error = locate(dir.path(), &Limits::default()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "damaged git repository: it has no objects directory"
        );
    }

    #[test]
    fn more_files_than_the_limit_are_too_large() {
        let repo = Fixture::with_one_commit();
        let limits = Limits {
            objects: 3,
            ..Limits::default()
        };
        assert!(matches!(
            locate(repo.path(), &limits),
            Err(ReadError::TooLarge { .. })
        ));
    }
}
