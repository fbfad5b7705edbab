//! What the contents of a repository's files gave: values, never the contents.

use crate::model::{Identifier, Leftover, Pin};
use serde::{Deserialize, Serialize};

/// What was found in the files at the tips of one repository.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RepositoryTraces {
    /// Identifiers in files, with the role that the file gives them; sorted by kind, value, role, place.
    pub identifiers: Vec<Identifier>,
    /// Words that may be somebody's name, as opaque keys, where a file names a person; sorted.
    pub names: Vec<Leftover>,
    /// Versions that dependency files name; sorted.
    pub pins: Vec<Pin>,
}
