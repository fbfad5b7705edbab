//! A report with what is looked up often: links, evidence, what each detector saw.

use crate::rows::{STRATA, Seen, Values};
use samehand::detect::DETECTORS;
use samehand::model::{ApplicantId, Family, LookState, Relation};
use samehand::report::{EvidenceEntry, LinkEntry, Report};
use samehand::weigh::{Calibration, Weights};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The detector name of rows about one person who stands twice in the pool.
const REPEATED: &str = "applied-more-than-once";

/// A report with what is looked up often.
pub struct Scanned<'r> {
    pub links: HashMap<(&'r ApplicantId, &'r ApplicantId), &'r LinkEntry>,
    evidence: HashMap<&'r str, Vec<&'r EvidenceEntry>>,
    /// What is told once for more than two, by each of them.
    of_many: HashMap<&'r ApplicantId, Vec<&'r EvidenceEntry>>,
    /// What was set aside, by each whom it is about: the number of its row.
    aside: HashMap<&'r ApplicantId, BTreeSet<usize>>,
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
        let mut of_many: HashMap<&ApplicantId, Vec<&EvidenceEntry>> = HashMap::new();
        for e in report.evidence.iter().filter(|e| e.subjects.len() > 2) {
            for subject in &e.subjects {
                of_many.entry(subject).or_default().push(e);
            }
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
        let mut aside: HashMap<&ApplicantId, BTreeSet<usize>> = HashMap::new();
        let rows = report.set_aside.iter().enumerate();
        for (number, row) in rows.filter(|(_, s)| s.detector != REPEATED) {
            for subject in &row.subjects {
                aside.entry(subject).or_default().insert(number);
            }
        }
        let twice = report.set_aside.iter().filter(|s| s.detector == REPEATED);
        Self {
            links: report.links.iter().map(|l| ((&l.a, &l.b), l)).collect(),
            evidence,
            of_many,
            aside,
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
        let silent: Vec<&str> = link.silent.iter().map(String::as_str).collect();
        Seen {
            is_named: !link.explained_by.is_empty(),
            link: Some(link.clone()),
            ..self.told(&self.of_link(link), &silent)
        }
    }

    /// What is told once for many and is about both.
    fn with_others(&self, a: &ApplicantId, b: &ApplicantId) -> Vec<&'r EvidenceEntry> {
        let of_a = self.of_many.get(a).into_iter().flatten();
        of_a.filter(|e| e.subjects.contains(b)).copied().collect()
    }

    pub fn detectors_with_others(&self, a: &ApplicantId, b: &ApplicantId) -> BTreeSet<&str> {
        let all = self.with_others(a, b).into_iter();
        all.map(|e| e.detector.as_str()).collect()
    }

    /// Two without a link who stand in what is told once for many: none where they do not.
    pub fn told_with_others(&self, a: &ApplicantId, b: &ApplicantId) -> Option<Seen> {
        let all = self.with_others(a, b);
        let found: BTreeSet<&str> = all.iter().map(|e| e.detector.as_str()).collect();
        let looked = self.looked[a].intersection(&self.looked[b]).copied();
        let silent: Vec<&str> = looked.filter(|id| !found.contains(id)).collect();
        (!all.is_empty()).then(|| self.told(&all, &silent))
    }

    /// Whether two share what was set aside.
    pub fn is_aside(&self, a: &ApplicantId, b: &ApplicantId) -> bool {
        let rows = |who| self.aside.get(who);
        matches!((rows(a), rows(b)), (Some(x), Some(y)) if !x.is_disjoint(y))
    }

    /// What was seen by evidence and by silent detectors.
    fn told(&self, all: &[&'r EvidenceEntry], silent: &[&str]) -> Seen {
        let relations: BTreeSet<Relation> = STRATA.iter().filter_map(|(_, r)| *r).collect();
        let without = |r: Relation| all.iter().filter(move |e| !e.explained_by.contains(&r));
        let left = |r: Relation| (r, self.values(silent, without(r).copied()));
        let plain = all.iter().filter(|e| e.explained_by.is_empty());
        Seen {
            values: self.values(silent, all.iter().copied()),
            left: relations.into_iter().map(left).collect(),
            plain: self.values(silent, plain.copied()),
            link: None,
            is_aside: false,
            is_named: all.iter().all(|e| !e.explained_by.is_empty()),
        }
    }

    fn values(&self, silent: &[&str], evidence: impl Iterator<Item = &'r EvidenceEntry>) -> Values {
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
        for (family, silence) in silent.iter().filter_map(|d| self.linking.get(d)) {
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
