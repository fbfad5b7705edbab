//! An observation about one applicant: a base rate and a question, never a likelihood ratio, never part of a link.

use crate::model::evidence::stable_id;
use crate::model::{ApplicantId, Card, Exhibit, Explanation, Observations};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How many ordinary applicants show a thing.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BaseRate {
    /// Share of ordinary applicants, 0 to 1.
    pub rate: f64,
    /// Lower end of the 95 % interval.
    pub low: f64,
    /// Upper end of the 95 % interval.
    pub high: f64,
    /// Number of ordinary applicants it was measured on.
    pub n: u32,
}

/// An observation about one applicant.
#[derive(Clone, Debug)]
pub struct Finding {
    /// Stable over re-scans, as for evidence.
    pub id: String,
    /// The card of the detector.
    pub card: &'static Card,
    /// Whom it is about.
    pub subject: ApplicantId,
    /// How many ordinary applicants show it.
    pub base_rate: BaseRate,
    /// Number of observations it rests on, such as commits.
    pub sample: u32,
    /// The two propositions it compares.
    pub propositions: [&'static str; 2],
    /// One sentence.
    pub explanation: Explanation,
    /// The values, each with its source.
    pub observations: Observations,
    /// What the report draws.
    pub exhibits: Vec<Exhibit>,
}

/// The parts of a finding that differ from case to case.
pub struct FindingParts {
    /// How many ordinary applicants show it.
    pub base_rate: BaseRate,
    /// Number of observations it rests on.
    pub sample: u32,
    /// The two propositions it compares.
    pub propositions: [&'static str; 2],
    /// One sentence.
    pub explanation: Explanation,
    /// The values, each with its source.
    pub observations: Observations,
    /// What the report draws.
    pub exhibits: Vec<Exhibit>,
}

impl Finding {
    /// The only way to make a finding.
    pub fn new(card: &'static Card, subject: &ApplicantId, parts: FindingParts) -> Self {
        let FindingParts {
            base_rate,
            sample,
            propositions,
            explanation,
            observations,
            exhibits,
        } = parts;
        let id = stable_id(card.id, observations.as_slice());
        Self {
            id,
            card,
            subject: subject.clone(),
            base_rate,
            sample,
            propositions,
            explanation,
            observations,
            exhibits,
        }
    }
}
