//! How what the families say is put together: data with a version and a source (`corpora/calibration/weights.json`).
//!
//! - Inside a family: the mean of the e-values of the detectors that looked, silent ones included; valid under any dependence.
//! - Families that read the same thing are *joined*: their mean counts once. A copied repository shows in its history and in
//!   its code, and is one copy.
//! - Across groups of families: the product, each raised to a weight of at most 1. A power of an e-value of at most 1 is an
//!   e-value (Jensen), so a weight only ever takes away.
//! - What silence weighs is bounded by the measured share of misses; where nothing at all was found, by the share of misses of
//!   all families together.
//! - Against an ordinary relation: for what that relation does not explain, shares among pairs of people so related.
//! - Beyond ordinary relations: how strong what none explains must be, so that nobody reached it who had one or two of them.
//!
//! Fitted by `corpora/programs/fit_weights` on invented worlds and reported on others (docs/weighing.md).

use crate::model::{Digest, Family, Relation};
use crate::weigh::calibration::SILENCE_FLOOR;
use crate::weigh::{Calibration, CalibrationError};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// The shipped weights.
const SHIPPED: &str = include_str!("../../corpora/calibration/weights.json");

/// Weights of families, shares of misses, and shares under ordinary relations.
#[derive(Debug, Deserialize)]
pub struct Weights {
    name: String,
    version: String,
    /// What they were fitted on.
    pub corpus: String,
    groups: Vec<Group>,
    /// Detector → share of one hand's pairs about which it is silent, over that of other pairs.
    misses: BTreeMap<String, f64>,
    /// What it weighs that nothing at all was found, by the families that looked.
    #[serde(default)]
    nothing: Vec<Nothing>,
    /// Relation → strength by what the relation leaves unexplained, lowest score first.
    relations: BTreeMap<Relation, Vec<Point>>,
    /// The least strength of what no relation explains for a link to be more than ordinary, base-10 logarithm.
    #[serde(default = "moderate")]
    pub unexplained: f64,
}

/// Families that count once.
#[derive(Debug, Deserialize)]
struct Group {
    families: Vec<Family>,
    weight: f64,
    /// Of other people's pairs that show one of the families, at most this share shows a second one too.
    #[serde(default = "all")]
    both: f64,
}

/// Of one hand's pairs at whom these families looked, the share of whom none found anything; its upper bound.
#[derive(Debug, Deserialize)]
struct Nothing {
    families: BTreeSet<Family>,
    share: f64,
}

/// Nothing measured: *moderate* support.
fn moderate() -> f64 {
    1.0
}

/// Nothing measured: whoever shows one shows the other.
fn all() -> f64 {
    1.0
}

/// From this score on (base-10 logarithm of the ratio against unrelated people) the ratio against related ones is …
#[derive(Debug, Deserialize)]
struct Point {
    score: f64,
    log10_lr: f64,
}

/// Families put together.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Together {
    /// What each family adds, base-10 logarithm; of joined families the strongest carries all and the others 0.
    pub families: BTreeMap<Family, f64>,
    /// The sum.
    pub log10_lr: f64,
}

impl Weights {
    /// The weights that come with the program.
    ///
    /// # Panics
    /// Never: they are compiled in and a test reads them.
    pub fn shipped() -> Self {
        Self::read(SHIPPED).expect("the shipped weights are well-formed")
    }

    /// Reads weights from JSON.
    ///
    /// # Errors
    /// When it is no such table, a weight is beyond 0 to 1, a family stands in two groups, or points do not ascend.
    pub fn read(text: &str) -> Result<Self, CalibrationError> {
        let fault = |reason: String| CalibrationError::Malformed {
            name: "weights".into(),
            reason,
        };
        let weights: Self = serde_json::from_str(text).map_err(|e| fault(e.to_string()))?;
        weights.check().map_err(fault)?;
        Ok(weights)
    }

    /// Name, version and digest of the shipped weights, for the report's list of tables.
    pub fn entry() -> (String, String, Digest) {
        let shipped = Self::shipped();
        let hex = Sha256::digest(SHIPPED)
            .iter()
            .map(|b| format!("{b:02x}"))
            .collect();
        (shipped.name, shipped.version, Digest(hex))
    }

    /// Puts together the e-values (not logarithms) of the detectors that looked, family by family.
    pub fn combine(&self, values: &BTreeMap<Family, Vec<f64>>) -> Together {
        let mut out = Together::default();
        for group in self.groups_of(values.keys().copied()) {
            let means: Vec<(Family, f64)> = group
                .families
                .iter()
                .filter_map(|f| Some((*f, mean(values.get(f)?)?)))
                .collect();
            let Some(joined) = mean(&means.iter().map(|(_, e)| *e).collect::<Vec<_>>()) else {
                continue;
            };
            let strength = group.weight * joined.log10();
            let strongest = means
                .iter()
                .copied()
                .reduce(|x, y| if y.1 > x.1 { y } else { x });
            for (family, _) in &means {
                let carries = strongest.is_some_and(|(f, _)| f == *family);
                out.families
                    .insert(*family, if carries { strength } else { 0.0 });
            }
            out.log10_lr += strength;
        }
        out
    }

