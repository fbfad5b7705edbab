//! What the contents of a repository's files gave: values, never the contents.

use crate::model::{Identifier, Leftover, ObjectId, Opener, Pin};
use serde::{Deserialize, Serialize};

/// What was found in the files at the tips of one repository.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RepositoryTraces {
    /// Identifiers in files, with the role that the file gives them; sorted by kind, value, role, place.
    pub identifiers: Vec<Identifier>,
    /// Words that may be somebody's name, as opaque keys, where a file names a person; sorted.
    pub names: Vec<Leftover>,
    /// What may run when somebody opens or installs it; sorted.
    pub openers: Vec<Opener>,
    /// Versions that dependency files name; sorted.
    pub pins: Vec<Pin>,
    /// The README, personal strings taken out.
    pub readme: Option<Readme>,
}

/// A README without what is personal in it; see `features::readme`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Readme {
    /// Path in the repository.
    pub path: String,
    /// Git blob id.
    pub blob: ObjectId,
    /// Hashes of its words, in order; 0 stands for a run of personal strings.
    pub words: Vec<u32>,
    /// Hashes of the names, handles and addresses in it, ascending.
    pub who: Vec<u64>,
    /// It says that it belongs to a course, a tutorial or a generator.
    pub is_common: bool,
}
