//! Winnowed fingerprints of a document.

use serde::{Deserialize, Serialize};

/// Hashes of some of a document's five-word phrases, chosen so that two texts with eight words in a row in common have
/// one in common (`features::winnow`).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprints {
    /// `HASH_VERSION` and tokeniser version; fingerprints of different versions never meet.
    pub version: u16,
    /// The hashes in the order of the text; one that comes again in another passage stands there again.
    pub hashes: Vec<u64>,
}
