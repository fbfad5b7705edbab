//! Tar archives of a repository, compressed with gzip or not.
//!
//! An archive is read twice: once for its names, which tell where the repository is, once for the files that reading
//! needs; nothing else of it is kept. Links are never followed, holes of sparse files count as bytes.

use crate::extract::Limits;
use crate::extract::ReadError;
use crate::extract::git::Packed;
use crate::extract::git::layout::EntryKind;
use crate::extract::git::layout::Layout;
use crate::extract::git::unpack::Unpacked;
use flate2::read::MultiGzDecoder;
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;
use tar::Archive;
use tar::EntryType;

/// Entries of an archive: a work tree with its dependencies has some 100,000.
const MAX_ENTRIES: usize = 1_000_000;
/// How many times [`Limits::unpacked`] an archive may hold in all: a repository's work tree and what lies in it.
const ALL_TIMES: u64 = 4;

/// Unpacks the repository of an archive.
///
/// # Errors
/// `Unknown` where it holds none; `Refused`, `Bomb`, `Damaged` for what must not or cannot be read.
pub(in crate::extract::git) fn unpack(
    path: &Path,
    is_gzip: bool,
    to: &mut Unpacked,
    limits: &Limits,
) -> Result<Packed, ReadError> {
    let mut layout = Layout::default();
    each(path, is_gzip, limits, |name, kind, _| {
        layout.see(name, kind);
        Ok(())
    })?;
    let dir = layout.repository()?;
    each(path, is_gzip, limits, |name, kind, content| {
        to.take(&dir, name, kind, content)
    })?;
    Ok(Packed {
        cut: Vec::new(),
        warnings: layout.warning().into_iter().collect(),
    })
}

/// Hands every entry to `take`.
fn each(
    path: &Path,
    is_gzip: bool,
    limits: &Limits,
    mut take: impl FnMut(&str, EntryKind, &mut dyn Read) -> Result<(), ReadError>,
) -> Result<(), ReadError> {
    let file = BufReader::new(File::open(path).map_err(|e| ReadError::Io(e.to_string()))?);
    let bytes: Box<dyn Read> = match is_gzip {
        true => Box::new(MultiGzDecoder::new(file)),
        false => Box::new(file),
    };
    let most = limits.unpacked.saturating_mul(ALL_TIMES);
    let too_much = || ReadError::Bomb(format!("it holds more than {} MB", most >> 20));
    let damaged = |e: io::Error| match e.get_ref().is_some_and(|e| e.is::<Ended>()) {
        true => too_much(),
        false => ReadError::damaged("tar archive", e.to_string().to_lowercase()),
    };
    let mut archive = Archive::new(Budgeted { bytes, left: most });
    for (number, entry) in archive.entries().map_err(damaged)?.enumerate() {
        if number >= MAX_ENTRIES {
            return Err(ReadError::Bomb(format!(
                "it has more than {MAX_ENTRIES} entries"
            )));
        }
        let mut entry = entry.map_err(damaged)?;
        let kind = match entry.header().entry_type() {
            EntryType::Regular | EntryType::Continuous | EntryType::GNUSparse => EntryKind::File,
            EntryType::Directory => EntryKind::Folder,
            // Comments for the archive as a whole, such as the commit that `git archive` notes.
            EntryType::XGlobalHeader => continue,
            _ => EntryKind::Other,
        };
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        take(&name, kind, &mut entry)?;
    }
    Ok(())
}

/// A reader that fails when more is read than it may give.
struct Budgeted {
    bytes: Box<dyn Read>,
    left: u64,
}

/// The error of a [`Budgeted`] reader.
#[derive(Debug, thiserror::Error)]
#[error("more than it may hold")]
struct Ended;

impl Read for Budgeted {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let number = self.bytes.read(to)?;
        self.left = self
            .left
            .checked_sub(number as u64)
            .ok_or_else(|| io::Error::other(Ended))?;
        Ok(number)
    }
}
