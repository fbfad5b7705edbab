//! How common a thing is, in shipped references.

use crate::link::PhraseTable;
use crate::link::ScaffoldTable;
use crate::model::Digest;

/// A table's name, version and digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableInfo {
    /// Name.
    pub name: &'static str,
    /// Version.
    pub version: &'static str,
    /// Digest of the bytes.
    pub sha256: Digest,
}

/// Everything that says how common a thing is.
#[derive(Debug, Default)]
pub struct Background {
    /// Five-word phrases of public résumés.
    pub phrases: PhraseTable,
    /// Files that project generators hand out.
    pub scaffold: ScaffoldTable,
}
