//! All evidence between two applicants, weighed together.

use crate::model::{ApplicantId, Family, Relation};
use std::collections::BTreeMap;

/// A link between two applicants.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The first applicant; `a < b`.
    pub a: ApplicantId,
    /// The second applicant.
    pub b: ApplicantId,
    /// Base-10 logarithm of the likelihood ratio for one hand against unrelated people, silent detectors included.
    pub log10_lr: f64,
    /// How many pairs of unrelated people would look at least this strong among the comparisons made.
    pub expected_by_chance: f64,
    /// What each family contributes to `log10_lr`.
    pub families: BTreeMap<Family, f64>,
    /// Detectors that looked at both and found nothing.
    pub silent: Vec<&'static str>,
    /// Detectors that had too little of one or both.
    pub too_little: Vec<&'static str>,
    /// Relations each of which alone explains the whole of the evidence.
    pub explained_by: Vec<Relation>,
    /// Ids of the evidence, strongest first.
    pub evidence: Vec<String>,
}
