//! Somebody's name or contact in what a file keeps beside its visible text.
//!
//! Joined across applicants: the name of one applicant among the leftovers of another ties the two files.

use crate::model::{IdentifierKind, NameKey, Provenance};
use serde::{Deserialize, Serialize};

/// What stands there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum LeftoverValue {
    /// Two or three words that may be a name, as an opaque key.
    Name(NameKey),
    /// An e-mail address, phone number, account or wallet, normalised.
    Contact {
        /// Its kind.
        kind: IdentifierKind,
        /// Equal values are the same identifier.
        value: String,
    },
}

/// Where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum LeftoverSite {
    /// A metadata field (author, last modified by, company, title).
    Metadata,
    /// A local path in the file, or the file's own name.
    Path,
    /// An earlier revision.
    Revision,
    /// A tracked change or a comment, or the name of who made it.
    Change,
    /// Text that a reader does not see.
    Hidden,
    /// A link target whose visible text says something else.
    Link,
    /// The visible text of a document, where it says whose it is: its heading, a signature, "my name is".
    Text,
    /// A licence or copyright line in a repository.
    Licence,
    /// The author field of a package manifest in a repository.
    Package,
    /// Where any other file of a repository says who wrote it.
    File,
}

/// One leftover.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Leftover {
    /// What.
    pub value: LeftoverValue,
    /// Where, by kind.
    pub site: LeftoverSite,
    /// Where, in the source.
    pub at: Provenance,
}
