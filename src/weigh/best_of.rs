//! Strength of the best of several comparisons.
//!
//! With `k` documents against `m` the detector reports the best of `k·m` comparisons. By the union bound unrelated people
//! reach a score at most `k·m` times as often as in one comparison; the likelihood ratio loses the same factor, which
//! keeps its mean over unrelated pairs at or below 1.

use crate::weigh::Weighed;

impl Weighed {
    /// What the measure is worth as the best of `num` comparisons (0 counts as 1).
    pub fn best_of(mut self, num: u32) -> Self {
        let num = f64::from(num.max(1));
        self.rate = (self.rate * num).min(1.0);
        if self.log10_lr > 0.0 {
            self.log10_lr = (self.log10_lr - num.log10()).max(0.0);
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_comparisons_weigh_less_and_never_against() {
        let one = Weighed {
            log10_lr: 1.5,
            rate: 0.01,
            calibrated: None,
        };
        let ten = one.clone().best_of(10);
        assert!((ten.log10_lr - 0.5).abs() < 1e-12 && (ten.rate - 0.1).abs() < 1e-12);
        let many = one.clone().best_of(1000);
        assert_eq!((many.log10_lr, many.rate), (0.0, 1.0));
        assert_eq!(one.clone().best_of(1), one);
    }
}
