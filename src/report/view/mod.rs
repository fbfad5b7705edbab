//! What the page shows, ready to be put between tags: the outline of a report with its sentences and drawings.
//!
//! Nothing here is escaped; the templates do that. Long lists end with a count of what is left out: a page of ten thousand
//! links helps nobody, and `report.json` has them all. What is shown in full is bounded by bytes ([`Budget`]), so that a
//! page of 3,000 applicants still opens; what does not fit stands there in one line.

mod budget;
mod evidence;
mod exhibit;
mod finding;
mod group;
mod link;
mod review;

pub(in crate::report) use budget::{Budget, cost};
pub(in crate::report) use evidence::EvidenceView;
pub(in crate::report) use exhibit::{ExhibitView, exhibits};
pub(in crate::report) use finding::FindingView;
pub(in crate::report) use group::GroupView;
pub(in crate::report) use link::{LinkView, LinksView};
pub(in crate::report) use review::ReviewView;

use crate::model::{ApplicantId, Relation};
use crate::report::outline::Outline;
use crate::report::sentence;
use crate::report::{EvidenceEntry, FindingEntry, LinkEntry};
use std::collections::BTreeMap;

/// Links shown under one heading.
const MAX_LINKS: usize = 200;
/// Values shown of one observation list, and places of one value.
const MAX_VALUES: usize = 12;
/// Passages and table rows shown of one exhibit.
const MAX_ROWS: usize = 30;
/// Longest path shown, in characters.
const MAX_PLACE: usize = 240;

/// Makes views and remembers what stands on the page already.
pub(in crate::report) struct Views<'o, 'r> {
    outline: &'o Outline<'r>,
    anchors: BTreeMap<(&'r str, &'r [ApplicantId]), String>,
    link_anchors: BTreeMap<(&'r ApplicantId, &'r ApplicantId), String>,
    budget: Budget,
}

impl<'o, 'r> Views<'o, 'r> {
    /// Nothing shown yet.
    pub(in crate::report) fn new(outline: &'o Outline<'r>, budget: Budget) -> Self {
        Self {
            outline,
            anchors: BTreeMap::new(),
            link_anchors: BTreeMap::new(),
            budget,
        }
    }

    /// Where links stand on the page, by their applicants.
    pub(in crate::report) fn link_anchors(
        &self,
    ) -> &BTreeMap<(&'r ApplicantId, &'r ApplicantId), String> {
        &self.link_anchors
    }

    /// What may still be shown.
    pub(in crate::report) fn budget(&mut self) -> &mut Budget {
        &mut self.budget
    }

    /// The groups.
    pub(in crate::report) fn groups(&mut self) -> Vec<GroupView<'r>> {
        let outline = self.outline;
        let num = outline.groups.len();
        let views = outline.groups.iter().enumerate();
        views
            .map(|(i, group)| {
                // What the groups before have not used is there for those behind.
                let rest = self.budget.share(num - i);
                self.group(i + 1, group, rest)
            })
            .collect()
    }

    /// Links that an ordinary relation may explain.
    pub(in crate::report) fn related(&mut self) -> Vec<LinksView<'r>> {
        let outline = self.outline;
        let view = |(relations, links): &(&'r [Relation], Vec<&'r LinkEntry>)| {
            self.links(sentence::question(relations), links)
        };
        outline.related.iter().map(view).collect()
    }

    /// Other links.
    pub(in crate::report) fn others(&mut self) -> LinksView<'r> {
        let outline = self.outline;
        self.links(String::new(), &outline.others)
    }

    /// Links that a reviewer dismissed.
    pub(in crate::report) fn dismissed_links(&mut self) -> LinksView<'r> {
        let outline = self.outline;
        self.links(String::new(), &outline.dismissed.links)
    }

    /// All of these links under one heading.
    pub(in crate::report) fn all_links(&mut self, links: &'r [LinkEntry]) -> LinksView<'r> {
        self.links(String::new(), &links.iter().collect::<Vec<_>>())
    }

    /// Evidence that belongs to no link.
    pub(in crate::report) fn shared(&mut self) -> Vec<EvidenceView<'r>> {
        let outline = self.outline;
        self.evidence_list(&outline.shared)
    }

    /// Evidence that a reviewer dismissed.
    pub(in crate::report) fn dismissed_evidence(&mut self) -> Vec<EvidenceView<'r>> {
        let outline = self.outline;
        self.evidence_list(&outline.dismissed.evidence)
    }

    fn evidence_list(&mut self, all: &[&'r EvidenceEntry]) -> Vec<EvidenceView<'r>> {
        let shown = all.iter().take(MAX_LINKS);
        shown.map(|e| self.evidence(e)).collect()
    }

    /// The findings.
    pub(in crate::report) fn findings(&mut self) -> Vec<FindingView<'r>> {
        let outline = self.outline;
        self.finding_list(&outline.findings)
    }

    /// Findings that a reviewer dismissed.
    pub(in crate::report) fn dismissed_findings(&mut self) -> Vec<FindingView<'r>> {
        let outline = self.outline;
        self.finding_list(&outline.dismissed.findings)
    }

    fn finding_list(&mut self, all: &[&'r FindingEntry]) -> Vec<FindingView<'r>> {
        all.iter().map(|f| self.finding(f)).collect()
    }
}
