//! The extreme-value fit: an exponential law for what control pairs exceed a high score by, with bounds over resampled
//! applicants.

use samehand::model::mix;
use std::fmt::Write as _;

/// Control pairs that the tail is fitted to, at least where there are as many. A choice between too few to tell the scale
/// and so many that the law of the middle is fitted.
const EXCEEDING: usize = 40;
/// Fewer exceeding pairs than this tell no scale: then there is no tail.
const LEAST_EXCEEDING: usize = 20;
/// Resamples.
const RESAMPLES: usize = 2_000;

/// A fitted tail.
#[derive(Clone, Debug)]
pub struct Fit {
    /// Least score of the table, and the upper bound of the rate there.
    pub least: (f64, f64),
    /// Where the tail begins.
    pub from: f64,
    /// Upper bound of the share of control pairs at `from`.
    pub rate: f64,
    /// Observed share at `from`.
    pub rate_seen: f64,
    /// Mean excess over `from`.
    pub scale_seen: f64,
    /// Its upper bound.
    pub scale: f64,
    /// Shape of a generalised Pareto law by moments, with the 90 % range over resamples; 0 is exponential.
    pub shape: (f64, f64, f64),
    /// Control pairs that exceed `from`.
    pub exceeding: usize,
    /// Control scores, descending.
    pub controls: Vec<f64>,
    pairs: f64,
}

impl Fit {
    /// Fits control scores (text, text, score) of `num` texts; `least` is the least score that is told.
    pub fn new(scores: &[(u32, u32, f64)], num: usize, least: f64) -> Self {
        let mut sorted: Vec<_> = scores.iter().filter(|s| s.2 >= least).copied().collect();
        sorted.sort_by(|a, b| b.2.total_cmp(&a.2));
        let pairs = (num * (num - 1) / 2) as f64;
        let from = sorted
            .get(EXCEEDING.min(sorted.len()).saturating_sub(1))
            .map_or(least, |s| (s.2 * 10.0).floor() / 10.0);
        let over: Vec<_> = sorted.iter().filter(|s| s.2 >= from).copied().collect();
        let ones = vec![1.0; num];
        let (scale_seen, shape) = moments(&over, from, &ones);
        let resampled = resamples(num);
        let mut scales: Vec<f64> = resampled
            .iter()
            .map(|w| moments(&over, from, w).0)
            .collect();
        let mut shapes: Vec<f64> = resampled
            .iter()
            .map(|w| moments(&over, from, w).1)
            .collect();
        scales.sort_by(f64::total_cmp);
        shapes.sort_by(f64::total_cmp);
        let at = |list: &[f64], q: f64| list[((list.len() - 1) as f64 * q) as usize];
        // Of independent pairs: 2kx/scale is chi-squared with 2k degrees of freedom (Wilson and Hilferty 1931).
        let k = over.len() as f64;
        let chi = 1.0 - 1.0 / (9.0 * k) - 1.645 / (3.0 * k.sqrt());
        Self {
            least: (least, upper(&sorted, &resampled) / pairs),
            from,
            rate: upper(&over, &resampled) / pairs,
            rate_seen: k / pairs,
            scale_seen,
            scale: at(&scales, 0.95).max(scale_seen / chi.powi(3)),
            shape: (shape, at(&shapes, 0.05), at(&shapes, 0.95)),
            exceeding: over.len(),
            controls: sorted.iter().map(|s| s.2).collect(),
            pairs,
        }
    }

    /// Whether there are enough control pairs for a tail.
    pub fn has_tail(&self) -> bool {
        self.exceeding >= LEAST_EXCEEDING
    }

    /// Upper bound of the rate at a score in the tail.
    pub fn bound(&self, score: f64) -> f64 {
        self.rate * (-(score - self.from) / self.scale).exp()
    }

