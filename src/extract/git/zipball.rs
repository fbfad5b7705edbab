//! Zip archives that hold a repository, alone or among the files of an export.

use crate::extract::ReadError;
use crate::extract::git::Packed;
use crate::extract::git::layout::EntryKind;
use crate::extract::git::layout::Layout;
use crate::extract::git::unpack::Unpacked;
use std::fs::File;
use std::io::BufReader;
use std::path::Path;
use zip::ZipArchive;
use zip::result::ZipError;

/// Entries of an archive.
const MAX_ENTRIES: usize = 1_000_000;

/// An open archive.
#[derive(Debug)]
pub(in crate::extract::git) struct Zip(ZipArchive<BufReader<File>>);

impl Zip {
    /// Opens it.
    ///
    /// # Errors
    /// `Damaged`, or `Bomb` for too many entries.
    pub fn open(path: &Path) -> Result<Self, ReadError> {
        let file = File::open(path).map_err(|e| ReadError::Io(e.to_string()))?;
        let zip = ZipArchive::new(BufReader::new(file)).map_err(damaged)?;
        if zip.len() > MAX_ENTRIES {
            return Err(ReadError::Bomb(format!(
                "it has more than {MAX_ENTRIES} entries"
            )));
        }
        Ok(Self(zip))
    }

    /// The name of an entry.
    pub fn name(&self, index: u32) -> Result<String, ReadError> {
        let name = self.0.name_for_index(index as usize);
        let name = name.ok_or_else(|| ReadError::damaged("zip", "an entry is missing"))?;
        Ok(name.map_err(damaged)?.into_owned())
    }

    /// Unpacks the repository in the folder `dir` of the archive; the only one where `dir` is not given.
    ///
    /// # Errors
    /// `Unknown` where it holds none; `Refused`, `Bomb`, `Encrypted`, `Damaged` for what must not or cannot be read.
    pub fn unpack(&mut self, dir: Option<String>, to: &mut Unpacked) -> Result<Packed, ReadError> {
        let mut layout = Layout::default();
        for index in 0..self.0.len() {
            let entry = self.0.by_index_raw(index).map_err(damaged)?;
            layout.see(&String::from_utf8_lossy(entry.name_raw()), kind(&entry));
        }
        let (dir, warnings) = match dir {
            // Names that lead out of an export are told once, where it is listed.
            Some(dir) => (dir, Vec::new()),
            None => (layout.repository()?, layout.warning().into_iter().collect()),
        };
        for index in 0..self.0.len() {
            let raw = self.0.by_index_raw(index).map_err(damaged)?;
            let name = String::from_utf8_lossy(raw.name_raw()).into_owned();
            let kind = kind(&raw);
            drop(raw);
            if crate::extract::git::layout::needed(&dir, &name, kind)?.is_some() {
                let mut entry = self.0.by_index(index).map_err(damaged)?;
                to.take(&dir, &name, kind, &mut entry)?;
            }
        }
        Ok(Packed {
            cut: Vec::new(),
            warnings,
        })
    }

    /// Writes one entry, an archive itself, to a file.
    ///
    /// # Errors
    /// As for [`Zip::unpack`].
    pub fn copy(&mut self, index: u32, name: &str, to: &mut Unpacked) -> Result<(), ReadError> {
        let mut entry = self.0.by_index(index as usize).map_err(damaged)?;
        to.write(name, &mut entry)
    }
}

fn kind<R: std::io::Read>(entry: &zip::read::ZipFile<'_, R>) -> EntryKind {
    if entry.is_symlink() {
        EntryKind::Other
    } else if entry.is_dir() {
        EntryKind::Folder
    } else {
        EntryKind::File
    }
}

fn damaged(error: ZipError) -> ReadError {
    match error {
        ZipError::UnsupportedArchive(why) if why == ZipError::PASSWORD_REQUIRED => {
            ReadError::Encrypted
        }
        ZipError::Io(why) => ReadError::damaged("zip", why),
        why => ReadError::damaged("zip", why.to_string().to_lowercase()),
    }
}
