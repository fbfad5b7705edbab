//! Blocking keys: values whose sharing makes profiles candidates.

/// A hashed value, made with `model::hash`; keys of different detectors never meet.
pub type Key = u64;

/// In what role a profile carries a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Meets every other role.
    Both,
    /// The value is the applicant's own: meets `Mentions`, `Owns` and `Both`.
    Owns,
    /// The value stands in the applicant's material but is not theirs: meets `Owns` and `Both`, never `Mentions`.
    Mentions,
}

impl Role {
    /// Whether two roles of one key make a pair.
    pub fn meets(self, other: Role) -> bool {
        !(self == Role::Mentions && other == Role::Mentions)
    }
}

/// How candidates of a detector arise.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Join {
    /// The detector looks at single applicants only.
    Never,
    /// One shared key is enough.
    AnyKey,
    /// The summed weight of shared keys must reach `min`.
    Mass {
        /// The least mass.
        min: f32,
    },
    /// Only pairs that another detector proposed.
    OnCandidates,
}

/// A key as one profile carries it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct KeyRow {
    /// Index of the detector in the list.
    pub detector: u16,
    /// The key.
    pub key: Key,
    /// Index of the profile in the run.
    pub profile: u32,
    /// The role.
    pub role: Role,
}

/// Where a detector puts the keys of one profile.
#[derive(Debug)]
pub struct KeySink {
    detector: u16,
    profile: u32,
    rows: Vec<KeyRow>,
}

impl KeySink {
    /// A sink for one detector and one profile.
    pub fn new(detector: u16, profile: u32) -> Self {
        Self {
            detector,
            profile,
            rows: Vec::new(),
        }
    }

    /// Adds a key that meets every other role.
    pub fn both(&mut self, key: Key) {
        self.push(key, Role::Both);
    }

    /// Adds a key that is the applicant's own.
    pub fn owns(&mut self, key: Key) {
        self.push(key, Role::Owns);
    }

    /// Adds a key that stands in the applicant's material.
    pub fn mentions(&mut self, key: Key) {
        self.push(key, Role::Mentions);
    }

    /// The rows, sorted, without repetition.
    pub fn into_rows(mut self) -> Vec<KeyRow> {
        self.rows.sort_unstable();
        self.rows.dedup();
        self.rows
    }

    fn push(&mut self, key: Key, role: Role) {
        self.rows.push(KeyRow {
            detector: self.detector,
            key,
            profile: self.profile,
            role,
        });
    }
}
