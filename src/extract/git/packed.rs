//! A repository in one file: a bundle, a tar, a gzipped tar or a zip, handed in alone or as an entry of an exported zip.
//!
//! libgit2 reads packs from disk only, so the few files that reading needs are unpacked into a private folder, which is
//! gone when this returns. It is then read like any other repository: equal commits and refs give the same digest,
//! whatever they are packed in.

use crate::extract::Job;
use crate::extract::Limits;
use crate::extract::ReadError;
use crate::extract::git::Packed;
use crate::extract::git::bundle;
use crate::extract::git::tarball;
use crate::extract::git::unpack::Unpacked;
use crate::extract::git::zipball::Zip;
use crate::model::PACKAGE_START;
use crate::model::Package;
use crate::model::path_inside;
use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

/// How the copy of an entry is called in its private folder; no file of a repository is called so.
const COPY: &str = "package";

/// Unpacks the repository that a job names.
///
/// # Errors
/// Why it cannot be read.
pub(in crate::extract::git) fn unpack(
    job: &Job,
    limits: &Limits,
) -> Result<(Unpacked, Packed), ReadError> {
    let mut to = Unpacked::new(limits)?;
    let packed = match job.inside {
        None => file(&job.path, &mut to, limits)?,
        Some(index) => entry(&job.path, index, &mut to, limits)?,
    };
    Ok((to, packed))
}

/// An entry of an export: the `HEAD` of a repository, or an archive.
fn entry(path: &Path, index: u32, to: &mut Unpacked, limits: &Limits) -> Result<Packed, ReadError> {
    let mut zip = Zip::open(path)?;
    let name = zip.name(index)?;
    let whole = path_inside(&name).unwrap_or_default();
    if whole == "HEAD" || whole.ends_with("/HEAD") {
        let dir = whole.strip_suffix("HEAD").unwrap_or_default();
        return zip.unpack(Some(dir.trim_end_matches('/').into()), to);
    }
    zip.copy(index, COPY, to)?;
    let copy = to.path().join(COPY);
    file(&copy, to, limits)
}

fn file(path: &Path, to: &mut Unpacked, limits: &Limits) -> Result<Packed, ReadError> {
    let io = |e: std::io::Error| ReadError::Io(e.to_string());
    let mut start = Vec::new();
    File::open(path)
        .map_err(io)?
        .take(PACKAGE_START as u64)
        .read_to_end(&mut start)
        .map_err(io)?;
    match Package::of(&start) {
        Some(Package::Bundle) => {
            let mut from = BufReader::new(File::open(path).map_err(io)?);
            bundle::unpack(&mut from, to, limits)
        }
        Some(Package::Tar) => tarball::unpack(path, false, to, limits),
        Some(Package::Gzip) => tarball::unpack(path, true, to, limits),
        Some(Package::Zip) => Zip::open(path)?.unpack(None, to),
        None if start.is_empty() => Err(ReadError::Empty),
        None => Err(ReadError::unknown(&start)),
    }
}
