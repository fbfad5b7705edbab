//! What is kept of one applicant, and how it is packed: postcard, then deflate, with a hash of the packed bytes.

use crate::model::{Problem, Profile, hash_bytes};
use crate::store::StoreError;
use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use serde::{Deserialize, Serialize};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

/// Largest profile that is unpacked, bytes: a damaged length must not take all memory.
const LARGEST: u64 = 1 << 30;

/// Everything of an applicant that a report needs again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// The profile.
    pub profile: Profile,
    /// The name as written: what reports have to mask in quoted passages, and show with `--reveal`.
    pub name: Option<String>,
    /// What could not be read of the applicant's sources.
    pub problems: Vec<Problem>,
}

/// A source as it was handed in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeptSource {
    /// How reports name it.
    pub shown: String,
    /// Where it lay: excerpts of code are read again from there.
    pub path: PathBuf,
    /// Whether it is a repository.
    pub repository: bool,
    /// Number of its entry, where `path` is an archive.
    pub inside: Option<u32>,
    /// Digest of what was read; empty where nothing was.
    pub digest: String,
}

/// An applicant on the way into the index.
#[derive(Clone, Debug)]
pub struct Kept {
    /// What is compared.
    pub record: Record,
    /// What was handed in.
    pub sources: Vec<KeptSource>,
    /// Names everything that the profile depends on: equal stamps, equal profile. Empty where that is unknown.
    pub stamp: String,
    /// When, seconds since 1970.
    pub added: i64,
    /// The run that adds, by [`Index::begin_run`](crate::store::Index::begin_run).
    pub run: i64,
}

/// Packs a record: a hash of the bytes, and the bytes.
pub(in crate::store) fn pack(record: &Record) -> (i64, Vec<u8>) {
    let plain = postcard::to_stdvec(record).expect("a record is plain data");
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder
        .write_all(&plain)
        .expect("writing to memory does not fail");
    let bytes = encoder.finish().expect("writing to memory does not fail");
    (hash_bytes(&bytes) as i64, bytes)
}

/// Unpacks a record of this version.
pub(in crate::store) fn unpack(path: &Path, hash: i64, bytes: &[u8]) -> Result<Record, StoreError> {
    if hash_bytes(bytes) as i64 != hash {
        return Err(StoreError::damaged(
            path,
            "a profile is not what was written",
        ));
    }
    let mut plain = Vec::new();
    let unpacked = ZlibDecoder::new(bytes)
        .take(LARGEST)
        .read_to_end(&mut plain)
        .map_err(|e| e.to_string())
        .and_then(|_| postcard::from_bytes(&plain).map_err(|e| e.to_string()));
    unpacked.map_err(|e| StoreError::damaged(path, format!("a profile cannot be unpacked: {e}")))
}
