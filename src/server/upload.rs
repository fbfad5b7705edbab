//! Files of requests: each request has a private folder, which is removed with its job, whatever becomes of that.
//!
//! The folders stand in `FILE-uploads` beside the index, as SQLite's log does: on the same disk, protected like it. A lock in
//! it keeps a second server away from the index, and a server that was killed leaves what the next one removes. A file is
//! stored under a number; the name that the client gave is a label in reports and never a path.

use crate::pipeline::private_folder;
use anyhow::{Context, bail};
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Longest label, characters.
const LONGEST: usize = 120;

/// Longest ending that a stored file keeps: some formats of text are told by it.
const ENDING: usize = 8;

/// Name of the lock.
const LOCK: &str = "lock";

/// The folder of all requests' folders.
pub(in crate::server) struct Uploads {
    folder: PathBuf,
    _lock: File,
}

impl Uploads {
    /// Beside an index; what an ended server left there is removed.
    ///
    /// # Errors
    /// When another server holds it, or it cannot be made.
    pub fn open(index: &Path) -> anyhow::Result<Self> {
        let mut name = index.as_os_str().to_owned();
        name.push("-uploads");
        let folder = PathBuf::from(name);
        let failed = || format!("failed to use {}", folder.display());
        fs::create_dir_all(&folder).with_context(failed)?;
        let lock = File::create(folder.join(LOCK)).with_context(failed)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                bail!("another server has the index {}", index.display())
            }
            Err(TryLockError::Error(e)) => return Err(e).with_context(failed),
        }
        for entry in fs::read_dir(&folder).with_context(failed)? {
            let path = entry.with_context(failed)?.path();
            if path.is_dir() {
                fs::remove_dir_all(&path).with_context(failed)?;
            }
        }
        Ok(Self {
            folder,
            _lock: lock,
        })
    }

    /// A folder for one request.
    ///
    /// # Errors
    /// What the system says.
    pub fn make(&self) -> io::Result<Upload> {
        let folder = private_folder(Some(&self.folder))?;
        let (files, empty) = (folder.path().join("files"), folder.path().join("empty"));
        fs::create_dir(&files)?;
        fs::create_dir(&empty)?;
        Ok(Upload {
            folder,
            files: Vec::new(),
        })
    }

    /// Removes everything, at the end.
    pub fn remove(&self) {
        // What cannot be removed is removed when the next server starts.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// The files of one request.
pub(in crate::server) struct Upload {
    folder: TempDir,
    files: Vec<(String, PathBuf)>,
}

impl Upload {
    /// Where the next file goes, and notes what reports call it.
    pub fn next(&mut self, name: &str) -> PathBuf {
        let number = self.files.len() + 1;
        let label = label(name, number, &self.files);
        let ending = Path::new(&label).extension().and_then(|e| e.to_str());
        let ending =
            ending.filter(|e| e.len() <= ENDING && e.bytes().all(|b| b.is_ascii_alphanumeric()));
        let stored = match ending {
            Some(ending) => format!("{number}.{ending}"),
            None => number.to_string(),
        };
        let path = self.folder.path().join("files").join(stored);
        self.files.push((label, path.clone()));
        path
    }

    /// The files: label and place.
    pub fn files(&self) -> &[(String, PathBuf)] {
        &self.files
    }

    /// A folder with nothing in it.
    pub fn empty(&self) -> PathBuf {
        self.folder.path().join("empty")
    }
}

/// The last part of a name, printable, of sensible length, unlike those before it.
fn label(name: &str, number: usize, taken: &[(String, PathBuf)]) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let printable: String = last.chars().filter(|c| !c.is_control()).collect();
    let trimmed = printable.trim().trim_start_matches('.');
    // The end of a long name tells more than its beginning: it has the ending.
    let skipped = trimmed.chars().count().saturating_sub(LONGEST);
    let short: String = trimmed.chars().skip(skipped).collect();
    let wanted = match short.is_empty() {
        true => format!("file {number}"),
        false => short,
    };
    let is_taken = |l: &str| taken.iter().any(|(known, _)| known == l);
    match is_taken(&wanted) {
        true => format!("{number} {wanted}"),
        false => wanted,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_labels_and_never_paths() {
        let dir = tempfile::tempdir().unwrap();
        let uploads = Uploads::open(&dir.path().join("index")).unwrap();
        let mut upload = uploads.make().unwrap();
        for (name, shown, stored) in [
            ("resume.PDF", "resume.PDF", "1.PDF"),
            ("../../etc/passwd", "passwd", "2"),
            (r"C:\cv\resume.PDF", "4 resume.PDF", "3.PDF"),
            ("..", "file 4", "4"),
            ("a\u{0}b\n.md", "ab.md", "5.md"),
            ("x.p/d", "d", "6"),
            ("x.sh;rm", "x.sh;rm", "7"),
        ] {
            let shown = shown.replace("4 resume", "3 resume");
            let path = upload.next(name);
            assert_eq!(upload.files().last().unwrap().0, shown, "{name}");
            assert!(path.ends_with(Path::new("files").join(stored)), "{path:?}");
        }
        let long = format!("{}.pdf", "x".repeat(500));
        upload.next(&long);
        assert!(upload.files().last().unwrap().0.len() <= LONGEST);
    }

    #[test]
    fn one_server_an_index_and_remains_are_removed() {
        let dir = tempfile::tempdir().unwrap();
        let index = dir.path().join("index");
        let uploads = Uploads::open(&index).unwrap();
        assert!(Uploads::open(&index).is_err());
        drop(uploads);
        let remains = dir.path().join("index-uploads/samehand-left");
        fs::create_dir(&remains).unwrap();
        let uploads = Uploads::open(&index).unwrap();
        assert!(!remains.exists());
        let upload = uploads.make().unwrap();
        let at = upload.empty();
        assert!(at.is_dir());
        drop(upload);
        assert!(!at.exists());
        uploads.remove();
        assert!(!dir.path().join("index-uploads").exists());
    }
}
