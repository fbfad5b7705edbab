//! A folder or a manifest to applicants with sorted sources and claims.
//!
//! A pool is a folder with one folder or one file per applicant, or a manifest (`manifest.csv`, `manifest.jsonl`) beside
//! the files; see `docs/manifest.md` for the columns. Nothing is opened here but folders and manifests: documents and
//! repositories are only named, and `extract` reads them in worker processes. What cannot be used becomes a
//! [`Problem`] that names the file, or the line and column of the manifest; only a pool that cannot be opened at all is
//! an error.
//!
//! A zip is read in place: its directory is listed here, its entries are read by workers, nothing is unpacked to disk.
//!
//! It does not follow links out of a pool and does not fetch anything.

mod folder;
mod listing;
mod manifest;
mod packaged;
mod pool;
mod walk;
mod zipped;

use crate::identity::DisplayName;
use crate::model::{ApplicantId, Claims, Problem, RepositoryUrl};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// Everything handed in.
#[derive(Debug, Default)]
pub struct Pool {
    /// Applicants, sorted by id.
    pub applicants: Vec<Entry>,
    /// Rows, files and folders that could not be used.
    pub problems: Vec<Problem>,
    /// Bytes of the manifests, for the digest of the input; sorted by path.
    pub manifests: Vec<(String, Vec<u8>)>,
    /// Addresses of repositories that manifests name, whether a copy of them was handed in or not; sorted.
    pub addresses: Vec<RepositoryUrl>,
}

/// Where copies of repositories lie that manifests name by address.
pub type Copies = BTreeMap<RepositoryUrl, PathBuf>;

/// One applicant as handed in.
#[derive(Clone, Debug)]
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
    /// A repository: a folder, or a file that packs one.
    pub repository: bool,
    /// Number of the entry, where `path` is a zip that holds it; of `HEAD`, where it holds a repository unpacked.
    pub inside: Option<u32>,
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
    /// The path exists and is no pool.
    #[error("{path} is no pool: {reason}")]
    NotAPool {
        /// The path as given.
        path: String,
        /// What it is, and what to hand in.
        reason: &'static str,
    },
}

impl IntakeError {
    fn unreadable(path: &Path, reason: impl std::fmt::Display) -> Self {
        Self::Unreadable {
            path: path.display().to_string(),
            reason: reason.to_string(),
        }
    }

    fn not_a_pool(path: &Path, reason: &'static str) -> Self {
        Self::NotAPool {
            path: path.display().to_string(),
            reason,
        }
    }
}

/// Opens pools and joins them into one. The order of `paths` makes no difference.
///
/// # Errors
/// When a path cannot be opened or is no pool; anything inside a pool that cannot be used is a problem instead.
pub fn open(paths: &[PathBuf]) -> Result<Pool, IntakeError> {
    open_with(paths, Copies::new())
}

/// As [`open`], with copies of repositories that manifests name by address. Nothing is fetched.
///
/// # Errors
/// As for [`open`].
pub fn open_with(paths: &[PathBuf], copies: Copies) -> Result<Pool, IntakeError> {
    let copies = Rc::new(copies);
    pool::join(paths, |path| pool::open_one(path, &copies))
}

/// Takes every path, a file, a folder or a repository, as one applicant named like it.
///
/// # Errors
/// When a path cannot be opened.
pub fn open_applicants(paths: &[PathBuf]) -> Result<Pool, IntakeError> {
    pool::join(paths, folder::open_applicant)
}

/// Takes paths, files, folders or repositories, together as one applicant; named `id`, else like the first path.
///
/// # Errors
/// When a path cannot be opened.
pub fn open_as_one(paths: &[PathBuf], id: Option<&str>) -> Result<Pool, IntakeError> {
    let mut pool = open_applicants(paths)?;
    let name = |path: &PathBuf| walk::shown_name(&walk::canonical(path));
    let id = id.map(String::from).or_else(|| paths.first().map(name));
    let sources = pool.applicants.drain(..).flat_map(|entry| entry.sources);
    let mut sources: Vec<Source> = sources.collect();
    sources.sort();
    pool.applicants = match (id, sources.is_empty()) {
        (Some(id), false) => vec![Entry {
            id: ApplicantId::new(id),
            name: None,
            claims: Claims::default(),
            row: None,
            sources,
        }],
        _ => Vec::new(),
    };
    Ok(pool)
}

/// Takes one JSON object, with the fields of a manifest's row, as one applicant; its paths stand in `root`, named `shown`.
///
/// # Errors
/// When `root` cannot be opened.
pub fn open_row(json: &str, root: &Path, shown: &str) -> Result<Pool, IntakeError> {
    let open = |root: &Path| manifest::open_row(json, root, shown);
    pool::join(&[root.to_path_buf()], open)
}

/// As [`open_row`] for a row that names no path: its files, each with the name that reports give it, lie where they are
/// said to. `folder` is an empty one.
///
/// # Errors
/// When `folder` cannot be opened.
pub fn open_files(
    json: &str,
    folder: &Path,
    files: &[(String, PathBuf)],
    shown: &str,
) -> Result<Pool, IntakeError> {
    let open = |folder: &Path| manifest::open_files(json, folder, files, shown);
    pool::join(&[folder.to_path_buf()], open)
}

/// Whether `path`, a file or folder, is to be read as a repository.
pub fn is_repository(path: &Path) -> bool {
    path.is_dir() || packaged::is_packaged(path) || listing::packs_a_repository(path)
}

/// Whether a report written to `dir` would be read as an applicant by the next run over `paths`.
pub fn would_read(paths: &[PathBuf], dir: &Path) -> bool {
    pool::would_read(paths, dir)
}
