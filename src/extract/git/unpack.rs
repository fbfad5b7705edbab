//! What a packed repository is unpacked to: a private folder with the few files that reading needs, written under limits.
//!
//! Every name was made by [`layout`], so it stays inside; a file is created and never opened again for writing, so that
//! an entry that comes twice, or a folder where a file is, is noticed instead of replacing what is there.

use crate::extract::Limits;
use crate::extract::ReadError;
use crate::extract::git::layout;
use crate::extract::git::layout::EntryKind;
use crate::extract::git::open::refused;
use crate::extract::guard;
use std::fs;
use std::io::{self, Read};
use std::path::Path;
use tempfile::TempDir;

/// A folder that is being filled. It is removed when this is dropped; the parent removes what a killed worker leaves.
#[derive(Debug)]
pub(in crate::extract::git) struct Unpacked {
    dir: TempDir,
    /// Bytes that may still be written.
    left: u64,
    most: u64,
    /// Files that may still be written.
    files_left: usize,
}

impl Unpacked {
    /// An empty repository.
    ///
    /// # Errors
    /// Where no folder can be made.
    pub fn new(limits: &Limits) -> Result<Self, ReadError> {
        let dir = guard::private_folder(limits.scratch.as_deref())
            .map_err(|e| ReadError::Io(format!("no folder to unpack it to could be made: {e}")))?;
        for part in ["objects/pack", "refs"] {
            fs::create_dir_all(dir.path().join(part)).map_err(|e| ReadError::Io(e.to_string()))?;
        }
        Ok(Self {
            dir,
            left: limits.unpacked,
            most: limits.unpacked,
            files_left: limits.objects,
        })
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.dir.path()
    }

    /// Writes an entry of an archive, where reading needs it; `dir` is the repository's folder in the archive.
    ///
    /// # Errors
    /// `Refused` for what leads elsewhere or comes twice, `Bomb` past the limits, `Damaged` where it cannot be read.
    pub fn take(
        &mut self,
        dir: &str,
        name: &str,
        kind: EntryKind,
        from: &mut dyn Read,
    ) -> Result<(), ReadError> {
        match layout::needed(dir, name, kind)? {
            Some(path) => self.write(&path, from),
            None => Ok(()),
        }
    }

    /// Writes a file.
    ///
    /// # Errors
    /// As for [`Unpacked::take`].
    pub fn write(&mut self, path: &str, from: &mut dyn Read) -> Result<(), ReadError> {
        if self.files_left == 0 {
            return Err(ReadError::Bomb("it has too many files".into()));
        }
        self.files_left -= 1;
        let target = self.dir.path().join(path);
        let made = target
            .parent()
            .map_or(Ok(()), fs::create_dir_all)
            .and_then(|()| fs::File::create_new(&target));
        let mut file = made.map_err(|e| match e.kind() {
            io::ErrorKind::AlreadyExists | io::ErrorKind::NotADirectory => {
                refused(format!("{path} is in it twice"))
            }
            _ => ReadError::Io(e.to_string()),
        })?;
        let written = io::copy(&mut from.take(self.left.saturating_add(1)), &mut file)
            .map_err(|e| ReadError::damaged("archive", e))?;
        if written > self.left {
            return Err(self.bomb());
        }
        self.left -= written;
        Ok(())
    }

    /// Bytes that may still be written.
    pub fn left(&self) -> u64 {
        self.left
    }

    /// More than may be written.
    pub fn bomb(&self) -> ReadError {
        ReadError::Bomb(format!(
            "its repository holds more than {} MB",
            self.most >> 20
        ))
    }
}
