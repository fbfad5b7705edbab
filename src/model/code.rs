//! One source file at the tip of a repository, by its id: never its contents.

use crate::model::ObjectId;
use serde::{Deserialize, Serialize};

/// What kind of file it is, as far as its path, size and id tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum FileClass {
    /// Source code that someone of this repository may have written.
    Source,
    /// Copied from elsewhere on purpose: `vendor/`, `node_modules/`, minified bundles.
    Vendored,
    /// Written by a program: lock files, build output, generated code.
    Generated,
    /// Stands in a public project template.
    Scaffold,
    /// Licence texts and the like.
    Licence,
    /// Images, tables, documents, binaries: not code.
    Data,
    /// Too small to tell anything (a few lines).
    Tiny,
}

/// A file of a repository's tips: a blob id with the paths it stands at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CodeUnit {
    /// Git blob id.
    pub blob: ObjectId,
    /// Path inside the repository, `/`-separated, lossy UTF-8; the first in byte order where it stands more than once.
    pub path: String,
    /// Size in bytes.
    pub size: u64,
    /// What kind of file it is.
    pub class: FileClass,
}
