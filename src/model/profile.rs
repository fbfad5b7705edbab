//! Everything extracted about one applicant.

use crate::model::{
    ApplicantId, CareerStep, ClaimedZones, CodeUnit, Document, History, Identifier, Leftover,
    NameKey, Owner, RepositoryTraces, SkillList, SourceInfo,
};
use serde::{Deserialize, Serialize};

/// Version of the profile's shape and of what fills it; profiles of different versions are never compared.
pub const PROFILE_VERSION: u32 = 8;

/// One applicant, ready to compare: plain, serialisable, independent of who else applied.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Profile {
    /// [`PROFILE_VERSION`] of the program that made it.
    pub version: u32,
    /// Whose it is.
    pub applicant: ApplicantId,
    /// Opaque key of the claimed name, if one is claimed or stands at the head of a document.
    pub name: Option<NameKey>,
    /// Zones that the claimed place or zone allows.
    pub zones: ClaimedZones,
    /// Identifiers in claims, documents and links; sorted by kind, value, role, source.
    pub identifiers: Vec<Identifier>,
    /// Names and contacts in what files keep beside their visible text; sorted.
    pub leftovers: Vec<Leftover>,
    /// Documents that were read, sorted by path.
    pub documents: Vec<Document>,
    /// Steps of the career that each document states, same order; sorted by date.
    pub careers: Vec<Vec<CareerStep>>,
    /// Lists of skills of each document, same order.
    pub skills: Vec<Vec<SkillList>>,
    /// Histories that were read, sorted by path.
    pub histories: Vec<History>,
    /// The owner closure of each history, same order.
    pub owners: Vec<Owner>,
    /// Files at the tips of each history and some earlier versions of them, same order.
    pub code: Vec<Vec<CodeUnit>>,
    /// What the contents of those files gave, same order.
    pub repositories: Vec<RepositoryTraces>,
    /// Every source handed in, read or not, sorted by path.
    pub sources: Vec<SourceInfo>,
}

impl Profile {
    /// A profile without any material: what an applicant has of whom nothing could be read.
    pub fn empty(applicant: ApplicantId) -> Self {
        Self {
            version: PROFILE_VERSION,
            applicant,
            name: None,
            zones: ClaimedZones::default(),
            identifiers: Vec::new(),
            leftovers: Vec::new(),
            documents: Vec::new(),
            careers: Vec::new(),
            skills: Vec::new(),
            histories: Vec::new(),
            owners: Vec::new(),
            code: Vec::new(),
            repositories: Vec::new(),
            sources: Vec::new(),
        }
    }
}
