//! Looks in a résumé for times that cannot both be right.
//!
//! # What it looks at
//! The dated steps of each document: two full-time employments at two employers at one time, and a technology in the
//! description of a step that ended well before the technology came out (`features::timeline`).
//!
//! # Why it can mean something
//! A career that was put together from pieces of others, or made up, often does not fit into one calendar.
//!
//! # Innocent explanations
//! Part-time and contract work that is not called so, typing errors, today's name for yesterday's tool.
//!
//! # Limits
//! Only what the reader of careers understands; a year without a month says little.
//!
//! # References
//! `corpora/background/technologies.md`; `corpora/calibration/consistency-findings.json`.

use crate::detect::Detector;
use crate::detect::base_rates::base_rate;
use crate::features::career_match::common;
use crate::features::timeline::Overlap;
use crate::features::timeline::TooEarly;
use crate::features::timeline::overlaps;
use crate::features::timeline::too_early;
use crate::link::Background;
use crate::model::Card;
use crate::model::CareerStep;
use crate::model::Document;
use crate::model::Explanation;
use crate::model::Fact;
use crate::model::Family;
use crate::model::Finding;
use crate::model::FindingParts;
use crate::model::Observation;
use crate::model::Observations;
use crate::model::Outcome;
use crate::model::Profile;
use crate::model::Provenance;

static CARD: Card = Card {
    id: "impossible-timeline",
    title: "Dates in a résumé that do not fit into one calendar",
    family: Family::Text,
    looks_at: "The dated jobs of a résumé: two full-time jobs at two employers for more than three months at one time, and a \
               technology in the description of a job that ended more than a year before the technology came out.",
    why: "A career that was made up, or put together from several people's, often does not fit into one calendar. Somebody who \
          lived it rarely gets both ends of two jobs wrong.",
    innocent: &[
        "One of the jobs was part-time, a contract, or a business of one's own, and the résumé does not say so.",
        "A typing error in a date, or dates given from memory.",
        "One employer is part of the other, or was bought by it, or the work was done for a client of the other.",
        "Two jobs at once by agreement, a long handover, leave from one of them.",
        "The applicant uses today's name for an older tool, or updated a description with the words of a later project.",
        "The program read the dates of a table or a column beside the wrong job.",
    ],
    question: "Your résumé puts these two things at the same time. Could you walk me through that period?",
    limits: "Reads steps with a title and dates in the languages of corpora/background/career_words.md. Jobs that say that they are \
             part-time, contract, study, teaching, service, voluntary or own business are left out, and so are roles that share a \
             start or an end, because one may be part of the other. Years without months count only for the months that are \
             certain. The list of technologies holds some hundred names that mean nothing else.",
    base_rate: "Overlapping jobs: 18 of 1,003 real English résumés (1.8 %, 95 % interval 1.1 to 2.8 %). Their publisher had blanked the \
                employers, so two jobs at one employer count among them and the true rate is lower. A technology before its time: \
                none of 1,059 (0 to 0.4 %), most of them of people outside software (corpora/programs/measure_consistency.rs).",
    references: &[
        "corpora/background/technologies.tsv (names, days and their sources)",
        "corpora/calibration/consistency-findings.json (the counts)",
        "Allen 1983: maintaining knowledge about temporal intervals",
    ],
};

const ONE_CALENDAR: [&str; 2] = [
    "the jobs were held one after the other, or beside each other in an ordinary way",
    "the dates of the résumé cannot all be right",
];

const OVERLAP: &str = "Two jobs with different employers overlap by at least {2} months: {0} and {1}. Neither is called part-time, \
                       contract or voluntary.";
const EARLY: &str = "The description of a job of {0} names {1}, which came out in {2}. Such names in the document: {3}.";

/// Months that two jobs must certainly have in common: more than three, which a notice period or a handover takes.
const MIN_MONTHS: u32 = 4;
/// Steps that a document must tell before jobs can be compared.
const MIN_STEPS: usize = 2;
/// Most places named as sources.
const MAX_SHOWN: usize = 8;

