//! Decisions beside what they are about, their words masked like every other text of the report.

use crate::report::Draft;
use crate::report::decisions::{About, Decision, DecisionEntry, ReviewEntry, entry, link_id};
use crate::report::mask::Masker;
use crate::weigh::Link;
use std::collections::BTreeSet;

/// The decision about evidence or a finding.
pub(in crate::report) fn decided(
    draft: &Draft,
    about: About,
    id: &str,
    masker: &Masker,
) -> Option<DecisionEntry> {
    let decision = draft.decisions.as_ref()?.of(about, id)?;
    Some(entry(&masked(decision, masker)))
}

/// The decision about a link, and whether it still holds.
pub(in crate::report) fn decided_link(
    draft: &Draft,
    link: &Link,
    masker: &Masker,
) -> Option<DecisionEntry> {
    let decisions = draft.decisions.as_ref()?;
    let decision = decisions.of_link(&link_id(&link.a, &link.b), &link.evidence)?;
    Some(DecisionEntry {
        note: masker.block(&decision.note),
        by: masker.text(&decision.by),
        on: masker.text(&decision.on),
        ..decision
    })
}

/// What became of the decisions as a whole.
pub(in crate::report) fn review(draft: &Draft, masker: &Masker) -> Option<ReviewEntry> {
    let decisions = draft.decisions.as_ref()?;
    let evidence = draft
        .evidence
        .iter()
        .map(|(e, _)| (About::Evidence, e.id.clone()));
    let findings = draft
        .findings
        .iter()
        .map(|f| (About::Finding, f.id.clone()));
    let links = draft
        .links
        .iter()
        .map(|l| (About::Link, link_id(&l.a, &l.b)));
    let known: BTreeSet<(About, String)> = evidence.chain(findings).chain(links).collect();
    let is_unmatched = |d: &&Decision| !known.contains(&(d.about, d.id.clone()));
    Some(ReviewEntry {
        sha256: decisions.sha256.clone(),
        decisions: decisions.len() as u64,
        unmatched: decisions
            .iter()
            .filter(is_unmatched)
            .map(|d| masked(d, masker))
            .collect(),
    })
}

fn masked(decision: &Decision, masker: &Masker) -> Decision {
    Decision {
        note: masker.block(&decision.note),
        by: masker.text(&decision.by),
        on: masker.text(&decision.on),
        ..decision.clone()
    }
}
