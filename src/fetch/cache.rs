//! The cache: a folder with one bare repository for each address, and `index.json`, which says what each is.
//!
//! ```json
//! { "schema": "cache/1", "repositories": [ { "url": "https://github.com/acme/tool", "folder": "tool-3f9a0c52d1b7.git",
//!   "fetched": "2026-11-21T10:00:00Z", "git": "2.47.3", "files": true, "checked": true,
//!   "heads": { "refs/heads/main": "9fceb02d0ae598e95dc970b74767f19372d61af8" } } ] }
//! ```
//! The index is written anew beside the old one and then put in its place, so that a run that is stopped leaves one or
//! the other. Folders are named by a digest of the address: no address can name a path.

use crate::model::RepositoryUrl;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

const INDEX: &str = "index.json";
const SCHEMA: &str = "cache/1";
/// Largest index that is read, bytes: a hundred thousand repositories.
const INDEX_LEN: u64 = 256 << 20;
/// Digits of an address's digest in the name of a folder.
const DIGITS: usize = 12;

/// One repository in a cache.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fetched {
    /// The address it was fetched from, as [`RepositoryUrl`] writes it.
    pub url: String,
    /// Its folder in the cache.
    pub folder: String,
    /// When, RFC 3339.
    pub fetched: String,
    /// The version of git that fetched it.
    pub git: String,
    /// Whether the contents of the files at the tip were fetched, too.
    pub files: bool,
    /// Whether git found nothing wrong with the form of its objects (`fsckObjects`).
    pub checked: bool,
    /// Branches and the commits they stood on.
    pub heads: BTreeMap<String, String>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct Index {
    schema: String,
    repositories: Vec<Fetched>,
}

/// Why a cache cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CacheError {
    /// The folder or its index cannot be read or written.
    #[error("cannot use the cache {path}: {reason}")]
    Io {
        /// The folder.
        path: String,
        /// The system's word.
        reason: String,
    },
    /// The index is of another program or version.
    #[error("cannot use the cache {path}: its index.json is none of this program's")]
    Foreign {
        /// The folder.
        path: String,
    },
}

/// An open cache.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
    all: BTreeMap<String, Fetched>,
}

impl Cache {
    /// Opens a cache; one that does not exist yet is made with the first repository.
    ///
    /// # Errors
    /// When its index cannot be read.
    pub fn open(folder: &Path) -> Result<Self, CacheError> {
        let path = folder.join(INDEX);
        let mut all = BTreeMap::new();
        match fs::metadata(&path) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => {}
            Err(e) => return Err(failed(folder, &e)),
            Ok(meta) if meta.len() > INDEX_LEN => return Err(foreign(folder)),
            Ok(_) => {
                let text = fs::read(&path).map_err(|e| failed(folder, &e))?;
                let index: Index = serde_json::from_slice(&text).map_err(|_| foreign(folder))?;
                let known = index.schema == SCHEMA;
                if !known || index.repositories.iter().any(|r| !is_own_folder(&r.folder)) {
                    return Err(foreign(folder));
                }
                all.extend(index.repositories.into_iter().map(|r| (r.url.clone(), r)));
            }
        }
        Ok(Self {
            folder: folder.into(),
            all,
        })
    }

    /// Where it is.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The repository of an address, where it was fetched and is still there.
    pub fn find(&self, url: &RepositoryUrl) -> Option<PathBuf> {
        let path = self.folder.join(&self.all.get(url.as_str())?.folder);
        path.join("HEAD").is_file().then_some(path)
    }

    /// What the cache holds, by address.
    pub fn all(&self) -> impl Iterator<Item = &Fetched> {
        self.all.values()
    }

    /// Takes in a repository that lies in `from`; an earlier copy is replaced.
    pub(in crate::fetch) fn put(&mut self, cloned: Cloned) -> Result<(), CacheError> {
        let failed = |e: io::Error| failed(&self.folder, &e);
        let target = self.folder.join(&cloned.fetched.folder);
        if target.exists() {
            fs::remove_dir_all(&target).map_err(failed)?;
        }
        fs::rename(&cloned.path, &target).map_err(failed)?;
        self.all.insert(cloned.fetched.url.clone(), cloned.fetched);
        self.save()
    }

    /// Deletes the repository of an address; one that is not there is no error.
    ///
    /// # Errors
    /// When its folder or the index cannot be written.
    pub fn remove(&mut self, url: &str) -> Result<(), CacheError> {
        let Some(fetched) = self.all.remove(url) else {
            return Ok(());
        };
        // The folder's name was checked when the index was read: it lies in the cache.
        match fs::remove_dir_all(self.folder.join(&fetched.folder)) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(failed(&self.folder, &e)),
            _ => {}
        }
        self.save()
    }

    fn save(&self) -> Result<(), CacheError> {
        let failed = |e: io::Error| failed(&self.folder, &e);
        let index = Index {
            schema: SCHEMA.into(),
            repositories: self.all.values().cloned().collect(),
        };
        let text = serde_json::to_vec_pretty(&index).map_err(|e| failed(e.into()))?;
        let beside = self.folder.join(format!("{INDEX}.new"));
        fs::write(&beside, text).map_err(failed)?;
        fs::rename(&beside, self.folder.join(INDEX)).map_err(failed)
    }
}

/// A repository that was fetched and is not in the cache yet. Its temporary folder is removed with it.
#[derive(Debug)]
pub(in crate::fetch) struct Cloned {
    pub path: PathBuf,
    pub fetched: Fetched,
    pub _temporary: tempfile::TempDir,
}

/// The name of an address's folder: the repository's own name, and a digest that tells it from others of that name.
pub(in crate::fetch) fn folder_of(url: &RepositoryUrl) -> String {
    let digest = Sha256::digest(url.as_str().as_bytes());
    let hex: String = digest.iter().map(|b| format!("{b:02x}")).collect();
    format!("{}-{}.git", url.name(), &hex[..DIGITS])
}

/// Whether a name from an index is one of [`folder_of`]: an index that somebody else wrote must not lead elsewhere.
fn is_own_folder(name: &str) -> bool {
    let fine = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    name.ends_with(".git") && !name.starts_with('.') && name.chars().all(fine)
}

fn failed(folder: &Path, error: &io::Error) -> CacheError {
    CacheError::Io {
        path: folder.display().to_string(),
        reason: error.to_string().to_lowercase(),
    }
}

fn foreign(folder: &Path) -> CacheError {
    CacheError::Foreign {
        path: folder.display().to_string(),
    }
}
