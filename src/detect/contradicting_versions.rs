//! Compares the versions of one applicant's own résumé that are at hand.
//!
//! # What it looks at
//! Two documents of one applicant that tell the same career, and a document beside the earlier states that its file still
//! holds: employments, employers and degrees of which the two cannot both be right (`features::versions`).
//!
//! # Why it can mean something
//! Who tells several employers several careers has versions that differ in what cannot be tailored.
//!
//! # Innocent explanations
//! A correction, a typing error, memory; another person's résumé among the files.
//!
//! # Limits
//! Only what the reader of careers understands. What was added or left out is never a contradiction.
//!
//! # References
//! `corpora/calibration/consistency-findings.json`.

use crate::detect::Detector;
use crate::detect::base_rates::base_rate;
use crate::features::versions::About;
use crate::features::versions::Contradiction;
use crate::features::versions::Version;
use crate::features::versions::contradictions;
use crate::link::Background;
use crate::model::Card;
use crate::model::Document;
use crate::model::Explanation;
use crate::model::Fact;
use crate::model::Family;
use crate::model::Finding;
use crate::model::FindingParts;
use crate::model::MaskedText;
use crate::model::Observation;
use crate::model::Observations;
use crate::model::Outcome;
use crate::model::Place;
use crate::model::Profile;
use crate::model::Provenance;
use crate::model::RevisionKind;

static CARD: Card = Card {
    id: "contradicting-versions",
    title: "Two versions of the applicant's own résumé contradict each other",
    family: Family::Text,
    looks_at: "Two résumés of one applicant, or one and an earlier state that its file still holds: the dates of one employment, \
               the employer of one span of months, and the school, year and level of one degree.",
    why: "People tailor a résumé by leaving out, adding and rewording. The dates, the employer and the degree of one and the same \
          step stay what they were, unless one of the versions is not right.",
    innocent: &[
        "One version is older and was corrected, or has a typing error.",
        "Dates or years were given from memory, or one counts from the contract and the other from the first day.",
        "The employer was renamed or bought, or one version names the agency and the other its client.",
        "One of the files is another person's: a template, a colleague's example, a file put into the wrong folder.",
        "The program read the dates of a table or a column beside the wrong step.",
    ],
    question: "Two versions of your résumé differ here. Which one is right, and how did the other come about?",
    limits: "Compares steps with employer and title and degrees with school and year, each only where it is the only one of its \
             kind in both versions; half a year is rounding. Two documents must share at least one step. Steps that only one \
             version has, and wording, are never compared. Of an earlier state only the lines that changed are known.",
    base_rate: "Not known for ordinary applicants: nobody publishes the versions of résumés with their history. What was measured is \
                how often reading alone makes a contradiction: none of 1,146 real résumés against a shortened version of itself (0 to \
                0.3 %; corpora/programs/measure_consistency.rs). The true rate, with honest corrections, is higher.",
    references: &[
        "corpora/calibration/consistency-findings.json (the counts)",
        "corpora/background/career_words.md (the languages that are read)",
    ],
};

const PROPOSITIONS: [&str; 2] = [
    "the versions differ by tailoring, correction or the passing of time",
    "one of them states what did not happen that way",
];

const TEMPLATE: &str = "Two versions of the applicant's own résumé differ in {0}: {1} in one, {2} in the other. Such differences between \
                        them: {3}.";
/// Most differences named as sources, two places each.
const MAX_SHOWN: usize = 6;

/// Characters of a line written out.
const MAX_CHARS: usize = 100;

/// See the card.
pub(in crate::detect) struct ContradictingVersions;

/// One version and where it stands.
struct Told<'a> {
    document: &'a Document,
    text: &'a MaskedText,
    /// Which earlier state it is; `None` for the document itself.
    part: Option<String>,
    read: Version,
}

