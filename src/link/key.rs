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

/// A row as the engine keeps it: 12 bytes, of which a pool of a million documents has a hundred million and more.
#[derive(Clone, Copy, Debug)]
#[repr(C, packed(4))]
pub(in crate::link) struct PackedRow {
    /// The key.
    pub key: Key,
    /// Index of the profile, then two bits of role: rows sort as [`KeyRow`]s do.
    pub who: u32,
}

impl PackedRow {
    /// Index of the profile in the run.
    pub fn profile(self) -> u32 {
        self.who >> 2
    }

    /// The role.
    pub fn role(self) -> Role {
        match self.who & 3 {
            0 => Role::Both,
            1 => Role::Owns,
            _ => Role::Mentions,
        }
    }
}

/// Profiles a run can hold: [`PackedRow`] keeps 30 bits.
const MAX_PROFILES: u32 = 1 << 30;

/// Where a detector puts the keys of a profile.
#[derive(Debug)]
pub struct KeySink {
    detector: u16,
    profile: u32,
    rows: Vec<PackedRow>,
}

impl KeySink {
    /// A sink for one detector and one profile.
    ///
    /// # Panics
    /// When the index is beyond 2³⁰.
    pub fn new(detector: u16, profile: u32) -> Self {
        let mut sink = Self {
            detector,
            profile: 0,
            rows: Vec::new(),
        };
        sink.go_to(profile);
        sink
    }

    /// Turns to another profile.
    pub(in crate::link) fn go_to(&mut self, profile: u32) {
        assert!(
            profile < MAX_PROFILES,
            "a run holds fewer than 2^30 profiles"
        );
        self.profile = profile;
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
    pub fn into_rows(self) -> Vec<KeyRow> {
        let row = |row: &PackedRow| KeyRow {
            detector: self.detector,
            key: row.key,
            profile: row.profile(),
            role: row.role(),
        };
        let mut rows: Vec<KeyRow> = self.rows.iter().map(row).collect();
        rows.sort_unstable();
        rows.dedup();
        rows
    }

    /// The rows as they came, with repetitions.
    pub(in crate::link) fn into_packed(self) -> Vec<PackedRow> {
        self.rows
    }

    fn push(&mut self, key: Key, role: Role) {
        self.rows.push(PackedRow {
            key,
            who: self.profile << 2 | role as u32,
        });
    }
}
