//! Whether likelihood ratios mean what they say: Cllr (Brümmer and du Preez 2006, "Application-independent evaluation of
//! speaker detection"). 0 is perfect, 1 is a system that says nothing, above 1 misleads.
//!
//! Cllr_min is what is left after the best monotone re-scaling of the scores, found by pooling adjacent violators (Ayer et
//! al. 1955): the loss that no calibration can mend. Each sort of pairs counts as a whole, so the figures do not depend on
//! how many pairs of two hands there are.

use crate::evaluate::ranking::{Step, Steps};
use serde::Serialize;

/// The cost of likelihood ratios, in bits.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct LikelihoodCost {
    /// Cost as the report tells them.
    pub cllr: f64,
    /// Cost after the best re-scaling.
    pub cllr_min: f64,
}

impl LikelihoodCost {
    /// Of scores that are base-10 logarithms of likelihood ratios; nothing where one sort of pairs is missing.
    pub fn of(steps: &Steps) -> Option<Self> {
        let (same, different) = steps.totals();
        if same == 0 || different == 0 {
            return None;
        }
        let ln = steps
            .0
            .iter()
            .map(|s| (s.score * std::f64::consts::LN_10, *s));
        let best = pooled(steps).into_iter().map(|block| {
            let odds =
                block.same as f64 / same as f64 / (block.different as f64 / different as f64);
            (odds.ln(), block)
        });
        Some(Self {
            cllr: cost(ln, same, different),
            cllr_min: cost(best, same, different),
        })
    }
}

/// Half the mean over pairs of one hand of log2(1 + 1/LR), and half that over pairs of two of log2(1 + LR).
fn cost(steps: impl Iterator<Item = (f64, Step)>, same: u64, different: u64) -> f64 {
    let (mut of_same, mut of_different) = (0.0, 0.0);
    for (ln_lr, step) in steps {
        // Nobody of a sort costs nothing, also where the other sort's ratio is infinite.
        if step.same > 0 {
            of_same += step.same as f64 * softplus(-ln_lr);
        }
        if step.different > 0 {
            of_different += step.different as f64 * softplus(ln_lr);
        }
    }
    (of_same / same as f64 + of_different / different as f64) / (2.0 * std::f64::consts::LN_2)
}

/// ln(1 + e^x) without overflow.
fn softplus(x: f64) -> f64 {
    x.max(0.0) + (-x.abs()).exp().ln_1p()
}

/// Blocks whose share of pairs of one hand falls from the highest score to the lowest.
fn pooled(steps: &Steps) -> Vec<Step> {
    let mut blocks: Vec<Step> = Vec::new();
    for step in &steps.0 {
        let mut block = *step;
        // share(last) <= share(block), multiplied out.
        while let Some(last) = blocks.last().filter(|last| {
            u128::from(last.same) * u128::from(block.same + block.different)
                <= u128::from(block.same) * u128::from(last.same + last.different)
        }) {
            block.same += last.same;
            block.different += last.different;
            blocks.pop();
        }
        blocks.push(block);
    }
    blocks
}
