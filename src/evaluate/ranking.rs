//! Scores from the highest to the lowest, with how many pairs of each sort have them: all that ranking measures need, and
//! small where millions of pairs share the weight of silence.

use serde::Serialize;

/// Pairs with one score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// The score.
    pub score: f64,
    /// Pairs of one hand.
    pub same: u64,
    /// Pairs of two hands.
    pub different: u64,
}

/// What the report shows of two applicants, for the order in which it does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shown {
    /// Whether a group holds both.
    pub is_grouped: bool,
    /// Whether it tells anything of both: a link, or what many share.
    pub is_told: bool,
    /// Whether all of that is told once for many, and stands in no link.
    pub is_of_many: bool,
    /// Whether an ordinary relation is named for all of it.
    pub is_named: bool,
    /// What such a relation leaves ([`beyond_relation`](crate::report::LinkEntry::beyond_relation)), base-10 logarithm.
    pub beyond_relation: f64,
    /// Strength against unrelated people, base-10 logarithm.
    pub log10_lr: f64,
}

impl Shown {
    /// A score in the order of the report: groups and links that no relation explains, by strength; what many share, by
    /// strength; links that a relation explains, by what it leaves and then by strength; nothing told, by what silence weighs.
    pub fn score(&self) -> f64 {
        /// Beyond any strength.
        const CLASS: f64 = 1e5;
        match self.is_told && self.log10_lr > 0.0 {
            _ if self.is_grouped => self.log10_lr + 2.0 * CLASS,
            true if self.is_named && self.is_of_many => self.log10_lr + 1.5 * CLASS,
            true if self.is_named => self.log10_lr + CLASS + 100.0 * self.beyond_relation,
            true => self.log10_lr + 2.0 * CLASS,
            false => self.log10_lr,
        }
    }
}

/// Steps, highest score first, each score once.
#[derive(Clone, Debug, Default)]
pub struct Steps(pub Vec<Step>);

/// How well scores order the pairs.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Ranking {
    /// Share of (one hand, two hands) couples of pairs that stand in the right order, ties half: area under the ROC curve.
    pub auc: Option<f64>,
    /// Average precision, ties as one block.
    pub average_precision: Option<f64>,
}

impl Steps {
    /// Collects (score, one hand?) of pairs.
    pub fn new(pairs: impl Iterator<Item = (f64, bool)>) -> Self {
        Self::counted(pairs.map(|(score, is_same)| (score, is_same.into(), (!is_same).into())))
    }

    /// Collects (score, how many pairs of one hand have it, how many of two).
    pub fn counted(scores: impl Iterator<Item = (f64, u64, u64)>) -> Self {
        // A float that is ordered like its bits: equal scores meet without comparing each with each.
        let mut counts: std::collections::HashMap<u64, (u64, u64)> =
            std::collections::HashMap::new();
        for (score, same, different) in scores {
            // -0.0 and 0.0 are one score.
            let count = counts.entry((score + 0.0).to_bits()).or_default();
            count.0 += same;
            count.1 += different;
        }
        let step = |(bits, (same, different))| Step {
            score: f64::from_bits(bits),
            same,
            different,
        };
        let mut steps: Vec<Step> = counts.into_iter().map(step).collect();
        steps.sort_by(|a, b| b.score.total_cmp(&a.score));
        Self(steps)
    }

    /// Pairs of one hand, and of two.
    pub fn totals(&self) -> (u64, u64) {
        let add = |(s, d): (u64, u64), step: &Step| (s + step.same, d + step.different);
        self.0.iter().fold((0, 0), add)
    }

    /// How well the scores order the pairs; nothing to say where one sort is missing.
    pub fn ranking(&self) -> Ranking {
        let (same, different) = self.totals();
        if same == 0 || different == 0 {
            return Ranking {
                auc: None,
                average_precision: None,
            };
        }
        let (mut above_same, mut above_different) = (0, 0);
        let (mut auc, mut ap) = (0.0, 0.0);
        for step in &self.0 {
            // Each pair of two hands stands below the pairs of one hand above it, and level with those beside it.
            auc += step.different as f64 * (above_same as f64 + step.same as f64 / 2.0);
            above_same += step.same;
            above_different += step.different;
            let precision = above_same as f64 / (above_same + above_different) as f64;
            ap += step.same as f64 / same as f64 * precision;
        }
        Ranking {
            auc: Some(auc / (same as f64 * different as f64)),
            average_precision: Some(ap),
        }
    }

    /// The share of errors at the score where as many pairs of one hand fall below as of two hands reach it.
    pub fn equal_error_rate(&self) -> Option<f64> {
        let (same, different) = self.totals();
        if same == 0 || different == 0 {
            return None;
        }
        let (mut missed, mut wrong) = (1.0, 0.0);
        for step in &self.0 {
            let before = (missed, wrong);
            missed -= step.same as f64 / same as f64;
            wrong += step.different as f64 / different as f64;
            if wrong >= missed {
                // Where the two lines cross between the steps.
                let (fall, rise) = (before.0 - missed, wrong - before.1);
                let part = (before.0 - before.1) / (fall + rise);
                return Some(before.1 + part * rise);
            }
        }
        Some(wrong)
    }

    /// The highest score that more than `budget` pairs of two hands reach: whatever lies above it stays in the budget.
    /// Minus infinity where all of them fit.
    pub fn bound(&self, budget: u64) -> f64 {
        let mut different = 0;
        for step in &self.0 {
            different += step.different;
            if different > budget {
                return step.score;
            }
        }
        f64::NEG_INFINITY
    }
}
