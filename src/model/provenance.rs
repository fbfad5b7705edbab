//! Where an observed value stands.

use crate::model::{Digest, ObjectId, SourceInfo};
use serde::{Deserialize, Serialize};

/// A place inside a source.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Place {
    /// The source as a whole.
    Whole,
    /// Page and line of a document, both 1-based; page 1 where the format has no pages.
    Line {
        /// Page.
        page: u32,
        /// Line on that page.
        line: u32,
    },
    /// Bytes of a document's text.
    Range {
        /// First byte.
        start: u64,
        /// Byte after the last.
        end: u64,
    },
    /// A commit of a repository.
    Commit(ObjectId),
    /// A file at a tip of a repository.
    File {
        /// Path inside the repository.
        path: String,
        /// Blob id.
        blob: ObjectId,
    },
    /// Lines of a file at a tip of a repository, or of an earlier version of it.
    Lines {
        /// Path inside the repository.
        path: String,
        /// Blob id.
        blob: ObjectId,
        /// First line, 1-based.
        first: u32,
        /// Last line, 1-based.
        last: u32,
    },
    /// A field of a manifest.
    Field {
        /// 1-based line of the file.
        line: u32,
        /// Column name.
        column: String,
    },
    /// A named part of what a file keeps beside its text: "author", "earlier revision 1", "comment".
    Part(String),
    /// A link of a document.
    Link {
        /// 1-based page, where known.
        page: Option<u32>,
    },
    /// A picture of a document.
    Image {
        /// 1-based page, where known.
        page: Option<u32>,
    },
}

/// A source and a place in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Provenance {
    /// Path of the source, relative to the pool.
    pub source: String,
    /// Digest of the source.
    pub digest: Digest,
    /// The place in it.
    pub place: Place,
}

impl Provenance {
    /// A place in a source.
    pub fn new(source: &SourceInfo, place: Place) -> Self {
        Self {
            source: source.path.clone(),
            digest: source.sha256.clone(),
            place,
        }
    }
}
