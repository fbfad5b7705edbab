//! A report against labels: how much of what is there was found, and who was flagged without cause.
//!
//! Labels say which applicants one hand prepared. Every two labelled applicants are a pair, of one hand or of two; the
//! report says how strongly each pair is linked and whom it groups. Pairs that the report itself calls one person who
//! applied more than once are left out of all measures: they are neither.
//!
//! Measures: precision, recall and F1 over pairs; B-cubed (Bagga and Baldwin 1998; for overlapping groups Amigó et al.
//! 2009); ROC AUC, average precision; Cllr and its part that calibration cannot mend, Cllr_min (Brümmer and du Preez 2006).
//! It measures a report, and does not tune anything.

mod bcubed;
mod counts;
mod flagged;
mod kinds;
mod labels;
mod likelihood;
mod outcome;
mod pairs;
mod ranking;
mod silence;
mod write;

#[cfg(test)]
mod tests;

pub use labels::{Label, LabelError, Labels};
pub use likelihood::LikelihoodCost;
pub use outcome::{Evaluation, evaluate};
pub use ranking::{Ranking, Shown, Step, Steps};
pub use write::write_human;
