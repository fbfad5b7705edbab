//! Every two labelled applicants: of one hand or of two, and what the report says of them.

use crate::evaluate::labels::{Label, LabelError, Labels};
use crate::evaluate::ranking::Shown;
use crate::evaluate::silence::Silence;
use crate::model::ApplicantId;
use crate::report::{EvidenceEntry, LinkEntry, Report};
use crate::weigh::PAIRED_GROUP;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The detector name of rows about one person who stands twice in the pool.
const REPEATED: &str = "applied-more-than-once";

/// Labelled applicants with what the report holds about them.
pub(in crate::evaluate) struct Pool<'r> {
    /// Applicants that have a label, by id.
    pub(in crate::evaluate) people: Vec<(&'r ApplicantId, Label)>,
    /// Applicants of the report without a label.
    pub(in crate::evaluate) num_unlabelled: usize,
    /// Links, by the indices of their ends, the smaller first.
    links: HashMap<(usize, usize), &'r LinkEntry>,
    /// Pairs that the report calls one person.
    repeated: BTreeSet<(usize, usize)>,
    /// Indices of the clusters of each.
    pub(in crate::evaluate) clusters_of: Vec<Vec<usize>>,
    /// What is told once for so many that it stands in no link, with those whom it is about.
    of_many: Vec<(BTreeSet<usize>, &'r EvidenceEntry)>,
    /// What was set aside about each: numbers of its rows, ascending.
    aside: Vec<Vec<usize>>,
    silence: Silence,
}

/// Two labelled applicants.
pub(in crate::evaluate) struct Pair<'r> {
    /// Index of the first.
    pub(in crate::evaluate) a: usize,
    /// Index of the second.
    pub(in crate::evaluate) b: usize,
    /// Whether one hand prepared both.
    pub(in crate::evaluate) is_same: bool,
    /// Whether a group holds both.
    pub(in crate::evaluate) is_grouped: bool,
    /// Their link.
    pub(in crate::evaluate) link: Option<&'r LinkEntry>,
    /// Without a link, what many share is told of both: whether a relation explains all of that.
    pub(in crate::evaluate) of_many: Option<bool>,
    /// What weighs for one hand, base-10 logarithm: the link, else the silence of the detectors that looked at both, beside
    /// what is told of many; 0 for two who share what was set aside.
    pub(in crate::evaluate) log10_lr: f64,
}

impl Pair<'_> {
    /// Where the report shows the two.
    pub(in crate::evaluate) fn shown(&self) -> Shown {
        let is_named = |l: &LinkEntry| !l.explained_by.is_empty();
        Shown {
            is_grouped: self.is_grouped,
            is_told: self.link.is_some() || self.of_many.is_some(),
            is_of_many: self.of_many.is_some(),
            is_named: self.link.map_or(self.of_many == Some(true), is_named),
            beyond_relation: self.link.map_or(0.0, LinkEntry::beyond_relation),
            log10_lr: self.log10_lr,
        }
    }
}

