//! The history of a repository: every commit of every ref, with its clocks as they were recorded.

use crate::model::{SourceInfo, UtcOffset};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A git object id: 20 bytes (SHA-1).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ObjectId(pub [u8; 20]);

impl ObjectId {
    /// The first 12 hex digits.
    pub fn short(&self) -> String {
        self.to_string()[..12].to_string()
    }

    /// The first eight bytes as a join key.
    pub fn prefix(&self) -> u64 {
        let [a, b, c, d, e, f, g, h, ..] = self.0;
        u64::from_be_bytes([a, b, c, d, e, f, g, h])
    }
}

impl fmt::Display for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|b| write!(f, "{b:02x}"))
    }
}

impl fmt::Debug for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// The id of a signing key: an OpenPGP key id or the SHA-256 fingerprint of an SSH key, as text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct KeyId(pub String);

/// A name as a commit records it. No detector and no feature may read it: `tests/architecture.rs` looks for
/// [`RecordedName::as_recorded`] in those modules.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RecordedName(String);

impl RecordedName {
    /// A name as recorded, lossy UTF-8.
    pub fn new(name: impl Into<String>) -> Self {
        Self(name.into())
    }

    /// The name itself, for `identity` to key and `inspect` to show.
    pub fn as_recorded(&self) -> &str {
        &self.0
    }
}

/// A name and an e-mail address as commits record them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Ident {
    /// The name.
    pub name: RecordedName,
    /// The opaque key of the name; set by `pipeline` (0 before).
    pub name_key: u64,
    /// The name has two words or more, unlike a handle; set by `pipeline`.
    pub has_full_name: bool,
    /// The e-mail address as recorded, without angle brackets.
    pub email: String,
}

/// Who and when, as a commit records it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// Index into [`History::idents`].
    pub ident: u32,
    /// Seconds since 1970-01-01 UTC.
    pub seconds: i64,
    /// The recorded offset; `None` where the raw text is no offset (`+9999`, `+051800`).
    pub offset: Option<UtcOffset>,
}

/// One commit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commit {
    /// Commit id.
    pub id: ObjectId,
    /// Id of its tree.
    pub tree: ObjectId,
    /// Ids of its parents, in order.
    pub parents: Vec<ObjectId>,
    /// Author.
    pub author: Stamp,
    /// Committer.
    pub committer: Stamp,
    /// Index into [`History::keys`] of the key that signed it.
    pub key: Option<u32>,
    /// Hash of the first line of the message.
    pub subject: u64,
    /// Indices into [`History::idents`] of `Co-authored-by` and `Signed-off-by` trailers.
    pub co_authors: Vec<u32>,
}

/// Where a ref points from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum RefClass {
    /// `refs/heads/*`, or a detached `HEAD`.
    Branch,
    /// `refs/tags/*`.
    Tag,
    /// `refs/remotes/*`.
    Remote,
    /// `refs/pull/*`, `refs/merge-requests/*`: other people's proposals that a mirror carries.
    Pull,
    /// Anything else (notes, stashes, replacement refs).
    Other,
}

/// A ref and the commit it leads to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RefName {
    /// Full name, lossy UTF-8.
    pub name: String,
    /// Its class.
    pub class: RefClass,
    /// The commit it leads to, tags peeled.
    pub commit: ObjectId,
}

/// A repository's history.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct History {
    /// The repository it was read from.
    pub source: SourceInfo,
    /// Refs, sorted by name.
    pub refs: Vec<RefName>,
    /// Every commit reachable from a ref, sorted by author time, then id.
    pub commits: Vec<Commit>,
    /// The different identities, sorted.
    pub idents: Vec<Ident>,
    /// The different signing keys, sorted.
    pub keys: Vec<KeyId>,
    /// A `shallow` file, a missing object or a budget cut the history short.
    pub truncated: bool,
    /// Raw offsets that are no offsets, with the number of stamps that carry each; sorted.
    pub odd_offsets: Vec<(String, u32)>,
}