impl Detector for ContradictingVersions {
    fn card(&self) -> &'static Card {
        &CARD
    }

    fn examine(&self, profile: &Profile, _background: &Background) -> Vec<Outcome> {
        if profile.documents.is_empty() {
            return vec![Outcome::CouldNotLook {
                why: "no document could be read",
            }];
        }
        let versions: Vec<Told<'_>> = profile.documents.iter().flat_map(told).collect();
        if versions.len() < 2 {
            return vec![Outcome::TooLittle {
                have: versions.len() as u32,
                need: 2,
            }];
        }
        let pairs = (0..versions.len()).flat_map(|i| (i + 1..versions.len()).map(move |j| (i, j)));
        pairs
            .filter(|&(i, j)| are_versions(&versions[i], &versions[j]))
            .filter_map(|(i, j)| finding(profile, &versions[i], &versions[j]))
            .map(|f| Outcome::Finding(Box::new(f)))
            .collect()
    }
}

/// A document and the earlier states in its file that tell anything of a career.
fn told(document: &Document) -> Vec<Told<'_>> {
    let of = |text, part| Told {
        document,
        text,
        part,
        read: Version::new(MaskedText::as_str(text)),
    };
    let mut all = vec![of(&document.text, None)];
    let mut deleted = 0;
    for revision in &document.traces.revisions {
        let part = match revision.kind {
            RevisionKind::Saved(n) => format!("earlier revision {n}"),
            RevisionKind::Deleted => {
                deleted += 1;
                format!("deleted text {deleted}")
            }
            RevisionKind::Inserted | RevisionKind::Comment => continue,
        };
        all.push(of(&revision.text, Some(part)));
    }
    all.retain(|v| !v.read.is_empty());
    all
}

/// A document beside its own earlier state, or two documents with a step in common.
fn are_versions(a: &Told<'_>, b: &Told<'_>) -> bool {
    let one_file = a.document.source == b.document.source;
    match (&a.part, &b.part) {
        (None, None) => {
            a.document.source.sha256 != b.document.source.sha256 && a.read.shares_a_step(&b.read)
        }
        (None, Some(_)) | (Some(_), None) => one_file,
        // Two earlier states of one file: each is compared with the present one.
        (Some(_), Some(_)) => false,
    }
}

fn finding(profile: &Profile, a: &Told<'_>, b: &Told<'_>) -> Option<Finding> {
    let found = contradictions(&a.read, &b.read);
    let first = found.first()?;
    let facts = vec![
        Fact::Text(subject(first.about).into()),
        a.fact(first.about, &first.first),
        b.fact(first.about, &first.second),
        Fact::Number(found.len().to_string()),
    ];
    let places = |c: &Contradiction| [a.at(c.about, &c.first), b.at(c.about, &c.second)];
    let shown: Vec<Observation> = found.iter().take(MAX_SHOWN).flat_map(places).collect();
    let parts = FindingParts {
        base_rate: base_rate(CARD.id),
        sample: found.len() as u32,
        propositions: PROPOSITIONS,
        explanation: Explanation::new(TEMPLATE, facts),
        observations: Observations::from_vec(shown)?,
        exhibits: Vec::new(),
    };
    Some(Finding::new(&CARD, &profile.applicant, parts))
}

fn subject(about: About) -> &'static str {
    match about {
        About::Dates => "the dates of one employment",
        About::Employer => "the employer of one span of time",
        About::Degree => "one degree",
    }
}

impl Told<'_> {
    /// Dates as they were read; of a degree the line that states it.
    fn fact(&self, about: About, (value, byte): &(String, usize)) -> Fact {
        match about {
            About::Dates | About::Employer => Fact::Time(value.clone()),
            About::Degree => {
                let line = self.text.as_str()[*byte..].lines().next();
                Fact::Text(
                    line.unwrap_or_default()
                        .trim()
                        .chars()
                        .take(MAX_CHARS)
                        .collect(),
                )
            }
        }
    }

    fn at(&self, about: About, told: &(String, usize)) -> Observation {
        let place = match &self.part {
            None => self.text.place(told.1),
            Some(part) => Place::Part(part.clone()),
        };
        Observation {
            fact: self.fact(about, told),
            at: Provenance::new(&self.document.source, place),
        }
    }
}

#[cfg(test)]
#[path = "contradicting_versions_tests.rs"]
mod tests;
