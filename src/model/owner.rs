//! Which identities of a repository are its applicant's own.

use serde::{Deserialize, Serialize};

/// Why an identity counts as the applicant's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum OwnedBy {
    /// It equals something the applicant claims (e-mail, login).
    Claim,
    /// It shares an exact e-mail, numeric account id or signing key with an owned identity.
    Closure,
    /// Nothing in the history is claimed, and one identity wrote nearly all of it.
    SoleAuthor,
}

/// The owner closure of one repository.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owner {
    /// Owned identities: index into the history's `idents`, and why. Sorted by index.
    pub idents: Vec<(u32, OwnedBy)>,
    /// Normalised e-mail addresses of owned identities, sorted.
    pub emails: Vec<String>,
    /// GitHub numeric ids of owned identities, sorted.
    pub github_ids: Vec<u64>,
    /// Signing keys on owned commits, sorted; a host's own key is never one.
    pub keys: Vec<String>,
}
