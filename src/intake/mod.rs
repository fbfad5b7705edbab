//! A folder or a manifest to applicants with sorted sources and claims.

use crate::identity::DisplayName;
use crate::model::{ApplicantId, Claims, Problem};
use std::path::PathBuf;

/// Everything handed in.
#[derive(Debug, Default)]
pub struct Pool {
    /// Applicants, sorted by id.
    pub applicants: Vec<Entry>,
    /// Rows, files and folders that could not be used.
    pub problems: Vec<Problem>,
    /// Bytes of the manifests, for the digest of the input; sorted by path.
    pub manifests: Vec<(String, Vec<u8>)>,
}

/// One applicant as handed in.
#[derive(Debug)]
pub struct Entry {
    /// Opaque id, unique in the pool.
    pub id: ApplicantId,
    /// The claimed name, if the manifest has one.
    pub name: Option<DisplayName>,
    /// What the manifest claims, and where: `(line, path of the manifest)`.
    pub claims: Claims,
    /// The manifest row the claims stand in.
    pub row: Option<(String, u32)>,
    /// Files and repositories, sorted by shown path.
    pub sources: Vec<Source>,
}

/// A file or repository to read.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Source {
    /// How reports name it: relative to the pool, `/`-separated.
    pub shown: String,
    /// Where it is.
    pub path: PathBuf,
    /// A repository (worktree or bare) rather than a file.
    pub repository: bool,
}

/// Why a pool cannot be opened at all.
#[derive(Debug, thiserror::Error)]
pub enum IntakeError {
    /// The path does not exist or cannot be read.
    #[error("cannot open {path}: {reason}")]
    Unreadable {
        /// The path as given.
        path: String,
        /// The operating system's word.
        reason: String,
    },
}

/// Opens pools and joins them into one.
pub fn open(_paths: &[PathBuf]) -> Result<Pool, IntakeError> {
    Ok(Pool::default())
}