    /// Upper bound of how often chance alone would bring so much, from that of each family: the product over groups of the
    /// least of each. A second family of a group counts by the measured share of pairs that show both, not by a rate of
    /// its own.
    pub fn chance(&self, rates: &BTreeMap<Family, f64>) -> f64 {
        let of_group = |group: &Group| {
            let shown: Vec<f64> = group
                .families
                .iter()
                .filter_map(|f| rates.get(f).copied())
                .collect();
            let least = shown.iter().copied().fold(1.0, f64::min);
            let others = shown
                .iter()
                .filter(|rate| **rate < 1.0)
                .count()
                .saturating_sub(1);
            least * group.both.powi(others as i32)
        };
        self.groups_of(rates.keys().copied())
            .iter()
            .map(of_group)
            .product()
    }

    /// What silence of a detector weighs, base-10 logarithm: the measured share of misses, but never more than the detector's
    /// table leaves of a mean of one over unrelated pairs, and not below the floor.
    pub fn silence(&self, calibration: &Calibration, detector: &str) -> f64 {
        let measured = self.misses.get(detector).map_or(0.0, |share| share.log10());
        calibration
            .silence(detector)
            .min(measured)
            .max(SILENCE_FLOOR)
    }

    /// What it weighs that no detector that looked found anything, base-10 logarithm, from what the silence of each weighs (no
    /// logarithm). Whoever prepared several applications leaves something somewhere: families miss together less often than
    /// their shares of misses, multiplied, would have it. So where misses of all of them (or of most: of all but some that
    /// looked besides) were measured together, that share is told, but not below the floor for each group of families.
    pub fn nothing(&self, silent: &BTreeMap<Family, Vec<f64>>) -> f64 {
        let apart = self.combine(silent).log10_lr;
        let looked = |n: &&Nothing| n.families.iter().all(|f| silent.contains_key(f));
        let measured = self.nothing.iter().filter(looked);
        let Some(most) = measured.max_by_key(|n| n.families.len()) else {
            return apart;
        };
        let num_groups = self.groups_of(silent.keys().copied()).len() as f64;
        apart
            .min(most.share.log10())
            .max(SILENCE_FLOOR * num_groups)
    }

    /// The ratio against people of a relation, base-10 logarithm, for what the relation leaves unexplained; never more
    /// than against unrelated people. Nothing where no rate was measured for it.
    pub fn against(&self, relation: Relation, unexplained: f64) -> Option<f64> {
        let points = self.relations.get(&relation)?;
        let reached = points.iter().rfind(|p| p.score <= unexplained)?;
        Some(reached.log10_lr.min(unexplained))
    }

    /// Relations with measured rates.
    pub fn measured(&self) -> impl Iterator<Item = Relation> + '_ {
        self.relations.keys().copied()
    }

    /// The groups that hold these families; a family that no group names is a group of its own.
    fn groups_of(&self, families: impl Iterator<Item = Family>) -> Vec<Group> {
        let mut out: BTreeMap<usize, Group> = BTreeMap::new();
        for (number, family) in families.enumerate() {
            let at = self
                .groups
                .iter()
                .position(|g| g.families.contains(&family));
            let (at, weight, both) = match at {
                Some(at) => (at, self.groups[at].weight, self.groups[at].both),
                None => (self.groups.len() + number, 1.0, 1.0),
            };
            let empty = || Group {
                families: Vec::new(),
                weight,
                both,
            };
            out.entry(at).or_insert_with(empty).families.push(family);
        }
        out.into_values().collect()
    }

    fn check(&self) -> Result<(), String> {
        let mut seen = Vec::new();
        for group in &self.groups {
            for share in [group.weight, group.both] {
                if !(0.0..=1.0).contains(&share) {
                    return Err(format!("{share} is not 0 to 1"));
                }
            }
            if let Some(twice) = group.families.iter().find(|f| seen.contains(*f)) {
                return Err(format!("{twice:?} stands in two groups"));
            }
            seen.extend(group.families.iter().copied());
        }
        if let Some((name, share)) = self.misses.iter().find(|(_, s)| s.is_nan() || **s <= 0.0) {
            return Err(format!("the share of misses of {name} is {share}"));
        }
        if let Some(wrong) = self
            .nothing
            .iter()
            .find(|n| !(n.share > 0.0 && n.share <= 1.0))
        {
            return Err(format!(
                "{} is no share of pairs of whom nothing is found",
                wrong.share
            ));
        }
        let ascend = |p: &Vec<Point>| p.windows(2).all(|w| w[0].score < w[1].score);
        match self.relations.values().all(ascend) {
            true => Ok(()),
            false => Err("scores do not ascend".into()),
        }
    }
}

fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    const JOINED: &str = r#"{"name":"weights","version":"1","corpus":"c","groups":[
        {"families":["history","code"],"weight":1.0,"both":0.5},{"families":["text"],"weight":0.5}],
        "misses":{"near-text":0.5},"relations":{"household":[{"score":-9,"log10_lr":-0.2},{"score":2,"log10_lr":1.5}]}}"#;

    fn values(all: &[(Family, &[f64])]) -> BTreeMap<Family, Vec<f64>> {
        all.iter().map(|(f, v)| (*f, v.to_vec())).collect()
    }

    #[test]
    fn the_shipped_weights_join_what_one_repository_shows_twice() {
        let shipped = Weights::shipped();
        let both = values(&[(Family::History, &[1e3]), (Family::Code, &[1e3])]);
        assert!(shipped.combine(&both).log10_lr <= 3.0 + 1e-9);
    }

    #[test]
    fn joined_families_count_once_and_weights_take_away() {
        let weights = Weights::read(JOINED).unwrap();
        let got = weights.combine(&values(&[
            (Family::History, &[1999.0]),
            (Family::Code, &[1.0]),
            (Family::Text, &[100.0, 100.0]),
        ]));
        assert!((got.families[&Family::History] - 3.0).abs() < 1e-9);
        assert_eq!(got.families[&Family::Code], 0.0);
        assert!((got.families[&Family::Text] - 1.0).abs() < 1e-9);
        assert!((got.log10_lr - got.families.values().sum::<f64>()).abs() < 1e-9);
    }

    #[test]
    fn nothing_found_weighs_what_all_miss_together() {
        let with = r#""nothing":[{"families":["text"],"share":0.4},{"families":["text","history"],"share":0.2}],"relations""#;
        let weights = Weights::read(&JOINED.replace(r#""relations""#, with)).unwrap();
        let of = |families: &[Family]| {
            let silent: Vec<(Family, &[f64])> =
                families.iter().map(|f| (*f, [0.9].as_slice())).collect();
            weights.nothing(&values(&silent))
        };
        let is = |got: f64, share: f64| (got - share.log10()).abs() < 1e-9;
        assert!(is(of(&[Family::Text]), 0.4));
        assert!(is(of(&[Family::Text, Family::History]), 0.2));
        // One more that looked does not take away what the others miss together.
        assert!(is(of(&[Family::Text, Family::History, Family::Image]), 0.2));
        // Not measured: each for itself.
        assert!(is(of(&[Family::Image]), 0.9));
        assert!(is(of(&[]), 1.0));
        // Not below the floor for each group, and never more than each for itself.
        let bold = Weights::read(&JOINED.replace(r#""relations""#, &with.replace("0.2", "1e-9")));
        let both = values(&[
            (Family::Text, &[0.9]),
            (Family::Code, &[0.9]),
            (Family::History, &[0.9]),
        ]);
        assert!((bold.unwrap().nothing(&both) - 2.0 * SILENCE_FLOOR).abs() < 1e-9);
        assert!(weights.nothing(&values(&[(Family::Text, &[0.1])])) < 0.4f64.log10());
        assert!(
            Weights::read(&JOINED.replace(r#""relations""#, &with.replace("0.2", "0"))).is_err()
        );
    }

    #[test]
    fn chance_counts_a_joined_group_once() {
        let weights = Weights::read(JOINED).unwrap();
        let rates = BTreeMap::from([(Family::History, 1e-4), (Family::Code, 1e-3)]);
        assert!((weights.chance(&rates) - 1e-4 * 0.5).abs() < 1e-12);
        let one = BTreeMap::from([(Family::History, 1e-4)]);
        assert!((weights.chance(&one) - 1e-4).abs() < 1e-12);
    }

    #[test]
    fn a_relation_without_a_rate_is_not_measured() {
        let weights = Weights::read(JOINED).unwrap();
        assert_eq!(weights.against(Relation::Agency, 3.0), None);
        assert_eq!(weights.against(Relation::Household, 3.0), Some(1.5));
        assert_eq!(weights.against(Relation::Household, 0.0), Some(-0.2));
    }

    #[test]
    fn weights_beyond_one_and_families_in_two_groups_are_refused() {
        assert!(Weights::read(&JOINED.replace("0.5}]", "1.5}]")).is_err());
        assert!(Weights::read(&JOINED.replace(r#"["text"]"#, r#"["code"]"#)).is_err());
    }
}
