//! Why an index cannot be used. Every message names the file.

use std::path::{Path, PathBuf};

/// What is wrong with an index.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no such file.
    #[error("there is no index {}: `samehand index add POOL --index FILE` makes one", .0.display())]
    Missing(PathBuf),
    /// The file is something else.
    #[error("{} is no index of samehand", .0.display())]
    NotAnIndex(PathBuf),
    /// A newer program made it.
    #[error("{path} was made by a newer samehand (layout {found}, this one knows {known})", path = .path.display())]
    Newer {
        /// The file.
        path: PathBuf,
        /// Layout of the file.
        found: i64,
        /// Newest layout that is known.
        known: i64,
    },
    /// What was stored cannot be read back.
    #[error("{path} is damaged: {what}", path = .path.display())]
    Damaged {
        /// The file.
        path: PathBuf,
        /// Which part.
        what: String,
    },
    /// Others read it, so deleted bytes could not be taken out of its log.
    #[error("{} is being read by another process: what was deleted still stands in its log; run the command again", .0.display())]
    Read(PathBuf),
    /// What SQLite says.
    #[error("failed to use {path}", path = .path.display())]
    Sqlite {
        /// The file.
        path: PathBuf,
        /// The error.
        source: rusqlite::Error,
    },
}

impl StoreError {
    /// An error of SQLite about a file.
    pub(in crate::store) fn sqlite(path: &Path, source: rusqlite::Error) -> Self {
        match source.sqlite_error_code() {
            Some(rusqlite::ErrorCode::NotADatabase) => Self::NotAnIndex(path.into()),
            Some(rusqlite::ErrorCode::DatabaseCorrupt) => {
                Self::damaged(path, "its pages do not fit together")
            }
            _ => Self::Sqlite {
                path: path.into(),
                source,
            },
        }
    }

    /// Something stored that does not read back.
    pub(in crate::store) fn damaged(path: &Path, what: impl Into<String>) -> Self {
        Self::Damaged {
            path: path.into(),
            what: what.into(),
        }
    }
}
