//! Public repositories from the network into a cache on disk, for scans to read offline.
//!
//! The only part of the program that opens a connection, and only when somebody runs `samehand fetch`: a scan never does.
//! The connection is made by the installed `git`, in a child with as little around it as possible ([`git`]); what comes
//! back is a stranger's and is read like any repository handed in, by workers. [`cache`] says what lies where.
//!
//! Fetched are all branches with their whole history (never a shallow clone: it destroys the evidence), without the
//! contents of files; then, in a second step, the contents of the files at the tip of the default branch, small ones only.
//! Not fetched: tags, other people's proposals, submodules, large files.

mod cache;
mod clone;
mod git;

pub use cache::Cache;
pub use cache::CacheError;
pub use cache::Fetched;

use crate::model::RepositoryUrl;
use std::time::Duration;

/// What a fetch may cost, and take.
#[derive(Clone, Debug)]
pub struct FetchOptions {
    /// Bytes on disk of one repository. The history of the Linux kernel without its files takes 2 GB; ordinary ones
    /// take 1 to 20 MB.
    pub size: u64,
    /// Time for one repository.
    pub time: Duration,
    /// Whether the contents of the files at the tip are fetched, too.
    pub files: bool,
    /// Whether a repository that lies in the cache is fetched anew.
    pub refresh: bool,
    /// Whether addresses of this machine and of local networks are fetched from.
    pub local: bool,
    /// When, RFC 3339: noted in the cache.
    pub now: String,
}

/// How one repository came to be in the cache.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It was there.
    Kept,
    /// It was fetched.
    New,
}

/// Why a repository could not be fetched.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// An address of this machine or of a local network.
    #[error("an address of this machine or of a local network; --local allows it")]
    Local,
    /// There is no `git`, or it cannot be started.
    #[error("cannot start git: {0}")]
    NoGit(String),
    /// The first line that git says about it.
    #[error("{0}")]
    Git(String),
    /// Larger than the limit.
    #[error("larger than the limit of {0} MB")]
    TooLarge(u64),
    /// Longer than the limit.
    #[error("took longer than the limit of {0} s")]
    TooSlow(u64),
    /// The cache cannot be written.
    #[error(transparent)]
    Cache(#[from] CacheError),
}

/// Fetches a repository into the cache, unless it is there.
///
/// # Errors
/// Why not; nothing of it is left behind then, and an earlier copy stays.
pub fn fetch(
    url: &RepositoryUrl,
    cache: &mut Cache,
    options: &FetchOptions,
) -> Result<Outcome, FetchError> {
    if cache.find(url).is_some() && !options.refresh {
        return Ok(Outcome::Kept);
    }
    if url.is_local() && !options.local {
        return Err(FetchError::Local);
    }
    let cloned = clone::clone(url, cache.folder(), options)?;
    cache.put(cloned)?;
    Ok(Outcome::New)
}

#[cfg(test)]
mod tests;
