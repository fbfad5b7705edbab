//! B-cubed precision and recall (Bagga and Baldwin 1998), for groups that may overlap as Amigó et al. 2009 extend it ("A
//! comparison of extrinsic clustering evaluation metrics based on formal constraints", section 5).
//!
//! Each applicant asks: of those who stand with me, how many share my hand (precision); of those who share my hand, how many
//! stand with me (recall); oneself included. Whoever stands in no group stands alone. The mean over applicants is the
//! figure, so a hand of sixty does not drown thirty hands of two.

use crate::evaluate::pairs::Pool;
use serde::Serialize;

/// B-cubed figures, each 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct BCubed {
    /// Mean share of one's companions who share one's hand.
    pub precision: f64,
    /// Mean share of one's hand who are one's companions.
    pub recall: f64,
    /// Harmonic mean of both.
    pub f1: f64,
}

/// The groups of `pool` against its hands.
pub(in crate::evaluate) fn bcubed(pool: &Pool<'_>) -> BCubed {
    let num = pool.people.len();
    let (mut precision, mut recall) = (0.0, 0.0);
    for a in 0..num {
        let (mut right, mut companions, mut reached, mut hand) = (0.0, 0.0, 0.0, 0.0);
        for b in 0..num {
            if a != b && pool.is_repeated(a, b) {
                continue;
            }
            // Alone in a group of one's own.
            let alone = a == b && pool.clusters_of[a].is_empty();
            let together = pool.num_shared(a, b) + usize::from(alone);
            let same = usize::from(pool.is_same(a, b));
            let both = together.min(same) as f64;
            if together > 0 {
                companions += 1.0;
                right += both / together as f64;
            }
            if same > 0 {
                hand += 1.0;
                reached += both;
            }
        }
        precision += right / companions;
        recall += reached / hand;
    }
    let (precision, recall) = (precision / num as f64, recall / num as f64);
    BCubed {
        precision,
        recall,
        f1: 2.0 * precision * recall / (precision + recall),
    }
}
