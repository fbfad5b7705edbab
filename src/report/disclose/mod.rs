//! What a report holds about one applicant, for that applicant: everything about them, the others unrecognisable.
//!
//! The disclosure is a report of its own in which other applicants are called "another applicant 1", "another applicant
//! 2", in the order in which they appear. What stands in the applicant's own material, or was found in both, stays; what
//! was observed in another's material alone is left out and counted. A sentence of the report is searched for others' ids,
//! files and values (`redact.rs`); where a value cannot be told to be the applicant's own, it goes.
//!
//! It says what was looked at, what could not be, how strong and how common each thing is, which ordinary explanations
//! there are and what one would ask: the applicant should be able to answer. It adds no judgement.

mod entries;
mod html;
mod others;
mod redact;

#[cfg(test)]
mod tests;

pub use html::write_disclosure_html;

use crate::model::ApplicantId;
use crate::report::Report;
use crate::report::disclose::entries::Entries;
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// What a report holds about one applicant.
#[derive(Debug, Serialize)]
pub struct Disclosure {
    /// Always `disclosure/1`.
    pub schema: &'static str,
    /// The applicant.
    pub applicant: ApplicantId,
    /// What this is and how to read it.
    pub about: Vec<&'static str>,
    /// How many observations and drawings of each piece of evidence stand in others' material alone, by its id.
    pub withheld: BTreeMap<String, u64>,
    /// The report with one applicant in it, in its own schema.
    pub report: Report,
}

/// The report has no such applicant.
#[derive(Debug, thiserror::Error)]
#[error("the report has no applicant `{0}`")]
pub struct NoApplicant(pub String);

const ABOUT: [&str; 5] = [
    "This is everything that the report holds about you. Other applicants are called “another applicant” with a number; what was seen in their material alone is left out and counted.",
    "It lists observations, not decisions. A strength compares two accounts: one hand prepared two applications, or unrelated people did. It is no probability that you did anything.",
    "Every observation comes with ordinary reasons for it and with the question that should be put to you. You may answer it, correct what is wrong, and say what the program could not know.",
    "“Found nothing”, “too little data” and “could not look” are three different things; none of them speaks against you.",
    "Names, languages and origins are no sign of anything and are not used.",
];

/// What `report` holds about `applicant`.
///
/// # Errors
/// When the report has no such applicant.
pub fn disclose(report: &Report, applicant: &str) -> Result<Disclosure, NoApplicant> {
    let me = report
        .applicants
        .iter()
        .find(|a| a.id.as_str() == applicant);
    let me = me.ok_or_else(|| NoApplicant(applicant.into()))?;
    let mut entries = Entries::new(report, me);
    let report = entries.report();
    Ok(Disclosure {
        schema: "disclosure/1",
        applicant: me.id.clone(),
        about: ABOUT.into(),
        withheld: entries.withheld,
        report,
    })
}

/// Writes the disclosure as indented JSON.
///
/// # Errors
/// What the writer returns.
pub fn write_disclosure_json(disclosure: &Disclosure, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, disclosure)?;
    out.write_all(b"\n")
}
