//! What a reviewer decided about evidence, findings and links: `decisions.json`, written by the page and handed to the next
//! scan (`--decisions`).
//!
//! A decision holds on to facts, not to places on a page. Ids of evidence and findings hash the detector, the applicants,
//! the digests of the files and the observed values; a decision about a link names the evidence that the reviewer saw.
//! Whatever changes among these makes another id, or a link that rests on more than was reviewed: then the decision does
//! not hold any more, and the report says so. What was dismissed is shown apart and weighs nothing in links and groups.
//!
//! The format is documented in `docs/decisions.md`. It knows two states, and no verdict: `dismissed` (an ordinary reason was
//! found) and `noted` (something was written down).

mod applied;
mod file;

pub(in crate::report) use applied::{decided, decided_link, review};
pub use file::{DecisionsError, parse_decisions, read_decisions};

use crate::model::Digest;
use crate::model::hash_text;
use crate::model::{ApplicantId, Evidence};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// The schema of the file.
pub const DECISIONS_SCHEMA: &str = "decisions/1";

/// What a decision is about.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum About {
    /// Evidence, by its id.
    Evidence,
    /// A finding, by its id.
    Finding,
    /// A link, by its id and the evidence it rested on.
    Link,
}

/// What was decided.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It has an ordinary reason, or is a mistake: it weighs nothing.
    Dismissed,
    /// Something was written down about it; it counts as before.
    Noted,
}

/// One decision, as the file has it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// What it is about.
    pub about: About,
    /// Its id in the report.
    pub id: String,
    /// What was decided.
    pub state: State,
    /// Why, in the reviewer's words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Who decided: a name or initials, as the reviewer gave it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
    /// Day of the decision, `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub on: String,
    /// Of a link: ids of the evidence that was looked at.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<String>,
}

/// A decision beside what it is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct DecisionEntry {
    /// What was decided.
    pub state: State,
    /// Why, masked like every other text.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Who decided.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by: String,
    /// Day of the decision.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub on: String,
    /// The link rests on more than was looked at: the decision does not hold any more.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub outdated: bool,
}

impl DecisionEntry {
    /// Whether it is dismissed, on the facts as they are now.
    pub fn dismisses(&self) -> bool {
        self.state == State::Dismissed && !self.outdated
    }
}

/// Whether a reviewer dismissed it, on the facts as they are now.
pub fn is_dismissed(decision: &Option<DecisionEntry>) -> bool {
    decision.as_ref().is_some_and(DecisionEntry::dismisses)
}

/// The decisions that a run was given.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReviewEntry {
    /// Digest of the file.
    pub sha256: Digest,
    /// How many decisions it holds.
    pub decisions: u64,
    /// The decisions about nothing in this report: the facts have changed, or the applicant is not in the pool.
    pub unmatched: Vec<Decision>,
}

/// Decisions, by what they are about.
#[derive(Clone, Debug, Default)]
pub struct Decisions {
    /// Digest of the file.
    pub sha256: Digest,
    by_id: BTreeMap<(About, String), Decision>,
}

impl Decisions {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.by_id.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }

    /// Every decision, by what it is about and its id.
    pub fn iter(&self) -> impl Iterator<Item = &Decision> {
        self.by_id.values()
    }

    /// Whether evidence weighs nothing because a reviewer dismissed it.
    pub fn dismisses(&self, evidence: &Evidence) -> bool {
        self.of(About::Evidence, &evidence.id)
            .is_some_and(|d| d.state == State::Dismissed)
    }

    /// Whether a link was dismissed on all the evidence that it rests on now.
    pub fn dismisses_link(&self, a: &ApplicantId, b: &ApplicantId, evidence: &[String]) -> bool {
        self.of_link(&link_id(a, b), evidence)
            .is_some_and(|d| d.dismisses())
    }

    /// The decision about evidence or a finding.
    pub(in crate::report) fn of(&self, about: About, id: &str) -> Option<&Decision> {
        // Few decisions, many ids: the key is made once per look-up.
        self.by_id.get(&(about, id.to_string()))
    }

    /// The decision about a link, and whether it still holds.
    pub(in crate::report) fn of_link(
        &self,
        id: &str,
        evidence: &[String],
    ) -> Option<DecisionEntry> {
        let decision = self.of(About::Link, id)?;
        let seen: BTreeSet<&String> = decision.evidence.iter().collect();
        Some(DecisionEntry {
            outdated: !evidence.iter().all(|e| seen.contains(e)),
            ..entry(decision)
        })
    }
}

/// A decision beside what it is about.
pub(in crate::report) fn entry(decision: &Decision) -> DecisionEntry {
    DecisionEntry {
        state: decision.state,
        note: decision.note.clone(),
        by: decision.by.clone(),
        on: decision.on.clone(),
        outdated: false,
    }
}

/// The id of the link between two applicants, the same in every scan and in either order.
pub fn link_id(a: &ApplicantId, b: &ApplicantId) -> String {
    let (first, second) = if a <= b { (a, b) } else { (b, a) };
    format!("link-{:016x}", hash_text(&format!("{first}\u{1}{second}")))
}

#[cfg(test)]
mod tests;
