//! What a pair without a link weighs: every detector that looked at both and found nothing says a little against one hand.
//!
//! The report lists only pairs with evidence. For the others the weight of silence is put together again as `weigh` does
//! it: the mean inside a family, the product across families, from the tables that this version ships. Detectors that make
//! no links (findings) are told apart by the report itself: they never stand in a link.

use crate::model::{ApplicantId, Family, LookState};
use crate::report::Report;
use crate::weigh::{Calibration, Weights};
use std::collections::{BTreeMap, BTreeSet};

/// The weight of silence for every two applicants.
#[derive(Default)]
pub(in crate::evaluate) struct Silence {
    /// Which detectors looked, one row for each sort of applicant; applicants with the same material share a row.
    sorts: BTreeMap<ApplicantId, usize>,
    /// Weight for each two sorts.
    weights: Vec<Vec<f64>>,
}

impl Silence {
    /// From what each detector saw of each applicant; `families` names the family of every detector.
    pub(in crate::evaluate) fn new(report: &Report, families: &[(&str, Family)]) -> Self {
        let in_links = report
            .links
            .iter()
            .flat_map(|l| l.silent.iter().chain(&l.too_little));
        let mut linking: BTreeSet<&str> = in_links.map(String::as_str).collect();
        linking.extend(report.evidence.iter().map(|e| e.detector.as_str()));
        let (calibration, weights) = (Calibration::shipped(), Weights::shipped());
        let detectors: Vec<(&str, Family, f64)> = families
            .iter()
            .filter(|(id, _)| linking.contains(id))
            .map(|(id, family)| (*id, *family, weights.silence(&calibration, id)))
            .collect();
        let mut rows: BTreeMap<Vec<bool>, usize> = BTreeMap::new();
        let mut sorts = BTreeMap::new();
        for applicant in &report.applicants {
            let looked: BTreeSet<&str> = applicant
                .looked
                .iter()
                .filter(|l| matches!(l.state, LookState::Found | LookState::Nothing))
                .map(|l| l.detector.as_str())
                .collect();
            let row: Vec<bool> = detectors
                .iter()
                .map(|(id, ..)| looked.contains(id))
                .collect();
            let next = rows.len();
            sorts.insert(applicant.id.clone(), *rows.entry(row).or_insert(next));
        }
        let mut by_number = vec![Vec::new(); rows.len()];
        rows.into_iter()
            .for_each(|(row, number)| by_number[number] = row);
        let weight = |x: &[bool], y: &[bool]| {
            let both = (0..detectors.len()).filter(|i| x[*i] && y[*i]);
            combined(&weights, both.map(|i| (detectors[i].1, detectors[i].2)))
        };
        let of_sorts = by_number
            .iter()
            .map(|x| by_number.iter().map(|y| weight(x, y)).collect());
        Self {
            weights: of_sorts.collect(),
            sorts,
        }
    }

    /// Base-10 logarithm; 0 where nothing looked at both.
    pub(in crate::evaluate) fn of(&self, a: &ApplicantId, b: &ApplicantId) -> f64 {
        match (self.sorts.get(a), self.sorts.get(b)) {
            (Some(&a), Some(&b)) => self.weights[a][b],
            _ => 0.0,
        }
    }
}

/// As `weigh` puts it together.
fn combined(weights: &Weights, silent: impl Iterator<Item = (Family, f64)>) -> f64 {
    let mut families: BTreeMap<Family, Vec<f64>> = BTreeMap::new();
    for (family, log10) in silent {
        families.entry(family).or_default().push(10f64.powf(log10));
    }
    weights.combine(&families).log10_lr
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn silence_is_the_mean_in_a_family_and_the_product_across() {
        let all = [
            (Family::Text, -1.0),
            (Family::Text, 0.0),
            (Family::Contact, -0.5),
        ];
        let expected = 0.55f64.log10() - 0.5;
        let plain =
            r#"{"name":"w","version":"1","corpus":"","groups":[],"misses":{},"relations":{}}"#;
        let weights = Weights::read(plain).unwrap();
        assert!((combined(&weights, all.into_iter()) - expected).abs() < 1e-12);
        assert_eq!(combined(&weights, std::iter::empty()), 0.0);
    }

    #[test]
    fn nobody_known_weighs_nothing() {
        let who = ApplicantId::new("a");
        assert_eq!(Silence::default().of(&who, &who), 0.0);
    }
}
