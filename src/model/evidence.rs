//! An observation about two or more applicants, as a detector reports it: facts, sources and a measured score.
//!
//! How much it weighs is not decided here: `weigh` looks the [`Measure`] up in a calibration table.

use crate::model::{ApplicantId, Card, Exhibit, Fact, Provenance, Relation, hash_text};

/// Two or more different applicants, sorted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subjects(Vec<ApplicantId>);

impl Subjects {
    /// The two applicants of a pair.
    ///
    /// # Panics
    /// Never in a run: the join engine hands out different members only.
    pub fn pair(a: &ApplicantId, b: &ApplicantId) -> Self {
        Self::group([a.clone(), b.clone()]).expect("a candidate has two different members")
    }

    /// A group; `None` when fewer than two different applicants are given.
    pub fn group(members: impl IntoIterator<Item = ApplicantId>) -> Option<Self> {
        let mut members: Vec<_> = members.into_iter().collect();
        members.sort();
        members.dedup();
        (members.len() >= 2).then_some(Self(members))
    }

    /// The members, sorted.
    pub fn as_slice(&self) -> &[ApplicantId] {
        &self.0
    }
}

/// A sentence with holes: `{0}`, `{1}` stand for facts, `{a}` and `{b}` for the first and second subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// Our own words; never text of an applicant.
    pub template: &'static str,
    /// The values for the holes.
    pub facts: Vec<Fact>,
}

impl Explanation {
    /// A sentence over `facts`.
    pub fn new(template: &'static str, facts: Vec<Fact>) -> Self {
        Self { template, facts }
    }
}

/// One observed value and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Observation {
    /// The value.
    pub fact: Fact,
    /// Where it stands.
    pub at: Provenance,
}

/// One or more observations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Observations(Vec<Observation>);

impl Observations {
    /// From a first observation and the rest.
    pub fn new(first: Observation, rest: impl IntoIterator<Item = Observation>) -> Self {
        let mut all = vec![first];
        all.extend(rest);
        Self(all)
    }

    /// From a list; `None` when it is empty.
    pub fn from_vec(all: Vec<Observation>) -> Option<Self> {
        (!all.is_empty()).then_some(Self(all))
    }

    /// The observations in the detector's order.
    pub fn as_slice(&self) -> &[Observation] {
        &self.0
    }
}

/// What a detector measured, in the unit of its own calibration table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measure {
    /// Name of the calibration table, such as `near-text`, or a stratum of it, such as `shared-contact/phone`.
    pub table: &'static str,
    /// The score; larger is stronger.
    pub score: f64,
}

/// An observation about two or more applicants.
#[derive(Clone, Debug)]
pub struct Evidence {
    /// Stable over re-scans: hashes detector, subjects, source digests and observed values, and no count that depends on
    /// the pool.
    pub id: String,
    /// The card of the detector that observed it.
    pub card: &'static Card,
    /// Whom it is about.
    pub subjects: Subjects,
    /// What was measured.
    pub measure: Measure,
    /// The unit of the score: evidence of one unit can be compared, whichever detector tells it. The table, unless said.
    pub unit: &'static str,
    /// Of how many comparisons (documents of one applicant × documents of the other) this is the best; at least 1.
    pub best_of: u32,
    /// One sentence.
    pub explanation: Explanation,
    /// Ordinary relations that would show this very evidence, decided from the case.
    pub explained_by: Vec<Relation>,
    /// The values, each with its source.
    pub observations: Observations,
    /// What the report draws.
    pub exhibits: Vec<Exhibit>,
}

impl Evidence {
    /// The only way to make evidence: it cannot lack subjects, an explanation, an innocent explanation (the card has
    /// at least one) or a source.
    pub fn new(
        card: &'static Card,
        subjects: Subjects,
        measure: Measure,
        explanation: Explanation,
        explained_by: Vec<Relation>,
        observations: Observations,
    ) -> Self {
        let id = stable_id(card.id, subjects.as_slice(), observations.as_slice());
        Self {
            id,
            card,
            subjects,
            measure,
            unit: measure.table,
            best_of: 1,
            explanation,
            explained_by,
            observations,
            exhibits: Vec::new(),
        }
    }

    /// The same evidence, measured in a unit that another detector uses too.
    pub fn in_unit(mut self, unit: &'static str) -> Self {
        self.unit = unit;
        self
    }

    /// The same evidence, as the best of `num` comparisons between the two: whoever hands in many documents has many
    /// chances to look like somebody.
    pub fn best_of(mut self, num: usize) -> Self {
        self.best_of = u32::try_from(num).unwrap_or(u32::MAX).max(1);
        self
    }

    /// The same evidence with something to draw.
    pub fn with_exhibits(mut self, exhibits: Vec<Exhibit>) -> Self {
        self.exhibits = exhibits;
        self
    }
}

/// The id of an observation: 16 hex digits behind the detector's name. Order of the observations does not matter. The
/// subjects belong to it: where three applicants hand in one file, the pairs differ in nothing else.
pub(in crate::model) fn stable_id(
    detector: &str,
    subjects: &[ApplicantId],
    observations: &[Observation],
) -> String {
    let observed = observations
        .iter()
        .map(|o| format!("{}\u{0}{}\u{0}{}", o.at.digest, o.fact.kind(), o.fact.raw()));
    let mut parts: Vec<String> = observed.collect();
    parts.sort();
    parts.dedup();
    parts.extend(subjects.iter().map(ToString::to_string));
    format!("{detector}-{:016x}", hash_text(&parts.join("\u{1}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Digest, Place};

    #[test]
    fn subjects_are_two_different_people() {
        let a = ApplicantId::new("a");
        assert!(Subjects::group([a.clone(), a.clone()]).is_none());
        assert_eq!(Subjects::pair(&ApplicantId::new("b"), &a).as_slice()[0], a);
    }

    #[test]
    fn an_id_tells_pairs_apart_and_ignores_order() {
        let see = |value: &str| Observation {
            fact: Fact::Text(value.into()),
            at: Provenance {
                source: "x".into(),
                digest: Digest::default(),
                place: Place::Whole,
            },
        };
        let ids = |names: [&str; 2]| names.map(ApplicantId::new);
        let one = stable_id("d", &ids(["a", "b"]), &[see("1"), see("2")]);
        assert_eq!(one, stable_id("d", &ids(["a", "b"]), &[see("2"), see("1")]));
        assert_ne!(one, stable_id("d", &ids(["a", "c"]), &[see("1"), see("2")]));
        assert_ne!(one, stable_id("d", &ids(["a", "b"]), &[see("1")]));
    }
}
