//! Combination.
use crate::model::{ApplicantId, LookState};
use std::collections::BTreeMap;
/// States of the detectors for each applicant.
pub type Looked = BTreeMap<ApplicantId, BTreeMap<&'static str, LookState>>;
/// Links.
pub fn links() {}
