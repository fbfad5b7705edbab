//! What stands under which heading: groups, links that no relation explains, links that an ordinary one does, shared sources.
//!
//! The page and the terminal read the same outline, so that they never disagree on what is a group. `at_least` only
//! hides: what it hides is counted and stays in `report.json`.

use crate::model::{ApplicantId, Relation, Words};
use crate::report::assemble::REPEATED;
use crate::report::decisions::is_dismissed;
use crate::report::{ClusterEntry, EvidenceEntry, FindingEntry, LinkEntry, Report, SetAsideEntry};
use std::collections::{BTreeMap, BTreeSet};

/// A group and the links between its members, strongest first.
pub(in crate::report) struct Group<'r> {
    /// The group.
    pub(in crate::report) cluster: &'r ClusterEntry,
    /// Its links.
    pub(in crate::report) links: Vec<&'r LinkEntry>,
    /// What all of a large group share, which stands in no link; strongest first.
    pub(in crate::report) evidence: Vec<&'r EvidenceEntry>,
}

/// What a reviewer dismissed.
pub(in crate::report) struct Dismissed<'r> {
    /// Links.
    pub(in crate::report) links: Vec<&'r LinkEntry>,
    /// Evidence.
    pub(in crate::report) evidence: Vec<&'r EvidenceEntry>,
    /// Findings.
    pub(in crate::report) findings: Vec<&'r FindingEntry>,
}

impl Dismissed<'_> {
    /// How many there are.
    pub(in crate::report) fn len(&self) -> usize {
        self.links.len() + self.evidence.len() + self.findings.len()
    }
}

/// The report by headings.
pub(in crate::report) struct Outline<'r> {
    /// Groups.
    pub(in crate::report) groups: Vec<Group<'r>>,
    /// Links that ordinary relations explain, by the relations; strongest against people so related first.
    pub(in crate::report) related: Vec<(&'r [Relation], Vec<&'r LinkEntry>)>,
    /// Links outside of groups that no relation explains.
    pub(in crate::report) others: Vec<&'r LinkEntry>,
    /// Evidence about several applicants that belongs to no link.
    pub(in crate::report) shared: Vec<&'r EvidenceEntry>,
    /// Number of links outside of groups that are weaker than asked for.
    pub(in crate::report) num_hidden: usize,
    /// People who stand more than once in the pool.
    pub(in crate::report) repeated: Vec<&'r SetAsideEntry>,
    /// What was set aside otherwise.
    pub(in crate::report) set_aside: Vec<&'r SetAsideEntry>,
    /// Findings.
    pub(in crate::report) findings: Vec<&'r FindingEntry>,
    /// What a reviewer dismissed on the facts as they are, and which therefore stands under no other heading.
    pub(in crate::report) dismissed: Dismissed<'r>,
    by_id: BTreeMap<&'r str, Vec<&'r EvidenceEntry>>,
    labels: BTreeMap<&'r ApplicantId, &'r str>,
}

impl<'r> Outline<'r> {
    /// The outline of a report; links weaker than `at_least` outside of groups are hidden.
    pub(in crate::report) fn new(report: &'r Report, at_least: Words) -> Self {
        let groups: Vec<Group<'r>> = report.clusters.iter().map(|c| group(report, c)).collect();
        let inside: BTreeSet<_> = groups
            .iter()
            .flat_map(|g| &g.links)
            .map(|l| (&l.a, &l.b))
            .collect();
        let outside = report
            .links
            .iter()
            .filter(|l| !inside.contains(&(&l.a, &l.b)) && !is_dismissed(&l.decision));
        let (shown, hidden): (Vec<_>, Vec<_>) = outside.partition(|l| l.words >= at_least);
        let (others, explained): (Vec<_>, Vec<_>) =
            shown.into_iter().partition(|l| l.explained_by.is_empty());
        let mut related: BTreeMap<&'r [Relation], Vec<_>> = BTreeMap::new();
        for link in explained {
            related
                .entry(link.explained_by.as_slice())
                .or_default()
                .push(link);
        }
        // First what such a relation leaves most of; then by strength, as the links come.
        for links in related.values_mut() {
            links.sort_by(|x, y| y.beyond_relation().total_cmp(&x.beyond_relation()));
        }
        let mut related: Vec<(&[Relation], Vec<&LinkEntry>)> = related.into_iter().collect();
        let first = |links: &[&LinkEntry]| {
            let first = links.first();
            first.map_or(f64::NEG_INFINITY, |l| l.beyond_relation())
        };
        related.sort_by(|(_, x), (_, y)| first(y).total_cmp(&first(x)));
        let used: BTreeSet<&str> = report
            .links
            .iter()
            .flat_map(|l| &l.evidence)
            .chain(report.clusters.iter().flat_map(|c| &c.evidence))
            .map(String::as_str)
            .collect();
        let (repeated, set_aside): (Vec<_>, Vec<_>) = report
            .set_aside
            .iter()
            .partition(|s| s.detector == REPEATED);
        // What one person shares with themselves ties nobody to anybody.
        let own = |e: &EvidenceEntry| {
            let holds = |row: &&SetAsideEntry| e.subjects.iter().all(|s| row.subjects.contains(s));
            repeated.iter().any(holds)
        };
        let shared = report
            .evidence
            .iter()
            .filter(|e| !used.contains(e.id.as_str()) && !own(e) && !is_dismissed(&e.decision))
            .collect();
        let (dismissed, findings): (Vec<_>, Vec<_>) = report
            .findings
            .iter()
            .partition(|f| is_dismissed(&f.decision));
        let mut by_id: BTreeMap<&str, Vec<&EvidenceEntry>> = BTreeMap::new();
        for evidence in &report.evidence {
            by_id.entry(&evidence.id).or_default().push(evidence);
        }
        Self {
            groups,
            related,
            others,
            shared,
            num_hidden: hidden.len(),
            repeated,
            set_aside,
            findings,
            dismissed: Dismissed {
                links: report
                    .links
                    .iter()
                    .filter(|l| is_dismissed(&l.decision))
                    .collect(),
                evidence: report
                    .evidence
                    .iter()
                    .filter(|e| is_dismissed(&e.decision))
                    .collect(),
                findings: dismissed,
            },
            by_id,
            labels: report
                .applicants
                .iter()
                .map(|a| (&a.id, a.label.as_str()))
                .collect(),
        }
    }

