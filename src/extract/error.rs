//! Why a source could not be read, in words that name the reason to a person who is no programmer.

use serde::{Deserialize, Serialize};

/// A reason. Messages are lower case, without a full stop.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum ReadError {
    /// Zero bytes.
    #[error("the file is empty")]
    Empty,
    /// No format claims these bytes.
    #[error("not a format this program reads ({0})")]
    Unknown(String),
    /// The operating system refused.
    #[error("cannot be opened: {0}")]
    Io(String),
    /// Larger than the limit.
    #[error("larger than the limit of {limit}")]
    TooLarge {
        /// The limit, written out.
        limit: String,
    },
    /// A password is needed.
    #[error("encrypted: a password is needed to read it")]
    Encrypted,
    /// The bytes break the format's rules.
    #[error("damaged {format}: {reason}")]
    Damaged {
        /// The format.
        format: String,
        /// What is wrong.
        reason: String,
    },
    /// Readable, but without any text.
    #[error("no text in it{0}")]
    NoText(String),
    /// It would expand beyond the limits.
    #[error("expands beyond the limits: {0}")]
    Bomb(String),
    /// A zip in a zip.
    #[error("an archive inside an archive is not opened; unpack it")]
    Nested,
    /// A repository without a commit.
    #[error("the repository has no commits")]
    NoCommits,
    /// A repository that must not be opened.
    #[error("repository refused: {0}")]
    Refused(String),
    /// A worker died over it.
    #[error("the reader {0}")]
    WorkerDied(String),
}

impl ReadError {
    /// No format claims `bytes`; says what they look like.
    pub fn unknown(bytes: &[u8]) -> Self {
        Self::Unknown(
            infer::get(bytes).map_or_else(|| "unrecognised bytes".into(), |t| t.mime_type().into()),
        )
    }

    /// A damaged file of `format`.
    pub fn damaged(format: &str, reason: impl ToString) -> Self {
        Self::Damaged {
            format: format.into(),
            reason: reason.to_string(),
        }
    }
}
