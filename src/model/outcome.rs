//! What a detector may say of a profile or a candidate.

use crate::model::{ApplicantId, Evidence, Fact, Finding};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One outcome. Saying nothing means "looked and found nothing".
#[derive(Clone, Debug)]
pub enum Outcome {
    /// Something about two or more applicants.
    Evidence(Box<Evidence>),
    /// Something about one applicant.
    Finding(Box<Finding>),
    /// Something shared that says nothing, and why it was set aside.
    SetAside(SetAside),
    /// Not enough material to speak.
    TooLittle {
        /// How much there is.
        have: u32,
        /// How much is needed, in the same unit.
        need: u32,
    },
    /// The material cannot answer (no document, no claimed place, a clock that says nothing).
    CouldNotLook {
        /// Why, in words.
        why: &'static str,
    },
}

/// Something that was noticed and ignored on purpose; the report says so.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SetAside {
    /// The detector that set it aside.
    pub detector: &'static str,
    /// Whom it is about, sorted.
    pub subjects: Vec<ApplicantId>,
    /// What was set aside.
    pub what: Fact,
    /// Why, in words.
    pub why: &'static str,
}

/// Whether a detector looked at an applicant, and with what result.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum LookState {
    /// It reported evidence or a finding.
    Found,
    /// It looked and found nothing.
    Nothing,
    /// There was too little data.
    TooLittle,
    /// It could not look.
    CouldNot,
}
