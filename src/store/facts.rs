//! What the index keeps of a profile besides the profile: its keys, and what is counted of it.
//!
//! Both follow from the profile alone, so they can be made again: to take an applicant out, to check the file, and when
//! another version of the program makes other keys.

use crate::link::Role;
use crate::model::Profile;

/// Something of which the index counts the holders.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u64)]
pub enum Counted {
    /// Applicants altogether, and how many of them take part in a count; see [`Counted::people`].
    Applicants = 0,
    /// Applicants who hold a fingerprint of text.
    Fingerprints = 1,
    /// Applicants who hold a fingerprint of code, among those with code.
    Code = 2,
    /// Applicants who hold a shingle, among those whose documents no reference knows.
    Shingles = 3,
}

impl Counted {
    /// The number under which the holders of a 32-bit hash are counted.
    pub fn at(self, hash: u32) -> u64 {
        (self as u64) << 32 | u64::from(hash)
    }

    /// The number under which those are counted whom this count is about.
    pub fn people(self) -> u64 {
        Self::Applicants.at(self as u32)
    }
}

/// Keys and counts of one profile.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Keys, each with its role; detectors' keys are told apart by whoever makes them. Sorted, no repetition.
    pub keys: Vec<(u64, Role)>,
    /// Numbers by [`Counted::at`] and [`Counted::people`] at which this applicant counts one. Sorted, no repetition.
    pub counts: Vec<u64>,
}

/// How facts are made of a profile, and the version of that.
pub struct Keying {
    /// Names everything on which keys and counts depend; those of different versions never meet.
    pub version: String,
    /// The keys and counts of a profile.
    pub facts: Box<dyn Fn(&Profile) -> Facts + Send + Sync>,
}

/// An applicant's number with a role, as the table of keys keeps it.
pub(in crate::store) fn pack(applicant: i64, role: Role) -> i64 {
    applicant << 2 | role as i64
}

/// The other way; roles as [`Role`] numbers them.
pub(in crate::store) fn unpack(who: i64) -> (i64, Role) {
    let role = match who & 3 {
        0 => Role::Both,
        1 => Role::Owns,
        _ => Role::Mentions,
    };
    (who >> 2, role)
}
