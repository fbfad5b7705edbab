//! A report with what is looked up often: links, evidence, what each detector saw.

use crate::rows::{STRATA, Seen, Values};
use samehand::detect::DETECTORS;
use samehand::model::{ApplicantId, Family, LookState, Relation};
use samehand::report::{EvidenceEntry, LinkEntry, Report};
use samehand::weigh::{Calibration, Weights};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A report with what is looked up often.
pub struct Scanned<'r> {
    pub links: HashMap<(&'r ApplicantId, &'r ApplicantId), &'r LinkEntry>,
    evidence: HashMap<&'r str, Vec<&'r EvidenceEntry>>,
    pub looked: HashMap<&'r ApplicantId, BTreeSet<&'static str>>,
    pub sorts: HashMap<&'r ApplicantId, usize>,
    pub repeated: BTreeSet<(&'r ApplicantId, &'r ApplicantId)>,
    pub grouped: BTreeSet<(&'r ApplicantId, &'r ApplicantId)>,
    /// Detectors that make links, with their families and what their silence weighs, no logarithm.
    pub linking: BTreeMap<&'static str, (Family, f64)>,
}

impl<'r> Scanned<'r> {
    pub fn new(report: &'r Report, weights: &Weights) -> Self {
        let calibration = Calibration::shipped();
        let tables: BTreeSet<String> = Calibration::tables()
            .into_iter()
            .map(|(name, ..)| name)
            .collect();
        let linking: BTreeMap<&'static str, (Family, f64)> = DETECTORS
            .iter()
            .map(|d| d.card())
            .filter(|c| tables.contains(c.id))
            .map(|c| {
                (
                    c.id,
                    (c.family, 10f64.powf(weights.silence(&calibration, c.id))),
                )
            })
            .collect();
        let mut evidence: HashMap<&str, Vec<&EvidenceEntry>> = HashMap::new();
        for e in &report.evidence {
            evidence.entry(e.id.as_str()).or_default().push(e);
        }
        let mut looked = HashMap::new();
        let (mut numbers, mut sorts) = (HashMap::new(), HashMap::new());
        for a in &report.applicants {
            let saw = |id: &&&str| {
                let state = a
                    .looked
                    .iter()
                    .find(|l| l.detector == **id)
                    .map(|l| l.state);
                matches!(state, Some(LookState::Found | LookState::Nothing))
            };
            let mine: BTreeSet<&'static str> =
                linking.keys().filter(|id| saw(id)).copied().collect();
            let next = numbers.len();
            sorts.insert(&a.id, *numbers.entry(mine.clone()).or_insert(next));
            looked.insert(&a.id, mine);
        }
        let pairs = |members: &'r [ApplicantId]| {
            let of = move |(i, a): (usize, &'r ApplicantId)| {
                members[i + 1..].iter().map(move |b| (a.min(b), a.max(b)))
            };
            members.iter().enumerate().flat_map(of)
        };
        let twice = report
            .set_aside
            .iter()
            .filter(|s| s.detector == "applied-more-than-once");
        Self {
            links: report.links.iter().map(|l| ((&l.a, &l.b), l)).collect(),
            evidence,
            looked,
            sorts,
            repeated: twice.flat_map(|s| pairs(&s.subjects)).collect(),
            grouped: report
                .clusters
                .iter()
                .flat_map(|c| pairs(&c.members))
                .collect(),
            linking,
        }
    }

    fn of_link(&self, link: &LinkEntry) -> Vec<&'r EvidenceEntry> {
        let about =
            |e: &&&EvidenceEntry| e.subjects.contains(&link.a) && e.subjects.contains(&link.b);
        let of = |id: &String| self.evidence.get(id.as_str())?.iter().find(about).copied();
        link.evidence.iter().filter_map(of).collect()
    }

    pub fn detectors(&self, link: &LinkEntry) -> BTreeSet<&str> {
        self.of_link(link)
            .iter()
            .map(|e| e.detector.as_str())
            .collect()
    }

    pub fn linked(&self, link: &LinkEntry) -> Seen {
        let all = self.of_link(link);
        let relations: BTreeSet<Relation> = STRATA.iter().filter_map(|(_, r)| *r).collect();
        let left = |r: Relation| {
            (
                r,
                self.values(
                    link,
                    all.iter().filter(|e| !e.explained_by.contains(&r)).copied(),
                ),
            )
        };
        Seen {
            values: self.values(link, all.iter().copied()),
            left: relations.into_iter().map(left).collect(),
            plain: self.values(
                link,
                all.iter().filter(|e| e.explained_by.is_empty()).copied(),
            ),
            link: Some(link.clone()),
        }
    }

    fn values(
        &self,
        link: &LinkEntry,
        evidence: impl Iterator<Item = &'r EvidenceEntry>,
    ) -> Values {
        let mut found: BTreeMap<&str, (Family, Vec<f64>)> = BTreeMap::new();
        for e in evidence {
            let own = found.entry(&e.detector).or_insert((e.family, Vec::new()));
            own.1.push(10f64.powf(e.log10_lr));
        }
        let mut values = Values::new();
        for (family, all) in found.into_values() {
            let mean = all.iter().sum::<f64>() / all.len() as f64;
            values.entry(family).or_default().push(mean);
        }
        for (family, silence) in link
            .silent
            .iter()
            .filter_map(|d| self.linking.get(d.as_str()))
        {
            values.entry(*family).or_default().push(*silence);
        }
        values
    }

    pub fn silent(&self, a: &ApplicantId, b: &ApplicantId) -> Values {
        let mut values = Values::new();
        for id in self.looked[a].intersection(&self.looked[b]) {
            let (family, silence) = self.linking[id];
            values.entry(family).or_default().push(silence);
        }
        values
    }
}