    /// The fit, its quantiles, and how it predicts the other half.
    pub fn describe(
        &self,
        check: &[(u32, u32, f64)],
        num: usize,
        out: &mut String,
    ) -> std::fmt::Result {
        let pairs = (num * (num - 1) / 2) as f64;
        if !self.has_tail() {
            let seen: Vec<String> = self.controls.iter().map(|s| format!("{s:.0}")).collect();
            let there = check.iter().filter(|c| c.2 >= self.least.0).count();
            return writeln!(
                out,
                "{} control pairs reach the least score of {} (upper bound of the share {:.2e}), with scores of {}; of the report \
                 half {there}. Too few for a tail: nothing is said beyond this rate.\n",
                self.controls.len(),
                self.least.0,
                self.least.1,
                seen.join(", ")
            );
        }
        writeln!(
            out,
            "{} control pairs reach the least score of {}; the tail is fitted to the {} from {:.1} on: mean excess {:.1} \
            (upper bound {:.1}), share {:.2e} (upper bound {:.2e}). Shape of a generalised Pareto law by moments: {:.2} (90 % of \
            the resamples: {:.2} to {:.2}); 0 is exponential.\n",
            self.controls.len(),
            self.least.0,
            self.exceeding,
            self.from,
            self.scale_seen,
            self.scale,
            self.rate_seen,
            self.rate,
            self.shape.0,
            self.shape.1,
            self.shape.2
        )?;
        writeln!(
            out,
            "| k-th highest of the fit | score seen | score expected by the fit |\n|---|---|---|"
        )?;
        for k in [1, 2, 3, 5, 10, 20, 40] {
            if let Some(seen) = self.controls.get(k - 1).filter(|_| k <= self.exceeding) {
                let share = (k as f64 - 0.5) / self.exceeding as f64;
                writeln!(
                    out,
                    "| {k} | {seen:.1} | {:.1} |",
                    self.from - self.scale_seen * share.ln()
                )?;
            }
        }
        writeln!(
            out,
            "\n| score | pairs of the report half | expected by the fit | upper bound |\n|---|---|---|---|"
        )?;
        let mut score = self.from;
        for _ in 0..7 {
            let seen = check.iter().filter(|c| c.2 >= score).count();
            let expected = self.rate_seen * (-(score - self.from) / self.scale_seen).exp() * pairs;
            writeln!(
                out,
                "| {score:.0} | {seen} | {expected:.1} | {:.1} |",
                self.bound(score) * pairs
            )?;
            score += self.scale_seen.max(1.0);
        }
        let _ = self.pairs;
        writeln!(out)
    }
}

/// Mean excess and shape by moments, texts weighted.
fn moments(over: &[(u32, u32, f64)], from: f64, weight: &[f64]) -> (f64, f64) {
    let (mut all, mut sum, mut squares) = (0.0, 0.0, 0.0);
    for &(a, b, score) in over {
        let w = weight[a as usize] * weight[b as usize];
        all += w;
        sum += w * (score - from);
        squares += w * (score - from).powi(2);
    }
    if all == 0.0 {
        return (0.0, 0.0);
    }
    let mean = sum / all;
    let variance = (squares / all - mean * mean).max(1e-9);
    (mean, 0.5 * (1.0 - mean * mean / variance))
}

/// How often each text stands in each resample.
fn resamples(num: usize) -> Vec<Vec<f64>> {
    let mut state = 7u64;
    (0..RESAMPLES)
        .map(|_| {
            let mut weight = vec![0f64; num];
            for _ in 0..num {
                state = mix(state.wrapping_add(0x9E37_79B9_7F4A_7C15));
                weight[(state % num as u64) as usize] += 1.0;
            }
            weight
        })
        .collect()
}

/// Upper 95 % bound of a number of pairs: the larger of the Poisson bound and the 95th percentile over resamples of the
/// applicants (a person who stands in many makes the number less certain than as many independent pairs would).
fn upper(hits: &[(u32, u32, f64)], resamples: &[Vec<f64>]) -> f64 {
    let k = hits.len() as f64;
    let poisson =
        (k + 1.0) * (1.0 - 1.0 / (9.0 * (k + 1.0)) + 1.645 / (3.0 * (k + 1.0).sqrt())).powi(3);
    let mut totals: Vec<f64> = resamples
        .iter()
        .map(|w| hits.iter().map(|h| w[h.0 as usize] * w[h.1 as usize]).sum())
        .collect();
    totals.sort_by(f64::total_cmp);
    poisson.max(totals[totals.len() * 95 / 100])
}
