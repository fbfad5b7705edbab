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
    /// The same against people of the ordinary relation that explains most of it; nothing where none is named or measured.
    pub against_related: Option<Related>,
    /// What each family contributes to `log10_lr`; joined families count once, under the stronger.
    pub families: BTreeMap<Family, f64>,
    /// Detectors that looked at both and found nothing.
    pub silent: Vec<&'static str>,
    /// Detectors that had too little of one or both.
    pub too_little: Vec<&'static str>,
    /// Relations that explain the evidence, but for what could not carry the link alone.
    pub explained_by: Vec<Relation>,
    /// Ids of the evidence, strongest first.
    pub evidence: Vec<String>,
}

/// Strength against people who are related in an ordinary way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Related {
    /// The relation.
    pub relation: Relation,
    /// Base-10 logarithm of the likelihood ratio for one hand against people so related; nothing where no rate was
    /// measured for the relation.
    pub log10_lr: Option<f64>,
}
