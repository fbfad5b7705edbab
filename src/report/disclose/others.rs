//! What the other applicants are called in a disclosure, and which files are whose.

use crate::model::ApplicantId;
use crate::report::{ApplicantEntry, Report};
use std::collections::{BTreeMap, BTreeSet};

/// Whose a source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report::disclose) enum Owner {
    /// Handed in by the applicant alone.
    Own,
    /// Handed in by others, or not known.
    Other,
    /// A file about everybody, such as a manifest.
    Common,
}

/// The other applicants.
pub(in crate::report::disclose) struct Others<'r> {
    me: &'r ApplicantEntry,
    own: BTreeSet<&'r str>,
    foreign: BTreeSet<&'r str>,
    /// Ids of the others, each the name of a folder where a pool has one folder per applicant.
    folders: BTreeSet<&'r str>,
    numbers: BTreeMap<&'r ApplicantId, usize>,
}

impl<'r> Others<'r> {
    /// Everybody but `me`, numbered in the order in which they appear: links strongest first, evidence, groups, what was
    /// set aside. The order of their ids shows in nothing.
    pub(in crate::report::disclose) fn new(report: &'r Report, me: &'r ApplicantEntry) -> Self {
        let paths = |a: &'r ApplicantEntry| a.sources.iter().map(|s| s.path.as_str());
        let foreign: BTreeSet<&str> = report
            .applicants
            .iter()
            .filter(|a| a.id != me.id)
            .flat_map(paths)
            .collect();
        let mine = |all: &&[ApplicantId]| all.contains(&me.id);
        let of_links = report.links.iter().filter(|l| l.a == me.id || l.b == me.id);
        let mut order: Vec<&ApplicantId> = of_links.flat_map(|l| [&l.a, &l.b]).collect();
        order.extend(
            report
                .evidence
                .iter()
                .map(|e| e.subjects.as_slice())
                .filter(mine)
                .flatten(),
        );
        for cluster in &report.clusters {
            let about_me = cluster.members.contains(&me.id) || cluster.touching.contains(&me.id);
            order.extend(
                cluster
                    .members
                    .iter()
                    .chain(&cluster.touching)
                    .filter(|_| about_me),
            );
        }
        order.extend(
            report
                .set_aside
                .iter()
                .map(|s| s.subjects.as_slice())
                .filter(mine)
                .flatten(),
        );
        let mut numbers = BTreeMap::new();
        for id in order.into_iter().filter(|id| **id != me.id) {
            let next = numbers.len() + 1;
            numbers.entry(id).or_insert(next);
        }
        Self {
            own: paths(me).filter(|p| !foreign.contains(p)).collect(),
            foreign,
            folders: report
                .applicants
                .iter()
                .map(|a| a.id.as_str())
                .filter(|id| *id != me.id.as_str())
                .collect(),
            numbers,
            me,
        }
    }

    /// What to call an applicant.
    pub(in crate::report::disclose) fn name(&self, id: &ApplicantId) -> String {
        match self.numbers.get(id) {
            _ if *id == self.me.id => self.me.id.to_string(),
            Some(number) => format!("another applicant {number}"),
            None => "another applicant".into(),
        }
    }

    /// The opaque id of an applicant.
    pub(in crate::report::disclose) fn id(&self, id: &ApplicantId) -> ApplicantId {
        ApplicantId::new(self.name(id))
    }

    /// Ids of several, sorted.
    pub(in crate::report::disclose) fn ids(&self, all: &[ApplicantId]) -> Vec<ApplicantId> {
        let mut ids: Vec<_> = all.iter().map(|id| self.id(id)).collect();
        ids.sort_by_key(|id| (id.as_str().len(), id.clone()));
        ids
    }

    /// Whose the source at `path` is; a file inside a repository or archive belongs to it.
    pub(in crate::report::disclose) fn owner(&self, path: &str) -> Owner {
        let within = |all: &BTreeSet<&str>| {
            let inside = |p: &&str| {
                path.strip_prefix(*p)
                    .is_some_and(|rest| rest.starts_with('/'))
            };
            all.contains(path) || all.iter().any(inside)
        };
        match (within(&self.own), within(&self.foreign)) {
            (true, _) => Owner::Own,
            (false, true) if self.me.sources.iter().any(|s| s.path == path) => Owner::Common,
            (false, true) => Owner::Other,
            (false, false) => self.owner_by_folder(path),
        }
    }

    /// Whose a source is that nobody's list names: a folder with an applicant's id is that applicant's; what is left is
    /// the pool's own, such as its manifest.
    fn owner_by_folder(&self, path: &str) -> Owner {
        match path.split_once('/') {
            Some((folder, _)) if folder == self.me.id.as_str() => Owner::Own,
            Some((folder, _)) if self.folders.contains(folder) => Owner::Other,
            _ => Owner::Common,
        }
    }
}