/// See the card.
pub(in crate::detect) struct ImpossibleTimeline;

impl Detector for ImpossibleTimeline {
    fn card(&self) -> &'static Card {
        &CARD
    }

    fn examine(&self, profile: &Profile, _background: &Background) -> Vec<Outcome> {
        if profile.documents.is_empty() {
            return vec![Outcome::CouldNotLook {
                why: "no document could be read",
            }];
        }
        let most = profile.careers.iter().map(Vec::len).max().unwrap_or(0);
        if most < MIN_STEPS {
            return vec![Outcome::TooLittle {
                have: most as u32,
                need: MIN_STEPS as u32,
            }];
        }
        let both = profile.documents.iter().zip(&profile.careers);
        let findings = both.flat_map(|(document, steps)| {
            let text = document.text.as_str();
            let found = overlaps(text, steps, MIN_MONTHS, at_two_employers);
            let overlap = of_overlap(profile, document, steps, &found);
            overlap
                .into_iter()
                .chain(of_early(profile, document, steps, &too_early(text, steps)))
        });
        findings.map(|f| Outcome::Finding(Box::new(f))).collect()
    }
}

/// Both name an employer, and the two share no word.
fn at_two_employers(a: &CareerStep, b: &CareerStep) -> bool {
    !a.employer.is_empty() && !b.employer.is_empty() && common(&a.employer, &b.employer).0 == 0
}

fn of_overlap(
    profile: &Profile,
    document: &Document,
    steps: &[CareerStep],
    found: &[Overlap],
) -> Option<Finding> {
    let longest = found
        .iter()
        .max_by_key(|o| (o.months, std::cmp::Reverse((o.first, o.second))))?;
    let mut shown = Vec::new();
    for overlap in found {
        for step in [&steps[overlap.first], &steps[overlap.second]] {
            let seen = at(document, Fact::Time(step.span()), step.at.0 as usize);
            if !shown.contains(&seen) {
                shown.push(seen);
            }
        }
    }
    let span = |n: usize| Fact::Time(steps[n].span());
    let facts = vec![
        span(longest.first),
        span(longest.second),
        Fact::Number(longest.months.to_string()),
    ];
    finding(
        profile,
        "overlap",
        found.len(),
        Explanation::new(OVERLAP, facts),
        shown,
    )
}

fn of_early(
    profile: &Profile,
    document: &Document,
    steps: &[CareerStep],
    found: &[TooEarly],
) -> Option<Finding> {
    let first = found.first()?;
    let facts = vec![
        Fact::Time(steps[first.step].span()),
        Fact::Text(first.technology.name.into()),
        Fact::Time(first.technology.first.to_string()),
        Fact::Number(found.len().to_string()),
    ];
    let shown = found.iter().map(|t| {
        let named = format!("{} ({})", t.technology.name, t.technology.first);
        at(document, Fact::Text(named), t.at.start)
    });
    let shown = shown.collect();
    finding(
        profile,
        "technology",
        found.len(),
        Explanation::new(EARLY, facts),
        shown,
    )
}

fn at(document: &Document, fact: Fact, byte: usize) -> Observation {
    Observation {
        fact,
        at: Provenance::new(&document.source, document.text.place(byte)),
    }
}

fn finding(
    profile: &Profile,
    kind: &str,
    sample: usize,
    explanation: Explanation,
    mut shown: Vec<Observation>,
) -> Option<Finding> {
    shown.truncate(MAX_SHOWN);
    let parts = FindingParts {
        base_rate: base_rate(&format!("{}/{kind}", CARD.id)),
        sample: sample as u32,
        propositions: ONE_CALENDAR,
        explanation,
        observations: Observations::from_vec(shown)?,
        exhibits: Vec::new(),
    };
    Some(Finding::new(&CARD, &profile.applicant, parts))
}

#[cfg(test)]
#[path = "impossible_timeline_tests.rs"]
mod tests;
