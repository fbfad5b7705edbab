//! What a pair without a link weighs: every detector that looked at both and found nothing says a little against one hand.
//!
//! The report lists only pairs with evidence. For the others the weight of silence is put together again as `weigh` does
//! it (`Weights::nothing`), from the tables that this version ships. Detectors that make
//! no links (findings) are told apart by the report itself: they never stand in a link.

use crate::model::{ApplicantId, Family, LookState};
use crate::report::{EvidenceEntry, Report};
use crate::weigh::{Calibration, Weights};
use std::collections::{BTreeMap, BTreeSet};

/// The weight of silence for every two applicants.
#[derive(Default)]
pub(in crate::evaluate) struct Silence {
    /// Applicants with the same material are of one sort.
    sorts: BTreeMap<ApplicantId, usize>,
    /// Which of the detectors looked, for each sort.
    looked: Vec<Vec<bool>>,
    /// Weight for each two sorts.
    of_sorts: Vec<Vec<f64>>,
    /// Detectors that make links, their families and what the silence of each weighs, base-10 logarithm.
    detectors: Vec<(String, Family, f64)>,
    weights: Option<Weights>,
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
        let detectors: Vec<(String, Family, f64)> = families
            .iter()
            .filter(|(id, _)| linking.contains(id))
            .map(|(id, family)| (id.to_string(), *family, weights.silence(&calibration, id)))
            .collect();
        let mut rows: BTreeMap<Vec<bool>, usize> = BTreeMap::new();
        let mut sorts = BTreeMap::new();
        for applicant in &report.applicants {
            let saw: BTreeSet<&str> = applicant
                .looked
                .iter()
                .filter(|l| matches!(l.state, LookState::Found | LookState::Nothing))
                .map(|l| l.detector.as_str())
                .collect();
            let row: Vec<bool> = detectors
                .iter()
                .map(|(id, ..)| saw.contains(id.as_str()))
                .collect();
            let next = rows.len();
            sorts.insert(applicant.id.clone(), *rows.entry(row).or_insert(next));
        }
        let mut looked = vec![Vec::new(); rows.len()];
        rows.into_iter()
            .for_each(|(row, number)| looked[number] = row);
        let mut of_it = Self {
            sorts,
            looked,
            of_sorts: Vec::new(),
            detectors,
            weights: Some(weights),
        };
        let all = 0..of_it.looked.len();
        let weight = |x: usize, y: usize| match &of_it.weights {
            Some(weights) => weights.nothing(&of_it.silent(x, y, &[])),
            None => 0.0,
        };
        of_it.of_sorts = all
            .clone()
            .map(|x| all.clone().map(|y| weight(x, y)).collect())
            .collect();
        of_it
    }

    /// Base-10 logarithm; 0 where nothing looked at both.
    pub(in crate::evaluate) fn of(&self, a: &ApplicantId, b: &ApplicantId) -> f64 {
        match (self.sorts.get(a), self.sorts.get(b)) {
            (Some(&a), Some(&b)) => self.of_sorts[a][b],
            _ => 0.0,
        }
    }

    /// The same beside what is told once for many, both among them: such evidence stands in no link.
    pub(in crate::evaluate) fn beside(
        &self,
        a: &ApplicantId,
        b: &ApplicantId,
        told: &[&EvidenceEntry],
    ) -> f64 {
        let (Some(&x), Some(&y), Some(weights)) =
            (self.sorts.get(a), self.sorts.get(b), &self.weights)
        else {
            return 0.0;
        };
        let found: Vec<&str> = told.iter().map(|e| e.detector.as_str()).collect();
        let mut values = self.silent(x, y, &found);
        for e in told {
            let of_family = values.entry(e.family).or_default();
            of_family.push(10f64.powf(e.log10_lr));
        }
        weights.combine(&values).log10_lr
    }

    /// What the silence of each detector that looked at both sorts weighs (no logarithm), but for those that found something.
    fn silent(&self, x: usize, y: usize, found: &[&str]) -> BTreeMap<Family, Vec<f64>> {
        let mut families: BTreeMap<Family, Vec<f64>> = BTreeMap::new();
        for (i, (id, family, log10)) in self.detectors.iter().enumerate() {
            if self.looked[x][i] && self.looked[y][i] && !found.contains(&id.as_str()) {
                let of_family = families.entry(*family).or_default();
                of_family.push(10f64.powf(*log10));
            }
        }
        families
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_known_weighs_nothing() {
        let who = ApplicantId::new("a");
        assert_eq!(Silence::default().of(&who, &who), 0.0);
        assert_eq!(Silence::default().beside(&who, &who, &[]), 0.0);
    }
}
