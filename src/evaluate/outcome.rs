//! All measures of one report.

use crate::evaluate::bcubed::{BCubed, bcubed};
use crate::evaluate::counts::Counts;
use crate::evaluate::flagged::{Flagged, flagged};
use crate::evaluate::kinds::{KindRecall, recalls};
use crate::evaluate::labels::{LabelError, Labels};
use crate::evaluate::likelihood::LikelihoodCost;
use crate::evaluate::pairs::{Pair, Pool};
use crate::evaluate::ranking::{Ranking, Steps};
use crate::evaluate::silence::Silence;
use crate::model::{Family, Words};
use crate::report::Report;
use serde::Serialize;

/// What was compared.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Compared {
    /// Applicants with a label.
    pub applicants: u64,
    /// Applicants of the report without one; they count nowhere.
    pub unlabelled: u64,
    /// Pairs that the report calls one person who applied more than once; they count nowhere.
    pub repeated: u64,
    /// Pairs of one hand.
    pub same: u64,
    /// Pairs of two hands.
    pub different: u64,
    /// Of both, the ones without a link.
    pub without_link: u64,
}

/// Pairs that a strength would have found.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct AtStrength {
    /// Links of at least this strength that no relation explains count as found.
    pub at_least: Words,
    /// What that finds.
    #[serde(flatten)]
    pub counts: Counts,
}

/// A report against labels.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Evaluation {
    /// What was compared.
    pub compared: Compared,
    /// Pairs in a group.
    pub groups: Counts,
    /// B-cubed of the groups.
    pub bcubed: BCubed,
    /// Pairs by the strength of their link, weakest step first.
    pub links: Vec<AtStrength>,
    /// Order of all pairs by strength; pairs without a link stand last.
    pub ranking: Ranking,
    /// The same, with links that a relation explains placed beside the pairs without one, as the report treats them.
    pub ranking_unexplained: Ranking,
    /// Order of all pairs as the report shows them: what no relation explains first, then what one does by what it leaves; pairs
    /// of whom nothing is told by what silence weighs.
    pub ranking_shown: Ranking,
    /// Cost of the likelihood ratios over all pairs; absent where one sort of pairs is missing.
    pub likelihood: Option<LikelihoodCost>,
    /// The same over linked pairs alone.
    pub likelihood_of_links: Option<LikelihoodCost>,
    /// Recall of each kind, by links that no relation explains.
    pub kinds: Vec<KindRecall>,
    /// Pairs of two hands that were flagged.
    pub flagged: Vec<Flagged>,
}

/// Measures `report` against `labels`. `families` names the family of every detector that this version has.
///
/// # Errors
/// When a label names somebody whom the report does not know, or there are fewer than two labels.
pub fn evaluate(
    report: &Report,
    labels: &Labels,
    families: &[(&str, Family)],
) -> Result<Evaluation, LabelError> {
    let pool = Pool::new(report, labels, Silence::new(report, families))?;
    let ranked = Steps::new(pool.pairs().map(|p| (unexplained(&p), p.is_same)));
    let linked = pool.pairs().filter(|p| p.link.is_some());
    Ok(Evaluation {
        compared: compared(&pool),
        groups: counts(&pool, |p| p.is_grouped),
        bcubed: bcubed(&pool),
        links: Words::ALL[1..]
            .iter()
            .map(|w| at_strength(&pool, *w))
            .collect(),
        ranking: Steps::new(pool.pairs().map(|p| (strength(&p), p.is_same))).ranking(),
        ranking_unexplained: ranked.ranking(),
        ranking_shown: Steps::new(pool.pairs().map(|p| (p.shown().score(), p.is_same))).ranking(),
        likelihood: LikelihoodCost::of(&Steps::new(pool.pairs().map(|p| (p.log10_lr, p.is_same)))),
        likelihood_of_links: LikelihoodCost::of(&Steps::new(
            linked.map(|p| (p.log10_lr, p.is_same)),
        )),
        kinds: recalls(&pool, &ranked, unexplained),
        flagged: flagged(&pool, report),
    })
}

/// The strength of a link; pairs without one stand below all links.
fn strength(pair: &Pair<'_>) -> f64 {
    pair.link.map_or(f64::NEG_INFINITY, |l| l.log10_lr)
}

/// The strength of a link that no relation explains; all others stand below.
fn unexplained(pair: &Pair<'_>) -> f64 {
    let counts = pair.link.filter(|l| l.explained_by.is_empty());
    counts.map_or(f64::NEG_INFINITY, |l| l.log10_lr)
}

fn compared(pool: &Pool<'_>) -> Compared {
    let mut out = Compared {
        applicants: pool.people.len() as u64,
        unlabelled: pool.num_unlabelled as u64,
        repeated: pool.num_repeated(),
        same: 0,
        different: 0,
        without_link: 0,
    };
    for pair in pool.pairs() {
        match pair.is_same {
            true => out.same += 1,
            false => out.different += 1,
        }
        out.without_link += u64::from(pair.link.is_none());
    }
    out
}

fn counts(pool: &Pool<'_>, found: impl Fn(&Pair<'_>) -> bool) -> Counts {
    let (mut right, mut wrong, mut missed) = (0, 0, 0);
    for pair in pool.pairs() {
        match (found(&pair), pair.is_same) {
            (true, true) => right += 1,
            (true, false) => wrong += 1,
            (false, true) => missed += 1,
            (false, false) => {}
        }
    }
    Counts::new(right, wrong, missed)
}

fn at_strength(pool: &Pool<'_>, at_least: Words) -> AtStrength {
    let found = |p: &Pair<'_>| {
        p.link
            .is_some_and(|l| l.words >= at_least && l.explained_by.is_empty())
    };
    AtStrength {
        at_least,
        counts: counts(pool, found),
    }
}
