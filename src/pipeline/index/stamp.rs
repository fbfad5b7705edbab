//! Whether an applicant was read before: a digest of everything that a profile depends on, without reading a document.
//!
//! Of a file, its bytes. Of a repository that lies in a folder, its refs: commits are named by their content, so equal
//! refs are equal histories. Of a packed one, the bytes of the package. Besides: the claims, the names that reports show,
//! the limits of reading and the version of the program. What cannot be named so has no stamp, and is read again.

use crate::extract::Limits;
use crate::intake::{Entry, Source};
use crate::model::{HASH_VERSION, PROFILE_VERSION};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Digests of files that hold several sources, each read once.
#[derive(Default)]
pub(in crate::pipeline::index) struct Stamps {
    archives: BTreeMap<PathBuf, Vec<u8>>,
}

impl Stamps {
    /// The stamp of an applicant as handed in; empty where something cannot be named.
    pub fn of(&mut self, entry: &Entry, limits: &Limits) -> String {
        self.digest(entry, limits).unwrap_or_default()
    }

    fn digest(&mut self, entry: &Entry, limits: &Limits) -> Option<String> {
        let mut all = Sha256::new();
        let limits = Limits {
            scratch: None,
            thumbnails: false,
            ..limits.clone()
        };
        let tool = env!("CARGO_PKG_VERSION");
        let claims = serde_json::to_string(&entry.claims).ok()?;
        let name = entry.name.as_ref().map(|n| n.as_written());
        put(
            &mut all,
            format!("{tool} {PROFILE_VERSION} {HASH_VERSION} {limits:?}").as_bytes(),
        );
        put(
            &mut all,
            format!("{} {name:?} {:?}", entry.id, entry.row).as_bytes(),
        );
        put(&mut all, claims.as_bytes());
        for source in &entry.sources {
            let about = format!("{} {} {:?}", source.shown, source.repository, source.inside);
            put(&mut all, about.as_bytes());
            put(&mut all, &self.content(source)?);
        }
        Some(all.finalize().iter().map(|b| format!("{b:02x}")).collect())
    }

    fn content(&mut self, source: &Source) -> Option<Vec<u8>> {
        if source.path.is_dir() {
            return refs(&source.path).ok();
        }
        if source.inside.is_none() {
            return file(&source.path).ok();
        }
        if let Some(known) = self.archives.get(&source.path) {
            return Some(known.clone());
        }
        let digest = file(&source.path).ok()?;
        self.archives.insert(source.path.clone(), digest.clone());
        Some(digest)
    }
}

/// Adds a part whose end cannot be mistaken for the beginning of the next.
fn put(all: &mut Sha256, part: &[u8]) {
    all.update((part.len() as u64).to_le_bytes());
    all.update(part);
}

fn file(path: &Path) -> io::Result<Vec<u8>> {
    let mut digest = Sha256::new();
    io::copy(&mut File::open(path)?, &mut Sink(&mut digest))?;
    Ok(digest.finalize().to_vec())
}

struct Sink<'a>(&'a mut Sha256);

impl io::Write for Sink<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The refs of a repository with everything that says which commits it shows.
fn refs(repository: &Path) -> io::Result<Vec<u8>> {
    let inner = repository.join(".git");
    let dir = match inner.is_dir() {
        true => inner,
        // A file leads elsewhere: what lies there is not named here.
        false if inner.exists() => return Err(io::Error::other("the repository lies elsewhere")),
        false => repository.to_path_buf(),
    };
    let mut files = Vec::new();
    list(&dir.join("refs"), &mut files)?;
    for name in [
        "HEAD",
        "packed-refs",
        "shallow",
        "config",
        "info/grafts",
        "objects/info/alternates",
    ] {
        let path = dir.join(name);
        if path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    let mut digest = Sha256::new();
    for path in files {
        let name = path.strip_prefix(&dir).unwrap_or(&path);
        put(&mut digest, name.to_string_lossy().as_bytes());
        let mut bytes = Vec::new();
        File::open(&path)?.read_to_end(&mut bytes)?;
        put(&mut digest, &bytes);
    }
    Ok(digest.finalize().to_vec())
}

fn list(dir: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if !dir.is_dir() {
        return Ok(());
    }
    for entry in fs::read_dir(dir)? {
        let entry = entry?;
        match entry.file_type()?.is_dir() {
            true => list(&entry.path(), files)?,
            false => files.push(entry.path()),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ApplicantId, Claims};

    fn entry(path: &Path, repository: bool) -> Entry {
        Entry {
            id: ApplicantId::new("a"),
            name: None,
            claims: Claims::default(),
            row: None,
            sources: vec![Source {
                shown: "a/one".into(),
                path: path.into(),
                repository,
                inside: None,
            }],
        }
    }

    fn stamp(path: &Path, repository: bool) -> String {
        Stamps::default().of(&entry(path, repository), &Limits::default())
    }

    #[test]
    fn a_stamp_follows_bytes_claims_and_refs() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("one.txt");
        fs::write(&path, "text").unwrap();
        let first = stamp(&path, false);
        assert_eq!(first.len(), 64);
        assert_eq!(first, stamp(&path, false));
        let mut claimed = entry(&path, false);
        claimed.claims.emails.push("a@example.com".into());
        assert_ne!(first, Stamps::default().of(&claimed, &Limits::default()));
        fs::write(&path, "other").unwrap();
        assert_ne!(first, stamp(&path, false));
        assert_eq!(stamp(&dir.path().join("nothing"), false), "");

        let repository = dir.path().join("r.git");
        fs::create_dir_all(repository.join("refs/heads")).unwrap();
        fs::write(repository.join("HEAD"), "ref: refs/heads/main").unwrap();
        fs::write(repository.join("refs/heads/main"), "1111").unwrap();
        let before = stamp(&repository, true);
        fs::write(repository.join("refs/heads/main"), "2222").unwrap();
        assert_ne!(before, stamp(&repository, true));
    }
}
