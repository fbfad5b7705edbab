//! Evidence to links: what a measured score is worth, and what all evidence between two applicants is worth together.
//!
//! Likelihood ratios are used as e-values (Vovk and Wang 2021): the mean inside a family, whatever the dependence; the
//! product across families. Tables are data with a version and a source (`corpora/calibration/`), not constants.

mod best_of;
mod calibration;
mod combine;
mod explained;
mod link;
mod rarity;
mod shipped;
mod tail;
mod weights;

pub use calibration::{Calibration, CalibrationError, TableRef, Weighed};
pub use combine::{Looked, PAIRED_GROUP, Pool, expected_groups, links};
pub use link::{Link, Related};
pub use weights::{Together, Weights};
