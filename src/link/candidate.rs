//! Profiles worth an exact comparison.

use crate::link::Key;
use crate::model::Profile;

/// Two profiles, or a group that one hot key or several proposed.
#[derive(Debug)]
pub struct Candidate<'a> {
    /// The members, sorted by applicant id; at least two.
    pub members: Vec<&'a Profile>,
    /// The keys that proposed them, sorted; empty for `OnCandidates`.
    pub keys: Vec<Key>,
}

impl<'a> Candidate<'a> {
    /// The two members of a pair; `None` for a group.
    pub fn as_pair(&self) -> Option<(&'a Profile, &'a Profile)> {
        match self.members.as_slice() {
            [a, b] => Some((a, b)),
            _ => None,
        }
    }

    /// Every unordered pair of members.
    pub fn pairs(&self) -> impl Iterator<Item = (&'a Profile, &'a Profile)> + '_ {
        self.members
            .iter()
            .enumerate()
            .flat_map(move |(i, a)| self.members[i + 1..].iter().map(move |b| (*a, *b)))
    }
}
