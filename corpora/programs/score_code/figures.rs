//! How well scores tell copies from other pairs.

use std::fmt;

/// The figures of one group of pairs.
pub struct Figures {
    num: usize,
    num_copies: usize,
    auc: f64,
    average_precision: f64,
    equal_error: f64,
    recall: [f64; 2],
}

impl Figures {
    /// Figures of (score, is a copy).
    pub fn new(mut scored: Vec<(f64, bool)>) -> Self {
        scored.sort_by(|a, b| b.0.total_cmp(&a.0));
        let copies = scored.iter().filter(|s| s.1).count();
        let (p, n) = (copies as f64, (scored.len() - copies) as f64);
        let (mut hits, mut false_hits) = (0.0, 0.0);
        let (mut auc, mut precision, mut equal) = (0.0, 0.0, (f64::INFINITY, 0.0));
        let mut recall = [0.0; 2];
        // Pairs of one score are taken together: their order means nothing.
        for tie in scored.chunk_by(|a, b| a.0 == b.0) {
            let right = tie.iter().filter(|s| s.1).count() as f64;
            let wrong = tie.len() as f64 - right;
            auc += wrong * (hits + right / 2.0);
            (hits, false_hits) = (hits + right, false_hits + wrong);
            precision += right * hits / (hits + false_hits);
            let (miss, alarm) = (1.0 - hits / p, false_hits / n);
            if (miss - alarm).abs() < equal.0 {
                equal = ((miss - alarm).abs(), (miss + alarm) / 2.0);
            }
            for (recall, rate) in recall.iter_mut().zip([0.001, 0.01]) {
                if alarm <= rate {
                    *recall = hits / p;
                }
            }
        }
        Self {
            num: scored.len(),
            num_copies: copies,
            auc: auc / (p * n),
            average_precision: precision / p,
            equal_error: equal.1,
            recall,
        }
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [at_0_1, at_1] = self.recall;
        write!(
            f,
            "{}\t{}\t{:.4}\t{:.4}\t{:.4}\t{at_0_1:.4}\t{at_1:.4}",
            self.num, self.num_copies, self.auc, self.average_precision, self.equal_error
        )
    }
}
