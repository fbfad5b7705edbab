//! The memory of earlier pools: profiles, and the keys by which a new applicant finds whom to be compared with.
//!
//! One SQLite file in write-ahead mode: one process writes while others read, each reader sees one moment, and a commit
//! is on disk when it returns. *One applicant is one transaction*, so none is ever half there. What is kept and how it is
//! asked stands in `docs/index.md`; the tables stand in [`schema`].
//!
//! Keys, counts and profiles of different program versions never meet: the file names the version that made its keys, and
//! each profile its own. Older profiles are reported, and left out, until they are read again.
//!
//! Nothing here knows what a key means. Deleted bytes are overwritten (`secure_delete`).

mod error;
mod facts;
mod forget;
mod read;
mod record;
mod schema;
mod verify;
mod write;

pub use error::StoreError;
pub use facts::{Counted, Facts, Keying};
pub use read::{Holder, Listed, Snapshot, Stats};
pub use record::{Kept, KeptSource, Record};
pub use write::Put;

use rusqlite::{Connection, OpenFlags};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How long to wait for another process that writes. One applicant is written in milliseconds, but many may wait.
const PATIENCE: Duration = Duration::from_secs(60);

/// Pages held in memory, KiB (negative as SQLite wants it). A choice: 32 MB.
const CACHE: i64 = -32_768;

/// An open index.
pub struct Index {
    path: PathBuf,
    /// Behind a lock, because a question may come from a thread of the pool; there is one at a time.
    connection: Mutex<Connection>,
    keying: Keying,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index").field("path", &self.path).finish()
    }
}

impl Index {
    /// Opens an index for adding; makes the file where there is none.
    ///
    /// # Errors
    /// When it is another program's file, or of a newer version.
    pub fn create(path: &Path, keying: Keying) -> Result<Self, StoreError> {
        Self::with(path, keying, OpenFlags::SQLITE_OPEN_CREATE)
    }

    /// Opens an index that is there.
    ///
    /// # Errors
    /// As for [`Index::create`], and when there is none.
    pub fn open(path: &Path, keying: Keying) -> Result<Self, StoreError> {
        if !path.is_file() {
            return Err(StoreError::Missing(path.into()));
        }
        Self::with(path, keying, OpenFlags::empty())
    }

    fn with(path: &Path, keying: Keying, more: OpenFlags) -> Result<Self, StoreError> {
        let failed = |e| StoreError::sqlite(path, e);
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX | more;
        let mut connection = Connection::open_with_flags(path, flags).map_err(failed)?;
        connection.busy_timeout(PATIENCE).map_err(failed)?;
        schema::check(path, &connection)?;
        for (name, value) in [
            ("journal_mode", "wal"),
            ("synchronous", "full"),
            ("secure_delete", "on"),
            ("foreign_keys", "on"),
        ] {
            connection
                .pragma_update(None, name, value)
                .map_err(failed)?;
        }
        connection
            .pragma_update(None, "cache_size", CACHE)
            .map_err(failed)?;
        connection.set_prepared_statement_cache_capacity(64);
        schema::migrate(path, &mut connection)?;
        let mut index = Self {
            path: path.into(),
            connection: Mutex::new(connection),
            keying,
        };
        index.settle_version()?;
        Ok(index)
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The index as it is at this moment, whatever others write meanwhile.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn snapshot(&self) -> Result<Snapshot<'_>, StoreError> {
        Snapshot::new(self)
    }

    /// The connection. What panicked while it held it has left no transaction of its own half done: they roll back.
    fn connection(&self) -> MutexGuard<'_, Connection> {
        self.connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn failed(&self, error: rusqlite::Error) -> StoreError {
        StoreError::sqlite(&self.path, error)
    }
}

#[cfg(test)]
mod tests;
