//! What of a report may stand in an export.
//!
//! A masked report was masked when it was made. A revealed one is masked a second time here, by leaving out: labels
//! become ids, sentences become the detector's name, values go. An id that holds an address is masked like the address.

use crate::model::ApplicantId;
use crate::report::clean;
use crate::report::entry;
use crate::report::export::ExportError;
use crate::report::mask::{Masker, Masking};
use crate::report::sentence;
use crate::report::{ApplicantEntry, EvidenceEntry, LinkEntry, Report};
use std::collections::{BTreeMap, BTreeSet};

/// Longest text of an export, in characters.
const MAX: usize = clean::MAX_TEXT;

/// A report and what may be seen of it.
pub(in crate::report::export) struct Shown<'r> {
    /// The report; nothing of it is written but through the methods here, numbers and our own words aside.
    pub(in crate::report::export) report: &'r Report,
    /// Whether contacts and names are written.
    pub(in crate::report::export) values: bool,
    sentences: bool,
    ids: BTreeMap<&'r ApplicantId, String>,
    entries: BTreeMap<&'r ApplicantId, &'r ApplicantEntry>,
    evidence: BTreeMap<&'r str, Vec<&'r EvidenceEntry>>,
}

impl<'r> Shown<'r> {
    /// What may be seen of `report`.
    ///
    /// # Errors
    /// When `reveal` is asked of a masked report.
    pub(in crate::report::export) fn new(
        report: &'r Report,
        reveal: bool,
    ) -> Result<Self, ExportError> {
        let is_revealed = report.run.options.contains_key("reveal");
        if reveal && !is_revealed {
            return Err(ExportError::Masked);
        }
        let masking = match is_revealed && !reveal {
            true => Masking::Mask,
            false => Masking::Reveal,
        };
        let everybody = || everybody(report).into_iter();
        let collecting = Masker::collecting(masking);
        entry::masked_ids(everybody(), &collecting);
        let ids = entry::masked_ids(everybody(), &collecting.numbered());
        let mut evidence: BTreeMap<&str, Vec<&EvidenceEntry>> = BTreeMap::new();
        for entry in &report.evidence {
            evidence.entry(&entry.id).or_default().push(entry);
        }
        Ok(Self {
            report,
            evidence,
            values: reveal,
            sentences: reveal || !is_revealed,
            ids: ids
                .into_iter()
                .map(|(id, shown)| (id, shown.to_string()))
                .collect(),
            entries: report.applicants.iter().map(|a| (&a.id, a)).collect(),
        })
    }

    /// An applicant's id.
    pub(in crate::report::export) fn id(&self, id: &'r ApplicantId) -> &str {
        // Every id of the report is in the map.
        self.ids.get(id).map_or("", String::as_str)
    }

    /// What to call an applicant.
    pub(in crate::report::export) fn label(&self, id: &'r ApplicantId) -> String {
        match self.entries.get(id) {
            Some(entry) if self.sentences => clean::line(&entry.label),
            _ => self.id(id).into(),
        }
    }

    /// The sentence of a piece of evidence; without sentences, what looked.
    pub(in crate::report::export) fn sentence(&self, evidence: &EvidenceEntry) -> String {
        match self.sentences {
            true => text(&evidence.explanation),
            false => sentence::capital(&sentence::detector(&clean::line(&evidence.detector))),
        }
    }

    /// Digests of what an applicant handed in, sorted: stable over re-scans.
    pub(in crate::report::export) fn digests(&self, id: &ApplicantId) -> Vec<&'r str> {
        let sources = self
            .entries
            .get(id)
            .map(|e| e.sources.as_slice())
            .unwrap_or_default();
        let mut all: Vec<&str> = sources.iter().map(|s| s.sha256.0.as_str()).collect();
        all.sort_unstable();
        all
    }

    /// The evidence of a link, in the link's order. Ids repeat where equal files were handed in under three names.
    pub(in crate::report::export) fn evidence(&self, link: &LinkEntry) -> Vec<&'r EvidenceEntry> {
        let about =
            |e: &&EvidenceEntry| e.subjects.contains(&link.a) && e.subjects.contains(&link.b);
        let of = |id: &String| self.evidence.get(id.as_str())?.iter().copied().find(about);
        link.evidence.iter().filter_map(of).collect()
    }
}

fn everybody(report: &Report) -> BTreeSet<&ApplicantId> {
    let applicants = report.applicants.iter().map(|a| &a.id);
    let linked = report.links.iter().flat_map(|l| [&l.a, &l.b]);
    let grouped = report
        .clusters
        .iter()
        .flat_map(|c| c.members.iter().chain(&c.touching));
    let subjects = report.evidence.iter().flat_map(|e| &e.subjects);
    applicants
        .chain(linked)
        .chain(grouped)
        .chain(subjects)
        .collect()
}

/// One line of text of a sensible length.
pub(in crate::report::export) fn text(text: &str) -> String {
    clean::clamp(clean::line(text), MAX)
}

/// The strength of a link, what chance would bring, and what that never means.
pub(in crate::report::export) fn strength(link: &LinkEntry) -> String {
    format!(
        "{}. {} {}",
        sentence::support(link.words),
        sentence::chance(link),
        sentence::CHANCE_IS_NOT
    )
}

/// Ordinary reasons and the question to ask, in one text.
pub(in crate::report::export) fn reasons(evidence: &EvidenceEntry) -> String {
    let innocent: Vec<String> = evidence.innocent.iter().map(|i| text(i)).collect();
    format!(
        "Ordinary reasons for this: {} A question to ask: {}",
        innocent.join(" "),
        text(&evidence.question)
    )
}
