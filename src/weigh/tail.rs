//! The tail of a calibration table: an extreme-value fit that carries a score past the pairs that were measured.
//!
//! Scores of local alignment between unrelated texts fall off exponentially (Karlin and Altschul 1990); the excess over a
//! high threshold of any law of that kind is exponential in the limit (Pickands 1975, shape 0). From `from` on the rate of
//! unrelated pairs is therefore at most `rate * exp(-(score - from) / scale)`, where `rate` and `scale` are upper 95 %
//! bounds over resampled applicants. The fit is not believed without end: below `limit` no rate is stated.
//!
//! The likelihood ratio is kappa · rate^(kappa − 1), a calibrator from p-values to e-values (Vovk and Wang 2021): whatever
//! the score of an unrelated pair, its mean is at most 1, which hit_rate / rate would not be over a continuous range.
//!
//! What it does not do: say that the fit holds where nobody has looked. `docs/text.md` shows how it was checked.

use serde::Deserialize;

/// An exponential tail.
#[derive(Clone, Debug, Deserialize)]
pub(in crate::weigh) struct Tail {
    /// The score at which it begins.
    pub from: f64,
    /// Upper bound of the share of unrelated pairs that reach `from`.
    pub rate: f64,
    /// Score for which the rate falls by a factor e, upper bound.
    pub scale: f64,
    /// The lowest rate it may state.
    pub limit: f64,
    /// The calibrator's exponent, above 0 and at most the table's hit rate.
    pub kappa: f64,
}

impl Tail {
    /// Strength (log10) and rate at a score; `None` before it begins.
    pub fn weigh(&self, score: f64) -> Option<(f64, f64)> {
        if score < self.from {
            return None;
        }
        let rate = self.rate * (-(score - self.from) / self.scale).exp();
        let rate = rate.max(self.limit);
        Some((self.log10_lr(rate), rate))
    }

    /// The rate from which on it gives at least this strength; `None` where it never does.
    pub fn reaches(&self, log10_lr: f64) -> Option<f64> {
        // log10_lr = log10(kappa) + (kappa - 1) * log10(rate), solved for the rate.
        let rate = 10f64.powf((log10_lr - self.kappa.log10()) / (self.kappa - 1.0));
        (rate >= self.limit).then_some(rate.min(self.rate))
    }

    fn log10_lr(&self, rate: f64) -> f64 {
        self.kappa.log10() + (self.kappa - 1.0) * rate.log10()
    }

    /// The mean of the likelihood ratio over unrelated pairs that it uses up, at the rates it states: rate^kappa.
    pub fn spent(&self) -> f64 {
        self.rate.powf(self.kappa)
    }

    /// What is wrong with it, if anything; `last` is the score and rate of the last point before it.
    pub fn check(&self, last: Option<(f64, f64)>, hit_rate: f64) -> Result<(), String> {
        let is_share = |x: f64| x > 0.0 && x < 1.0;
        if !(is_share(self.rate) && is_share(self.limit) && self.limit <= self.rate) {
            return Err("the tail's rates are no shares".into());
        }
        if !(self.scale > 0.0 && self.scale.is_finite() && self.from.is_finite()) {
            return Err("the tail does not fall".into());
        }
        if last.is_some_and(|(score, rate)| self.from < score || self.rate > rate) {
            return Err("the tail begins before the last point or above its rate".into());
        }
        // kappa * rate^kappa grows with the rate: where it begins it is nearest to what the rate allows.
        if !(self.kappa > 0.0 && self.kappa * self.spent() <= hit_rate) {
            return Err("the tail promises more than hit_rate / rate".into());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TAIL: Tail = Tail {
        from: 20.0,
        rate: 2e-4,
        scale: 20.0,
        limit: 1e-10,
        kappa: 0.1,
    };

    #[test]
    fn the_mean_over_unrelated_pairs_is_what_it_says() {
        // Scores of unrelated pairs with exactly the stated tail, by quantiles.
        let n = 200_000;
        let mean: f64 = (0..n)
            .map(|i| {
                let share = (f64::from(i) + 0.5) / f64::from(n);
                let score = TAIL.from - TAIL.scale * share.ln();
                let (log10_lr, _) = TAIL.weigh(score).unwrap();
                10f64.powf(log10_lr)
            })
            .sum::<f64>()
            * TAIL.rate
            / f64::from(n);
        assert!(mean <= TAIL.spent() && mean > 0.5 * TAIL.spent(), "{mean}");
    }

    #[test]
    fn what_reaches_a_strength_has_it() {
        for rate in [1e-4, 1e-6, 1e-9] {
            let strength = TAIL.log10_lr(rate);
            let back = TAIL.reaches(strength).unwrap();
            assert!((back / rate - 1.0).abs() < 1e-6, "{back} is not {rate}");
        }
        assert_eq!(TAIL.reaches(0.1), Some(TAIL.rate));
        assert_eq!(TAIL.reaches(30.0), None);
    }

    #[test]
    fn it_never_exceeds_what_its_rate_allows() {
        TAIL.check(Some((15.0, 3e-4)), 0.3).unwrap();
        for score in [20.0, 60.0, 200.0, 400.0, 1e6] {
            let (log10_lr, rate) = TAIL.weigh(score).unwrap();
            assert!(rate >= TAIL.limit && log10_lr < (0.3 / rate).log10());
        }
        let bold = Tail { kappa: 0.9, ..TAIL };
        assert!(bold.check(None, 0.0001).is_err());
        assert!(Tail { scale: 0.0, ..TAIL }.check(None, 0.3).is_err());
        assert!(TAIL.check(Some((15.0, 1e-4)), 0.3).is_err());
    }
}