impl<'r> Pool<'r> {
    /// Joins a report and labels.
    ///
    /// # Errors
    /// When a label names somebody whom the report does not know, or there are fewer than two.
    pub(in crate::evaluate) fn new(
        report: &'r Report,
        labels: &Labels,
        silence: Silence,
    ) -> Result<Self, LabelError> {
        let known: BTreeMap<&str, &ApplicantId> = report
            .applicants
            .iter()
            .map(|a| (a.id.as_str(), &a.id))
            .collect();
        let mut people = Vec::new();
        let mut unknown: Vec<(u64, &String)> = Vec::new();
        for (who, label) in &labels.0 {
            match known.get(who.as_str()) {
                Some(id) => people.push((*id, label.clone())),
                None => unknown.push((label.line, who)),
            }
        }
        if let Some((line, who)) = unknown.into_iter().min() {
            return Err(LabelError::Unknown {
                applicant: who.clone(),
                line,
            });
        }
        if people.len() < 2 {
            return Err(LabelError::TooFew);
        }
        let index: BTreeMap<&ApplicantId, usize> = people
            .iter()
            .enumerate()
            .map(|(i, (id, _))| (*id, i))
            .collect();
        let ends = |a: &ApplicantId, b: &ApplicantId| {
            let (a, b) = (*index.get(a)?, *index.get(b)?);
            Some((a.min(b), a.max(b)))
        };
        let links = report.links.iter();
        let links = links.filter_map(|l| Some((ends(&l.a, &l.b)?, l))).collect();
        let mut repeated = BTreeSet::new();
        for row in report.set_aside.iter().filter(|s| s.detector == REPEATED) {
            for (i, a) in row.subjects.iter().enumerate() {
                repeated.extend(row.subjects[i + 1..].iter().filter_map(|b| ends(a, b)));
            }
        }
        let indices = |members: &[ApplicantId]| -> BTreeSet<usize> {
            members
                .iter()
                .filter_map(|m| index.get(m).copied())
                .collect()
        };
        let clusters: Vec<BTreeSet<usize>> = report
            .clusters
            .iter()
            .map(|c| indices(&c.members))
            .collect();
        let many = report
            .evidence
            .iter()
            .filter(|e| e.subjects.len() > PAIRED_GROUP);
        let rows = report.set_aside.iter().filter(|s| s.detector != REPEATED);
        let mut aside = vec![Vec::new(); people.len()];
        for (number, row) in rows.enumerate() {
            for subject in indices(&row.subjects) {
                aside[subject].push(number);
            }
        }
        let of_many = many.map(|e| (indices(&e.subjects), e)).collect();
        let of = |i: usize| {
            (0..clusters.len())
                .filter(|c| clusters[*c].contains(&i))
                .collect()
        };
        Ok(Self {
            clusters_of: (0..people.len()).map(of).collect(),
            num_unlabelled: report.applicants.len() - people.len(),
            people,
            links,
            repeated,
            of_many,
            aside,
            silence,
        })
    }

    /// Whether one hand prepared both.
    pub(in crate::evaluate) fn is_same(&self, a: usize, b: usize) -> bool {
        let hand = |i: usize| self.people[i].1.hand.as_ref();
        a == b || (hand(a).is_some() && hand(a) == hand(b))
    }

    /// Whether the report calls both one person who applied twice.
    pub(in crate::evaluate) fn is_repeated(&self, a: usize, b: usize) -> bool {
        self.repeated.contains(&(a.min(b), a.max(b)))
    }

    /// Number of groups that hold both.
    pub(in crate::evaluate) fn num_shared(&self, a: usize, b: usize) -> usize {
        let others = &self.clusters_of[b];
        self.clusters_of[a]
            .iter()
            .filter(|c| others.contains(c))
            .count()
    }

    /// Number of pairs that are left out because the report calls them one person.
    pub(in crate::evaluate) fn num_repeated(&self) -> u64 {
        self.repeated.len() as u64
    }

    /// Every pair but those of one person who applied twice.
    pub(in crate::evaluate) fn pairs(&self) -> impl Iterator<Item = Pair<'r>> + '_ {
        let all =
            (0..self.people.len()).flat_map(|a| (a + 1..self.people.len()).map(move |b| (a, b)));
        let counted =
            all.filter(|&(a, b)| self.repeated.is_empty() || !self.repeated.contains(&(a, b)));
        counted.map(|(a, b)| {
            let link = self.links.get(&(a, b)).copied();
            let told = match link {
                Some(_) => Vec::new(),
                None => self.told_of_many(a, b),
            };
            Pair {
                a,
                b,
                is_same: self.is_same(a, b),
                is_grouped: self.num_shared(a, b) > 0,
                link,
                of_many: (!told.is_empty())
                    .then(|| told.iter().all(|e| !e.explained_by.is_empty())),
                log10_lr: match link {
                    Some(link) => link.log10_lr,
                    None => self.unlinked(a, b, &told),
                },
            }
        })
    }

    /// What is told once for so many that it stands in no link, and is about both.
    fn told_of_many(&self, a: usize, b: usize) -> Vec<&'r EvidenceEntry> {
        let about = |(who, _): &&(BTreeSet<usize>, _)| who.contains(&a) && who.contains(&b);
        self.of_many.iter().filter(about).map(|m| m.1).collect()
    }

    /// What weighs for one hand where there is no link, beside what is told of many.
    fn unlinked(&self, a: usize, b: usize, told: &[&EvidenceEntry]) -> f64 {
        let is_shared = |row: &usize| self.aside[b].binary_search(row).is_ok();
        let (x, y) = (self.people[a].0, self.people[b].0);
        match told.is_empty() {
            false => self.silence.beside(x, y, told),
            // Something was found, and says nothing for or against: that is not silence.
            true if self.aside[a].iter().any(is_shared) => 0.0,
            true => self.silence.of(x, y),
        }
    }
}
