//! Precision, recall and F1 over pairs.

use serde::Serialize;

/// What was found, what was found wrongly, and what was missed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Counts {
    /// Pairs of one hand that were found.
    pub found: u64,
    /// Pairs of two hands that were.
    pub wrong: u64,
    /// Pairs of one hand that were not found.
    pub missed: u64,
    /// found / (found + wrong); absent where nothing was.
    pub precision: Option<f64>,
    /// found / (found + missed); absent where there is nothing to find.
    pub recall: Option<f64>,
    /// Harmonic mean of both.
    pub f1: Option<f64>,
}

impl Counts {
    /// From the three counts.
    pub(in crate::evaluate) fn new(found: u64, wrong: u64, missed: u64) -> Self {
        let share =
            |part: u64, rest: u64| (part + rest > 0).then(|| part as f64 / (part + rest) as f64);
        let whole = 2 * found + wrong + missed;
        Self {
            found,
            wrong,
            missed,
            precision: share(found, wrong),
            recall: share(found, missed),
            f1: (whole > 0).then(|| 2.0 * found as f64 / whole as f64),
        }
    }
}