    /// The evidence of a link, strongest first. Ids repeat where equal files were handed in under three names, so the
    /// subjects decide.
    pub(in crate::report) fn evidence(&self, link: &LinkEntry) -> Vec<&'r EvidenceEntry> {
        let about =
            |e: &&&EvidenceEntry| e.subjects.contains(&link.a) && e.subjects.contains(&link.b);
        let of = |id: &String| {
            self.by_id
                .get(id.as_str())
                .and_then(|all| all.iter().find(about).copied())
        };
        let mut evidence: Vec<_> = link.evidence.iter().filter_map(of).collect();
        evidence.sort_by(|a, b| b.log10_lr.total_cmp(&a.log10_lr));
        evidence
    }

    /// What to call an applicant.
    pub(in crate::report) fn label(&self, id: &'r ApplicantId) -> &'r str {
        self.labels.get(id).copied().unwrap_or(id.as_str())
    }

    /// What to call somebody whose id is not the report's own.
    pub(in crate::report) fn label_of(&self, id: &ApplicantId) -> &'r str {
        self.labels.get(id).copied().unwrap_or_default()
    }

    /// What to call several applicants.
    pub(in crate::report) fn label_all(&self, ids: &'r [ApplicantId]) -> Vec<&'r str> {
        ids.iter().map(|id| self.label(id)).collect()
    }
}

fn group<'r>(report: &'r Report, cluster: &'r ClusterEntry) -> Group<'r> {
    let members: BTreeSet<_> = cluster.members.iter().collect();
    let links = report
        .links
        .iter()
        .filter(|l| members.contains(&l.a) && members.contains(&l.b));
    let counts = |l: &&LinkEntry| l.words > Words::NoSupport && !is_dismissed(&l.decision);
    let links: Vec<&LinkEntry> = links.filter(counts).collect();
    let linked: BTreeSet<&String> = links.iter().flat_map(|l| &l.evidence).collect();
    let ids: BTreeSet<&String> = cluster.evidence.iter().collect();
    let evidence = report
        .evidence
        .iter()
        .filter(|e| ids.contains(&e.id) && !linked.contains(&e.id));
    Group {
        cluster,
        evidence: evidence.collect(),
        links,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::assemble;
    use crate::report::sample;

    #[test]
    fn every_link_stands_under_one_heading_or_is_counted_as_hidden() {
        let report = assemble(sample::draft());
        for at_least in Words::ALL {
            let outline = Outline::new(&report, at_least);
            let grouped: usize = outline.groups.iter().map(|g| g.links.len()).sum();
            let related: usize = outline.related.iter().map(|(_, l)| l.len()).sum();
            assert_eq!(
                grouped + related + outline.others.len() + outline.num_hidden,
                report.links.len()
            );
            assert!(outline.others.iter().all(|l| l.words >= at_least));
        }
    }

    #[test]
    fn groups_are_never_hidden() {
        let report = assemble(sample::draft());
        let outline = Outline::new(&report, Words::ExtremelyStrong);
        assert_eq!(outline.groups.len(), report.clusters.len());
        assert!(outline.num_hidden > 0);
    }

    #[test]
    fn a_person_who_applied_twice_is_not_listed_as_set_aside() {
        let report = assemble(sample::draft());
        let outline = Outline::new(&report, Words::Weak);
        assert_eq!(outline.repeated.len(), 1);
        assert!(outline.set_aside.iter().all(|s| s.detector != REPEATED));
    }

    #[test]
    fn what_one_person_shares_with_themselves_is_no_shared_source() {
        let mut report = assemble(sample::draft());
        let before = Outline::new(&report, Words::Weak).shared.len();
        let mut own = report.evidence[0].clone();
        own.id = "own".into();
        own.subjects = ["D-201", "D-202"].map(sample::id).to_vec();
        report.evidence.push(own.clone());
        assert_eq!(Outline::new(&report, Words::Weak).shared.len(), before);
        own.subjects = ["D-201", "E-300"].map(sample::id).to_vec();
        report.evidence.push(own);
        assert_eq!(Outline::new(&report, Words::Weak).shared.len(), before + 1);
    }
}
